"""Make `seeds/elements.json`: the checked element history of the station.

    python -m seeds.makers.elements COLLECTION.json [MORE.json ...]
    python -m seeds.makers.elements --add FILE.tle ORIGIN

The second form makes it again from its own content and the sets of a file that are not in it yet.

A collection is a JSON file `{"records": [{norad, name, epoch, line1, line2, origin, note}, ...]}`. A set is kept when
both checksums hold, its node fits the drift of its neighbours (near -6.1 degrees a day) and its size does not stick out
between neighbours that agree with one another. What is refused is printed.

The revolution number is not used by SGP4, so a wrong one is no reason to refuse a set; but the screen counts on, so
the right one is stored beside it.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import msgspec

from seeds.makers.gaps import carrying, closures, rows
from sim.constants import CSS_NORAD_ID, DAY_S
from sim.errors import ElementsError
from sim.orbit.element_history import SAME_EPOCH_S
from sim.orbit.tle import parse_tle, tle_epoch_unix_s
from sim.seed_data import seed_json
from sim.time import iso_z, parse_instant

if TYPE_CHECKING:
    from sim.orbit.elements import ElementSet

OUTPUT = Path(__file__).parent.parent / "elements.json"
NODE_DRIFT_DEG_DAY = -6.1
NEIGHBOURS = 4


def main(words: list[str]) -> None:
    """Check the records that are named on the command line and write the seed."""
    if words[0] == "--add":
        present = json.loads(OUTPUT.read_text("utf-8"))
        records = embedded_records(present)
        records += new_records(records, Path(words[1]).read_text("utf-8"), origin=words[2])
    else:
        records = [record for word in words for record in _records(Path(word))]
    OUTPUT.write_text(seed_text(records), encoding="utf-8", newline="\n")


def embedded_records(seed: dict[str, Any]) -> list[dict[str, Any]]:
    """The records that a seed was made from, as far as they are in it."""
    return [
        _record(line1, line2, seed["origins"][origin], seed["notes"][note] if note >= 0 else "")
        for line1, line2, origin, note, *_ in seed["sets"]
    ]


def new_records(present: list[dict[str, Any]], text: str, *, origin: str) -> list[dict[str, Any]]:
    """Records of the station's sets in a text of two-line sets, without those that are present already."""
    lines = [line.rstrip() for line in text.splitlines()]
    known = {(record["line1"], record["line2"]) for record in present}
    pairs = dict.fromkeys(
        (line1, line2)
        for line1, line2 in pairwise(lines)
        if line1.startswith(f"1 {CSS_NORAD_ID}") and line2.startswith(f"2 {CSS_NORAD_ID}")
    )
    return [_record(line1, line2, origin, "") for line1, line2 in pairs if (line1, line2) not in known]


def _record(line1: str, line2: str, origin: str, note: str) -> dict[str, Any]:
    """A record of a collection; its epoch is that of the lines, and serves for messages only."""
    epoch = iso_z(tle_epoch_unix_s(line1))
    return {"norad": CSS_NORAD_ID, "epoch": epoch, "line1": line1, "line2": line2, "origin": origin, "note": note}


def _records(collection: Path) -> list[dict[str, Any]]:
    """The records of the station, in one form: some collections say `source` for `origin`."""
    records = [
        {"origin": record.get("source", ""), "epoch": record["line1"][18:32], **record}
        for record in json.loads(collection.read_text())["records"]
    ]
    return [record for record in records if record.get("norad", int(record["line1"][2:7])) == CSS_NORAD_ID]


def _same(before: ElementSet, this: ElementSet) -> bool:
    """Whether two sets are two readings of one."""
    return this.epoch_unix_s - before.epoch_unix_s < SAME_EPOCH_S


