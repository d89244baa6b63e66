"""Messages to the app: views and background work post them, `tui.app.TiangongApp` handles them.

A view neither calls the app nor changes the session; it posts what a person asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from textual.message import Message

if TYPE_CHECKING:
    from textual.events import Key

    from sim.passes.model import Pass
    from sim.places.place import Place
    from sim.sources.refresh_report import RefreshReport
    from tui.config.state_file import Bookmark

Severity = Literal["information", "warning", "error"]


class Redraw(Message):
    """What a view shows has changed although no time has passed: draw a frame."""


class Seek(Message):
    """Move the clock to an instant; with `length_s`, play from there what is that long, in a few minutes."""

    def __init__(self, unix_s: float, length_s: float | None = None) -> None:
        super().__init__()
        self.unix_s = unix_s
        self.length_s = length_s


class OpenView(Message):
    """Open a view by name, at an instant if one is given, with the cursor on what `select` names."""

    def __init__(self, name: str, unix_s: float | None = None, select: str = "") -> None:
        super().__init__()
        self.name = name
        self.unix_s = unix_s
        self.select = select


class UsePlace(Message):
    """Be at another place from now on."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class FollowObject(Message):
    """Take the orbit of another object of the files of elements; `wanted` is its number, designator or name."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted = wanted


class WatchPass(Message):
    """Open the theatre for a pass.

    A live clock stays where it is, with a countdown to the pass, unless a rehearsal is asked for. A clock that is not
    live goes to a minute before the rise. A pass that is up is joined as it is.
    """

    def __init__(self, pass_: Pass, *, rehearse: bool = False) -> None:
        super().__init__()
        self.pass_ = pass_
        self.rehearse = rehearse


class ChooseTheme(Message):
    """Take a theme by its name, and keep the choice."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class ChooseLanguage(Message):
    """Write in a language, by its code, and keep the choice."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


class GoToBookmark(Message):
    """Go to a bookmark, with its view and selection."""

    def __init__(self, mark: Bookmark) -> None:
        super().__init__()
        self.mark = mark


class TellStory(Message):
    """Tell an embedded story, by its name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class ShowHelp(Message):
    """Open the help on a topic, by its name."""

    def __init__(self, topic: str) -> None:
        super().__init__()
        self.topic = topic


class ToggleAlarm(Message):
    """Set an alarm on a pass, or cancel it; `None` where the view has no pass to set it on."""

    def __init__(self, pass_: Pass | None) -> None:
        super().__init__()
        self.pass_ = pass_


class WatchPreviousPass(Message):
    """Search the pass whose set comes before an instant, and watch it."""

    def __init__(self, before_unix_s: float) -> None:
        super().__init__()
        self.before_unix_s = before_unix_s


class WatchLive(Message):
    """Set the clock to the real now; watch the pass given, or the next one if it is over by then."""

    def __init__(self, pass_: Pass) -> None:
        super().__init__()
        self.pass_ = pass_


class WatchedPassChanged(Message):
    """The theatre shows another pass; `None` when it closes: a rehearsal then returns to where it began."""

    def __init__(self, pass_: Pass | None) -> None:
        super().__init__()
        self.pass_ = pass_


class Notice(Message):
    """Show a line to the person for some seconds; `text` is not markup."""

    def __init__(
        self, text: str, *, title: str = "", severity: Severity = "information", timeout_s: float | None = None
    ) -> None:
        super().__init__()
        self.text = text
        self.title = title
        self.severity: Severity = severity
        self.timeout_s = timeout_s


class PassAlert(Message):
    """A pass worth seeing rises soon.

    Attributes:
        text: The alert in one line.
        bell: Ring the terminal's bell.
        escape_sequence: Asks the terminal to notify; empty where the person does not want that.
    """

    def __init__(self, text: str, *, bell: bool, escape_sequence: str = "") -> None:
        super().__init__()
        self.text = text
        self.bell = bell
        self.escape_sequence = escape_sequence


class UpdateStarted(Message):
    """A person asked for a refresh of the sources, and it begins."""


class UpdateProgress(Message):
    """One step of a refresh: the title of a source and what happens there."""

    def __init__(self, source: str, text: str) -> None:
        super().__init__()
        self.source = source
        self.text = text


class UpdateFinished(Message):
    """A refresh has ended, whether or not it brought anything."""

    def __init__(self, report: RefreshReport) -> None:
        super().__init__()
        self.report = report


class UpdateFailed(Message):
    """A refresh could not run, with the reason in one line."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class AfterEscape(Message):
    """The key Escape has been handled, behind which a letter came.

    Args:
        held: The letter, and the keys that came since.
    """

    def __init__(self, held: list[Key]) -> None:
        super().__init__()
        self.held = held
