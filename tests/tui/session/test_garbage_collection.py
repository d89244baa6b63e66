"""The pause of the garbage collection at the start."""

from __future__ import annotations

import gc

from tui.session.garbage_collection import collection_paused, resume_collection


def test_collection_paused_ends_with_the_context_or_before() -> None:
    with collection_paused():
        assert not gc.isenabled()
    assert gc.isenabled()
    with collection_paused():
        resume_collection()
        assert gc.isenabled()
