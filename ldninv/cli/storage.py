"""Commands for storage: what a logger's file says."""

from __future__ import annotations

from datetime import tzinfo
from typing import Annotated

import typer

from ldninv.cli import output
from ldninv.cli.logger_file import File, answering
from ldninv.cli.options import app, time_zone
from ldninv.cli.session import Session
from ldninv.domain.batch_list import Remark
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.logger_file import Answers, DailyRecord, LoggerFile
from ldninv.domain.storage.profile import CRT, Profile
from ldninv.services.storage.reading import Looked, looked_at, read_out, worst_days

Zone = Annotated[
    tzinfo | None,
    typer.Option(parser=time_zone, metavar="ZONE", help="The zone its clock shows, such as America/Denver."),
]

storage_app = typer.Typer(help="Storage: what loggers recorded.", no_args_is_help=True)
app.add_typer(storage_app, name="storage")


@storage_app.command("check", epilog="Example: ldninv storage check logger.csv --zone America/Denver")
@answering
def check(context: typer.Context, file: File, *, zone: Zone = None, answers: Answers) -> None:
    """Read a logger's file and judge it as controlled room temperature, without a database."""
    session: Session = context.obj
    read = read_out(file, answers)
    if isinstance(read.record, DailyRecord):
        output.one(session.format, daily_facts(read.record), daily_sentence(read.record))
        return
    looked = looked_at(read.record, zone, answers)
    output.one(session.format, facts(looked), sentence(looked))
    output.say(f"line {each.line}: {each.text}" for each in read.record.problems)


def facts(looked: Looked) -> dict[str, object]:
    """Return what a file says, with the keys that programs know."""
    found, at = looked.judgement, looked.placed.said
    return {
        "readings": found.readings,
        "first": at(found.first),
        "last": at(found.last),
        "unit": looked.file.unit.sign,
        "min_c": _c(found.min_c),
        "max_c": _c(found.max_c),
        "mean_c": _c(found.mean_c),
        "interval_s": found.interval_s,
        "gaps": [{"from": at(gap.start), "to": at(gap.end)} for gap in found.gaps],
        "coverage": round(found.coverage, 6),
        "incomplete": found.incomplete,
        "out_of_range": [{"way": each.way, "from": at(each.start), "to": at(each.end)} for each in found.out_of_range],
        "mkt_c": _c(found.mkt_c),
        "mkt_30d_max_c": _c(found.mkt_30d_max_c),
        "mkt_provisional": found.mkt_provisional,
        "mkt_worst_case_c": _c(found.mkt_worst_case_c),
        "level": found.level.value,
        "reasons": [*found.reasons],
        "review": [*found.review],
        "events": [
            {
                "kind": event.kind,
                "from": at(event.start),
                "to": at(event.end),
                "hours": round(event.hours, 6),
                "longest_hours": round(event.longest_hours, 6),
                "extreme_c": _c(event.extreme_c),
                "at_least": event.at_least,
            }
            for event in found.events
        ],
        "humidity": None if found.humidity is None else {"min": found.humidity[0], "max": found.humidity[1]},
        "lux": _lux(looked),
        **_of_file(looked.file),
    }


def _of_file(file: LoggerFile) -> dict[str, object]:
    return {
        "maker": file.maker,
        "zone_hint": file.zone_hint or None,
        "zone_doubt": file.zone_doubt or None,
        "columns": {**file.headings},
        "event_rows": file.events,
        "missing": file.missing,
        "as_printed": [*file.as_printed],
        "problems": _problems(file.problems),
    }


def daily_facts(record: DailyRecord, limits: Profile = CRT) -> dict[str, object]:
    """Return what a record of days says, with the same keys: no reading, no mean, no MKT and no level (R15)."""
    return {
        **dict.fromkeys(_OF_SERIES),
        "readings": 0,
        "first": record.days[0].day.isoformat(),
        "last": record.days[-1].day.isoformat(),
        "unit": record.unit.sign,
        "min_c": _c(min(day.lowest for day in record.days)),
        "max_c": _c(max(day.highest for day in record.days)),
        "gaps": [],
        "out_of_range": [],
        "review": [*_of_days(record, limits)],
        "reasons": ["it holds the lowest and highest of days, which is no series and has no MKT"],
        "events": [],
        "maker": record.maker,
        "zone_hint": record.zone_hint or None,
        "days": [
            {"day": day.day.isoformat(), "min_c": _c(day.lowest), "max_c": _c(day.highest)} for day in record.days
        ],
        "problems": _problems(record.problems),
    }


