"""Slack: threads become tickets; what Slack does its own way is done its own way."""

from __future__ import annotations

from datetime import date
from typing import Any

import httpx
import pytest

from deskbook.errors import AuthFailed, ConfigError, SourceError, UnknownName, Unreachable
from deskbook.sources import Entry
from deskbook.sources.slack import Slack
from deskbook.sources.slack.api import SlackSays

from ...fakes.slack import BASE, DAY, Desk, Held, member, ts, workspace, wrong
from ...fakes.web import Fault


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_thread_is_a_ticket_and_its_parts_are_messages(desk: Desk) -> None:
    held = Held().pull(desk.source())
    assert len(held["tickets"]) == 6 and len(held["messages"]) == 6 + 4 * 2 and not held.rejects
    ticket = held["tickets"][f"C0:{ts(0)}"]
    shown = {name: ticket[name] for name in ("subject", "status", "channel", "agent_id", "customer_id", "created_by")}
    assert shown == {"subject": "Where is order 0?", "status": "open", "channel": "slack", "agent_id": "U1",
                     "customer_id": "U5", "created_by": "customer"}  # fmt: skip
    assert ticket["first_reply_at"] is None, "messages tell it"
    assert ticket["url"] == f"https://northlight.slack.com/archives/C0/p{ts(0).replace('.', '')}"
    reply = held["messages"][f"C0:{ts(600)}"]
    assert (reply["author_role"], reply["author_id"], reply["ticket_id"]) == ("agent", "U1", f"C0:{ts(0)}")
    assert reply["sent_at"].isoformat() == "2026-10-01T08:10:00.000100+00:00" and reply["is_public"]


def test_agents_and_customers_are_told_apart_and_bots_are_neither(desk: Desk) -> None:
    held = Held().pull(desk.source())
    assert {one["name"] for one in held["agents"].values()} == {"Ann", "Bob"}
    assert {one["name"] for one in held["customers"].values()} == {"Cid", "Dee", "Eve"}


def test_a_second_pull_adds_nothing(desk: Desk) -> None:
    held = Held().pull(desk.source())
    before = held.pages
    held.pull(desk.source())
    assert held.pages == before


def test_every_request_is_one_of_slacks_spec(desk: Desk) -> None:
    Held().pull(Desk.source(desk, agent_channels=["help-0"])).pull(desk.source())
    assert [said for one in desk.fake.asked for said in wrong(one)] == []
    assert len({one.url.path for one in desk.fake.asked}) == 7


def test_ok_false_with_status_200_is_a_failure(desk: Desk) -> None:
    with pytest.raises(AuthFailed, match="invalid_auth: the token does not let us in") as said:
        Held().pull(desk.source(token="xoxb-wrong"))
    assert "xoxb" not in str(said.value)


@pytest.mark.parametrize("code", ["account_inactive", "token_revoked", "not_authed", "token_expired"])
def test_a_revoked_token_is_said(desk: Desk, code: str) -> None:
    desk.fake.plan = {0: Fault(200, {"ok": False, "error": code})}
    with pytest.raises(AuthFailed, match=code):
        Held().pull(desk.source())


def test_a_rotated_token_that_expires_on_the_way_is_renewed_and_kept(desk: Desk) -> None:
    class Kept:
        def __init__(self) -> None:
            self.tokens: dict[str, Any] = {"access_token": desk.records.token, "refresh_token": "xoxe-1"}

        def load(self) -> dict[str, Any]:
            return self.tokens

        def save(self, tokens: Any) -> None:
            self.tokens = dict(tokens)

    def expire(count: int) -> None:
        desk.records.is_expired = desk.records.is_expired or count == 4

    kept, desk.records.refresh, desk.fake.after = Kept(), "xoxe-1", expire
    options = {"client_id": "1.2", "client_secret": "shh", "agent_groups": ["support"], "base_url": BASE}
    entry = Entry(name="slack", kind="slack", source="slack", options=options, keeper=kept)
    held = Held().pull(Slack(entry, desk.time, desk.wire))
    assert len(held["tickets"]) == 6
    assert kept.tokens["refresh_token"] == "xoxe-1+" == desk.records.refresh
    assert kept.tokens["access_token"] == desk.records.token and len(desk.asked("oauth.v2.access")) == 1


