"""What can be done to a batch, and which of it comes first now. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ldninv.domain.standing import Standing, State


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done: its word, its icon, and the keys that begin it from anywhere on the page."""

    word: str
    icon: str
    keys: str
    about: str
    """What it is for, in a few words."""


DISPENSE = Action("Dispense", "hand-extended", "Ctrl+D", "Give a supply out of this batch")
WASTE = Action("Write off", "minus-circle", "Ctrl+W", "Capsules that were dropped, broken or spilled")
DISPOSE = Action("Dispose", "trash-can", "Ctrl+Shift+D", "Destroy capsules, with reason, method and witness")
MOVE = Action("Move", "arrow-right-box", "Ctrl+M", "Put the batch at another place")
COUNT = Action("Count", "counter", "Ctrl+K", "Enter how many capsules stand there")
RELEASE = Action("Release", "lock-open-check", "Ctrl+R", "Take the batch out of quarantine")
QUARANTINE = Action("Quarantine", "lock", "Ctrl+Shift+Q", "Keep the batch from being dispensed until it is released")

TAKE_BACK = Action("Take back", "undo", "", "Take back a movement of the batch by a new entry")
"""Offered at each movement; no key begins it."""

ALL = (DISPENSE, WASTE, DISPOSE, MOVE, COUNT, RELEASE, QUARANTINE)
FOR_MANY = (WASTE, DISPOSE, MOVE)
"""What can be done to several batches at once."""

_GO_AWAY = (WASTE, DISPOSE, MOVE, COUNT)


def for_standing(now: Standing, *, misplaced: bool = False) -> tuple[Action, ...]:
    """Return what makes sense for a batch today, the likeliest first; one that is `misplaced` is moved first."""
    if misplaced:
        return MOVE, *(each for each in for_standing(now) if each is not MOVE)
    match now.state:
        case State.RELEASED if now.usable:
            return DISPENSE, WASTE, COUNT, MOVE, QUARANTINE, DISPOSE
        case State.RELEASED:
            return MOVE, COUNT, WASTE, QUARANTINE
        case State.QUARANTINED:
            return RELEASE, WASTE, MOVE, COUNT, DISPOSE
        case State.DEPLETED | State.DESTROYED:
            return (COUNT,)
        case _:
            return _GO_AWAY


def for_many(standings: Iterable[Standing]) -> tuple[Action, ...]:
    """Return what makes sense for several batches: disposal stands first where some of them have expired.

    Where nothing is left of any of them, nothing does.
    """
    stocked = [each for each in standings if each.on_hand]
    expired = any(each.state is State.EXPIRED for each in stocked)
    if not stocked:
        return ()
    return (DISPOSE, WASTE, MOVE) if expired else (MOVE, WASTE, DISPOSE)
