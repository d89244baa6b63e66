"""The embedded stories against the chronicle: what they say of an event is what its record says."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

import seeds
from sim.chronicle import embedded_chronicle
from sim.constants import DAY_S
from sim.sanitize import clean
from sim.stories.library import NAMES, covers, embedded_story
from sim.stories.model import Step, Story, ViewName
from tui.config import settings

BOOK = embedded_chronicle()
STORIES = [embedded_story(name, BOOK) for name in NAMES]
STEPS = [pytest.param(step, id=f"{story.name}-{step.key}") for story in STORIES for step in story.steps]

_DAY = re.compile(r"\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December)"
                  r" (\d{4})\b")  # fmt: skip
NO_CREW = {
    "Astronaut Center", "United Nations", "United States", "Long March", "Yang Liwei",
}  # fmt: skip
"""Names in captions that are not of crews, candidates or signatories."""

_TIME = re.compile(r"\b(\d\d:\d\d)(?= UTC| to \d\d:\d\d UTC)")
_LENGTH = re.compile(r"\b(\d+) hours (\d+) minutes\b")
_DAYS = re.compile(r"\b(\d+) days\b")


def known_days(step: Step) -> set[str]:
    """Every day that a record of the chronicle names, UTC, and those on which the sources of the step came out."""
    days = {source.published for sentence in step.sentences for source in sentence.sources if source.published}
    for event in BOOK.events.events:
        if event.precision in {"second", "minute", "day"}:
            days.add(event.text[:10])
    for plan in BOOK.plans:
        days.update(date.text[:10] for date in (plan.stated, plan.due) if date is not None)
    days.update(mark.date.text for mark in BOOK.records if mark.date is not None)
    return days | {edge.date for edge in BOOK.as_of.values()}


def minutes_of(day: datetime) -> set[str]:
    """The minutes of that UTC day at which the chronicle has something."""
    texts = [event.text for event in BOOK.events.events]
    texts += [walk.second_out.text for walk in BOOK.spacewalks if walk.second_out is not None]
    texts += [item.close_pass.text for item in BOOK.avoidances if item.close_pass is not None]
    texts.append(BOOK.agreement.ceremony.text)
    return {text[11:16] for text in texts if len(text) > 10 and text.startswith(f"{day:%Y-%m-%d}")}


def named_days(step: Step) -> list[datetime]:
    return [datetime.strptime(" ".join(found), "%d %B %Y").replace(tzinfo=UTC) for found in _DAY.findall(step.text)]


@pytest.mark.parametrize("step", STEPS)
def test_days_of_a_caption_are_those_of_records(step: Step) -> None:
    for day in named_days(step):
        assert f"{day:%Y-%m-%d}" in known_days(step)


@pytest.mark.parametrize("step", STEPS)
def test_times_of_a_caption_are_minutes_of_records_of_its_days(step: Step) -> None:
    own = [] if step.unix_s is None else [datetime.fromtimestamp(step.unix_s, UTC)]
    minutes = {minute for day in (*named_days(step), *own) for minute in minutes_of(day)}
    for time in _TIME.findall(step.text):
        assert time in minutes


@pytest.mark.parametrize("step", STEPS)
def test_step_that_tells_of_an_event_names_its_day_or_follows_one_that_did(step: Step) -> None:
    """A caption that names days names one that lies within a day of the event the clock is put to."""
    if step.event and step.unix_s is not None and (days := named_days(step)):
        event = next(event for event in BOOK.events.events if event.title == step.event)
        assert any(-DAY_S <= day.timestamp() - event.unix_s <= DAY_S for day in days), step.event
        assert abs(step.unix_s - event.unix_s) < DAY_S


def test_lengths_of_captions_are_those_of_spacewalks_and_records() -> None:
    lengths = {walk.duration_min for walk in BOOK.spacewalks} | {mark.duration_min for mark in BOOK.records}
    found = [int(h) * 60 + int(m) for story in STORIES for step in story.steps for h, m in _LENGTH.findall(step.text)]
    assert len(found) == 3
    assert set(found) <= lengths


def test_days_in_space_of_captions_are_those_of_missions() -> None:
    flown = {
        round(seconds / DAY_S)
        for mission in BOOK.missions
        for seconds in (mission.duration_s, mission.crew_duration_s)
        if seconds is not None
    }
    notes = {
        int(number) for mission in BOOK.missions for note in mission.notes for number in re.findall(r"(\d+) days", note)
    }
    found = [int(days) for story in STORIES for step in story.steps for days in _DAYS.findall(step.text)]
    found = [days for days in found if days > 20]
    assert sorted(found) == [92, 204, 210, 270]
    assert set(found) <= flown | notes


def test_names_in_captions_are_people_of_the_chronicle() -> None:
    known = {person.name for person in BOOK.people} | {one.name for one in BOOK.candidates}
    known |= {holder for mark in BOOK.records for holder in mark.holders}
    known |= {person.name for person in BOOK.agreement.signatories}
    text = " ".join(step.text for story in STORIES for step in story.steps)
    found = (
        set(re.findall(r"\b(?!(?:In|When|The|For)\b)[A-Z][a-z]+(?: [A-Z][a-z]+)+\b(?!-)", _DAY.sub("", text))) - NO_CREW
    )
    assert len(found) >= 20
    assert found <= known


@pytest.mark.parametrize("story", STORIES, ids=NAMES)
def test_instants_of_a_story_go_forward(story: Story) -> None:
    instants = [step.unix_s for step in story.steps if step.unix_s is not None]
    assert instants == sorted(instants)
    for step in story.steps:
        assert step.until_s is None or (step.unix_s is not None and step.until_s > step.unix_s)


@pytest.mark.parametrize("step", STEPS)
def test_sources_of_a_step_have_titles_and_captions_fit_a_small_terminal(step: Step) -> None:
    assert all(source.title for sentence in step.sentences for source in sentence.sources)
    assert len(step.text) <= 78 * 3
    assert step.text == clean(step.text, limit=1000)


def test_played_step_takes_no_longer_than_a_minute_and_a_half() -> None:
    for story in STORIES:
        for step in story.steps:
            if step.unix_s is not None and step.until_s is not None:
                assert timedelta(seconds=(step.until_s - step.unix_s) / step.rate) <= timedelta(seconds=90)


def test_every_embedded_file_is_offered() -> None:
    files = {file.stem for file in (Path(seeds.__file__).parent / "stories").iterdir()}
    assert files == set(NAMES)
    assert [cover.name for cover in covers()] == list(NAMES)


def test_views_of_steps_are_those_of_the_dashboard() -> None:
    assert get_args(ViewName) == settings.VIEW_NAMES
