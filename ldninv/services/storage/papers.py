"""Papers of storage: a place's record for some days, which a pharmacist can sign, and the month's daily checks."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning, holds, in_words
from ldninv.domain.storage import worded
from ldninv.domain.storage.daily import last_of_each
from ldninv.domain.storage.happenings import Aspect, Effect
from ldninv.domain.storage.judgement import Judgement
from ldninv.domain.storage.judging import judge
from ldninv.domain.storage.loggers import Logger
from ldninv.domain.storage.peaks import peaks
from ldninv.domain.storage.profiles import profile
from ldninv.domain.storage.series import Series
from ldninv.domain.storage.stays import Span
from ldninv.domain.stored import Storage
from ldninv.reports import storage_record
from ldninv.reports.document import Curve, Document
from ldninv.reports.storage_record import Listed, Recorded, SheetLine
from ldninv.services import documents, signing
from ldninv.services.context import Context
from ldninv.services.places import known_place
from ldninv.services.signed import Signed
from ldninv.services.signing import Pen
from ldninv.services.storage import daily, dispensed, loggers, looking, recorded
from ldninv.services.storage.looking import Seen, TouchedBatch

if TYPE_CHECKING:
    from ldninv.paper.document import DocumentPaper

RECORD, SHEET, SIGNED = "storage-record", "daily-sheet", "storage-record-signed"
"""What the trail calls a paper that left the program, and a record that was signed."""

COLUMNS = 480
"""Into which the drawing of a record is cut."""


@dataclass(frozen=True, slots=True)
class SignedRecord:
    """The days of a place's record that was signed, and the signatures under it, oldest first."""

    first: date
    last: date
    signed: tuple[Signed, ...]


def record(context: Context, place: str, first: date, last: date) -> Document:
    """Return the storage record of a place for the days from `first` to `last`.

    Raises:
        Refused: there is no such place, or the days are none.
    """
    found = _recorded(context, place, first, last)
    signed = signing.signatures(context, _subject(found.place.name, first, last))
    content = _content(found)
    lines = tuple(in_words(each, content) for each in signed)
    with context.store.reading() as work:
        return storage_record.build(found, documents.maker(context, work), lines)


def paper(context: Context, place: str, first: date, last: date) -> DocumentPaper:
    """Return the record as pages, for print, preview and PDF alike."""
    return documents.paper(record(context, place, first, last))


def save(context: Context, place: str, first: date, last: date, target: Path) -> documents.Saved:
    """Write the record as a PDF; the trail notes it.

    Raises:
        Refused: there is no such place, or a file is there that is no paper of this database.
        Surroundings: the place cannot be written, or Qt's libraries are missing.
    """
    return documents.save(context, record(context, place, first, last), target, action=RECORD, subject=place)


def sign(context: Context, place: str, first: date, last: date, pen: Pen | None) -> str:
    """Let a pharmacist sign the record as it is now; return who did, in words, or that nobody can yet.

    Raises:
        Refused: nobody signs who may.
    """
    signer = signing.signer(context, pen, Meaning.STORAGE)
    found = _recorded(context, place, first, last)
    content = _content(found)
    subject = _subject(found.place.name, first, last)
    with context.writing() as work:
        event = work.trail.append(context.event(SIGNED, subject, after=content))
        kept = signing.sign(context, work, signer, subject, content, about=event)
    return signing.UNSIGNED if kept is None else in_words(kept)


def signed(context: Context, place: str, first: date, last: date) -> SignedRecord:
    """Return who signed the record of these days, and whether it is what they signed. Judging: call it on a worker.

    Raises:
        Refused: there is no such place, or the days are none.
    """
    with context.store.reading() as work:
        found = work.signatures.of(_subject(known_place(work, place).name, first, last))
    content = _content(_recorded(context, place, first, last)) if found else {}
    return SignedRecord(first, last, tuple(Signed(each, holds(each, content)) for each in found))


