"""`tiangong man`: man pages of the commands, made from their parsers, and of the topics of the help."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import TiangongError
from sim.language import N_, _
from sim.language.lists import comma_list
from sim.sanitize import clean
from tui.cli.arguments import Parser
from tui.cli.commands import COMMANDS, DASHBOARD
from tui.reference.topics import TOPICS

if TYPE_CHECKING:
    import argparse

PROGRAM = "tiangong"
"""The page of the program itself."""

PURPOSE = N_("mission control for China's space station")

SECTION = 1


def parser() -> Parser:
    made = Parser(
        "man",
        _("Man pages: one for the program, one for each command, one for each topic of the help."),
        ["tiangong man | head", "tiangong man passes", "tiangong man --folder man1"],
        _(
            "tiangong man passes | man -l - shows a page. In a folder that man searches, such as "
            "~/.local/share/man/man1, man tiangong-passes finds it."
        ),
    )
    made.add_argument("page", nargs="?", help=_("a command or a topic; without one the page of the program"))
    made.add_argument("--folder", metavar="FOLDER", type=Path, help=_("write all pages into this folder instead"))
    return made


def run(arguments: argparse.Namespace) -> None:
    """Print a page, or write all of them.

    Raises:
        TiangongError: There is no such page, or the folder cannot be written to.
    """
    if arguments.folder is None:
        print(page(arguments.page or PROGRAM), end="")
        return
    if arguments.page is not None:
        parser().error(_("--folder writes all pages: leave the page away"))
    try:
        arguments.folder.mkdir(parents=True, exist_ok=True)
        for name in page_names():
            (arguments.folder / f"{file_stem(name)}.{SECTION}").write_text(page(name), "utf-8", newline="\n")
    except OSError as problem:
        raise TiangongError(
            _("{path} cannot be written: {reason}").format(path=arguments.folder, reason=problem.strerror)
        ) from None
    print(_("{count} pages in {folder}").format(count=len(page_names()), folder=arguments.folder))


def page_names() -> tuple[str, ...]:
    """The program, its commands, and the topics; where a command and a topic have one name, the page has both."""
    return tuple(dict.fromkeys((PROGRAM, *COMMANDS, *TOPICS)))


def file_stem(name: str) -> str:
    """The name under which `man` finds a page."""
    return PROGRAM if name == PROGRAM else f"{PROGRAM}-{name}"


def page(name: str) -> str:
    """The source of one page.

    Raises:
        TiangongError: There is no such page.
    """
    from tui.cli.commands.dashboard import program_version
    from tui.cli.commands.help import topic_in_force
    from tui.reference import roff

    if name not in page_names():
        raise TiangongError(
            _("there is no page “{name}”: there are {known}").format(
                name=clean(name, limit=30), known=comma_list(page_names())
            )
        )
    topic = topic_in_force(name) if name in TOPICS else None
    is_command = name == PROGRAM or name in COMMANDS
    purpose = PURPOSE if name == PROGRAM else COMMANDS.get(name)
    about = _(purpose) if purpose else topic.summary if topic else ""
    lines = [
        roff.title(file_stem(name), SECTION, program_version()),
        roff.heading(_("Name")),
        f"{roff.escaped(file_stem(name))} \\- {roff.escaped(about)}",
    ]
    if is_command:
        lines += _command_lines(import_module(f"tui.cli.commands.{DASHBOARD if name == PROGRAM else name}").parser())
    if topic is not None:
        lines += [] if is_command else [roff.heading(_("Description")), roff.flowing(topic.summary)]
        lines += roff.markdown_as_roff(topic.body)
    if name == PROGRAM:
        lines += _see_also()
    return roff.joined(lines)


def _command_lines(made: argparse.ArgumentParser) -> list[str]:
    """Usage, what it does, its arguments, and what its help says below them."""
    from tui.cli.parser_parts import sections_of
    from tui.reference import roff

    usage = " ".join(made.format_usage().removeprefix(_("usage: ")).split())
    lines = [roff.heading(_("Synopsis")), roff.escaped(usage)]
    lines += [roff.heading(_("Description")), roff.flowing(made.description or "")]
    for section in sections_of(made):
        lines.append(roff.heading(_(section.heading)))
        for action in section.actions:
            lines += [".TP", _words(action), roff.flowing((action.help or "") % vars(action)) or "\\&"]
    for part in (made.epilog or "").split("\n\n"):
        first, *rest = part.splitlines() or [""]
        if rest:
            lines += [roff.heading(first.rstrip(":：")), *roff.verbatim(line.strip() for line in rest)]
        elif first:
            lines += [roff.heading(_("Notes")), roff.flowing(first)]
    return lines


def _words(action: argparse.Action) -> str:
    """How an argument is written."""
    from tui.reference import roff

    value = action.metavar if isinstance(action.metavar, str) else None
    if value is None and action.choices is not None:
        value = f"{{{','.join(map(str, action.choices))}}}"
    if not action.option_strings:
        return f"\\fI{roff.escaped(value or action.dest)}\\fR"
    takes_value = action.nargs != 0
    options = ", ".join(f"\\fB{roff.escaped(option)}\\fR" for option in action.option_strings)
    return f"{options} \\fI{roff.escaped(value or action.dest.upper())}\\fR" if takes_value else options


def _see_also() -> list[str]:
    from tui.reference import roff

    pages = [f"\\fB{roff.escaped(file_stem(name))}\\fR({SECTION})" for name in page_names() if name != PROGRAM]
    return [roff.heading(_("See also")), ",\n".join(pages)]
