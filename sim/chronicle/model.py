"""The chronicle's records, as a chronicle file states them: the one declaration of its fields.

`msgspec` decodes and checks files by these types. Fields that a record may lack have a default; `None` means that no
source read gives the value. A date in a file is a text; flags like `date_in_doubt` beside it mark it as approximate.
"""

# Without `from __future__ import annotations`: of annotations that are text, `msgspec` would compile and evaluate each
# one at the first decoding, before the first picture.

from typing import Annotated, Literal, Self, TypeAlias

import msgspec

from sim.chronicle.dates import BeijingDay, Day, Duration, Instant, PartialDate, Precision
from sim.constants import DAY_S
from sim.language import N_
from sim.language.phrase import Phrase

Origin: TypeAlias = Literal["embedded", "user"]
MissionKind: TypeAlias = Literal["crewed", "uncrewed", "cargo"]
MissionStatus: TypeAlias = Literal["completed", "in progress", "planned"]
PortKey: TypeAlias = Literal["forward", "nadir", "aft", "starboard", "port side"]

Leg: TypeAlias = Literal["going up", "aboard", "coming home"]
EventKind: TypeAlias = Literal[
    "launch", "docking", "undocking", "landing", "re-entry", "handover", "spacewalk start", "spacewalk end",
    "spacewalk", "record", "module", "milestone", "lesson", "partners", "avoidance", "plan", "raise", "lowering",
]  # fmt: skip
"""`spacewalk`: one of which only the day is known. `raise`, `lowering`: found in the element history,
merged by the caller."""
Topic: TypeAlias = Literal[
    "science", "samples", "upkeep", "arms", "radio", "satellites", "wings", "firsts", "materials"
]  # fmt: skip
Text: TypeAlias = Annotated[str, msgspec.Meta(min_length=1)]
"""Not blank either: texts of files are cleaned before they are checked. A pattern would be searched in every one of
them before the first picture."""
DayText: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d$")]
Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0, lt=1_000_000_000)]
Amount: TypeAlias = Annotated[float, msgspec.Meta(gt=-1e12, lt=1e12)]

PORT_NAMES: dict[PortKey, str] = {
    "forward": N_("Tianhe forward"),
    "nadir": N_("Tianhe nadir"),
    "aft": N_("Tianhe aft"),
    "starboard": N_("Tianhe starboard"),
    "port side": N_("Tianhe port side"),
}
"""Every place where something is docked, in the order in which they are listed; `_` translates them."""

SHIP_PORTS: tuple[PortKey, ...] = ("forward", "nadir", "aft")
"""Where ships dock; the other two hold the laboratory modules for good."""


class Source:
    """Where a fact was read; not a struct, because files name sources by their ids.

    Attributes:
        id: Its key in the file.
        title: What it is.
        address: Where it is.
        published: Its day or month, `YYYY-MM-DD` or `YYYY-MM`, where that is known.
    """

    __slots__ = ("address", "id", "published", "title")

    def __init__(self, id: str, title: str, address: str, published: str | None = None) -> None:
        self.id, self.title, self.address, self.published = id, title, address, published

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source) and (self.id, self.title, self.address, self.published) == (
            other.id, other.title, other.address, other.published,
        )  # fmt: skip

    def __hash__(self) -> int:
        return hash((self.id, self.title, self.address))


class AsOf:
    """The last day for which one table is complete; not a struct, because files hold a text or a pair.

    Attributes:
        date: The last day covered, `YYYY-MM-DD`.
        unix_s: The end of that day, UTC.
        origin: "user" when a person's own file moved it.
    """

    __slots__ = ("date", "origin", "unix_s")

    def __init__(self, date: str, unix_s: float, origin: Origin) -> None:
        self.date, self.unix_s, self.origin = date, unix_s, origin

    @classmethod
    def parse(cls, value: str | list[str]) -> Self:
        """Read `2026-10-10`, or the pair `["2026-10-10", "user"]` of merged facts."""
        date = value if isinstance(value, str) else value[0]
        return cls(date, Day.parse(date).until_s, "embedded" if isinstance(value, str) else "user")


