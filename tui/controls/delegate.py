"""Methods of the app that are a collaborator's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.controls.collaborators import Collaborators

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class HasCollaborators(Protocol):
    """An app made of collaborators."""

    controls: Collaborators


class Delegate(Generic[Parameters, Result]):
    """A method of the app that is a collaborator's: `action_pause = Delegate(lambda app: app.controls.time.pause)`.

    Args:
        target: Finds the method; called when the app's is asked for, so that nothing is imported before.
    """

    def __init__(self, target: Callable[[HasCollaborators], Callable[Parameters, Result]]) -> None:
        self._target = target

    def __get__(self, app: HasCollaborators, owner: type) -> Callable[Parameters, Result]:
        """The collaborator's method, bound to the collaborator."""
        return self._target(app)
