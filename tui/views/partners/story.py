"""The international programme at the instant: the agreement, the three stages, who, what is known and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.constants import DAY_S
from tui.drawing.styled_text import Line, Run, wrap
from tui.widgets.selectable import ScrollingText
from tui.wording.facts import (
    as_of_text,
    bullet,
    caption_line,
    date_text,
    heading,
    link,
    short_mission_name,
    source_title,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from sim.chronicle import Chronicle, Proof
    from tui.session.frame import Frame

STAGES = {6: "selection", 7: "training", 8: "flight"}
"""The checked claims that tell the three stages, by their number in the article."""

FLIGHT = "Flight of a Pakistani astronaut to the station"
"""What the plans call it."""

REGIONS = ("Hong Kong", "Macau")


class PartnerStory(ScrollingText):
    """Sections to read from top to bottom."""

    caption = "story"

    def border_titles(self, frame: Frame) -> tuple[str, str]:
        """How far it is known."""
        as_of = frame.chronicle.as_of["partners"]
        return "⁷partners", as_of_text(as_of.date, certain=frame.unix_s < as_of.unix_s)

    def content_key(self, frame: Frame) -> Hashable:
        """The day: nothing here is known to the hour."""
        return int(frame.unix_s // DAY_S)

    def content(self, frame: Frame, width: int) -> list[Line]:
        """Everything, in the order it happened."""
        return [
            *_agreement(frame, width), *_stages(frame, width), *_candidates(frame, width),
            *_known(frame, width), *_regions(frame, width), *_payloads(frame, width),
        ]  # fmt: skip


def _sources(proof: Proof, width: int) -> Iterator[Line]:
    for words in (*proof.conflicts, *proof.unverified):
        yield from bullet(
            words, width, "caution", mark="≠ " if words in proof.conflicts else "? ", mark_style="caution"
        )
    for source in proof.sources:
        yield from bullet(source_title(source), width, "dim")


def _agreement(frame: Frame, width: int) -> Iterator[Line]:
    agreement = frame.chronicle.agreement
    yield (Run("The agreement", "accent"),)
    days = int((frame.unix_s - agreement.ceremony.unix_s) // DAY_S)
    if days < 0:
        yield from wrap(f"Still {-days} days ahead at the instant shown.", width, "caution")
    else:
        yield from wrap(f"Signed {days} days before the instant shown.", width)
    yield from link(f"signed {date_text(agreement.ceremony)}", f"screen.go({agreement.ceremony.unix_s!r})", width)
    yield from caption_line("title", agreement.title, width)
    yield from caption_line("", agreement.title_zh, width)
    for party in agreement.parties:
        yield from caption_line("between", party, width)
    yield from caption_line("where", f"{agreement.place} ({agreement.ceremony_note})", width)
    yield from caption_line("witness", agreement.witness, width)
    for person in agreement.signatories:
        yield from caption_line("signed by", f"{person.name}, {person.title}", width, "value")
        if person.spelling_variants:
            yield from caption_line("", f"also spelled {', '.join(person.spelling_variants)}", width, "dim")
    yield from _sources(agreement.proof, width)


def _stages(frame: Frame, width: int) -> Iterator[Line]:
    """Selection, training, flight: what became of each by the instant."""
    book = frame.chronicle
    yield from heading("Three stages")
    first = next((plan for plan in book.plans if plan.what == FLIGHT and "candidates" in plan.text), None)
    if first is not None:
        yield from wrap(
            f"As announced: {first.text} ({first.stated.text if first.stated else 'undated'}).", width, "dim"
        )
    for claim in book.claims:
        stage = STAGES.get(claim.number)
        if stage is None:
            continue
        if frame.unix_s < claim.see.unix_s:
            yield from caption_line(stage, f"ahead at the instant shown; told on {claim.see.date}", width, "dim")
        else:
            yield from caption_line(stage, claim.corrected, width, "caution" if stage == "flight" else "")
            yield from _sources(claim.proof, width)


def _candidates(frame: Frame, width: int) -> Iterator[Line]:
    book = frame.chronicle
    yield from heading("The two candidates")
    told = False
    for candidate in book.candidates:
        named = next((step for step in book.partner_steps if candidate.name in step.text), None)
        if named is not None and frame.unix_s < named.day.unix_s:
            yield from bullet(f"not named yet at the instant shown; named on {named.day.date}", width, "dim")
            continue
        told = True
        yield (Run(candidate.name, "value"),)
        yield from caption_line("", candidate.name_zh, width)
        yield from caption_line("", f"{candidate.service}; {candidate.role}", width)
        edge_s = book.as_of["partners"].unix_s
        flown = "has flown" if candidate.flown else f"not flown by {candidate.flown_as_of}"
        known = flown if frame.unix_s < edge_s else f"{flown}; what came after is not known here"
        yield from caption_line("flight", known, width, "caution")
    if told:
        yield from _sources(book.candidates[0].proof, width)


def _known(frame: Frame, width: int) -> Iterator[Line]:
    """What was planned as said by then, and what nobody had said."""
    book = frame.chronicle
    yield from heading("Known and not known")
    said = [plan for plan in book.plans if plan.what == FLIGHT and plan.stated and plan.stated.unix_s <= frame.unix_s]
    if not said:
        yield from wrap("No flight had been announced at the instant shown.", width, "dim")
        return
    for plan in said:
        stands = plan.until is None or frame.unix_s < plan.until.unix_s
        words = f"{plan.text}" if stands else f"{plan.text} (overtaken {plan.until.text if plan.until else ''})"
        assert plan.stated is not None  # noqa: S101 - taken for that above
        yield from caption_line(plan.stated.text, words, width, "caution" if stands else "dim")
        if stands:
            yield from bullet("planned, not done as far as known", width, "caution", mark="◇ ", mark_style="caution")
            yield from _sources(plan.proof, width)
    mission = book.missions_by_name.get(book.candidates[0].mission.split()[0]) if book.candidates else None
    if mission is None or mission.launch is not None:
        return
    yield from caption_line("ship", f"{mission.name} {mission.name_zh}, planned", width, "caution")
    for caption, fact in (("when", mission.planned_when), ("crew", mission.planned_crew)):
        if fact:
            yield from caption_line(caption, fact, width)
    as_of = book.as_of["partners"].date
    yield from caption_line(
        "not known", f"which of the two, the day, and whether it flew after {as_of}", width, "caution"
    )
    yield from _sources(mission.proof, width)


def _regions(frame: Frame, width: int) -> Iterator[Line]:
    """Hong Kong and Macau: the people, the group they were selected in, what they sent up."""
    book = frame.chronicle
    yield from heading("Hong Kong and Macau")
    for step in book.partner_steps:
        if _is_regional(step.text):
            later = frame.unix_s < step.day.unix_s
            yield from caption_line(
                step.day.text, ("later: " if later else "") + step.text, width, "dim" if later else ""
            )
            yield from _sources(step.proof, width)
    for member in book.crew_members:
        if _is_regional(member.nationality) and member.launch.unix_s <= frame.unix_s:
            words = f"{member.name} {member.name_zh}, {member.role}, {short_mission_name(member.mission)}"
            yield from link(words, f"screen.see({member.launch.unix_s!r}, 'crew', {member.name!r})", width)
    yield from _payload_lines(book, width, regional=True)


def _payloads(frame: Frame, width: int) -> Iterator[Line]:
    as_of = frame.chronicle.as_of["partners"].date
    yield from heading("Experiments")
    yield from wrap(f"As known on {as_of}.", width, "dim")
    yield from _payload_lines(frame.chronicle, width, regional=False)


def _payload_lines(book: Chronicle, width: int, *, regional: bool) -> Iterator[Line]:
    for payload in book.payloads:
        if _is_regional(payload.country) == regional:
            yield from bullet(payload.name, width, "value", mark="")
            yield from bullet(f"{payload.country}: {payload.status}", width, mark="  ")
            yield from source_titles(payload.proof, width)


def source_titles(proof: Proof, width: int) -> Iterable[Line]:
    """Where it was read, without the addresses."""
    return [line for source in proof.sources for line in bullet(source_title(source), width)]


def _is_regional(text: str) -> bool:
    return any(region in text for region in (*REGIONS, "Macao"))
