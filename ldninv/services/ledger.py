"""What is done to a batch: every verb one entry in the ledger with its event in the trail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ldninv.db import Transaction
from ldninv.domain import ledger
from ldninv.domain.batch import Kept
from ldninv.domain.days import last_day_of
from ldninv.domain.ledger import DisposalReason, Entry, Posted
from ldninv.domain.quantities import Strength, whole_capsules, whole_days
from ldninv.domain.refusal import Refused
from ldninv.domain.suggestion import Suggestion, first_to_expire, why_not
from ldninv.domain.suggestion import suggest as suggest_from
from ldninv.services.batches import known
from ldninv.services.context import Change, Context


@dataclass(frozen=True, slots=True)
class Done:
    """The entry that a verb made, and what a person should know of it."""

    posted: Posted
    changed: Change = Change.LEDGER
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What was looked at before a release (R8); None where it was not recorded."""

    appearance: str | None = None
    yielded: int | None = None
    """Capsules."""
    weights_mg: tuple[float, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The checks that were not recorded, in words."""
        held = (("appearance", self.appearance), ("yield", self.yielded), ("capsule weights", self.weights_mg))
        return tuple(name for name, found in held if found is None or found == ())

    @property
    def conspicuous(self) -> bool:
        """Whether something was noted of the appearance besides that it is as expected."""
        return self.appearance is not None and self.appearance.strip().casefold() not in {"ok", "as expected"}

    def __str__(self) -> str:
        weights = ", ".join(f"{weight:g}" for weight in self.weights_mg)
        held = (("appearance", self.appearance), ("yield", self.yielded), ("capsule weights in mg", weights))
        return "; ".join(f"{name}: {found}" for name, found in held if found not in {None, ""})


def dispense(context: Context, lot: str, capsules: int, *, days_supply: int, reason: str | None = None) -> Done:
    """Take `capsules` from batch `lot` for a supply of `days_supply` days.

    Raises:
        Refused: the batch is not usable today, does not cover the supply or holds too few capsules; or a batch that
            expires earlier would serve and no `reason` to pass it over is given (R5, R7, R9).
    """

    def decide(work: Transaction, kept: Kept) -> Entry:
        today, buffer = context.today(), work.preferences.read().buffer
        entry = ledger.dispense(kept, capsules, days_supply, today, buffer=buffer, reason=reason)
        if not (reason or "").strip():
            _take_the_earlier(context, work, kept, capsules, days_supply)
        return entry

    return _post(context, lot, decide)


def waste(context: Context, lot: str, capsules: int, *, reason: str) -> Done:
    """Write off `capsules`; works in every state with stock (R9)."""
    return _post(context, lot, lambda _, kept: ledger.waste(kept, capsules, reason, context.today()))


def dispose(
    context: Context,
    lot: str,
    capsules: int,
    *,
    reason: DisposalReason,
    method: str | None = None,
    witness: str | None = None,
) -> Done:
    """Dispose of `capsules`; works in every state with stock (R9, R13)."""
    done = _post(
        context,
        lot,
        lambda _, kept: ledger.dispose(kept, capsules, reason, context.today(), method=method, witness=witness),
    )
    return done if witness else replace(done, notices=("No witness was named.",))


def count(context: Context, lot: str, found: int, *, reason: str | None = None) -> Done:
    """Set the books of a batch to the `found` capsules (R10)."""
    return _post(context, lot, lambda _, kept: ledger.count(kept, found, context.today(), reason=reason))


def move(context: Context, lot: str, place: str) -> Done:
    """Put a batch at another place.

    Raises:
        Refused: there is no such place, or it stands there already.
    """

    def decide(work: Transaction, kept: Kept) -> Entry:
        to = work.places.by_name(place)
        if to is None:
            names = ", ".join(each.name for each in work.places.all()) or "none yet"
            raise Refused(f"There is no place “{place}”. Places: {names}. Add it first (ldninv places add).")
        return ledger.move(kept, to.name, context.today())

    return _post(context, lot, decide)


def release(context: Context, lot: str, checks: Checks | None = None) -> Done:
    """Take a batch out of quarantine (R8).

    While the database holds no people, nobody can sign: it is done, recorded as unsigned, and the missing checks
    are named.
    """
    checks = checks or Checks()
    done = _post(context, lot, lambda _, kept: ledger.release(kept, context.today(), checks=str(checks) or None))
    unsigned = "Recorded as unsigned: there are no people in this database yet."
    missing = f"Not recorded: {', '.join(checks.missing)}." if checks.missing else None
    seen = f"Its appearance was noted as “{checks.appearance}”." if checks.conspicuous else None
    return Done(done.posted, done.changed, tuple(text for text in (seen, missing, unsigned) if text))


def quarantine(context: Context, lot: str, *, reason: str) -> Done:
    """Put a released batch back into quarantine."""
    return _post(context, lot, lambda _, kept: ledger.quarantine(kept, reason, context.today()))


def void(context: Context, number: int, *, reason: str) -> Done:
    """Take entry `number` back by a new one (R10).

    Raises:
        Refused: there is no such entry, or it cannot be taken back.
    """
    with context.store.reading() as work:
        lot = work.ledger.lot_of(number)
    if lot is None:
        raise Refused(f"There is no entry {number}. Look at the batch's movements for its number.")

    def decide(work: Transaction, kept: Kept) -> Entry:
        return ledger.void(work.ledger.of(kept.batch.id, lot), number, reason, context.today())

    return _post(context, lot, decide)


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
        today, buffer = context.today(), work.preferences.read().buffer
        first = _first_that_serves(context, work, kept.batch.strength, capsules, days_supply)
    try:
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


def _post(context: Context, lot: str, decide: Callable[[Transaction, Kept], Entry]) -> Done:
    """Find the batch, let the domain decide, append the entry with its event: all of it or nothing."""
    with context.writing() as work:
        kept = known(work, lot)
        entry = decide(work, kept)
        on_hand = kept.stock.on_hand + entry.capsules
        event = context.event(
            entry.kind.value,
            kept.batch.lot,
            before={"on_hand": kept.stock.on_hand, "place": kept.stock.place},
            after={
                "capsules": entry.capsules,
                "day": entry.day,
                "days_supply": entry.days_supply,
                "note": entry.note,
                "on_hand": on_hand,
                "place": entry.place or kept.stock.place,
                "voids": entry.voids,
            },
            reason=entry.reason,
        )
        number = work.trail.append(event)
        (key,) = work.ledger.append([(kept.batch.id, entry)], at=event.at, by=event.by, event=number)
    return Done(Posted(id=key, lot=kept.batch.lot, entry=entry, on_hand=on_hand, at=event.at, by=event.by))
