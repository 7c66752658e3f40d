"""The columns of the places, and of what happened at one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, tzinfo
from typing import TypeVar

from PySide6.QtCore import QCoreApplication

from ldninv.services.storage.looking import Seen
from ldninv.services.storage.places_now import PlaceNow
from ldninv.ui import words
from ldninv.ui.storage import signs, telling
from ldninv.ui.storage.figures import celsius, moment
from ldninv.ui.table import Column

Row = TypeVar("Row")


def titled(columns: Sequence[Column[Row]]) -> tuple[Column[Row], ...]:
    """Return columns with their titles in the person's language."""
    translated = QCoreApplication.translate
    context = "StorageTables"
    return tuple(
        replace(each, title=translated(context, each.title), explains=translated(context, each.explains))
        for each in columns
    )


def places(today: Callable[[], date], zone: Callable[[PlaceNow], tzinfo]) -> tuple[Column[PlaceNow], ...]:
    """Return the columns of the places."""
    return titled(
        (
            Column(title="Place", text=lambda row: row.place.name, widest="Cabinet A 12 left"),
            Column(
                title="Now",
                text=lambda row: signs.of_place(row, today()).word,
                sign=lambda row: signs.of_place(row, today()),
                widest="Allowed excursion",
                about=lambda row: telling.why(row.judged) if row.judged else "",
            ),
            Column(title="To decide", text=lambda row: str(row.waiting or ""), widest="100", right=True),
            *_known(),
            Column(
                title="Last",
                text=lambda row: celsius(row.last.celsius) if row.last else words.NOTHING,
                widest="-24.8 °C",
                right=True,
                yields=6,
            ),
            Column(
                title="Read at",
                text=lambda row: moment(row.last.at, zone(row)) if row.last else words.NOTHING,
                widest="2026-11-28 12:00",
                yields=4,
            ),
            Column(
                title="Logger",
                text=lambda row: (
                    ", ".join(each.name for each in row.loggers)
                    or ("read by hand" if row.read_by_hand else words.NOTHING)
                ),
                widest="Logger 1, Logger 12345678",
                yields=2,
            ),
            Column(
                title="Calibrated",
                text=lambda row: telling.calibration(row.loggers, today()),
                widest="over since 2026-11-28",
                yields=1,
            ),
            Column(title="Batches", text=lambda row: str(row.batches), widest="1000", right=True, yields=5),
        )
    )


def _known() -> tuple[Column[PlaceNow], ...]:
    """Return what the record of a place comes to."""
    return (
        Column(
            title="Coverage",
            text=telling.coverage,
            widest="100.0 %",
            right=True,
            yields=7,
            explains="Which share of the last 31 days that were read out is known; below 95 % it is incomplete",
        ),
        Column(
            title="MKT, 30 days",
            text=telling.mkt,
            widest="24.8 °C provisional",
            yields=3,
            explains="Mean kinetic temperature of the warmest 30 days: the steady temperature that would age "
            "capsules as the record did. Warm hours count more; provisional with less than 30 days of record",
        ),
    )


def events(zone: Callable[[], tzinfo]) -> tuple[Column[Seen], ...]:
    """Return the columns of what happened at a place."""
    return titled(
        (
            Column(
                title="What",
                text=lambda row: signs.of_happening(row.happening).word,
                sign=lambda row: signs.of_happening(row.happening),
                widest="Allowed excursion",
            ),
            Column(title="From", text=lambda row: telling.begun(row.happening, zone()), widest="2026-11-28 12:00"),
            Column(
                title="Lasted",
                text=lambda row: telling.lasted(row.happening),
                widest="at least 23.9 days",
                right=True,
                yields=3,
            ),
            Column(
                title="Extreme",
                text=lambda row: telling.extreme(row.happening),
                widest="MKT 28.8 °C",
                right=True,
                yields=5,
                explains="The reading furthest out; MKT is a mean kinetic temperature, lux the brightest light",
            ),
            Column(title="Batches", text=lambda row: str(len(row.batches) or ""), widest="100", right=True, yields=2),
            Column(
                title="Decision",
                text=lambda row: signs.OF_STATUS[row.status].word,
                sign=lambda row: signs.OF_STATUS[row.status],
                widest="Evidence changed",
                yields=4,
            ),
            Column(
                title="Logger",
                text=lambda row: row.happening.seen_by or "read by hand",
                widest="Logger 12345678",
                yields=1,
            ),
        )
    )
