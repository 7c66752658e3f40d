"""Issued reports held against the trail: what was changed beside its event shows here (R25, R28)."""

from __future__ import annotations

import json

from ldninv.db import Transaction
from ldninv.domain.issued import Issued
from ldninv.services.files import sha256

ISSUED = "report-issued"
"""What the trail calls a report that was numbered and kept."""


def faults(work: Transaction) -> list[str]:
    """Return where an issued report is not what the trail says, in words; empty where all agrees."""
    told = {event.number: json.loads(event.after or "{}") for event in work.trail.of_action(ISSUED)}
    found = []
    for issued in work.issued.all():
        says = told.pop(issued.event, {})
        if (says.get("number"), says.get("data"), says.get("pdf")) != (issued.number, issued.data, issued.pdf):
            found.append(f"Report {issued.number} is not the one that event {issued.event} says was issued.")
        elif not is_intact(work, issued):
            found.append(f"What is kept of report {issued.number} was changed since it was issued.")
    return found + [f"The report of event {number} is not there." for number in told]


def is_intact(work: Transaction, issued: Issued) -> bool:
    """Whether what is kept of an issued report is what was issued, byte for byte."""
    facts = kept_facts(work, issued)
    return (facts["data"], facts["pdf"]) == (issued.data, issued.pdf)


def kept_facts(work: Transaction, issued: Issued) -> dict[str, object]:
    """Return what a signature stands for: the report, with the digests of what is kept of it now."""
    return {
        "number": issued.number,
        "week": str(issued.week),
        "as_of": issued.as_of.isoformat(),
        "data": sha256(work.issued.data(issued.number)),
        "pdf": sha256(work.issued.pdf(issued.number)),
    }
