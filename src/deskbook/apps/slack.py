"""Slack's slash command and its buttons: a question typed there is answered there, with a link to the receipt."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlencode

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from deskbook.access import Actor
from deskbook.apps.hooks import body_of, refused, too_long
from deskbook.book import Book
from deskbook.book.readings import Readings
from deskbook.errors import AccessDenied, DeskbookError
from deskbook.sources.slack.commands import Caller, may_be_answered_at, roles_of

if TYPE_CHECKING:
    from deskbook.rag import Answer
    from deskbook.sources.slack import SlackOptions

log = logging.getLogger(__name__)
SOON_SECONDS: Final = 2.0
"""How long an answer is waited for; Slack gives up after three."""
SEND_SECONDS: Final = 10.0
MOST_LETTERS: Final = 2_900
"""Of a section; Slack takes 3,000."""
MOST_VALUE: Final = 2_000
MOST_LABEL: Final = 70
SHOW, NARROW = "deskbook_show", "deskbook_narrow"
USAGE: Final = (
    "Ask for a number in plain words, such as `p90 first reply last week` or `tickets created by team last month`. "
    "Only you see the answer, until you show it in the channel."
)
Send = Callable[[str, Mapping[str, Any]], Awaitable[None]]
Message = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question from Slack.

    Attributes:
        plan: what to answer, as a line of JSON, where a button says it; empty for what the words are taken for.
        action: what is to become of the answer: empty for its asker alone, or SHOW or NARROW.
        answer_at: where an answer that is late is sent.
    """

    question: str
    caller: Caller
    answer_at: str
    plan: str = ""
    action: str = ""


def add_slack(app: FastAPI, book: Book, *, send: Send | None = None, soon_seconds: float = SOON_SECONDS) -> None:
    """Add `/hooks/slack/ENTRY/command` and `/hooks/slack/ENTRY/interactivity`.

    Args:
        send: how a late answer goes out.
        soon_seconds: how long one is waited for before it counts as late.
    """
    late: set[asyncio.Task[None]] = set()
    sending = send or _sent

    @app.post("/hooks/slack/{entry}/{door}", include_in_schema=False)
    async def called(entry: str, door: str, request: Request) -> Response:
        body = await body_of(request)
        if body is None:
            return too_long()
        headers = {name.lower(): value for name, value in request.headers.items()}
        try:
            source = await asyncio.to_thread(book.asked_by, entry, headers, body)
        except DeskbookError as error:
            return refused(entry, error)
        options, asked = source.options, _asked(door, body)
        if asked is None:
            return Response(status_code=200 if door in ("command", "interactivity") else 404)
        making = asyncio.create_task(asyncio.to_thread(_message, book, options, entry, asked))
        if not asked.action:
            done, _ = await asyncio.wait({making}, timeout=soon_seconds)
            if done:
                return JSONResponse(making.result())
        task = asyncio.create_task(_later(making, asked, options, entry, sending))
        late.add(task)  # the loop itself holds on to no task
        task.add_done_callback(late.discard)
        return Response(status_code=200) if asked.action else JSONResponse(_alone("Working on it …"))


async def _later(making: asyncio.Task[Message], asked: Asked, options: SlackOptions, entry: str, send: Send) -> None:
    message = await making
    if not may_be_answered_at(asked.answer_at, options.base_url):
        log.warning("slack entry=%s: the answer is not sent: its address is none of Slack's", entry)
        return
    await send(asked.answer_at, message)


async def _sent(address: str, message: Mapping[str, Any]) -> None:
    """Send a late answer; one that cannot be sent is logged, as nobody waits for it any longer."""
    import httpx

    try:
        async with httpx.AsyncClient(timeout=SEND_SECONDS, follow_redirects=False) as client:
            answer = await client.post(address, json=message)
        if answer.status_code != 200:
            log.warning("slack did not take an answer: %d", answer.status_code)
    except httpx.HTTPError as error:
        log.warning("slack did not take an answer: %s", type(error).__name__)  # the address is a secret


def _asked(door: str, body: bytes) -> Asked | None:
    """The question of a call; None of one that asks nothing."""
    form = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
    if door == "command" and form.get("command"):
        caller = Caller(form.get("user_id", ""), form.get("channel_id", ""), form.get("team_id", ""))
        return Asked(question=form.get("text", "").strip(), caller=caller, answer_at=form.get("response_url", ""))
    if door != "interactivity":
        return None
    try:
        said = json.loads(form.get("payload", ""))
        (action, *_) = said["actions"]
        held = json.loads(action["value"])
        ids = {name: str((said.get(name) or {}).get("id") or "") for name in ("user", "channel", "team")}
        if said["type"] != "block_actions" or action["action_id"].partition(":")[0] not in (SHOW, NARROW):
            return None
        caller = Caller(ids["user"], ids["channel"], str(said["user"].get("team_id") or ids["team"]))
        return Asked(question=str(held["q"]), plan=str(held.get("p") or ""), caller=caller,
                     action=action["action_id"].partition(":")[0], answer_at=str(said["response_url"]))  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError):
        return None  # a button of somebody else's, or one that only opens a page


