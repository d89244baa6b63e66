"""The base of every view: header above, keys below, and frames handed to whatever panels it holds."""

from __future__ import annotations

from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual.screen import Screen

from sim.language import _
from tui.config.river_state import RiverState
from tui.config.settings import Settings
from tui.widgets.header import Header
from tui.widgets.key_bar import KeyBar
from tui.widgets.panel import FrameScreen, Panel, Showing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

    from sim.passes.model import Pass
    from tui.config.last_screens import TableChoice
    from tui.session.frame import Frame
    from tui.widgets.river.widget import TimeRiver
    from tui.wording.proof import Explained


DIGITS = "¹²³⁴⁵⁶⁷"
"""Before the title of the first panel of a view."""


class ViewContext(msgspec.Struct, frozen=True):
    """What a view needs when it opens; everything later comes with the frames.

    Attributes:
        frame: The frame to begin with.
        settings: The settings at that time.
        plain_characters: Whether only characters are drawn that every terminal has.
        river: What was chosen for the river of time, which all views show.
        tables: How the tables of all views were left, by view and name; the views write theirs into it.
    """

    frame: Frame | None = None
    settings: Settings = Settings()
    plain_characters: bool = False
    river: RiverState = msgspec.field(default_factory=RiverState)
    tables: dict[str, TableChoice] = msgspec.field(default_factory=dict)


