"""A batch record: all that is written down of how a batch was made and looked at, as one value and as a paper (R26)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ldninv.domain.batch import Batch, Kept
from ldninv.domain.expiry import DecidedBy
from ldninv.domain.ledger import Posted
from ldninv.domain.quality import Quality
from ldninv.domain.quantities import capsules
from ldninv.domain.record import Calculation, Worksheet
from ldninv.domain.signs import Sign
from ldninv.domain.weights import plain
from ldninv.reports.document import Column, Document, Maker, Part, instant, said
from ldninv.reports.record_quality import quality

TITLE = "Batch record"
STORAGE = "Store at 20–25 °C. Protect from light."
ASSAY_AS_IS = "as it is"
CLOSING = "For batch {lot}, made, verified and released as this record says."
BY_HAND = ("Made by", "Verified by", "Released by")
"""Who signs on paper where nobody signed in the program."""

_DECIDED = {
    DecidedBy.POLICY: "by the policy",
    DecidedBy.COMPONENT: "by a component lot",
    DecidedBy.PRINTED: "printed on an imported record",
    DecidedBy.PHARMACIST: "by a pharmacist",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRecord:
    """One batch's record, as it is at one moment."""

    kept: Kept
    sign: Sign
    version: int
    """Of the worksheet; 0 where none was written."""
    worksheet: Worksheet | None
    calculation: Calculation | None
    remarks: tuple[str, ...]
    """What a second look at the worksheet is worth."""
    quality: Quality | None
    made: Posted | None
    """The entry that opened its ledger."""
    released: Posted | None
    """The release that holds; None while there is none."""
    signatures: tuple[str, ...]
    """Who signed what of it, and whether it was changed since, in words."""
    release_signed: tuple[str, ...]
    """Those of them that are under a release."""
    maker: Maker


def document(record: BatchRecord) -> Document:
    """Return the record as a paper; what was never written down says so."""
    batch = record.kept.batch
    return Document(
        title=TITLE,
        subject=f"{batch.lot}: Naltrexone HCl {batch.strength} mg {batch.form}s",
        sign=record.sign,
        made=record.maker,
        facts=said(
            ("Made", capsules(batch.made)),
            ("Prepared", _prepared(record)),
            ("Beyond-use date", batch.expiry.on),
        ),
        parts=parts(record),
        signatures=() if record.release_signed else BY_HAND,
        closing="" if record.release_signed else CLOSING.format(lot=batch.lot),
    )


def facts(record: BatchRecord) -> dict[str, object]:
    """Return the record under stable keys, for programs."""
    batch, sheet, planned, found = record.kept.batch, record.worksheet, record.calculation, record.quality
    potency = sheet.potency if sheet else None
    weighed = found.weighed if found else None
    return {
        "lot": batch.lot,
        "version": record.version,
        "planned": sheet.planned if sheet else None,
        "prepared_at": f"{sheet.prepared_at:%H:%M}" if sheet and sheet.prepared_at else None,
        "formula": str(sheet.formula) if sheet and sheet.formula else None,
        "verified_by": (sheet.verified_by if sheet else None) or batch.verified_by,
        "drug_lot": sheet.drug_lot if sheet else None,
        "assay_percent": _number(potency.assay_percent if potency else None),
        "water_percent": _number(potency.water_percent if potency else None),
        "fill_mg": _number(sheet.fill_mg if sheet else None),
        "shell_mg": _number(sheet.shell_mg if sheet else None),
        "drug_mg": _number(planned.drug_mg if planned else None),
        "filler_mg": _number(planned.filler_mg if planned else None),
        "missing": list(planned.missing) if planned else [],
        "remarks": list(record.remarks),
        "appearance": found.checks.appearance if found else None,
        "label": found.checks.label if found else None,
        "yield": found.checks.yielded if found else None,
        "yield_percent": _number(found.yield_percent if found else None),
        "weights_mg": [_number(weight) for weight in found.checks.weights_mg] if found else [],
        "mean_mg": _number(weighed.mean_mg if weighed else None),
        "rsd_percent": _number(weighed.rsd_percent if weighed else None),
        "outside": list(found.outside) if found else [],
        "signatures": list(record.signatures),
    }


def lines(paper: Document) -> Iterator[str]:
    """Yield a paper as lines of text, for a terminal."""
    yield f"{paper.title} {paper.subject}"
    yield from (f"  {name}: {text}" for name, text in paper.facts)
    for part in paper.parts:
        yield part.title
        if part.note:
            yield f"  {part.note}"
        yield from (f"  {name}: {text}" for name, text in part.facts)
        yield from (f"  {', '.join(filter(None, row))}" for row in part.rows)
        if not part.facts and not part.rows:
            yield f"  {part.none}"
    yield f"Audit trail: {paper.trail}"


def parts(record: BatchRecord) -> tuple[Part, ...]:
    """Return the parts of a batch record, also for a paper that holds more than it."""
    return (
        _preparation(record),
        _components(record.kept.batch),
        _calculations(record),
        _steps(record.worksheet),
        *quality(record.quality),
        _release(record),
    )


