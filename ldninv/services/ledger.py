"""What is done to a batch's capsules: every verb one entry in the ledger with its event in the trail."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from ldninv.db import Transaction
from ldninv.domain import ledger, taking_back
from ldninv.domain.batch import Kept
from ldninv.domain.days import last_day_of
from ldninv.domain.entries import Disposal, DisposalReason, Entry, Kind, Posted, out_of_the_house
from ldninv.domain.prescriptions import rx_number
from ldninv.domain.quality import Checks
from ldninv.domain.quantities import Strength, whole_capsules, whole_days
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning
from ldninv.domain.suggestion import Suggestion, first_to_expire, why_not
from ldninv.domain.suggestion import suggest as suggest_from
from ldninv.services import goods, people, signing
from ldninv.services.batches import known, named
from ldninv.services.context import Change, Context
from ldninv.services.evidence import signed_facts
from ldninv.services.places import known_place
from ldninv.services.posting import Done, append, post
from ldninv.services.signing import Pen
from ldninv.services.standing import quarantine, release

__all__ = [
    "Checks",
    "Done",
    "Outlook",
    "accept_return",
    "count",
    "dispense",
    "dispose",
    "move",
    "outlook",
    "quarantine",
    "release",
    "sample",
    "suggest",
    "void",
    "waste",
]


def dispense(  # noqa: PLR0913 - what a form asks, each by its name
    context: Context,
    lot: str,
    capsules: int,
    *,
    days_supply: int,
    reason: str | None = None,
    reminded: bool = False,
    reinspected: bool = False,
    rx: str | None = None,
) -> Done:
    """Take `capsules` from batch `lot` for a supply of `days_supply` days.

    Args:
        context: Who acts, where and when.
        lot: Which batch.
        capsules: How many.
        days_supply: Days that they are to last.
        reason: Why a batch that expires earlier is passed over.
        reminded: Whether the reminder was ticked; kept on the entry (R37).
        reinspected: Whether the capsules were looked at again, on a later day than made; kept on the entry (R8).
        rx: The prescription's number, where the pharmacy keeps them (R29).

    Raises:
        Refused: the batch is not usable today, does not cover the supply or holds too few capsules; a batch that
            expires earlier would serve and no `reason` to pass it over is given (R5, R7, R9); or an `rx` that is not
            kept here.
    """
    note = ledger.ticked(reminded=reminded, reinspected=reinspected)
    notices: list[str] = []

    def decide(work: Transaction, kept: Kept) -> Entry:
        today, buffer = context.today(), work.preferences.read().buffer
        entry = ledger.dispense(kept, capsules, days_supply, today, buffer=buffer, reason=reason, note=note)
        if not (reason or "").strip():
            _take_the_earlier(context, work, kept, capsules, days_supply)
        if kept.batch.prepared < today and not reinspected:
            notices.append("Not recorded: that the capsules were looked at again before they left.")
        return entry

    done = post(context, lot, decide, lambda work, _kept, posted, _event: _keep_rx(work, posted, rx))
    return replace(done, notices=tuple(notices))


def waste(context: Context, lot: str, capsules: int, *, reason: str) -> Done:
    """Write off `capsules`; works in every state with stock (R9)."""
    return post(context, lot, lambda _, kept: ledger.waste(kept, capsules, reason, context.today()))


def sample(context: Context, lot: str, capsules: int, *, reason: str | None = None) -> Done:
    """Take `capsules` for an assay; works in every state with stock."""
    return post(context, lot, lambda _, kept: ledger.sample(kept, capsules, context.today(), reason=reason))


def accept_return(context: Context, lot: str, capsules: int, *, reason: str | None = None) -> Done:
    """Take back `capsules` that had left the house: they are never usable again, and the batch waits for them (R10).

    Raises:
        Refused: more than are out by the books: dispensed, and not come back yet.
    """

    def decide(work: Transaction, kept: Kept) -> Entry:
        out = out_of_the_house(work.ledger.of(kept.batch.id, kept.batch.lot))
        return ledger.accept_return(kept, capsules, out, context.today(), reason=reason)

    done = post(context, lot, decide)
    return replace(done, notices=("The batch is in quarantine until they are disposed of.",))


def dispose(  # noqa: PLR0913 - what a form asks, each by its name
    context: Context,
    lot: str,
    capsules: int,
    *,
    reason: DisposalReason,
    method: str | None = None,
    container: str | None = None,
    witness: str | None = None,
    sign: Pen | None = None,
) -> Done:
    """Dispose of `capsules`; works in every state with stock (R9, R13).

    Where there are people it is signed by whoever did it, and another one of them saw it.

    Raises:
        Refused: too few capsules, no witness, no signature, or a reason that is not so.
    """
    signer = signing.signer(context, sign, Meaning.DISPOSED, of=named(context, lot))
    disposals: list[Disposal] = []

    def decide(work: Transaction, kept: Kept) -> Entry:
        settings = work.preferences.read()
        did = {"does it": context.user, "signs for it": signer.person.name if signer else None}
        saw = people.witness(work, witness, did, kept.batch.lot, needed=settings.witness_needed)
        each = settings.capsule_value_cents
        value = None if each is None else each * capsules
        disposals.append(Disposal(method=method, container=container, witness=saw, value_cents=value))
        return ledger.dispose(kept, capsules, reason, context.today(), disposal=disposals[0])

    def beside(work: Transaction, _: Kept, posted: Posted, event: int) -> None:
        work.disposals.append(posted.id, disposals[0])
        signing.sign(context, work, signer, posted.lot, signed_facts(posted, disposals[0]), about=event)

    done = post(context, lot, decide, beside, tell=lambda _work, _kept: {"disposal": asdict(disposals[0])})
    unwitnessed = () if witness else ("No witness was named.",)
    return replace(done, notices=(*done.notices, *unwitnessed, *signing.remarks(signer)))


def count(context: Context, lot: str, found: int, *, reason: str | None = None) -> Done:
    """Set the books of a batch to the `found` capsules (R10)."""
    return post(context, lot, lambda _, kept: ledger.count(kept, found, context.today(), reason=reason))


def move(context: Context, lot: str, place: str) -> Done:
    """Put a batch at another place.

    Raises:
        Refused: there is no such place, or it stands there already.
    """

    def decide(work: Transaction, kept: Kept) -> Entry:
        there = known_place(work, place, f" to move batch {kept.batch.lot} to")
        return ledger.move(kept, there.name, context.today())

    return post(context, lot, decide)


def void(context: Context, number: int, *, reason: str, sign: Pen | None = None) -> Done:
    """Take entry `number` back by a new one (R10).

    One that a wrong clock dated ahead is taken back on its own day: else nothing could happen to the batch until then.
    Where it said what becomes of the whole batch (a hold, a decision, a rejection), or was a disposal, a pharmacist
    signs; so too where it is what made the batch, which then was never made under its lot: what went into it is back
    in its stock.

    Raises:
        Refused: there is no such entry, it cannot be taken back, the clock has gone backwards, or nobody signs who may.
    """
    signer = None
    with context.store.reading() as work:
        kept, old = _to_take_back(context, work, number)
        signed = taking_back.void_signed(kept.batch, old.entry, context.today())
    if signed:
        signer = signing.signer(context, sign, Meaning.TAKEN_BACK, of=f"batch {old.lot}")
    notices: list[str] = []
    with context.writing() as work:
        kept, old = _to_take_back(context, work, number)
        history = work.ledger.of(kept.batch.id, old.lot)
        entry = taking_back.void(kept.batch, history, number, reason, context.today())

        def beside(work: Transaction, kept: Kept, posted: Posted, event: int) -> None:
            if old.entry.kind is Kind.MADE:
                notices.extend(goods.give_back(work, kept.batch, posted, event))
            if signed:
                signing.sign(context, work, signer, posted.lot, signed_facts(posted), about=event)

        posted = append(context, work, kept, entry, beside)
    unsigned = signing.remarks(signer) if signed else ()
    stays = (f"The date stays {old.entry.expires}: it is shortened, never lengthened.",) if old.entry.expires else ()
    changed = Change.LEDGER | Change.GOODS if old.entry.kind is Kind.MADE else Change.LEDGER
    return Done(posted, changed, (*notices, *stays, *unsigned))


def _to_take_back(context: Context, work: Transaction, number: int) -> tuple[Kept, Posted]:
    """Return the entry that is to be taken back, with its batch.

    Raises:
        Refused: there is none, it belongs to a recall, or the clock has gone backwards and it is not what says so.
    """
    lot = work.ledger.lot_of(number)
    if lot is None:
        raise Refused(f"There is no entry {number}. Look at the batch's movements for its number.")
    kept, today = known(work, lot), context.today()
    (posted,) = (each for each in work.ledger.of(kept.batch.id, lot) if each.id == number)
    if taking_back.dated_ahead(kept.batch, posted.entry, today):
        if posted.entry.kind is Kind.RECALLED:
            raise Refused(
                f"Entry {number} of batch {lot} belongs to a recall. Take the recall back as a whole, on its own page."
            ).when_typed("ldninv recalls list, then ldninv recalls take-back")
    else:
        ledger.refuse_backwards(kept.batch, work.ledger.last_day(kept.batch.id), today)
    return kept, posted


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would come of dispensing from a batch, said before it is done (R5, R7, R9)."""

    refusal: str | None
    """Why the batch itself would be refused, with the way out; None where it serves."""
    first: Kept | None
    """The batch that expires first of those that serve: this one, another, or none."""
    passes_over: bool
    """Whether `first` expires before this batch, so that taking this one needs a reason (R7)."""


