"""The query builder of X: what it writes, X's operators read back are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbook.errors import ConfigError, UnknownName
from deskbook.sources.x.query import Query, Term, all_of, any_of, built, check, none_of, parse, term, word

NAMES = st.from_regex(r"[A-Za-z0-9_]{1,15}", fullmatch=True)
TEXTS = st.text(st.characters(blacklist_characters='"', blacklist_categories=("Cs", "Cc")), min_size=1).filter(
    lambda text: bool(text.split())
)
TERMS: st.SearchStrategy[Query] = st.one_of(
    TEXTS.map(word),
    TEXTS.map(lambda text: term("phrase", text)),
    st.from_regex(r"[a-z]\w{0,8}", fullmatch=True).map(lambda text: term("tag", text)),
    *(NAMES.map(lambda text, kind=kind: term(kind, text)) for kind in ("name", "from", "to")),
    st.sampled_from(["de", "en", "pt"]).map(lambda text: term("lang", text)),
    st.sampled_from(["media", "links", "geo"]).map(lambda text: term("has", text)),
    st.sampled_from(["retweet", "reply", "quote"]).map(lambda text: term("is", text)),
    st.sampled_from(["https://a.example/b?c=d", "northlight.example"]).map(lambda text: term("url", text)),
    st.integers(1, 2**60).map(lambda number: term("conversation_id", str(number))),
)


def _groups(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    some = st.lists(inner, min_size=1, max_size=4)
    return st.one_of(some.map(lambda one: all_of(*one)), some.map(lambda one: any_of(*one)), inner.map(none_of))


@given(st.recursive(TERMS, _groups, max_leaves=12))
def test_a_query_written_and_read_is_the_same_query(query: Query) -> None:
    assert parse(str(query)) == query
    assert str(parse(str(query))) == str(query)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("apple OR iphone ipad", "apple OR (iphone ipad)"),
        ("apple iphone OR ipad", "(apple iphone) OR ipad"),
        ("(iphone ipad) OR apple", "(iphone ipad) OR apple"),
        ("(grumpy cat) OR (#meme has:images)", "(grumpy cat) OR (#meme has:images)"),
        (
            '"twitter data" has:mentions (has:media OR has:links)',
            '"twitter data" has:mentions (has:media OR has:links)',
        ),
        ("snow -(grumpy OR cat) -is:retweet", "snow -(grumpy OR cat) -is:retweet"),
        ("skiing -snow -day -noschool", "skiing -snow -day -noschool"),
        ("(from:TwitterDev OR from:TwitterAPI) has:media -is:retweet",) * 2,
        ("(a)", "a"),
        ("ORANGE OR orbit", "ORANGE OR orbit"),
    ],
)
def test_operators_of_the_documentation_are_read_as_x_reads_them(text: str, same: str) -> None:
    assert str(parse(text)) == same


LIGHT = "light has:images has:geo (lang:de OR lang:fr)"


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"words": ["refund", "not working"]}, 'refund "not working"'),
        (
            {"any": ["slow", {"hashtags": "down", "lang": "en"}], "not": [{"is": "retweet"}]},
            "(slow OR (#down lang:en)) -is:retweet",
        ),
        ({"mentions": "@NorthlightCare", "from": ["ann", "bob"]}, "@NorthlightCare (from:ann OR from:bob)"),
        ({"words": "light", "has": ["images", "geo"], "lang": ["de", "fr"]}, LIGHT),
        ({"words": "OR"}, '"OR"'),
    ],
)
def test_a_document_is_built_into_operators(document: dict[str, Any], said: str) -> None:
    assert check(built(document)) == said and parse(said) == built(document)


@pytest.mark.parametrize(
    "text", ["", "a OR", "OR a", "(a", "a)", '"a', "()", "-", "a OR OR b", "has:teeth", "form:ann"]
)
def test_what_is_no_query_is_refused(text: str) -> None:
    with pytest.raises((ConfigError, UnknownName)):
        parse(text)


@pytest.mark.parametrize("text", ["has:links", "is:retweet OR #a", "-#a", "has:media OR is:reply"])
def test_a_query_that_only_narrows_is_refused_before_x_refuses_it(text: str) -> None:
    with pytest.raises(ConfigError, match="only narrows"):
        check(parse(text))


@pytest.mark.parametrize(
    ("document", "said"),
    [({}, "says nothing"), ({"wrods": "a"}, "words"), ({"words": []}, "holds nothing"), ({"from": "a b"}, "no name")],
)
def test_a_document_that_cannot_be_says_why(document: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        built(document)


def test_who_shall_not_be_found_is_denied() -> None:
    assert str(none_of(Term("from", "bot"))) == "-from:bot" and none_of(none_of(word("a"))) == word("a")
