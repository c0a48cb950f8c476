"""What is wrong with an entry or an API is said by name, and nothing of it does harm."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from deskbook.catalog import Catalog
from deskbook.errors import AuthFailed, ConfigError, SourceMissing, Unreadable
from deskbook.sources import utc_now
from deskbook.sources.http import OAuth
from deskbook.sources.rest import Rest
from deskbook.sources.rest.xml import as_object, found, parsed, text_at
from tests.fakes.rest import BASE
from tests.fakes.web import Fault, wire_to

from .conftest import MAPPING, Web, ids

LINK = [{"name": "tickets", "endpoint": "link"}]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"resources": []}, "resources: wants a list of names"),
        ({"resources": LINK, "clients": {}}, "Unknown option of entry 'desk' 'clients'. Did you mean 'client'?"),
        ({"resources": [{"nam": "t"}]}, "Unknown key of a resource of entry 'desk' 'nam'. Did you mean 'name'?"),
        (
            {"resources": [{"name": "t", "endpoint": {"pth": "x"}}]},
            "Unknown key of endpoint: of resource 't' of entry 'desk' 'pth'. Did you mean 'path'?",
        ),
        (
            {"resources": [{"name": "t", "write_disposition": "merge"}]},
            "write_disposition: has no place here: rows are kept by the id that the mapping gives them",
        ),
        (
            {"resources": [{"name": "t", "processing_steps": [{"map": "x"}]}]},
            "map: has no place here: write what is made of a row into mapping:",
        ),
        (
            {"resources": LINK, "client": {"paginator": "page_numbr"}},
            "Unknown type of paginator: of resource 'tickets' of entry 'desk' 'page_numbr'. Did you mean 'page",
        ),
        ({"resources": LINK, "client": {"paginator": {"type": "offset"}}}, "has no limit:, which it needs"),
        (
            {"resources": LINK, "client": {"paginator": {"type": "offset", "limit": "many"}}},
            "wants a whole number from 0 on, got str",
        ),
        ({"resources": LINK, "client": {"auth": {"type": "bearr"}}}, "Did you mean 'bearer'?"),
        ({"resources": LINK, "client": {"auth": "bearer"}}, "wants a type: api_key, bearer"),
        ({"resources": LINK, "client": {"base_url": ""}}, "client: has no base_url:"),
        ({"resources": [{"name": "t", "endpoint": "a/{id}"}]}, "nothing fills {id} of its path"),
        (
            {"resources": [{"name": "t", "endpoint": "a/{resources.tickts.id}"}, *LINK]},
            "Unknown parent of resource 't' of entry 'desk' 'tickts'. Did you mean 'tickets'?",
        ),
        (
            {
                "resources": [
                    {"name": "a", "endpoint": "{resources.b.id}"},
                    {"name": "b", "endpoint": "{resources.a.id}"},
                ]
            },
            "the resources a, b are parents of each other",
        ),
        ({"resources": [*LINK, *LINK]}, "two resources 'tickets'"),
        (
            {"resources": [{"name": "t", "endpoint": {"incremental": {"cursor_path": "u", "convert": "epch"}}}]},
            "Did you mean 'epoch'?",
        ),
        ({"resources": LINK, "limits": {"requets": 1}}, "Did you mean 'requests'?"),
        ({"resources": LINK, "format": "yaml"}, "Unknown format: of entry 'desk' 'yaml'"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said_before_anything_is_asked(
    web: Web, options: dict[str, Any], said: str
) -> None:
    with pytest.raises(ConfigError) as error:
        web.source(**options)
    assert said in str(error.value)
    assert not web.fake.asked


def test_a_mapping_says_which_resource_it_is_of(web: Web) -> None:
    two = [*LINK, {"name": "others", "endpoint": "number"}]
    with pytest.raises(ConfigError, match=r"maps tickets without saying which of them .* Write resource:"):
        web.source(two)
    with pytest.raises(ConfigError, match="Did you mean 'others'"):
        web.source(two, mapping={**MAPPING, "resource": "other"})
    with pytest.raises(ConfigError, match="page by page"):
        web.source(LINK, mapping={**MAPPING, "history": "updated_at"})


@pytest.mark.parametrize(
    ("auth", "header", "query"),
    [
        ({"type": "bearer", "token": "s3cret"}, "Bearer s3cret", ""),
        ({"type": "http_basic", "username": "ann", "password": "s3cret"}, "Basic YW5uOnMzY3JldA==", ""),
        ({"type": "api_key", "name": "authorization", "api_key": "s3cret"}, "s3cret", ""),
        ({"type": "api_key", "name": "api_key", "api_key": "s3cret", "location": "query"}, "", "s3cret"),
    ],
)
def test_each_way_of_signing_reaches_every_page_and_no_cursor(web: Web, auth: Any, header: str, query: str) -> None:
    source = web.source([{"name": "tickets", "endpoint": {"path": "address", "params": {"size": "4"},
        "paginator": {"type": "json_link", "next_url_path": "paging.after"}}}], client={"auth": auth})  # fmt: skip
    pages = list(source.pull({}))
    assert len(web.fake.asked) == 3
    for asked in web.fake.asked:
        assert asked.headers.get("authorization", "") == header
        assert asked.url.params.get_list("api_key") == ([query] if query else [])
        assert asked.url.params["size"] == "4"
    assert "s3cret" not in repr([page.cursor for page in pages]) + repr(source._account)


class Kept:
    """Tokens in memory."""

    def __init__(self) -> None:
        self.tokens: Mapping[str, Any] | None = None

    def load(self) -> Mapping[str, Any] | None:
        return self.tokens

    def save(self, tokens: Mapping[str, Any]) -> None:
        self.tokens = tokens


def test_oauth_goes_through_the_entrys_keeper(web: Web) -> None:
    from dataclasses import replace

    auth = {"access_token_url": "https://desk.example/token", "client_id": "a", "client_secret": "b"}
    own = {"client": {"auth": {"type": "oauth2_client_credentials", **auth}}}
    with pytest.raises(ConfigError, match="nowhere to keep its tokens"):
        web.source(LINK, **own)
    entry = replace(web.entry(LINK, mapping=MAPPING, **own), keeper=Kept())
    source = Rest(entry, web.time, wire_to(web.fake, web.time))
    assert isinstance(source._account.auth, OAuth) and source.app is None
    let_in = {"type": "oauth2_refresh_token", "authorize_url": "https://desk.example/ok", **auth}
    entry = replace(web.entry(LINK, mapping=MAPPING, client={"auth": let_in}), keeper=Kept())
    app = Rest(entry, web.time, wire_to(web.fake, web.time)).app
    assert app is not None and (app.grant, app.authorise_url) == ("refresh_token", "https://desk.example/ok")


@pytest.mark.parametrize(
    ("fault", "error", "said"),
    [
        (Fault(401, {"message": "bad token s3cret"}), AuthFailed, r"does not let us in \(401\)"),
        (Fault(403, {"error": {"message": "scope tickets:read is missing"}}), AuthFailed, "scope tickets:read"),
        (Fault(404), SourceMissing, "is not there"),
        (Fault(200, [1, 2]), Unreadable, "leads to ints; wanted objects"),
        (Fault(200, {"a": [], "b": []}), Unreadable, "several lists. Write data_selector: one of a, b"),
        (Fault(200, "7"), Unreadable, "the answer is int"),
        (Fault(302, "", {"location": "https://elsewhere.example/"}), Unreadable, "must not get our credentials"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said(web: Web, fault: Fault, error: type[Exception], said: str) -> None:
    web.fake.plan = dict.fromkeys(range(9), fault)
    with pytest.raises(error, match=said):
        list(web.source(LINK).pull({}))


def test_a_next_page_on_another_host_is_not_asked(web: Web) -> None:
    web.fake.plan = {0: Fault(200, [{"id": 1}], {"link": '<https://evil.example/x>; rel="next"'})}
    with pytest.raises(Unreadable, match=r"evil\.example, who must not get our credentials"):
        list(web.source(LINK).pull({}))
    assert len(web.fake.asked) == 1


def test_a_selector_that_finds_nothing_says_what_there_is(web: Web) -> None:
    source = web.source([{"name": "t", "endpoint": {"path": "cursor", "data_selector": "rows"}}])
    with pytest.raises(Unreadable, match=r"nothing at data_selector: 'rows'. It holds: data, cursors"):
        list(source.pull({}))


def test_a_cursor_path_that_no_row_has_names_the_fields(web: Web) -> None:
    new = {"cursor_path": "changed", "start_param": "since"}
    source = web.source([{"name": "t", "endpoint": {"path": "link", "incremental": new}}])
    with pytest.raises(Unreadable, match=r"no row has a value at cursor_path: 'changed'. Its fields: id, subject"):
        list(source.pull({}))


def test_nulls_everywhere_and_fifty_levels_are_survived(web: Web) -> None:
    deep: Any = "end"
    for _ in range(50):
        deep = {"in": deep}
    web.desk.tickets[1] = {"id": 2, "created_at": "2026-10-01", "subject": None, "state": None, "updated_at": None}
    web.desk.tickets[2] |= {"custom": deep}
    mapping = {**MAPPING, "custom": {"deep": "custom"}}
    new = {"cursor_path": "updated_at"}
    source = web.source([{"name": "t", "endpoint": {"path": "number", "incremental": new,
        "params": {"page": 1}, "paginator": "single_page"}}], mapping=mapping)  # fmt: skip
    found, cursor = ids(source, {})
    assert found == ["1", "2", "3", "4"]
    assert list(source.pull(cursor)) == []


ENTRY = """version: 2
data:
  desk_data:
    datatype: deskbook.catalog.datatypes:System
    kwargs:
      kind: rest
      client: {base_url: 'https://desk.example/api', auth: {type: bearer, token: '{env(TOKEN)}'}}
      resources:
      - tickets
      - name: comments
        endpoint:
          path: tickets/{resources.tickets.id}/comments
          headers: {x-version: '2'}
          params: {since: '{incremental.start_value}'}
          incremental: {cursor_path: at}
