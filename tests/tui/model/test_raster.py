"""The z-buffer against a slow reference that asks every face at every pixel."""

from __future__ import annotations

from math import cos, pi, sin
from random import Random

import pytest

from tui.model.raster import NOBODY, Corner, ZBuffer

COLUMNS, ROWS = 60, 40


def random_face(random: Random) -> list[Corner]:
    """A flat convex polygon, some of it perhaps outside of the picture."""
    count = random.randint(3, 8)
    centre = random.uniform(-5, COLUMNS + 5), random.uniform(-5, ROWS + 5)
    angles = sorted(random.uniform(0, 2 * pi) for _ in range(count))
    radii = random.uniform(1, 25), random.uniform(1, 25)
    across, down, start = random.uniform(-1e-4, 1e-4), random.uniform(-1e-4, 1e-4), random.uniform(0.01, 0.05)
    points = [(centre[0] + radii[0] * cos(angle), centre[1] + radii[1] * sin(angle)) for angle in angles]
    return [(x, y, start + across * x + down * y) for x, y in points]


def edge_distances(face: list[Corner], x: float, y: float) -> list[float]:
    """The distance of a point to each edge, positive on the inner side."""
    distances = []
    for (x0, y0, _), (x1, y1, _) in zip(face, [*face[1:], face[0]], strict=True):
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1e-9
        distances.append(((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)) / length)
    return distances


def plane_at(face: list[Corner], x: float, y: float) -> float:
    """Nearness of a face at a point, from three of its corners by Cramer's rule."""
    (x0, y0, n0), (x1, y1, n1), (x2, y2, n2) = max(
        ((face[0], face[i], face[i + 1]) for i in range(1, len(face) - 1)),
        key=lambda t: abs((t[1][0] - t[0][0]) * (t[2][1] - t[0][1]) - (t[2][0] - t[0][0]) * (t[1][1] - t[0][1])),
    )
    whole = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
    one = ((x - x0) * (y2 - y0) - (x2 - x0) * (y - y0)) / whole
    two = ((x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)) / whole
    return n0 + one * (n1 - n0) + two * (n2 - n0)


@pytest.mark.parametrize("seed", range(12))
def test_z_buffer_every_pixel_has_the_nearest_face(seed: int) -> None:
    random = Random(seed)
    faces = [random_face(random) for _ in range(12)]
    buffer = ZBuffer(COLUMNS, ROWS)
    for number, face in enumerate(faces):
        buffer.fill(face, number)
    compared = 0
    for row in range(ROWS):
        for column in range(COLUMNS):
            x, y = column + 0.5, row + 0.5
            inside, doubtful = [], False
            for number, face in enumerate(faces):
                least = min(edge_distances(face, x, y))
                doubtful |= abs(least) < 1e-6
                if least > 0.0:
                    inside.append((plane_at(face, x, y), number))
            inside.sort(reverse=True)
            if doubtful or (len(inside) > 1 and inside[0][0] - inside[1][0] < 1e-9):
                continue
            compared += 1
            pixel = row * COLUMNS + column
            assert buffer.owners[pixel] == (inside[0][1] if inside else NOBODY)
            assert buffer.nearness[pixel] == pytest.approx(inside[0][0] if inside else 0.0, abs=1e-9)
    assert compared > 0.99 * COLUMNS * ROWS


def test_z_buffer_adjacent_faces_neither_gap_nor_overlap() -> None:
    random = Random(5)
    for _ in range(50):
        cut = random.uniform(3, 57)
        slope = random.uniform(-0.7, 0.7)
        left: list[Corner] = [(-1, -1, 0.1), (cut, -1, 0.1), (cut + slope * 42, 41, 0.1), (-1, 41, 0.1)]
        right: list[Corner] = [(cut, -1, 0.1), (99, -1, 0.1), (99, 41, 0.1), (cut + slope * 42, 41, 0.1)]
        counts = []
        for faces in ([left], [right], [left, right]):
            buffer = ZBuffer(COLUMNS, ROWS)
            for number, face in enumerate(faces):
                buffer.fill(face, number)
            counts.append(sum(owner != NOBODY for owner in buffer.owners))
        assert counts[0] + counts[1] == counts[2] == COLUMNS * ROWS


def test_z_buffer_face_seen_edge_on_is_not_drawn() -> None:
    buffer = ZBuffer(COLUMNS, ROWS)
    buffer.fill([(1.0, 1.0, 0.1), (20.0, 20.0, 0.2), (40.0, 40.0, 0.3)], 0)
    assert set(buffer.owners) == {NOBODY}
