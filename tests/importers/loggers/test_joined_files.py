"""Two files joined in one, of any two formats: read exactly as both, or stopped at the row where the other begins."""

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product
from pathlib import Path

import openpyxl
import pytest

from ldninv.domain.batch_list import DateOrder
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import Answers, DailyRecord, LoggerFile, Unit
from ldninv.importers import loggers
from ldninv.importers.loggers.joined import look
from mutations import decoded

OWN = Path(__file__).parents[2] / "data" / "loggers"
SHARED = Path(__file__).parents[4] / "shared" / "data" / "loggers"
PATHS = {
    path.name: path
    for folder in (OWN, SHARED)
    if folder.exists()
    for path in sorted(folder.iterdir())
    if path.suffix in {".csv", ".txt"}
}
SAID = {
    "asked_column.csv": Answers(temperature="2"),
    "asked_date_order.csv": Answers(date_order=DateOrder.DMY),
    "asked_unit.csv": Answers(unit=Unit.FAHRENHEIT),
}
LINES = 60
"""Lines of a long file that are joined: its beginning, and a few of its end."""


@dataclass(frozen=True)
class Alone:
    """A file by itself."""

    text: str
    known: frozenset[tuple[float, float]] | None
    """Its readings; None where it is refused, or holds days."""
    head: int
    """Lines above its first reading."""


@cache
def alone(name, said):
    lines = decoded(PATHS[name].read_bytes()).splitlines(keepends=True)
    text = "".join([*lines[:LINES], *lines[-12:]] if len(lines) > LINES + 12 else lines)
    try:
        read = loggers.read(name, text.encode(), said)
    except Refused:
        return Alone(text, None, len(lines))
    if isinstance(read, DailyRecord):
        return Alone(text, None, len(lines))
    return Alone(text, pairs(read), min(read.lines[0], read.lines[-1]))


def pairs(read):
    return frozenset(zip(read.local, read.celsius, strict=True))


def joined(first, second, between):
    """Return what is wrong with the answer to two joined files, or None."""
    said = SAID.get(first, Answers())
    one, other = alone(first, said), alone(second, Answers(date_order=said.date_order))
    above = len((one.text + between).splitlines())
    content = (one.text + between + other.text).encode()
    try:
        read = loggers.read("two.csv", content, said)
    except Refused as said:
        rows = [int(each) for each in re.findall(r"\blines? (\d+)", str(said))]
        if one.known is None:
            return None
        return None if any(above <= row <= above + other.head for row in rows) else f"names no row: {said}"
    if not isinstance(read, LoggerFile) or None in (one.known, other.known):
        return f"read as {read.readings if isinstance(read, LoggerFile) else len(read.days)}"
    return None if pairs(read) == one.known | other.known else f"read {read.readings} otherwise than both"


@pytest.mark.parametrize("first", PATHS)
def test_two_files_in_one_are_read_as_both_or_stopped_where_the_other_begins(first):
    ways = (("", "\n") * len(PATHS))[list(PATHS).index(first) % 2 :]  # with a blank line between, and without
    wrong = {
        (second, between): found
        for second, between in zip(PATHS, ways, strict=False)
        if (found := joined(first, second, between)) is not None
    }

    assert wrong == {}


HEADING = "Time,Temperature (°C)"


def day(month, number):
    return datetime(2026, month, number, tzinfo=UTC).replace(tzinfo=None)


def rows(first, shape, count=48, step=1):
    moments = (first + timedelta(hours=step * number) for number in range(count))
    return "".join(f"{moment:{shape}},{21 + at % 3}.5\n" for at, moment in enumerate(moments))


def read(*parts):
    return loggers.read("two.csv", "".join(parts).encode())


def test_the_headings_of_every_page_part_no_table():
    pages = [f"{HEADING}\n{rows(day(3, 5 + page), '%d/%m/%Y %H:%M', 24)}" for page in range(9)]

    assert read(*pages).readings == 9 * 24


def test_dates_of_two_orders_below_the_same_headings_are_refused_where_they_are_repeated():
    day_first = f"{HEADING}\n{rows(day(1, 20), '%d/%m/%Y %H:%M')}"
    month_first = f"{HEADING}\n{rows(day(3, 5), '%m/%d/%Y %H:%M')}"

    with pytest.raises(Refused, match=r"in doubt: .* The headings are repeated on line 50"):
        read(day_first, month_first)


def test_two_exports_of_buttons_are_two_tables_though_their_headings_are_the_same():
    first, second = (
        f"1-Wire/iButton Registration Number: {number}\n\nDate/Time,Unit,Value\n"
        + rows(start, "%Y-%m-%d %H:%M,C").replace(".5", "")
        for number, start in (("790000003B54A821", day(3, 5)), ("0D0000002C966C41", day(4, 5)))
    )

    with pytest.raises(Refused, match="line 52: another table begins here, with “1-Wire/iButton"):
        read(first, second)


