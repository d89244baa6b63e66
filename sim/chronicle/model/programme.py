"""The international programme and the claims the project started from; decoded when a view asks for them."""

# Without `from __future__ import annotations`, see `sim.chronicle.model.record`.

from typing import Annotated, TypeAlias

import msgspec

from sim.chronicle.dates import Day, Instant, PartialDate
from sim.chronicle.model.record import Count, Record, Text

DayText: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d$")]


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
