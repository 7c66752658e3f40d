"""What the storage of batches comes to from all that is known, and which of them it holds (R16, R18)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from math import isfinite
from typing import TYPE_CHECKING

from ldninv.domain import holding
from ldninv.domain.batch import Kept
from ldninv.domain.entries import Entry
from ldninv.domain.expiry import Container
from ldninv.domain.places import Light
from ldninv.domain.storage import amounts, worded
from ldninv.domain.storage import happenings as rules
from ldninv.domain.storage.happenings import Decided, Effect, Happening, Met
from ldninv.domain.storage.stays import overlap
from ldninv.domain.stored import NO_RECORD, Stored
from ldninv.services.context import Context
from ldninv.services.entering import enter_all
from ldninv.services.storage.known import Known

if TYPE_CHECKING:
    from ldninv.db import Transaction
    from ldninv.db.whereabouts import Whereabout


@dataclass(slots=True)
class Marked:
    """What came of it."""

    batches: dict[int, Stored] = field(default_factory=dict)
    """What each batch's storage is now, of all that stood there."""
    held: list[int] = field(default_factory=list)
    """Batches that were put on hold."""


def settle(
    context: Context,
    work: Transaction,
    stood: Sequence[Whereabout],
    now: Sequence[Happening],
    event: int,
    *,
    lost: Collection[int] = (),
) -> Marked:
    """Keep what the storage of batches comes to, where that changed, and hold those that a breach touched (R18).

    A hold is lifted by a pharmacist alone: where its breach is known no more, it says so.

    Args:
        context: Who and when.
        work: The transaction.
        stood: The batches, with where they stood.
        now: All that is known of these places.
        event: The number of the event that this belongs to.
        lost: Batches that a breach touched which is known no more.
    """
    decided = work.happenings.decided({each.thread for each in now})
    known = Known(work)
    light = {each.name: each.light for each in work.places.all()}
    of_place: defaultdict[str, list[Happening]] = defaultdict(list)
    for each in now:
        of_place[each.place].append(each)
    met = met_by(stood, of_place, decided)
    result = {one.batch: _stored(one, met[one.batch], known, light) for one in stood}
    before = work.happenings.kept(list(result))
    news = {key: found for key, found in result.items() if before.get(key, (NO_RECORD, None)) != found}
    work.happenings.keep(news, event)
    return Marked({key: found for key, (found, _) in result.items()}, _hold(context, work, stood, met, lost))


def recount(
    work: Transaction, batches: Sequence[int], say: amounts.Say = worded.words
) -> dict[int, tuple[Stored, float | None]]:
    """Return what the storage of batches comes to, from all that is kept, in these words; nothing is written."""
    stood = work.whereabouts.of(batches)
    met = all_met(work, stood)
    known = Known(work)
    light = {each.name: each.light for each in work.places.all()}
    return {one.batch: _stored(one, met[one.batch], known, light, say) for one in stood}


def all_met(work: Transaction, stood: Sequence[Whereabout]) -> dict[int, list[Met]]:
    """Return by batch all that happened where it stood, each with how far a pharmacist is with it."""
    of_place: defaultdict[str, list[Happening]] = defaultdict(list)
    for each in happened(work, stood):
        of_place[each.place].append(each)
    decided = work.happenings.decided({each.thread for found in of_place.values() for each in found})
    return met_by(stood, of_place, decided)


def happened(work: Transaction, stood: Sequence[Whereabout]) -> list[Happening]:
    """Return all that is known of the places of batches, and what was decided on where they were said to have stood."""
    places = {each.place for one in stood for each in one.presences}
    found = [each for place in sorted(places) for each in work.happenings.now(place=place)]
    elsewhere = work.happenings.touching([one.batch for one in stood])
    return [*found, *(each for each in elsewhere if each.place not in places)]


def _stored(
    one: Whereabout, met: Sequence[Met], known: Known, light: Mapping[str, Light], say: amounts.Say = worded.words
) -> tuple[Stored, float | None]:
    covered = known.coverage(one)
    share = None if covered is None else covered.share
    found = NO_RECORD if share is None and not met else amounts.stored(met, share, say)
    if covered is not None and covered.lost_from is not None:
        found = replace(found, lost_on=datetime.fromtimestamp(covered.lost_from, UTC).date())
    last = one.presences[-1] if one.presences else None
    if last is None or isfinite(last.end) or one.container is not Container.CLEAR:
        return found, share
    return amounts.in_the_light(found, last.place, light[last.place]), share


def met_by(
    stood: Iterable[Whereabout],
    of_place: Mapping[str, Sequence[Happening]],
    decided: Mapping[tuple[int, int], Decided],
) -> dict[int, list[Met]]:
    """Return by batch all that happened where it stood, each with how far a pharmacist is with it.

    What was decided on for a batch that is known by now never to have stood there waits to be decided anew (R18).
    """
    absent: defaultdict[int, list[Happening]] = defaultdict(list)
    for happening in (each for found in of_place.values() for each in found if not each.gone):
        for touch in happening.touched:
            if touch.absent:
                absent[touch.batch].append(happening)
    result: dict[int, list[Met]] = {}
    for one in stood:
        found = _met_by(one, of_place, decided)
        for each in absent[one.batch]:
            last = decided.get((each.thread, one.batch))
            found.append(Met(each.for_batch(one.batch), rules.status(each, last), last))
        result[one.batch] = found
    return result


def _met_by(
    one: Whereabout, of_place: Mapping[str, Sequence[Happening]], decided: Mapping[tuple[int, int], Decided]
) -> list[Met]:
    found: dict[int, Met] = {}
    for each in one.presences:
        for happening in of_place.get(each.place, ()):
            if overlap(each.span, happening.span) is None:
                continue
            if (happening.path or happening.gone) and one.batch not in {touch.batch for touch in happening.touched}:
                continue
            if rules.effect_on(happening, one.container) is Effect.RECORDED:
                happening = replace(happening, effect=Effect.RECORDED)  # noqa: PLW2901 - as it is for this batch
            last = decided.get((happening.thread, one.batch))
            found[happening.thread] = Met(happening, rules.status(happening, last), last)
    return list(found.values())


def _hold(
    context: Context,
    work: Transaction,
    stood: Sequence[Whereabout],
    met: Mapping[int, Sequence[Met]],
    lost: Collection[int],
) -> list[int]:
    """Put the batches on hold that a breach touched which waits for a decision; whatever else holds them is said too.

    A place may hold thousands: they are read at once and entered at once.
    """
    waiting = {
        one.batch: [each.happening for each in met[one.batch] if each.waits and each.happening.effect is Effect.HOLD]
        for one in stood
    }
    today = context.today()
    entries: list[tuple[Kept, Entry]] = []
    held: list[int] = []
    for kept in work.batches.rows([key for key, breaches in waiting.items() if breaches or key in lost]):
        key = kept.batch.id
        day = max(today, work.ledger.last_day(key) or today)
        if waiting[key]:
            entry = holding.hold_for_storage(kept, worded.holds(waiting[key]), day)
            held += [key] if entry is not None and kept.stock.held_for_storage is None else []
        else:
            entry = holding.hold_without_breach(kept, day)
        if entry is not None:
            entries.append((kept, entry))
    if entries:
        enter_all(context, work, entries)
    return held
