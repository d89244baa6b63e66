"""The international programme at the instant: who flies and when, the agreement, Hong Kong and Macau, experiments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chronicle.knowledge import is_known, known_s
from sim.constants import DAY_S
from sim.language import _
from sim.language.lists import clauses
from sim.language.names import both_names, short_ship_name
from tui.drawing.styled_text import Line
from tui.widgets.selectable import ScrollingText
from tui.wording.facts import bullet, caption_line, heading, link, table_as_of_text
from tui.wording.partners import agreement_lines, flight_lines, flight_plans, known_candidates
from tui.wording.proof import Explained, explain_link

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from sim.chronicle.model.programme import Agreement
    from tui.session.frame import Frame

REGIONS = ("Hong Kong", "Macau", "Macao")


class PartnerStory(ScrollingText):
    """Sections to read from top to bottom."""

    station_only = True

    def border_titles(self, frame: Frame) -> tuple[str, str]:
        return _("⁷partners"), table_as_of_text(frame.chronicle, "partners", frame.unix_s)

    def content_key(self, frame: Frame) -> Hashable:
        """The day: nothing here is known to the hour."""
        return int(frame.unix_s // DAY_S)

    def content(self, frame: Frame, width: int) -> list[Line]:
        """What matters most first."""
        return [
            *flight_lines(frame.chronicle, frame.unix_s, width), *agreement_lines(frame.chronicle, frame.unix_s, width),
            *_regions(frame, width),
            *_payloads(frame, width), *explain_link(width),
        ]  # fmt: skip

    def explained(self, frame: Frame) -> list[Explained]:
        """Plans, people, the agreement, the regions' steps and the experiments, as far as they are known."""
        book, now_s = frame.chronicle, frame.unix_s
        facts = [
            Explained(
                _("planned: {text}").format(text=_(plan.text)), plan.proof, known_s(plan.stated), origin=plan.origin
            )
            for plan in flight_plans(book, now_s)
            if plan.stated is not None
        ]
        facts += [
            Explained(both_names(one.name, one.name_zh), one.proof, known_s(one.known_from), origin=one.origin)
            for one in known_candidates(book, now_s)
        ]
        if is_known(book.assignment.known_from, now_s) and known_candidates(book, now_s):
            stay = _("The flight: {text}").format(text=_(book.assignment.stay))
            facts.append(Explained(stay, book.assignment.proof, now_s))
        if is_known(book.agreement.day, now_s):
            facts.append(_agreement_explained(book.agreement))
        facts += [
            Explained(_(step.text), step.proof, known_s(step.day), action=f"screen.go({step.day.unix_s!r})")
            for step in book.partner_steps
            if is_known(step.day, now_s) and _is_regional(step.text)
        ]
        facts += [
            Explained(_(one.name), one.proof, now_s, origin=one.origin)
            for one in book.payloads
            if is_known(one.known_from, now_s)
        ]
        return facts


def _agreement_explained(agreement: Agreement) -> Explained:
    spellings = tuple(
        (_("also {name}").format(name=person.name.split()[-1]), ", ".join(person.spelling_variants))
        for person in agreement.signatories
        if person.spelling_variants
    )
    details = ((_("the hour"), _(agreement.ceremony_note)), (_("title"), agreement.title_zh), *spellings)
    action = f"screen.go({agreement.ceremony.unix_s!r})"
    return Explained(_("The agreement"), agreement.proof, known_s(agreement.day), details, action)


def _regions(frame: Frame, width: int) -> Iterator[Line]:
    """Hong Kong and Macau: the group they were selected in, the people, what they sent up."""
    book, now_s = frame.chronicle, frame.unix_s
    lines: list[Line] = []
    for step in book.partner_steps:
        if _is_regional(step.text) and is_known(step.day, now_s):
            lines += caption_line(step.day.text, _(step.text), width)
    for member in book.crew_members:
        if _is_regional(member.nationality) and member.launch.unix_s <= now_s:
            who = (both_names(member.name, member.name_zh), _(member.role), short_ship_name(member.mission))
            lines += link(clauses(who), f"screen.see({member.launch.unix_s!r}, 'crew', {member.name!r})", width)
    lines += _payload_lines(frame, width, regional=True)
    if lines:
        yield from heading(_("Hong Kong and Macau"))
        yield from lines


def _payloads(frame: Frame, width: int) -> Iterator[Line]:
    lines = list(_payload_lines(frame, width, regional=False))
    if lines:
        yield from heading(_("Experiments"))
        yield from lines


def _payload_lines(frame: Frame, width: int, *, regional: bool) -> Iterator[Line]:
    for payload in frame.chronicle.payloads:
        if _is_regional(payload.country) == regional and is_known(payload.known_from, frame.unix_s):
            yield from bullet(_(payload.name), width, "value", mark="")
            status = _("{country}: {status}").format(country=_(payload.country), status=_(payload.status))
            yield from bullet(status, width, mark="  ")


def _is_regional(text: str) -> bool:
    return any(region in text for region in REGIONS)
