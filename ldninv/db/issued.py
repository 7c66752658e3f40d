"""The issued reports of one database. They are appended, never changed (R25)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from peewee import Database

from ldninv.db.rows import IssuedReportRow, insert
from ldninv.domain.audit import Head
from ldninv.domain.days import Week
from ldninv.domain.issued import Issued

_ROW = IssuedReportRow
_COLUMNS = (
    _ROW.id, _ROW.week, _ROW.as_of, _ROW.at, _ROW.by, _ROW.data_sha256, _ROW.pdf_sha256, _ROW.head_events,
    _ROW.head_hash, _ROW.event,
)  # fmt: skip


class IssuedReports:
    """The issued reports of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def next_number(self) -> int:
        """Return the number of the report that is issued next; settled inside a write transaction only."""
        last = _ROW.select(_ROW.id).order_by(_ROW.id.desc()).limit(1).scalar(self._database)
        return int(last or 0) + 1

    def append(self, issued: Issued, data: bytes, pdf: bytes) -> None:
        """Keep an issued report under its number, with its JSON value and its PDF."""
        row = {
            "id": issued.number,
            "week": str(issued.week),
            "as_of": issued.as_of.isoformat(),
            "at": issued.at,
            "by": issued.by,
            "data_sha256": issued.data,
            "pdf_sha256": issued.pdf,
            "head_events": issued.head.events,
            "head_hash": issued.head.hash,
            "event_id": issued.event,
            "data": data,
            "pdf": pdf,
        }
        insert(_ROW, [row], self._database)

    def all(self) -> list[Issued]:
        """Return every issued report without its pages, the latest first."""
        return self._found(_ROW.select(*_COLUMNS).order_by(_ROW.id.desc()))

    def by_number(self, number: int) -> Issued | None:
        """Return an issued report; None where there is none of that number."""
        return next(iter(self._found(_ROW.select(*_COLUMNS).where(_ROW.id == number))), None)

    def before(self, day: date) -> Issued | None:
        """Return the last issued report that speaks of `day` or one before; None where there is none."""
        query = _ROW.select(*_COLUMNS).where(_ROW.as_of <= day.isoformat())
        return next(iter(self._found(query.order_by(_ROW.as_of.desc(), _ROW.id.desc()).limit(1))), None)

    def data(self, number: int) -> bytes:
        """Return the JSON value of an issued report, byte for byte."""
        return bytes(_ROW.select(_ROW.data).where(_ROW.id == number).scalar(self._database))

    def pdf(self, number: int) -> bytes:
        """Return the pages of an issued report, byte for byte."""
        return bytes(_ROW.select(_ROW.pdf).where(_ROW.id == number).scalar(self._database))

    def _found(self, query: Any) -> list[Issued]:  # noqa: ANN401 - peewee's queries are untyped
        return [_issued(row) for row in self._database.execute(query.tuples())]


def _issued(row: Sequence[Any]) -> Issued:
    number, week, as_of, at, by, data, pdf, events, digest, event = row
    return Issued(
        number=number, week=Week.parse(week), as_of=date.fromisoformat(as_of), at=at, by=by, data=data, pdf=pdf,
        head=Head(events, digest), event=event,
    )  # fmt: skip