def test_a_missing_scope_is_named(desk: Desk) -> None:
    desk.fake.plan = {
        3: Fault(200, {"ok": False, "error": "missing_scope", "needed": "users:read", "provided": "chat:write"})
    }
    with pytest.raises(AuthFailed, match="lacks the scope users:read; it has chat:write"):
        Held().pull(desk.source())


def test_missing_scopes_are_named_before_anything_is_read(desk: Desk) -> None:
    desk.records.scopes = ("users:read", "usergroups:read")
    with pytest.raises(
        AuthFailed, match="lacks the scopes channels:history, channels:read, groups:history, groups:read"
    ):
        Held().pull(desk.source())
    assert len(desk.fake.asked) == 1


def test_kinds_of_channel_without_scopes_are_skipped_and_said(desk: Desk) -> None:
    desk.records.scopes = ("users:read", "usergroups:read", "channels:read", "channels:history")
    held = Held().pull(desk.source())
    assert len(held["tickets"]) == 6 and "private channels are left out" in held.notes[0]
    with pytest.raises(AuthFailed, match="groups:history, groups:read"):
        Held().pull(desk.source(kinds=["private"]))


def test_a_refusal_in_the_body_is_waited_out_as_a_429_is(desk: Desk) -> None:
    desk.fake.plan = {1: Fault(200, {"ok": False, "error": "ratelimited"}, {"retry-after": "9"}),
                      3: Fault(429, "slow down", {"retry-after": "11"})}  # fmt: skip
    assert len(Held().pull(desk.source())["tickets"]) == 6
    assert desk.time.slept[:2] == [9.0, 11.0]


def test_a_429_holds_its_own_method_only(desk: Desk) -> None:
    history = next(n for n, one in enumerate(_asked(workspace())) if "history" in one.url.path)
    desk.fake.plan = {history: Fault(429, "", {"retry-after": "7"})}
    moments: list[tuple[str, float]] = []
    desk.fake.after = lambda count: moments.append((desk.fake.asked[count].url.path, desk.time.seconds()))
    source = desk.source()
    Held().pull(source)
    assert 7.0 in desk.time.slept
    others = [at for path, at in moments[: history + 1]]
    assert others[0] == others[-1], "nothing else waited"


def _asked(records: Any) -> list[httpx.Request]:
    other = Desk(records)
    Held().pull(other.source())
    return other.fake.asked


def test_an_app_that_is_held_to_few_is_found_out_and_never_refused() -> None:
    desk = Desk(workspace(threads=40))
    desk.records.most = 15
    desk.records.per_minute = {"conversations.history": 1, "conversations.replies": 1}
    held = Held().pull(desk.source())
    assert desk.records.refused == 0 and len(held["tickets"]) == 40
    assert held.cursor["pace"]["bound"]
    limits = [one.url.params["limit"] for one in desk.asked("conversations.history")]
    assert limits == ["200", "15", "15"]


def test_an_app_of_tier_3_is_found_out_and_uses_what_it_may() -> None:
    desk = Desk(workspace(threads=900))
    desk.records.per_minute = {"conversations.history": 50, "conversations.replies": 50}
    begun = desk.time.seconds()
    Held().pull(desk.source())
    minutes = (desk.time.seconds() - begun) / 60
    assert desk.records.refused == 0 and minutes > 11
    assert len(desk.asked("conversations.replies")) / (minutes + 1) >= 0.9 * 50


def test_limit_and_rate_can_be_set(desk: Desk) -> None:
    desk.records.per_minute = {"conversations.replies": 3}
    Held().pull(desk.source(page_size=2, requests_per_minute=3))
    assert desk.records.refused == 0
    assert {one.url.params["limit"] for one in desk.asked("conversations.history")} == {"2"}


def test_an_empty_next_cursor_ends_a_list(desk: Desk) -> None:
    Held().pull(desk.source())
    assert len(desk.asked("conversations.list")) == 1 and len(desk.asked("users.list")) == 1


def test_a_page_that_leads_back_to_itself_is_stopped_and_said() -> None:
    desk = Desk()
    page = Fault(200, {"ok": True, "channels": [], "response_metadata": {"next_cursor": "again"}})
    desk.fake.plan = dict.fromkeys(range(1, 9), page)
    with pytest.raises(SourceError, match="leads back to a page that was read already"):
        Held().pull(desk.source())