def seed_text(records: list[dict[str, Any]]) -> str:
    """The seed's content: records that pass the checks, oldest first."""
    sets: list[tuple[ElementSet, dict[str, Any]]] = []
    for record in records:
        try:
            sets.append((parse_tle(record["line1"], record["line2"]), record))
        except ElementsError as problem:
            print(f"refused {record['epoch']}: {problem}")
    sets.sort(key=lambda pair: pair[0].epoch_unix_s)
    sets = [pair for index, pair in enumerate(sets) if not index or not _same(sets[index - 1][0], pair[0])]
    sets = [pair for index, pair in enumerate(sets) if _fits(index, [s for s, _ in sets], pair[1]["epoch"])]
    counted = corrected_revolutions([s for s, _ in sets])
    right = [
        msgspec.structs.replace(s, revolution=counted.get(index, s.revolution)) for index, (s, _) in enumerate(sets)
    ]
    launches_unix_s = [parse_instant(m["launch"]) for m in seed_json("chronicle.json")["missions"] if m.get("launch")]
    used = carrying(right)
    found = closures(right, used, launches_unix_s)
    marks = [_note(elements, record) for elements, record in sets]
    notes = sorted({mark for mark in marks if mark})
    origins = sorted({_repository(record["origin"]) for _, record in sets})
    data = {
        "format": "columns of sets: line1, line2, index into origins, index into notes (-1: none), and the right"
        " revolution number where the printed one is wrong; their epochs, so that no line is read before it is needed;"
        " used: the sets that carry the history; gaps: what happened between two of them where it was not quiet (see"
        " sim.orbit.closure.close.Closure.to_row)",
        "object": {"norad_id": CSS_NORAD_ID, "name": "CSS (TIANHE)"},
        "origins": origins,
        "notes": notes,
        "epochs_unix_s": [elements.epoch_unix_s for elements, _ in sets],
        "sets": [
            [
                record["line1"],
                record["line2"],
                origins.index(_repository(record["origin"])),
                notes.index(marks[index]) if marks[index] else -1,
                *([counted[index]] if index in counted else []),
            ]
            for index, (_, record) in enumerate(sets)
        ],
        "used": used,
        "gaps": rows(right, used, found),
        "launches_unix_s": launches_unix_s,
    }
    print(f"{len(sets)} of {len(records)} sets, {sets[0][1]['epoch']} to {sets[-1][1]['epoch']}")
    return json.dumps(data, indent=0, ensure_ascii=False) + "\n"


def _repository(origin: str) -> str:
    """The public place a set was found at, without the file of the day."""
    return origin.split("@", maxsplit=1)[0].split(" ", maxsplit=1)[0]


def _note(elements: ElementSet, record: dict[str, Any]) -> str:
    """What to take with care, in this project's words: the collection's own carry figures that are not all right."""
    if elements.bstar < 0.0:
        return "negative B*: its fit spans a burn"
    if elements.bstar == 0.0:
        return "B* is zero: its drag was not fitted"
    return "outlying B*" if record.get("note") else ""


def _fits(index: int, sets: list[ElementSet], epoch: str) -> bool:
    """Whether node and size of the orbit agree with the neighbours."""
    this = sets[index]
    near = [s for s in sets[max(0, index - NEIGHBOURS) : index + NEIGHBOURS + 1] if s is not this]
    node_errors = []
    for other in near:
        days = (this.epoch_unix_s - other.epoch_unix_s) / DAY_S
        drift = (this.raan_deg - other.raan_deg - NODE_DRIFT_DEG_DAY * days + 180.0) % 360.0 - 180.0
        node_errors.append(abs(drift) - 0.03 * abs(days) - 0.2)
    problems = []
    if median(node_errors) > 0.0:
        problems.append("node off the drift of its neighbours")
    if 0 < index < len(sets) - 1 and _sticks_out(sets[index - 1], this, sets[index + 1]):
        problems.append("size off the line between its neighbours, which agree with one another")
    for problem in problems:
        print(f"refused {epoch}: {problem}")
    return not problems


def corrected_revolutions(sets: list[ElementSet]) -> dict[int, int]:
    """Right numbers for the sets whose own contradicts both neighbours while these agree with one another."""
    offsets = []
    turned = 0.0
    for index, this in enumerate(sets):
        if index:
            before = sets[index - 1]
            days = (this.epoch_unix_s - before.epoch_unix_s) / DAY_S
            turned += (before.mean_motion_rev_day + this.mean_motion_rev_day) / 2.0 * days
            # Follow the phase of each set, so that the sum does not drift away from it.
            turned += (this.node_count - turned + 0.5) % 1.0 - 0.5
        offsets.append(round(this.node_count - turned))
    corrected = {}
    for index in range(1, len(sets) - 1):
        if offsets[index - 1] == offsets[index + 1] != offsets[index]:
            corrected[index] = sets[index].revolution - offsets[index] + offsets[index - 1]
            print(f"revolution {sets[index].revolution} counted as {corrected[index]}")
    return corrected


def _sticks_out(before: ElementSet, this: ElementSet, after: ElementSet) -> bool:
    span_s = after.epoch_unix_s - before.epoch_unix_s
    share = (this.epoch_unix_s - before.epoch_unix_s) / span_s
    step_km = after.semi_major_axis_km - before.semi_major_axis_km
    off_km = this.semi_major_axis_km - before.semi_major_axis_km - share * step_km
    return span_s < 5.0 * DAY_S and abs(off_km) > max(0.4, 5.0 * abs(step_km))


if __name__ == "__main__":
    main(sys.argv[1:])
