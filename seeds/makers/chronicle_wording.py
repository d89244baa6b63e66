"""What the maker of the chronicle words itself: as-of dates, plans as they were stated, corrected claims.

Every plan rests on the sources it names; `stated` is the day it was said, absent where no source dates it.
"""

from __future__ import annotations

from typing import Any

AS_OF: dict[str, str] = {
    "crew": "2026-10-10",
    "ports": "2026-10-10",
    "modules": "2026-08-22",
    "cargo": "2026-10-10",
    "spacewalks": "2026-10-10",
    "people": "2026-10-10",
    "partners": "2026-10-10",
    "plans": "2026-10-10",
}
"""The last day each table is known for. Launches, dockings, returns and spacewalks have always been a headline of the
evening news, and every headline up to 10 October 2026 was read; the modules were last seen in element sets."""

AS_OF_SOURCE = "cctv:20261010"
"""What the last day of crew, ships, spacewalks and partners rests on."""

WALK_DATES_IN_DOUBT = (9,)
"""Spacewalks whose very day rests on secondary lists."""

PLANS: tuple[dict[str, Any], ...] = (
    {
        "what": "Flight of a Pakistani astronaut to the station",
        "text": "First foreign astronaut at Tiangong, after selection of about one year and training in China",
        "stated": "2025-02-28",
        "until": "2025-03-03",
        "sources": ["article", "cctv:20250228"],
    },
    {
        "what": "Flight of a Pakistani astronaut to the station",
        "text": "Five candidates, two to train in China, one to fly; selection takes about one year",
        "stated": "2025-03-03",
        "until": "2025-10-30",
        "sources": ["xinhua:2025-03-03"],
    },
    {
        "what": "Flight of a Pakistani astronaut to the station",
        "text": "Two to train, one to fly as payload specialist in 2026",
        "stated": "2025-10-30",
        "due": "2026-01",
        "due_until": "2026-12",
        "until": "2026-02-07",
        "unverified": ["exact day of the statement"],
        "sources": ["press:cmsa2025-10"],
    },
    {
        "what": "Flight of a Pakistani astronaut to the station",
        "text": "About six months of training, flight in October or November 2026",
        "stated": "2026-02-07",
        "due": "2026-10",
        "due_until": "2026-11",
        "until": "2026-04-22",
        "sources": ["ispr:2026-02-07"],
    },
    {
        "what": "Flight of a Pakistani astronaut to the station",
        "text": "One of the two flies as payload specialist after training; "
        "October or November 2026 had been named in February",
        "stated": "2026-04-22",
        "due": "2026-10",
        "due_until": "2026-11",
        "until": "2026-10-05",
        "sources": ["cctv:20260422", "app:2026-04", "ispr:2026-02-07"],
    },
    {
        "what": "Flight of a Pakistani astronaut to the station",
        "text": "One of the two flies a short mission in the second half of 2026",
        "stated": "2026-10-05",
        "due": "2026-10",
        "due_until": "2026-12",
        "sources": ["ithome:2026-10-06"],
    },
    {
        "what": "Return of the Shenzhou-20 crew",
        "text": "Planned for 5 November 2025 in their own ship; postponed on suspicion of a debris impact",
        "due": "2025-11-05",
        "until": "2025-11-14",
        "mission": "Shenzhou-20",
        "sources": ["wp:Shenzhou_20", "cctv:20251114"],
    },
    {
        "what": "Return of the Shenzhou-21 crew",
        "text": "Stay extended by about one month",
        "stated": "2026-04-17",
        "until": "2026-05-29",
        "mission": "Shenzhou-21",
        "sources": ["cctv:20260417"],
    },
    {
        "what": "A stay of one year",
        "text": "One member of the Shenzhou-23 crew stays a year or more",
        "stated": "2026-01-08",
        "until": "2026-05-25",
        "sources": ["cctv:20260108"],
    },
    {
        "what": "A stay of one year",
        "text": "One member of the Shenzhou-23 crew is to stay one year",
        "stated": "2026-05-25",
        "unverified": ["CMSA does not name which of the three"],
        "sources": ["cctv:20260525"],
    },
    {
        "what": "Shenzhou-24",
        "text": "Second half of 2026; late October or November 2026 in the press",
        "stated": "2026-02-27",
        "due": "2026-10",
        "due_until": "2026-11",
        "mission": "Shenzhou-24",
        "sources": ["cctv:20260227", "gh:ll2sz24", "ithome:2026-10-06"],
    },
    {
        "what": "Mengzhou-1",
        "text": "Listed by CMSA for 2026",
        "stated": "2026-01-08",
        "until": "2026-02-27",
        "sources": ["cctv:20260108"],
    },
    {
        "what": "Mengzhou-1",
        "text": "No longer in the list of 2026; no confirmation found",
        "stated": "2026-02-27",
        "sources": ["cctv:20260108", "cctv:20260227"],
    },
    {
        "what": "Xuntian",
        "text": "Survey telescope flying with the station; an unconfirmed leak names 21 December 2026",
        "due": "2026-12-21",
        "conflicts": ["the plan slipped: 2023, then mid-2025, then late 2026"],
        "sources": ["ru24", "wp:Tiangong_space_station"],
    },
    {
        "what": "Expansion modules",
        "text": "Second stage, from the T to a cross; no launch date found",
        "stated": "2026-06-23",
        "sources": ["60s", "symplexia"],
    },
)

