"""Policies put in force, component dates read anew, and the batches that they would shorten (R1, R2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ldninv.db import Transaction
from ldninv.db.batch_rows import policy_text
from ldninv.domain import policies as domain
from ldninv.domain.batch import Kept
from ldninv.domain.coverage import usable_days
from ldninv.domain.entries import Decision, given
from ldninv.domain.expiry import PRESETS, ComponentLot, Policy
from ldninv.domain.policies import BEYOND_USP_795, Adopted, NewDate, Shortening, same_component
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning
from ldninv.services import signing, standing
from ldninv.services.batches import known
from ldninv.services.context import Change, Context
from ldninv.services.entering import at_hand
from ldninv.services.signing import Pen

ACTION = "policy"
"""What the trail calls a policy that was put in force."""

NEW_DATE = "component-date"
"""What the trail calls a component lot's date that was read anew."""

DATE_KEPT = "date-kept"
"""What the trail calls a decision that a batch keeps its date."""


@dataclass(frozen=True, slots=True)
class Managed:
    """What the policy manager shows."""

    current: Policy
    adopted: tuple[Adopted, ...]
    """Every policy that was put in force, latest first; empty while the pharmacy never chose."""
    presets: tuple[Policy, ...] = PRESETS


@dataclass(frozen=True, slots=True)
class Done:
    """What a verb changed, and what a person should know of it."""

    changed: Change
    notices: tuple[str, ...] = ()
    shortens: int = 0
    """Batches with stock that keep a date which it would shorten."""


def managed(context: Context) -> Managed:
    """Return the policy in force today, those before and after it, and the presets."""
    with context.store.reading() as work:
        adopted = tuple(reversed(work.policies.all()))
        return Managed(work.settings(context.today()).policy, adopted)


def approve(
    context: Context,
    policy: Policy,
    *,
    effective_from: date | None = None,
    reason: str | None = None,
    sign: Pen | None = None,
) -> Done:
    """Put a policy in force from today or a later day on; a pharmacist signs. Batches keep the dates they have (R1).

    Raises:
        Refused: it cannot be, it is in force already, or nobody signs who may.
    """
    today = context.today()
    since = effective_from or today
    wanted = domain.checked(policy, since, today)
    signer = signing.signer(context, sign, Meaning.POLICY)
    with context.writing() as work:
        before = work.settings(since).policy
        if wanted == before and work.policies.all():
            raise Refused(f"Policy {wanted} is in force on {since} already. Nothing was changed.")
        number = _put_in_force(context, work, wanted, before, since, reason)
        signing.sign(context, work, signer, wanted.name, content(wanted, since), about=number)
        shortened = len(_shortenings(work, since))
    said = [BEYOND_USP_795 if wanted.beyond_usp_795 else "", _concerned(shortened), *signing.remarks(signer)]
    return Done(Change.SETTINGS, tuple(text for text in said if text), shortened)


def content(policy: Policy, effective_from: date) -> dict[str, object]:
    """Return a policy as it is signed."""
    return {"policy": policy_text(policy), "effective_from": effective_from.isoformat()}


def read_anew(context: Context, lot: str, expires: date, *, reason: str, name: str | None = None) -> Done:
    """Keep another date for a component lot than the batches made with it carry; they keep theirs (R1).

    Nobody signs this: what it would shorten is decided batch by batch, and signed there.

    Args:
        context: Who and when.
        lot: The component's lot.
        expires: Its last usable day.
        reason: Why it is another now.
        name: Which component, where several carry that lot.

    Raises:
        Refused: no batch was made with that lot, several components carry it, or it says nothing new.
    """
    said = given(reason, "change a component's date")
    with context.writing() as work:
        part = _component(work, lot, name)
        dates = [each for each in work.policies.new_dates() if _is(each, part)]
        before = dates[-1].expires if dates else part.expires
        if before == expires:
            raise Refused(f"{part.name} {part.lot} carries {expires} already. Nothing was changed.")
        event = context.event(
            NEW_DATE, part.lot, before={"expires": before}, after={"name": part.name, "expires": expires}, reason=said
        )
        work.policies.keep_date(part, expires, work.trail.append(event))
        shortened = len(_shortenings(work, context.today()))
    concerned = _concerned(shortened)
    return Done(Change.BATCHES, (concerned,) if concerned else (), shortened)


def shortenings(context: Context) -> list[Shortening]:
    """Return the batches with stock that today's policy or a component's new date would shorten, earliest date first.

    Those that expired, that are dated ahead, or whose date a pharmacist kept against the same or an earlier date, are
    left out.
    """
    with context.store.reading() as work:
        return _shortenings(work, context.today())


def shortening_of(context: Context, kept: Kept) -> Shortening | None:
    """Return what would shorten a batch that was read with its components; None where nothing does."""
    with context.store.reading() as work:
        return _of_one(work, context.today(), kept)


