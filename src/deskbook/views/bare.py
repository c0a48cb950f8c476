"""Charts without a figure as they stand in a report: boxes, funnels, small multiples, as HTML and SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from deskbook.views.section import Block

TALL: Final = 44
"""Height of a small chart in the units of its picture; it is 100 wide."""


def spread(block: Block, _: str) -> str:
    """Boxes by group, each with its five numbers."""
    rows = []
    for row in block["rows"]:
        p10, p25, median, p75, p90 = row["at"]
        track = (
            f"<span class='track' style='--steps:{len(block['ticks']) - 1}'>"
            f"<i class='whisker' style='left:{_pct(p10)};width:{_pct(p90 - p10)}'></i>"
            f"<i class='box' style='left:{_pct(p25)};width:{_pct(p75 - p25)}'></i>"
            f"<i class='median' style='left:{_pct(median)}'></i></span>"
        )
        numbers = f"{row['texts'][2]} ({row['texts'][0]}–{row['texts'][4]})"
        few = " few" if row["few"] else ""
        rows.append(
            f"<li class='{few.strip()}'><span>{escape(row['label'])}</span>{track}<b>{escape(numbers)}</b></li>"
        )
    ticks = "".join(f"<span style='left:{_pct(tick['at'])}'>{escape(tick['text'])}</span>" for tick in block["ticks"])
    axis = f"<div class='axis'><span></span><div>{ticks}</div><span>{escape(block['unit'])}</span></div>"
    return _panel(block, "spread", f"<ul>{''.join(rows)}</ul>{axis}")


def funnel(block: Block, _: str) -> str:
    """Steps with their shares."""
    rows = (
        f"<li><span>{escape(row['label'])}</span><span class='step-bar'><i style='--share:{row['bar']:.4f}'></i>"
        f"<b>{escape(row['text'])}</b></span><span class='small'>{escape(_kept(row))}</span></li>"
        for row in block["rows"]
    )
    return _panel(block, "funnel", f"<ul>{''.join(rows)}</ul>")


def _kept(row: Mapping[str, Any]) -> str:
    return f"{row['share']} of all, {row['kept']} of the step before" if row["kept"] else ""


def multiples(block: Block, _: str) -> str:
    """A small line a group, with what it comes to over the whole period."""
    panels = "".join(
        f"<li><span class='over'><span>{escape(one['label'])}</span><b>{escape(one['said'])}</b></span>"
        f"<svg viewBox='0 0 100 {TALL}' preserveAspectRatio='none'>{_flags(block)}"
        f"{_lines(one['values'], block)}</svg></li>"
        for one in block["series"]
    )
    ends = "".join(f"<span>{escape(end)}</span>" for end in block["ends"])
    return _panel(block, "multiples", f"<ul>{panels}</ul><p class='ends small'>{ends}</p>")


def _flags(block: Block) -> str:
    count = max(len(block["keys"]) - 1, 1)
    places = (100 * one["x"] / count for one in block.get("flags", ()) if one["drawn"])
    return "".join(
        f"<line x1='{x:.2f}' x2='{x:.2f}' y1='0' y2='{TALL}' vector-effect='non-scaling-stroke'/>" for x in places
    )


def _lines(values: Sequence[float | None], block: Block) -> str:
    """A line up to the last finished bucket, and the dotted piece that leads to the unfinished one."""
    last = block["partial"]
    if not last or values[last] is None or values[last - 1] is None:
        return f"<path d='{_path(values, block)}' vector-effect='non-scaling-stroke'/>"
    end = [None] * (last - 1) + [*values[last - 1 :]]
    return (
        f"<path d='{_path([*values[:last], None], block)}' vector-effect='non-scaling-stroke'/>"
        f"<path class='partial' d='{_path(end, block)}' vector-effect='non-scaling-stroke'/>"
    )


def _path(values: Sequence[float | None], block: Block) -> str:
    """The line of one panel as SVG; a value without a neighbour becomes a dash."""
    span, count = (block["top"] - block["low"]) or 1.0, max(len(values) - 1, 1)
    padded = [None, *values, None]
    parts: list[str] = []
    for place, value in enumerate(values):
        if value is None:
            continue
        x, y = 100 * place / count, TALL - (value - block["low"]) / span * (TALL - 2) - 1
        before, following = padded[place], padded[place + 2]
        if before is None and following is None:
            parts.append(f"M{x - 1:.2f} {y:.2f}h2")
        else:
            parts.append(f"{'M' if before is None else 'L'}{x:.2f} {y:.2f}")
    return "".join(parts)


def _panel(block: Block, name: str, body: str) -> str:
    wide = " wide" if block.get("wide") else ""
    return (
        f"<section class='panel chart {name}{wide}'><h2>{escape(block['title'])}</h2>"
        f"<p class='small'>{escape(block['caption'])}</p>{body}</section>"
    )


def flag_list(annotations: Sequence[Mapping[str, str]]) -> str:
    """What the numbers on a report's charts are: once for all of them, in the order they are numbered in."""
    items = "".join(f"<li>{_flag(told)}</li>" for told in annotations)
    return f"<section class='meaning'><h2>What happened</h2><ol class='flags'>{items}</ol></section>" if items else ""


def _flag(told: Mapping[str, str]) -> str:
    about = f" ({told['about']})" if told["about"] else ""
    note = f" – {told['note']}" if told["note"] else ""
    return escape(f"{told['said']}: {told['title']}, {told['kind']}{about}{note}")


def _pct(share: float) -> str:
    return f"{100 * share:.2f}%"
