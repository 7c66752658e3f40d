"""What a batch carried from place to place: its own record shows it, and that of no place alone (R14, R18)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ldninv.domain.storage.happenings import Aspect, Effect, Happening, Touch
from ldninv.domain.storage.judging import judge_trace
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.path import along
from ldninv.domain.storage.profile import Profile
from ldninv.domain.storage.profiles import profile
from ldninv.domain.storage.stays import Presence, Span, in_turn, overlap
from ldninv.domain.storage.trace import Trace
from ldninv.services.storage import happened, seeing
from ldninv.services.storage.happened import Watched
from ldninv.services.storage.looking import recorded_by, watchers
from ldninv.services.storage.versions import paired

if TYPE_CHECKING:
    from ldninv.db import Transaction
    from ldninv.db.whereabouts import Whereabout
    from ldninv.domain.storage.judgement import Judgement

BESIDE = 4 * 86_400.0
"""Seconds read before and after a stay, for the line between two readings that a move falls into, and its interval."""

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
    found: list[Happening] = []
    for one in stood:
        moves = list(_moves(one))
        if span is None or any(span[0] - seeing.AROUND < move < span[1] + seeing.AROUND for move in moves):
            fresh = _carried(work, one, moves, of_place)
            touched = (replace(each, touched=(Touch(one.batch, *each.span),)) for each in fresh)
            found += paired(of_batch[one.batch], touched)
    return found


def traces(work: Transaction, path: Sequence[Presence]) -> dict[str, list[Trace]]:
    """Return what each logger knows of the places of a path, from shortly before it came there to shortly after."""
    found: dict[str, list[Trace]] = {}
    for place in dict.fromkeys(each.place for each in path):
        stays = [each for each in path if each.place == place]
        around = (stays[0].start - BESIDE, stays[-1].end + BESIDE)
        series = (recorded_by(work, logger, place, around) for logger in watchers(work, place))
        found[place] = [Trace.of(each) for each in series if each.seconds]
    return found


def _moves(one: Whereabout) -> Iterator[float]:
    """Yield when a batch went from one place to the next at once."""
    return (after.start for before, after in pairwise(in_turn(one.presences)) if before.end == after.start)


def _carried(work: Transaction, one: Whereabout, moves: Sequence[float], of_place: OfPlace) -> list[Happening]:
    found: dict[tuple[str, Span], Happening] = {}
    for move in moves:
        around = (move - seeing.AROUND, move + seeing.AROUND)
        path = [
            Presence(each.place, *met)
            for each in in_turn(one.presences)
            if (met := overlap(each.span, around)) is not None and each.place is not None
        ]
        limits = _limits(work, path)
        if not _may_have(path, move, of_place, limits):
            continue
        trace = along(path, traces(work, path))
        if trace is None:
            continue
        judged = judge_trace(trace, limits)
        for each in (*_spells(judged, move), *_mean(judged, move)):
            places = [stay.place for stay in path if overlap(stay.span, each.span)]
            if len(set(places)) > 1 and not _known_of_a_place(each, path, of_place):
                known = replace(
                    each,
                    place=places[0],
                    logger=watchers(work, places[0])[0].name,
                    limits={**each.limits, "path": list(dict.fromkeys(places))},
                )
                found[each.kind, each.span] = seeing.bound(trace.series, known)
    return sorted(found.values(), key=lambda each: (each.start, each.kind))


def _limits(work: Transaction, path: Sequence[Presence]) -> Profile:
    place = work.places.by_name(path[0].place)
    return profile(place.profile if place is not None else "crt")


def _may_have(path: Sequence[Presence], move: float, of_place: OfPlace, limits: Profile) -> bool:
    """Whether it can have carried something: a spell up to the move and one from it on, or warmth on both sides."""
    warm = f"above-{limits.keep_high_c:g}"
    sides = ([each for each in path if each.start < move], [each for each in path if each.start >= move])
    return all(
        any(
            each.kind == warm and overlap(each.span, stay.span)
            for stay in side
            for each in of_place.get(stay.place, ())
        )
        for side in sides
    )


def _spells(judged: Judgement, move: float) -> list[Happening]:
    """Return the spells through a move that are too long only when they are taken together."""
    kind = f"above-{judged.profile.permitted_high_c:g}"
    return [
        happened.spell(each, judged, Watched())
        for each in judged.events
        if each.kind == kind and each.level is Level.BREACH and each.start < move < each.end
    ]


def _mean(judged: Judgement, move: float) -> list[Happening]:
    """Return the mean of 30 days around a move that is too warm; of less than 30 days its places alone warn (R15)."""
    if judged.mkt_provisional:
        return []
    return [each for each in happened.means(judged, Watched()) if each.start < move < each.end]


def _known_of_a_place(carried: Happening, path: Sequence[Presence], of_place: OfPlace) -> bool:
    """Whether a place's own record holds the batch for the same already."""
    return any(
        each.effect is Effect.HOLD
        and each.aspect in {Aspect.MEAN, Aspect.TEMPERATURE}
        and each.aspect is carried.aspect
        and overlap(each.span, stay.span)
        and overlap(each.span, carried.span)
        for stay in path
        for each in of_place.get(stay.place, ())
    )