def test_a_late_reply_is_found_though_it_does_not_move_its_parent(desk: Desk) -> None:
    held = Held().pull(desk.source())
    desk.records.post("C0", {"ts": ts(3 * DAY), "user": "U2", "text": "Late, sorry."}, ts(0))
    held.pull(desk.source())
    assert held["messages"][f"C0:{ts(3 * DAY)}"]["ticket_id"] == f"C0:{ts(0)}"
    assert held["tickets"][f"C0:{ts(0)}"]["status"] == "pending"
    assert held["tickets"][f"C0:{ts(0)}"]["agent_id"] == "U2"


def test_only_threads_with_news_are_read_again(desk: Desk) -> None:
    held = Held().pull(desk.source())
    before = len(desk.asked("conversations.replies"))
    desk.records.post("C0", {"ts": ts(3 * DAY), "user": "U2", "text": "Late."}, ts(0))
    held.pull(desk.source())
    assert [one.url.params["ts"] for one in desk.asked("conversations.replies")[before:]] == [ts(0)]


def test_a_first_reply_to_a_question_read_before_makes_a_thread_of_it(desk: Desk) -> None:
    held = Held().pull(desk.source())
    assert held["tickets"][f"C0:{ts(7_200)}"]["status"] == "new"
    desk.records.post("C0", {"ts": ts(9_999), "user": "U1", "text": "Here."}, ts(7_200))
    held.pull(desk.source())
    assert held["tickets"][f"C0:{ts(7_200)}"]["status"] == "pending"


def test_a_reply_shown_in_the_channel_brings_its_old_thread_back(desk: Desk) -> None:
    held = Held().pull(desk.source(lookback_days=1))
    said = {"ts": ts(9 * DAY), "user": "U2", "text": "Found it.", "subtype": "thread_broadcast"}
    desk.records.post("C0", said, ts(0))
    held.pull(desk.source(lookback_days=1))
    assert held["messages"][f"C0:{ts(9 * DAY)}"]["ticket_id"] == f"C0:{ts(0)}" and len(held["tickets"]) == 6
    pages = held.pages
    held.pull(desk.source(lookback_days=1))
    assert held.pages == pages


def test_a_ts_is_a_text_and_keeps_its_zeros(desk: Desk) -> None:
    stamp = ts(50_000, 0)
    desk.records.post("C0", {"ts": stamp, "user": "U5", "text": "Zero"})
    held = Held().pull(desk.source())
    assert stamp.endswith(".000000") and f"C0:{stamp}" in held["tickets"]


def test_an_edited_message_is_read_again(desk: Desk) -> None:
    held = Held().pull(desk.source())
    first = next(one for one in desk.records.messages["C0"] if one["ts"] == ts(0))
    first |= {"text": "Where is order 99?", "edited": {"user": "U5", "ts": ts(DAY)}}
    held.pull(desk.source())
    assert held["messages"][f"C0:{ts(0)}"]["text"] == "Where is order 99?"


def test_a_deleted_question_without_answers_is_gone(desk: Desk) -> None:
    held = Held().pull(desk.source())
    desk.records.messages["C0"] = [one for one in desk.records.messages["C0"] if one["ts"] != ts(7_200)]
    held.pull(desk.source())
    assert f"C0:{ts(7_200)}" not in held["tickets"] and f"C0:{ts(7_200)}" not in held["messages"]
    assert len(held["tickets"]) == 5


def test_a_deleted_reply_is_gone_and_its_thread_is_not(desk: Desk) -> None:
    held = Held().pull(desk.source())
    desk.records.replies[("C0", ts(0))].pop()
    desk.records.count("C0", next(one for one in desk.records.messages["C0"] if one["ts"] == ts(0)))
    held.pull(desk.source())
    assert f"C0:{ts(900)}" not in held["messages"] and held["tickets"][f"C0:{ts(0)}"]["status"] == "pending"


def test_a_deleted_question_with_answers_keeps_who_asked(desk: Desk) -> None:
    first = next(one for one in desk.records.messages["C0"] if one["ts"] == ts(0))
    first |= {"subtype": "tombstone", "user": "USLACKBOT", "text": "This message was deleted."}
    held = Held().pull(desk.source())
    ticket = held["tickets"][f"C0:{ts(0)}"]
    assert (ticket["customer_id"], ticket["subject"]) == ("U5", None) and f"C0:{ts(0)}" not in held["messages"]


