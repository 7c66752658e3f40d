"""What a batch carried from place to place: its own record shows it, and that of no place alone (R14, R18)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ldninv.domain.storage.happenings import Effect, Happening, Touch
from ldninv.domain.storage.judging import judge_trace
from ldninv.domain.storage.path import records
from ldninv.domain.storage.profile import Profile
from ldninv.domain.storage.stays import Presence, Span, overlap, turns
from ldninv.domain.storage.trace import Trace
from ldninv.services.storage import seeing, together
from ldninv.services.storage.recorded import Recorded
from ldninv.services.storage.together import Part
from ldninv.services.storage.versions import paired

if TYPE_CHECKING:
    from ldninv.db import Transaction
    from ldninv.db.whereabouts import Whereabout

OfPlace = Mapping[str, Sequence[Happening]]


def anew(
    work: Transaction, stood: Iterable[Whereabout], now: Iterable[Happening], span: Span | None = None
) -> list[Happening]:
    """Return the new versions of what batches carried from place to place, each with its batch.

    A spell that goes on where a batch was moved to is one spell, and a mean is that of its own path; what the record of
    a place shows alone is marked with that place.

    Args:
        work: The transaction.
        stood: The batches, with where they stood.
        now: All that is known of these places, and what is gone but was decided on.
        span: What is new; None where it is where the batches stood.
    """
    of_place: defaultdict[str, list[Happening]] = defaultdict(list)
    of_batch: defaultdict[int, list[Happening]] = defaultdict(list)
    for each in now:
        if each.path:
            for touch in each.touched[:1]:
                of_batch[touch.batch].append(each)
        elif not each.gone:
            of_place[each.place].append(each)
    recorded = Recorded(work)
    found: list[Happening] = []
    for one in stood:
        moves = list(_moves(one))
        if span is None or any(span[0] - seeing.AROUND < move < span[1] + seeing.AROUND for move in moves):
            fresh = _carried(recorded, one, moves, of_place)
            touched = (replace(each, touched=(Touch(one.batch, *each.span),)) for each in fresh)
            found += _kept_with(of_batch[one.batch], paired(of_batch[one.batch], touched))
    return found


def _kept_with(known: Sequence[Happening], versions: Iterable[Happening]) -> Iterator[Happening]:
    """Yield versions with the place that what they follow is kept with; what no longer reaches there is another one."""
    at = {each.thread: each for each in known}
    for each in versions:
        before = at.get(each.thread)
        if before is None or before.place == each.place:
            yield each
        elif before.place in each.path:
            yield replace(each, place=before.place, logger=before.logger)
        else:
            yield from (replace(before, gone=True), replace(each, thread=0))


def _moves(one: Whereabout) -> Iterator[float]:
    """Yield when a batch came from one place to the next."""
    return (after.start for before, after in pairwise(one.presences) if before.place != after.place)


def _carried(recorded: Recorded, one: Whereabout, moves: Sequence[float], of_place: OfPlace) -> list[Happening]:
    found: dict[tuple[str, Span], Happening] = {}
    for around in _arounds(moves):
        for whole in turns(one.presences):
            path = [Presence(each.place, *met) for each in whole if (met := overlap(each.span, around)) is not None]
            limits = recorded.limits_along(path)
            if not _may_have(recorded, path, of_place, limits):
                continue
            parts = _parts(path, of_place)
            for trace in _records(recorded, whole, path):
                for each in together.of(judge_trace(trace, limits)):
                    if _adds(each, trace, parts, limits):
                        found.setdefault((each.kind, each.span), _told(recorded, each, path, trace))
    return together.widest(found.values())


def _arounds(moves: Sequence[float]) -> list[Span]:
    """Return the times around moves in which a month may have something of both places, joined where they meet."""
    found: list[Span] = []
    for move in moves:
        start, end = move - seeing.AROUND, move + seeing.AROUND
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return found


def _may_have(recorded: Recorded, path: Sequence[Presence], of_place: OfPlace, limits: Profile) -> bool:
    """Whether it can have carried something: it was recorded at more than one place, and too warm at one of them."""
    warm = f"above-{limits.keep_high_c:g}"
    return len({each.place for each in path if recorded.any_of(each)}) > 1 and any(
        each.kind == warm and overlap(each.span, stay.span) for stay in path for each in of_place.get(stay.place, ())
    )


def _records(recorded: Recorded, whole: Sequence[Presence], path: Sequence[Presence]) -> list[Trace]:
    """Return a batch's records on a part of its path.

    What is shorter than 30 days may be the end of something longer: the last moment that is known before belongs to it.
    """
    found = records(path, recorded.of_path(path))
    long = any(each.series.seconds[-1] - each.series.seconds[0] >= seeing.WINDOW for each in found)
    before = None if long else recorded.last_before(whole, path[0].start)
    if before is None:
        return found
    longer = [before, *path]
    return records(longer, recorded.of_path(longer))


def _parts(path: Sequence[Presence], of_place: OfPlace) -> list[Part]:
    """Return what the places of a path show alone, each with when the batch stood there."""
    return [
        (each, [stay.span for stay in path if stay.place == place])
        for place in dict.fromkeys(stay.place for stay in path)
        for each in of_place.get(place, ())
        if each.effect is not Effect.RECORDED
    ]


def _adds(each: Happening, trace: Trace, parts: Sequence[Part], limits: Profile) -> bool:
    """Whether the path shows more than its places: where a place shows all of it that was warm it shows it all."""
    of_kind = [part for part in parts if part[0].aspect is each.aspect and part[0].effect is each.effect]
    return all(
        any(together.warm(each, trace, span, limits) for span in together.rest(each, part, stays, trace))
        for part, stays in of_kind
    )


def _told(recorded: Recorded, each: Happening, path: Sequence[Presence], trace: Trace) -> Happening:
    places = list(dict.fromkeys(stay.place for stay in path if overlap(stay.span, each.span)))
    named = recorded.watchers(places[0])[0].name
    return seeing.bound(
        trace.series, replace(each, place=places[0], logger=named, limits={**each.limits, "path": places})
    )
