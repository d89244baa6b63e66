"""What the network does to the screen: nothing, whether it is healthy, silent, slow or lying.

    pytest -m benchmark -s tests/benchmarks/test_bench_network.py

The dashboard runs in a terminal of its own, its sources at a server of this machine: what | ours | peer | ratio |
target. The peer is the same dashboard with `--offline`.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

import pytest

from tests.benchmarks.terminal import Run, run_in_terminal
from tests.support.loopback_server import Reply, Service

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.benchmark

NETWORKED = Path(__file__).parent / "networked.py"
END_OF_PICTURE = b"\x1b[?2026l"
FEWEST_STARTS, MOST_STARTS = 8, 60
LARGEST = 1.02
FRAME_S = 0.1
LONGEST_AWAY_S = 0.1
ATTEMPTS = 3


def refused(service: Service) -> int:
    """A port at which nobody listens any more."""
    service.__exit__()
    return service.port


def healthy(service: Service) -> int:
    service.true_world()
    return service.port


def silent(service: Service) -> int:
    service.on("/", Reply(b"", silence_s=60.0))
    return service.port


def slow(service: Service) -> int:
    service.on("/", Reply(b"x" * 500, byte_pause_s=1.0))
    return service.port


def garbage(service: Service) -> int:
    service.on("/", Reply(raw=bytes(range(256)) * 40))
    return service.port


NETWORKS = {"healthy": healthy, "dead": refused, "silent": silent, "a byte a second": slow, "garbage": garbage}


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as running:
        running.date_offset_s = 0.0
        yield running


class Starts:
    """Starts of the dashboard, each with folders of its own, so that a refresh is always due."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._count = folder, 0

    def start(self, port: int, *words: str, until: bytes | None = None) -> tuple[Run, dict[str, Any]]:
        self._count += 1
        own = self._folder / str(self._count)
        own.mkdir()
        folders = {"TIANGONG_CACHE_DIR": str(own / "cache"), "TIANGONG_CONFIG_DIR": str(own / "config")}
        notes = own / "notes.json"
        command = [sys.executable, str(NETWORKED), str(port), str(notes)]
        moment = ["--at", "2024-12-17T08:00:00Z", "--rate", "600"]
        run = run_in_terminal([*command, *moment, *words], until=until, seconds=15.0, env=folders)
        return run, json.loads(notes.read_text()) if until is None else {}


def undisturbed_s(times: list[float]) -> float:
    """The mean of the fastest quarter: what else the machine does only ever adds."""
    return mean(sorted(times)[: max(len(times) // 4, 2)])


@pytest.mark.parametrize("network", NETWORKS)
def test_first_picture_does_not_wait_for_the_network(network: str, service: Service, tmp_path: Path) -> None:
    port, starts = NETWORKS[network](service), Starts(tmp_path)
    ours: list[float] = []
    peer: list[float] = []
    # In turn, each first as often as the other, so that both see the same machine; on a busy one it takes some starts
    # more until the figures settle.
    while len(ours) < MOST_STARTS:
        if len(ours) >= FEWEST_STARTS and undisturbed_s(ours) <= LARGEST * undisturbed_s(peer):
            break
        turns: list[tuple[list[float], tuple[str, ...]]] = [(ours, ()), (peer, ("--offline",))]
        for times, words in turns if len(ours) % 2 else reversed(turns):
            run, _ = starts.start(port, *words, until=END_OF_PICTURE)
            assert run.first_seen_s is not None
            times.append(run.first_seen_s)
    ours_s, peer_s = undisturbed_s(ours), undisturbed_s(peer)
    figures = f"{ours_s * 1e3:.0f} ms | {peer_s * 1e3:.0f} ms | {ours_s / peer_s:.3f}"
    print(f"\n| first picture, network {network} / offline | {figures} | <= {LARGEST} |", end="")
    assert ours_s <= LARGEST * peer_s
    assert not service.paths()  # nobody has been asked anything yet


@pytest.mark.parametrize("network", NETWORKS)
def test_dashboard_during_a_refresh_never_stalls(network: str, service: Service, tmp_path: Path) -> None:
    """At 600x, ten pictures a second: the loop that paints them is never away for a tenth of a second.

    The best of up to three runs counts, because what other programs take away only adds to a stall.
    """
    port, starts = NETWORKS[network](service), Starts(tmp_path)
    targets = {"longest_away_s": LONGEST_AWAY_S, "longest_picture_s": FRAME_S + LONGEST_AWAY_S}
    longest = dict.fromkeys(targets, math.inf)
    for _ in range(ATTEMPTS):
        _, notes = starts.start(port)
        assert notes["loaded_before"] == []
        assert network != "healthy" or notes["brought"]["launch-library"] == "new"
        longest = {name: min(longest[name], notes[name]) for name in targets}
        if all(longest[name] <= targets[name] for name in targets):
            break
    assert network == "dead" or any("/celestrak-gp/" in path for path in service.paths())
    _, calm = starts.start(port, "--offline")
    for what, name in (
        ("longest the screen's loop was away", "longest_away_s"),
        ("longest between two pictures", "longest_picture_s"),
    ):
        figures = f"{longest[name] * 1e3:.0f} ms | {calm[name] * 1e3:.0f} ms | {longest[name] / calm[name]:.2f}"
        print(f"\n| {what}, network {network} / offline | {figures} | <= {targets[name] * 1e3:.0f} ms |", end="")
        assert longest[name] <= targets[name]
