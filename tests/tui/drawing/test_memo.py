"""Caches of panels: what is recomputed and when."""

from __future__ import annotations

from itertools import count

from tui.drawing.memo import Identity, Memo


def test_memo_same_key_computes_once() -> None:
    memo, computed = Memo[int](), count(7)
    assert [memo.get(("key", 1), lambda: next(computed)) for _ in range(3)] == [7, 7, 7]
    assert memo.latest == 7


def test_memo_other_key_forgets_the_value_before() -> None:
    memo = Memo[str]()
    assert memo.latest is None
    assert memo.get(1, lambda: "one") == "one"
    assert memo.get(2, lambda: "two") == "two"
    assert memo.get(1, lambda: "anew") == "anew"


def test_identity_of_equal_objects_differs() -> None:
    first, second = (1.0, 2.0, [3]), (1.0, 2.0, [3])
    assert first == second
    assert Identity(first) != Identity(second)
    assert Identity(first) == Identity(first)
    assert hash(Identity(first)) == hash(Identity(first))
    assert Identity(first) != first


def test_identity_of_a_freed_object_is_never_that_of_a_new_one() -> None:
    keys = [Identity([number]) for number in range(1000)]  # each key keeps its list alive
    assert len(set(keys)) == len(keys)
