"""The wire with a real server: llama.cpp and a small model's weights, on loopback. What it says is not judged here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from deskbook.errors import ModelFailed
from deskbook.rag.model import Model
from deskbook.rag.model_settings import ModelSettings

from ..fakes.llama import start

HELLO = [{"role": "user", "content": "Say hello in one short sentence."}]
SCHEMA = {
    "type": "object",
    "properties": {"kind": {"enum": ["number", "why"]}},
    "required": ["kind"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server, url = start()
    yield url
    del server


def model(address: str, seconds: float = 100) -> Model:
    return Model(ModelSettings(url=address, key="", name="smollm2", seconds=seconds))


def test_it_streams_text_in_pieces(address: str) -> None:
    pieces = list(model(address).stream(HELLO, most_tokens=60))
    assert len(pieces) > 2 and "".join(pieces).strip()


def test_a_schema_holds(address: str) -> None:
    assert model(address).complete(HELLO, schema=SCHEMA, most_tokens=60)["kind"] in ("number", "why")


def test_a_reply_cut_off_for_its_length_is_no_reply(address: str) -> None:
    with pytest.raises(ModelFailed, match="cut off for its length"):
        model(address).complete([{"role": "user", "content": "Count to one thousand."}], most_tokens=3)


def test_a_limit_ends_it_in_the_middle(address: str) -> None:
    long = [{"role": "user", "content": "Tell a very long story. " * 100}]
    with pytest.raises(ModelFailed, match=r"did not answer within 0\.1 s"):
        list(model(address, seconds=0.1).stream(long, most_tokens=2000))


def test_the_doctor_finds_it(address: str) -> None:
    assert model(address).check().startswith(f"smollm2 at {address}")
