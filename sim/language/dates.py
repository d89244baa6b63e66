"""Days as a language writes them. The clock is the same in all of them, and dates in figures are ISO 8601."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.language import _, pgettext

if TYPE_CHECKING:
    from datetime import date


def day(moment: date) -> str:
    """`08 Oct 2026`, `2026年10月8日`."""
    return _("{day:02d} {month} {year}").format(day=moment.day, month=month_name(moment.month), year=moment.year)


def day_of_year(moment: date) -> str:
    """The same where the year is plain: `08 Oct`, `10月8日`."""
    return _("{day:02d} {month}").format(day=moment.day, month=month_name(moment.month))


def day_of_week(moment: date) -> str:
    """`Thu 08 Oct`, `10月8日周四`."""
    weekday, month = weekday_name(moment.weekday()), month_name(moment.month)
    return _("{weekday} {day:02d} {month}").format(weekday=weekday, day=moment.day, month=month)


def weekday_and_day(moment: date) -> str:
    """`Thu 08 Oct 2026`, `2026年10月8日周四`."""
    return _("{weekday} {day:02d} {month} {year}").format(
        weekday=weekday_name(moment.weekday()),
        day=moment.day,
        month=month_name(moment.month),
        year=moment.year,
    )


def month(moment: date) -> str:
    """`Oct 2026`, `2026年10月`."""
    return _("{month} {year}").format(month=month_name(moment.month), year=moment.year)


def weekday_name(weekday: int) -> str:
    """The short name of a weekday, 0 for Monday."""
    return (
        pgettext("weekday", "Mon"),
        pgettext("weekday", "Tue"),
        pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    )[weekday]


def whole_weekday_name(weekday: int) -> str:
    """The name of a weekday, 0 for Monday."""
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )[weekday]


def month_name(number: int) -> str:
    """The short name of a month, 1 for January."""
    return (
        pgettext("month", "Jan"),
        pgettext("month", "Feb"),
        pgettext("month", "Mar"),
        pgettext("month", "Apr"),
        pgettext("month", "May"),
        pgettext("month", "Jun"),
        pgettext("month", "Jul"),
        pgettext("month", "Aug"),
        pgettext("month", "Sep"),
        pgettext("month", "Oct"),
        pgettext("month", "Nov"),
        pgettext("month", "Dec"),
    )[number - 1]
