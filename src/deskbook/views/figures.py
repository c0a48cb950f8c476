"""Bokeh figures made once: a page changes their data sources, never the figures.

Each has few models, no toolbar and no tools; hover, click and table are the page's own. What holds no
state (scales, formatters, colour scales) is shared by all figures of a page: a model costs the server
and the browser about a millisecond a page between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import bokeh.models

from deskbook.views import theme
from deskbook.views.section import Block

bk: Any = bokeh.models  # its models take more than its annotations say
HEIGHT: Final = 220
GAP: Final = 0.1
"""Space on either side of a bar, as a share of its bucket."""
ROOM: Final = 1.08
"""Air above the highest value."""
LETTER_PX: Final = 6.4
"""Width of a letter of a name beside its line."""
FRAME_PX: Final = 424
"""Width of a chart's frame that names are given room for: half a page of 1280 px."""
APART: Final = 0.1
"""Least distance of two names, as a share of the height."""
HUES: Final = (*theme.CATEGORIES, "ghost", "edge", "good", "bad")
HUE: Final = {token: place for place, token in enumerate(HUES)}
SIDES: Final = ("left", "right", "bottom", "top")
NAN: Final = float("nan")


class Kit:
    """The parts that all figures of one page share."""

    def __init__(self) -> None:
        self.scale = bk.LinearScale()
        self.numbers = bk.NumeralTickFormatter(format="0,0.[0]a")
        self.plain = bk.BasicTickFormatter()
        self.labels = bk.NoOverlap(min_distance=2)
        self.all = bk.AllIndices()
        self.policy = bk.UnionRenderers()
        self.selected = bk.Selection()
        self.hues = self.colours([*HUES])

    @staticmethod
    def colours(tokens: list[str]) -> Any:
        """A colour scale: value 0 wears the first token, 1 the second."""
        mapper = bk.LinearColorMapper(low=-0.5, high=len(tokens) - 0.5, palette=["#000000"])
        return theme.wear(mapper, palette=tokens)

    def axis(self, *, ticks: bool, formatter: Any = None) -> Any:
        """A quiet axis: labels only; with `ticks` at places that are given, else where numbers are round."""
        ticker = bk.FixedTicker(ticks=[]) if ticks else bk.BasicTicker(desired_num_ticks=4, num_minor_ticks=0)
        made = bk.LinearAxis(
            ticker=ticker,
            formatter=formatter or (self.plain if ticks else self.numbers),
            major_label_policy=self.labels,
            axis_line_color=None,
            major_tick_line_color=None,
            minor_tick_line_color=None,
            major_label_text_font=theme.FONT,
            major_label_text_font_size="12px",
        )
        return theme.wear(made, major_label_text_color="muted")

    def plot(self, across: Any, down: Any, *, left: int = 44, right: int = 16) -> Any:
        """An empty figure with its two axes."""
        return bk.Plot(
            x_range=bk.Range1d(-0.5, 0.5),
            y_range=bk.Range1d(0, 1),
            x_scale=self.scale,
            y_scale=self.scale,
            below=[across],
            left=[down],
            title=None,
            toolbar=bk.Toolbar(logo=None),
            toolbar_location=None,
            height=HEIGHT,
            min_width=120,
            sizing_mode="stretch_width",
            min_border_left=left,
            min_border_right=right,
            min_border_top=8,
            min_border_bottom=0,
            outline_line_color=None,
            background_fill_alpha=0,
            border_fill_alpha=0,
            lod_threshold=None,
        )

    def add(self, plot: Any, glyph: Any, *columns: str) -> Any:
        """A glyph on a data source of its own."""
        source = bk.ColumnDataSource(
            data={name: [] for name in columns}, selected=self.selected, selection_policy=self.policy
        )
        plot.renderers.append(bk.GlyphRenderer(data_source=source, glyph=glyph, view=bk.CDSView(filter=self.all)))
        return source

    def quad(self, field: str, mapper: Any, **more: Any) -> Any:
        """Rectangles coloured by a column."""
        sides = {name: name for name in SIDES}
        return bk.Quad(**sides, fill_color={"field": field, "transform": mapper}, line_color=None, **more)


