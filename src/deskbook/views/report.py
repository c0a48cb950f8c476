"""A page as it stands in a report: static HTML that needs no network, and its numbers as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final

from bokeh.embed import components
from bokeh.resources import Resources

from deskbook import locales
from deskbook.views import bare, receipts, theme
from deskbook.views.numbers import Numbers
from deskbook.views.section import Block, Drawing
from deskbook.views.surface import ASSETS

ARROWS: Final = {"up": "▲", "down": "▼", "flat": "●"}
SCOPE: Final = ".deskbook-report"


def document(sheet: Mapping[str, Any], numbers: Sequence[Numbers], filters: Mapping[str, str]) -> dict[str, Any]:
    """Every query of the page with its rows and receipt (`deskbook receipt verify` reads it), and what is printed."""
    results = {name: one for held in numbers for name, one in held.named().items()}
    found = [{"rows": one.rows, "receipt": one.receipt.as_dict()} for one in results.values()]
    said = [number for block in sheet["blocks"] for number in block.get("document", {}).get("numbers", ())]
    period = numbers[0].scope.period
    return {
        "title": sheet["page"]["title"],
        "question": sheet["page"]["question"],
        "filters": dict(filters),
        "sentence": sheet["filters"]["sentence"],
        "period": {
            "text": period.text,
            "since": period.since.isoformat() if period.since else "",
            "until": period.until.isoformat() if period.until else "",
            "said": period.sentence(),
        },
        "snapshot": sheet["snapshot"],
        "data_until": sheet["data_until"],
        "numbers": [*found, *said],
        "names": [*results],
        "commands": [receipts.command(one.receipt) for one in results.values()],
        "metrics": sheet["metrics"],
        "said": [_prose(block) for block in sheet["blocks"] if block["kind"] == "sentence"],
        "desk": sheet["foot"]["desk"],
        "zone": sheet["foot"]["zone"],
        "locale": locales.spoken(),
    }


def fragment(sheet: Mapping[str, Any], drawings: Sequence[Drawing | None]) -> str:
    """The page as HTML in itself: style, figures and BokehJS inside, nothing fetched."""
    shown = [
        (place, drawing.figure)
        for place, (drawing, block) in enumerate(zip(drawings, sheet["blocks"], strict=True))
        if drawing and block.get("state") == "ok"
    ]
    script, divs = components([figure for _, figure in shown]) if shown else ("", ())
    places = {place: div for (place, _), div in zip(shown, divs, strict=True)}
    blocks = [_placed(block, _drawn(block, places.get(place, ""))) for place, block in enumerate(sheet["blocks"])]
    arranged = " arranged" if any("cols" in block for block in sheet["blocks"]) else ""
    style = theme.css_tokens(SCOPE).split(f"{SCOPE}[data-theme", 1)[0] + (ASSETS / "report.css").read_text("utf-8")
    scripts = Resources(mode="inline", components=["bokeh"]).js_raw if shown else ()
    library = "".join(f"<script>{text}</script>" for text in scripts) + (_axes(sheet["signs"]) if shown else "")
    return (
        f"<style>{style}</style>{library}<div class='deskbook-report'>{_head(sheet)}"
        f"<div class='grid{arranged}'>{''.join(blocks)}</div>{bare.flag_list(sheet['annotations'])}{_foot(sheet)}"
        f"</div>{script}"
    )


def _axes(signs: Sequence[str] | None) -> str:
    """The script by which axes get the signs of the locale that is spoken; BokehJS knows the English ones alone."""
    if not signs:
        return ""
    axes = (ASSETS / "axes.js").read_text("utf-8")
    return f"<script>{axes}withSigns(Bokeh.Models.NumeralTickFormatter.prototype,{json.dumps(signs)})</script>"


def _head(sheet: Mapping[str, Any]) -> str:
    page, foot = sheet["page"], sheet["foot"]
    said = sheet["filters"]["sentence"]
    until = f"Data to {foot['until']} ({foot['zone']}), snapshot {foot['snapshot']}."
    return (
        f"<header><h1>{escape(page['title'])}</h1><p class='question'>{escape(page['question'])}</p>"
        f"<p class='said'>{escape(said)}</p><p class='small'>{escape(foot['desk'])}. {escape(until)}</p></header>"
    )


def _foot(sheet: Mapping[str, Any]) -> str:
    if not sheet["metrics"]:
        return ""
    items = (
        f"<dt>{escape(about['label'])}{' (' + escape(about['unit']) + ')' if about['unit'] else ''}</dt>"
        f"<dd>{escape(about['note'])} <span class='small'>Version {escape(about['version'])}.</span></dd>"
        for about in sheet["metrics"].values()
    )
    return f"<section class='meaning'><h2>What these numbers mean</h2><dl>{''.join(items)}</dl></section>"


def _placed(block: Block, drawn: str) -> str:
    """A block where a layout puts it."""
    if "cols" not in block or not drawn:
        return drawn
    return f"<div class='placed' style='--cols:{block['cols']};--tall:{block['tall']}'>{drawn}</div>"


def _drawn(block: Block, figure: str) -> str:
    if block.get("state") in ("empty", "failed"):
        said = f"<p><strong>{escape(block.get('said', ''))}</strong> {escape(block.get('hint', ''))}</p>"
        return f"<section class='panel'><h2>{escape(block.get('title') or '')}</h2>{said}</section>"
    draw = DRAWN.get(block["kind"])
    return draw(block, figure) if draw else ""


def _sentence(block: Block, _: str) -> str:
    return f"<p class='sentence'>{escape(_prose(block))}</p>"


def _prose(block: Block) -> str:
    return "".join(part["text"] for part in block["parts"])


def _cards(block: Block, _: str) -> str:
    tiles = []
    for card in block["items"]:
        unit = f" <small>{escape(card['unit'])}</small>" if card["unit"] else ""
        below = " · ".join(filter(None, (card["sample"], card["likely"], card["target"])))
        tiles.append(
            f"<div class='card{' few' if card['few'] else ''}'><span class='small'>{escape(card['label'])}</span>"
            f"<b>{escape(card['value'])}{unit}</b>{_change(card['change'], card['baseline'])}"
            f"<span class='small'>{escape(below)}</span></div>"
        )
    return f"<div class='cards'>{''.join(tiles)}</div>"


def _change(change: Mapping[str, str] | None, baseline: str = "") -> str:
    if not change:
        return "<span class='change'></span>"
    flat = change["arrow"] == "flat"
    judged = change["tone"] in ("good", "bad")
    text = "unchanged" if flat else f"{change['text']} {change['word'] if judged else change['arrow']}"
    said = f"{ARROWS[change['arrow']]} {text} {baseline}".strip()
    return f"<span class='change {change['tone']}'>{escape(said)}</span>"


def _chart(block: Block, figure: str) -> str:
    items = [(one["colour"], one["label"]) for one in block.get("series", ())]
    if block.get("ghost"):
        items.append(("ghost", block["ghost"]["label"]))
    legend = "".join(f"<li><i style='background:var(--{colour})'></i>{escape(label)}</li>" for colour, label in items)
    named = f"<ul class='legend'>{legend}</ul>" if len(items) > 1 else ""
    return (
        f"<section class='panel chart'><h2>{escape(block['title'])}</h2>"
        f"<p class='small'>{escape(block['caption'])}</p>{named}{figure}</section>"
    )


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are already HTML."""
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _ranking(block: Block, _: str) -> str:
    heads = [block["first"], "Share", *(f"{head['label']} {head['unit']}".strip() for head in block["heads"])]
    rows = []
    for row in block["rows"]:
        bar = f"<i class='bar' style='width:{row['bar'] * 6:.2f}em'></i> {escape(row['share'])}"
        cells = (f"{escape(cell['text'])} {_change(cell['change'])}" for cell in row["cells"])
        rows.append([escape(row["label"]), bar, *cells])
    return f"<section class='panel wide'><h2>{escape(block['title'])}</h2>{_table(heads, rows)}</section>"