def outlook(context: Context, lot: str, capsules: int, *, days_supply: int) -> Outlook:
    """Return what would come of `dispense`, without doing it.

    Raises:
        Refused: no such batch, or no such number of capsules or of days is ever dispensed.
    """
    whole_capsules(capsules)
    whole_days(days_supply)
    with context.store.reading() as work:
        kept = known(work, lot)
        last = work.ledger.last_day(kept.batch.id)
        today, buffer = context.today(), work.preferences.read().buffer
        first = _first_that_serves(context, work, kept.batch.strength, capsules, days_supply)
    try:
        taking_back.refuse_taken_back(kept)
        ledger.refuse_backwards(kept.batch, last, today)
        ledger.dispense(kept, capsules, days_supply, today, buffer=buffer)
    except Refused as why:
        return Outlook(str(why), first, passes_over=False)
    return Outlook(None, first, passes_over=first is not None and first_to_expire(first) < first_to_expire(kept))


def suggest(context: Context, strength: Strength, capsules: int, days_supply: int) -> Suggestion:
    """Return which batch to take for a supply (R7)."""
    with context.store.reading() as work:
        candidates = work.batches.in_stock(strength)
        buffer = work.preferences.read().buffer
        return suggest_from(candidates, capsules, days_supply, context.today(), buffer=buffer)


def _keep_rx(work: Transaction, posted: Posted, rx: str | None) -> None:
    if rx is not None:
        work.prescriptions.append(posted.id, rx_number(rx, kept=work.preferences.read().rx_numbers))


def _take_the_earlier(context: Context, work: Transaction, kept: Kept, capsules: int, days_supply: int) -> None:
    first = _first_that_serves(context, work, kept.batch.strength, capsules, days_supply)
    if first is not None and first_to_expire(first) < first_to_expire(kept):
        raise Refused(
            f"Batch {first.batch.lot} expires earlier ({first.batch.expiry.on}) and would serve. "
            f"Take it, or give a reason to pass it over."
        )


def _first_that_serves(
    context: Context, work: Transaction, strength: Strength, capsules: int, days_supply: int
) -> Kept | None:
    """Return the first to expire of those that serve; reads no further than to it."""
    today, buffer = context.today(), work.preferences.read().buffer
    until = last_day_of(today, days_supply + buffer)
    for kept in work.batches.in_stock(strength, until=until):
        if why_not(kept, capsules, days_supply, today, buffer=buffer) is None:
            return kept
    return None
