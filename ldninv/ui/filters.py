"""The filters above the batch list: each a word, an icon, a tone and the question that it asks. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from ldninv.domain import signs
from ldninv.domain.coverage import Band
from ldninv.domain.question import Question
from ldninv.domain.signs import Sign, Tone
from ldninv.domain.standing import State

_NEAR = frozenset(band for band in Band if band.near_expiry)
_RELEASED = frozenset({State.RELEASED})


@dataclass(frozen=True, slots=True)
class Filter:
    """A chip: how it looks, and what the list shows while it is on."""

    sign: Sign
    question: Question
    about: str
    """What is behind the word, in one sentence."""


IN_STOCK = Filter(
    Sign("All in stock", Tone.QUIET, "package-variant-closed"),
    Question(in_stock=True),
    "Every batch with capsules on the shelf",
)
FILTERS = (
    IN_STOCK,
    Filter(
        signs.OF_STATE[State.EXPIRED],
        Question(states=frozenset({State.EXPIRED}), in_stock=True),
        "Past the last usable day and still on the shelf",
    ),
    Filter(
        signs.NEAR_EXPIRY,
        Question(usable=True, bands=_NEAR, in_stock=True),
        "Usable, and no longer good for a supply of 90 days",
    ),
    Filter(
        signs.GOOD,
        Question(usable=True, bands=frozenset({Band.GOOD}), in_stock=True),
        "Usable, and good for a supply of 90 days",
    ),
    Filter(
        signs.OF_STATE[State.QUARANTINED],
        Question(states=frozenset({State.QUARANTINED}), in_stock=True),
        "Waiting to be released",
    ),
    Filter(
        Sign("On hold", Tone.STOP, signs.OF_STATE[State.HELD].icon),
        Question(states=frozenset({State.HELD, State.RECALLED, State.REJECTED}), in_stock=True),
        "Held, recalled or rejected: not to be dispensed",
    ),
    Filter(
        signs.OF_STATE[State.DEPLETED],
        Question(states=frozenset({State.DEPLETED, State.DESTROYED})),
        "No capsules left: used up before the date, or disposed of",
    ),
    Filter(
        Sign("All ever made", Tone.QUIET, "archive"),
        Question(),
        "Every batch that was ever entered, with and without stock",
    ),
)
"""In the order of the chips; the first is what the list opens with."""

EVERYTHING = FILTERS[-1]
"""Leaves nothing out."""
