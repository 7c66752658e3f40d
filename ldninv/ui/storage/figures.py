"""Temperatures and moments as they are written in the window; no Qt."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from ldninv.domain.quantities import with_minus
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