class Proof(msgspec.Struct, frozen=True):
    """Sources of a record, and the doubts and conflicts about it."""

    sources: tuple[Source, ...] = ()
    conflicts: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields common to all records.

    Attributes:
        sources: Where it was read.
        conflicts: Where sources contradict one another.
        unverified: What is doubtful.
        notes: What else to know.
        origin: "user" for a record from a person's own file.
    """

    sources: tuple[Source, ...]
    conflicts: tuple[Text, ...] = ()
    unverified: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    origin: Origin = "embedded"

    @property
    def proof(self) -> Proof:
        """Sources, conflicts, doubts and notes."""
        return Proof(sources=self.sources, conflicts=self.conflicts, unverified=self.unverified, notes=self.notes)


def _mark(record: Record, field: str, approximate: bool) -> None:
    """Mark a date of a record that was just decoded as approximate."""
    date = getattr(record, field)
    if approximate and date is not None:
        msgspec.structs.force_setattr(record, field, date.approximately())


class Station(Record, frozen=True, kw_only=True):
    """The station as a whole: masses in tonnes, volumes in cubic metres."""

    name: Text
    inclination_deg: Amount
    design_life: Text
    mass_t: Amount
    pressurised_m3: Amount
    habitable_m3: Amount
    first_launch: Instant
    t_shape: Instant
    declared_built: Day
    expansion: Text


class Module(Record, frozen=True, kw_only=True):
    """A permanent part of the station; a launch of `None` is a plan."""

    name: Text
    name_zh: Text
    type: Text
    launch: Instant | None = None
    dock: Instant | None = None
    relocated: Instant | None = None
    rocket: Text | None = None
    launch_site: Text | None = None
    mass_kg: Amount | None = None
    length_m: Amount | None = None
    diameter_m: Amount | None = None
    pressurised_m3: Amount | None = None
    habitable_m3: Amount | None = None
    norad_id: Count | None = None
    cospar_id: Text | None = None


class EarlierFlight(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A flight before the station: only its length counts here."""

    mission: Text
    duration_s: Amount = msgspec.field(name="seconds")


class Person(Record, frozen=True, kw_only=True):
    """Someone who flew to the station. `birth` is a day, a month or a year, as published."""

    name: Text
    name_zh: Text
    sex: Literal["female", "male"]
    nationality: Text
    birth: Day | None = None
    group: Count | None = None
    earlier_flights: tuple[EarlierFlight, ...] = ()


