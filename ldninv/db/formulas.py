"""Master formulas: every version kept, none changed (R26)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from peewee import Database, fn

from ldninv.db.rows import BatchRecordRow, EventRow, FormulaRow, insert
from ldninv.domain.expiry import Container
from ldninv.domain.formulas import Approved, Formula, Ingredient, formula_key
from ldninv.domain.quantities import Strength


class Formulas:
    """The master formulas of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, formula: Formula, event: int) -> Formula:
        """Keep a version, and return it with its key."""
        kept = replace(formula, id=self._last() + 1)
        insert(FormulaRow, [_row(kept, event)], self._database)
        return kept

    def latest(self, number: str) -> Formula | None:
        """Return the last version of a formula; None where there is none of that number."""
        query = FormulaRow.select().where(FormulaRow.number_key == formula_key(number))
        return _first(query.order_by(FormulaRow.version.desc()).limit(1).execute(self._database))

    def version(self, number: str, version: int) -> Formula | None:
        """Return one version of a formula."""
        query = FormulaRow.select().where(FormulaRow.number_key == formula_key(number), FormulaRow.version == version)
        return _first(query.execute(self._database))

    def by_id(self, key: int | None) -> Formula | None:
        """Return the version of that key; None of none."""
        return _first(FormulaRow.select().where(FormulaRow.id == key).execute(self._database))

    def all(self) -> list[Approved]:
        """Return every version of every formula with who put it in force, by number, latest first."""
        used = BatchRecordRow.select(fn.COUNT(BatchRecordRow.batch.distinct())).where(
            BatchRecordRow.formula == FormulaRow.id
        )
        query = (
            FormulaRow.select(FormulaRow, EventRow.by, EventRow.at, EventRow.reason, used.alias("used"))
            .join(EventRow)
            .order_by(FormulaRow.number_key, FormulaRow.version.desc())
        )
        return [
            Approved(formula=_formula(row), by=row.by, at=row.at, reason=row.reason, used=row.used)
            for row in query.objects().execute(self._database)
        ]

    def _last(self) -> int:
        return int(FormulaRow.select(fn.COALESCE(fn.MAX(FormulaRow.id), 0)).scalar(self._database))


def _first(rows: Iterable[FormulaRow]) -> Formula | None:
    return next((_formula(row) for row in rows), None)


def _formula(row: FormulaRow) -> Formula:
    return Formula(
        id=row.id,
        number=row.number,
        version=row.version,
        name=row.name,
        strength=Strength(row.strength),
        form=row.form,
        capsule_size=row.capsule_size,
        filler=row.filler,
        container=Container(row.container) if row.container else None,
        fill_mg=of_micrograms(row.fill),
        ingredients=tuple(Ingredient(name, amount) for name, amount in json.loads(row.ingredients)),
        steps=row.steps,
    )


def _row(formula: Formula, event: int) -> dict[str, object]:
    return {
        "id": formula.id,
        "number": formula.number,
        "number_key": formula_key(formula.number),
        "version": formula.version,
        "name": formula.name,
        "strength": formula.strength.micrograms,
        "form": formula.form,
        "capsule_size": formula.capsule_size,
        "filler": formula.filler,
        "container": formula.container.value if formula.container else None,
        "fill": micrograms(formula.fill_mg),
        "ingredients": json.dumps([[each.name, each.amount] for each in formula.ingredients], ensure_ascii=False),
        "steps": formula.steps,
        "event_id": event,
    }


def micrograms(weight_mg: Decimal | None) -> int | None:
    """Return a mass as it is kept."""
    return None if weight_mg is None else int(weight_mg * 1000)


def of_micrograms(kept: int | None) -> Decimal | None:
    """Return a mass as it is spoken of: milligrams."""
    return None if kept is None else Decimal(kept) / 1000
