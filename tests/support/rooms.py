"""Readings for tests: a quiet room, with whatever a test wants to happen in it."""

from __future__ import annotations

from array import array
from dataclasses import replace
from datetime import UTC, datetime

from builders import TODAY
from ldninv.domain.storage.profile import Profile
from ldninv.domain.storage.series import Series
from ldninv.services.storage.brought import Incoming
from ldninv.services.storage.drawn import Drawn
from ldninv.services.storage.importing import bring_in

START = datetime(2026, 11, 1, tzinfo=UTC).timestamp()
"""Where a test's readings begin, if it says nothing else: three weeks before a test's day."""

HOUR = 3600.0
ZONE = "Europe/Berlin"

COOL = Profile(
    name="Cool",
    keep_low_c=8.0,
    keep_high_c=15.0,
    permitted_low_c=5.0,
    permitted_high_c=18.0,
    highest_c=26.0,
    spell_h=12.0,
    mkt_limit_c=15.0,
    window_h=240.0,
)
"""Another profile than the one that ships, for a place that is kept cool."""


def at(context, hours):
    """Return the same person at so many hours after the first reading."""
    moment = datetime.fromtimestamp(START + hours * HOUR, UTC)
    return replace(context, now=lambda: moment, today=moment.date)


def a_room(*, hours=240, step=600.0, start=START, celsius=22.0, lux=None, **spells):
    """Return readings of a quiet room.

    Args:
        hours: How long.
        step: Seconds between two.
        start: UTC seconds of the first.
        celsius: Of all that is not said otherwise.
        lux: Of all; None for a logger without it.
        spells: `t41=(2, 5)`: 41 °C from the second hour up to the fifth; `gap=(2, 5)`: no readings then;
            `lit=(2, 5)`: 500 lux then.
    """
    seconds, values, light = array("d"), array("d"), array("d")
    for number in range(int(hours * HOUR / step)):
        moment = start + number * step
        hour = (moment - start) / HOUR
        inside = {name for name, (first, last) in spells.items() if first <= hour < last}
        if "gap" in inside:
            continue
        seconds.append(moment)
        warm = next((float(name[1:]) for name in inside if name.startswith("t")), celsius)
        values.append(warm)
        light.append(500.0 if "lit" in inside else lux or 0.0)
    return Series(seconds, values, None, light if lux is not None or "lit" in spells else None)


def a_curve(series, *, logger="Room 1", number=0, begins=()):
    """Return readings as the curve of a logger; `begins` are the first ones after each gap, by their index."""
    low, high = min(series.celsius), max(series.celsius)
    return Drawn(logger=logger, number=number, series=series, begins=tuple(begins), lowest=low, highest=high)


def incoming(series, *, file="room.csv", content=None):
    """Return a logger's file with these readings."""
    printed = [datetime.fromtimestamp(each, UTC).isoformat(sep=" ") for each in series.seconds]
    text = content or "\n".join(f"{when},{value}" for when, value in zip(printed, series.celsius, strict=True)).encode()
    return Incoming(file=file, content=text, series=series, printed=printed)


def brought(context, series, *, place="Shelf A", logger="Room 1", **facts):
    """Bring readings in, as a file of their own."""
    return bring_in(context, incoming(series, **facts), place=place, logger=logger, zone=ZONE)


__all__ = ["HOUR", "START", "TODAY", "ZONE", "a_curve", "a_room", "brought", "incoming"]
