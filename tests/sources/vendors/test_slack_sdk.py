"""The workspace that is served, asked by Slack's own client: it finds there what it finds at Slack."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from deskbook.samples.served.slack import app

from ...fakes.slack import ts, workspace
from .test_conformance import served


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    records = workspace(threads=25)
    records.per_minute = {"users.info": 1}
    with served(app(records)) as address:
        yield f"{address}/api/"


def test_slacks_client_reads_channels_and_threads_page_by_page(address: str) -> None:
    client = WebClient("xoxb-sandbox", base_url=address)
    assert client.auth_test()["team_id"] == "T01"
    (channel,) = client.conversations_list(types="public_channel")["channels"]
    pages = [page["messages"] for page in client.conversations_history(channel=channel["id"], limit=10)]
    assert [len(page) for page in pages] == [10, 10, 5]
    stamps = [one["ts"] for page in pages for one in page]
    assert stamps == sorted(stamps, reverse=True)
    said = client.conversations_replies(channel=channel["id"], ts=ts(0))["messages"]
    assert [one["user"] for one in said] == ["U5", "U1", "U5"] and said[0]["reply_count"] == 2
    assert client.usergroups_list(include_users=True)["usergroups"][0]["users"] == ["U1", "U2"]


def test_slacks_client_is_refused_as_slack_refuses(address: str) -> None:
    with pytest.raises(SlackApiError) as said:
        WebClient("xoxb-wrong", base_url=address).users_list()
    assert said.value.response["error"] == "invalid_auth" and said.value.response.status_code == 200
    client = WebClient("xoxb-sandbox", base_url=address)
    with pytest.raises(SlackApiError, match="channel_not_found"):
        client.conversations_history(channel="C404")
    client.users_info(user="U1")
    with pytest.raises(SlackApiError) as limited:
        client.users_info(user="U1")
    assert limited.value.response.status_code == 429 and int(limited.value.response.headers["retry-after"]) > 0
