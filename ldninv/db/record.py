"""What the bench wrote down of a batch, and what was found before its release: appended, version after version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import time
from decimal import Decimal

from peewee import Database, ModelSelect, fn

from ldninv.db.filters import WAS_MADE
from ldninv.db.formulas import Formulas, micrograms, of_micrograms
from ldninv.db.rows import BatchRecordRow, BatchRow, QualityRow, insert
from ldninv.db.worded import Worded
from ldninv.domain.formulas import Formula
from ldninv.domain.lots import lot_key
from ldninv.domain.quality import Checks, Limits, Quality
from ldninv.domain.quantities import Strength
from ldninv.domain.record import Potency, Worksheet


class Records:
    """The batch records of one database."""

    def __init__(self, database: Database, formulas: Formulas) -> None:
        self._database = database
        self._formulas = formulas

    def append(self, batch: int, worksheet: Worksheet, event: int) -> int:
        """Keep a worksheet as the next version of a batch's record, and return the version."""
        version = self.version(batch) + 1
        insert(BatchRecordRow, [_row(batch, version, worksheet, event)], self._database)
        return version

    def version(self, batch: int) -> int:
        """Return the last version of a batch's record; 0 where there is none."""
        query = BatchRecordRow.select(fn.COALESCE(fn.MAX(BatchRecordRow.version), 0))
        return int(query.where(BatchRecordRow.batch == batch).scalar(self._database))

    def worksheet(self, batch: int) -> Worksheet | None:
        """Return the worksheet of a batch in its last version; None where none was written."""
        if not _recorded(self._database, batch):
            return None
        query = BatchRecordRow.select().where(BatchRecordRow.batch == batch)
        rows = query.order_by(BatchRecordRow.version.desc()).limit(1).execute(self._database)
        return next((self._worksheet(row) for row in rows), None)

    def last_of(self, strength: Strength) -> Worksheet | None:
        """Return the worksheet of that strength that was written last: what a new one begins from.

        That of a batch that was taken back is left out.
        """
        query = (
            BatchRecordRow.select()
            .join(BatchRow)
            .where(BatchRow.strength == strength.micrograms, WAS_MADE)
            .order_by(BatchRow.prepared.desc(), BatchRecordRow.id.desc())
            .limit(1)
        )
        return next((self._worksheet(row) for row in query.execute(self._database)), None)

    def potency_of(self, drug_lot: str) -> Potency | None:
        """Return the potency that was last read on the certificate of a drug lot; None where none ever was."""
        query = (
            BatchRecordRow.select()
            .where(BatchRecordRow.drug_lot_key == lot_key(drug_lot), BatchRecordRow.assay.is_null(is_null=False))
            .order_by(BatchRecordRow.id.desc())
            .limit(1)
        )
        return next((_potency(row) for row in query.execute(self._database)), None)

    def keep_quality(self, batch: int, quality: Quality, event: int) -> None:
        """Keep what was found before a release."""
        insert(QualityRow, [_quality_row(batch, quality, event)], self._database)

    def worksheets(self) -> Iterator[tuple[int, int, Worksheet]]:
        """Yield every version of every worksheet, with the number of its event and its batch's key."""
        formulas = {each.formula.id: each.formula for each in self._formulas.all()}
        for row in BatchRecordRow.select().order_by(BatchRecordRow.id).execute(self._database):
            facts = row.__data__
            yield facts["event"], facts["batch"], _worksheet(row, formulas.get(facts["formula"]))

    def qualities(self) -> Iterator[tuple[int, int, Quality]]:
        """Yield all that was ever found before a release, with the number of its event and its batch's key."""
        rows = QualityRow.select().order_by(QualityRow.id).execute(self._database)
        return ((row.__data__["event"], row.__data__["batch"], _quality(row)) for row in rows)

    def quality(self, batch: int) -> Quality | None:
        """Return what was found last before a release; None where nothing was written."""
        if not _checked(self._database, batch):
            return None
        query = QualityRow.select().where(QualityRow.batch == batch).order_by(QualityRow.id.desc()).limit(1)
        return next((_quality(row) for row in query.execute(self._database)), None)

    def _worksheet(self, row: BatchRecordRow) -> Worksheet:
        return _worksheet(row, self._formulas.by_id(row.__data__["formula"]))


def _worksheet(row: BatchRecordRow, formula: Formula | None) -> Worksheet:
    return Worksheet(
        planned=row.planned,
        prepared_at=time.fromisoformat(row.prepared_at) if row.prepared_at else None,
        formula=formula,
        fill_mg=of_micrograms(row.fill),
        shell_mg=of_micrograms(row.shell),
        drug_lot=row.drug_lot,
        potency=_potency(row),
        verified_by=row.verified_by,
        note=row.note,
    )


@Worded
def _recorded() -> ModelSelect[BatchRecordRow]:
    return BatchRecordRow.select(BatchRecordRow.id).where(BatchRecordRow.batch == 0)


@Worded
def _checked() -> ModelSelect[QualityRow]:
    return QualityRow.select(QualityRow.id).where(QualityRow.batch == 0)


def _potency(row: BatchRecordRow) -> Potency | None:
    return None if row.assay is None else Potency(Decimal(row.assay), Decimal(row.water or 0))


def _row(batch: int, version: int, worksheet: Worksheet, event: int) -> dict[str, object]:
    potency = worksheet.potency
    return {
        "batch_id": batch,
        "version": version,
        "planned": worksheet.planned,
        "prepared_at": worksheet.prepared_at.isoformat("minutes") if worksheet.prepared_at else None,
        "formula_id": worksheet.formula.id if worksheet.formula else None,
        "fill": micrograms(worksheet.fill_mg),
        "shell": micrograms(worksheet.shell_mg),
        "drug_lot": worksheet.drug_lot,
        "drug_lot_key": lot_key(worksheet.drug_lot) if worksheet.drug_lot else None,
        "assay": str(potency.assay_percent) if potency else None,
        "water": str(potency.water_percent) if potency else None,
        "verified_by": worksheet.verified_by,
        "note": worksheet.note,
        "event_id": event,
    }


def _quality(row: QualityRow) -> Quality:
    return Quality(
        checks=Checks(
            appearance=row.appearance,
            label=row.label,
            yielded=row.yielded,
            weights_mg=tuple(Decimal(weight) for weight in json.loads(row.weights)),
        ),
        planned=row.planned,
        target_mg=of_micrograms(row.target),
        limits=replace(Limits(), **{name: Decimal(value) for name, value in json.loads(row.limits).items()}),
    )


def _quality_row(batch: int, quality: Quality, event: int) -> dict[str, object]:
    checks = quality.checks
    return {
        "batch_id": batch,
        "appearance": checks.appearance,
        "label": checks.label,
        "yielded": checks.yielded,
        "weights": json.dumps([str(weight) for weight in checks.weights_mg]),
        "planned": quality.planned,
        "target": micrograms(quality.target_mg),
        "limits": json.dumps({name: str(value) for name, value in asdict(quality.limits).items()}),
        "event_id": event,
    }
