"""The commands, one small module each: `parser()` says what it takes, `run(arguments)` does it."""

from __future__ import annotations

DASHBOARD = "dashboard"
"""The module that runs when no command is named."""

COMMANDS: dict[str, str] = {
    "status": "the station at one instant",
    "track": "the path below it as a table or for a map",
    "passes": "when it can be seen from a place",
    "look": "where to point, now or along a pass",
    "transits": "when it crosses the Sun or the Moon",
    "beta": "the Sun above the plane of its orbit",
    "contacts": "when ground stations have it in view",
    "eclipses": "when it flies through the Earth's shadow",
    "crew": "who is aboard",
    "ports": "what is docked where",
    "missions": "every flight so far, and what is planned",
    "spacewalks": "every spacewalk so far, and the records",
    "events": "what happened around an instant, and what comes",
    "altitude": "how high it flies, how it sinks, when it was raised",
    "burns": "when it was raised or lowered",
    "partners": "the international programme",
    "opportunities": "when a ship could be launched to it",
    "export": "the orbit for other programs: TLE, OMM, OEM",
    "update": "fetch new elements and news now",
    "snap": "one picture of a view",
    "record": "a span of a view as an asciicast",
    "serve": "the dashboard in a browser",
    "facts": "check a file of your own facts",
    "about": "versions, age of the elements, folders, terminal",
    "help": "topics: quick start, keys, truth and errors, JSON, recipes",
    "completions": "complete commands and options in bash, zsh and fish",
    "man": "man pages of commands and topics",
}
