"""Keys typed in one burst stay in order, also where one of them opens or closes a prompt.

Those behind the key that opens a prompt belong to the prompt, and none of them to the view below.

Textual hands keys on to the widget that has the focus when they arrive, and the bindings are looked up when they have
bubbled up to the app: by then `/` has opened the prompt, and the letters after it would be keys of the app.

For Escape and a letter in one read a terminal sends the same as for the letter with Alt, which does nothing else here
unless the person gave it to an action. The letter goes behind Escape through all that handle keys, then to what is open
after it, and the keys that came since go behind the letter. Digits and signs stay as Textual reads them: Escape and `1`
is `¡`, Escape and `3` is `£`, as if a person had typed that sign, which stands on keyboards of many countries, and
Escape and `/` is `/` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from tui.widgets.steady_screen import SteadyScreen

if TYPE_CHECKING:
    from textual import events
    from textual.screen import Screen

    from tui.controls.host import AppHost
    from tui.messages import AfterEscape

LONGEST_HOLD_S = 0.5
"""For which keys wait for an Escape: the widget that had the focus may be gone before it says that it was handled."""

MOST_TRIES = 100
"""So many refreshes a prompt may take until its input has the focus."""


class TypedAhead:
    """Passes such letters to the input of the prompt, and keeps keys while an Escape is on its way."""

    def __init__(self, app: AppHost) -> None:
        self._app = app
        self._ahead = ""
        self._held: list[events.Key] | None = None

    def hold_all(self, letter: events.Key) -> AfterEscape:
        """Keep the letter behind an Escape, and all keys from now on, which came after it.

        Returns:
            The message to send behind the Escape: the app releases the keys by it.
        """
        from tui.messages import AfterEscape

        held = self._held = [letter]

        def say_late() -> None:
            self._app.post_message(AfterEscape(held))

        self._app.set_timer(LONGEST_HOLD_S, say_late)
        return AfterEscape(held)

    def hold(self, event: events.Key) -> bool:
        """Keep a new key while an Escape is on its way; false where none is, or the key has been passed on before."""
        if self._held is None or event.is_forwarded:
            return False
        self._held.append(event)
        return True

    def release(self, held: list[events.Key]) -> list[events.Key]:
        """The keys of a list in their order, and keep none any more.

        Nothing where they have been released before, and while the program ends, when there is no screen for them.
        """
        if self._held is not held or not self._app.screen_stack:
            return []
        self._held = None
        return held

    def take(self, event: events.Key) -> bool:
        """Store a key that has bubbled up to the app; false if it is not a character for a prompt."""
        letter = event.character
        screen = self._app.screen
        if not (event.is_printable and letter):
            return False
        if isinstance(self._app.focused, Input):
            self._app.focused.insert_text_at_cursor(self._ahead + letter)
            self._ahead = ""
            return True
        if not (isinstance(screen, SteadyScreen) and screen.takes_word):
            return False
        self._ahead += letter
        screen.call_after_refresh(self._flush, screen, MOST_TRIES)
        return True

    def _flush(self, screen: Screen[object], tries: int) -> None:
        """Insert what was typed as soon as there is an input; discard it where the prompt is closed."""
        if self._app.screen is not screen or not tries:
            self._ahead = ""
        elif isinstance(self._app.focused, Input) and self._ahead:
            self._app.focused.insert_text_at_cursor(self._ahead)
            self._ahead = ""
        elif self._ahead:
            screen.call_after_refresh(self._flush, screen, tries - 1)
