"""Containers that are covered by what is in them: painted as blanks, without a look at borders and contents."""

from __future__ import annotations

from textual.containers import Horizontal, Vertical


class Row(Horizontal, inherit_bindings=False):
    """Side by side."""

    BLANK = True


class Column(Vertical, inherit_bindings=False):
    """One below the other."""

    BLANK = True
