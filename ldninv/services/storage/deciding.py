"""A pharmacist decides on what happened to storage: keep, shorten or discard, signed, with a reason (R18)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ldninv.domain import holding
from ldninv.domain.batch import Kept
from ldninv.domain.entries import Decision, Entry, Kind, Posted, given
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning
from ldninv.domain.storage import worded
from ldninv.domain.storage.happenings import WAITING, Decided, Happening, Met, answers, status_of
from ldninv.domain.stored import NO_RECORD
from ldninv.services import signing
from ldninv.services.batches import known
from ldninv.services.context import Change, Context
from ldninv.services.entering import at_hand, enter
from ldninv.services.evidence import signed_facts
from ldninv.services.signing import Pen
from ldninv.services.storage import settling

if TYPE_CHECKING:
    from ldninv.db import Transaction
    from ldninv.db.whereabouts import Whereabout

ACTION = "storage-decided"
"""What the trail calls a decision that needs no entry of the ledger."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What becomes of one batch."""

    decision: Decision
    expires: date | None = None
    """The last usable day, where it is shortened."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a decision."""

    posted: tuple[Posted, ...]
    """The entries that it took, oldest first."""
    batches: int
    notices: tuple[str, ...] = ()
    changed: Change = Change.LEDGER | Change.BATCHES


def decide(
    context: Context, number: int, choices: Mapping[str, Choice], *, reason: str, sign: Pen | None = None
) -> Done:
    """Decide on the batches that a happening touched, all of them or some, in one transaction.

    What else waits for these batches at the same time and place is decided with it: a spell above 40 °C lies within
    one above 30.

    Args:
        context: Who and when.
        number: The version of the happening that was looked at.
        choices: What becomes of each batch, by lot.
        reason: Why.
        sign: The pharmacist.

    Raises:
        Refused: readings came in meanwhile, a batch was not touched or does not wait, no reason is given, a date is no
            earlier one, or nobody signs who may.
    """
    if not choices:
        raise Refused("No batch is chosen. Choose those that you decide on.")
    said = given(reason, "decide on what happened to storage")
    signer = signing.signer(context, sign, Meaning.DECIDED)
    posted: list[Posted] = []
    with context.writing() as work:
        looked_at, happening = current(work, number)
        for lot, choice in choices.items():
            kept = at_hand(context, work, lot)
            _refuse_moved(kept, looked_at, happening)
            one, ours = _answered(work, kept, happening)
            lifts = lifted(kept, ours)
            made, event, content = _write_down(context, work, kept, choice, happening, said, lifts=lifts)
            posted += [made] if made is not None else []
            signing.sign(context, work, signer, kept.batch.lot, content, about=event)
            hold_again(context, work, kept, made, otherwise=True, storage=not lifts)
            _keep(context, work, one, ours, choice, said, event, made)
        stays = _stay_held(work, [*choices])
    return Done(tuple(posted), len(choices), (*stays, *signing.remarks(signer)))


def lifted(kept: Kept, answered: Iterable[Met]) -> bool:
    """Whether a decision on all this answers what a batch is on hold for: no review does (R18)."""
    breached = any(each.happening.of_breach for each in answered)
    return kept.stock.held_for_storage is not None and breached


def hold_again(
    context: Context, work: Transaction, kept: Kept, made: Posted | None, *, otherwise: bool, storage: bool
) -> None:
    """Hold a batch again for what the entry of a decision lifted and did not answer; `kept` is the batch before it."""
    if made is None or made.entry.kind is not Kind.DECIDED:
        return
    entry = holding.still_held(kept, made.entry.day, otherwise=otherwise, storage=storage)
    if entry is not None:
        enter(context, work, replace(kept, stock=replace(kept.stock, held=None, held_for_storage=None)), entry)


def stays_held(work: Transaction, lot: str) -> str | None:
    """Return in words for what else a batch that was decided on is on hold; None where it is not."""
    held = known(work, lot).stock.held
    return None if held is None else f"Batch {lot} stays on hold: {held}. That takes a decision of its own."


def _stay_held(work: Transaction, lots: Sequence[str]) -> list[str]:
    """Return the same of several in one sentence: why each of them is, the form said before it was signed."""
    stays = {lot: remark for lot in lots if (remark := stays_held(work, lot)) is not None}
    if len(stays) < 2:  # noqa: PLR2004 - one sentence
        return [*stays.values()]
    return [f"{len(stays)} batches stay on hold for what takes a decision of its own: {worded.few([*stays])}."]


