"""Recalls and how they ended, and the reports that were issued, held against the trail (R12, R25)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping

from ldninv.db import Transaction
from ldninv.domain.audit import Event
from ldninv.domain.entries import Kind
from ldninv.services import issued_evidence
from ldninv.services.proving.holding import Row, Told, differing, held, lying, missing, written_by
from ldninv.services.recall import CLOSED, TAKEN_BACK


def faults(work: Transaction) -> list[str]:
    """Return where a recall or an issued report is not what the trail says, in words; empty where all agrees."""
    return _opened(work) + _closed(work) + _issued(work) + issued_evidence.faults(work)


def _opened(work: Transaction) -> list[str]:
    reached: defaultdict[int, list[Row]] = defaultdict(list)
    for row in lying(work, "recall_batch"):
        reached[row["recall_id"]].append(row)
    if not (rows := list(lying(work, "recall"))) and not reached:
        return []
    entries = {row["id"]: row for row in lying(work, "movement") if row["kind"] == Kind.RECALLED}

    def judge(row: Row, event: Event, told: Told) -> Iterator[str]:
        names = json.loads(row["names"])
        if event.action != Kind.RECALLED or event.subject != row["subject"] or told.get("recall") != row["id"]:
            yield "subject"
        if names != told.get("component"):
            yield "component"
        said = row["reason"] if names is None else f"{' or '.join(names)} lot {row['subject']}: {row['reason']}"
        if event.reason not in {said, row["reason"]}:
            yield "reason"
        yield from written_by(row, event)
        yield from differing(row, told, day="day")
        yield from _reached(row, told, reached[row["id"]], entries)

    found = held(work, "recall", judge, lambda row: f"Recall {row['id']}", rows=rows)
    stray = reached.keys() - {row["id"] for row in rows}
    return [
        *found,
        *(f"Recall {number} is not there, and batches say that it reached them." for number in sorted(stray)),
        *missing(work, [Kind.RECALLED], (row["event_id"] for row in rows), "the recall of"),
    ]


def _reached(row: Row, told: Told, batches: list[Row], entries: Mapping[int, Row]) -> Iterator[str]:
    """Yield what of the batches that a recall reached is not what it says of them."""
    own = [(each, entries.get(each["movement_id"])) for each in batches]
    if any(
        entry is None or (entry["event_id"], entry["batch_id"]) != (row["event_id"], each["batch_id"])
        for each, entry in own
    ):
        yield "batches"
    if {entry["day"] for _, entry in own if entry} - {row["day"]}:
        yield "day"
    left = [each["on_hand"] for each in sorted(batches, key=lambda each: each["movement_id"])]
    lots = told.get("batches", left)
    if len(left) != len(lots) or told.get("left", left) != left or sum(left) != told.get("on_hand", sum(left)):
        yield "batches or what was left of them"


def _closed(work: Transaction) -> list[str]:
    rows = list(lying(work, "recall_closed"))

    def judge(row: Row, event: Event, told: Told) -> Iterator[str]:
        if event.action != (TAKEN_BACK if row["taken_back"] else CLOSED):
            yield "whether it was taken back"
        if event.reason != row["note"]:
            yield "note"
        yield from differing(row, told, recall_id="recall", returned="returned")
        yield from written_by(row, event)

    found = held(work, "recall_closed", judge, lambda row: f"The end of recall {row['recall_id']}", rows=rows)
    return found + missing(work, [CLOSED, TAKEN_BACK], (row["event_id"] for row in rows), "the end of the recall of")


def _issued(work: Transaction) -> list[str]:
    def judge(row: Row, event: Event, told: Told) -> Iterator[str]:
        if event.action != issued_evidence.ISSUED:
            yield "its event"
        yield from differing(row, told, id="number", week="week", as_of="as_of", data_sha256="data", pdf_sha256="pdf")
        yield from written_by(row, event)
        if row["head_events"] and work.trail.hash_of(row["head_events"]) != row["head_hash"]:
            yield "the end of the trail that it shows"
        if row["head_events"] >= event.number or (not row["head_events"] and event.number > 1):
            yield "the end of the trail that it shows"

    return held(work, "issued_report", judge, lambda row: f"Report {row['id']}")