def _rules(axis: Any) -> Any:
    return theme.wear(bk.Grid(dimension=1, axis=axis), grid_line_color="grid")


def _label(axis: Any, ticks: dict[Any, str]) -> None:
    places = sorted(int(place) for place in ticks)
    axis.ticker.ticks = places
    axis.major_label_overrides = {place: ticks[place] for place in places}


def _whole(axis: Any, values: Sequence[float]) -> None:
    """No marks between whole numbers where there are none but whole numbers: half a ticket is none."""
    axis.ticker.min_interval = float(all(float(value).is_integer() for value in values))


class Bars:
    """Stacked bars by bucket, the period before as ticks, the unfinished bucket hatched."""

    def __init__(self, kit: Kit) -> None:
        self.across, self.down = kit.axis(ticks=True), kit.axis(ticks=False)
        self.figure = kit.plot(self.across, self.down)
        self.figure.center = [_rules(self.down)]
        names = (*SIDES, "colour")
        self.bars = kit.add(self.figure, kit.quad("colour", kit.hues), *names)
        # Hatching is drawn apart: as a column of patterns it costs the browser a canvas a bar.
        hatched = kit.quad("colour", kit.hues, fill_alpha=0.75, hatch_pattern="right_diagonal_line", hatch_scale=8)
        self.partial = kit.add(self.figure, theme.wear(hatched, hatch_color="panel"), *names)
        ghost = theme.wear(bk.Segment(x0="x0", x1="x1", y0="y", y1="y", line_width=2), line_color="ghost")
        self.ghost = kit.add(self.figure, ghost, "x0", "x1", "y")

    def show(self, block: Block) -> None:
        """Take over the data of a block."""
        count = len(block["keys"])
        heights = [0.0] * count
        full: dict[str, list[Any]] = {name: [] for name in (*SIDES, "colour")}
        partial: dict[str, list[Any]] = {name: [] for name in full}
        for one in block["series"]:
            for place, value in enumerate(one["values"]):
                if not value:
                    continue
                columns = partial if place == block["partial"] else full
                columns["left"].append(place - 0.5 + GAP)
                columns["right"].append(place + 0.5 - GAP)
                columns["bottom"].append(heights[place])
                heights[place] += value
                columns["top"].append(heights[place])
                columns["colour"].append(HUE[one["colour"]])
        before = block["ghost"]["values"] if block["ghost"] else []
        marks = [(place, value) for place, value in enumerate(before) if value is not None]
        self.bars.data, self.partial.data = full, partial
        self.ghost.data = {
            "x0": [place - 0.42 for place, _ in marks],
            "x1": [place + 0.42 for place, _ in marks],
            "y": [value for _, value in marks],
        }
        self.figure.x_range.end = count - 0.5
        self.figure.y_range.end = max([*heights, *(value for _, value in marks), 1]) * ROOM
        _label(self.across, block["ticks"])
        _whole(self.down, heights)