class View(FrameScreen, Screen[None], inherit_bindings=False):
    """One of the seven views. Subclasses compose their `body`; panels in it get every frame.

    A view asks for what it cannot do itself by the messages of `tui.messages`.
    """

    DEFAULT_CSS = """
    View #header, View #keybar, View #notice { height: 1; border: none; background: $panel; }
    View #header { dock: top; }
    View #notice { background: $error-muted; }
    View #keybar { dock: bottom; }
    View.-river #keybar { margin: 3 0 0 0; }
    """

    AUTO_FOCUS = ""  # nothing is lit until the keys are asked for

    SHAPES: ClassVar[tuple[tuple[str, str], ...]] = (
        (
            "-maximized-view",
            """
            View.-maximized-view {
                layout: vertical !important; hatch: right $panel; overflow-y: auto !important; align: center middle;
            }
            View.-maximized-view .-maximized {
                dock: initial !important;
                width: 100% !important; height: 100% !important; border: round $primary !important;
            }
            """,
        ),
    )
    """Classes of the view and the style rules for them, which are read when it first has one of these classes.

    Before the first picture every rule costs as much as drawing a line. Later ones come before earlier ones and before
    `DEFAULT_CSS`, as if they stood below each other, whichever are read first.
    """

    main_panel: ClassVar[str] = ""
    """The id of what `i` is about while no panel has the keys."""

    has_river = True
    """Whether the river of time runs along the bottom where there is room."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual's own form
        (0, "-narrow"),
        (100, "-normal"),
        (150, "-wide"),
        (220, "-huge"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (31, "-middle"), (42, "-tall")]  # noqa: RUF012

    def __init__(self, context: ViewContext | None = None) -> None:
        super().__init__()
        self.context = context or ViewContext()
        self._between = False
        self.river: TimeRiver | None = None

    @property
    def name_of_view(self) -> str:
        """Its name among the views, such as `crew`."""
        return type(self).__name__.removesuffix("View").lower()

    @property
    def fast(self) -> bool:
        """Whether the picture moves within a second also at natural pace."""
        return False

    @cached_property
    def own_keys(self) -> dict[str, str]:
        """The first key of each action that has other ones by the settings, as it is written in the footer."""
        if not self.context.settings.keys:
            return {}
        from textual.keys import format_key

        from tui.config.keymap import checked

        return {name: format_key(keys.split(",")[0]) for name, keys in checked(self.context.settings.keys).keys.items()}

    def compose(self) -> ComposeResult:
        """Header, body, keys; in the shape of this terminal and with a frame from the start."""
        width, height = self.app.size
        for extent, breakpoints in ((width, self.HORIZONTAL_BREAKPOINTS), (height, self.VERTICAL_BREAKPOINTS)):
            self.add_class(*[name for least, name in breakpoints if extent >= least][-1:], update=False)
        self.set_class(self.has_river and self.context.river.shown(width, height), "-river", update=False)
        self._read_shapes()
        self.newest = self.context.frame
        yield Panel(Header(), id="header")
        yield from self.body()
        yield Panel(KeyBar(self), id="keybar")

    def update_node_styles(self, animate: bool = True) -> None:
        """The classes have changed: style the view again, by the rules for the shape that it has now."""
        self._read_shapes()
        super().update_node_styles(animate)

    def _read_shapes(self) -> None:
        """Add the style rules of the view's classes; Textual parses those that are new."""
        for order, (names, css) in enumerate(self.SHAPES, 1):
            if not self.classes.isdisjoint(names.split()):
                self.app.stylesheet.add_source(css, is_default_css=True, tie_breaker=order)

    def body(self) -> ComposeResult:
        """What the view is about."""
        yield from ()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ignore keys until the widgets exist: a key may still be on its way from the view that was left."""
        return self.is_mounted

    @property
    def has_panels(self) -> bool:
        """Whether the panels exist: the view has been composed, and the program is not ending."""
        return self.is_mounted and self.is_attached

    def on_resize(self, event: events.Resize) -> None:
        """The river comes and goes with the room for it."""
        self.call_later(self.keep_river)

    def keep_river(self) -> None:
        """Show or hide the timeline by its state and the size of the terminal."""
        told = any(child.id == "caption" for child in self.children)  # a story takes the place of the river
        shown = self.has_river and not told and self.context.river.shown(*self.app.size)
        if shown == (self.river is not None) or not self.is_attached:  # the program may be ending already
            return
        if self.river is None and any(child.id == "river" for child in self.children):
            return  # the one before is still being removed; the next frame asks again
        self.set_class(shown, "-river")
        if self.river is not None:
            self.river.remove()
            self.river = None
        else:
            from tui.widgets.river.widget import TimeRiver

            self.river = TimeRiver(self.context.river, id="river")
            self.mount(self.river)

    def action_river(self) -> None:
        """The keys go to the river, which is shown if it was not; once more hides it."""
        state = self.context.river
        if not self.has_river:
            self.notify(_("there is no room for the river of time here"), timeout=2)
        elif self.river is not None and self.focused is self.river:
            state.wanted = False
            self.leave_river()
        else:
            state.wanted = True
        self.keep_river()
        if self.river is not None:
            self.set_focus(self.river, scroll_visible=False)
        elif state.wanted:
            self.notify(_("this terminal is too low for the river of time"), timeout=2)

    def leave_river(self) -> None:
        """The keys go to the view again."""
        self.set_focus(None)

    def show(self, frame: Frame) -> None:
        """Hand a frame to every panel of the view."""
        self.newest = frame
        self.keep_river()  # for the first time after the first picture, which leaves room for it
        for widget in self._showing():
            widget.show(frame)

    def carry_on(self, frame: Frame) -> None:
        """Draw a frame in which only time has passed.

        While time runs fast, figures would change more often than anybody reads them: every second frame moves only
        what the eye follows. All else that a person does, a pause above all, comes by `show` and is seen everywhere.
        """
        clock = frame.clock
        self._between = not (self._between or clock.paused or abs(clock.rate) <= 1.0)
        if not self._between:
            self.show(frame)
            return
        self.newest = frame
        for widget in self._showing():
            widget.glide(frame)

    def _showing(self) -> list[Showing]:
        """The widgets that take frames."""
        return [widget for widget in self.walk_children() if isinstance(widget, Showing)]

    # ── panels by keys ────────────────────────────────────────────────────────────────────────

    @property
    def panel_in_front(self) -> Panel | None:
        """The panel that has the keys, if one has."""
        return self.focused if isinstance(self.focused, Panel) else None

    def action_panel(self, step: int) -> None:
        """The keys go to the next panel (1) or the one before (-1), the river of time among them."""
        if step > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def action_move(self, step: int) -> None:
        """Move to the next link of the focused panel."""
        if self.panel_in_front is not None:
            self.panel_in_front.move_link(step)

    def action_enter(self) -> None:
        """Follow the link under the cursor."""
        if self.panel_in_front is not None:
            self.panel_in_front.follow_link()

    def action_back(self) -> None:
        """Make a panel small again, else leave it."""
        if self.maximized is not None:
            self.minimize()
        else:
            self.leave_river()

    def action_full(self) -> None:
        """The panel that has the keys fills the screen, or is small again."""
        panel = self.panel_in_front
        if panel is None and self.maximized is None:
            self.notify(_("Tab goes to a panel, f then makes it fill the screen"), timeout=2)
        else:
            self.fill(panel or self)

    def fill(self, widget: Widget) -> None:
        """Maximize a panel, or restore it."""
        if self.maximized is not None:
            self.minimize()
        else:
            self.maximize(widget, container=False)
            self.notify(_("f or Esc: back to the view"), timeout=2)
        if self.newest is not None:
            self.call_after_refresh(self.show, self.newest)

    def explained(self, frame: Frame) -> tuple[Sequence[Explained], str]:
        """The facts on the screen with their proof, and the action of the one under the cursor, if there is one."""
        return (), ""

    @property
    def panel_asked(self) -> Panel | None:
        """The panel that `i` is about: the one that has the keys, else the one under the mouse."""
        if self.panel_in_front is not None:
            return self.panel_in_front
        return self.app.mouse_over if isinstance(self.app.mouse_over, Panel) else None

    def action_explain(self) -> None:
        """Say what the panel shows, how it was found and what its signs mean; then where its facts were read."""
        frame = self.newest
        if frame is None:
            return
        from tui.views.dialogs.proof import ProofDialog

        tell = partial(self._pages, frame, self.panel_asked)
        pages, action = tell(), self.explained(frame)[1]
        if not pages:
            self.notify(_("What this view shows is computed: its elements and their age stand in the header."))
            return
        first = next((number for number, fact in enumerate(pages) if action and fact.action == action), 0)
        self.app.push_screen(ProofDialog(tell, frame.unix_s, frame.chronicle.events, first))

    def _pages(self, frame: Frame, panel: Panel | None) -> list[Explained]:
        """What is to be said about a panel, then the facts on the screen."""
        from tui.wording.panels import panel_explained

        name, title, text = (panel.id or "", panel.captions[0], panel.text) if panel else (self.main_panel, "", "")
        about = panel_explained(f"{self.name_of_view}.{name}", title.lstrip(DIGITS), text, frame.unix_s)
        return [*about, *self.explained(frame)[0]]

    def reveal(self, title: str) -> None:
        """Show what a search found, where the view has a place for it."""

    @property
    def selection(self) -> str:
        """What is selected, as a text for `select`; empty where nothing can be."""
        return ""

    def select(self, selection: str) -> None:
        """Select again what was selected, if it is still there."""

    @property
    def pass_shown(self) -> Pass | None:
        """The pass that an alarm is set on here."""
        return None

    def offers_alarm(self, frame: Frame) -> bool:
        """Not on a pass that has begun or is over by the real clock; pressed all the same, the key says so."""
        shown = self.pass_shown
        return shown is None or frame.clock.comes(shown)

    def action_alarm(self) -> None:
        """Set an alarm on the pass that is shown or selected, or cancel it."""
        from tui.messages import ToggleAlarm

        self.post_message(ToggleAlarm(self.pass_shown))

    def start_filter(self) -> bool:
        """Open the view's filter; false where it has nothing to filter."""
        return False


def open_view(name: str, context: ViewContext) -> View:
    """A new screen of a view, whose module is imported here.

    Args:
        name: One of `tui.config.settings.VIEW_NAMES`; the class is called after it, such as `StationView`.
        context: The first frame and the settings.
    """
    view: View = getattr(import_module(f"tui.views.{name}.view"), f"{name.capitalize()}View")(context)
    return view
