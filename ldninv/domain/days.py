"""Calendar days and ISO weeks, in the pharmacy's local calendar (R3, R4, R24)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from ldninv.domain.refusal import Refused


def month_end(year: int, month: int) -> date:
    """Return the last day of a month: what a month-only date means (R3).

    >>> month_end(2027, 2)
    datetime.date(2027, 2, 28)
    """
    return date(year, month, calendar.monthrange(year, month)[1])


def shifted(day: date, days: int) -> date:
    """Return the day `days` days after `day`, or the calendar's first or last where it ends before.

    >>> shifted(date(2026, 3, 1), -89), shifted(date(9999, 12, 31), 1)
    (datetime.date(2025, 12, 2), datetime.date(9999, 12, 31))
    """
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def month_end_after(day: date, days: int) -> date:
    """Return the end of the month that lies `days` days after `day`.

    >>> month_end_after(date(2026, 11, 22), 45)
    datetime.date(2027, 1, 31)
    """
    later = day + timedelta(days=days)
    return month_end(later.year, later.month)


def last_day_of(first: date, days: int) -> date:
    """Return the last of `days` days that begin with `first`; the calendar's last where they go beyond it.

    >>> last_day_of(date(2026, 1, 31), 30)
    datetime.date(2026, 3, 1)
    """
    return date.fromordinal(min(first.toordinal() + days - 1, date.max.toordinal()))


def parse_day(text: str) -> date:
    """Return the day that an ISO text names.

    Raises:
        Refused: it is no calendar day written as YYYY-MM-DD.

    >>> parse_day("2026-11-22")
    datetime.date(2026, 11, 22)
    """
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip(), re.ASCII):
        raise Refused(f"“{text}” is no day. Write it as YYYY-MM-DD, such as 2026-11-22.")
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refused(f"“{text}” is no day of the calendar. Check the month and the day.") from None


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO 8601 week, Monday to Sunday."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the week that `day` falls in.

        >>> str(Week.of(date(2026, 11, 22)))
        '2026-W47'
        """
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the week of a text such as `2026-W47`.

        Raises:
            Refused: it is no ISO week.
        """
        found = re.fullmatch(r"(\d{4})-?[Ww](\d\d)", text.strip(), re.ASCII)
        week = cls(int(found[1]), int(found[2])) if found else cls(0, 0)
        try:
            date.fromisocalendar(week.year, week.number, 1)
        except ValueError:
            raise Refused(f"“{text}” is no ISO week. Write it as 2026-W47.") from None
        return week

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return shifted(self.monday, 6)

    def nth_since(self, first: Week) -> int:
        """Return the number of this week where `first` is number 1.

        >>> Week(2027, 1).nth_since(Week(2026, 52))
        3
        """
        return (self.monday - first.monday).days // 7 + 1

    def as_of(self, today: date) -> date:
        """Return the day a report of this week speaks of: today in the running week, else its Sunday (R24).

        Raises:
            Refused: the week lies ahead.
        """
        if self.monday > today:
            raise Refused(f"Week {self} has not begun: it starts on {self.monday}. Ask for {self.of(today)}.")
        return min(today, self.sunday)

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"
