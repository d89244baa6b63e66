"""The base of the theatre's panels: they know the pass that is watched, and draw only when what they show changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Size

from tui.drawing.styled_text import Line, Run
from tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Hashable

    from tui.session.frame import Frame
    from tui.sky.pass_geometry import PassScene


class PassPanel(Panel):
    """A panel about one pass; ten frames a second must cost next to nothing, so it says what its picture hangs on.

    Attributes:
        scene: The pass; `None` while there is none.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.scene: PassScene | None = None
        self._drawn_key: Hashable = None
        self._measured = (Size(0, 0), Size(0, 0))

    def set_scene(self, scene: PassScene | None) -> None:
        """Show another pass from the next frame on."""
        self.scene = scene

    def scene_key(self, frame: Frame, scene: PassScene) -> Hashable:
        """What the picture depends on beside the pass: while it stays the same nothing is drawn."""
        raise NotImplementedError  # abstract

    def draw_scene(self, frame: Frame, scene: PassScene, width: int, height: int) -> list[Line]:
        """Lines for a frame of the pass."""
        raise NotImplementedError  # abstract

    @property
    def content_area(self) -> Size:
        """The content's size; asking Textual for it anew each frame would cost more than the frame."""
        if self._measured[0] != self.outer_size:
            self._measured = (self.outer_size, self.content_size)
        return self._measured[1]

    def show(self, frame: Frame) -> None:
        """Draw if anything changed."""
        key = None if self.scene is None else (self.scene, self.outer_size, self.scene_key(frame, self.scene))
        if key is not None and key == self._drawn_key:
            self.newest = frame
            return
        self._drawn_key = key
        super().show(frame)
        self._put_titles(frame)  # also before the panel has a size: the title knows the pass from the start

    def draw(self, frame: Frame, width: int, height: int) -> list[Line]:
        """The picture of the pass, or that there is none."""
        if self.scene is None:
            return [(Run("no pass chosen", "dim"),)]
        return self.draw_scene(frame, self.scene, width, height)
