"""What is written down of a batch, as facts: for the trail, and for whoever signs it (R26, R28)."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal

from ldninv.db import Transaction
from ldninv.domain.batch import Batch, Kept
from ldninv.domain.quality import Quality
from ldninv.domain.record import Worksheet
from ldninv.domain.weights import plain


def facts(worksheet: Worksheet) -> dict[str, object]:
    """Return what the trail keeps of a worksheet."""
    potency = worksheet.potency
    return {
        "planned": worksheet.planned,
        "prepared_at": worksheet.prepared_at.isoformat("minutes") if worksheet.prepared_at else None,
        "formula": str(worksheet.formula) if worksheet.formula else None,
        "fill_mg": _weight(worksheet.fill_mg),
        "shell_mg": _weight(worksheet.shell_mg),
        "drug_lot": worksheet.drug_lot,
        "assay_percent": _text(potency.assay_percent) if potency else None,
        "water_percent": _text(potency.water_percent) if potency else None,
        "verified_by": worksheet.verified_by,
        "note": worksheet.note,
    }


def content(work: Transaction, kept: Kept) -> dict[str, object]:
    """Return the whole record of a batch as it is signed: what was made, of what, how, and what was found.

    What the ledger does to it later (capsules, places, an earlier date) is no part of it.
    """
    made = (work.batches.by_lot(kept.batch.lot) or kept).batch
    return content_of(made, work.records.worksheet(made.id), work.records.quality(made.id))


def content_of(made: Batch, worksheet: Worksheet | None, found: Quality | None) -> dict[str, object]:
    """Return the same of a batch with its components, and of a worksheet and checks that may be of an earlier day."""
    first = made.first_expiry or made.expiry
    return {
        "lot": made.lot,
        "strength_mg": str(made.strength),
        "form": made.form,
        "prepared": made.prepared.isoformat(),
        "expires": first.on.isoformat(),
        "decided_by": first.decided_by.value,
        "made": made.made,
        "filler": made.filler,
        "container": made.container.value if made.container else None,
        "capsule_size": made.capsule_size,
        "made_by": made.made_by,
        "verified_by": made.verified_by,
        "policy": str(made.policy) if made.policy else None,
        "components": [
            [part.name, part.supplier, part.lot, part.expires.isoformat() if part.expires else None, part.amount]
            for part in made.components
        ],
        "worksheet": None if worksheet is None else facts(worksheet),
        "quality": None if found is None else checked(found),
    }


def checked(found: Quality) -> dict[str, object]:
    """Return what the trail keeps of what was looked at before a release."""
    checks = found.checks
    return {
        "appearance": checks.appearance,
        "label": checks.label,
        "yield": checks.yielded,
        "weights_mg": [str(weight) for weight in checks.weights_mg],
        "planned": found.planned,
        "target_mg": _text(found.target_mg),
        "limits": {name: str(value) for name, value in asdict(found.limits).items()},
    }


def _weight(milligrams: Decimal | None) -> str | None:
    """Return a weight as it reads back, whatever zeros were typed behind it."""
    return None if milligrams is None else plain(milligrams)


def _text(number: object) -> str | None:
    return None if number is None else str(number)
