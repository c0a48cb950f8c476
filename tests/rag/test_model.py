"""The language model's client against a server that fails in every way it knows."""

from __future__ import annotations

import logging
import time
from typing import Any

import pytest

from deskbook.errors import ConfigError, ModelFailed, UnknownName
from deskbook.rag.model import Model
from deskbook.rag.model_settings import MODEL_KEYS, ModelSettings, read_model

from ..fakes.openai_server import FakeModel

KEY = "sk-very-secret"
ASK = [{"role": "user", "content": "Say hello."}]


class Purse:
    """A ledger in memory."""

    def __init__(self, tokens: int = 0) -> None:
        self.tokens = tokens

    def spent(self) -> int:
        return self.tokens

    def add(self, tokens: int) -> None:
        self.tokens += tokens


def model(fake: FakeModel, *, seconds: float = 5, ledger: Purse | None = None, **made: Any) -> Model:
    settings = ModelSettings(url=fake.url, key="{env(MODEL_KEY)}", seconds=seconds, **made)
    return Model(settings, ledger=ledger, environ={"MODEL_KEY": KEY}, sleep=lambda _: None)


def test_a_reply_comes_in_pieces_and_the_key_only_in_its_header() -> None:
    with FakeModel("Hello there, desk.") as fake:
        pieces = list(model(fake).stream(ASK))
    assert len(pieces) > 1 and "".join(pieces) == "Hello there, desk."
    assert fake.headers[0]["authorization"] == f"Bearer {KEY}" and KEY not in str(fake.asked)
    assert "tools" not in fake.asked[0], "it has no tools"


def test_with_a_schema_the_reply_is_what_its_json_holds() -> None:
    with FakeModel('{"a": 1}') as fake:
        assert model(fake).complete(ASK, schema={"type": "object"}) == {"a": 1}
        assert fake.asked[0]["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize("how", ["429", "500"])
def test_a_refusal_that_may_pass_is_tried_again(how: str) -> None:
    with FakeModel(f"{how}:", f"{how}:", "Hello.") as fake:
        assert model(fake).complete(ASK) == "Hello."
        assert len(fake.asked) == 3


def test_tries_are_bounded() -> None:
    with FakeModel("500:") as fake:
        with pytest.raises(ModelFailed, match="failed with status 500"):
            model(fake, tries=2).complete(ASK)
        assert len(fake.asked) == 3


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("401:", "refused the key"),
        ("429:", r"no room for us now \(429\)"),
        ("half:Hello the", "broke off before its end"),
        ("broken:Hello", "cannot be read"),
        ("html:", "broke off|cannot be read"),
        ("no json at all", "what is no JSON"),
    ],
)
def test_every_failure_is_one_error_that_repeats_neither_key_nor_reply(
    reply: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with FakeModel(reply) as fake, pytest.raises(ModelFailed, match=said) as failed:
        model(fake).complete(ASK, schema={"type": "object"})
    told = f"{failed.value} {failed.value.__cause__} {caplog.text} {model(fake)!r}"
    assert KEY not in told and "sk-secret" not in told


@pytest.mark.parametrize("reply", ["slow:Hello there", "hang:"])
def test_nothing_hangs_past_its_limit(reply: str) -> None:
    with FakeModel(reply) as fake:
        begun = time.monotonic()
        with pytest.raises(ModelFailed, match=r"did not answer within 0\.5 s"):
            model(fake, seconds=0.5).complete(ASK)
        assert time.monotonic() - begun < 10, "the server would have kept it for 30 s"


def test_what_came_before_a_stream_broke_off_was_given() -> None:
    given = []
    with FakeModel("half:Hello there") as fake, pytest.raises(ModelFailed):
        for piece in model(fake).stream(ASK):
            given.append(piece)
    assert "".join(given) == "Hello there"


def test_nobody_there_is_said() -> None:
    with FakeModel("Hello.") as fake:
        gone = fake
    with pytest.raises(ModelFailed, match="could not be reached"):
        model(gone).complete(ASK)


def test_a_spent_budget_asks_nothing_more() -> None:
    purse = Purse()
    with FakeModel("Hello.") as fake:
        one = model(fake, ledger=purse, tokens_a_day=1)
        one.complete(ASK)
        with pytest.raises(ModelFailed, match="tokens_a_day in"):
            one.complete(ASK)
        assert len(fake.asked) == 1 and purse.tokens >= 1


def test_the_doctor_is_told_what_is_there() -> None:
    with FakeModel("Hello.") as fake:
        assert model(fake).check() == f"gpt-4o-mini at {fake.url}, for plan and rephrase"


def test_without_its_table_there_is_no_model() -> None:
    assert read_model({}) is None


def test_defaults_are_openais() -> None:
    made = read_model({"seconds": 5})
    assert made and (made.name, made.url, made.key) == (
        "gpt-4o-mini", "https://api.openai.com/v1", "{env(OPENAI_API_KEY)}",
    )  # fmt: skip
    assert set(MODEL_KEYS) >= {"name", "url", "key", "seconds", "tries", "tokens_a_day", "use"}


@pytest.mark.parametrize(
    ("values", "error", "said"),
    [
        ({"key": KEY}, ConfigError, "wants its key by name"),
        ({"url": "ftp://x"}, ConfigError, "wants an address"),
        ({"url": "http://user:pw@127.0.0.1/v1"}, ConfigError, "wants an address"),
        ({"seconds": 0}, ConfigError, "from 0.1 to 120"),
        ({"tries": 1.5}, ConfigError, "from 0 to 5"),
        ({"use": ["plam"]}, UnknownName, "Did you mean 'plan'"),
        ({"nam": "x"}, UnknownName, "Did you mean 'name'"),
        ({"name": " "}, ConfigError, "wants the name of a model"),
    ],
)
def test_what_cannot_be_set_says_why_and_never_repeats_a_key(
    values: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said) as failed:
        read_model(values)
    assert KEY not in str(failed.value)


def test_a_key_that_is_not_set_is_named() -> None:
    with pytest.raises(ConfigError, match="environment variable NO_KEY, which is not set"):
        Model(ModelSettings(key="{env(NO_KEY)}"), environ={})
