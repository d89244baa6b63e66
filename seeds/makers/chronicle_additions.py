"""Facts about the station beside its tables: lessons, science, samples, equipment, firsts; and corrections to tables.

Each names its sources and the day from which it is known: the day of the event where that is in the record, else the
day of the report. `mission` attaches a fact to a flight; without it the fact is about the station.
"""

from __future__ import annotations

from typing import Any

LESSONS: tuple[dict[str, Any], ...] = (
    {
        "number": 1,
        "date": "2021-12-09",
        "start": "2021-12-09T07:55:00Z",
        "place": "Tianhe",
        "sources": ["wp:Shenzhou_13", "cctv:20250819"],
    },
    {"number": 2, "date": "2022-03-23", "sources": ["wp:Shenzhou_13", "cctv:20250819"]},
    {
        "number": 3,
        "date": "2022-10-12",
        "start": "2022-10-12T08:01:00Z",
        "duration_min": 50,
        "place": "Wentian",
        "sources": ["cctv:20221012"],
    },
    {
        "number": 4,
        "date": "2023-09-21",
        "start": "2023-09-21T07:48:00Z",
        "duration_min": 48,
        "place": "Mengtian",
        "audience": "2,800 pupils",
        "sources": ["cctv:20230921"],
    },
)
"""Lessons given from orbit. Who gave them is who was aboard."""


def _upkeep(mission: str, passages: int | None, tasks: int, day: str) -> dict[str, Any]:
    """Payloads through the cargo airlock and maintenance tasks of one crew, as a decision on medals states them."""
    through = "" if passages is None else f"{passages} payloads through the cargo airlock and "
    return {
        "topic": "upkeep",
        "mission": mission,
        "title": "Upkeep and payloads",
        "text": f"{through}more than {tasks} maintenance tasks by this crew",
        "known_from": f"{day[:4]}-{day[4:6]}-{day[6:]}",
        "unverified": ["passages through the cargo airlock: not given"] if passages is None else [],
        "sources": [f"cctv:{day}"],
    }


def _samples(mission: str, batch: int, text: str, day: str, *unverified: str) -> dict[str, Any]:
    """A batch of samples that came home with a crew."""
    return {
        "topic": "samples",
        "mission": mission,
        "title": f"Samples brought home, batch {batch}",
        "text": text,
        "known_from": f"{day[:4]}-{day[4:6]}-{day[6:]}",
        "unverified": list(unverified),
        "sources": [f"cctv:{day}"],
    }


