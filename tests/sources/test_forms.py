"""Each kind of source brings its own form: made from its options, complete, and read into their types."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Literal

import pytest

from deskbook.errors import ConfigError, UnknownName
from deskbook.sources import source
from deskbook.sources.forms import Field, Form, form, form_of
from deskbook.sources.options import FileOptions
from deskbook.sources.secrets import covered, lift
from deskbook.sources.sql import SqlOptions


@dataclass(frozen=True, kw_only=True)
class Inner:
    """Options that belong together.

    Attributes:
        region, zone: where it lies.
    """

    region: str = ""
    account: str = field(default="", repr=False)
    zone: str = "a"


@dataclass(frozen=True, kw_only=True)
class Options:
    """Options of a made-up kind.

    Attributes:
        where: its address, written
            over two lines.
        api_token: what lets us in.
        many: several of them.
    """

    where: str
    api_token: str = ""
    speed: Literal["slow", "fast"] = "slow"
    seconds: float | None = None
    pages: int = 3
    inside: Inner = Inner()
    deep: bool = False
    many: tuple[str, ...] = ("a", "b")
    inner: dict[str, str] | None = None


MADE = form_of(Options, title="Made up", reads="Nothing.", shown=("where", "api_token"), where={"example": "here"})


def test_every_kind_of_source_has_a_form_that_says_what_it_wants() -> None:
    assert {"files", "sql", "mcp"} <= set(form) <= set(source)  # other tests register kinds of their own
    for held in form.values():
        assert held.title and held.reads.endswith(".")
        assert [one.name for one in held.fields if one.required] and not held.fields[0].is_more
        for one in held.fields:
            assert one.label and (one.help.endswith(".") or not one.help), one
            assert one.help == one.help[:1].upper() + one.help[1:] or "://" in one.help, one
            assert (one.kind == "choice") == bool(one.choices), one


@pytest.mark.parametrize(("kind", "options"), [("files", FileOptions), ("sql", SqlOptions)])
def test_an_option_that_is_added_to_a_kind_is_asked_for(kind: str, options: type) -> None:
    asked, plain = {one.name for one in form[kind].fields}, ("str", "int", "float", "bool", "tuple", "Literal")
    assert {one.name for one in fields(options) if str(one.type).startswith(plain)} <= asked


def test_a_form_is_made_from_the_types_and_words_of_the_options() -> None:
    told = [(one.name, one.kind, one.required, one.is_more) for one in MADE.fields]
    assert told == [
        ("where", "text", True, False),
        ("api_token", "secret", False, False),
        ("speed", "choice", False, True),
        ("seconds", "number", False, True),
        ("pages", "number", False, True),
        ("region", "text", False, True),
        ("account", "secret", False, True),
        ("zone", "text", False, True),
        ("deep", "bool", False, True),
        ("many", "list", False, True),
    ]
    where = MADE["where"]
    assert (where.help, where.example, where.label) == ("Its address, written over two lines.", "here", "Where")
    assert (MADE["region"].help, MADE["zone"].help) == ("Where it lies.", "Where it lies.")
    assert MADE["speed"].choices == ("slow", "fast") and MADE["pages"].default == "3" and MADE["deep"].default == "no"
    assert MADE["many"].default == "a, b"


def test_what_is_filled_in_is_read_into_its_type_and_what_is_empty_left_out() -> None:
    values = {"where": " x ", "seconds": "1.5", "pages": "4", "deep": "yes", "many": "a\n\n b\n", "speed": ""}
    assert MADE.read(values) == {"where": "x", "seconds": 1.5, "pages": 4, "deep": True, "many": ["a", "b"]}


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("pages", "2.5", "Pages wants a whole number, got '2.5'"),
        ("seconds", "soon", "Seconds wants a number, got 'soon'"),
        ("speed", "fats", "Did you mean 'fast'"),
        ("deep", "maybe", "Deep wants yes or no, got 'maybe'"),
        ("where", " ", "Where is empty, and a source needs it"),
    ],
)
def test_a_value_that_cannot_be_is_said_of_its_field(field: str, text: str, said: str) -> None:
    with pytest.raises(ConfigError) as raised:
        MADE.read({"where": "x", field: text})
    assert said in str(raised.value) and raised.value.field == field


def test_a_field_that_the_form_lacks_is_refused() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'pages'"):
        MADE.read({"where": "x", "page": "1"})


def test_a_message_is_put_down_to_the_field_it_names_or_to_the_first_needed_one() -> None:
    assert [MADE.blamed(one) for one in ("pages: is wrong", "the speed 'x' is", "it fails")] == [
        "pages",
        "speed",
        "where",
    ]
    only = Form(title="t", reads="r.", fields=(Field(name="a", label="A"),))
    assert only.blamed("it fails") == "a"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql+psycopg://ann:p:w/d@db.example/desk", "postgresql+psycopg://ann:***@db.example/desk"),
        ("mysql://ann@db.example/desk?charset=utf8", "mysql://ann@db.example/desk?charset=utf8"),
        ("https://ann:pw@files.example/a.csv", "https://ann:***@files.example/a.csv"),
        ("https://files.example:8443/a@b.csv", "https://files.example:8443/a@b.csv"),
        ("https://x.blob.example/c/a.csv?sv=1&sig=abc%3D&se=2", "https://x.blob.example/c/a.csv?sv=1&sig=***&se=2"),
        ("zip://a.csv::https://ann:pw@files.example/a.zip", "zip://a.csv::https://ann:***@files.example/a.zip"),
        ("sqlite:///desk.db", "sqlite:///desk.db"),
        ("exports/tickets-*.csv", "exports/tickets-*.csv"),
        ("postgresql://ann:{env(PW)}@db/desk", "postgresql://ann:{env(PW)}@db/desk"),
    ],
)
def test_an_address_is_shown_without_its_secret(address: str, shown: str) -> None:
    assert covered(address) == shown
    taken: list[str] = []
    assert lift(address, lambda secret: taken.append(secret) or "***") == shown
    assert bool(taken) == (address != shown)
