"""From Slack's threads to the desk's numbers: who answers how fast."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskbook.samples.served.slack import app

from ...conftest import open_book
from ...fakes.slack import ts, workspace
from .test_conformance import served

CATALOG = """
version: 2
data:
  talk_data:
    datatype: deskbook.catalog.datatypes:System
    kwargs: {kind: slack, token: '{env(SLACK_TOKEN)}', agent_groups: [support], base_url: ADDRESS/api}
entries:
  talk:
    reader: deskbook.catalog.readers:Rows
    kwargs: {args: ['{data(talk_data)}']}
    metadata: {source: slack}
"""


def test_response_time_by_member_follows_from_who_wrote_when(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_TOKEN", "xoxb-sandbox")
    records = workspace(threads=6)
    for place, at in enumerate((7_200, 18_000)):  # two that nobody answered yet
        records.post("C0", {"ts": ts(at + 1_800 * (place + 1)), "user": "U2", "text": "Here it is."}, ts(at))
    (tmp_path / "catalogs").mkdir()
    (tmp_path / "deskbook.toml").write_text("[workspace]\n")
    with served(app(records)) as address:
        (tmp_path / "catalogs" / "slack.yaml").write_text(CATALOG.replace("ADDRESS", address))
        book = open_book(tmp_path)
        (report,) = book.sync()
        assert (report.status, report.total.quarantined) == ("ok", 0)
        (again,) = book.sync()
    assert again.total.read == 0
    frame = book.query("first_reply_median_minutes", by="agent").frame.set_index("agent")
    assert frame["first_reply_median_minutes"].to_dict() == {"Ann": 10.0, "Bob": 45.0}
    by_channel = book.query("tickets_created", by="custom.Slack channel").frame
    assert by_channel.iloc[0].tolist() == ["help-0", 6]
