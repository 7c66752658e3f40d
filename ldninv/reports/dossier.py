"""A batch's dossier: all that is known of it, on one paper, for an inspector or a complaint."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from ldninv.domain.audit import CANNOT_PROVE, PROVES, Event, Verdict, in_words
from ldninv.domain.batch import Kept
from ldninv.domain.entries import Disposal, Posted, taken_back
from ldninv.domain.quantities import capsules
from ldninv.domain.recall import Recall
from ldninv.domain.signs import Sign
from ldninv.domain.standing import Standing
from ldninv.domain.storage import worded
from ldninv.domain.storage.daily import DailyReading
from ldninv.domain.storage.happenings import Met
from ldninv.domain.storage.judgement import Judgement
from ldninv.reports import trail
from ldninv.reports.certificate import money
from ldninv.reports.document import Column, Document, Maker, Part, instant, joined, said
from ldninv.reports.storage_record import day_facts, judged_facts

TITLE = "Batch dossier"
MOVEMENTS = (
    Column("Entry", 0.9, number=True), Column("Day", 1.4), Column("What", 1.5), Column("Capsules", 1.1, number=True),
    Column("On hand", 1, number=True), Column("Place", 1.6), Column("By", 1.5), Column("Why and how", 4),
)  # fmt: skip
RECALLS = (
    Column("Recall", 0.8, number=True), Column("Of", 2.4), Column("Opened", 2.1), Column("By", 1.4),
    Column("Reason", 3), Column("Ended", 3),
)  # fmt: skip
PLACES = (Column("Place", 3), Column("From", 2), Column("To", 2))
DISPOSALS = (
    Column("Entry", 0.9, number=True), Column("Method", 2), Column("Container", 2), Column("Witness", 2),
    Column("Value", 1.2, number=True),
)  # fmt: skip
LABELS = (
    Column("Made", 2.4), Column("By", 1.6), Column("Kind", 1.2), Column("Copies", 0.9, number=True),
    Column("Size in mm", 1.4), Column("Code", 1.2), Column("File", 2.4),
)  # fmt: skip
STORAGE = (
    Column("From", 1.5), Column("To", 1.5), Column("What", 3), Column("Decision", 1.3), Column("By whom and why", 2.4),
)  # fmt: skip
NO_LABEL = "No label is recorded."
NO_STORAGE = "No storage record: the places of this batch were not monitored."


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that is known of a batch, from one moment of the database."""

    kept: Kept
    standing: Standing
    sign: Sign
    record: tuple[Part, ...]
    """The batch record."""
    signatures: tuple[str, ...]
    """Who signed what under its lot, in words."""
    labels: tuple[Event, ...]
    """Of the labels that were printed or written, oldest first."""
    places: tuple[tuple[str, str, str | None], ...]
    """Where it stood, from when, until when; oldest first."""
    movements: tuple[Posted, ...]
    """Oldest first."""
    disposals: tuple[tuple[int, Disposal], ...]
    """How its capsules were disposed of, by the entry's number."""
    recalls: tuple[Recall, ...]
    events: tuple[Event, ...]
    """Oldest first."""
    judged: Judgement | None
    """Its own storage record, wherever it stood; None where no logger saw any of it."""
    days: Sequence[DailyReading]
    """The lowest and highest of each day that it stood somewhere, as far as they are known."""
    met: tuple[Met, ...]
    """What happened where it stood, oldest first."""
    verdict: Verdict
    """What the check of the whole trail found just now."""


def build(known: Known, made: Maker) -> Document:
    """Return the dossier of a batch."""
    batch, stock, now = known.kept.batch, known.kept.stock, known.standing
    return Document(
        title=TITLE,
        subject=f"{batch.lot}: Naltrexone HCl {batch.strength} mg {batch.form}s",
        sign=known.sign,
        made=made,
        facts=said(
            ("Prepared", batch.prepared),
            ("Last usable day", batch.expiry.on),
            ("Date decided by", f"{batch.expiry.decided_by}: {batch.expiry.rule}"),
            ("Made", capsules(batch.made)),
            ("On hand", capsules(stock.on_hand)),
            ("Stands at", stock.place or "nowhere"),
            ("Standing", "; ".join(now.reasons)),
        ),
        parts=(
            *known.record,
            _labels(known.labels),
            _signatures(known.signatures),
            _places(known),
            *_storage(known, made.at.tzinfo),
            _movements(known.movements),
            _disposals(known),
            _recalls(known.recalls),
            _events(known),
        ),
    )


