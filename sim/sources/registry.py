"""Every service that is ever contacted: address, purpose, interval and size limit.

The list is complete: `client` refuses any other host. The intervals are those of the services' own usage policies,
or longer.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from sim.constants import HOUR_S, MINUTE_S
from sim.language import N_

CATALOGUE = "18 SDS"
OPERATOR = "CMSA"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is downloaded from one service.

    Attributes:
        key: Identifier in folders, states and settings.
        title: Name for the screen.
        base_url: Where its paths begin.
        purpose: What its data are used for.
        interval_s: Least time between two downloads, across restarts and all running copies.
        failed_wait_s: First wait after a failure of the service; it doubles.
        largest_bytes: A longer response is refused.
        epoch_ahead_s: How far ahead of now the epochs of its element sets normally lie at most.
        origin: Who determined the orbit that it hands on; empty where it has none.
    """

    key: str
    title: str
    base_url: str
    purpose: str
    interval_s: float
    failed_wait_s: float
    largest_bytes: int
    epoch_ahead_s: float = 0.0
    origin: str = ""

    @property
    def host(self) -> str:
        """Host name in `base_url`."""
        return self.base_url.split("/")[2]


# CelesTrak updates every two hours and wants no more frequent requests. Sets are fitted to observations, with the
# epoch at a node crossing near the last one.
CELESTRAK_GP = Source(
    key="celestrak-gp",
    title="CelesTrak GP",
    base_url="https://celestrak.org/NORAD/elements/",
    purpose=N_("element sets of the station and its ships"),
    interval_s=2 * HOUR_S,
    failed_wait_s=15 * MINUTE_S,
    largest_bytes=1_000_000,
    epoch_ahead_s=2 * HOUR_S,
    origin=CATALOGUE,
)
# Its pieces of six hours follow the operator's ephemeris, which comes out three times a week.
CELESTRAK_SUPPLEMENTAL = Source(
    key="celestrak-supgp",
    title="CelesTrak SupGP",
    base_url="https://celestrak.org/NORAD/elements/supplemental/",
    purpose=N_("element sets fitted to the operator's own forecast, a week ahead"),
    interval_s=6 * HOUR_S,
    failed_wait_s=30 * MINUTE_S,
    largest_bytes=500_000,
    origin=OPERATOR,
)
# A copy of CelesTrak made once a day.
TLE_API = Source(
    key="tle-api",
    title="TLE API",
    base_url="https://tle.ivanstanojevic.me/api/",
    purpose=N_("the station's element set when CelesTrak fails"),
    interval_s=12 * HOUR_S,
    failed_wait_s=HOUR_S,
    largest_bytes=64_000,
    epoch_ahead_s=2 * HOUR_S,
    origin=CATALOGUE,
)
CMSA = Source(
    key="cmsa",
    title="CMSA ephemeris",
    base_url="https://www.cmse.gov.cn/gfgg/zgkjzgdcs/",
    purpose=N_("the operator's ephemeris of the coming week; only if switched on"),
    interval_s=12 * HOUR_S,
    failed_wait_s=HOUR_S,
    largest_bytes=2_000_000,
    origin=OPERATOR,
)
# Fifteen calls an hour without a key. A round is three calls, and whatever happens the next one is six hours away:
# so never more than four rounds a day, and with every retry nine calls an hour.
LAUNCH_LIBRARY = Source(
    key="launch-library",
    title="Launch Library",
    base_url="https://ll.thespacedevs.com/2.3.0/",
    purpose=N_("who is aboard, which ships are docked, the latest spacewalks"),
    interval_s=6 * HOUR_S,
    failed_wait_s=6 * HOUR_S,
    largest_bytes=4_000_000,
)
PEOPLE = Source(
    key="people",
    title="People in space",
    base_url="https://corquaid.github.io/international-space-station-APIs/JSON/",
    purpose=N_("who is aboard, when Launch Library fails"),
    interval_s=12 * HOUR_S,
    failed_wait_s=HOUR_S,
    largest_bytes=500_000,
)

SOURCES: tuple[Source, ...] = (CELESTRAK_GP, CELESTRAK_SUPPLEMENTAL, TLE_API, CMSA, LAUNCH_LIBRARY, PEOPLE)
"""All of them, in the order in which they are shown."""

BY_KEY: Mapping[str, Source] = {source.key: source for source in SOURCES}


def origin_of(title: str) -> str:
    """Who determined the orbits that the source with this title hands on; the title itself of an unknown one."""
    return next((source.origin for source in SOURCES if source.title == title and source.origin), title)


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Time limits of a download.

    Attributes:
        total_s: From the first byte asked for to the last one received, all attempts together.
        silence_s: Timeout without a single byte, or until connected.
        attempts: Attempts at one download within one refresh, if it fails before any part of a response.
        retry_wait_s: Pause before the second attempt; it doubles, and up to a second of jitter is added.
        lock_s: Wait for another running copy to finish writing.
    """

    total_s: float = 40.0
    silence_s: float = 10.0
    attempts: int = 3
    retry_wait_s: float = 1.0
    lock_s: float = 10.0


class SourceSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What the user allows.

    Attributes:
        offline: No socket is ever opened.
        use_supplemental: Ask CelesTrak for the sets fitted to the operator's forecast.
        use_operator_ephemeris: Ask the China Manned Space Agency's page for the ephemeris itself.
        use_launch_library: Ask Launch Library for the crew.
        use_fallbacks: Ask the second source when the first one fails.
        base_urls: Other addresses by source key; the only way to plain http, and then only to this machine.
        limits: Time limits of a download.
    """

    offline: bool = False
    use_supplemental: bool = True
    use_operator_ephemeris: bool = False
    use_launch_library: bool = True
    use_fallbacks: bool = True
    base_urls: Mapping[str, str] = msgspec.field(default_factory=dict)
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