def decide(context: Context, lot: str, decision: Decision, *, reason: str, sign: Pen | None = None) -> Done:
    """Shorten a batch to the date that today's rules would give it, or keep its own; a pharmacist signs (R1).

    Raises:
        Refused: nothing would shorten it, no reason is given, or nobody signs who may.
    """
    if decision is Decision.DISCARD:
        raise Refused(f"A notice about a date asks to keep or to shorten it. Reject batch {lot} to discard it.")
    with context.store.reading() as work:
        found = _shortening(work, context.today(), lot)
    if decision is Decision.SHORTEN:
        done = standing.decide(
            context, lot, Decision.SHORTEN, reason=f"{found.to.rule}: {reason.strip()}", expires=found.to.on, sign=sign
        )
        return Done(done.changed | Change.BATCHES, done.notices)
    said = given(reason, "keep a date that a rule would shorten")
    signer = signing.signer(context, sign, Meaning.EXPIRY_CHANGED)
    with context.writing() as work:
        at_hand(context, work, lot)
        found = _shortening(work, context.today(), lot)
        batch = found.kept.batch
        after = {"expires": batch.expiry.on, "against": found.to.on, "rule": found.to.rule}
        number = work.trail.append(context.event(DATE_KEPT, batch.lot, after=after, reason=said))
        work.policies.keep_as_it_is(batch.id, found.to, number)
        signing.sign(context, work, signer, batch.lot, after | {"lot": batch.lot, "reason": said}, about=number)
    return Done(Change.BATCHES, signing.remarks(signer))


def _put_in_force(
    context: Context, work: Transaction, wanted: Policy, before: Policy, since: date, reason: str | None
) -> int:
    event = context.event(
        ACTION,
        wanted.name,
        before={"policy": policy_text(before)},
        after=content(wanted, since),
        reason=(reason or "").strip() or None,
    )
    number = work.trail.append(event)
    work.policies.append(wanted, since, number)
    if since <= context.today():
        work.preferences.write(replace(work.preferences.read(), policy=wanted))
    return number


def _shortenings(work: Transaction, today: date) -> list[Shortening]:
    settings, dates = work.settings(today), work.policies.new_dates()
    policy = settings.policy if work.policies.all() else None
    found: dict[int, Shortening] = {}
    if policy is not None:
        for kept in work.batches.by_another_policy(policy, until=today):
            speaks = domain.shortening(kept, policy, ())
            if speaks is not None:
                found[kept.batch.id] = speaks
    for lot in work.policies.made_with(new.lot for new in dates):
        kept = known(work, lot)
        speaks = domain.shortening(kept, policy, dates, with_components=settings.with_components)
        if speaks is not None and usable_days(kept.batch.expiry.on, today) > 0:
            found[kept.batch.id] = speaks
    settled = work.policies.kept_as_they_are()
    still = [
        each
        for key, each in found.items()
        if (key not in settled or each.to.on < settled[key]) and each.kept.batch.prepared <= today
    ]
    return sorted(still, key=lambda each: (each.to.on, each.kept.batch.lot))


def _shortening(work: Transaction, today: date, lot: str) -> Shortening:
    kept = known(work, lot)
    found = _of_one(work, today, kept)
    if found is None:
        raise Refused(
            f"No policy and no component gives batch {kept.batch.lot} an earlier date than {kept.batch.expiry.on}."
        )
    return found


def _of_one(work: Transaction, today: date, kept: Kept) -> Shortening | None:
    over = usable_days(kept.batch.expiry.on, today) <= 0
    if not kept.stock.on_hand or over or kept.batch.prepared > today:
        return None
    settings = work.settings(today)
    policy = settings.policy if work.policies.all() else None
    found = domain.shortening(kept, policy, work.policies.new_dates(), with_components=settings.with_components)
    if found is None:
        return None
    settled = work.policies.kept_as_they_are().get(kept.batch.id)
    return found if settled is None or found.to.on < settled else None


def _component(work: Transaction, lot: str, name: str | None) -> ComponentLot:
    carriers = [
        each
        for each in work.components.dated(lot)
        if name is None or " ".join(name.split()).casefold() in each.name.casefold()
    ]
    if not carriers:
        raise Refused(
            f"No batch was made with a component lot {lot}, and none was received. Check the lot on its label."
        )
    if len({same_component(each) for each in carriers}) > 1:
        names = ", ".join(each.name for each in carriers)
        raise Refused(f"Several components carry the lot {lot}: {names}. Say which one.")
    return carriers[-1]


def _is(new: NewDate, part: ComponentLot) -> bool:
    return same_component(ComponentLot(new.name, new.lot)) == same_component(part)


def _concerned(batches: int) -> str:
    if not batches:
        return ""
    some = "1 batch with stock keeps a date" if batches == 1 else f"{batches} batches with stock keep a date"
    return f"{some} that it would shorten. Decide for each: keep or shorten."
