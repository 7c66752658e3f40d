"""The SHA-256 that bind what a logger recorded to the event with which it came in (R28)."""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from ldninv.domain.storage.daily import DailyReading
from ldninv.domain.storage.series import CHANNELS

if TYPE_CHECKING:
    from ldninv.db.readings import Printed


def digest_of_days(days: Sequence[DailyReading]) -> str:
    """Return the SHA-256 that binds what a logger kept of days to their event."""
    told = sorted([each.day.isoformat(), each.lowest, each.highest, each.now, each.note] for each in days)
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def digest_beside(runs: Sequence[Printed]) -> str:
    """Return the SHA-256 of what was recorded beside the temperatures: all other columns, and the times as printed."""
    digest = hashlib.sha256()
    for column in CHANNELS:
        for run in runs:
            values: array[float] = getattr(run.series, column) or array("d")
            digest.update(values.tobytes())
    texts = "\n".join(filter(None, chain.from_iterable(run.texts for run in runs)))
    digest.update(texts.encode())
    return digest.hexdigest()


def digest_of(runs: Sequence[Printed]) -> str:
    """Return the SHA-256 that binds readings to their event: all their moments, then all their temperatures."""
    digest = hashlib.sha256()
    for run in runs:
        digest.update(array("d", run.series.seconds).tobytes())
    for run in runs:
        digest.update(array("d", run.series.celsius).tobytes())
    return digest.hexdigest()
