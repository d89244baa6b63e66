"""The commands, one small module each: `parser()` says what it takes, `run(arguments)` does it."""

from __future__ import annotations

from sim.language import N_

DASHBOARD = "dashboard"
"""The module that runs when no command is named."""

COMMANDS: dict[str, str] = {
    "status": N_("the station at one instant"),
    "track": N_("the path below it as a table or for a map"),
    "passes": N_("when it can be seen from a place"),
    "look": N_("where to point, now or along a pass"),
    "transits": N_("when it crosses the Sun or the Moon"),
    "beta": N_("the Sun above the plane of its orbit"),
    "contacts": N_("when ground stations have it in view"),
    "eclipses": N_("when it flies through the Earth's shadow"),
    "crew": N_("who is aboard"),
    "ports": N_("what is docked where"),
    "missions": N_("every flight so far, and what is planned"),
    "spacewalks": N_("every spacewalk so far, and the records"),
    "events": N_("what happened around an instant, and what comes"),
    "altitude": N_("how high it flies, how it sinks, when it was raised"),
    "burns": N_("when it was raised or lowered"),
    "partners": N_("the international programme"),
    "opportunities": N_("when a ship could be launched to it"),
    "export": N_("the orbit for other programs: TLE, OMM, OEM"),
    "update": N_("fetch new elements and news now"),
    "snap": N_("one picture of a view"),
    "record": N_("a span of a view as an asciicast"),
    "serve": N_("the dashboard in a browser"),
    "facts": N_("check a file of your own facts"),
    "about": N_("versions, age of the elements, folders, terminal"),
    "help": N_("topics: quick start, keys, truth and errors, JSON, recipes"),
    "completions": N_("complete commands and options in bash, zsh and fish"),
    "man": N_("man pages of commands and topics"),
}