class CrewSeat(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Someone's place on one launch; `flight_number` counts that person's flights, earlier ones included."""

    name: Text
    role: Text
    role_unverified: bool = False
    flight_number: Count | None = None


class Mission(Record, frozen=True, kw_only=True):
    """A ship's flight, crewed, uncrewed or with cargo.

    The ship and its crew part ways: `end` is the ship's landing or re-entry after `undock`; the people who went up in
    it came down in `return_ship` at `crew_landing`.
    """

    name: Text
    name_zh: Text
    kind: MissionKind
    status: MissionStatus
    status_as_of: Text | None = None
    expedition: Count | None = None
    launch: Instant | None = None
    dock: Instant | None = None
    undock: Instant | None = None
    end: Instant | None = None
    duration_s: Amount | None = None
    crew: tuple[CrewSeat, ...] = ()
    return_ship: Text | None = None
    crew_landing: Instant | None = None
    crew_duration_s: Amount | None = None
    returned_crew_of: Text | None = None
    launch_site: Text | None = None
    landing_site: Text | None = None
    rocket: Text | None = None
    rocket_serial: Text | None = None
    norad_id: Count | None = None
    cospar_id: Text | None = None
    cargo_kg: Amount | None = None
    cargo_note: Text | None = None
    planned_when: Text | None = None
    planned_crew: Text | None = None
    planned_port: Text | None = None
    planned_from: Day | None = None


class PortStay(Record, frozen=True, kw_only=True):
    """A vehicle at a port, from docking to undocking (`None`: still there at the edge of knowledge)."""

    vehicle: Text
    port: PortKey
    begin: Instant
    end: Instant | None = None
    permanent: bool = False
    begin_approximate: bool = False
    end_approximate: bool = False

    def __post_init__(self) -> None:
        _mark(self, "begin", self.begin_approximate)
        _mark(self, "end", self.end_approximate)


class Handover(Record, frozen=True, kw_only=True):
    """The day one crew gave the station to the next, a day of Beijing time; the hour was not published."""

    from_mission: Text
    to_mission: Text
    day: BeijingDay = msgspec.field(name="date_beijing")


class Spacewalk(Record, frozen=True, kw_only=True):
    """One walk, by CMSA's clock: from the exit hatch opened to everybody back inside.

    Attributes:
        number: Counted from the first walk of the station.
        mission: The crew's launch mission.
        day: The day in UTC it began on; `day.approximate` when secondary lists alone name it.
        start: `None` where it is not known; `start.approximate` where the source says "about".
        end: `None` where it is not known.
        duration_min: As published; equals end - start where both are exact.
        outside: Who went out; empty where it is not known.
        inside: Who supported from inside.
        exit: The hatch.
        suits: What is known about the suits.
        tasks: What was done.
        not_published: Which of `start`, `end` and `duration` the agency did not publish; any other `None` was not
            found.
        second_out: When the second person followed.
    """

    number: Count
    mission: Text
    day: Day = msgspec.field(name="date")
    date_not_after: DayText | None = None
    start: Instant | None = None
    end: Instant | None = None
    duration_min: Count | None = None
    outside: tuple[Text, ...] = ()
    inside: tuple[Text, ...] = ()
    exit: Text | None = None
    suits: Text | None = None
    tasks: Text | None = None
    not_published: tuple[Text, ...] = ()
    second_out: Instant | None = None
    date_in_doubt: bool = False
    start_approximate: bool = False
    second_out_approximate: bool = False
    duration_approximate: bool = False

    def __post_init__(self) -> None:
        _mark(self, "day", self.date_in_doubt)
        _mark(self, "start", self.start_approximate)
        _mark(self, "second_out", self.second_out_approximate)

    @property
    def duration(self) -> Duration:
        """As published."""
        return Duration(minutes=self.duration_min, approximate=self.duration_approximate)

    @property
    def has_exact_times(self) -> bool:
        """Whether start and end are both published and neither is "about": only then it can be shown under way."""
        return self.start is not None and self.end is not None and not self.start.approximate

    @property
    def begins_unix_s(self) -> float:
        """The earliest it can have begun: the published exact start, else the start of its day."""
        return self.start.unix_s if self.start is not None and not self.start.approximate else self.day.unix_s

    @property
    def over_unix_s(self) -> float:
        """From when on it is over, as far as its day is right: the published end, else the end of that day."""
        return self.end.unix_s if self.end is not None else self.day.until_s


class WalkTotal(Record, frozen=True, kw_only=True):
    """A published lower bound for all walks of a mission, where single lengths were not published."""

    mission: Text
    spacewalks: Count
    at_least_min: Count


class RecordMark(Record, frozen=True, kw_only=True):
    """A record or a first as a source states it; what can be computed for any instant is in `statistics`."""

    record: Text
    area: Literal["people", "spacewalks"]
    holders: tuple[Text, ...]
    value: Text | None = None
    date: Day | None = None
    spacewalk: Count | None = None
    mission: Text | None = None
    duration_min: Count | None = None
    runners_up: tuple[Text, ...] = ()

    @property
    def duration(self) -> Duration:
        """As published."""
        return Duration(minutes=self.duration_min)


class Avoidance(Record, frozen=True, kw_only=True):
    """A manoeuvre to avoid another object."""

    object: Text
    day: Day = msgspec.field(name="date")
    manoeuvre: Instant | None = None
    close_pass: Instant | None = None

    def __post_init__(self) -> None:
        _mark(self, "manoeuvre", True)
        _mark(self, "close_pass", True)


class Plan(Record, frozen=True, kw_only=True):
    """What was said about something to come.

    Attributes:
        what: The thing planned.
        text: What was said.
        stated: When; `None` where no source dates the statement.
        due: When it was to happen, as far as a date was said: the first day, month or instant.
        due_until: The last day or month of that, where it was said as a span.
        until: When it was overtaken by another statement or by the event; `None`: it still stood at the as-of date.
        mission: The mission it is about, if it has a record.
    """

    what: Text
    text: Text
    stated: Day | None = None
    due: Day | None = None
    due_until: Day | None = None
    until: Day | None = None
    mission: Text | None = None


class PartnerStep(Record, frozen=True, kw_only=True):
    """One step of the international programme."""

    day: Day = msgspec.field(name="date")
    text: Text


class Lesson(Record, frozen=True, kw_only=True):
    """A lesson given from orbit; `start` is `None` where only its day is known."""

    number: Count
    day: Day = msgspec.field(name="date")
    start: Instant | None = None
    duration_min: Count | None = None
    place: Text | None = None
    audience: Text | None = None

    @property
    def duration(self) -> Duration:
        """As published."""
        return Duration(minutes=self.duration_min)


class Fact(Record, frozen=True, kw_only=True):
    """Something known about a mission or, without one, about the station, from the day `known_from` on."""

    topic: Topic
    title: Text
    text: Text
    known_from: Day
    mission: Text | None = None


class Suit(Record, frozen=True, kw_only=True):
    """Something known about the space suits."""

    text: Text
    known_from: Day | None = None


class SelectionGroup(Record, frozen=True, kw_only=True):
    """A group of astronauts selected together."""

    group: Count
    year: Count
    size: Count
    makeup: Text


class Signatory(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who signed; spellings differ between translations."""

    name: Text
    title: Text
    spelling_variants: tuple[Text, ...] = ()


class Agreement(Record, frozen=True, kw_only=True):
    """The agreement the international programme began with."""

    day: Day = msgspec.field(name="date")
    title: Text
    title_zh: Text
    parties: tuple[Text, ...]
    place: Text
    witness: Text
    signatories: tuple[Signatory, ...]
    ceremony: Instant
    ceremony_note: Text


class Assignment(Record, frozen=True, kw_only=True):
    """The flight the candidates prepare for, as far as it is known; `prime_named`: whether it is said who flies."""

    mission: Text
    prime_named: bool = False
    note: Text
    stay: Text
    known_from: Day | None = None


class Candidate(Record, frozen=True, kw_only=True):
    """Someone selected to fly; `flown` holds until `flown_as_of`."""

    name: Text
    name_zh: Text
    nationality: Text
    birth: Day | None = None
    role: Text
    service: Text
    mission: Text
    flown: bool = False
    flown_as_of: DayText
    known_from: Day | None = None


class Payload(Record, frozen=True, kw_only=True):
    """An experiment or satellite of a partner."""

    name: Text
    country: Text
    status: Text
    known_from: Day | None = None


class CheckedClaim(Record, frozen=True, kw_only=True):
    """A claim of the news article the project started from, checked.

    Attributes:
        number: Its place in the article.
        claim: As the article has it.
        verdict: What the check found.
        corrected: As it is right.
        caveat: What else to know.
        measured: What measurements say.
        view: The view that shows it.
        see: The instant to go to.
        known_from: The day or instant from which the corrected form is known.
    """

    number: Count
    claim: Text
    verdict: Text
    corrected: Text
    caveat: Text | None = None
    measured: Text | None = None
    view: Text
    see: PartialDate
    known_from: PartialDate | None = None


class CrewMember(msgspec.Struct, frozen=True, kw_only=True):
    """Someone on one flight to the station. Clocks are functions of the instant, so one object serves all of them.

    Attributes:
        person: Who; name, Chinese name, nationality.
        role: As on this flight; `role_unverified` where no source titles it.
        flight_number: Which of that person's flights it is, those before the station included.
        mission: The mission they went up with; the ship of the same name is `ship_up`.
        ship_down: The ship they came home in, not always the one they went up in; `None`: not home yet.
        launch: When they left the ground.
        dock: When they reached the station.
        undock: PartialDate `ship_down` left it.
        landing: When they were back.
        earlier_s: Seconds in space on all flights before this one.
        origin: "user" when the mission comes from a person's own file.
    """

    person: Person
    role: str
    role_unverified: bool
    flight_number: int | None
    mission: str
    ship_down: str | None
    launch: PartialDate
    dock: PartialDate | None
    undock: PartialDate | None
    landing: PartialDate | None
    earlier_s: float
    origin: Origin

    @property
    def name(self) -> str:
        """The name in Latin letters."""
        return self.person.name

    @property
    def name_zh(self) -> str:
        """The name in Chinese."""
        return self.person.name_zh

    @property
    def nationality(self) -> str:
        """The nationality as published."""
        return self.person.nationality

    @property
    def ship_up(self) -> str:
        """The ship they went up in; it has its mission's name."""
        return self.mission

    def mission_seconds(self, unix_s: float) -> float:
        """Seconds since launch, at most until landing; 0 before."""
        until_s = unix_s if self.landing is None else min(unix_s, self.landing.unix_s)
        return max(0.0, until_s - self.launch.unix_s)

    def mission_days(self, unix_s: float) -> float:
        """The mission clock in days."""
        return self.mission_seconds(unix_s) / DAY_S

    def career_seconds(self, unix_s: float) -> float:
        """Seconds in space in all: every flight before this one, and this one so far."""
        return self.earlier_s + self.mission_seconds(unix_s)

    def leg(self, unix_s: float) -> Leg | None:
        """Where they are on this flight; `None` before launch and after landing."""
        if unix_s < self.launch.unix_s or (self.landing is not None and unix_s >= self.landing.unix_s):
            return None
        if self.dock is None or unix_s < self.dock.unix_s:
            return "going up"
        return "aboard" if self.undock is None or unix_s < self.undock.unix_s else "coming home"


class RecordFall(msgspec.Struct, frozen=True, kw_only=True):
    """The instant at which a walk under way became longer than the world's record."""

    unix_s: float
    text: str
    spacewalk: Spacewalk
    previous: RecordMark


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened, or is planned.

    Attributes:
        unix_s: PartialDate; the start of the day or month where no more is known.
        until_s: The end of that span; equal to `unix_s` for an instant.
        precision: How fine the time is: a day has no hour and must not be shown with one.
        kind: What sort of thing.
        phrase: One line in the present tense, like "Shenzhou-19 docks at Tianhe forward"; `title` is it in the reader's
            language.
        text: The time as the chronicle writes it.
        span: The time of what is not from the chronicle, as a phrase; `when` is it in the reader's language.
        missions: The missions concerned.
        people: The people concerned.
        spacewalk: The number of the walk concerned.
        certain: False where the time is approximate or its day in doubt.
        planned: True for what has not happened as far as known.
        sources: Where it was read.
        origin: "user" for what comes from a person's own file.
        since_s: Begin of the span, where `unix_s` is a date within it; None where it is `unix_s`.
    """

    unix_s: float
    until_s: float
    precision: Precision
    kind: EventKind
    phrase: Phrase
    text: str
    span: Phrase | None = None
    missions: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    spacewalk: int | None = None
    certain: bool = True
    planned: bool = False
    sources: tuple[Source, ...] = ()
    origin: Origin = "embedded"
    since_s: float | None = None

    def is_later(self, unix_s: float) -> bool | None:
        """Whether it comes after an instant; None where that lies in its span, so that nobody can say."""
        begin_s = self.unix_s if self.since_s is None else self.since_s
        return None if begin_s <= unix_s < self.until_s else self.unix_s > unix_s

    @property
    def title(self) -> str:
        """What happened, in the language of the reader; `phrase.english` is the same whatever that is."""
        return self.phrase.text

    @property
    def when(self) -> str:
        """The time as a reader sees it."""
        return self.text if self.span is None else self.span.text
