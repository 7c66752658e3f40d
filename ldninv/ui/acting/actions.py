"""What can be done to a batch, and which of it comes first now. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ldninv.domain.batch import Kept
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
RETURN = Action("Return", "tray-arrow-down", "Ctrl+Shift+R", "Capsules that came back; they are never used again")
WASTE = Action("Write off", "minus-circle", "Ctrl+W", "Capsules that were dropped, broken or spilled")
SAMPLE = Action("Sample", "test-tube", "Ctrl+Shift+A", "Take capsules for an assay")
DISPOSE = Action("Dispose", "trash-can", "Ctrl+Shift+D", "Destroy capsules, with reason, method and witness")
MOVE = Action("Move", "arrow-right-box", "Ctrl+M", "Put the batch at another place")
COUNT = Action("Count", "counter", "Ctrl+K", "Enter how many capsules stand there")
RELEASE = Action("Release", "lock-open-check", "Ctrl+R", "Take the batch out of quarantine")
QUARANTINE = Action("Quarantine", "lock", "Ctrl+Shift+Q", "Keep the batch from being dispensed until it is released")
HOLD = Action("Hold", "hand-back-left", "Ctrl+H", "Stop the batch until a pharmacist decides")
DECIDE = Action("Decide", "gavel", "Ctrl+E", "Keep the batch that is on hold, shorten its date, or discard it")
SHORTEN = Action("Shorten date", "calendar-minus", "Ctrl+Shift+E", "Give the batch an earlier last usable day")
REJECT = Action("Reject", "close-circle", "Ctrl+Shift+J", "Bar the batch for good; it can only be disposed of")

AMEND = Action("Correct record", "pencil", "Ctrl+Shift+C", "Correct what was written down of the batch, with a reason")

RECALL = Action("Recall…", "bullhorn", "Ctrl+Shift+L", "Block the batch, or all with a component lot of it, for good")
DOSSIER = Action("Dossier…", "file-document-multiple", "Ctrl+I", "All that is known of the batch, to print or save")
LABEL = Action("Label…", "label", "Ctrl+B", "Labels of the batch and of its bottles, to print or save")
CERTIFICATES = Action(
    "Disposal certificate…", "certificate", "Ctrl+Shift+I", "One certificate of all that was disposed of, with each day"
)
ALWAYS = (LABEL, RECALL, DOSSIER)
"""What any batch can have, whatever its state."""
ELSEWHERE = (*ALWAYS, CERTIFICATES)
"""What opens elsewhere than beside the card."""

RECALL_LOT = Action("Recall this lot…", "bullhorn", "", "Recall every batch that this lot went into")
"""Offered at each component lot; no key begins it."""
CERTIFICATE = Action("Certificate…", "certificate", "", "The certificate of this disposal, to print or save")
"""Offered at each disposal; no key begins it."""
TAKE_BACK = Action("Take back", "undo", "", "Take back a movement of the batch by a new entry")
"""Offered at each movement; no key begins it."""

ALL = (
    DISPENSE, RETURN, WASTE, SAMPLE, DISPOSE, MOVE, COUNT, RELEASE, QUARANTINE, HOLD, DECIDE, SHORTEN, REJECT, AMEND
)  # fmt: skip
FOR_MANY = (WASTE, DISPOSE, MOVE)
"""What can be done to several batches at once."""

AT_ONCE = 3
"""How many of what changes the batch stand beside the card as buttons; the others are in the menu behind *more*."""
_LABELLED = frozenset({State.RELEASED, State.QUARANTINED})
"""States in which bottles still get labels: printing stands beside the card too."""

MORE = "Ctrl+."
"""Opens that menu."""

_BARRED = (DISPOSE, MOVE, COUNT, RETURN, WASTE, SAMPLE)
_LIKELY = {
    State.DESTROYED: (COUNT, RETURN),
    State.RECALLED: (RETURN, DISPOSE, MOVE, COUNT, WASTE, SAMPLE),
    State.REJECTED: _BARRED,
    State.EXPIRED: (DISPOSE, MOVE, WASTE, COUNT, RETURN, SAMPLE, DECIDE),
    State.HELD: (DECIDE, MOVE, WASTE, COUNT, RELEASE, RETURN, SAMPLE, QUARANTINE, HOLD, REJECT, DISPOSE),
    State.QUARANTINED: (RELEASE, MOVE, WASTE, COUNT, RETURN, SAMPLE, HOLD, SHORTEN, REJECT, DISPOSE),
    State.DEPLETED: (COUNT, RETURN),
    State.RELEASED: (DISPENSE, MOVE, WASTE, COUNT, RETURN, SAMPLE, QUARANTINE, HOLD, SHORTEN, REJECT, DISPOSE),
}
"""What may make sense in each state, the likeliest first."""


def _there(kept: Kept) -> bool:
    return kept.stock.on_hand > 0


_SENSE: dict[Action, Callable[[Kept], bool]] = {
    WASTE: _there,
    SAMPLE: _there,
    DISPOSE: _there,
    MOVE: _there,
    RETURN: lambda kept: kept.stock.on_hand < kept.batch.made,
    RELEASE: lambda kept: kept.stock.quarantined is not None and not kept.stock.returned,
    QUARANTINE: lambda kept: kept.stock.quarantined is None,
    HOLD: lambda kept: kept.stock.held_otherwise is None,
    DECIDE: lambda kept: kept.stock.held is not None,
    REJECT: lambda kept: kept.stock.rejected is None and _there(kept),
}
"""Where an action makes no sense although the state has it."""


def for_batch(kept: Kept, now: Standing, *, misplaced: bool = False) -> tuple[Action, ...]:
    """Return what makes sense for a batch today, the likeliest first; one that is `misplaced` is moved first.

    Nothing happens to a batch before the day it is made, nor once it was taken back; what came back to one in
    quarantine has to go first.
    """
    if now.taken_back or now.ahead:
        return ()
    found = [each for each in _LIKELY[now.state] if each not in _SENSE or _SENSE[each](kept)]
    returned = now.state is State.QUARANTINED and kept.stock.returned
    first = MOVE if misplaced else DISPOSE if returned else None
    return (*sorted(found, key=lambda each: each is not first), AMEND)


def at_once(offered: tuple[Action, ...], state: State | None) -> tuple[Action, ...]:
    """Return what stands under the hand: the likeliest of what is offered, and printing where bottles get labels."""
    return (*offered[:AT_ONCE], *((LABEL,) if offered and state in _LABELLED else ()))


def for_many(standings: Iterable[Standing]) -> tuple[Action, ...]:
    """Return what makes sense for several batches: disposal stands first where some of them have expired.

    Where nothing is left of any of them, nothing does.
    """
    stocked = [each for each in standings if each.on_hand]
    expired = any(each.state is State.EXPIRED for each in stocked)
    if not stocked:
        return ()
    return (DISPOSE, WASTE, MOVE) if expired else (MOVE, WASTE, DISPOSE)
