"""Tells when the pharmacy's day changes while the window is open: at midnight, after sleep, when the clock is set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

LONGEST = timedelta(minutes=1)
"""Between two looks at the clock: one that was set, or that slept, is noticed within this."""


def wait(now: datetime) -> timedelta:
    """Return how long to wait before the next look: until just after local midnight, and never long.

    >>> wait(datetime(2026, 11, 22, 23, 59, 30)), wait(datetime(2026, 11, 22, 8))
    (datetime.timedelta(seconds=31), datetime.timedelta(seconds=60))
    """
    midnight = datetime.combine(now.date() + timedelta(days=1), time.min, now.tzinfo)
    return min(midnight - now + timedelta(seconds=1), LONGEST)


class Midnight(QObject):
    """Watches the day."""

    passed = Signal()
    """It is another day."""
    looked = Signal()
    """The clock was looked at, whatever it said."""

    def __init__(self, today: Callable[[], date], now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._now = now
        self._day = today()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        self._wind()

    def look(self) -> None:
        """Look at the clock now."""
        day = self._today()
        if day != self._day:
            self._day = day
            self.passed.emit()
        self.looked.emit()
        self._wind()

    def _wind(self) -> None:
        self._timer.start(wait(self._now()) // timedelta(milliseconds=1))
