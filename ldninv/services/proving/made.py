"""What the bench wrote down of batches and found of them, and the formulas it went by, held against the trail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ldninv.db import Transaction
from ldninv.domain.audit import Event
from ldninv.domain.entries import Kind
from ldninv.services import formulas, record, recorded
from ldninv.services.proving.holding import Row, Told, held, lying, missing, same


def faults(work: Transaction) -> list[str]:
    """Return where a formula, a worksheet or checks are not what their event says, in words; empty where all agrees."""
    return _formulas(work) + _worksheets(work) + _checks(work)


def _formulas(work: Transaction) -> list[str]:
    kept = {each.formula.id: each.formula for each in work.formulas.all()}
    rows = list(lying(work, "formula"))

    def judge(row: Row, event: Event, told: Told) -> Iterator[str]:
        content = formulas.content(kept[row["id"]])
        if (event.action, event.subject) != (formulas.ACTION, row["number"]):
            yield "number"
        yield from (name for name, value in content.items() if not same(name, told.get(name), value))

    found = held(work, "formula", judge, lambda row: f"Formula {row['number']}, version {row['version']},", rows=rows)
    return found + missing(work, [formulas.ACTION], (row["event_id"] for row in rows), "formula")


def _worksheets(work: Transaction) -> list[str]:
    lots = {row["id"]: row["lot"] for row in lying(work, "batch")}
    kept = {event: sheet for event, _, sheet in work.records.worksheets()}
    versions: defaultdict[int, int] = defaultdict(int)
    rows = list(lying(work, "batch_record"))

    def judge(row: Row, event: Event, told: Told) -> Iterator[str]:
        versions[row["batch_id"]] += 1
        if row["version"] != versions[row["batch_id"]]:
            yield "version"
        if event.subject != lots.get(row["batch_id"]):
            yield "batch"
        if event.action == record.AMENDED:
            said: Told | None = told
        else:
            said = told.get("record")
            if event.action != Kind.MADE:
                yield "its event"
        if said is not None:
            facts = recorded.facts(kept[event.number])
            yield from (name for name, value in facts.items() if name in said and not same(name, said[name], value))

    found = held(work, "batch_record", judge, lambda row: f"The record of batch {lots.get(row['batch_id'])}", rows=rows)
    return found + missing(work, [record.AMENDED], (row["event_id"] for row in rows), "the corrected record of batch")


def _checks(work: Transaction) -> list[str]:
    lots = {row["id"]: row["lot"] for row in lying(work, "batch")}
    kept = {event: found for event, _, found in work.records.qualities()}

    def judge(row: Row, event: Event, told: Told) -> Iterator[str]:
        if (event.action, event.subject) != (Kind.RELEASED, lots.get(row["batch_id"])):
            yield "batch"
        said = told.get("quality")
        if said is not None:
            facts = recorded.checked(kept[event.number])
            yield from (name for name, value in facts.items() if said.get(name) != value)

    return held(work, "quality", judge, lambda row: f"The checks of batch {lots.get(row['batch_id'])}")