_OF_SERIES = (
    *("readings", "first", "last", "unit", "min_c", "max_c", "mean_c", "interval_s", "gaps", "coverage", "incomplete"),
    *("out_of_range", "mkt_c", "mkt_30d_max_c", "mkt_provisional", "mkt_worst_case_c", "level", "reasons", "review"),
    *(
        "events",
        "humidity",
        "lux",
        "maker",
        "zone_hint",
        "zone_doubt",
        "columns",
        "event_rows",
        "missing",
        "as_printed",
    ),
)


def _c(value: float) -> float:
    """Return a temperature to a hundred thousandth of a degree, as far as anybody can compare it."""
    return round(value, 6)


def _lux(looked: Looked) -> dict[str, object] | None:
    dose = looked.lux_hours
    if looked.file.lux is None or dose is None:
        return None
    found, at = looked.judgement.light, looked.placed.said
    return {
        "max": max(each for each in looked.file.lux if each == each),  # noqa: PLR0124 - not NaN
        "lux_hours": round(dose, 3),
        "events": [
            {
                "from": at(event.start),
                "to": at(event.end),
                "hours": round(event.hours, 6),
                "lux_hours": round(event.lux_hours, 3),
                "peak": event.peak,
            }
            for event in found
        ],
    }


def _problems(remarks: tuple[Remark, ...]) -> list[dict[str, object]]:
    return [{"line": each.line, "text": each.text} for each in remarks]


def sentence(looked: Looked) -> str:
    """Return what a file says, for people."""
    found, at = looked.judgement, looked.placed.said
    file = looked.file
    every = f", one every {found.interval_s / 60:g} min" if found.interval_s else ""
    rows = "1 row of an event" if file.events == 1 else f"{file.events} rows of events"
    more = [rows if file.events else "", f"{file.missing} missing" if file.missing else ""]
    aside = f" ({', '.join(each for each in more if each)})" if any(more) else ""
    window = found.profile.window
    provisional = f", provisional: less than {window}" if found.mkt_provisional else ""
    incomplete = "; the record is incomplete" if found.incomplete else ""
    lines = [
        f"{file.maker}: {found.readings} readings in {file.unit.sign}{every}{aside}",
        f"{at(found.first)} to {at(found.last)}, {found.coverage:.1%} known{incomplete}",
        f"{found.min_c:z.1f} to {found.max_c:z.1f} °C, mean {found.mean_c:z.1f}",
        *_under(file),
        *_zone_in(file),
        f"MKT {found.mkt_30d_max_c:.2f} °C over the worst {window}{provisional}",
        f"Level: {found.level.value}",
        *(f"  {text}" for text in (*found.reasons, *found.review)),
        *(f"Taken as printed, {text}" for text in file.as_printed),
    ]
    return "\n".join(lines)


def _under(file: LoggerFile) -> list[str]:
    """Return under which headings stands what was read, so that a wrong one is seen."""
    read = [f"{what} under “{heading}”" for what, heading in file.headings.items()]
    return [f"Read: {', '.join(read)}"] if read else []


def _zone_in(file: LoggerFile) -> list[str]:
    """Return which zone a file names where its maker is known to get that wrong: a person says which holds."""
    return [f"It says {file.zone_hint}; {file.zone_doubt}"] if file.zone_doubt else []


def _of_days(record: DailyRecord, limits: Profile) -> list[str]:
    """Return what days ask to be looked at; nothing where all were in range."""
    worst, on = worst_days(record, limits)
    if worst is Level.IN_RANGE:
        return []
    days = "1 day" if len(on) == 1 else f"{len(on)} days"
    return [f"{worst.value.replace('-', ' ')} on {days}, first on {on[0]}; nobody knows how long it was so"]


def daily_sentence(record: DailyRecord, limits: Profile = CRT) -> str:
    """Return what a record of days says, for people."""
    told = "".join(f"\n  {each}" for each in _of_days(record, limits))
    low, high = min(day.lowest for day in record.days), max(day.highest for day in record.days)
    return (
        f"{record.maker}: {len(record.days)} days from {record.days[0].day} to {record.days[-1].day}, "
        f"{low:.1f} to {high:.1f} °C.\n"
        f"Only the lowest and highest of each day: no series, so no MKT and no level.{told}"
    )