def _write_down(
    context: Context, work: Transaction, kept: Kept, choice: Choice, happening: Happening, reason: str, *, lifts: bool
) -> tuple[Posted | None, int, Mapping[str, object]]:
    """Append the entry that a choice takes, or its event alone; return it, the event and what is signed."""
    entry = _entry(kept, choice, reason, context.today(), lifts=lifts)
    if entry is not None:
        made, event = enter(context, work, kept, entry)
        return made, event, signed_facts(made)
    told = {"decision": choice.decision.value, "happening": happening.id, "readings": happening.readings}
    event = work.trail.append(context.event(ACTION, kept.batch.lot, after=told, reason=reason))
    return None, event, told | {"lot": kept.batch.lot, "reason": reason}


def close(context: Context, work: Transaction, kept: Kept, posted: Posted, event: int) -> None:
    """Keep what a decision on a batch's hold answers; within a write.

    Where it is on hold for something that has nothing to do with storage, that is what was decided, and its breaches
    wait on. Where it is held for storage alone, they are what was decided.
    """
    ((one, met),) = waiting_of(work, [kept.batch.id])
    ours: list[Met] = []
    if kept.stock.held_otherwise is None:
        breaches = [each for each in met if each.happening.of_breach]
        ours = [each for each in met if any(answers(breach.happening, each.happening) for breach in breaches)]
    hold_again(context, work, kept, posted, otherwise=False, storage=kept.stock.held_otherwise is not None)
    entry = posted.entry
    if entry.decision is not None:
        choice = Choice(entry.decision, entry.expires)
        _keep(context, work, one, ours, choice, entry.reason or "", event, posted)


def current(work: Transaction, number: int) -> tuple[Happening, Happening]:
    """Return a version, and the last one of its kind, which rests on the same.

    Raises:
        Refused: there is none, or readings came in since.
    """
    found = work.happenings.version(number)
    if found is None:
        raise Refused(f"There is no storage event {number}. Look at the list of events.")
    last = work.happenings.versions(found.thread)[-1]
    if (last.gone and not last.touched) or last.evidence != found.evidence:
        raise Refused("Readings came in meanwhile that change this. Look at it again, then decide.")
    return found, last


def _refuse_moved(kept: Kept, looked_at: Happening, now: Happening) -> None:
    if looked_at.evidence_of(kept.batch.id) != now.evidence_of(kept.batch.id):
        raise Refused(
            f"Where batch {kept.batch.lot} stood, and when, was corrected meanwhile. Look at it again, then decide."
        )


def waiting_of(work: Transaction, batches: Sequence[int]) -> list[tuple[Whereabout, list[Met]]]:
    """Return where batches stood, and what of it waits for a decision."""
    stood = work.whereabouts.of(batches)
    met = settling.all_met(work, stood)
    return [(one, [each for each in met[one.batch] if each.waits]) for one in stood]


def _answered(work: Transaction, kept: Kept, happening: Happening) -> tuple[Whereabout, list[Met]]:
    """Return where a batch stood, and all that a decision on a happening answers for it.

    Raises:
        Refused: the batch does not wait for it.
    """
    ((one, met),) = waiting_of(work, [kept.batch.id])
    ours = [each for each in met if answers(happening, each.happening)]
    _, covered = work.happenings.kept([kept.batch.id]).get(kept.batch.id, (NO_RECORD, None))
    asking = (each.happening for each in ours if status_of(each.happening, kept, each.decided, covered) in WAITING)
    if happening.thread not in {each.thread for each in asking}:
        raise Refused(f"Batch {kept.batch.lot} does not wait for a decision on this. Look at it again.")
    return one, ours


def _entry(kept: Kept, choice: Choice, reason: str, today: date, *, lifts: bool) -> Entry | None:
    """Return the entry of the ledger that a choice takes; None where the batch stays as it is, with what holds it."""
    if lifts or choice.decision is Decision.SHORTEN:
        return holding.decide(kept, choice.decision, reason, today, expires=choice.expires)
    if choice.decision is Decision.DISCARD:
        return None if kept.stock.rejected is not None else holding.reject(kept, reason, today)
    if choice.expires is not None:
        raise Refused("A date goes with a decision to shorten, not with one to keep. Leave it out.")
    return None


def _keep(  # noqa: PLR0913, PLR0917 - what is kept of a decision
    context: Context,
    work: Transaction,
    one: Whereabout,
    met: Iterable[Met],
    choice: Choice,
    reason: str,
    event: int,
    posted: Posted | None,
) -> None:
    decided = [
        Decided(
            happening=each.happening.id,
            batch=one.batch,
            evidence="",
            decision=choice.decision,
            expires=choice.expires,
            reason=reason,
            at=context.instant(),
            by=context.user,
        )
        for each in met
    ]
    work.happenings.decide(decided, {one.batch: posted.id} if posted else {}, event)
    settling.settle(context, work, [one], settling.happened(work, [one]), event)
