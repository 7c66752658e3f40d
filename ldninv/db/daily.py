"""The least and the most of a day at a place: read by hand, or out of a logger that keeps no more (R20)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from peewee import Database

from ldninv.db.rows import DailyRow, insert
from ldninv.domain.storage.daily import DailyReading, last_of_each

_ASKED = (
    "SELECT d.id, place.name, d.day, logger.name, d.min_c, d.max_c, d.now_c, d.note, d.at, d.by "
    "FROM daily_reading AS d JOIN place ON place.id = d.place_id LEFT JOIN logger ON logger.id = d.logger_id "
)


class Daily:
    """The daily readings of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, readings: Iterable[DailyReading], place: int, logger: int | None, event: int) -> None:
        """Keep readings of a place; one of a day that has one is a correction, and both stay."""
        rows = [
            {
                "place_id": place,
                "day": each.day.isoformat(),
                "logger_id": logger,
                "min_c": each.lowest,
                "max_c": each.highest,
                "now_c": each.now,
                "note": each.note,
                "at": each.at,
                "by": each.by,
                "event_id": event,
            }
            for each in readings
        ]
        insert(DailyRow, rows, self._database)

    def of(self, place: str, first: date, last: date) -> list[DailyReading]:
        """Return every reading of a place in these days, in the order of days, a correction after what it corrects."""
        rows = self._database.execute_sql(
            _ASKED + "WHERE place.name = ? AND d.day BETWEEN ? AND ? ORDER BY d.day, d.id",
            (place, first.isoformat(), last.isoformat()),
        )
        return [
            DailyReading(
                place=there,
                day=date.fromisoformat(day),
                logger=logger,
                lowest=lowest,
                highest=highest,
                now=now,
                note=note,
                at=at,
                by=by,
            )
            for _, there, day, logger, lowest, highest, now, note, at, by in rows
        ]

    def last_of(self, place: str, logger: str | None) -> list[DailyReading]:
        """Return of each day of a place the reading that holds, of one logger or by hand, in the order of days."""
        found = self.of(place, date.min, date.max)
        return list(last_of_each(each for each in found if each.logger == logger).values())

    def days(self, place: str) -> list[date]:
        """Return the days of which a place has a lowest and a highest, in order, each once."""
        rows = self._database.execute_sql(
            "SELECT DISTINCT d.day FROM daily_reading AS d JOIN place ON place.id = d.place_id WHERE place.name = ? "
            "ORDER BY d.day",
            (place,),
        )
        return [date.fromisoformat(day) for (day,) in rows]

    def places(self) -> dict[str, date]:
        """Return the places that are read by hand, each with the first day on which it was."""
        rows = self._database.execute_sql(
            "SELECT place.name, min(d.day) FROM daily_reading AS d JOIN place ON place.id = d.place_id "
            "WHERE d.logger_id IS NULL GROUP BY place.name ORDER BY place.name"
        )
        return {place: date.fromisoformat(day) for place, day in rows}
