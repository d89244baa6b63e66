"""Optional packages: how to get them from where this program was installed from."""

from __future__ import annotations

from sim.errors import TiangongError
from sim.language import _

INSTALL = ".venv/bin/pip install '.[{extra}]'"
"""Names the checkout or wheel that is at hand. The distribution is on no index; its name there could be anybody's."""


def missing_extra(extra: str, what: str, problem: ModuleNotFoundError) -> TiangongError:
    """The error for a feature whose package is not installed.

    Args:
        extra: The extra in `pyproject.toml` that brings the package.
        what: The feature, such as "the browser".
        problem: The failed import, which names the package.
    """
    package = (problem.name or extra).partition(".")[0]
    text = _(
        "{what} needs one more package ({package}): in the folder of the program's sources, {command}; from a wheel, "
        "pip install 'FILE.whl[{extra}]'"
    )
    command = INSTALL.format(extra=extra)
    return TiangongError(text.format(what=_(what), package=package, command=command, extra=extra))