def signed_days(context: Context, place: str) -> list[tuple[date, date]]:
    """Return the days of each record of a place that was signed, the one signed last first.

    Raises:
        Refused: there is no such place.
    """
    with context.store.reading() as work:
        begin = _begin(known_place(work, place).name)
        found = work.signatures.beginning(begin)
    days: dict[tuple[date, date], None] = {}
    for each in reversed(found):
        with suppress(ValueError):  # a place whose name goes on with a comma
            first, last = each.subject.removeprefix(begin).split(" to ")
            days.setdefault((date.fromisoformat(first), date.fromisoformat(last)))
    return list(days)


def month_sheet(context: Context, place: str, day: date) -> Document:
    """Return the sheet of a place's daily checks in the month of a day.

    Raises:
        Refused: there is no such place.
    """
    found = daily.month(context, place, day)
    lines = [
        SheetLine(
            line.day,
            line.reading,
            "missing" if line.missing else "closed" if line.closed and not line.reading else _state(line),
        )
        for line in found.lines
    ]
    with context.store.reading() as work:
        made = documents.maker(context, work)
    missing = found.missing if found.asked else None
    return storage_record.sheet(found.place, found.first, lines, missing, made)


def save_sheet(context: Context, place: str, day: date, target: Path) -> documents.Saved:
    """Write the month's sheet as a PDF; the trail notes it."""
    return documents.save(context, month_sheet(context, place, day), target, action=SHEET, subject=place)


def _state(line: daily.Line) -> str:
    if line.by_logger:
        return "by logger"
    said = "" if line.level is None else line.level.value.replace("-", " ")
    return f"{said}, corrected" if line.corrected else said


def _recorded(context: Context, place: str, first: date, last: date) -> Recorded:
    if first > last:
        raise Refused(f"{first} is after {last}. Put the first day of the record first.")
    if last > context.today():
        raise Refused(f"{last} lies ahead. A record ends today at the latest.")
    with context.store.reading() as work:
        there = known_place(work, place)
        watching = looking.watchers(work, there.name)
    zone = loggers.zone_of(watching[0].zone) if watching else context.now().astimezone().tzinfo
    assert zone is not None  # noqa: S101 - the context's clock is aware
    start = datetime.combine(first, time(), zone).timestamp()
    end = datetime.combine(last + timedelta(days=1), time(), zone).timestamp()
    with context.store.reading() as work:
        read = looking.recordings(work, there.name, (start, end))
        days = [] if read else work.daily.of(there.name, first, last)
    limits = profile(there.profile)
    of_each = {each.logger.name: (judge(each.series, limits, lux_limit=there.lux_limit), each.series) for each in read}
    judged = recorded.judged(there, recorded.traces_of(there, (each.series for each in read)))
    worst_first = sorted(of_each.items(), key=lambda each: -each[1][0].level.harm)
    today = context.today()
    return Recorded(
        place=there,
        first=first,
        last=last,
        zone=zone,
        loggers=[(each.name, _of_logger(each, of_each, today)) for each in watching],
        judged=judged,
        days=sorted(last_of_each(days).values(), key=lambda each: each.day),
        curves=[_curve(name, *found, (start, end), (first, last)) for name, found in worst_first],
        listed=[
            Listed(each.happening, _batches(each), _decided(each), _sealed(each), _given_out(context, each))
            for each in reversed(looking.events(context, place=there.name, span=(start, end)))
        ],
    )


def _curve(name: str, judged: Judgement, series: Series, span: Span, days: tuple[date, date]) -> Curve:
    """Return what one logger recorded, in no more columns than it has readings for: else they would stand apart."""
    limits, (start, end) = judged.profile, span
    columns = min(COLUMNS, max(1, int((end - start) / judged.interval_s))) if judged.interval_s else COLUMNS
    return Curve(
        name=f"{name}: {judged.min_c:.1f} to {judged.max_c:.1f} °C",
        peaks=tuple(peaks(series.seconds, series.celsius, start, end, columns)),
        keep=(limits.keep_low_c, limits.keep_high_c),
        permitted=(limits.permitted_low_c, limits.permitted_high_c),
        marks=storage_record.marks(*days),
    )


