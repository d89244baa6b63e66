"""Records that only a view of their own asks for: partners, selection groups, suits. Loaded when that is opened."""

from __future__ import annotations

from sim.chronicle.dates import When, parse_when
from sim.chronicle.decode import Row, texts, when
from sim.chronicle.model import Origin, Proof
from sim.named_tuple import NamedTuple


class Suit(NamedTuple):
    """Something known about the space suits."""

    text: str
    known_from: When | None
    proof: Proof
    origin: Origin


class SelectionGroup(NamedTuple):
    """A group of astronauts selected together."""

    group: int
    year: int
    size: int
    makeup: str
    proof: Proof
    origin: Origin


class Signatory(NamedTuple):
    """Who signed; spellings differ between translations."""

    name: str
    title: str
    spelling_variants: tuple[str, ...]


class Agreement(NamedTuple):
    """The agreement the international programme began with."""

    day: When
    title: str
    title_zh: str
    parties: tuple[str, ...]
    place: str
    witness: str
    signatories: tuple[Signatory, ...]
    ceremony: When
    ceremony_note: str
    proof: Proof
    origin: Origin


class Assignment(NamedTuple):
    """The flight the candidates prepare for, as far as it is known; `prime_named`: whether it is said who flies."""

    mission: str
    prime_named: bool
    note: str
    stay: str
    known_from: When | None
    proof: Proof
    origin: Origin


class Candidate(NamedTuple):
    """Someone selected to fly; `flown` holds until `flown_as_of`."""

    name: str
    name_zh: str
    nationality: str
    birth: When | None
    role: str
    service: str
    mission: str
    flown: bool
    flown_as_of: str
    known_from: When | None
    proof: Proof
    origin: Origin


class Payload(NamedTuple):
    """An experiment or satellite of a partner."""

    name: str
    country: str
    status: str
    known_from: When | None
    proof: Proof
    origin: Origin


class CheckedClaim(NamedTuple):
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
        known_from: The day from which the corrected form is known.
    """

    number: int
    claim: str
    verdict: str
    corrected: str
    caveat: str | None
    measured: str | None
    view: str
    see: When
    known_from: When | None
    proof: Proof
    origin: Origin


def group(row: Row, proof: Proof, origin: Origin) -> SelectionGroup:
    """A selection group."""
    return SelectionGroup(row["group"], row["year"], row["size"], row["makeup"], proof, origin)


def suit(row: Row, proof: Proof, origin: Origin) -> Suit:
    """About the suits."""
    return Suit(row["text"], when(row, "known_from"), proof, origin)


def agreement(row: Row, proof: Proof, origin: Origin) -> Agreement:
    """The agreement."""
    signatories = tuple(
        Signatory(person["name"], person["title"], texts(person, "spelling_variants")) for person in row["signatories"]
    )
    return Agreement(
        parse_when(row["date"]), row["title"], row["title_zh"], texts(row, "parties"), row["place"], row["witness"],
        signatories, parse_when(row["ceremony"]), row["ceremony_note"], proof, origin,
    )  # fmt: skip


def assignment(row: Row, proof: Proof, origin: Origin) -> Assignment:
    """The flight the candidates prepare for."""
    return Assignment(
        row["mission"],
        row.get("prime_named") or False,
        row["note"],
        row["stay"],
        when(row, "known_from"),
        proof,
        origin,
    )


def candidate(row: Row, proof: Proof, origin: Origin) -> Candidate:
    """Someone selected."""
    return Candidate(
        row["name"], row["name_zh"], row["nationality"], when(row, "birth"), row["role"], row["service"],
        row["mission"], row.get("flown") or False, row["flown_as_of"], when(row, "known_from"), proof, origin,
    )  # fmt: skip


def payload(row: Row, proof: Proof, origin: Origin) -> Payload:
    """An experiment."""
    return Payload(row["name"], row["country"], row["status"], when(row, "known_from"), proof, origin)


def claim(row: Row, proof: Proof, origin: Origin) -> CheckedClaim:
    """A checked claim."""
    return CheckedClaim(
        row["number"], row["claim"], row["verdict"], row["corrected"], row.get("caveat"), row.get("measured"),
        row["view"], parse_when(row["see"]), when(row, "known_from"), proof, origin,
    )  # fmt: skip
