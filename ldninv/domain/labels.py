"""What stands on a label, and in its code (R27, R31): the same for printer, preview and file.

The code carries the lot alone. A date in it could be contradicted later, and an old label must not contradict.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ldninv.domain.batch import FORM, Kept
from ldninv.domain.coverage import SUPPLIES
from ldninv.domain.people import Role as Duty
from ldninv.domain.places import Light, Place
from ldninv.domain.quantities import capsules as in_words
from ldninv.domain.refusal import Refused
from ldninv.domain.standing import Standing, State

STORAGE = "Store at 20–25 °C. Protect from light."
COMPOUNDED = "Compounded preparation"
WARNING = "Not with opioid pain medicines"
"""As the dispensing form says it (R37)."""

MAY_LEAVE = (State.RELEASED, State.DEPLETED)
"""States of a batch that a bottle is labelled from; the last capsules may be in it."""


class Kind(StrEnum):
    """What a label is stuck on."""

    BATCH = "batch"
    SHORT_DATED = "short-dated"
    BOTTLE = "bottle"
    """What is dispensed."""
    PLACE = "place"
    BADGE = "badge"


class Role(StrEnum):
    """What a line is to the one who reads it; how large it stands follows from that."""

    TITLE = "title"
    LOT = "lot"
    DATE = "date"
    TEXT = "text"
    FOOT = "foot"


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or as many as it takes."""

    text: str
    role: Role = Role.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What stands on a label."""

    kind: Kind
    subject: str
    """What it is stuck on, in the trail's words: a lot, a place, a person."""
    payload: str
    """What the code holds."""
    lines: tuple[Line, ...]
    notices: tuple[str, ...] = ()
    """What a person should know before it is stuck on; none of it is printed."""


def batch_label(kept: Kept, now: Standing, pharmacy: str, *, warning: bool = False) -> Label:
    """Return the label of a batch's own container (R27)."""
    batch = kept.batch
    return Label(
        kind=Kind.BATCH,
        subject=batch.lot,
        payload=batch.lot,
        lines=_lines(
            Line(product(kept), Role.TITLE),
            Line(f"Lot {batch.lot}", Role.LOT),
            Line(f"Use by {batch.expiry.on}", Role.DATE),
            Line(in_words(batch.made)),
            Line(STORAGE),
            Line(COMPOUNDED),
            Line(WARNING if warning else ""),
            Line(pharmacy, Role.FOOT),
        ),
        notices=(*_standing_notices(kept, now), *_nameless(pharmacy)),
    )


def short_dated_label(kept: Kept, now: Standing) -> Label:
    """Return the sticker of a batch that no longer covers every supply: until when it covers which.

    Raises:
        Refused: it still covers all of them, or nothing of it may be used.
    """
    batch = kept.batch
    if now.usable_days <= 0:
        raise Refused(
            f"Batch {batch.lot} is past its date since {batch.expiry.on}. It needs no sticker: dispose of it."
        )
    if not now.band.near_expiry:
        raise Refused(
            f"Batch {batch.lot} still covers every supply of {SUPPLIES[-1]} days. It is not short-dated; "
            f"print its batch label."
        )
    until = [f"{supply} days: dispense until {day}" for supply, day in now.last_dispensing if supply in now.covers]
    return Label(
        kind=Kind.SHORT_DATED,
        subject=batch.lot,
        payload=batch.lot,
        lines=_lines(
            Line("Short-dated: use first", Role.TITLE),
            Line(f"Use by {batch.expiry.on}", Role.DATE),
            Line(f"Lot {batch.lot}", Role.LOT),
            Line(product(kept)),
            *map(Line, until or [f"Covers no supply of {SUPPLIES[0]} days"]),
        ),
        notices=tuple(_standing_notices(kept, now)),
    )


def bottle_label(
    kept: Kept, now: Standing, pharmacy: str, *, warning: bool = False, capsules: int | None = None
) -> Label:
    """Return the sticker of a dispensed bottle; it is discarded after the batch's date, and says of nobody whose it is.

    Raises:
        Refused: nothing of the batch may leave the house (R9).
    """
    batch = kept.batch
    if now.state not in MAY_LEAVE:
        raise Refused(f"No bottle of batch {batch.lot} may leave: {'; '.join(now.reasons)}. Take another batch.")
    return Label(
        kind=Kind.BOTTLE,
        subject=batch.lot,
        payload=batch.lot,
        lines=_lines(
            Line(product(kept), Role.TITLE),
            Line(f"Discard after {batch.expiry.on}", Role.DATE),
            Line(f"Lot {batch.lot}", Role.LOT),
            Line(in_words(capsules) if capsules is not None else ""),
            Line(STORAGE),
            Line(WARNING if warning else ""),
            Line(COMPOUNDED),
            Line(pharmacy, Role.FOOT),
        ),
        notices=_nameless(pharmacy),
    )


def place_label(place: Place) -> Label:
    """Return the label of a shelf, cabinet or bin; its code is its name."""
    light = {Light.DARK: "Closed, dark", Light.SHADED: "Shaded", Light.OPEN: "Open to light"}[place.light]
    return Label(
        kind=Kind.PLACE,
        subject=place.name,
        payload=place.name,
        lines=_lines(Line(place.name, Role.TITLE), Line(f"{place.kind.value.capitalize()} · {light}")),
    )


def badge_label(name: str, duty: Duty, code: str) -> Label:
    """Return a person's badge; its code says nothing, and is told nowhere else."""
    return Label(
        kind=Kind.BADGE,
        subject=name,
        payload=code,
        lines=(Line(name, Role.TITLE), Line(duty.value.capitalize())),
        notices=(f"Whoever holds this badge is taken for {name} until the PIN is asked. A lost one is replaced.",),
    )


def product(kept: Kept) -> str:
    """Return what is in the bottle, as R27 has it: the hydrochloride, its strength, the form."""
    form = f"{FORM}s" if kept.batch.form == FORM else kept.batch.form
    return f"Naltrexone HCl {kept.batch.strength} mg {form}"


def _lines(*lines: Line) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.text.strip())


def _standing_notices(kept: Kept, now: Standing) -> Iterable[str]:
    """Say what speaks against the batch: a label is stuck on for good, and says nothing of what may change."""
    if not now.usable and now.state is not State.DEPLETED:
        yield f"Batch {kept.batch.lot}: {'; '.join(now.reasons)}. The label does not say so."


def _nameless(pharmacy: str) -> tuple[str, ...]:
    return () if pharmacy.strip() else ("The pharmacy's name is not set, and is missing on the label (Settings).",)
