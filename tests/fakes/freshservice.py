"""A fake account of Freshservice."""

from tests.fakes.fresh import desk_of

desk = desk_of("freshservice")
