"""The storage profiles that a place can be judged by, by their keys."""

from __future__ import annotations

from collections.abc import Mapping

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.profile import CRT, Profile

PROFILES: Mapping[str, Profile] = {"crt": CRT}
"""A further one is a line of data here (R14)."""


def profile(key: str) -> Profile:
    """Return a profile by its key.

    Raises:
        Refused: there is none.
    """
    if key not in PROFILES:
        raise Refused(f"There is no storage profile “{key}”. There are: {', '.join(PROFILES)}.")
    return PROFILES[key]
