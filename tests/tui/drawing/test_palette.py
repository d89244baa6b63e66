"""The palettes: complete, exact in fewer colours, distinct, readable."""

from __future__ import annotations

import pytest
from rich.color import Color, ColorSystem

from tui.map.palette import PALETTES, Role, palette


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("depth", ["truecolor", "256", "standard", "windows", None])
def test_palettes_colour_every_role(name: str, depth: str | None) -> None:
    colours = palette(name, depth).colours()
    assert len(colours) == len(Role)
    for colour in colours:
        assert not colour or Color.parse(colour)


@pytest.mark.parametrize(
    ("name", "depth", "system"),
    [
        *[(name, "256", ColorSystem.EIGHT_BIT) for name in ("dark", "light", "contrast", "grey")],
        *[(name, "truecolor", ColorSystem.TRUECOLOR) for name in ("dark", "light", "contrast", "grey", "red")],
    ],
)
def test_palette_fills_stay_distinct(name: str, depth: str, system: ColorSystem) -> None:
    colours = palette(name, depth).colours()[: Role.SPACE]
    shown_as = {Color.parse(colour).downgrade(system) for colour in colours}
    assert len(shown_as) == 10


@pytest.mark.parametrize("name", ["dark", "light", "contrast", "red"])
def test_palette_256_colours_are_exact(name: str) -> None:
    for colour in palette(name, "256").colours():
        shown_as = Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT)
        assert shown_as.get_truecolor().hex == colour


@pytest.mark.parametrize("name", ["dark", "light", "contrast", "red"])
def test_palette_16_colours_are_exact_and_separate_day_from_night(name: str) -> None:
    chosen = palette(name, "standard")
    assert len({chosen.sea[0], chosen.land[0]}) == 2
    assert chosen.land[0] != chosen.land[4]
    for colour in chosen.colours():
        shown_as = Color.parse(colour).downgrade(ColorSystem.STANDARD)
        assert shown_as.number is not None
        assert colour in {f"#{v[0]:02x}{v[1]:02x}{v[2]:02x}" for v in SIXTEEN}


SIXTEEN = [
    *[(r, g, b) for r in (0, 170) for g in (0, 170) for b in (0, 170) if (r, g, b) != (170, 170, 0)],
    (170, 85, 0),
    *[(r, g, b) for r in (85, 255) for g in (85, 255) for b in (85, 255)],
]


def luminance(colour: str) -> float:
    """Relative luminance of the W3C's contrast formula."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["dark", "light", "contrast", "grey"])
@pytest.mark.parametrize("depth", ["truecolor", "256"])
def test_palette_tracks_and_names_have_contrast_on_every_fill(name: str, depth: str) -> None:
    colours = palette(name, depth).colours()
    for fill in range(Role.SPACE):
        assert contrast(colours[Role.LABEL], colours[fill]) >= 3.0
        assert contrast(colours[Role.FUTURE], colours[fill]) >= 2.5
        assert contrast(colours[Role.PAST], colours[fill]) >= 2.0
    assert contrast(colours[Role.MARKER], colours[Role.MARKER_FILL]) >= 3.0


@pytest.mark.parametrize("name", ["dark", "light", "contrast", "grey", "red"])
def test_palette_night_is_darker_than_day(name: str) -> None:
    for depth in ("truecolor", "256"):
        chosen = palette(name, depth)
        for ramp in (chosen.sea, chosen.land):
            levels = [luminance(colour) for colour in ramp]
            assert levels == sorted(levels, reverse=True)
