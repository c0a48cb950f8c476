"""Text columns and clocks on a Dask cluster: the same rows as without, whatever becomes of its workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from deskbook.clocks import Rules, make_rules
from deskbook.errors import ConfigError
from deskbook.settings import load_settings
from deskbook.store import Lake
from deskbook.sync import Cluster, measure_tickets, measuring, score_messages, scoring
from deskbook.sync import cluster as cluster_module

from ..servers.dask import DaskCluster, dask_cluster
from ..servers.lakes import in_folder
from ..servers.process import free_port
from .test_measuring import RULES, commit, desk, held

TEXTS = (
    "I am angry, where is my parcel?",
    "Thank you, that was great help",
    "Wo ist mein Paket? Das ist schlecht.",
    "",
)


@pytest.fixture(scope="module")
def cluster() -> Iterator[DaskCluster]:
    with dask_cluster() as made:
        yield made


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "PART_TICKETS", 3)
    monkeypatch.setattr(scoring, "PART_ROWS", 4)


def filled(lake: Lake) -> Lake:
    tables = desk(14)
    for number, row in enumerate(tables["messages"]):
        row["text"] = TEXTS[number % len(TEXTS)] + str(number % 5)
    commit(lake, **tables)
    return lake


def rows(lake: Lake) -> list[dict[str, Any]]:
    return lake.read("message_scores", "main", order="source, id").to_pylist()


def everything(lake: Lake, on: Cluster | None, rules: Rules = RULES) -> tuple[Any, Any]:
    assert measure_tickets(lake, rules, tenant="main", cluster=on) == 14
    assert score_messages(lake, tenant="main", cluster=on) > 4
    return held(lake), rows(lake)


@pytest.fixture
def without(tmp_path: Path) -> Any:
    lake = filled(in_folder(tmp_path / "without").open())
    yield everything(lake, None)
    lake.close()


def test_a_cluster_makes_the_same_rows(lake: Lake, cluster: DaskCluster, without: Any) -> None:
    with Cluster(cluster.address) as on:
        assert everything(filled(lake), on) == without
        assert on.is_set, "it was not given up"


def who(part: int) -> int:
    time.sleep(0.2)
    return os.getpid()


def test_the_work_is_done_by_the_workers(cluster: DaskCluster) -> None:
    with Cluster(cluster.address) as on:
        assert set(on.map(who, range(6))) == {worker.pid for worker in cluster.workers}


def slow(part: int) -> int:
    time.sleep(0.3)
    return part * part


def test_a_worker_that_dies_costs_no_part_and_doubles_none(without: Any, lake: Lake) -> None:
    with dask_cluster() as own, Cluster(own.address) as on:
        killer = subprocess.Popen(
            [sys.executable, "-c", f"import time, os; time.sleep(1); os.kill({own.workers[0].pid}, 9)"]
        )
        assert on.map(slow, range(12)) == [part * part for part in range(12)]
        killer.wait(30)
        assert own.workers[0].wait(30) == -signal.SIGKILL
        assert everything(filled(lake), on) == without


def only_in(process: int, part: int) -> int:
    if os.getpid() != process:
        raise RuntimeError("not on a worker")
    return part


def test_a_part_that_fails_on_the_cluster_is_done_here(cluster: DaskCluster, caplog: pytest.LogCaptureFixture) -> None:
    with Cluster(cluster.address) as on:
        assert on.map(partial(only_in, os.getpid()), range(3)) == [0, 1, 2]
    assert "is done here" in caplog.text


def test_a_cluster_that_falls_silent_is_given_up(
    cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(cluster_module, "SILENT_SECONDS", 1)
    with Cluster(cluster.address) as on:
        on.map(slow, range(2))
        for worker in cluster.workers:
            worker.send_signal(signal.SIGSTOP)
        try:
            assert on.map(slow, range(3)) == [0, 1, 4]
        finally:
            for worker in cluster.workers:
                worker.send_signal(signal.SIGCONT)
        assert not on.is_set
    assert "given up" in caplog.text


def test_a_scheduler_nobody_runs_is_a_note_and_local_work(
    lake: Lake, without: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(cluster_module, "JOIN_SECONDS", 1)
    with Cluster(f"tcp://127.0.0.1:{free_port()}") as on:
        assert everything(filled(lake), on) == without
        assert not on.is_set
    assert "so work is done here" in caplog.text


def test_workers_of_another_version_are_not_used(
    cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(cluster_module.metadata, "version", lambda _: "99.9")
    with Cluster(cluster.address) as on:
        assert on.map(who, range(2)) == [os.getpid()] * 2
    assert "another Deskbook" in caplog.text


def test_without_an_address_dask_is_not_imported() -> None:
    code = (
        "import sys; from deskbook.sync import Cluster; Cluster().map(abs, [1, 2]); print('distributed' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_the_address_is_a_setting_and_an_odd_one_is_refused(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {"DASK_SCHEDULER_ADDRESS": "tls://h:8786"}).scheduler == "tls://h:8786"
    with pytest.raises(ConfigError, match="tls://host:8786"):
        load_settings(tmp_path, {"DASK_SCHEDULER_ADDRESS": "h:8786"})


def test_rules_go_to_the_workers_as_they_are(lake: Lake, cluster: DaskCluster, tmp_path: Path) -> None:
    rules = make_rules(zone="UTC", policies=[{"name": "q", "first_reply": "2h"}], switches={"bot_replies": "count"})
    other = filled(in_folder(tmp_path / "other").open())
    with Cluster(cluster.address) as on:
        assert everything(filled(lake), on, rules) == everything(other, None, rules)
    other.close()
