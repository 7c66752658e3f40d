"""The storage record of a place for some days, and the month's sheet of its daily checks: papers to sign (R14–R20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from ldninv.domain.places import Place
from ldninv.domain.storage import telling, worded
from ldninv.domain.storage.daily import DailyReading
from ldninv.domain.storage.happenings import Aspect, Happening
from ldninv.domain.storage.judgement import Judgement
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.profile import Profile
from ldninv.domain.storage.profiles import profile
from ldninv.domain.stored import Storage
from ldninv.reports.document import Column, Curve, Document, Maker, Part, said

DECLARED = "I have looked at this record and at what is to be decided of it."
NO_SERIES = "none of a logger: no series, so no level and no mean kinetic temperature"
NOT_RECORDED = "Nothing was recorded in these days: not monitored is never “in range”."
_NOTHING = "Nothing is recorded that left the limits, no gap, no light."
_MOST_MARKS = 8.5
_WORDS = {
    Level.IN_RANGE: "in range",
    Level.ALLOWED_EXCURSION: "allowed excursion",
    Level.SPIKE: "spike",
    Level.BREACH: "breach",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """What happened, with the batches that it touched and what was decided, in words."""

    happening: Happening
    batches: str
    decided: str
    sealed: str
    """What was decided, as a signature stands for it."""
    dispensed: Sequence[tuple[str, date, int]] = ()
    """What was dispensed of these batches since: lot, day and capsules (R18)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What is known of a place in some days."""

    place: Place
    first: date
    last: date
    zone: tzinfo
    loggers: Sequence[tuple[str, str]]
    """Of each logger its name and its calibration, in words."""
    judged: Judgement | None
    """None where no logger recorded anything."""
    days: Sequence[DailyReading]
    """The lowest and highest of days, where that is all there is."""
    curves: Sequence[Curve]
    """Of each logger that recorded something, the worst first."""
    listed: Sequence[Listed]


def build(found: Recorded, made: Maker, signatures: Sequence[str]) -> Document:
    """Return the storage record of a place."""
    judged = found.judged
    told = day_facts(found.days) if judged is None else judged_facts(judged)
    head = [("Place", found.place.name), ("Days", f"{found.first} to {found.last}"), ("Times in", str(found.zone))]
    return Document(
        title="Storage record",
        subject=f"{found.place.name}, {found.first} to {found.last}",
        made=made,
        facts=said(*head, *(("Logger", f"{name}: {calibration}") for name, calibration in found.loggers)),
        parts=(
            Part(title="What the record says", facts=told, none=NOT_RECORDED),
            *((Part(title="Temperature", note=_bands(judged), curves=tuple(found.curves)),) if judged else ()),
            Part(
                title="What happened",
                columns=(
                    Column("When", 2.1),
                    Column("What", 2.4),
                    Column("Level", 1.5),
                    Column("Batches that stood there", 2.95),
                    Column("Decision", 2.2),
                ),
                rows=tuple(_row(each, found.zone, several=len(found.curves) > 1) for each in found.listed),
                none=_NOTHING if told else "Nothing is known of these days.",
            ),
            *_given_out(found.listed),
            *((_signed(signatures),) if signatures else ()),
        ),
        closing="" if signatures else DECLARED,
        signatures=() if signatures else ("Pharmacist",),
    )


def _signed(signatures: Sequence[str]) -> Part:
    """Return what was declared together with who signed it, so that no page parts them."""
    return Part(title="Signed", note=DECLARED, facts=said(*(("Signature", each) for each in signatures)))


def _given_out(listed: Sequence[Listed]) -> tuple[Part, ...]:
    """Return who has capsules that stood there: each dispensing once, however often its batch was touched (R18)."""
    rows = dict.fromkeys(row for each in listed for row in each.dispensed)
    columns = (Column("Lot", 2), Column("Dispensed on", 2), Column("Capsules", 1, number=True))
    told = tuple((lot, day.isoformat(), str(capsules)) for lot, day, capsules in sorted(rows, key=lambda row: row[1]))
    return (Part(title="Dispensed of these batches since", columns=columns, rows=told),) if told else ()


def judged_facts(judged: Judgement) -> tuple[tuple[str, str], ...]:
    """Return what a record says, each under its name: of a place, or of a batch on its way."""
    limits = judged.profile
    provisional = f" (provisional: less than {limits.window})" if judged.mkt_provisional else ""
    assumed = f"The same if the gaps were at {limits.highest_c:g} °C"
    gaps = "no gap" if not judged.gaps else "1 gap" if len(judged.gaps) == 1 else f"{len(judged.gaps)} gaps"
    return said(
        ("Level", "; ".join((_WORDS[judged.level], *judged.reasons))),
        ("Limits", _limits(limits)),
        ("Readings", f"{judged.readings}, {judged.min_c:z.1f} to {judged.max_c:z.1f} °C, mean {judged.mean_c:z.1f} °C"),
        ("Known", f"{worded.percent(judged.coverage):.1f} % of the time, {gaps}"),
        ("Mean kinetic temperature", f"{judged.mkt_30d_max_c:.2f} °C in the warmest {limits.window}{provisional}"),
        *(((assumed, f"{judged.mkt_worst_case_c:.2f} °C; nothing is known of them"),) if judged.gaps else ()),
        (f"Above {limits.permitted_high_c:g} °C in {limits.window}", _warm(judged)),
        *((("Humidity", f"{judged.humidity[0]:.0f} to {judged.humidity[1]:.0f} %"),) if judged.humidity else ()),
        *((("Light", f"{telling.light(judged)}; its container keeps light out"),) if _harmless(judged) else ()),
        ("To look at", "; ".join(judged.review) or "nothing more"),
    )


def day_facts(days: Sequence[DailyReading], *, alone: bool = True) -> tuple[tuple[str, str], ...]:
    """Return what is known of days; they are no series, and `alone` it is said that no logger saw them (R15, R20)."""
    if not days:
        return ()
    first, last = min(each.day for each in days), max(each.day for each in days)
    low, high = min(each.lowest for each in days), max(each.highest for each in days)
    count = "1 day" if len(days) == 1 else f"{len(days)} days"
    told = f"lowest and highest of {count} from {first} to {last}: {low:z.1f} to {high:z.1f} °C"
    return said(("Days", told), *((("Readings", NO_SERIES),) if alone else ()))


def _warm(judged: Judgement) -> str:
    hours = judged.hours_above_30_in_30_days
    return worded.hours(hours) if hours else "never"


def _harmless(judged: Judgement) -> bool:
    """Whether there was light that asks for nothing; what does is said with what is to be looked at (R17)."""
    return bool(judged.light) and judged.light_kept_out


def _limits(limits: Profile) -> str:
    return (
        f"{limits.title}: keep {limits.keep_low_c:g}–{limits.keep_high_c:g} °C, permitted "
        f"{limits.permitted_low_c:g}–{limits.permitted_high_c:g} °C, up to {limits.highest_c:g} °C for less than "
        f"{limits.spell_h:g} h, mean kinetic temperature at most {limits.mkt_limit_c:g} °C"
    )


def _kept(limits: Profile) -> str:
    return (
        f"{limits.keep_low_c:g}–{limits.keep_high_c:g} °C; "
        f"{limits.permitted_low_c:g}–{limits.permitted_high_c:g} °C permitted"
    )


def _bands(judged: Judgement) -> str:
    keep = f"{judged.profile.keep_low_c:g}–{judged.profile.keep_high_c:g} °C"
    permitted = f"{judged.profile.permitted_low_c:g} and {judged.profile.permitted_high_c:g} °C"
    return (
        f"Of each moment the lowest and the highest reading, none averaged. Shaded: {keep}. "
        f"Stronger lines: {permitted}. Blank: not known."
    )


def marks(first: date, last: date) -> tuple[tuple[float, str], ...]:
    """Return the days that stand below a drawing, about ten at most: how far along each begins, and its name.

    >>> marks(date(2026, 11, 1), date(2026, 11, 4))
    ((0.0, '2026-11-01'), (0.25, '11-02'), (0.5, '11-03'), (0.75, '11-04'))
    >>> marks(date(2025, 1, 1), date(2026, 12, 31))[:2]
    ((0.0, '2025-01-01'), (0.12465753424657534, '04-02'))
    """
    days = (last - first).days + 1
    step = next((each for each in (1, 2, 5, 7, 14, 30, 91) if days / each <= _MOST_MARKS), days)
    told = [(number / days, first + timedelta(days=number)) for number in range(0, days, step)]
    years = (None, *(day.year for _, day in told))
    return tuple(
        (share, day.isoformat() if day.year != before else f"{day:%m-%d}")
        for (share, day), before in zip(told, years, strict=False)
    )


def _row(each: Listed, zone: tzinfo, *, several: bool) -> tuple[str, ...]:
    """Return what happened as it is listed; with `several` loggers also which of them saw it."""
    happening = each.happening
    what = worded.words(happening)
    if not happening.path:
        what = what.replace(f" {worded.at_places(happening)}", "")
    if happening.aspect is Aspect.MEAN:
        what = f"{what}. {worded.windows(happening)}"
    if several and happening.seen_by:
        what = f"{what} ({happening.seen_by})"
    return (_when(happening, zone), what, _level(happening), each.batches, each.decided)


def _level(happening: Happening) -> str:
    """Return the level of what happened; a mean that only warns is never listed as in range."""
    if happening.level is Storage.NOT_MONITORED:
        return "–"
    if happening.aspect is Aspect.MEAN and happening.level is Storage.IN_RANGE:
        return "to review"
    return happening.level.value.replace("-", " ")


def _when(happening: Happening, zone: tzinfo) -> str:
    """Return from when to when, in one line where it is within a day."""
    start, end = (datetime.fromtimestamp(moment, zone) for moment in happening.span)
    return f"{start:%Y-%m-%d %H:%M} – {end:{'%H:%M' if start.date() == end.date() else '%Y-%m-%d %H:%M'}}"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One day of a month's sheet."""

    day: date
    reading: DailyReading | None
    state: str