def _signatures(signatures: Sequence[str]) -> Part:
    return Part(
        title="Signatures",
        columns=(Column("Signed", 1),),
        rows=tuple((each,) for each in signatures),
        none="Nothing of this batch was signed.",
    )


def _labels(events: Sequence[Event]) -> Part:
    return Part(title="Label", columns=LABELS, rows=tuple(map(_label, events)), none=NO_LABEL)


def _label(event: Event) -> tuple[str, ...]:
    told = json.loads(event.after or "{}")
    how = tuple(str(told.get(name, "")) for name in ("kind", "copies", "size", "symbol"))
    return (instant(event.at), event.by, *how, ", ".join(told.get("files", ())) or "printed")


def _places(known: Known) -> Part:
    rows = tuple(
        (name, instant(first), "still there" if to is None else instant(to)) for name, first, to in known.places
    )
    return Part(title="Places", columns=PLACES, rows=rows, none="It stood at no place that was recorded.")


def _storage(known: Known, zone: tzinfo | None) -> tuple[Part, ...]:
    """Return its own record, judged by temperature along its path, and what happened there with what was decided."""
    judged = known.judged
    return (
        Part(
            title="Storage",
            facts=(*(() if judged is None else judged_facts(judged)), *day_facts(known.days, alone=judged is None)),
            none=NO_STORAGE,
        ),
        Part(
            title="What happened where it stood",
            columns=STORAGE,
            rows=tuple(_happened(each, zone) for each in known.met),
            none="Nothing is recorded that left the limits, no gap, no light.",
        ),
    )


def _happened(met: Met, zone: tzinfo | None) -> tuple[str, ...]:
    happening, decided = met.happening, met.decided
    at = (f"{datetime.fromtimestamp(moment, zone):%Y-%m-%d %H:%M}" for moment in happening.span)
    closed = "" if decided is None else f"{decided.said()} by {decided.by}: {decided.reason}"
    return (*at, worded.words(happening), met.status.value.replace("-", " "), closed)


def _movements(movements: Sequence[Posted]) -> Part:
    back = taken_back(movements)
    rows = tuple(_movement(each, back.get(each.id)) for each in movements)
    return Part(title="Movements", columns=MOVEMENTS, rows=rows, none="No entry.")


def _movement(posted: Posted, taken_back_by: int | None) -> tuple[str, ...]:
    entry = posted.entry
    change = f"{entry.capsules:+d}".replace("-", "−") if entry.capsules else ""
    how = joined((
        entry.reason,
        f"for {entry.days_supply} days" if entry.days_supply else None,
        f"takes back entry {entry.voids}" if entry.voids else None,
        f"taken back by entry {taken_back_by}" if taken_back_by else None,
        entry.remark,
    ))  # fmt: skip
    number, on_hand = str(posted.id), str(posted.on_hand)
    return (number, entry.day.isoformat(), entry.kind.value, change, on_hand, entry.place or "", posted.by, how)


def _disposals(known: Known) -> Part:
    return Part(
        title="Disposals",
        columns=DISPOSALS,
        rows=tuple(
            (str(number), how.method or "", how.container or "", how.witness or "", _worth(how))
            for number, how in known.disposals
        ),
        none="Nothing of this batch was disposed of.",
    )


def _worth(how: Disposal) -> str:
    return "not set" if how.value_cents is None else money(how.value_cents)


def _recalls(recalls: Sequence[Recall]) -> Part:
    return Part(
        title="Recalls", columns=RECALLS, rows=tuple(map(_recall, recalls)), none="This batch was never recalled."
    )


def _recall(recall: Recall) -> tuple[str, ...]:
    closed = recall.closed
    ended = "open" if closed is None else f"{trail.when(closed.at)} by {closed.by}: {closed}"
    return (str(recall.number), recall.what, trail.when(recall.at), recall.by, recall.reason, ended)


def _events(known: Known) -> Part:
    return Part(
        title="Events of the audit trail",
        note=f"{in_words(known.verdict)} {PROVES} {CANNOT_PROVE}",
        columns=trail.COLUMNS,
        rows=tuple(map(trail.cells, known.events)),
        none="No event.",
    )
