"""What is known now against what was known before: a new version of the same, something new, or nothing any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ldninv.domain.storage.happenings import CONTRADICTED, Aspect, Happening
from ldninv.domain.storage.stays import overlap


def paired(known: Sequence[Happening], fresh: Iterable[Happening]) -> list[Happening]:
    """Return the new versions that a record asks for, without the batches that they touch.

    What is fresh follows what was known of the same kind at the same time, also where that was said to be gone: it
    comes back as what it was, with what was decided on it. What is known no more is gone.
    """
    left = list(known)
    found: list[Happening] = []
    for each in fresh:
        alike = [old for old in left if _alike(old, each) and (old.span == each.span or overlap(old.span, each.span))]
        before = min(alike, key=lambda old: (old.gone, old.span != each.span), default=None)
        if before is None:
            found.append(each)
            continue
        left.remove(before)
        each = _still_contradicted(before, each)  # noqa: PLW2901 - a new record does not settle which file was right
        if before.evidence != each.evidence or before.effect != each.effect:
            found.append(replace(each, thread=before.thread))
    return [*found, *(replace(old, gone=True) for old in left if not old.gone)]


def _still_contradicted(before: Happening, each: Happening) -> Happening:
    told = before.limits.get(CONTRADICTED)
    return each if told is None else replace(each, limits={**each.limits, CONTRADICTED: told})


def _alike(one: Happening, other: Happening) -> bool:
    return one.kind == other.kind or (one.aspect is Aspect.MEAN and other.aspect is Aspect.MEAN)
