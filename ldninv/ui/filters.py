"""The filters above the batch list: each a word, an icon, a tone and the question that it asks. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from ldninv.domain import concerns, signs
from ldninv.domain.concerns import Concern
from ldninv.domain.question import Question
from ldninv.domain.signs import Sign, Tone
from ldninv.domain.standing import State


@dataclass(frozen=True, slots=True)
class Filter:
    """A chip: how it looks, and what the list shows while it is on."""

    sign: Sign
    question: Question
    about: str
    """What is behind the word, in one sentence."""
    yields: int = 0
    """Where there is too little room for all chips: the highest goes first, 0 stays."""


IN_STOCK = Filter(
    Sign("All in stock", Tone.QUIET, "package-variant-closed"),
    concerns.IN_STOCK,
    "Every batch with capsules on the shelf",
)
OF_CONCERN = {
    Concern.STOPPED: Filter(
        Sign("On hold", Tone.STOP, signs.OF_STATE[State.HELD].icon),
        Concern.STOPPED.question,
        "Held, recalled or rejected: not to be dispensed",
        yields=3,
    ),
    Concern.EXPIRED: Filter(
        signs.OF_STATE[State.EXPIRED],
        Concern.EXPIRED.question,
        "Past the last usable day and still on the shelf",
        yields=1,
    ),
    Concern.THIS_WEEK: Filter(
        Sign("This week", Tone.STOP, "alarm"),
        Concern.THIS_WEEK.question,
        "Usable, and expired before the next weekly report",
        yields=5,
    ),
    Concern.NEAR_EXPIRY: Filter(
        signs.NEAR_EXPIRY,
        Concern.NEAR_EXPIRY.question,
        "Usable, and no longer good for a supply of 90 days",
        yields=2,
    ),
    Concern.REVIEW: Filter(
        signs.REVIEW,
        Concern.REVIEW.question,
        "Usable, and the record of their place waits for a pharmacist",
        yields=3,
    ),
    Concern.QUARANTINED: Filter(
        signs.OF_STATE[State.QUARANTINED],
        Concern.QUARANTINED.question,
        "Waiting to be released",
        yields=4,
    ),
    Concern.AHEAD: Filter(
        signs.NOT_YET_MADE,
        Concern.AHEAD.question,
        "Released, with a preparation date that lies ahead",
        yields=9,
    ),
}
"""The chips that Today leads to."""
EMPTY = Filter(
    signs.OF_STATE[State.DEPLETED],
    concerns.EMPTY,
    "No capsules left: used up or disposed of, before the date or after it",
    yields=8,
)
EVERYTHING = Filter(
    Sign("All ever made", Tone.QUIET, "archive"),
    Question(),
    "Every batch that was ever entered, with and without stock",
    yields=7,
)

FILTERS = (
    IN_STOCK,
    OF_CONCERN[Concern.EXPIRED],
    OF_CONCERN[Concern.THIS_WEEK],
    OF_CONCERN[Concern.NEAR_EXPIRY],
    Filter(signs.GOOD, concerns.GOOD, "Usable, and good for a supply of 90 days", yields=6),
    OF_CONCERN[Concern.REVIEW],
    OF_CONCERN[Concern.QUARANTINED],
    OF_CONCERN[Concern.STOPPED],
    OF_CONCERN[Concern.AHEAD],
    EMPTY,
    EVERYTHING,
)
"""In the order of the chips; the first is what the list opens with, the last leaves nothing out."""
