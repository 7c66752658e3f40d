"""What the shelf asks of the person who comes in, in the order of harm: each concern is a question to the list."""

from __future__ import annotations

from enum import StrEnum

from ldninv.domain.coverage import THIS_WEEK, Band
from ldninv.domain.question import Question
from ldninv.domain.standing import State

_NEAR = frozenset(band for band in Band if band.near_expiry)


class Concern(StrEnum):
    """What can be wrong with stock on the shelf; what may harm a person comes first, what only waits comes last."""

    STOPPED = "stopped"
    """Recalled, rejected or on hold: somebody said no."""
    EXPIRED = "expired"
    THIS_WEEK = "this-week"
    """Usable, and will not see another weekly report (R6)."""
    NEAR_EXPIRY = "near-expiry"
    """Usable, and no longer good for every supply; those of this week are among them, or to be reviewed."""
    REVIEW = "review"
    """Usable; the record of its places asks for a pharmacist (R18)."""
    QUARANTINED = "quarantined"
    AHEAD = "ahead"
    """Released, and dated ahead: either it is not made yet, or its date is wrong."""

    @property
    def question(self) -> Question:
        """Which batches it concerns: what Today counts, and what the list behind the count shows."""
        return _QUESTIONS[self]


_QUESTIONS = {
    Concern.STOPPED: Question(states=frozenset({State.RECALLED, State.REJECTED, State.HELD}), in_stock=True),
    Concern.EXPIRED: Question(states=frozenset({State.EXPIRED}), in_stock=True),
    Concern.THIS_WEEK: Question(usable=True, usable_days=(1, THIS_WEEK), in_stock=True),
    Concern.NEAR_EXPIRY: Question(usable=True, bands=_NEAR, review=False, in_stock=True),
    Concern.REVIEW: Question(usable=True, review=True, in_stock=True),
    Concern.QUARANTINED: Question(states=frozenset({State.QUARANTINED}), in_stock=True),
    Concern.AHEAD: Question(states=frozenset({State.RELEASED}), usable=False, in_stock=True),
}

GOOD = Question(usable=True, bands=frozenset({Band.GOOD}), review=False, in_stock=True)
"""What asks for nothing."""

IN_STOCK = Question(in_stock=True)
"""All that stands on the shelf."""

EMPTY = Question(empty=True)
"""All that no longer does: with what is in stock, every batch that was ever made."""