class Lines:
    """Lines by bucket with their names at the end, the period before dashed, a target dotted."""

    def __init__(self, kit: Kit) -> None:
        self.across, self.down = kit.axis(ticks=True), kit.axis(ticks=False)
        self.figure = kit.plot(self.across, self.down)
        self.figure.center = [_rules(self.down)]
        colour = {"field": "colour", "transform": kit.hues}
        glyph = bk.MultiLine(xs="xs", ys="ys", line_width="width", line_dash="dash", line_color=colour)
        self.lines = kit.add(self.figure, glyph, "xs", "ys", "colour", "width", "dash")
        font: dict[str, Any] = {"text_font": {"value": theme.FONT}, "text_font_size": "12px"}
        text = bk.Text(x="x", y="y", text="text", text_align="align", text_baseline="bottom", y_offset=-3, **font)
        self.words = kit.add(self.figure, theme.wear(text, text_color="muted"), "x", "y", "text", "align")

    def show(self, block: Block) -> None:
        """Take over the data of a block."""
        count, series = len(block["keys"]), block["series"]
        before = block["ghost"]["values"] if block["ghost"] else []
        held = [value for one in series for value in one["values"] if value is not None]
        held += [value for value in before if value is not None]
        low, high = min([*held, 0]), max([*held, 0]) or 1
        target = block["target"]
        shown = bool(target) and target["value"] <= max(high * 1.6, 1)
        words: list[Any] = []
        drawn: list[tuple[Any, ...]] = [(*_path(before), HUE["ghost"], 1.5, "dashed")] if before else []
        if shown:
            high = max(high, target["value"] * 1.12)
            drawn.append(([-0.5, count - 0.5], [target["value"]] * 2, HUE["edge"], 1.5, "dotted"))
            if not block["direct"]:
                words.append((-0.45, target["value"], target["label"], "left"))
        for one in series:
            done, last = _ended(one["values"], block["partial"])
            drawn.append((*_path(done), HUE[one["colour"]], 2.0, "solid"))
            drawn.append((*last, HUE[one["colour"]], 2.0, [2, 3]))
        self.lines.data = _columns(("xs", "ys", "colour", "width", "dash"), drawn)
        end = count - 0.5
        if block["direct"]:
            named = [(_last(one["values"]), one.get("short", one["label"])) for one in series]
            named += [(target["value"], target["label"])] if shown else []
            words += [(count - 0.7, y, text, "left") for y, text in _apart(named, high)]
            end += block["room"]
        self.words.data = _columns(("x", "y", "text", "align"), words)
        self.figure.x_range.end = end
        self.figure.y_range.update(start=low * ROOM if low < 0 else 0, end=high * ROOM)
        _label(self.across, block["ticks"])
        _whole(self.down, held)


def _columns(names: tuple[str, ...], rows: list[Any]) -> dict[str, list[Any]]:
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


def _path(values: list[float | None]) -> tuple[list[float], list[float]]:
    """Points of a line; one without a neighbour on either side becomes a dash, else it could not be seen."""
    xs, ys = [], []
    padded = [None, *values, None]
    for place, value in enumerate(values):
        alone = value is not None and padded[place] is None and padded[place + 2] is None
        for x in (place - 0.2, place + 0.2) if alone else (place,):
            xs.append(float(x))
            ys.append(NAN if value is None else value)
    return xs, ys


def _ended(
    values: list[float | None], partial: int | None
) -> tuple[list[float | None], tuple[list[float], list[float]]]:
    """A line up to the last finished bucket, and the piece that leads to the unfinished one."""
    if partial is None or partial == 0 or values[partial] is None or values[partial - 1] is None:
        return values, ([], [])
    ends = [float(value or 0) for value in values[partial - 1 : partial + 1]]
    return [*values[:partial], None], ([partial - 1.0, float(partial)], ends)


def _last(values: list[float | None]) -> float:
    return next((value for value in reversed(values) if value is not None), 0.0)


def _apart(named: list[tuple[float, str]], high: float) -> list[tuple[float, str]]:
    """Where each name stands: beside the height it belongs to, moved up where two would touch."""
    made, lowest = [], float("-inf")
    for y, text in sorted(named, key=lambda one: one[0]):
        made.append((max(y, lowest), text))
        lowest = made[-1][0] + high * APART
    return made


def room(names: list[str], count: int) -> float:
    """How many buckets' width the names of lines take beside `count` buckets."""
    pixels = max(map(len, names)) * LETTER_PX + 8
    return count * pixels / (FRAME_PX - pixels)


