"""What a place has to keep: limits as data (R14)."""

from __future__ import annotations

from dataclasses import dataclass

ROUNDING_C = 1e-6
LONGEST_WINDOW_H = 720.0
"""No window is longer: a mean of more than 30 days hides a warm month, and no more is read around a moment (R15)."""

_WRITTEN_OUT = {"CRT": "Controlled room temperature"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The limits a record is judged by. All are inclusive, and a logger's accuracy never widens them (R14)."""

    name: str
    """Short, and for ever: it is part of the evidence that is kept with what happened."""
    keep_low_c: float
    keep_high_c: float
    """Where the place is meant to stay, °C."""
    permitted_low_c: float
    permitted_high_c: float
    """Excursions up to here are allowed, °C."""
    highest_c: float
    """A spike up to here is one while it is shorter than `spell_h`, °C; anything above is a breach."""
    spell_h: float
    """From this length on, in hours, a spell above `permitted_high_c` is a breach."""
    mkt_limit_c: float
    """The mean kinetic temperature of a window may reach this, °C."""
    window_h: float
    """The window of the mean kinetic temperature and of the summed time above `permitted_high_c`, in hours."""
    review_humidity: float | None = None
    """Percent of relative humidity above which a review is asked for; None: humidity is only shown."""
    gap_factor: float = 2.5
    """A step over this many logging intervals is a gap (R16)."""
    coverage: float = 0.95
    """A record that covers less than this share of its time is incomplete (R16)."""
    activation_k: float = 10_000.0
    """ΔH/R in kelvin: 83.144 kJ/mol over 8.3144 J/(mol K) (R15)."""

    def __post_init__(self) -> None:
        """Refuse limits that contradict one another.

        Raises:
            ValueError: they do, or the window is longer than 30 days.
        """
        limits = (self.permitted_low_c, self.keep_low_c, self.keep_high_c, self.permitted_high_c, self.highest_c)
        if list(limits) != sorted(limits) or self.spell_h <= 0 or not 0 < self.window_h <= LONGEST_WINDOW_H:
            raise ValueError(f"the limits of the storage profile {self.name} contradict one another: {self}")

    @property
    def title(self) -> str:
        """The name written out, for people."""
        return _WRITTEN_OUT.get(self.name, self.name)

    @property
    def window(self) -> str:
        """How long the window is, for people.

        >>> CRT.window
        '30 days'
        """
        return f"{self.window_h / 24:g} days"

    def too_warm(self, mkt_c: float) -> bool:
        """Return whether a mean kinetic temperature is above its limit, and not only by what rounding added to it.

        >>> CRT.too_warm(25.000000001), CRT.too_warm(25.01)
        (False, True)
        """
        return mkt_c > self.mkt_limit_c + ROUNDING_C


CRT = Profile(
    name="CRT",
    keep_low_c=20.0,
    keep_high_c=25.0,
    permitted_low_c=15.0,
    permitted_high_c=30.0,
    highest_c=40.0,
    spell_h=24.0,
    mkt_limit_c=25.0,
    window_h=720.0,
)
"""Controlled room temperature, as USP describes it."""
