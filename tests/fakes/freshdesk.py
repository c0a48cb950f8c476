"""A fake account of Freshdesk."""

from tests.fakes.fresh import desk_of

desk = desk_of("freshdesk")
