"""The table of answers that services should not give, each through a whole refresh: nothing kept is lost."""

from __future__ import annotations

import re
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from sim.constants import HOUR_S
from sim.sources.refresh import refresh_now
from sim.sources.registry import CELESTRAK_GP, CMSA, LAUNCH_LIBRARY, PEOPLE, SOURCES, TLE_API
from sim.sources.responses import FAILURES, Download, Outcome
from sim.sources.storage.store import Store
from tests.support.carried_sets import carried
from tests.support.faulty_answers import ANSWERS, Answer
from tests.support.loopback_server import NOW
from tests.support.refresh_run import NEW, of

if TYPE_CHECKING:
    from pathlib import Path

    from sim.sources.registry import Source
    from tests.support.loopback_server import Service

KEPT = b"what was kept before"
EARLIER = NOW - 24 * HOUR_S
FALLBACK_OF = {TLE_API: CELESTRAK_GP, PEOPLE: LAUNCH_LIBRARY}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> dict[Source, Path]:
    """For each source a folder with older data of every kind, in which nothing but that source may be asked."""
    old = carried(NEW, -2.0)
    folders = {source: tmp_path_factory.mktemp("kept") / "live" for source in SOURCES}
    for source, folder in folders.items():
        store = Store(folder)
        for each in SOURCES:
            kept = Download(kind=each.key, url="", fetched_unix_s=EARLIER, status=200, body=KEPT)
            store.record(each, EARLIER, Outcome.NEW, "", good=[kept], sets=[old])
            if each is not source:
                store.claim(each, NOW - 1.0)
                outcome = Outcome.FAILED if each is FALLBACK_OF.get(source) else Outcome.UNCHANGED
                store.record(each, NOW - 1.0, outcome, "")
    return folders


@pytest.mark.parametrize("answer", ANSWERS, ids=[answer.name for answer in ANSWERS])
def test_refresh_of_a_faulty_answer_says_so_and_loses_nothing(
    service: Service, store: Store, prepared: dict[Source, Path], answer: Answer
) -> None:
    copytree(prepared[answer.source], store.folder)
    sets = store.element_sets()
    service.on(answer.path, answer.reply)
    settings = service.settings(use_operator_ephemeris=answer.source is CMSA)
    report = refresh_now(store, settings, NOW, known=None)
    result = of(report, answer.source)
    assert result.asked
    assert {other.source for other in report.asked} == {answer.source}
    assert (result.outcome, bool(re.search(answer.reason, result.message))) == (answer.outcome, True), result.message
    assert result.message.isprintable()
    assert 0 < len(result.message) < 300
    # What was there is there still, and the next request is not sent at once.
    seen = Store(store.folder)
    assert seen.element_sets() == sets
    kept = seen.last_good(answer.source.key)
    assert kept is not None
    assert kept.body == KEPT
    state = seen.states()[answer.source.key]
    assert state.next_try_unix_s >= NOW + 60.0
    assert state.last_good_unix_s == pytest.approx(NOW if answer.outcome == "newest" else EARLIER, abs=5.0)
    if Outcome(answer.outcome) in FAILURES:
        assert state.failures == 1
        assert state.failed
    if answer.outcome == "garbled" and "set aside" in result.message:
        asides = [path.read_bytes().partition(b"\n")[2] for path in (store.folder / "set-aside").iterdir()]
        assert asides == [answer.reply.content]
        assert state.next_try_unix_s >= NOW + answer.source.interval_s
    assert refresh_now(seen, settings, NOW + 30.0).asked == ()


def test_table_has_the_faults_of_every_source() -> None:
    assert len(ANSWERS) >= 200
    assert {answer.source for answer in ANSWERS} == set(SOURCES)
    assert len({answer.name for answer in ANSWERS}) == len(ANSWERS)