def _listing(block: Block, _: str) -> str:
    heads = [head["label"] for head in block["heads"]]
    rows = ([escape(cell["text"]) for cell in row] for row in block["rows"])
    caption = f"<p class='small'>{escape(block['caption'])}</p>"
    return f"<section class='panel wide'><h2>{escape(block['title'])}</h2>{caption}{_table(heads, rows)}</section>"


def _tickets(block: Block, _: str) -> str:
    heads = ["Ticket", *(column["label"] for column in block["columns"])]
    rows = ([escape(cell) for cell in (row["id"], *row["cells"])] for row in block["rows"])
    said = f"{block['said']}, page {block['page']} of {block['pages']}"
    return f"<section class='panel wide'><h2>{escape(said)}</h2>{_table(heads, rows)}</section>"


def _conversation(block: Block, _: str) -> str:
    if not block["ticket"]:
        return ""
    messages = "".join(
        f"<li class='{'note' if one['note'] else ''}'><span class='small'>{escape(one['role'])}"
        f"{' (internal note)' if one['note'] else ''}, {escape(one['at'])}</span><p>{escape(one['text'])}</p></li>"
        for one in block["messages"]
    )
    return f"<section class='panel wide'><h2>{escape(block['title'])}</h2><ol>{messages}</ol></section>"


def _answer(block: Block, _: str) -> str:
    if block["state"] != "ok":
        return "<section class='panel wide'><p>No question was asked.</p></section>"
    claims = "".join(f"<p>{escape(''.join(part['text'] for part in claim['parts']))}</p>" for claim in block["claims"])
    cards = "".join(
        f"<li><blockquote>{escape(one['quote'])}</blockquote>"
        f"<span class='small'>{escape(', '.join((one['said'], one['at'])))}</span></li>"
        for one in block["cards"]
    )
    numbers = _table(("Number", "Value"), ([escape(one["label"]), escape(one["text"])] for one in block["numbers"]))
    text = claims or f"<p>{escape(block['text'])}</p>"
    shown = numbers if block["numbers"] else ""
    notes = "".join(f"<p class='small'>{escape(one)}</p>" for one in [block["plan"]["read"], *block["notes"]])
    evidence = f"<ol>{cards}</ol>" if cards else ""
    return f"<section class='panel wide'><h2>{escape(block['question'])}</h2>{notes}{text}{evidence}{shown}</section>"


def _sources(block: Block, _: str) -> str:
    heads = ["Entry", "State", "Newest good sync", "Promised within", "Newest row", "Read", "Written", "Quarantine"]
    names = ["entry", "word", "age", "promise", "newest_row", "read", "written", "aside_text", "feeding", "error"]
    heads += ["Feeding", "Last error"]
    rows = ([escape(str(row[name])) for name in names] for row in block["rows"])
    return f"<section class='panel wide'><h2>{escape(block['said'])}</h2>{_table(heads, rows)}</section>"


DRAWN: Final[dict[str, Callable[[Block, str], str]]] = {
    "sentence": _sentence,
    "cards": _cards,
    "chart": _chart,
    "spread": bare.spread,
    "funnel": bare.funnel,
    "multiples": bare.multiples,
    "ranking": _ranking,
    "listing": _listing,
    "tickets": _tickets,
    "conversation": _conversation,
    "ask": _answer,
    "sources": _sources,
}