def _preparation(record: BatchRecord) -> Part:
    batch, sheet = record.kept.batch, record.worksheet
    return Part(
        title="Preparation",
        facts=said(
            ("Internal lot", batch.lot),
            ("Capsules planned", sheet.planned if sheet else None),
            ("Capsule size", batch.capsule_size),
            ("Filler", batch.filler),
            ("Container", batch.container),
            ("Made by", batch.made_by),
            ("Verified by", (sheet.verified_by if sheet else None) or batch.verified_by),
            ("Master formula", _formula(sheet)),
            ("Beyond-use date decided", f"{_DECIDED[batch.expiry.decided_by]}: {batch.expiry.rule}"),
            ("Policy", batch.policy),
            ("Storage", STORAGE),
            *((("Note", sheet.note),) if sheet and sheet.note else ()),
            ("Version of this record", record.version or None),
        ),
    )


def _components(batch: Batch) -> Part:
    return Part(
        title="Components",
        columns=(
            Column("Name", 2.4, bold=True),
            Column("Supplier", 2),
            Column("Lot", 1.6),
            Column("Expires", 1.2),
            Column("Amount", 1.2),
        ),
        rows=tuple(
            (
                part.name,
                part.supplier or "–",
                part.lot,
                part.expires.isoformat() if part.expires else "–",
                part.amount or "–",
            )
            for part in batch.components
        ),
        none="No component was written down.",
    )


def _calculations(record: BatchRecord) -> Part:
    sheet, found = record.worksheet, record.calculation
    if sheet is None or found is None:
        return Part(title="Calculations", none="No worksheet was written for this batch.")
    note = f"Not known, and so not calculated: {' and '.join(found.missing)}." if found.missing else ""
    return Part(
        title="Calculations",
        note=" ".join([note, *(f"Look again: {each}." for each in record.remarks)]).strip(),
        columns=(Column("What", 2.2, bold=True), Column("How", 3.4), Column("Result", 2.2, number=True)),
        rows=tuple(_steps_of(record.kept.batch, sheet, found)),
    )


def _steps_of(batch: Batch, sheet: Worksheet, found: Calculation) -> Iterator[tuple[str, str, str]]:
    count, potency = found.capsules, sheet.potency
    if potency is not None:
        water = (
            f"assay {potency.assay_percent} % of the dried substance × (100 − {plain(potency.water_percent)} % water)"
            if potency.water_percent
            else f"assay {potency.assay_percent} %, {ASSAY_AS_IS}"
        )
        share = Decimal(100) * potency.fraction.numerator / potency.fraction.denominator
        yield f"Potency of drug lot {sheet.drug_lot}", water, f"{plain(round(share, 4))} %"
        yield "Drug in one capsule", f"{batch.strength} mg ÷ {plain(round(share, 4))} %", _mg(found.drug_each_mg)
        yield "Drug for the batch", f"the same × {capsules(count)}", _weight(found.drug_mg)
    if found.contents_mg is not None:
        yield (
            "Contents for the batch",
            f"fill weight {plain(sheet.fill_mg)} mg × {capsules(count)}",
            _weight(found.contents_mg),
        )
    if found.filler_mg is not None:
        yield f"Filler ({batch.filler or 'not recorded'})", "contents − drug", _weight(found.filler_mg)


def _steps(sheet: Worksheet | None) -> Part:
    steps = [line.strip() for line in sheet.formula.steps.splitlines()] if sheet and sheet.formula else []
    return Part(
        title="Procedure",
        columns=(Column("Step", 0.6, number=True), Column("What is done", 7), Column("Initials", 1.2, hand=True)),
        rows=tuple((str(number), step) for number, step in enumerate(filter(None, steps), start=1)),
        none="No steps: the batch names no master formula, or the formula has none.",
    )


def _release(record: BatchRecord) -> Part:
    released = record.released
    if released is None:
        return Part(title="Release", none="Not released.")
    texts = record.release_signed or ("Recorded as unsigned",)
    return Part(
        title="Release",
        facts=said(
            ("Released at", instant(released.at)),
            ("Recorded by", released.by),
            *((f"Signature {number}" if len(texts) > 1 else "Signature", text) for number, text in enumerate(texts, 1)),
        ),
    )


def _prepared(record: BatchRecord) -> str:
    day = record.kept.batch.prepared.isoformat()
    at = record.worksheet.prepared_at if record.worksheet else None
    return f"{day} at {at:%H:%M}" if at else f"{day}, time not recorded"


def _formula(sheet: Worksheet | None) -> str | None:
    return f"{sheet.formula}: {sheet.formula.name}" if sheet and sheet.formula else None


def _mg(weight: Decimal | None) -> str:
    return f"{plain(weight)} mg"


def _weight(weight: Decimal | None) -> str:
    """Return a weight also in grams, which is what a balance shows."""
    return _mg(weight) if weight is None else f"{_mg(weight)} = {plain(weight / 1000)} g"


def _number(number: Decimal | None) -> str | None:
    return None if number is None else plain(Decimal(str(number)))
