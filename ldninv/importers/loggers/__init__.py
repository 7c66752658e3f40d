"""Files of data loggers: a file's bytes in, its readings and what was set aside out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from ldninv.domain.batch_list import Remark
from ldninv.domain.progress import Progress, unheard
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import Answers, Asked, DailyRecord, LoggerFile, Question
from ldninv.importers import formats, tables, workbooks
from ldninv.importers.formats import Wanted
from ldninv.importers.loggers import daily, epoch, joined, layout, marks, started
from ldninv.importers.loggers.family import Family, Head, Whole
from ldninv.importers.loggers.headings import Role
from ldninv.importers.loggers.joined import Found
from ldninv.importers.loggers.layout import Layout
from ldninv.importers.loggers.reader import Table
from ldninv.importers.loggers.registry import FAMILIES
from ldninv.importers.loggers.source import HEAD, Book, Row, Source, Text
from ldninv.importers.sheets import quoted
from ldninv.importers.workbooks import Worksheet

LARGEST = 128_000_000
"""Bytes; a year at one minute takes a third of it in the widest format, and two thirds in UTF-16."""

LOGGER_FILE = Wanted(
    "logger file",
    "Export the readings as CSV or XLSX from the logger's program and import that.",
    holds="readings",
    largest=LARGEST,
)

_WHOLE = [family for family in FAMILIES if isinstance(family, Whole)]
_UNSAID = Answers()
_DATA = "data"
_LOOKED_AT = 65_536
"""Characters of a text in which control characters tell that it is none."""


def read(
    name: str, content: bytes, answers: Answers = _UNSAID, *, progress: Progress = unheard
) -> LoggerFile | DailyRecord:
    """Return what a logger's file says.

    Args:
        name: The file's name, for messages; what the file is shows in its bytes.
        content: The file's bytes.
        answers: What a person said where the file alone does not decide.
        progress: Hears of lines read, and may stop the work.

    Raises:
        Asked: a person has to say something of the file.
        Refused: it is no logger's file, or one that cannot be read without a guess.
    """
    formats.refuse_unreadable(name, content, LOGGER_FILE)
    if workbooks.fits(content):
        return _from_workbook(name, content, answers, progress)
    text = tables.decoded(content)
    if text is None or text.lstrip().startswith(("%PDF", "{", "<")):
        raise formats.foreign(name, content, LOGGER_FILE)
    control = tables.CONTROL.search(text[:_LOOKED_AT])
    tables.refuse_joined(name, text if control is None else text[: control.start()])
    if control is not None:
        raise formats.foreign(name, content, LOGGER_FILE)
    for family in _WHOLE:
        if family.claims(text):
            return _from_device(family, name, text, answers)
    return _from_text(name, text, answers, progress)


def looks_like_one(content: bytes) -> bool:
    """Whether a file's beginning looks like a logger's: times beside numbers of which one is named a temperature."""
    if workbooks.fits(content):
        sheets = workbooks.sheets("", content, moments=True)
        heads = [
            [(line, [str(cell) for cell in cells]) for line, cells in each.lines(HEAD, unheard)] for each in sheets
        ]
        return any(_tells_temperatures(epoch.in_rows(head)) for head in heads)
    text = tables.decoded(content)
    if text is None or tables.CONTROL.search(text[:_LOOKED_AT]):
        return False
    if _is_device(text):
        return True
    sources = [Text("", text, delimiter) for delimiter in tables.DELIMITERS]
    return any(_tells_temperatures(epoch.in_rows(each.head())) for each in sources)


def _is_device(text: str) -> bool:
    """Whether a text begins as the file of a device that is no table."""
    return any(family.claims(text) for family in _WHOLE)


def _from_device(family: Whole, name: str, text: str, answers: Answers) -> LoggerFile | DailyRecord:
    end = family.end(text)
    rest = Text(name, text[end:], tables.DELIMITERS[0], before=text.count("\n", 0, end))
    joined.refuse(name, joined.look(rest.lines(), rest.separators, _is_device, begun=True))
    return family.read(name, text, answers)


def _tells_temperatures(head: Sequence[tuple[int, Row]]) -> bool:
    found = layout.find(head)
    if found is not None:
        return any(found.role(column) in (Role.TEMPERATURE, Role.VALUE, Role.HUMIDITY) for column in found.numbers)
    return daily.headed(head)


def _from_text(name: str, text: str, answers: Answers, progress: Progress) -> LoggerFile | DailyRecord:
    stated = tables.STATED.match(text)
    before = 1 if stated is not None else 0
    body = text[stated.end() :] if stated is not None else text
    delimiters = stated[1] if stated is not None else tables.DELIMITERS
    sources = [Text(name, body, delimiter, before) for delimiter in delimiters]
    found = [(source, head) for source in sources if (head := layout.find(source.head())) is not None]
    if found:
        source, best = max(found, key=lambda each: each[1].worth)
        if _of_extremes(best):
            days = _days(name, source, source.all(), answers, whole=_ends(body))
            if days is not None:
                return days
        _refuse_one_extreme(name, best)
        return _read(_table(name, source, best, whole=_ends(body)), answers, progress)
    for source in sources:
        counted = epoch.written_out(source)
        if counted is not None:
            file = _from_text(name, text[: len(text) - len(body)] + counted.text, answers, progress)
            return epoch.as_printed(file, source)
    for source in sources:
        if daily.headed(source.head()):
            days = _days(name, source, source.all(), answers, whole=_ends(body))
            if days is not None:
                return days
    raise _no_table(name, [source.head() for source in sources])


def _days(
    name: str, source: Source, rows: Sequence[tuple[int, Row]], answers: Answers, *, whole: bool = True
) -> DailyRecord | None:
    """Read a table of days, where it is one and nothing else."""
    joined.refuse(name, joined.look(source.lines(), source.separators, _is_device))
    delimiter = source.delimiter if isinstance(source, Text) else None
    return daily.read(name, rows, daily.Stated(answers.date_order, delimiter, whole))


def _read(table: Table, answers: Answers, progress: Progress) -> LoggerFile:
    """Read a table; where rows of it cannot be read it may be two, and then the row where the other begins is told.

    Raises:
        Asked: a person has to say something.
        Refused: it cannot be read without a guess, or another table begins in it.
    """

    def look(lines: Iterable[tuple[int, str]], *, refused: bool = False, read: Collection[int] = ()) -> Found:
        found = joined.look(lines, table.source.separators, _is_device, refused=refused, read=read)
        joined.refuse(table.name, found)
        return found

    look(islice(table.source.lines(), table.layout.first + joined.FEW))
    try:
        file = started.read(table, answers, progress)
    except Asked as said:
        pages = look(table.source.lines(), refused=True).pages
        if pages and said.question is Question.DATE_ORDER and len(said.choices) == 1:
            raise joined.with_pages(said, pages) from None
        raise
    except Refused as said:
        pages = look(table.source.lines(), refused=True).pages
        raise (joined.with_pages(said, pages) if pages else said) from None
    if file.problems:
        pages = look(table.source.lines(), read=frozenset(file.lines)).pages
        if answers.date_order is None:
            joined.refuse_unlike(table.name, file, pages)
    return file


def _of_extremes(found: Layout) -> bool:
    """Whether a table holds the lowest and highest temperatures of days, whatever stands beside them."""
    none = all(found.role(column) is not Role.TEMPERATURE for column in found.numbers)
    heading = [found.heading(column) for column in range(len(found.headings))]
    return (none or len(found.sample) > 1) and daily.headed([(0, heading)]) and daily.one_a_day(found.sample)


def _refuse_one_extreme(name: str, found: Layout) -> None:
    """Refuse days of which only the lowest or only the highest temperature is told.

    Raises:
        Refused: that is all the table holds.
    """
    said = [word for column in found.numbers if (word := daily.extreme(found.heading(column)))]
    none = all(found.role(column) is not Role.TEMPERATURE for column in found.numbers)
    if said and none and daily.one_a_day(found.sample):
        raise Refused(
            f"{name} holds the {said[0]} temperatures of days alone. They are no readings; export the readings "
            "themselves, or the lowest and the highest of each day."
        )


def _from_workbook(name: str, content: bytes, answers: Answers, progress: Progress) -> LoggerFile | DailyRecord:
    sheets = workbooks.sheets(name, content, moments=True)
    rows = [[(line, [str(cell) for cell in cells]) for line, cells in each.lines(HEAD, progress)] for each in sheets]
    heads = [each if layout.find(each) is not None else epoch.in_rows(each) for each in rows]
    told = [sheet for sheet, head in zip(sheets, heads, strict=True) if _told(head)]
    best = _sheet_of_readings(name, told)
    for sheet, head in zip(sheets, heads, strict=True):
        found = _from_sheet(name, sheet, head, answers, progress) if best in (None, sheet) else None
        if found is not None:
            more = [each.title for each in told if each is not best]
            return replace(found, problems=(*found.problems, *map(_unread, more)))
    raise _no_table(name, heads)


def _sheet_of_readings(name: str, told: Sequence[Worksheet]) -> Worksheet | None:
    """Return the sheet of readings, of several the one that HOBOconnect calls Data; None where there is none.

    Raises:
        Refused: several hold readings, and none is called so.
    """
    called = [each for each in told if each.title.strip().casefold() == _DATA]
    if len(told) > 1 and len(called) != 1:
        raise Refused(
            f"{name} holds readings in {len(told)} sheets: {', '.join(quoted(each.title) for each in told)}. Save each "
            "as a file of its own, and import it."
        )
    return next(iter(called or told), None)


def _from_sheet(
    name: str, sheet: Worksheet, head: Sequence[tuple[int, Row]], answers: Answers, progress: Progress
) -> LoggerFile | DailyRecord | None:
    found = layout.find(head)
    if found is None and not daily.headed(head):
        return None
    source = Book.of(sheet, progress)
    if found is None or _of_extremes(found):
        days = _days(name, source, list(source.rows()), answers)
        if days is not None:
            return days
    if found is None:
        return None
    _refuse_one_extreme(name, found)
    counted = None if layout.find(source.head()) is not None else epoch.in_book(source)
    file = _read(_table(name, counted or source, found), answers, progress)
    return file if counted is None else epoch.as_printed(file, source)


def _told(head: Sequence[tuple[int, Row]]) -> bool:
    """Whether a sheet holds temperatures at their times."""
    found = layout.find(head)
    return found is not None and any(found.role(column) is Role.TEMPERATURE for column in found.numbers)


def _unread(title: str) -> Remark:
    return Remark(1, f"the sheet {quoted(title)} holds readings too, and was not read; save it as a file of its own")


def _table(name: str, source: Source, found: Layout, *, whole: bool = True) -> Table:
    """Return a table with the family that claims it first."""
    above = [",".join(row) for line, row in source.head() if line < found.first]
    head = Head("\n".join(above), found)
    family = next(_claiming(head))
    if family.mend is not None:
        mended = [(line, family.mend(list(row))) for line, row in source.head()]
        found = layout.find(mended) or found
        head = Head("\n".join(above), found)
    return Table(name, source, found, family, family.hints(head), whole)


def _claiming(head: Head) -> Iterator[Family]:
    yield from (family for family in FAMILIES if isinstance(family, Family) and family.claims(head))


def _ends(text: str) -> bool:
    return text.endswith(("\n", "\r"))


def _no_table(name: str, heads: Iterable[Sequence[tuple[int, Row]]]) -> Refused:
    said = next(filter(None, map(marks.in_place_of_all, heads)), "")
    if said:
        return Refused(f"{name} holds no temperatures that can be read: {said}")
    return Refused(f"{name} has no rows with a date, a time and a temperature. {LOGGER_FILE.way_out}")