def _of_logger(logger: Logger, of_each: Mapping[str, tuple[Judgement, Series]], today: date) -> str:
    """Return a logger's calibration, and where there are several what each alone says."""
    calibrated = _calibration(logger, today)
    if logger.name not in of_each:
        return f"{calibrated}; no reading in these days"
    if len(of_each) < 2:  # noqa: PLR2004 - one says what the record says
        return calibrated
    judged, _ = of_each[logger.name]
    level = Storage.seen(judged.level.value, incomplete=judged.incomplete).value.replace("-", " ")
    return (
        f"{calibrated}; {level}, {judged.min_c:.1f} to {judged.max_c:.1f} °C, "
        f"{worded.percent(judged.coverage):.1f} % known, mean kinetic temperature {judged.mkt_30d_max_c:.2f} °C"
    )


def _calibration(logger: Logger, today: date) -> str:
    due = logger.calibration_due()
    if due is None:
        return f"calibration not written down; {logger.zone}"
    return f"calibration over since {due}" if logger.past_calibration(today) else f"calibrated until {due}"


def _given_out(context: Context, seen: Seen) -> list[tuple[str, date, int]]:
    """Return what was dispensed of the batches that a pharmacist is or was to look at; a gap is none of these."""
    if seen.happening.effect is Effect.RECORDED or seen.happening.aspect is Aspect.GAP:
        return []
    return [(each.lot, each.entry.day, -each.entry.capsules) for each in dispensed.since(context, seen)]


def _batches(seen: Seen) -> str:
    return ", ".join(map(_lot, seen.batches)) or "–"


def _lot(touched: TouchedBatch) -> str:
    """Return a batch, and for what else it is on hold now: a decision on storage does not answer that."""
    if touched.touch.absent:
        return f"{touched.lot} (decided on, and never stood there)"
    held = touched.kept.stock.held_otherwise
    return touched.lot if held is None else f"{touched.lot} (on hold: {held})"


def _decided(seen: Seen) -> str:
    """Return what was decided, and of which batches where it was not the same of all."""
    lots: dict[str, list[str]] = {}
    for each in seen.batches:
        if each.decided:
            said = f"{each.decided.said()} by {each.decided.by}: {each.decided.reason}"
            lots.setdefault(said, []).append(each.lot)
    one = len(lots) == 1 and not seen.waiting
    told = [said if one else f"{', '.join(of)}: {said}" for said, of in lots.items()]
    waiting = [f"{len(seen.waiting)} to decide"] if seen.waiting else []
    return "; ".join([*waiting, *told]) or "–"


def _sealed(seen: Seen) -> str:
    """Return what was decided as a signature stands for it; other words would break those that were given."""
    if not seen.batches:
        return "–"
    said = dict.fromkeys(
        f"{each.decided.decision} by {each.decided.by}: {each.decided.reason}" for each in seen.batches if each.decided
    )
    waiting = [f"{len(seen.waiting)} to decide"] if seen.waiting else []
    return "; ".join([*waiting, *said]) or "–"


def _content(found: Recorded) -> dict[str, object]:
    """Return what a signature under a record stands for."""
    judged = found.judged
    return {
        "place": found.place.name,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "readings": 0 if judged is None else judged.readings,
        "level": None if judged is None else judged.level.value,
        "mkt_30d_max_c": None if judged is None else round(judged.mkt_30d_max_c, 6),
        "coverage": None if judged is None else round(judged.coverage, 6),
        "events": [[each.happening.evidence, each.sealed] for each in found.listed],
        **({"days": [[f"{each.day}", each.lowest, each.highest] for each in found.days]} if found.days else {}),
    }


def _subject(place: str, first: date, last: date) -> str:
    return f"{_begin(place)}{first} to {last}"


def _begin(place: str) -> str:
    return f"storage of {place}, "
