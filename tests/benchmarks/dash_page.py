"""The benchmark's page in Dash, to be measured beside ours: 6 cards, 6 charts, a table, a filter.

Same lake, same `query()`; only the drawing differs. As its own guide advises: one callback for all that hangs on the
same filter, content in the layout instead of a second round trip, results kept by what was asked, a WSGI server with
threads, scripts from its own package. Run by `bench_page.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, callback, dash_table, dcc, html
from waitress import serve

import deskbook

book = deskbook.open()
PERIOD = "-28d"
CARDS = (
    "tickets_created",
    "tickets_solved",
    "open_backlog",
    "first_reply_median_minutes",
    "first_reply_within_target_pct",
    "csat_good_pct",
)
REPLIES = ["first_reply_median_minutes", "first_reply_p90_minutes"]
KEPT = 128
THREADS = 8
CHARTS = ("volume", "replies", "sentiment", "backlog", "teams", "hours")
SHOWN = [Output("cards", "children"), *(Output(name, "figure") for name in CHARTS), Output("reasons", "data")]


@lru_cache(maxsize=KEPT)
def content(team: str, channel: str) -> tuple[Any, ...]:
    """Cards, figures and table rows under a filter, in the order of SHOWN."""
    where = {"team": team, "channel": channel}

    def frame(metrics: str | Sequence[str], by: str) -> pd.DataFrame:
        return book.query(metrics, by=by, where=where, period=PERIOD).frame

    now = book.query(CARDS, where=where, period=PERIOD, compare=True).frame.iloc[0]
    return (
        [card(name, now[name], now[f"{name}_change"]) for name in CARDS],
        px.bar(frame("tickets_created", "day,channel"), x="day", y="tickets_created", color="channel"),
        px.line(frame(REPLIES, "day"), x="day", y=REPLIES),
        px.line(frame("sentiment_mean", "day"), x="day", y="sentiment_mean"),
        px.line(frame("open_backlog", "day"), x="day", y="open_backlog"),
        px.bar(frame("first_reply_median_minutes", "team"), x="team", y="first_reply_median_minutes"),
        px.bar(frame("tickets_created", "hour_of_day"), x="hour_of_day", y="tickets_created"),
        frame("tickets_created,sentiment_negative_pct", "category").to_dict("records"),
    )


def card(name: str, value: float, change: float) -> html.Div:
    """A number with its change."""
    return html.Div([html.Div(name), html.H2(f"{value:,.1f}", className="card-value"), html.Div(f"{change:,.1f}")])


def layout() -> html.Div:
    """The page as it opens: nothing filtered, everything there."""
    cards, *figures, reasons = content("", "")
    columns = [{"name": name, "id": name} for name in ("category", "tickets_created", "sentiment_negative_pct")]
    charts = [dcc.Graph(id=name, figure=figure) for name, figure in zip(CHARTS, figures, strict=True)]
    return html.Div(
        [
            dcc.Dropdown(["", *book.choices("team")], "", id="team", clearable=False),
            dcc.Dropdown(["", *book.choices("channel")], "", id="channel", clearable=False),
            html.Div(cards, id="cards", style={"display": "flex", "gap": "2rem"}),
            html.Div(charts, style={"display": "grid", "gridTemplateColumns": "1fr 1fr"}),
            dash_table.DataTable(reasons, columns, id="reasons"),
        ]
    )


@callback(SHOWN, Input("team", "value"), Input("channel", "value"), prevent_initial_call=True)
def filtered(team: str, channel: str) -> tuple[Any, ...]:
    """Everything on the page under another filter."""
    return content(team, channel)


if __name__ == "__main__":
    app = Dash(title="Overview", serve_locally=True)
    app.layout = layout
    serve(app.server, host="127.0.0.1", port=int(sys.argv[1]), threads=THREADS)
