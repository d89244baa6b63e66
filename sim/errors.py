"""What can go wrong in a way the person at the keyboard should hear about: one clear line each."""

from __future__ import annotations


class TiangongError(Exception):
    """Base of every error whose message is meant to be shown as it stands."""


class TimeError(TiangongError):
    """A text that is not an instant, or an instant outside what can be computed."""


class ElementsError(TiangongError):
    """An element set or ephemeris that cannot be trusted."""


class OrbitError(TiangongError):
    """An orbit that has no answer at the instant asked for."""


class PlaceError(TiangongError):
    """An unknown place or impossible coordinates."""


class FactsError(TiangongError):
    """A record of the chronicle that contradicts itself or its schema."""


class FileFormatError(TiangongError):
    """A file that a person wrote and that cannot be read."""


class StoryError(TiangongError):
    """A story that cannot be told."""


class SourceError(TiangongError):
    """A service that could not be reached, or an answer that cannot be trusted."""


class SettingsError(TiangongError):
    """A settings file with a value that cannot be used."""


class LanguageError(TiangongError):
    """A language for which there is no catalogue."""


class HelpError(TiangongError):
    """A topic of the help that there is not."""