FACTS: tuple[dict[str, Any], ...] = (
    {
        "topic": "science",
        "title": "Science to the end of 2024",
        "text": "181 projects; nearly 2 t of science cargo up, more than 300 TB of data, more than 150 patents",
        "known_from": "2024-12-30",
        "sources": ["cctv:20241230"],
    },
    {
        "topic": "science",
        "title": "Science to the end of 2025",
        "text": "265 projects, 86 of them new in 2025; in that year 1,179 kg of science cargo up, 105 kg of samples "
        "down and more than 150 TB of data",
        "known_from": "2026-01-08",
        "sources": ["cctv:20260108"],
    },
    {
        "topic": "science",
        "mission": "Shenzhou-23",
        "title": "Science of this crew",
        "text": "More than 100 new projects",
        "known_from": "2026-05-25",
        "sources": ["cctv:20260525"],
    },
    _samples("Shenzhou-15", 4, "15 projects, more than 20 kg", "20230605"),
    _samples("Shenzhou-16", 5, "22 kinds of samples", "20231114"),
    _samples("Shenzhou-17", 6, "23 projects, 31.5 kg", "20240501"),
    _samples("Shenzhou-19", 8, "20 kinds of life samples and 22 of materials", "20250501", "batch 7 was not found"),
    _samples("Shenzhou-20", 9, "26 projects, 46.67 kg, mice among them", "20251115", "batch 10 was not found"),
    _upkeep("Shenzhou-17", 8, 50, "20240726"),
    _upkeep("Shenzhou-18", 6, 80, "20250123"),
    _upkeep("Shenzhou-19", 6, 90, "20250723"),
    _upkeep("Shenzhou-20", 7, 120, "20260121"),
    _upkeep("Shenzhou-21", None, 110, "20260820"),
    {
        "topic": "arms",
        "title": "Robotic arms",
        "text": "Tianhe's arm is about 10 m long; Wentian's is about half of that and moves up to 3 t, about an "
        "eighth of the large arm's load; the two can join",
        "known_from": "2023-02-10",
        "conflicts": ["small arm: about half of 10 m (SCMP), or 6 m long with a reach of 5 m (Leonard David)"],
        "unverified": ["the sources' own dates were not recorded; the arms had joined by spacewalk 8"],
        "sources": ["scmp:3187748", "ld:smallarm"],
    },
    {
        "topic": "radio",
        "title": "Amateur radio CSSARC",
        "text": "Coordinated, not known to be on air. Voice 145.850/145.985 and 435.050/436.510 MHz; repeater 145.875 "
        "up and 436.510 down, or 435.075 up and 145.985 down; digipeater 145.825 or 437.550; SSTV. "
        "It was planned for the third quarter of 2022",
        "known_from": "2022-05-02",
        "unverified": ["no sign was found that it flew"],
        "sources": ["iaru:857", "arrl:20220324"],
    },
    {
        "topic": "satellites",
        "mission": "Tianzhou-5",
        "title": "Satellite released",
        "text": "Macao Student Science Satellite 1; also aboard: a test of a hydrogen-oxygen fuel cell",
        "known_from": "2023-09-11",
        "unverified": ["day of the release: not found"],
        "sources": ["cctv:20230911", "wp:Tianzhou_5"],
    },
    {
        "topic": "satellites",
        "mission": "Tianzhou-6",
        "title": "Satellite released",
        "text": "Dalian-1 Lianli of Dalian University of Technology, while the ship flew free, 12 to 19 January 2024",
        "known_from": "2024-01-20",
        "unverified": ["day of the release: not found"],
        "sources": ["cctv:20240120", "wp:Tianzhou_6"],
    },
    {
        "topic": "wings",
        "title": "Solar wings",
        "text": "More than 800 m² on all modules together; one of Tianhe's, damaged by small debris, was repaired on "
        "21 December 2023 and 2 March 2024 (Beijing dates)",
        "known_from": "2024-03-02",
        "sources": ["scmp:3246036", "cctv:20240302"],
    },
    {
        "topic": "wings",
        "title": "Solar wing repaired again",
        "text": "On 28 August 2026, by Zhu Yangzhu and Zhang Zhiyuan on spacewalk 27",
        "known_from": "2026-08-28",
        "sources": ["cctv:20260828"],
    },
    {
        "topic": "firsts",
        "mission": "Shenzhou-20",
        "title": "First of its kind",
        "text": "First return delayed by debris, and first crew to change ships for the way home",
        "known_from": "2025-11-14",
        "sources": ["cctv:20251114", "cctv:20260805"],
    },
    {
        "topic": "firsts",
        "mission": "Shenzhou-22",
        "title": "First of its kind",
        "text": "First emergency launch of the programme",
        "known_from": "2025-11-25",
        "sources": ["cctv:20251125", "cctv:20260805"],
    },
    {
        "topic": "firsts",
        "mission": "Shenzhou-21",
        "title": "Longest so far",
        "text": "210 days, the longest stay of a Chinese crew",
        "known_from": "2026-05-30",
        "sources": ["cctv:20260530", "cctv:20260805"],
    },
    {
        "topic": "firsts",
        "mission": "Shenzhou-23",
        "title": "In the count",
        "text": "40th flight of the programme, seventh crewed flight of the application phase; eighth meeting of two "
        "crews in orbit",
        "known_from": "2026-05-25",
        "sources": ["cctv:20260523", "cctv:20260525"],
    },
    {
        "topic": "materials",
        "title": "Radiation biology outside",
        "text": "A box with 13 sample units, to stay outside for about five years",
        "known_from": "2023-06-16",
        "sources": ["cctv:20230616"],
    },
    {
        "topic": "materials",
        "title": "Tungsten alloy",
        "text": "Heated above 3,100 °C",
        "known_from": "2025-08-25",
        "sources": ["cctv:20250825"],
    },
    {
        "topic": "materials",
        "title": "First mice at the station",
        "text": "In 2025",
        "known_from": "2026-01-08",
        "sources": ["cctv:20260108"],
    },
    {
        "topic": "materials",
        "title": "One year in orbit",
        "text": "One of the Shenzhou-23 crew is to stay a year, in the first space programme on the human body",
        "known_from": "2026-07-19",
        "sources": ["cctv:20260719"],
    },
)
"""What stands on a mission's page or on the station's."""

SOURCES: dict[str, tuple[str, str]] = {
    "scmp:3187748": ("South China Morning Post: the station's robotic arms", "scmp.com 3187748"),
    "scmp:3246036": ("South China Morning Post: solar wings and their repair", "scmp.com 3246036"),
    "ld:smallarm": ("Leonard David: the small robotic arm", "leonarddavid.com"),
    "iaru:857": ("IARU satellite coordination: CSSARC, complete 2022-05-02",
                 "amsatuk.me.uk/iaru/formal_detail.php?serialnum=857"),
    "arrl:20220324": ("ARRL 2022-03-24: amateur radio on the Chinese station", "arrl.org"),
    "fp:20210820": ("CCTV evening news of 2021-08-20, transcript",
                    "github:FrederickPi1969/xinwenlianbo-transcripts 20210820 @fd2cae91fa3c"),
    "seradata:sz13": ("Seradata: Shenzhou-13 undocks and returns to Earth",
                      "seradata.com/shenzhou13-undocks-and-returns-to-earth"),
    "hbcasj:20241030": ("Official biographies of Song Lingdong and Wang Haoze, 2024-10-30", "hbcasj.com"),
    "bastille:5114768": ("Bastille Post: the spacewalk of 15 August 2025", "bastillepost.com 5114768"),
    "cis:debris": ("China in Space: spacewalk installs debris protection",
                   "china-in-space.com/p/spacewalk-installs-debris-protection"),
    "ichongqing:20230417": ("iChongqing/Xinhua 2023-04-17: fourth spacewalk of Shenzhou-15", "ichongqing.info"),
}  # fmt: skip
"""Sources that no table lists: title and address. Those of CCTV's evening news are made from their date."""

