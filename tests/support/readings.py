"""Readings as short as a test can say them."""

from __future__ import annotations

from array import array

from ldninv.domain.storage.series import Series

HOUR = 3600.0


def a_series(*celsius, every=HOUR, start=0.0, hours=None, humidity=None, lux=None):
    """Return readings one interval apart, or at these `hours`."""
    moments = [start + every * index for index in range(len(celsius))] if hours is None else [h * HOUR for h in hours]
    extra = [None if values is None else array("d", values) for values in (humidity, lux)]
    return Series(array("d", moments), array("d", celsius), *extra)


def spans(events):
    """Return kind, start and end in hours of each event."""
    return [(event.kind, round(event.start / HOUR, 6), round(event.end / HOUR, 6)) for event in events]
