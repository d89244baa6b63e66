"""Fork children that write to a store without end, kill each at a random moment, print what they had confirmed.

python kill_writers.py FOLDER KILLS
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import filelock  # noqa: F401 - loaded once, before the children are made
import msgspec

from sim.constants import CSS_NORAD_ID
from sim.orbit.elements import of_object
from sim.sources.registry import CELESTRAK_GP
from sim.sources.responses import Download, Outcome
from sim.sources.storage.store import Store
from tests.support.loopback_server import NOW, stations

STATION = of_object(stations(), CSS_NORAD_ID)[-1]


def write_for_ever(folder: Path, first: int, confirm: int) -> None:
    """Claim, record with a new set and a new body, confirm, again."""
    store = Store(folder)
    for n in range(first, first + 10_000):
        now = NOW + n * 10_000.0
        store.claim(CELESTRAK_GP, now)
        new = msgspec.structs.replace(STATION, epoch_unix_s=STATION.epoch_unix_s + n * 25200.0)
        body = Download(
            kind=CELESTRAK_GP.key,
            url="https://celestrak.org/x",
            fetched_unix_s=now,
            status=200,
            body=str(n).encode(),
        )
        store.record(CELESTRAK_GP, now, Outcome.NEW, "fine", good=[body], sets=[new])
        os.write(confirm, n.to_bytes(4, "little"))


def main(folder: Path, kills: int) -> None:
    """Kill them one after the other."""
    confirmed: list[int] = []
    chance = random.Random(7)
    first = interrupted = 0
    for number in range(kills):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            write_for_ever(folder, first, writing)
        os.close(writing)
        # Every other child has confirmed something before its moment comes, however busy the machine is.
        told = os.read(reading, 4) if number % 2 else b""
        time.sleep(chance.uniform(0.0, 0.025))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reading, "rb") as stream:
            told += stream.read()
        done = [int.from_bytes(told[i : i + 4], "little") for i in range(0, len(told), 4)]
        confirmed += done
        store = Store(folder)
        sets = store.element_sets()
        states = store.states()
        last = store.last_good(CELESTRAK_GP.key)
        assert not store.messages, store.messages
        # Every confirmed set is there after every single kill, not just at the end.
        epochs = {round((s.epoch_unix_s - STATION.epoch_unix_s) / 25200.0) for s in sets}
        assert epochs >= set(confirmed)
        if confirmed:
            assert last is not None
            assert int(last.body) >= confirmed[-1]
        asking = states[CELESTRAK_GP.key].outcome is Outcome.ASKING
        interrupted += asking
        first = max([*epochs, *([int(last.body)] if last else []), first - 1]) + 1
    json.dump({"kills": kills, "killed_while_writing": interrupted, "confirmed": confirmed}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
