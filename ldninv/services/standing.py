"""What is decided of a whole batch: released, quarantined, rejected, put on hold, decided on (R8, R18)."""

from __future__ import annotations

from datetime import date

from ldninv.db import Transaction
from ldninv.domain import holding
from ldninv.domain.batch import Kept
from ldninv.domain.entries import Decision, Entry, Kind, Posted
from ldninv.domain.quality import Checks, Quality, checked
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning
from ldninv.services import record, recorded, signing
from ldninv.services.batches import known, named
from ldninv.services.context import Context
from ldninv.services.evidence import signed_facts
from ldninv.services.posting import Done, post
from ldninv.services.signing import Pen
from ldninv.services.storage import deciding


def release(
    context: Context, lot: str, checks: Checks | None = None, *, sign: Pen | None = None, with_label: bool = False
) -> Done:
    """Take a batch out of quarantine (R8).

    Where there are people, a second person signs, and no check may be missing. Until then it is done, recorded as
    unsigned, and the missing checks are named.

    Args:
        context: Who and when.
        lot: The batch.
        checks: What was looked at.
        sign: The second person.
        with_label: Whether the label is among the checks that may not be missing: the window asks for it. The command
            line was written without it, and what calls it goes on: there it is named where it is missing, not refused.

    Raises:
        Refused: it is released already, something stands that a release does not lift, a check is missing or
            cannot be, the label does not match the record, or nobody signs who may.
    """
    looked = checked(checks or Checks())
    signer = signing.signer(context, sign, Meaning.RELEASED, of=named(context, lot))

    def decide(work: Transaction, kept: Kept) -> Entry:
        signing.second_person(work, signer, [kept.batch.made_by], f"made batch {kept.batch.lot}")
        signing.second_person(work, signer, _wrote_down(work, kept), f"wrote down batch {kept.batch.lot}")
        entry = holding.release(kept, context.today(), checks=str(looked) or None)
        if signer is not None:
            looked.must_be_whole(kept.batch.lot, with_label=with_label)
        return entry

    found: list[Quality] = []

    def beside(work: Transaction, kept: Kept, posted: Posted, event: int) -> None:
        found.append(record.keep_checks(work, kept, looked, event))
        signing.sign(context, work, signer, posted.lot, recorded.content(work, kept), about=event)

    done = post(context, lot, decide, beside, tell=lambda work, kept: record.told_of(work, kept, looked))
    return Done(done.posted, done.changed, (*record.remarks(found[0]), *_missing(looked), *signing.remarks(signer)))


def _missing(looked: Checks) -> tuple[str, ...]:
    lacking = looked.lacking()
    return (f"Not recorded: {', '.join(lacking)}.",) if lacking else ()


def makers(context: Context, kept: Kept) -> list[str]:
    """Return who cannot release a batch: who made it, and who wrote it down (R8)."""
    with context.store.reading() as work:
        return [*([kept.batch.made_by] if kept.batch.made_by else []), *_wrote_down(work, kept)]


def _wrote_down(work: Transaction, kept: Kept) -> list[str]:
    """Return who brought a batch in as made here: whatever name was typed for who made it, it may have been they.

    Where nobody is named who made it, that is whoever entered it, by a list too.
    """
    made = (each for each in work.ledger.of(kept.batch.id, kept.batch.lot) if each.entry.kind is Kind.MADE)
    numbers = [number for each in made if (number := work.ledger.event_of(each.id)) is not None]
    return [event.by for event in work.trail.rows(numbers) if event.action == Kind.MADE or not kept.batch.made_by]


def quarantine(context: Context, lot: str, *, reason: str) -> Done:
    """Put a released batch back into quarantine."""
    return post(context, lot, lambda _, kept: holding.quarantine(kept, reason, context.today()))


def reject(context: Context, lot: str, *, reason: str) -> Done:
    """Reject a batch for good: what is left of it is disposed of."""
    return post(context, lot, lambda _, kept: holding.reject(kept, reason, context.today()))


def hold(context: Context, lot: str, *, reason: str) -> Done:
    """Put a batch on hold, until a pharmacist decides (R18)."""
    return post(context, lot, lambda _, kept: holding.hold(kept, reason, context.today()))


def decide(
    context: Context,
    lot: str,
    decision: Decision,
    *,
    reason: str,
    expires: date | None = None,
    sign: Pen | None = None,
) -> Done:
    """Decide on a batch that is on hold, or give it an earlier date without a hold; a pharmacist signs (R18).

    Where it is on hold for something else beside storage, that is what is decided, and storage holds it on.

    Raises:
        Refused: there is no hold to decide on, the date is not earlier, or nobody signs who may.
    """
    with context.store.reading() as work:
        there = known(work, lot)
    held = there.stock.held is not None
    meaning = Meaning.DECIDED if held else Meaning.EXPIRY_CHANGED
    signer = signing.signer(context, sign, meaning, of=f"batch {there.batch.lot}")

    def choose(_: Transaction, kept: Kept) -> Entry:
        if (kept.stock.held is not None) is not held:
            raise Refused(f"Batch {kept.batch.lot} was put on hold or decided on at this moment. Look at it again.")
        return holding.decide(kept, decision, reason, context.today(), expires=expires)

    def beside(work: Transaction, kept: Kept, posted: Posted, event: int) -> None:
        signing.sign(context, work, signer, posted.lot, signed_facts(posted), about=event)
        if held:
            deciding.close(context, work, kept, posted, event)
        stays.append(deciding.stays_held(work, posted.lot))

    stays: list[str | None] = []
    done = post(context, lot, choose, beside)
    return Done(done.posted, done.changed, (*filter(None, stays), *signing.remarks(signer)))
