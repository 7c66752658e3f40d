"""What a pharmacy sets once: its name, its policy, its buffer."""

from __future__ import annotations

from dataclasses import dataclass

from ldninv.domain.expiry import ONE_YEAR, Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The pharmacy's settings, kept in its database."""

    pharmacy: str = ""
    """Name and place, as they stand on reports and labels."""
    policy: Policy = ONE_YEAR
    buffer: int = 0
    """Days to spare that are asked of every supply (R5)."""
    with_components: bool = True
    """Whether a component lot's own date can shorten a batch's (R1)."""
