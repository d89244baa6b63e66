"""The dashboard as plain text for screen readers: one command a line, and nothing is printed without a command.

It uses the same clock, orbit and chronicle as the panels.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from sim.clock import Stops
from sim.constants import DAY_S
from sim.errors import TiangongError
from sim.language import N_, _
from sim.language.lists import comma_list
from sim.orbit.space_object import object_of
from sim.places.timezones import zone_of
from sim.status import status_at
from sim.time import duration_text, iso_z, parse_instant
from tui.cli.output.pass_report import pass_lines
from tui.cli.output.story_text import story_lines
from tui.cli.output.text_report import crew_lines, flying_lines, movement_lines, ports_lines, status_lines
from tui.cli.plain_facts import (
    event_sentences,
    mission_sentences,
    orbit_sentences,
    partner_sentences,
    person_sentences,
    record_sentences,
)
from tui.wording import quantities

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import tzinfo
    from typing import TextIO

    from sim.chronicle import Chronicle
    from sim.passes.model import Pass
    from sim.status import Status
    from tui.session.session import Session

PROMPT = "tiangong> "

HELP = N_(
    """\
status              everything at the instant (also: an empty line)
crew, ports, walks  parts of it
orbit               height and shape of the orbit, in sentences
missions, partners  flights and plans; the international programme
events, records     what happened around the instant; who holds which record
person [NAME]       one of the people, or the names of all
next, previous      go to the next or previous event
pass, passes        go to the next pass over the place; list those of three days
go DATE             go to an instant: 2024-12-17T08:00Z, 17 Dec 2024, now, +90m, -2d
now                 back to now, live
story [NAME]        list the stories; print one with its sources
place NAME          choose the place: a city, or coordinates
pause, run          pause the clock; run on at 1x
help                this text
quit                end"""
)


class PlainDashboard:
    """Answers one command at a time."""

    def __init__(self, session: Session, out: TextIO) -> None:
        self._session = session
        self._out = out
        self._commands: dict[str, Callable[[str], Iterable[str]]] = {
            "status": lambda _rest: status_lines(self._snapshot(), self._session.place),
            "crew": lambda _rest: self._of_station(N_("crew"), lambda book, unix_s: crew_lines(book.at(unix_s))),
            "ports": lambda _rest: self._of_station(N_("port"), _ports),
            "walks": lambda _rest: self._of_station(N_("spacewalk"), _walks),
            "orbit": lambda _rest: orbit_sentences(self._snapshot()),
            "missions": lambda _rest: self._of_station(N_("mission"), mission_sentences),
            "partners": lambda _rest: self._of_station(N_("partner"), partner_sentences),
            "records": lambda _rest: self._of_station(N_("record"), record_sentences),
            "events": self._events,
            "person": self._person,
            "next": lambda _rest: self._event(1),
            "previous": lambda _rest: self._event(-1),
            "pass": self._next_pass,
            "passes": self._passes,
            "go": self._go,
            "now": self._now,
            "place": self._place,
            "story": self._story,
            "pause": self._pause,
            "run": self._run,
            "help": lambda _rest: _(HELP).splitlines(),
        }

    def answer(self, line: str) -> bool:
        """Run a line; false if it was the last one."""
        word, _blank, rest = line.strip().partition(" ")
        word = word.lower() or "status"
        if word in {"quit", "exit", "q"}:
            return False
        near = [name for name in self._commands if name.startswith(word)]
        command = self._commands.get(word) or (self._commands[near[0]] if len(near) == 1 else None)
        if command is None:
            self._say([_("“{word}” is not a command; help lists them").format(word=word)])
            return True
        try:
            self._say(command(rest.strip()))
        except TiangongError as problem:
            self._say([str(problem)])
        return True

    def _say(self, lines: Iterable[str]) -> None:
        for line in lines:
            print(line, file=self._out)
        self._out.flush()

    def _snapshot(self) -> Status:
        session, clock = self._session, self._session.clock
        return status_at(session.orbit, session.chronicle, clock.now(), now_unix_s=clock.wall_unix_s())

    def _of_station(self, what: str, tell: Callable[[Chronicle, float], Iterable[str]]) -> Iterable[str]:
        """Sentences about the station at the instant; of another object, why there are none."""
        unix_s = self._session.clock.now()
        about = object_of(self._session.orbit.elements(unix_s))
        if about.is_station:
            return tell(self._session.chronicle, unix_s)
        text = _("there is no {what} data for {object}: the chronicle is that of Tiangong")
        return [text.format(what=_(what), object=about.label)]

    def _events(self, _rest: str) -> Iterable[str]:
        return self._of_station(N_("event"), lambda _book, unix_s: event_sentences(self._session.events, unix_s))

    def _person(self, name: str) -> Iterable[str]:
        return self._of_station(N_("crew"), lambda book, unix_s: person_sentences(book, unix_s, name))

    def _event(self, direction: int) -> Iterable[str]:
        clock, events = self._session.clock, self._session.events
        event = events.next(clock.now()) if direction > 0 else events.before(clock.now() - 2.0)
        if event is None:
            return [_("no further event is known")]
        clock.seek(event.unix_s)
        return [_("{time}: {event}").format(time=event.text, event=_(event.title))]

    def _next_pass(self, _rest: str) -> Iterable[str]:
        clock = self._session.clock
        now = clock.now()
        coming = [p for p in self._session.passes_between(now, now + 10 * DAY_S) if p.rise.unix_s > now]
        if not coming:
            return [_("no pass over {place} within ten days").format(place=self._session.place.name)]
        if not coming[0].time_known:
            return self._pass_lines(coming[:1])
        clock.seek(coming[0].rise.unix_s)
        return [_("gone to {instant}").format(instant=iso_z(coming[0].rise.unix_s)), *self._pass_lines(coming[:1])]

    def _passes(self, _rest: str) -> Iterable[str]:
        now = self._session.clock.now()
        return self._pass_lines(self._session.passes_between(now, now + 3 * DAY_S))

    def _pass_lines(self, passes: list[Pass]) -> Iterable[str]:
        session = self._session
        before = session.orbit.provenance(session.clock.now()).age_days < 0.0
        return pass_lines(passes, session.place, threshold_deg=session.least_elevation_deg, unknown_before=before)

    def _go(self, text: str) -> Iterable[str]:
        clock = self._session.clock
        if text.lower() in {"", "now"}:
            return self._now("")
        stops = clock.stops
        clock.seek(parse_instant(text, now_unix_s=clock.now(), zone=self._zone()))
        return [_("gone to {instant}").format(instant=iso_z(clock.now())), *self.held_since(stops)]

    def held_since(self, stops: Stops) -> list[str]:
        """Why the clock does not show the instant that was asked for, if it was held after so many stops."""
        clock = self._session.clock
        return [] if clock.stops == stops else [quantities.clock_limit_text(clock.stops)]

    def _zone(self) -> tzinfo:
        """Zone of times that name none: UTC, or the one chosen with `--zone`."""
        return zone_of(self._session.place) if self._session.zone else UTC

    def _now(self, _rest: str) -> Iterable[str]:
        self._session.clock.go_live()
        return [_("live, {instant}").format(instant=iso_z(self._session.clock.now()))]

    def _place(self, name: str) -> Iterable[str]:
        from sim.places.gazetteer import find_place

        if name:
            self._session.stand_at(find_place(name))
        place = self._session.place
        text = _("{place}, {latitude:.4f} north, {longitude:.4f} east")
        return [text.format(place=place.name, latitude=place.latitude_deg, longitude=place.longitude_deg)]

    def _story(self, name: str) -> Iterable[str]:
        from sim.stories.library import covers, find_story

        if name:
            return story_lines(find_story(name, self._session.chronicle))
        text = _("{name}: {title}. {summary}")
        return [text.format(name=one.name, title=_(one.title), summary=_(one.summary)) for one in covers()]

    def _pause(self, _rest: str) -> Iterable[str]:
        self._session.clock.pause()
        return [_("paused at {instant}").format(instant=iso_z(self._session.clock.now()))]

    def _run(self, _rest: str) -> Iterable[str]:
        self._session.clock.set_rate(1.0)
        return [_("running from {instant}").format(instant=iso_z(self._session.clock.now()))]


def _ports(book: Chronicle, unix_s: float) -> Iterable[str]:
    facts = book.at(unix_s)
    return [*ports_lines(facts), *flying_lines(facts), *movement_lines(book, unix_s)]


def _walks(book: Chronicle, unix_s: float) -> Iterable[str]:
    over = [walk for walk in book.spacewalks if walk.over_unix_s <= unix_s]
    for walk in over:
        yield _("{number}: {day}, {mission}, {length} hours, {names}").format(
            number=walk.number,
            day=walk.day.date,
            mission=_(walk.mission),
            length=walk.duration.text,
            names=comma_list(map(_, walk.outside)) or _("names not found"),
        )
    under_way = book.at(unix_s).spacewalk
    if under_way is not None:
        text = _("spacewalk {number} is under way for {span}")
        yield text.format(number=under_way.spacewalk.number, span=duration_text(under_way.elapsed_s))
    if not over and under_way is None:
        yield _("no spacewalk yet")


def run(session: Session, lines: TextIO, out: TextIO) -> int:
    """Print the status and how to get help, then answer line after line until quit or the end of the input."""
    dashboard = PlainDashboard(session, out)
    for line in dashboard.held_since(Stops()):  # before an instant that nobody asked for
        print(line, file=out)
    dashboard.answer("status")
    print("", _("Type help and Enter for the commands, quit to end."), sep="\n", file=out)
    while True:
        print(PROMPT, end="", file=out, flush=True)
        line = lines.readline()
        if not line or not dashboard.answer(line):
            print(file=out)
            return 0