def flag_figure(kit: Kit, plot: Any, block: Block) -> None:
    """Draw a chart's flags into its figure where no page can lay them over it: in a report, numbered as in its list."""
    drawn = [one for one in block["flags"] if one["drawn"]]
    bands = [one for one in drawn if one["until"] is not None]
    strip = bk.VStrip(x0="x0", x1="x1", fill_alpha=0.1, line_color=None)
    kit.add(plot, theme.wear(strip, fill_color="edge"), "x0", "x1").data = {
        "x0": [one["x"] for one in bands],
        "x1": [one["until"] for one in bands],
    }
    line = theme.wear(bk.VSpan(x="x", line_width=1), line_color="edge")
    kit.add(plot, line, "x").data = {"x": [one["x"] for one in drawn]}
    text = bk.Text(x="x", y="y", text="text", text_font={"value": theme.FONT}, text_font_size="11px", x_offset=3)
    text.text_baseline = "top"
    kit.add(plot, theme.wear(text, text_color="muted"), "x", "y", "text").data = {
        "x": [one["x"] for one in drawn],
        "y": [plot.y_range.end] * len(drawn),
        "text": [str(one["note"] + 1) for one in drawn],
    }


class Cells:
    """Cells coloured by size: hours across, weekdays down."""

    def __init__(self, kit: Kit, columns: int, rows: list[str], ticks: dict[Any, str]) -> None:
        across, down = kit.axis(ticks=True), kit.axis(ticks=True)
        self.figure = kit.plot(across, down, left=36)
        self.figure.x_range.end = columns - 0.5
        self.figure.y_range.update(start=len(rows) - 0.5, end=-0.5)
        _label(across, ticks)
        _label(down, dict(enumerate(rows)))
        self.mapper = kit.colours([*theme.HEAT])
        tile = kit.quad("value", self.mapper, line_width=2)
        self.cells = kit.add(self.figure, theme.wear(tile, line_color="panel"), *SIDES, "value")

    def show(self, block: Block) -> None:
        """Take over the data of a block."""
        found = [(x, y, v) for y, row in enumerate(block["values"]) for x, v in enumerate(row) if v is not None]
        rows = [(x - 0.5, x + 0.5, y + 0.5, y - 0.5, value) for x, y, value in found]
        # Data first: new bounds have the browser go through the cells, and it fails where these are replaced meanwhile.
        self.cells.data = _columns((*SIDES, "value"), rows)
        self.mapper.update(low=0, high=max([*(value for _, _, value in found), 1]))


class Rows:
    """Named bars from a middle line: what pushed a number up, what pulled it down."""

    def __init__(self, kit: Kit) -> None:
        across = kit.axis(ticks=False, formatter=bk.NumeralTickFormatter(format="+0,0.[0]a"))
        self.down = kit.axis(ticks=True)
        self.figure = kit.plot(across, self.down, left=150, right=16)
        self.bars = kit.add(self.figure, kit.quad("tone", kit.colours(["good", "bad", "c0"])), *SIDES, "tone")
        self.figure.center = [theme.wear(bk.Span(location=0, dimension="height", line_width=1), line_color="edge")]

    def show(self, block: Block) -> None:
        """Take over the data of a block."""
        rows = block["rows"]
        values = [row["value"] for row in rows]
        tones = [{"good": 0, "bad": 1}.get(row["tone"], 2) for row in rows]
        quads = [
            (min(value, 0), max(value, 0), place + 0.36, place - 0.36, tone)
            for place, (value, tone) in enumerate(zip(values, tones, strict=True))
        ]
        self.bars.data = _columns((*SIDES, "tone"), quads)
        low, high = min([*values, 0]), max([*values, 0])
        air = (high - low or 1) * 0.06
        self.figure.x_range.update(start=low - air if low else 0, end=high + air if high else 0)
        self.figure.y_range.update(start=max(len(rows), 1) - 0.5, end=-0.5)
        _label(self.down, {place: row["short"] for place, row in enumerate(rows)})