CORRECTED: dict[int, dict[str, str]] = {
    1: {
        "known_from": "2025-02-28",
        "corrected": "China and Pakistan agreed to fly a Pakistani astronaut to Tiangong, "
        "the first foreign astronaut there",
        "view": "partners",
        "see": "2025-02-28",
    },
    2: {
        "known_from": "2025-02-28",
        "corrected": "China trains astronauts of another country, for the first time in CMSA's words; "
        "joint training with European astronauts came earlier",
        "view": "partners",
        "see": "2025-02-28",
    },
    3: {
        "known_from": "2025-02-28",
        "corrected": "The agreement on selection, training and flight, between CMSEO ('CMSE') and SUPARCO, "
        "was signed on 28 February 2025",
        "view": "partners",
        "see": "2025-02-28T05:45:00Z",
    },
    4: {
        "known_from": "2025-02-28",
        "corrected": "CMSEO: the first selection and training of foreign astronauts, "
        "and the first foreign astronaut to visit the station",
        "view": "partners",
        "see": "2025-02-28",
    },
    5: {
        "known_from": "2025-02-28",
        "corrected": "Signed at the Prime Minister's House (or Office) in Islamabad by Lin Xiqiang, deputy director, "
        "and Muhammad Yousuf Khan (also Mohammad Yousaf Khan), chairman of SUPARCO",
        "view": "partners",
        "see": "2025-02-28T05:45:00Z",
    },
    6: {
        "known_from": "2026-04-22",
        "corrected": "Selection took about 13 months and ended in early April 2026",
        "view": "partners",
        "see": "2026-04-22",
    },
    7: {
        "known_from": "2026-04-24",
        "corrected": "Training in China began after both candidates arrived on 24 April 2026",
        "view": "partners",
        "see": "2026-04-24",
    },
    8: {
        "known_from": "2026-04-22",
        "corrected": "One short flight by one of the two as payload specialist, planned for 2026; "
        "not a series of flights",
        "view": "partners",
        "see": "2026-04-22",
    },
    9: {
        "known_from": "2022-12-31",
        "corrected": "The T shape was complete on 3 November 2022 and declared built on 31 December 2022; "
        "crewed since June 2021, without a gap since 5 June 2022",
        "view": "missions",
        "see": "2022-11-03T01:32:00Z",
    },
    10: {
        "known_from": "2022-11-03T01:32:00Z",
        "corrected": "Three modules were launched and joined in low Earth orbit: Tianhe, Wentian and Mengtian",
        "view": "missions",
        "see": "2022-11-03T01:32:00Z",
    },
    11: {
        "known_from": "2026-09-26",
        "corrected": "Altitude between 211 and 280 miles (340 to 450 km); measured means of 2021 to 2026 "
        "are 372.7 to 396.2 km",
        "view": "orbit",
        "see": "2026-09-26",
    },
    12: {
        "known_from": "2021-06-17T01:22:27Z",
        "corrected": "The first crew was Shenzhou-12, launched on 17 June 2021, with only the core module in orbit",
        "view": "crew",
        "see": "2021-06-17T01:22:27Z",
    },
    13: {
        "known_from": "2024-12-17T13:57:00Z",
        "corrected": "On 17 December 2024 Cai Xuzhe and Song Lingdong (Shenzhou-19) walked for 9 h 06 min, "
        "a world record: STS-102 had held it with 8 h 56 min",
        "view": "spacewalks",
        "see": "2024-12-17T13:47:00Z",
    },
}
"""Each checked claim as it is right, the view that shows it and the instant to go to."""
