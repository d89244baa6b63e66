"""The garbage collection at the start and at the end."""

from __future__ import annotations

import gc

from tui.session.garbage_collection import collection_paused, leave_to_the_end, resume_collection


def test_collection_paused_ends_with_the_context_or_before() -> None:
    with collection_paused():
        assert not gc.isenabled()
    assert gc.isenabled()
    with collection_paused():
        resume_collection()
        assert gc.isenabled()


def test_leave_to_the_end_leaves_nothing_to_search() -> None:
    try:
        leave_to_the_end()
        assert gc.get_freeze_count() > 1000
        assert len(gc.get_objects()) < 1000
    finally:
        gc.unfreeze()