def test_a_reaction_resolves_and_taking_it_away_opens_again(desk: Desk) -> None:
    first = next(one for one in desk.records.messages["C0"] if one["ts"] == ts(0))
    first["reactions"] = [{"name": "white_check_mark", "users": ["U1"], "count": 1}]
    held = Held().pull(desk.source())
    ticket = held["tickets"][f"C0:{ts(0)}"]
    assert ticket["status"] == "solved" and ticket["resolved_at"].isoformat() == "2026-10-01T08:15:00.000100+00:00"
    assert held["events"][f"C0:{ts(0)}:solved"]["new_value"] == "solved" and ticket["tags"] == ["white_check_mark"]
    first["reactions"] = []
    held.pull(desk.source())
    assert held["tickets"][f"C0:{ts(0)}"]["status"] == "open" and f"C0:{ts(0)}:solved" not in held["events"]


def test_what_resolves_and_what_an_answer_means_are_options(desk: Desk) -> None:
    first = next(one for one in desk.records.messages["C0"] if one["ts"] == ts(7_200))
    first["reactions"] = [{"name": "done", "users": ["U1"], "count": 1}]
    desk.records.post("C0", {"ts": ts(1_000), "user": "U1", "text": "So there."}, ts(0))
    held = Held().pull(desk.source(resolved_reactions=["done"], answered="solved"))
    assert [held["tickets"][f"C0:{ts(at)}"]["status"] for at in (0, 3_600, 7_200)] == ["solved", "open", "solved"]


def test_an_agent_takes_a_question_by_a_reaction(desk: Desk) -> None:
    first = next(one for one in desk.records.messages["C0"] if one["ts"] == ts(7_200))
    first["reactions"] = [{"name": "eyes", "users": ["U5", "U2"], "count": 2}]
    held = Held().pull(desk.source())
    ticket = held["tickets"][f"C0:{ts(7_200)}"]
    assert (ticket["status"], ticket["agent_id"]) == ("open", "U2")


@pytest.mark.parametrize("given", [{"agents": ["ann", "U2"]}, {"agents": ["ann@desk.example"]},
                                   {"agent_channels": ["#help-0"]}, {"agent_groups": ["S1"]}])  # fmt: skip
def test_agents_are_named_by_person_channel_or_group(desk: Desk, given: dict[str, list[str]]) -> None:
    held = Held().pull(desk.source(**{"agent_groups": [], **given}))
    assert held["messages"][f"C0:{ts(600)}"]["author_role"] == "agent"


def test_a_group_that_is_not_there_is_named_with_the_closest(desk: Desk) -> None:
    with pytest.raises(SlackSays, match=r"agent_groups: Unknown name 'suport'\. Did you mean 'support'"):
        Held().pull(desk.source(agent_groups=["suport"]))


def test_channels_are_chosen_by_name_and_internal_ones_are_notes() -> None:
    desk = Desk(workspace(channels=3))
    held = Held().pull(desk.source(channels=["help-*"], not_channels=["#help-2"], internal_channels=["C1"]))
    assert {id.partition(":")[0] for id in held["tickets"]} == {"C0", "C1"}
    assert not held["messages"][f"C1:{ts(0)}"]["is_public"] and held["messages"][f"C0:{ts(0)}"]["is_public"]
    assert '"Use":"internal"' in held["tickets"][f"C1:{ts(0)}"]["custom"]


def test_direct_messages_are_read_where_asked_for(desk: Desk) -> None:
    desk.records.channels.append({"id": "D1", "is_im": True, "user": "U5"})
    desk.records.post("D1", {"ts": ts(0), "user": "U5", "text": "Psst"})
    assert "D1" not in str(Held().pull(desk.source()).tables)
    held = Held().pull(desk.source(kinds=["public", "im"]))
    assert held["tickets"][f"D1:{ts(0)}"]["customer_id"] == "U5"


