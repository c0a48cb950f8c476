"""Python values and Arrow arrays: building one from the other without losing what a source said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc


def load_json(text: str | bytes) -> Any:
    """One JSON value; what orjson refuses (NaN, integers over 64 bits) the standard library may take.

    Raises:
        ValueError: the text is no JSON.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)


def load_all(texts: Sequence[str]) -> list[Any]:
    """The values of texts each of which is sound JSON; at once, as that is quicker."""
    try:
        values: list[Any] = orjson.loads(f"[{','.join(texts)}]")
        return values
    except orjson.JSONDecodeError:
        return [load_json(text) for text in texts]


def json_text(value: Any) -> str:
    """A value as compact JSON text."""
    for option in (None, orjson.OPT_NON_STR_KEYS):  # which takes half as long again, and few values need it
        try:
            return orjson.dumps(value, default=str, option=option).decode()
        except TypeError:  # a key that is no text; an integer over 64 bits, or a lone surrogate
            continue
    return json.dumps(value, default=str, ensure_ascii=True, separators=(",", ":"))


def array_of(values: Sequence[Any]) -> pa.Array:
    """An array of these values; of mixed kinds, their text."""
    try:
        return pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError, UnicodeError):
        return pa.array([_text(value) for value in values], pa.string())


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json_text(value)


def texts(values: pa.Array) -> pa.Array:
    """The values as strings: nested ones as JSON, whole floats without their point."""
    if pa.types.is_nested(values.type):
        return pa.array([None if v is None else json_text(v) for v in values.to_pylist()], pa.string())
    if pa.types.is_floating(values.type):
        whole = pc.all(pc.equal(values, pc.floor(values))).as_py()
        return values.cast(pa.int64()).cast(pa.string()) if whole else values.cast(pa.string())
    if pa.types.is_binary(values.type) or pa.types.is_large_binary(values.type):
        return pa.array([_text(value) for value in values.to_pylist()], pa.string())
    return values.cast(pa.string())


def flat(column: pa.ChunkedArray) -> pa.Array:
    """A table's column as one array."""
    if column.num_chunks == 1:
        return column.chunk(0)
    joined = column.combine_chunks()
    return joined if isinstance(joined, pa.Array) else pa.concat_arrays(joined.chunks)


def struct_of(rows: pa.Table) -> pa.Array:
    """Each row as one struct, for keeping it as it came."""
    if not rows.column_names:
        return pa.array([{}] * rows.num_rows, pa.struct([]))
    return pa.StructArray.from_arrays([flat(column) for column in rows.columns], names=rows.column_names)
