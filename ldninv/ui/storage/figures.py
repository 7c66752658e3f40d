"""Temperatures, moments and shares as they are written in the window; no Qt."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from ldninv.domain.quantities import with_minus
from ldninv.domain.storage.worded import percent
from ldninv.ui import words


def moment(seconds: float, zone: tzinfo) -> str:
    """Return an instant as the logger's clock shows it.

    >>> moment(1770000000, UTC)
    '2026-02-02 02:40'
    """
    return f"{datetime.fromtimestamp(seconds, UTC).astimezone(zone):%Y-%m-%d %H:%M}"


def celsius(value: float | None) -> str:
    """Return a temperature.

    >>> celsius(24.26), celsius(-0.84), celsius(-0.01), celsius(None)
    ('24.3 °C', '−0.8 °C', '0.0 °C', '—')
    """
    return words.NOTHING if value is None else with_minus(f"{value:z.1f} °C")


def between(lowest: float, highest: float) -> str:
    """Return how far temperatures went.

    >>> between(-0.84, 24.26)
    '−0.8 to 24.3 °C'
    """
    return with_minus(f"{lowest:z.1f} to {highest:z.1f} °C")


def share(part: float) -> str:
    """Return a share in percent, rounded down: what is not whole is never said to be.

    >>> share(1.0), share(0.9999), share(0.41666)
    ('100 %', '99.9 %', '41.6 %')
    """
    return "100 %" if part >= 1 else f"{percent(part):.1f} %"
