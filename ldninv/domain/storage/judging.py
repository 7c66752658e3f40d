"""Judging a record by a profile (R14–R19)."""

from __future__ import annotations

from ldninv.domain.storage.judgement import Judgement
from ldninv.domain.storage.profile import CRT, Profile
from ldninv.domain.storage.series import Series


def judge(
    series: Series, profile: Profile = CRT, *, interval: float | None = None, lux_limit: float = 10.0
) -> Judgement:
    """Return what `series` says under `profile`, in time linear in its readings.

    Args:
        series: At least one reading.
        profile: The limits.
        interval: The logging interval in seconds; None takes the median step.
        lux_limit: Above this many lux it is light at that place (R17).

    Raises:
        ValueError: there is no reading: what is not monitored is never judged (R16).
    """
    raise NotImplementedError
