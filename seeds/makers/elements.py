"""Make `seeds/elements.json`: the checked element history of the station.

    python -m seeds.makers.elements COLLECTION.json

The collection is a JSON file `{"records": [{norad, name, epoch, line1, line2, origin, note}, ...]}`. A set is kept
when both checksums hold, its node fits the drift of its neighbours (near -6.1 degrees a day) and its revolution
number grows with time as its mean motion says. What is refused is printed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from sim.constants import CSS_NORAD_ID, DAY_S
from sim.elements import parse_tle
from sim.errors import ElementsError

if TYPE_CHECKING:
    from sim.elements import ElementSet

OUTPUT = Path(__file__).parent.parent / "elements.json"
NODE_DRIFT_DEG_DAY = -6.1
NEIGHBOURS = 4


def main(collection: Path) -> None:
    """Check the collection and write the seed."""
    records = [r for r in json.loads(collection.read_text())["records"] if r["norad"] == CSS_NORAD_ID]
    sets: list[tuple[ElementSet, dict[str, Any]]] = []
    for record in records:
        try:
            sets.append((parse_tle(record["line1"], record["line2"]), record))
        except ElementsError as problem:
            print(f"refused {record['epoch']}: {problem}")
    sets.sort(key=lambda pair: pair[0].epoch_unix_s)
    sets = [pair for index, pair in enumerate(sets) if _fits(index, [s for s, _ in sets], pair[1]["epoch"])]
    notes = sorted({record["note"] for _, record in sets if record.get("note")})
    origins = sorted({_repository(record["origin"]) for _, record in sets})
    data = {
        "format": "columns of sets: line1, line2, index into origins, index into notes (-1: none)",
        "object": {"norad_id": CSS_NORAD_ID, "name": "CSS (TIANHE)"},
        "origins": origins,
        "notes": notes,
        "sets": [
            [
                record["line1"],
                record["line2"],
                origins.index(_repository(record["origin"])),
                notes.index(record["note"]) if record.get("note") else -1,
            ]
            for _, record in sets
        ],
    }
    OUTPUT.write_text(json.dumps(data, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(sets)} of {len(records)} sets, {sets[0][1]['epoch']} to {sets[-1][1]['epoch']}")


def _repository(origin: str) -> str:
    """The public place a set was found at, without the file of the day."""
    return origin.split("@", maxsplit=1)[0].split(" ", maxsplit=1)[0]


def _fits(index: int, sets: list[ElementSet], epoch: str) -> bool:
    """Whether node and revolution number agree with the median of the neighbours."""
    this = sets[index]
    near = [s for s in sets[max(0, index - NEIGHBOURS) : index + NEIGHBOURS + 1] if s is not this]
    node_errors = []
    revolution_errors = []
    for other in near:
        days = (this.epoch_unix_s - other.epoch_unix_s) / DAY_S
        drift = (this.raan_deg - other.raan_deg - NODE_DRIFT_DEG_DAY * days + 180.0) % 360.0 - 180.0
        node_errors.append(abs(drift) - 0.03 * abs(days) - 0.2)
        turns = (this.mean_motion_rev_day + other.mean_motion_rev_day) / 2.0 * days
        revolution_errors.append(abs(this.revolution - other.revolution - turns) - 2.0 - 0.01 * abs(days))
    problems = []
    if median(node_errors) > 0.0:
        problems.append("node off the drift of its neighbours")
    if median(revolution_errors) > 0.0:
        problems.append("revolution number does not fit its neighbours")
    for problem in problems:
        print(f"refused {epoch}: {problem}")
    return not problems


if __name__ == "__main__":
    main(Path(sys.argv[1]))