@pytest.mark.parametrize("note", ["Summary,Temperature\nHighest,23.5\n", "Signed,Temperature log\n\n", "End of file"])
def test_notes_below_the_last_reading_are_no_table(note):
    assert read(f"{HEADING}\n{rows(day(3, 5), '%Y-%m-%d %H:%M')}", note).readings == 48


def test_rows_of_buttons_and_downloads_begin_no_table():
    body = rows(day(3, 5), "%Y-%m-%d %H:%M").splitlines(keepends=True)
    body[9:9] = ["2026-03-05 08:10,,Temperature button pressed\n"] * 4

    assert read(HEADING, ",Event\n", *body).readings == 48


def test_a_few_rows_above_a_longer_table_are_not_taken_for_its_head():
    short = f"Time\tTemperature (°C)\n{rows(day(3, 5), '%Y-%m-%d %H:%M', 4).replace(',', chr(9))}"

    with pytest.raises(Refused, match="line 6: another table begins here"):
        read(short, f"{HEADING}\n{rows(day(4, 5), '%Y-%m-%d %H:%M', 90)}")


def test_two_tables_in_one_sheet_are_told_as_in_a_text():
    book = openpyxl.Workbook()
    for heading, first in (("Temperature (°C)", 5), ("Temperature (°F)", 15)):
        book.active.append(["Time", heading])
        for hour in range(24):
            book.active.append([day(3, first) + timedelta(hours=hour), 70.5])
    content = io.BytesIO()
    book.save(content)

    with pytest.raises(Refused, match="line 26: another table begins here, with “Time Temperature"):
        loggers.read("book.xlsx", content.getvalue())


def numbered(first, count, cells, day=5):
    return [f"{first + at},2026-03-{day + at // 24:02} {at % 24:02}:00,{cells}" for at in range(count)]


@pytest.mark.parametrize("rows", [1, 2, 3])
@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("Start,End,Temp (°C),RH (%)", "2026-04-0{} 10:00,2026-04-0{} 10:30,3.5,40"),
        ("Start,End,RH (%),No", "2026-04-0{} 10:00,2026-04-0{} 10:30,40,7"),
        ("Alarms,,,", "2026-04-0{} 10:00,2026-04-0{} 10:30,95,33.5"),
        ("#,Time,Battery (V),Pressure (hPa)", "{},2026-04-0{} 10:00,3.5,1013"),
        ("No,Datum,Kanal A,Kanal B", "{},2026-04-0{} 10:00,3.5,1013"),
    ],
)
def test_a_few_rows_below_other_headings_are_never_read_under_the_first_ones(heading, row, rows):
    lines = ["#,Time,Temp (°C),RH (%)", *numbered(1, 48, "21.5,45"), heading]
    lines += [row.format(at + 1, at + 1) for at in range(rows)]

    with pytest.raises(Refused, match="line 50: another table begins here"):
        loggers.read("two.csv", ("\n".join(lines) + "\n").encode())


@pytest.mark.parametrize(
    "note", ["Page 2", "Battery,3.2 V", "Total time,3 h", "Button pressed,2026-03-07 00:10", "2026-03-07 00:10,"]
)
def test_a_note_between_readings_begins_no_table(note):
    lines = ["#,Time,Temp (°C)", *numbered(1, 48, "21.5"), note, *numbered(49, 3, "21.5", day=7), ""]

    assert loggers.read("one.csv", "\n".join(lines).encode()).readings == 51


def test_garbage_is_looked_through_no_further_than_tells_that_it_is_none():
    words = ("".join(letters) for letters in product("abcdefghij", repeat=5))
    lines = enumerate(words, 1)

    assert look(lines, ",", refused=True).begins is None
    assert next(lines)[0] < 1_000
    assert look(lines, ",").begins is None
    assert next(lines, None) is None


def test_what_was_read_is_not_taken_apart_again_where_every_line_has_a_shape_of_its_own():
    words = enumerate(("".join(letters) for letters in product("abcdefghij", repeat=4)), 1)
    looked = []

    assert look(words, ",", looked.append, read=range(1, 10_001)).begins is None
    assert 0 < len(looked) < 1_000


def test_another_table_is_found_below_one_in_which_every_line_has_a_shape_of_its_own():
    words = ["".join(letters) for letters in product("abcdefghij", repeat=3)]
    body = [f"{day(3, 5) + timedelta(hours=at)},{21 + at % 3}.5,{word}" for at, word in enumerate(words)]
    body[700] = f"{day(3, 5) + timedelta(hours=700)},abc,xyz"
    below = [f"{day(6, 5) + timedelta(hours=at)},45.0,{word}" for at, word in enumerate(words[:9])]

    assert read("\n".join([f"{HEADING},Id", *body, ""])).readings == 999
    with pytest.raises(Refused, match="line 1002: another table begins here"):
        read("\n".join([f"{HEADING},Id", *body, "Time,Relative humidity (%),Id", *below, ""]))