def _message(book: Book, options: SlackOptions, entry: str, asked: Asked) -> Message:
    """What is said to a question; a refusal is said to its asker alone."""
    begun, caller = perf_counter(), asked.caller
    actor = Actor(f"slack {caller.user}", roles_of(options.command_roles, options.workspace, caller))
    outcome = "answered"
    try:
        if not asked.question or asked.question.lower() == "help":
            return _alone(USAGE)
        plan = json.loads(asked.plan) if asked.plan else None
        answer = Readings(book, actor).answer(asked.question, plan)
        if asked.action == SHOW and _quotes(answer):
            outcome = "denied"
            return _alone(
                "An answer that quotes customers is not shown in a channel: who reads there may lack the role."
            )
        return _worded(book, answer, asked)
    except AccessDenied as error:
        outcome = "denied"
        return _alone(f"{error} Whoever keeps Deskbook gives roles under `command_roles:` of the entry `{entry}`; "
                      f"your id is {caller.user}.")  # fmt: skip
    except DeskbookError as error:
        outcome = type(error).__name__
        return _alone(str(error))
    except Exception as error:  # the outermost door: what went wrong inside is logged here, not told outside
        log.exception("slack command failed entry=%s", entry)
        outcome = type(error).__name__
        return _alone("That failed inside Deskbook; its log says why.")
    finally:
        log.info("slack entry=%s user=%s %s seconds=%.2f", entry, caller.user, outcome, perf_counter() - begun)


def _worded(book: Book, answer: Answer, asked: Asked) -> Message:
    """An answer as blocks: what it says, a link to its page, and buttons that show it to all or narrow it."""
    text, line = _escaped(answer.text), str(answer.plan.get("line") or "")
    address = page_of(book, asked.question, line)
    first = next(iter(answer.numbers), None)
    blocks: list[Message] = []
    if first and first.get("shown"):
        blocks.append(_section(f"*{_escaped(str(first['shown']))}*  {_escaped(str(first['label']))}"))
    blocks.append(_section(text[:MOST_LETTERS] + ("…" if len(text) > MOST_LETTERS else "")))
    blocks.append(_section(f"<{_escaped(address)}|The number and its receipt>"))
    buttons = [] if answer.abstain or asked.action == SHOW else _buttons(book, answer, asked.question, line)
    if buttons:
        blocks.append({"type": "actions", "elements": buttons})
    message: Message = {"response_type": "ephemeral", "text": text[:MOST_LETTERS], "blocks": blocks}
    if asked.action == SHOW:
        blocks.append(
            {
                "type": "context",
                "elements": [_mrkdwn(f"<@{asked.caller.user}> asked: {_escaped(asked.question)[:300]}")],
            }
        )
        return message | {"response_type": "in_channel", "replace_original": False}
    return message | ({"replace_original": True} if asked.action == NARROW else {})


def _quotes(answer: Answer) -> bool:
    """Whether an answer may hold what customers wrote."""
    from deskbook.rag.figures import ANSWERS

    plan: Mapping[str, Any] | None = answer.plan
    while plan:
        if plan.get("kind") not in ANSWERS:
            return True
        plan = plan.get("then")
    return False


def _buttons(book: Book, answer: Answer, question: str, line: str) -> list[Message]:
    made = [] if _quotes(answer) else [_button("Show in channel", SHOW, question, line)]
    cuts = [plan for plan in book.follow_ups(answer.plan) if plan.by]
    for place, plan in enumerate(cuts[:2]):
        made.append(_button(plan.question, f"{NARROW}:{place}", plan.question, plan.line()))
    return [one for one in made if one is not None]


def _button(label: str, action: str, question: str, line: str) -> Message | None:
    """A button that knows what it asks; none where that is longer than Slack keeps."""
    value = json.dumps({"q": question, "p": line}, ensure_ascii=False)
    shown = label if len(label) <= MOST_LABEL else f"{label[: MOST_LABEL - 1]}…"
    if len(value) > MOST_VALUE:
        return None
    return {"type": "button", "action_id": action, "text": {"type": "plain_text", "text": shown}, "value": value}


def page_of(book: Book, question: str, line: str) -> str:
    """Address of the page that shows an answer with its receipts: at the first of `origins`, else at this machine."""
    made = book.settings
    named = next((one for one in made.origins if one.startswith(("https://", "http://"))), "")
    host = f"[{made.host}]" if ":" in made.host else made.host
    begin = named.rstrip("/") or f"http://{host}:{made.port}"
    return f"{begin}/ask?{urlencode({'question': question, **({'plan': line} if line else {})})}"


def _alone(said: str) -> Message:
    return {"response_type": "ephemeral", "text": _escaped(said)}


def _section(text: str) -> Message:
    return {"type": "section", "text": _mrkdwn(text)}


def _mrkdwn(text: str) -> Message:
    return {"type": "mrkdwn", "text": text[:3_000]}


def _escaped(text: str) -> str:
    """Text in which nobody is called and nothing is a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