def sheet(place: Place, first: date, lines: Sequence[SheetLine], missing: int | None, made: Maker) -> Document:
    """Return the month's sheet of a place that is read by hand; what is missing is to be seen, and room for a hand.

    `missing` counts open days; it is None where nobody had read the thermometer yet, and so none can be missing.
    """
    return Document(
        title="Daily temperature checks",
        subject=f"{place.name}, {first:%B %Y}",
        made=made,
        facts=said(
            ("Place", place.name),
            ("Keep", _kept(profile(place.profile))),
            ("Missing", _missing(missing)),
        ),
        parts=(
            Part(
                columns=(
                    Column("Day", 0.8),
                    Column("Lowest °C", 0.8, number=True),
                    Column("Highest °C", 0.8, number=True),
                    Column("Now °C", 0.8, number=True),
                    Column("State", 2.1),
                    Column("By", 1.4),
                    Column("Note", 2.2),
                    Column("Initials", 0.9, hand=True),
                ),
                rows=tuple(_line(each) for each in lines),
                one_page=True,
            ),
        ),
        signatures=("Pharmacist",),
        closing="At least one reading on each open day. A correction stands in the note.",
    )


def _missing(days: int | None) -> str:
    if days is None:
        return "not counted: not read by hand yet"
    return "none" if not days else "1 open day" if days == 1 else f"{days} open days"


def _line(line: SheetLine) -> tuple[str, ...]:
    read = line.reading
    if read is None:
        return (f"{line.day:%d %a}", "", "", "", line.state, "", "")
    now = "" if read.now is None else f"{read.now:.1f}"
    day, by = f"{line.day:%d %a}", read.logger or read.by
    return (day, f"{read.lowest:.1f}", f"{read.highest:.1f}", now, line.state, by, read.note or "")
