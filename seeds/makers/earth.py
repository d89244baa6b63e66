"""Make `seeds/earth.bin`: the Earth by day and by night, as small rasters that are read without an image library.

    python -m seeds.makers.earth DAY.png

The input is NASA's Blue Marble as a plate carrée of 1440 x 720 pixels with a palette (8 bit, not interlaced), from
180 W eastwards and from north to south. City lights come from the populations in `seeds/cities.tsv`, coasts from the
land squares in `seeds/land.bin`.

Every pixel is one byte: the number of a *ground*, which is a colour by day together with a colour by night (city
lights included). What a ground looks like while the Sun rises or sets is worked out here, so that a map of any size
is nothing but looking up ready colours. `tui.map.ground.earth` reads the file:

* the magic `TGEARTH1`, then chunks, each a little-endian uint32 length and that many bytes of zlib data;
* chunk 0: `LIGHT_STEPS` x `GROUNDS` colours of 3 bytes (red, green, blue), full day first, for true colour;
* chunk 1: the same as numbers of the 256-colour palette of xterm, one byte each, nearest by OKLab;
* chunks 2 and on: one raster for each of `WIDTHS`, narrowest first, one byte a pixel, half as high as wide.
"""

from __future__ import annotations

import struct
import sys
import zlib
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from seeds.makers.coast import chunk
from tui.map.daylight import LIGHT_ALTITUDES_DEG, LIGHT_STEPS

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]

FOLDER = Path(__file__).parent.parent
OUTPUT = FOLDER / "earth.bin"
MAGIC = b"TGEARTH1"

GROUNDS = 256
"""Room for pairs of a day and a night colour: as many as a byte can number."""

CHOSEN_GROUNDS = 96
"""Pairs that are used. More would show finer shades, and every further pair of colours in a picture of a terminal has
to be written and made: with 256 the first picture takes a twentieth longer."""

WIDTHS = (80, 100, 120, 150, 190, 240, 320, 480, 720, 1440)
"""Widths of the rasters; a map takes the narrowest one that is at least as fine as its pixels."""

LIGHTS_PER_PERSON = 3.0e-6
"""Scale of the city lights before they are compressed: a town of 300,000 in one square of a quarter of a degree."""

EXPOSURE = 1.9
AIRGLOW = np.array([0.0002, 0.0006, 0.0026])
"""The faint light of the air over all of the night."""

_STEP_DEG = 0.25


# -- the day ------------------------------------------------------------------------------------------------


def read_png(path: Path) -> npt.NDArray[np.uint8]:
    """The colours of an 8-bit palette PNG that is not interlaced, shape (height, width, 3)."""
    data = path.read_bytes()
    chunks: dict[bytes, bytes] = {}
    offset = 8
    while offset < len(data):
        length, kind = struct.unpack_from(">I4s", data, offset)
        chunks[kind] = chunks.get(kind, b"") + data[offset + 8 : offset + 8 + length]
        offset += 12 + length
    width, height, depth, colour_type, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    if (depth, colour_type, interlaced) != (8, 3, 0):
        raise ValueError(f"{path} is not an 8-bit palette PNG without interlacing")
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), dtype=np.uint8).reshape(height, width + 1)
    if rows[:, 0].any():
        raise ValueError(f"{path} has filtered rows; only rows without a filter are read")
    palette = np.frombuffer(chunks[b"PLTE"], dtype=np.uint8).reshape(-1, 3)
    return palette[rows[:, 1:]]


def linear(srgb: npt.ArrayLike) -> Array:
    """Light of sRGB values from 0 to 255, as a share of white."""
    share = np.asarray(srgb, dtype=float) / 255.0
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def developed(light: Array) -> Array:
    """The day a little brighter and more colourful than the satellite measured it: a cell is no photograph."""
    grey = (light @ np.array([0.2126, 0.7152, 0.0722]))[..., None]
    return np.asarray(np.clip(grey + 1.12 * (light - grey), 0.0, 1.0) ** 0.88 * 1.04)


