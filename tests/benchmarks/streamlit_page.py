"""The benchmark's page in Streamlit, to be measured beside ours: 6 metrics, 6 charts, a table.

Same lake, same `query()`; only the drawing differs. Run by `bench_page.py`.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

import deskbook

st.set_page_config(layout="wide")
book = deskbook.open()
team = st.sidebar.selectbox("Team", ["", *book.choices("team")])
where = {"team": team}
PERIOD = "-28d"
CARDS = (
    "tickets_created",
    "tickets_solved",
    "open_backlog",
    "first_reply_median_minutes",
    "first_reply_within_target_pct",
    "csat_good_pct",
)


def frame(metrics: str, by: str) -> pd.DataFrame:
    """One query's rows."""
    return book.query(metrics, by=by, where=where, period=PERIOD).frame


now = book.query(CARDS, where=where, period=PERIOD, compare=True).frame.iloc[0]
for place, column in zip(CARDS, st.columns(6), strict=True):
    column.metric(place, f"{now[place]:,.1f}", f"{now[place + '_change']:,.1f}")
left, right = st.columns(2)
with left:
    st.bar_chart(frame("tickets_created", "day,channel"), x="day", y="tickets_created", color="channel")
    st.line_chart(frame("sentiment_mean", "day"), x="day", y="sentiment_mean")
    st.bar_chart(frame("first_reply_median_minutes", "team"), x="team", y="first_reply_median_minutes")
with right:
    st.line_chart(frame("first_reply_median_minutes,first_reply_p90_minutes", "day"), x="day",
                  y=["first_reply_median_minutes", "first_reply_p90_minutes"])  # fmt: skip
    st.line_chart(frame("open_backlog", "day"), x="day", y="open_backlog")
    st.bar_chart(frame("tickets_created", "hour_of_day"), x="hour_of_day", y="tickets_created")
st.dataframe(frame("tickets_created,sentiment_negative_pct", "category"))