def test_a_channel_that_closes_is_left_out_and_the_others_are_read() -> None:
    desk = Desk(workspace(channels=2))
    desk.records.messages["C1"].append({"ts": ts(77), "user": "U5", "text": "Hello", "type": "message"})
    asked = _asked(workspace(channels=2))
    first = next(n for n, one in enumerate(asked) if "history" in one.url.path)
    desk.fake.plan = {first: Fault(200, {"ok": False, "error": "channel_not_found"})}
    held = Held().pull(desk.source())
    assert {id.partition(":")[0] for id in held["tickets"]} == {"C1"}
    assert any("channel_not_found" in note for note in held.notes)


def test_notices_of_slack_itself_open_no_ticket_and_unknown_subtypes_are_said_once(desk: Desk) -> None:
    for place, subtype in enumerate(("channel_join", "channel_topic", "hologram", "hologram")):
        desk.records.post("C0", {"ts": ts(20_000 + place), "user": "U5", "text": "x", "subtype": subtype})
    held = Held().pull(desk.source())
    assert len(held["tickets"]) == 8 and len([note for note in held.notes if "hologram" in note]) == 1


def test_people_of_other_workspaces_are_customers_by_the_name_they_bring(desk: Desk) -> None:
    desk.records.strangers = [member("U9", "Zoe", team_id="T99", is_stranger=True)]
    desk.records.post("C0", {"ts": ts(5), "user": "U8", "text": "Hi <@U9>", "user_team": "T77",
                             "user_profile": {"display_name": "Yan", "team": "T77"}})  # fmt: skip
    held = Held().pull(desk.source(agent_groups=[], agents=[]))
    assert held["customers"]["U8"]["name"] == "Yan" and held["customers"]["U8"]["segment"] == "other workspace"
    assert held["messages"][f"C0:{ts(5)}"]["text"] == "Hi @Zoe"


def test_a_cursor_that_no_longer_holds_is_done_without() -> None:
    desk = Desk(workspace(threads=30))
    held = Held().pull(desk.source(page_size=10), most=2)
    (own,) = held.cursor["channels"].values()
    own["sweep"]["next"] = "stale"
    held.pull(desk.source(page_size=10))
    assert len(held["tickets"]) == 30


def test_what_a_free_plan_hides_is_not_taken_for_deleted(desk: Desk) -> None:
    held = Held().pull(desk.source())
    found = next(n for n, one in enumerate(_asked(workspace())) if "history" in one.url.path)
    hidden = {"ok": True, "messages": [], "has_more": False, "is_limited": True}
    desk.fake.plan = {len(desk.fake.asked) + found - 1: Fault(200, hidden)}
    held.pull(desk.source())
    assert len(held["tickets"]) == 6


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"token": ""}, ConfigError, "has no token:"),
        ({"kinds": ["publik"]}, UnknownName, "Did you mean 'public'"),
        ({"since": date(2026, 1, 1), "kinds": ["x"]}, UnknownName, "kind of conversation"),
        ({"since": "soon"}, ConfigError, "'soon' is no day"),
        ({"page_size": 5_000}, ConfigError, "wants 0 to 999"),
        ({"tokn": "x"}, UnknownName, "Did you mean 'token'"),
        ({"base_url": "http://slack.example/api"}, ConfigError, "open line"),
    ],
)
def test_options_that_cannot_be_are_refused(desk: Desk, options: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        Held().pull(desk.source(**options))


def test_a_message_of_nulls_and_one_nested_fifty_deep_are_survived(desk: Desk) -> None:
    deep: Any = {"type": "text", "text": "deep"}
    for _ in range(50):
        deep = {"type": "rich_text_section", "elements": [deep, None]}
    nulls = dict.fromkeys(("user", "text", "reactions", "files", "edited", "blocks", "reply_count", "subtype"))
    desk.records.post("C0", {"ts": ts(30_000), **nulls})
    desk.records.post("C0", {"ts": ts(30_001), "user": "U5", "text": "", "blocks": [deep], "reactions": [None]})
    held = Held().pull(desk.source())
    assert len(held["tickets"]) == 8 and not held.rejects


def test_waiting_for_longer_than_its_patience_ends_the_pull(desk: Desk) -> None:
    desk.fake.plan = {2: Fault(429, "", {"retry-after": "3000"})}
    with pytest.raises(Unreachable, match="another 3,000 s"):
        Held().pull(desk.source())