CORRECTIONS: dict[tuple[str, str | int], dict[str, Any]] = {
    ("evas", 2): {
        "second_astronaut_out_utc": "2021-08-20T02:12:00Z",
        "notes": ["End of the work at 06:33 UTC; back in Tianhe at about 07:30 UTC."],
        "sources": ["fp:20210820"],
    },
    ("evas", 4): {
        "second_astronaut_out_utc": "2021-12-26T11:37:00Z",
        "notes": ["Ye Guangfu was out at 10:50 UTC, Zhai Zhigang at 11:37 UTC."],
    },
    ("evas", 11): {"sources": ["ichongqing:20230417"]},
    ("evas", 22): {"sources": ["bastille:5114768", "cis:debris"]},
    ("evas", 25): {"unverified": ["start: not found; about 12:35 Beijing follows from seven hours"]},
    ("evas", 26): {"unverified": ["start: not found; about 20:06 Beijing follows from about five and a half hours"]},
    ("evas", 27): {
        "unverified": [
            "start: not found; about 00:29 UTC follows from about five and a half hours",
            "hatch: not named; both returned to Tianhe, which was also said of spacewalk 22 through Wentian",
        ]
    },
    ("missions", "Shenzhou-13"): {
        "conflicts": ["undocking: 16:44 UTC (kept); Seradata gives 16:55"],
        "sources": ["seradata:sz13"],
    },
    ("selection_groups", 3): {
        "unverified": [],
        "notes": ["selected in September 2020"],
        "sources": ["hbcasj:20241030"],
    },
    ("selection_groups", 4): {
        "notes": ["selection began in the second half of 2022"],
        "sources": ["cctv:20240611"],
    },
}
"""Fields laid over a table's record; `sources`, `notes` and `conflicts` are added to it, all else replaces."""

PAYLOADS_KNOWN_FROM: dict[str, str] = {
    "POLAR-2 (gamma-ray burst polarimeter)": "2019-06-12",
    "Tumors in Space": "2019-06-12",
    "Tianyun camera": "2026-07-05",
    "Macao Student Science Satellite 1": "2023-09-11",
    "Dalian-1 Lianli": "2024-01-20",
    "all CSS projects": "2026-01-08",
}
"""From when the state of each payload is known."""

SUITS_KNOWN_FROM = ("2026-05-11", "2026-01-19")
"""From when the two texts about the suits are known, in the order of the table."""

STEP_DAYS: dict[str, str] = {"2024-06": "2024-06-11", "2025-10": "2025-10-30", "2026-07": "2026-07-05"}
"""Steps that their table dates to a month: the day of the report, from which they are known."""

STEP_SOURCES: dict[str, str] = {"2024-06-11": "cctv:20240611"}
"""What such a day rests on where no source of the table has it."""

STEP_TEXTS: dict[str, str] = {
    "2024-06-11": "Fourth Chinese group selected, with the first payload specialists from Hong Kong and Macau",
    "2025-03-03": "Selection is to take about one year: five candidates, two to train in China, one to fly",
    "2025-10-30": "Two Pakistani astronauts are to train; a flight of one as payload specialist is planned for 2026",
    "2026-02-07": "Two are shortlisted for about six months of training; the flight is planned for October or "
    "November 2026",
    "2026-04-22": "Selection ended in early April 2026: Muhammad Zeeshan Ali and Khurram Daud are named; "
    "one is to fly as payload specialist after training",
    "2026-07-05": "Hong Kong's Tianyun camera (天韵相机) was installed outside in the week before: "
    "the first Hong Kong payload",
    "2026-10-05": "Yang Liwei at the 77th International Astronautical Congress: the two train with the Chinese crew; "
    "one is to fly a short mission in the second half of 2026",
}
"""Steps in our wording, by their day."""

ASSIGNMENT: dict[str, str] = {
    "stay": "short, about one week or four to five days: the press differs",
    "note": "Not flown by 10 October 2026",
}
"""The flight the candidates prepare for, in our wording."""

CLAIM_SOURCES: dict[int, tuple[str, ...]] = {8: ("ispr:2026-02-07",)}
"""What the corrected form of a claim rests on beside the sources of the table."""
