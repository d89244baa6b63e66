"""Every service that is ever contacted: where, why, how often and how much of it.

This table is the whole truth about the network: `http` refuses any other host. The intervals are those of the
services' own usage policies, or kinder.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HOUR_S = 3600.0
MINUTE_S = 60.0


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that is downloaded from one service.

    Attributes:
        key: Short name: folders, states and settings use it.
        title: Name for the screen.
        base_url: Where its paths begin.
        why: What it is good for, for people who want to know.
        interval_s: Least time between two downloads, across restarts and all running copies.
        failed_wait_s: First wait after the service failed to answer properly; it doubles.
        largest_bytes: A longer answer is refused.
    """

    key: str
    title: str
    base_url: str
    why: str
    interval_s: float
    failed_wait_s: float
    largest_bytes: int

    @property
    def host(self) -> str:
        """The host that is contacted."""
        return self.base_url.split("/")[2]


# CelesTrak looks for new data every two hours and asks not to be asked more often.
CELESTRAK_GP = Source(
    "celestrak-gp",
    "CelesTrak GP",
    "https://celestrak.org/NORAD/elements/",
    "element sets of the station and its ships",
    interval_s=2 * HOUR_S,
    failed_wait_s=15 * MINUTE_S,
    largest_bytes=1_000_000,
)
# Its pieces of six hours follow the operator's ephemeris, which comes out three times a week.
CELESTRAK_SUPPLEMENTAL = Source(
    "celestrak-supgp",
    "CelesTrak SupGP",
    "https://celestrak.org/NORAD/elements/supplemental/",
    "element sets fitted to the operator's own forecast, a week ahead",
    interval_s=6 * HOUR_S,
    failed_wait_s=30 * MINUTE_S,
    largest_bytes=500_000,
)
# A copy of CelesTrak made once a day.
TLE_API = Source(
    "tle-api",
    "TLE API",
    "https://tle.ivanstanojevic.me/api/",
    "the station's element set when CelesTrak gives no answer",
    interval_s=12 * HOUR_S,
    failed_wait_s=HOUR_S,
    largest_bytes=64_000,
)
CMSA = Source(
    "cmsa",
    "CMSA ephemeris",
    "https://www.cmse.gov.cn/gfgg/zgkjzgdcs/",
    "the operator's ephemeris of the coming week; only if switched on",
    interval_s=12 * HOUR_S,
    failed_wait_s=HOUR_S,
    largest_bytes=2_000_000,
)
# Fifteen calls an hour without a key. A round is three calls, and whatever happens the next one is six hours away:
# so never more than four rounds a day, and with every retry nine calls an hour.
LAUNCH_LIBRARY = Source(
    "launch-library",
    "Launch Library",
    "https://ll.thespacedevs.com/2.3.0/",
    "who is aboard, which ships are docked, the latest spacewalks",
    interval_s=6 * HOUR_S,
    failed_wait_s=6 * HOUR_S,
    largest_bytes=4_000_000,
)
PEOPLE = Source(
    "people",
    "People in space",
    "https://corquaid.github.io/international-space-station-APIs/JSON/",
    "who is aboard, when Launch Library gives no answer",
    interval_s=12 * HOUR_S,
    failed_wait_s=HOUR_S,
    largest_bytes=500_000,
)

SOURCES: tuple[Source, ...] = (CELESTRAK_GP, CELESTRAK_SUPPLEMENTAL, TLE_API, CMSA, LAUNCH_LIBRARY, PEOPLE)
"""All of them, in the order in which they are shown."""

BY_KEY: Mapping[str, Source] = {source.key: source for source in SOURCES}


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a download may take.

    Attributes:
        total_s: From the first byte asked for to the last one received, all attempts together.
        silence_s: Without a single byte, or until connected.
        attempts: Tries at one download within one refresh, when the service stumbles before it answers.
        retry_wait_s: Before the second attempt; it doubles, and up to a second of chance is added.
        lock_s: Waiting for another running copy to finish writing.
    """

    total_s: float = 40.0
    silence_s: float = 10.0
    attempts: int = 3
    retry_wait_s: float = 1.0
    lock_s: float = 10.0


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """What the user allows.

    Attributes:
        offline: No socket is ever opened.
        use_supplemental: Ask CelesTrak for the sets fitted to the operator's forecast.
        use_operator_ephemeris: Ask the China Manned Space Agency's page for the ephemeris itself.
        use_launch_library: Ask Launch Library for the crew.
        use_fallbacks: Ask the second source when the first one gives no answer.
        base_urls: Other addresses by source key; the only way to plain http, and then only on this machine.
        limits: How long a download may take.
    """

    offline: bool = False
    use_supplemental: bool = True
    use_operator_ephemeris: bool = False
    use_launch_library: bool = True
    use_fallbacks: bool = True
    base_urls: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = Limits()

    def allows(self, source: Source) -> bool:
        """Whether a source may be asked at all."""
        if self.offline:
            return False
        return {
            CELESTRAK_SUPPLEMENTAL.key: self.use_supplemental,
            CMSA.key: self.use_operator_ephemeris,
            LAUNCH_LIBRARY.key: self.use_launch_library,
            TLE_API.key: self.use_fallbacks,
            PEOPLE.key: self.use_fallbacks,
        }.get(source.key, True)

    def base_url(self, source: Source) -> str:
        """Where the paths of a source begin."""
        return self.base_urls.get(source.key, source.base_url)