entries:
  desk:
    reader: deskbook.catalog.readers:Rows
    kwargs: {args: ['{data(desk_data)}']}
    metadata: {table: messages, mapping: {resource: comments, id: id}}
"""


def test_an_entry_of_a_catalog_keeps_what_is_filled_in_request_by_request(tmp_path: Path) -> None:
    (tmp_path / "desk.yaml").write_text(ENTRY)
    source = Catalog.open(tmp_path, {"TOKEN": "t"}).source("desk", utc_now)
    assert isinstance(source, Rest) and source.resources["comments"].parent == "tickets"
    assert Catalog.open(tmp_path, {"TOKEN": "t"})["desk"] is not None, "and Intake can read it too"


@pytest.mark.parametrize("name", ["Authorization", "X-Api-Key", "access_token", "client_secret"])
def test_a_secret_written_anywhere_in_an_entry_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "desk.yaml").write_text(ENTRY.replace("x-version: '2'", f"{name}: s3cret"))
    with pytest.raises(ConfigError, match=rf"secret written in {name}:") as said:
        Catalog.open(tmp_path, {"TOKEN": "t"}).entry("desk")
    assert "s3cret" not in str(said.value)


XML = {"format": "xml", "mapping": {"id": "@id", "subject": "subject", "created_at": "created", "status": "state"}}
PAGED = {
    "path": "xml",
    "data_selector": "//ticket",
    "paginator": {"type": "json_link", "next_url_path": "//next/@href"},
}


def test_xml_is_selected_by_xpath_and_mapped_like_json(web: Web) -> None:
    source = web.source([{"name": "tickets", "endpoint": PAGED}], **XML)
    found, cursor = ids(source, {})
    assert found == [str(n) for n in range(1, 11)]
    assert list(source.pull(cursor)) == []
    (page, *_) = source.pull({})
    rows = source.normalise(page)[0].rows
    assert rows.column("subject").to_pylist()[:2] == ["Ticket 1", "Ticket 2"]
    assert rows.column("status").to_pylist()[:2] == ["solved", "open"]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("//ticket[position() mod 2 = 1]", ["1", "3", "5"]),
        ("//ticket[contains(subject, '4') or @id = 2]", ["2", "4"]),
        ("/answer/tickets/ticket[last()]", ["5"]),
        ("answer/tickets/ticket[not(state)]", []),
    ],
)
def test_all_of_xpath_selects(path: str, wanted: list[str]) -> None:
    tickets = "".join(f"<h:ticket id='{n}'><subject>Nr {n}</subject><state/></h:ticket>" for n in range(1, 6))
    document = parsed(f"<answer xmlns:h='urn:h'><tickets>{tickets}</tickets></answer>".encode(), "it")
    assert [one.get("id") for one in found(document, path, "it")] == wanted
    assert text_at(document, "//ticket[2]/subject", "it") == "Nr 2"
    assert text_at(document, "concat(//ticket[1]/@id, '-', count(//ticket))", "it") == "1-5"
    assert text_at(document, "//next", "it") is None


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "body",
    [
        f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]><x>&a9;</x>',
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x><ticket id="1">&f;</ticket></x>',
        '<!DOCTYPE x SYSTEM "https://evil.example/x.dtd"><x/>',
    ],
)
def test_an_xml_bomb_is_refused_before_it_goes_off(web: Web, body: str) -> None:
    web.fake.plan = {0: Fault(200, body, {"content-type": "application/xml"})}
    with pytest.raises(Unreadable, match=r"document type \(DTD\).* Nothing of it was read"):
        list(web.source([{"name": "t", "endpoint": PAGED}], **XML).pull({}))
    assert len(web.fake.asked) == 1


def test_xml_that_nests_without_end_is_refused_and_broken_xml_asked_for_again(web: Web) -> None:
    web.fake.plan = {0: Fault(200, "<a>" * 5_000 + "</a>" * 5_000)}
    with pytest.raises(Unreadable, match="nests deeper than 100"):
        list(web.source([{"name": "t", "endpoint": PAGED}], **XML).pull({}))
    web.fake.plan = {1: Fault(cut=50), 2: Fault(200, "<html><p>Sorry</html>", {"content-type": "text/html"})}
    assert len(ids(web.source([{"name": "t", "endpoint": PAGED}], **XML), {})[0]) == 10


@pytest.mark.parametrize(
    "path", ["//ticket[", "no-such-function(//x)", "count(//x)", "//ticket/@id", "doc('/etc/passwd')"]
)
def test_an_xpath_that_leads_to_no_elements_is_said(web: Web, path: str) -> None:
    with pytest.raises(ConfigError, match=r"is no XPath|leads to values"):
        list(web.source([{"name": "t", "endpoint": {**PAGED, "data_selector": path}}], **XML).pull({}))


def test_one_child_is_a_list_where_the_entry_says_so() -> None:
    root = parsed(b"<t a='1'>text<tag>x</tag><n><k>1</k><k>2</k></n><e/></t>", "it")
    assert as_object(root) == {"@a": "1", "tag": "x", "n": {"k": ["1", "2"]}, "e": None, "#text": "text"}
    assert as_object(root, ("tag",))["tag"] == ["x"]


def test_a_sample_shows_the_fields_of_the_first_resource(web: Web) -> None:
    sample = web.source(LINK, mapping={}).sample(6)
    assert (sample.num_rows, sample.column_names[:2]) == (6, ["id", "subject"])
    assert BASE in str(web.fake.asked[0].url)
