"""What the command line says of one batch's storage: its own record, and what happened where it stood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from ldninv.domain.audit import Event
from ldninv.domain.storage import telling, worded
from ldninv.domain.storage.happenings import Effect, Met
from ldninv.domain.stored import Storage
from ldninv.services.storage.own import Marked, Record

_JUDGED = frozenset({Storage.SPIKE, Storage.BREACH})


def events_facts(events: Sequence[Event], record: Record, zone: tzinfo | None) -> list[dict[str, object]]:
    """Return what the trail says of a batch and what storage did to it, in the order in which it was written down.

    Args:
        events: Of the trail, newest first.
        record: The batch's own.
        zone: In which times are said.
    """
    told = [(each.number, 0, _said(each.at, each.by, each.action, each.reason)) for each in events]
    told += [(each.event, 1, _marked(each, zone)) for each in record.marked]
    return [facts for _, _, facts in sorted(told, key=lambda each: each[:2])]


def record_lines(record: Record, zone: tzinfo | None) -> list[str]:
    """Return a batch's own record in lines for people; of what happened, what asks or asked for a pharmacist."""
    judged = record.judged
    asked = [each.met for each in record.marked if each.met.happening.effect is not Effect.RECORDED]
    told = [f"    {_words(each, zone)}" for each in asked]
    if judged is None:
        return ["  storage: no logger's record", *told] if told else []
    provisional = ", provisional" if judged.mkt_provisional else ""
    said = [
        f"{judged.level.value}, {judged.min_c:.1f} to {judged.max_c:.1f} °C",
        f"MKT {judged.mkt_30d_max_c:.2f} °C over the worst {judged.profile.window}{provisional}",
        f"{judged.coverage:.1%} of its time known",
        telling.light(judged),
        *([] if judged.humidity is None else ["humidity {:.0f} to {:.0f} %".format(*judged.humidity)]),
    ]
    return [f"  storage: {'; '.join(each for each in said if each)}", *told]


def _marked(marked: Marked, zone: tzinfo | None) -> dict[str, object]:
    happening = marked.met.happening
    return _said(happening.at, marked.by, f"storage-{happening.effect.value}", _words(marked.met, zone))


def _words(met: Met, zone: tzinfo | None) -> str:
    first, last = (datetime.fromtimestamp(round(moment), zone).isoformat() for moment in met.happening.span)
    level, words = met.happening.level, worded.words(met.happening)
    judged = f"{level.value}: " if level in _JUDGED else ""  # light, a mean or a gap is none of a spell's levels
    return f"{judged}{words}, from {first} to {last}; {met.status.value}"


def _said(at: str, by: str, action: str, reason: str | None) -> dict[str, object]:
    return {"at": at, "by": by, "action": action, "reason": reason}
