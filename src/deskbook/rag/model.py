"""A language model behind an OpenAI-compatible address: asked within a time, a number of tries and a budget.

It has no tools. Whatever goes wrong on the other side is one error, `ModelFailed`, without the key or what was said.
"""

from __future__ import annotations

import json
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, Protocol

from deskbook.errors import ConfigError, MissingExtra, ModelFailed
from deskbook.rag.model_settings import ModelSettings
from deskbook.settings import secret

log = logging.getLogger(__name__)
Message = Mapping[str, str]
AGAIN: Final = (408, 409, 429)
"""Refusals that may pass by themselves, beside every 5xx."""
LONGEST_PIECES: Final = 60_000
"""Letters of one reply; what comes after them is not read."""
LETTERS_A_TOKEN: Final = 4
CHECK_SECONDS: Final = 5.0
Schema = Mapping[str, Any]


class Ledger(Protocol):
    """Who keeps what was spent today."""

    def spent(self) -> int:
        """Tokens so far today."""

    def add(self, tokens: int) -> None:
        """Tokens more."""


class Model:
    """One language model.

    Args:
        made: how it is set.
        ledger: what was spent today; without one there is no budget.
        sleep: waits between two tries; tests give another.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        made: ModelSettings,
        *,
        ledger: Ledger | None = None,
        environ: Mapping[str, str] | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.made = made
        self._ledger, self._sleep, self._clock = ledger, sleep, clock
        self._key = secret(made.key, "The language model", environ) if made.key else ""

    def __repr__(self) -> str:
        """Name and address: never the key."""
        return f"Model({self.made.name!r} at {self.made.url})"

    def check(self) -> str:
        """What it says of itself, for the doctor.

        Raises:
            ModelFailed: nothing answers there, it refuses the key, or it does not have the model.
        """
        until = self._clock() + min(CHECK_SECONDS, self.made.seconds)
        listed = self._within(until, lambda client: [[one.id for one in client.models.list().data]])
        names: list[str] = next(iter(listed), [])
        if names and self.made.name not in names and not self.made.is_local and not self.made.api_version:
            raise ModelFailed(f"{self.made.url} answers, but has no model '{self.made.name}'.")
        return f"{self.made.name} at {self.made.url}, for {' and '.join(self.made.use) or 'nothing'}"

    def complete(self, messages: Sequence[Message], *, schema: Schema | None = None, most_tokens: int = 500) -> Any:
        """The whole reply: text, or with a JSON schema what the text holds.

        Raises:
            ModelFailed: no sound reply came in time.
        """
        text = "".join(self.stream(messages, schema=schema, most_tokens=most_tokens))
        if schema is None:
            return text
        try:
            return json.loads(text)
        except ValueError:
            raise ModelFailed("The language model replied with what is no JSON.") from None

    def stream(
        self, messages: Sequence[Message], *, schema: Schema | None = None, most_tokens: int = 500
    ) -> Iterator[str]:
        """The reply piece by piece, as it comes.

        Raises:
            ModelFailed: before the first piece or between two; what was given so far stands.
        """
        self._check_budget()
        asked: dict[str, Any] = {
            "model": self.made.name,
            "messages": [dict(one) for one in messages],
            "temperature": 0,
            "max_tokens": most_tokens,
            "stream": True,
        }
        if schema is not None:
            shape = {"name": "reply", "strict": True, "schema": dict(schema)}
            asked["response_format"] = {"type": "json_schema", "json_schema": shape}
        begun, letters, ended = self._clock(), 0, False
        try:
            for piece, reason in self._within(begun + self.made.seconds, lambda client: _pieces(client, asked)):
                letters += len(piece)
                ended = ended or bool(reason)
                if reason == "length":
                    raise ModelFailed("The language model's reply was cut off for its length.")
                if letters > LONGEST_PIECES:
                    raise ModelFailed(f"The language model's reply is longer than {LONGEST_PIECES:,} letters.")
                if piece:
                    yield piece
            if not ended:
                raise ModelFailed("The language model's reply broke off before its end.")
        finally:
            read = sum(len(one["content"]) for one in messages)
            self._spend((read + letters) // LETTERS_A_TOKEN)
            log.info("model=%s letters=%d seconds=%.2f", self.made.name, letters, self._clock() - begun)

    def _check_budget(self) -> None:
        if self._ledger and self._ledger.spent() >= self.made.tokens_a_day:
            raise ModelFailed(
                f"The language model has used its {self.made.tokens_a_day:,} tokens of today; "
                "tokens_a_day in [model] sets how many."
            )

    def _spend(self, tokens: int) -> None:
        if self._ledger:
            self._ledger.add(tokens)

    def _within(self, until: float, call: Callable[[Any], Any]) -> Iterator[Any]:
        """What a call gives, one by one, until a moment; refused for now, it is tried again within that time."""
        for attempt in range(self.made.tries + 1):
            is_begun = False
            try:
                for one in self._once(until, call):
                    is_begun = True
                    yield one
                return
            except _Refused as refused:
                wait = refused.wait if refused.wait is not None else 0.5 * 2**attempt
                is_last = attempt == self.made.tries or is_begun or not refused.again
                if is_last or self._clock() + wait >= until:
                    raise ModelFailed(refused.said) from None
                self._sleep(wait)

    def _once(self, until: float, call: Callable[[Any], Any]) -> Iterator[Any]:
        """One try. It runs beside us, so that a server that drips or hangs is left at the moment, whatever it does."""
        held: queue.Queue[tuple[str, Any]] = queue.Queue()
        client = self._client(max(0.05, until - self._clock()))

        def run() -> None:
            try:
                for one in call(client):
                    held.put(("one", one))
                held.put(("end", None))
            except Exception as error:  # noqa: BLE001  # the room's edge: a stranger's server may fail in any way
                held.put(("error", _refused(error, self.made)))

        threading.Thread(target=run, daemon=True, name="deskbook-model").start()
        try:
            while True:
                try:
                    kind, value = held.get(timeout=max(0.0, until - self._clock()))
                except queue.Empty:
                    raise ModelFailed(f"The language model did not answer within {self.made.seconds:g} s.") from None
                if kind == "end":
                    return
                if kind == "error":
                    raise value
                yield value
        finally:
            client.close()

    def _client(self, seconds: float) -> Any:
        try:
            import openai
        except ImportError:
            raise MissingExtra("The language model", "model") from None
        # a proxy of the environment is for the outside, not for a server on this machine
        http = openai.DefaultHttpxClient(trust_env=not self.made.is_local, follow_redirects=False)
        given: dict[str, Any] = {"api_key": self._key or "none", "timeout": seconds, "max_retries": 0}
        if self.made.api_version:
            given |= {"api_version": self.made.api_version, "azure_endpoint": self.made.url}
            return openai.AzureOpenAI(**given, http_client=http)
        return openai.OpenAI(**given, base_url=self.made.url, http_client=http)


class _Refused(Exception):
    """One try that failed: what to say of it, and whether another may help."""

    def __init__(self, said: str, *, again: bool = False, wait: float | None = None) -> None:
        self.said, self.again, self.wait = said, again, wait
        super().__init__(said)


def _pieces(client: Any, asked: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    with client.chat.completions.create(**asked) as stream:
        for chunk in stream:
            if chunk.choices:
                choice = chunk.choices[0]
                yield choice.delta.content or "", choice.finish_reason or ""


def _refused(error: Exception, made: ModelSettings) -> _Refused:
    """A failure in our words. The other side's own are left out: some repeat the key or the question."""
    import openai

    if isinstance(error, openai.APIStatusError):
        code = error.status_code
        said = {
            401: "refused the key",
            403: "refused the key",
            404: f"has no model '{made.name}' at that address",
            429: "has no room for us now (429)",
        }.get(code, f"failed with status {code}")
        after = error.response.headers.get("retry-after", "")
        wait = float(after) if after.replace(".", "", 1).isdigit() else None
        return _Refused(f"The language model {said}.", again=code in AGAIN or code >= 500, wait=wait)
    if isinstance(error, openai.APITimeoutError):
        return _Refused(f"The language model did not answer within {made.seconds:g} s.")
    if isinstance(error, openai.APIConnectionError):
        return _Refused("The language model could not be reached.", again=True)
    if isinstance(error, ConfigError):
        return _Refused(str(error))
    return _Refused(f"The language model replied with what cannot be read ({type(error).__name__}).")
