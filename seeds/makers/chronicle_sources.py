"""Sources for the maker of the chronicle: readable titles, addresses, and the day each was published."""

from __future__ import annotations

import re
from typing import Any

from seeds.makers.chronicle_additions import SOURCES

Record = dict[str, Any]

_REPHRASED = [
    (re.compile(r"\bstored-copy ids?\b"), "archived copy"),
    (re.compile(r", (?:archived copy|stored-copy ids?) \d+\)"), ")"),
    (re.compile(r" \((?:archived copy|stored-copy ids?) \d+\)"), ""),
    (re.compile(r"^CelesTrak stations\.tle mirrors, git history (\S+)\.\.(\S+)$"),
     r"CelesTrak's list of station elements, copies of \1 to \2"),
    (re.compile(r"\bstored sources\b"), "sources read"),
    (re.compile(r"\bstored source\b"), "source read"),
    (re.compile(r"\bstored (CMSA text|page|press pages|pages)\b"), r"archived \1"),
    (re.compile(r"\bstored in a public repository\b"), "read as a copy"),
    (re.compile(r"background-knowledge"), "background knowledge"),
    (re.compile(r"; exact paths? not retained\b"), ""),
    (re.compile(r"\(exact path not retained\)"), "(page not recorded)"),
    (re.compile(r"^not retained: treat as single-source, to be re-checked$"), "pages not recorded; to check again"),
    (re.compile(r"^exact day and path of the statement$"), "exact day of the statement"),
    (re.compile(r"\bread in this research\b"), "read"),
    (re.compile(r"\bderived by this research from\b"), "computed from"),
    (re.compile(r"; no crew gap in this data set since\b"), "; never without a crew since, as far as known"),
    (re.compile(r", so they stay null$"), ""),
    (re.compile(r" sources read kept$"), " sources read"),
    (re.compile(r" has no retained source;"), ": no source was kept;"),
    (re.compile(r"^seed: "), "news report: "),
    (re.compile(r"^seed and "), "the news report and "),
    (re.compile(r" \(seed\)"), ""),
    (re.compile(r", 'CMSE' in the seed"), ", also CMSE"),
    (re.compile(r"^Seed article \(Space\.com-style, March 2025; same text at newztodays\.net\)$"),
     "News report of March 2025 (newztodays.net)"),
    (re.compile(r"^CCTV Xinwen Lianbo transcripts?( of)? ?"), "CCTV evening news, "),
]  # fmt: skip


_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip

_BY_HAND: dict[str, str] = {"ru24": "2026", "gcat:omod22": "2026-05-29"}
"""Sources whose title names their day in a form of its own, or a day that is not theirs."""


def reworded(value: Any) -> Any:  # noqa: ANN401  (any JSON value in, the same kind out)
    """Give the tables' own jargon a wording that a reader of the dashboard understands."""
    if isinstance(value, str):
        for pattern, text in _REPHRASED:
            value = pattern.sub(text, value)
        return value
    if isinstance(value, list):
        return [reworded(item) for item in value]
    if isinstance(value, dict):
        return {key: reworded(item) for key, item in value.items()}
    return value


def published(name: str, title: str, address: str) -> str | None:
    """The day or month a source is of, from its id, title or address; of a range its end. `None` where none says it.

    A Wikipedia page has no date: it says in one text what became known on many days.
    """
    if name.startswith("wp:") or name in _BY_HAND:
        return _BY_HAND.get(name)
    compact = re.search(r"(20\d\d)(\d\d)(\d\d)$", name)
    if compact:
        return "-".join(compact.groups())
    found: list[str] = re.findall(r"20\d\d-\d\d-\d\d", f"{name} {title}") or re.findall(r"20\d\d-\d\d-\d\d", address)
    if found:
        return max(found)
    month = re.search(r"20\d\d-\d\d$", name)
    if month:
        return month[0]
    named = re.search(rf"(?:\b(\d{{1,2}}) )?\b({'|'.join(_MONTHS)}) (20\d\d)\b", f"{title} {address}")
    return None if named is None else f"{named[3]}-{_MONTHS.index(named[2]) + 1:02d}"


def _after_launch(name: str, title: str, launches: dict[str, str | None]) -> str | None:
    """The day of the latest launch a title without a date names: it was not published before.

    A Wikipedia page about one mission stands with that mission alone.
    """
    named = re.findall(r"\b(Shenzhou|SZ|Tianzhou|TZ)[- ](\d{1,2})\b", title)
    missions = (f"{'Shenzhou' if family in {'Shenzhou', 'SZ'} else 'Tianzhou'}-{number}" for family, number in named)
    days = [day[:10] for mission in missions if (day := launches.get(mission))]
    return None if name.startswith("wp:") or not days else max(days)


_COPIES = [
    (re.compile(r"^github:\S*(?:xin-wen-lian-bo|xinwenlianbo-transcripts)\b[^;]*"), "read as a transcript"),
    (re.compile(r"^github:[^;]*(?:tle-mirror|celestrak-mirror)\b.*$"), "read as copies"),
    (re.compile(r"^archived copy \d+ \(copy of ([\w.]+)[^)]*\)$"), r"\1 (read as a copy)"),
    (re.compile(r"^(?:archived copy \d|github:).*$"), "read as a copy"),
    (re.compile(r"^pages not recorded; to check again$"), "pages not recorded"),
]
"""Where a copy lay says nothing to a reader: what it is a copy of stands in the title."""


def shown_address(address: str) -> str:
    """An address as a reader can use it: that of the page itself, or that it was read as a copy."""
    page = re.search(r"https?://\S+", address)
    if page and (address.startswith("github:") or " via archived copy" in address):
        return page[0]
    for pattern, text in _COPIES:
        address = pattern.sub(text, address)
    return address


def make_sources(tables: list[Record], used: set[str]) -> dict[str, list[str]]:
    """Title, address and, where known, day of publication of every source that a record names."""
    index: dict[str, list[str]] = {name: list(entry) for name, entry in SOURCES.items()}
    for table in tables:
        for name, source in table["sources_index"].items():
            key, address = ("article" if name == "seed" else name), source["address"]
            page = re.fullmatch(r"wp:(\w+)", name)
            if page and not address.startswith("https://en.wikipedia.org/"):
                address = f"https://en.wikipedia.org/wiki/{page[1]} (read as a copy)"
            if key == "article":
                address = "newztodays.net"
            index[key] = [source["title"], address]
    for name in used - set(index):
        news = re.fullmatch(r"cctv:(20\d\d)(\d\d)(\d\d)", name)
        if news is None:
            raise SystemExit(f"source without an entry: {name}")
        day = "".join(news.groups())
        title = f"CCTV Xinwen Lianbo transcript of {'-'.join(news.groups())}"
        index[name] = [title, f"github:DuckBurnIncense/xin-wen-lian-bo news/{day}.md"]
    entries = {name: reworded(index[name]) for name in sorted(used)}
    launches = {row["mission"]: row["launch_utc"] for table in tables for row in table.get("missions", ())}
    dated = {
        name: published(name, *entry) or _after_launch(name, entry[0], launches) for name, entry in entries.items()
    }
    shown = {name: [title.replace(", , ", ", "), shown_address(address)] for name, (title, address) in entries.items()}
    return {name: [*entry, when] if (when := dated[name]) else entry for name, entry in shown.items()}
