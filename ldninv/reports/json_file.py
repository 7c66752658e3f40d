"""The report as JSON, for other programs."""

from __future__ import annotations

import json

from ldninv.domain.changes import Changes, Listed
from ldninv.domain.days import Week
from ldninv.reports import storage
from ldninv.reports.facts import batch_facts
from ldninv.reports.sections import NOT_BEGUN
from ldninv.reports.weekly import BatchRow, ComponentRow, Report


def facts(report: Report) -> dict[str, object]:
    """Return the report as plain values with the contract's keys; sections that are not counted yet are empty."""
    return {
        "number": report.number,
        "week": str(report.week),
        "as_of": report.as_of.isoformat(),
        "pharmacy": report.pharmacy or None,
        "policy": str(report.policy),
        "made_by": report.made_by,
        "made_at": report.made_at.isoformat(timespec="seconds"),
        "head": None if report.head is None else {"events": report.head.events, "hash": report.head.hash},
        "compared_with": report.changes.since,
        "notice": None if report.begun else NOT_BEGUN,
        "sections": {
            "expired": [_batch(row) for row in report.expired],
            "near_expiry": [_near_expiry(row) for row in report.near_expiry],
            "changes": _changes(report.changes, report.week),
            "held": [_batch(row) for row in report.held],
            "components": [_component(row) for row in report.components],
            "storage": storage.facts(report.storage),
            "potency": None,
            "waste": None,
        },
    }


def to_json(report: Report) -> bytes:
    """Return the report as a JSON document."""
    return (json.dumps(facts(report), indent=2, ensure_ascii=False) + "\n").encode()


def listed(data: bytes) -> tuple[Listed, ...]:
    """Return what a report that was kept as JSON had on its lists, each since when."""
    said = json.loads(data)
    changes = said["sections"]["changes"]
    new = ((each, said["week"]) for each in changes["new"])
    still = ((each, each["since"]) for each in changes["open"])
    return tuple(
        Listed(lot=each["lot"], section=each["section"], on_hand=each["on_hand"], since=Week.parse(since))
        for each, since in (*new, *still)
    )


def _changes(found: Changes, week: Week) -> dict[str, object]:
    return {
        "new": [
            {"lot": each.lot, "section": each.section, "was": each.was, "on_hand": each.on_hand} for each in found.new
        ],
        "resolved": [
            {
                "lot": each.lot,
                "section": each.section,
                "how": each.how,
                "by": each.by,
                "on": None if each.on is None else each.on.isoformat(),
                "on_hand": each.on_hand,
            }
            for each in found.resolved
        ],
        "open": [
            {
                "lot": each.lot,
                "section": each.section,
                "since": str(each.since),
                "weeks": each.weeks(week),
                "on_hand": each.on_hand,
            }
            for each in found.open
        ],
    }


def _batch(row: BatchRow) -> dict[str, object]:
    return batch_facts(row.kept, row.standing)


def _near_expiry(row: BatchRow) -> dict[str, object]:
    return _batch(row) | {"this_week": row.standing.this_week, "projected_waste": row.projected_waste}


def _component(row: ComponentRow) -> dict[str, object]:
    return {
        "name": row.component.name,
        "supplier": row.component.supplier,
        "lot": row.component.lot,
        "expires": row.expires.isoformat(),
        "usable_days": row.usable_days,
        "band": row.band.value,
        "batches": list(row.batches),
    }
