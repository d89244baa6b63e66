"""The quick named tuples behave as those of `typing`."""

from __future__ import annotations

import copy
import pickle
import typing

import pytest

from sim.named_tuple import NamedTuple

COUNT = 3


class Quick(NamedTuple):
    """Some fields."""

    name: str
    size: float = 2.0
    notes: tuple[str, ...] = ()

    @property
    def twice(self) -> float:
        """Two times the size."""
        return self.size * 2

    @classmethod
    def empty(cls) -> Quick:
        """Without a name."""
        return cls("")


class Usual(typing.NamedTuple):
    """Some fields."""

    name: str
    size: float = 2.0
    notes: tuple[str, ...] = ()


def test_it_holds_what_it_is_given() -> None:
    quick = Quick("a", notes=("n",))
    assert (quick.name, quick.size, quick.notes) == ("a", 2.0, ("n",)) == tuple(quick)
    assert quick.twice == 4.0
    assert Quick.empty() == Quick("", 2.0, ())
    assert len(quick) == COUNT
    assert isinstance(quick, tuple)


@pytest.mark.parametrize(
    "words", ["_fields", "_field_defaults", "__match_args__", "__doc__", "__module__", "__slots__"]
)
def test_it_tells_of_itself_as_usual(words: str) -> None:
    assert getattr(Quick, words) == getattr(Usual, words)


def test_it_is_written_compared_and_changed_as_usual() -> None:
    quick, usual = Quick("a", 3.0), Usual("a", 3.0)
    assert repr(quick) == repr(usual).replace("Usual", "Quick")
    assert quick == usual
    assert hash(quick) == hash(usual)
    assert quick._replace(size=4.0) == usual._replace(size=4.0)
    assert quick._asdict() == usual._asdict()
    assert Quick._make(["b", 1.0, ()]) == Usual._make(["b", 1.0, ()])
    match quick:
        case Quick(name, size):
            assert (name, size) == ("a", 3.0)


def test_it_survives_copying_and_pickling() -> None:
    quick = Quick("a", 3.0, ("n",))
    for again in (copy.copy(quick), copy.deepcopy(quick), pickle.loads(pickle.dumps(quick))):  # noqa: S301 - of our own
        assert again == quick
        assert type(again) is Quick


@pytest.mark.parametrize("values", [(), ("a", 1.0, (), 4)])
def test_a_wrong_number_of_values_is_refused(values: tuple[object, ...]) -> None:
    for make in (Quick, Usual):
        with pytest.raises(TypeError):
            make(*values)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        Quick("a", colour="red")
    with pytest.raises((TypeError, ValueError), match="colour"):
        Quick("a")._replace(colour="red")


def test_it_cannot_be_changed() -> None:
    quick = Quick("a")
    for name in ("name", "other"):
        with pytest.raises(AttributeError):
            setattr(quick, name, "b")


def test_a_default_before_a_field_without_is_refused() -> None:
    body = {"__annotations__": {"first": "int", "second": "int"}, "first": 1, "__module__": __name__}
    with pytest.raises(TypeError, match="default"):
        type(NamedTuple)("Wrong", (NamedTuple,), body)


class Positive(NamedTuple):
    """A number above zero."""

    value: float = 1.0

    def __post_init__(self) -> None:
        if not self.value > 0.0:
            raise ValueError("not above zero")


def test_values_that_cannot_be_are_refused_however_they_come() -> None:
    assert Positive(2.0)._replace(value=3.0) == (3.0,)
    for make in (lambda: Positive(-1.0), lambda: Positive()._replace(value=0.0), lambda: Positive._make([-2.0])):
        with pytest.raises(ValueError, match="above zero"):
            make()
    assert pickle.loads(pickle.dumps(Positive(4.0))) == Positive(4.0)  # noqa: S301 - of our own
