"""Messages to the app: views and background work post them, `tui.app.TiangongApp` handles them.

A view neither calls the app nor changes the session; it posts what a person asked for.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Literal

from textual.message import Message

if TYPE_CHECKING:
    from textual.events import Key

    from sim.passes.model import Pass
    from sim.places.place import Place
    from sim.sources.refresh_report import RefreshReport
    from tui.config.state_file import Bookmark

Severity = Literal["information", "warning", "error"]


class Request(Message):
    """Something that a collaborator of the app does, see `tui.controls.requests`; `on_request` gets all of them."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.handler_name = "on_request"


class Redraw(Request):
    """What a view shows has changed although no time has passed: draw a frame."""


@dataclass
class Seek(Request):
    """Move the clock to an instant; with `length_s`, play from there what is that long, in a few minutes."""

    unix_s: float
    length_s: float | None = None


@dataclass
class OpenView(Request):
    """Open a view by name, at an instant if one is given, with the cursor on what `select` names."""

    name: str
    unix_s: float | None = None
    select: str = ""


@dataclass
class UsePlace(Request):
    """Be at another place from now on."""

    place: Place


@dataclass
class FollowObject(Request):
    """Take the orbit of another object of the files of elements; `wanted` is its number, designator or name."""

    wanted: str


@dataclass
class WatchPass(Request):
    """Open the theatre for a pass.

    A live clock stays where it is, with a countdown to the pass, unless a rehearsal is asked for. A clock that is not
    live goes to a minute before the rise. A pass that is up is joined as it is.
    """

    pass_: Pass
    _: KW_ONLY
    rehearse: bool = False


@dataclass
class WatchPreviousPass(Request):
    """Search the pass whose set comes before an instant, and watch it."""

    before_unix_s: float


@dataclass
class WatchLive(Request):
    """Set the clock to the real now; watch the pass given, or the next one if it is over by then."""

    pass_: Pass


@dataclass
class WatchedPassChanged(Request):
    """The theatre shows another pass; `None` when it closes: a rehearsal then returns to where it began."""

    pass_: Pass | None


@dataclass
class ToggleAlarm(Request):
    """Set an alarm on a pass, or cancel it; `None` where the view has no pass to set it on."""

    pass_: Pass | None


@dataclass
class ChooseTheme(Request):
    """Take a theme by its name, and keep the choice."""

    name: str


@dataclass
class ChooseLanguage(Request):
    """Write in a language, by its code, and keep the choice."""

    code: str


@dataclass
class GoToBookmark(Request):
    """Go to a bookmark, with its view and selection."""

    mark: Bookmark


@dataclass
class TellStory(Request):
    """Tell an embedded story, by its name."""

    name: str


@dataclass
class ShowHelp(Request):
    """Open the help on a topic, by its name."""

    topic: str


class UpdateStarted(Request):
    """A person asked for a refresh of the sources, and it begins."""


@dataclass
class UpdateProgress(Request):
    """One step of a refresh: the title of a source and what happens there."""

    source: str
    text: str


@dataclass
class UpdateFinished(Request):
    """A refresh has ended, whether or not it brought anything."""

    report: RefreshReport


@dataclass
class UpdateFailed(Request):
    """A refresh could not run, with the reason in one line."""

    text: str


@dataclass
class Notice(Message):
    """Show a line to the person for some seconds; `text` is not markup."""

    text: str
    _: KW_ONLY
    title: str = ""
    severity: Severity = "information"
    timeout_s: float | None = None


@dataclass
class PassAlert(Message):
    """A pass worth seeing rises soon.

    Attributes:
        text: The alert in one line.
        bell: Ring the terminal's bell.
        escape_sequence: Asks the terminal to notify; empty where the person does not want that.
    """

    text: str
    _: KW_ONLY
    bell: bool
    escape_sequence: str = ""


@dataclass
class AfterEscape(Message):
    """The key Escape has been handled; `held` are the letter that came behind it and the keys that came since."""

    held: list[Key]
