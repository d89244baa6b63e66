"""A style sheet that is parsed once: Textual reads all of it anew whenever a view is opened for the first time."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class LastingStylesheet(Stylesheet):
    """Textual's style sheet, parsing only what it has not parsed yet with the same theme."""

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take the theme's variables; the same ones leave what is parsed as it is."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse the sources that are new, or all of them after other variables have come."""
        self.parse()