def srgb(light: Array) -> npt.NDArray[np.uint8]:
    """The sRGB bytes of light."""
    share = np.clip(light, 0.0, 1.0)
    curve = np.where(share <= 0.0031308, share * 12.92, 1.055 * share ** (1 / 2.4) - 0.055)
    return np.rint(curve * 255.0).astype(np.uint8)


def oklab(light: Array) -> Array:
    """Light (linear sRGB, last axis) in OKLab, where equal distances look equally different (Ottosson 2020)."""
    to_cones = np.array([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
                         [0.0883024619, 0.2817188376, 0.6299787005]])  # fmt: skip
    to_lab = np.array([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
                       [0.0259040371, 0.7827717662, -0.8086757660]])  # fmt: skip
    return np.asarray(np.cbrt(light @ to_cones.T) @ to_lab.T)


# -- the night ----------------------------------------------------------------------------------------------


def land_mask() -> npt.NDArray[np.bool_]:
    """Land by squares of a quarter of a degree, shape (720, 1440)."""
    data = (FOLDER / "land.bin").read_bytes()
    (length,) = struct.unpack_from("<I", data, 8)
    return np.frombuffer(zlib.decompress(data[12 : 12 + length]), dtype=np.uint8).reshape(720, 1440).astype(bool)


def city_lights(step_deg: float = _STEP_DEG) -> Array:
    """Light of the cities by squares of a plate carrée: about the people in a quarter of a degree around.

    Each city is a bell whose width grows with its population, so that the light per area grows slowly.

    Args:
        step_deg: Size of a square.
    """
    height, width = round(180 / step_deg), round(360 / step_deg)
    glow = np.zeros((height, width))
    for line in (FOLDER / "cities.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        fields = line.split("\t")
        latitude_deg, longitude_deg, people = float(fields[3]), float(fields[4]), float(fields[5])
        reach_deg = 0.10 * (people / 1.0e5) ** 0.33
        stretch = 1.0 / np.cos(np.radians(latitude_deg))
        row, column = (90.0 - latitude_deg) / step_deg - 0.5, (longitude_deg + 180.0) / step_deg - 0.5
        half = int(3 * reach_deg * stretch / step_deg) + 2
        rows = np.arange(int(row) - half, int(row) + half + 1)
        columns = np.arange(int(column) - half, int(column) + half + 1)
        down, across = (rows - row) * step_deg, (columns - column) * step_deg / stretch
        bell = np.exp(-(down[:, None] ** 2 + across[None, :] ** 2) / (2 * reach_deg**2))
        light = bell / bell.sum() * people**0.85 * 5.6 * (_STEP_DEG / step_deg) ** 2
        glow[np.ix_(rows.clip(0, height - 1), columns % width)] += light
    return glow


# -- scales -------------------------------------------------------------------------------------------------


def overlaps(old: int, new: int) -> Array:
    """How much of each of `new` equal parts each of `old` equal parts fills; rows sum to 1. Shape (new, old)."""
    edges = np.arange(new + 1) * (old / new)
    starts, ends = edges[:-1, None], edges[1:, None]
    cells = np.arange(old)[None, :]
    return np.asarray(np.clip(np.minimum(ends, cells + 1) - np.maximum(starts, cells), 0.0, None) * (new / old))


def averaged(values: Array, width: int) -> Array:
    """The mean over the pixels of a narrower raster; `values` is (height, width) or (height, width, n)."""
    down, across = overlaps(values.shape[0], width // 2), overlaps(values.shape[1], width)
    return np.asarray(np.einsum("rh,hw...,cw->rc...", down, values, across, optimize=True))


def scaled_day(day: Array, land: npt.NDArray[np.bool_], width: int) -> tuple[Array, npt.NDArray[np.bool_]]:
    """The day and the land of a narrower raster: a pixel shows only what most of it is, so that coasts stay sharp."""
    share = averaged(land.astype(float), width)
    of_land = averaged(day * land[..., None], width) / np.maximum(share, 1e-9)[..., None]
    of_sea = averaged(day * ~land[..., None], width) / np.maximum(1.0 - share, 1e-9)[..., None]
    mostly = share >= 0.45
    return np.where(mostly[..., None], of_land, of_sea), mostly


def scaled_lights(lights: Array, width: int) -> Array:
    """City lights of a narrower raster, compressed to 0 to 1: between mean and brightest, so that lone cities stay."""
    power = 2.5
    density = averaged((lights * LIGHTS_PER_PERSON) ** power, width) ** (1 / power)
    return np.asarray(1.0 - np.exp(-(density**0.75)))


def night_of(day: Array, land: npt.NDArray[np.bool_], lights: Array) -> Array:
    """The colours of the night: ground under a faint blue light, and lamps on it."""
    brightness = day @ np.array([0.2126, 0.7152, 0.0722])
    moonlight = np.where(land[..., None], np.array([0.0075, 0.0085, 0.0125]), np.array([0.0012, 0.0026, 0.0090]))
    ground = moonlight * (0.45 + 1.6 * np.minimum(brightness, 0.8)[..., None])
    lamp = np.array([1.0, 0.60, 0.20]) * lights[..., None] ** 1.55 * 1.1
    heart = np.array([1.0, 0.95, 0.80]) * lights[..., None] ** 6 * 0.5
    return np.asarray(ground + lamp + heart)


def exposed(night: Array) -> Array:
    """The night as a camera sees it that is left open for longer: lamps glow, coasts and depths can be made out.

    Done after the grounds are chosen, which are those of the light as it is.
    """
    return np.asarray(1.0 - np.exp(-EXPOSURE * night) + AIRGLOW)


# -- grounds ------------------------------------------------------------------------------------------------


def features(day: Array, night: Array) -> Array:
    """Where a ground stands in the space in which the grounds are chosen: day and night in OKLab, shape (n, 6)."""
    return np.concatenate([oklab(day), 0.8 * oklab(night)], axis=-1)


def nearest(points: Array, centres: Array) -> Indices:
    """The number of the nearest centre of each point."""
    squares = (centres**2).sum(axis=1)
    parts = [np.argmin(squares - 2.0 * part @ centres.T, axis=1) for part in np.array_split(points, 64)]
    return np.concatenate(parts)


def chosen_grounds(points: Array, weights: Array) -> Array:
    """The centres of `CHOSEN_GROUNDS` groups of points (k-means, begun by picking far points); shape (groups, 6)."""
    random = np.random.default_rng(20210429)
    sample = points[random.choice(len(points), 40_000, p=weights / weights.sum())]
    centres = [sample[0]]
    distances = np.full(len(sample), np.inf)
    for _ in range(CHOSEN_GROUNDS - 1):
        distances = np.minimum(distances, ((sample - centres[-1]) ** 2).sum(axis=1))
        centres.append(sample[random.choice(len(sample), p=distances / distances.sum())])
    found = np.array(centres)
    for _ in range(25):
        owner = nearest(sample, found)
        for number in range(CHOSEN_GROUNDS):
            members = sample[owner == number]
            if len(members):
                found[number] = members.mean(axis=0)
    return found


def sunlight_table(day: Array, night: Array) -> Array:
    """The light of every ground at every step from day to night, shape (LIGHT_STEPS, grounds, 3).

    The Sun's light fades over the twilights and turns red near the horizon; what is left then is the blue of the sky;
    lamps are seen once it is dark enough.
    """
    table = np.empty((LIGHT_STEPS, len(day), 3))
    bounds_deg = (LIGHT_ALTITUDES_DEG[0] + 1.0, *LIGHT_ALTITUDES_DEG, LIGHT_ALTITUDES_DEG[-1] - 1.0)
    for step, (upper_deg, lower_deg) in enumerate(pairwise(bounds_deg)):
        if step == 0:
            table[step] = day
            continue
        if step == LIGHT_STEPS - 1:
            table[step] = night
            continue
        altitude_deg = (upper_deg + lower_deg) / 2
        share = np.clip((altitude_deg + 9.0) / 17.0, 0.0, 1.0)
        sunlight = share**2 * (3.0 - 2.0 * share)
        redness = np.exp(-(((altitude_deg - 0.5) / 3.6) ** 2))
        dawn = 1.0 + redness * np.array([0.34, -0.10, -0.38])
        blue = 0.010 * np.clip((altitude_deg + 14.0) / 12.0, 0.0, 1.0) * np.array([0.35, 0.5, 1.0])
        dark = np.clip((2.0 - altitude_deg) / 8.0, 0.0, 1.0)
        table[step] = day * sunlight**1.6 * dawn + night * dark + blue * (1.0 - sunlight)
    return table


def rounded(colours: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Colours in steps that are hardly seen: neighbours that become alike are written to the terminal as one."""
    values = colours.astype(int)
    coarse = np.where(values < 32, (values + 2) // 4 * 4, (values + 4) // 8 * 8)
    return coarse.clip(0, 255).astype(np.uint8)


def xterm_colours() -> npt.NDArray[np.uint8]:
    """The colours 16 to 255 of xterm: a cube of 6 x 6 x 6 and 24 greys; shape (240, 3)."""
    steps = (0, 95, 135, 175, 215, 255)
    cube = [(red, green, blue) for red in steps for green in steps for blue in steps]
    return np.array([*cube, *((8 + 10 * grey,) * 3 for grey in range(24))], dtype=np.uint8)


def nearest_xterm(table: Array) -> npt.NDArray[np.uint8]:
    """The xterm colour that looks most like each colour of the table (steps, grounds, 3).

    Between black and a channel of 95 the cube has nothing but greys: hue counts more than lightness here, and the sea
    by day takes no grey at all.
    """
    weights = np.array([0.75, 1.6, 1.6])
    lab = oklab(table.reshape(-1, 3))
    seen = np.column_stack([lab[:, 0] ** 0.9, lab[:, 1] * 2.4, lab[:, 2] * 1.45])
    known = oklab(linear(xterm_colours()))
    colourful = np.hypot(known[:, 1], known[:, 2]) > 0.02
    any_colour = nearest(seen * weights, known * weights)
    no_grey = np.flatnonzero(colourful)[nearest(seen * weights, known[colourful] * weights)]
    steps = np.repeat(np.arange(LIGHT_STEPS), table.shape[1])
    sea_by_day = (lab[:, 2] < -0.012) & (lab[:, 0] < 0.6) & (steps < 9)
    found = np.where(sea_by_day, no_grey, any_colour)
    return (found + 16).astype(np.uint8).reshape(table.shape[:-1])


# -- the file -----------------------------------------------------------------------------------------------


def main(source: Path) -> None:
    """Write the seed."""
    day, land, lights = developed(linear(read_png(source))), land_mask(), city_lights()
    pictures = []
    for width in WIDTHS:
        scaled, mostly = scaled_day(day, land, width)
        pictures.append((scaled, night_of(scaled, mostly, scaled_lights(lights, width))))
    flat = [(day.reshape(-1, 3), night.reshape(-1, 3)) for day, night in pictures]
    points = [features(*picture) for picture in flat]
    weights = np.concatenate([np.full(len(part), 1.0 / len(part)) for part in points])
    centres = chosen_grounds(np.concatenate(points), weights)
    centres = centres[np.lexsort((centres[:, 0], centres[:, 3]))]
    owners = [nearest(part, centres) for part in points]
    owner, total = np.concatenate(owners), np.zeros((2, GROUNDS, 3))
    for side in (0, 1):
        values = np.concatenate([picture[side] for picture in flat])
        for channel in range(3):
            sums = np.bincount(owner, weights * values[:, channel], GROUNDS)
            total[side, :, channel] = sums / np.maximum(np.bincount(owner, weights, GROUNDS), 1e-12)
    table = sunlight_table(total[0], exposed(total[1]))
    of_256 = sunlight_table(total[0], total[1])  # between black and the darkest blue xterm has nothing
    chunks = [rounded(srgb(table)).tobytes(), nearest_xterm(of_256).tobytes()]
    chunks += [found.astype(np.uint8).tobytes() for found in owners]
    OUTPUT.write_bytes(MAGIC + b"".join(map(chunk, chunks)))
    print(f"{OUTPUT.stat().st_size} bytes, chunks {[len(chunk(data)) for data in chunks]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
