"""The base of panels that show one pass and are drawn only when their picture changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Size

from sim.language import _, language
from tui.drawing.styled_text import Line, Run
from tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Hashable

    from tui.session.frame import Frame
    from tui.sky.pass_geometry import PassScene


JOINT = " · "
"""Between two parts of a title."""

STRIPE = "╱ "
"""Before a line of a rehearsal."""

_STRIPED_FROM = 24
"""Cells of a panel that has room for stripes."""


class PassPanel(Panel):
    """A panel that shows one pass.

    The theatre has ten frames a second, so a panel is drawn only when `scene_key` changes.

    Attributes:
        scene: The pass; `None` while there is none.
        on_stage: Whether it belongs to the theatre, where whatever is not live is marked as a rehearsal.
    """

    on_stage = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.scene: PassScene | None = None
        self._drawn_key: Hashable = None
        self._measured = (Size(0, 0), Size(0, 0))

    def set_scene(self, scene: PassScene | None) -> None:
        """Set the pass to be shown from the next frame on."""
        self.scene = scene

    def scene_key(self, frame: Frame, scene: PassScene) -> Hashable:
        """What the picture depends on besides the pass and the size."""
        raise NotImplementedError  # abstract

    def draw_scene(self, frame: Frame, scene: PassScene, width: int, height: int) -> list[Line]:
        raise NotImplementedError  # abstract

    @property
    def content_area(self) -> Size:
        """`content_size`, computed only when the outer size changes, since it costs more than a frame."""
        if self._measured[0] != self.outer_size:
            self._measured = (self.outer_size, self.content_size)
        return self._measured[1]

    def show(self, frame: Frame) -> None:
        """Draw the frame if the key has changed."""
        key: Hashable = None
        if self.scene is not None:
            key = (language(), self.scene, self.outer_size, frame.clock.live, self.scene_key(frame, self.scene))
        if key is not None and key == self._drawn_key:
            self.newest = frame
            return
        self._drawn_key = key
        super().show(frame)
        self.set_captions(*self._titles(frame))  # `Panel.show` sets none before the panel has a size

    def _titles(self, frame: Frame) -> tuple[str, str]:
        upper, lower = super()._titles(frame)
        return (self.rehearsal_mark(frame) + upper).removesuffix(JOINT), lower

    def rehearsal_mark(self, frame: Frame) -> str:
        """`rehearsal · `, before the title of a panel in the theatre; empty where what it shows is live."""
        return _("rehearsal") + JOINT if self.on_stage and not frame.clock.live else ""

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The picture of the pass, or a line that there is none."""
        if self.scene is None:
            return [(Run(_("no pass selected"), "dim"),)]
        return self.draw_scene(frame, self.scene, width, height)


class StripedPassPanel(PassPanel):
    """A panel of text in the theatre: a stripe before every line of a rehearsal, so that none is taken for real."""

    on_stage = True

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The lines, in a rehearsal behind stripes."""
        if self.scene is None or frame.clock.live or width < _STRIPED_FROM:
            return super().draw(frame, width, height)
        lines = super().draw(frame, width - len(STRIPE), height)
        return [(Run(STRIPE, "caution"), *line) for line in lines]
