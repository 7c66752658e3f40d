"""Batch lists as pharmacies keep them: a file's bytes in, its batches and its problems out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from ldninv.domain import lots
from ldninv.domain.batch_list import (
    BatchList,
    Columns,
    DateOrder,
    Field,
    ListedBatch,
    Remark,
    notices_of,
    problems_of,
)
from ldninv.domain.progress import Progress, unheard
from ldninv.domain.refusal import Refused
from ldninv.importers import cells, dates, formats, headers
from ldninv.importers.headers import HEAD, Header
from ldninv.importers.rows import Ways, listed, lot_of
from ldninv.importers.sheets import Cell, Line, Sheet, Unfit

_STRIDE = 500


def read(
    name: str,
    content: bytes,
    *,
    today: date,
    date_order: DateOrder | None = None,
    columns: Columns | None = None,
    progress: Progress = unheard,
) -> BatchList:
    """Return the batches that a file lists, and what is wrong with the other lines.

    Args:
        name: The file's name, for messages; what the file is shows in its bytes.
        content: The file's bytes.
        today: The pharmacy's local day.
        date_order: What a person said where the file alone does not decide.
        columns: Given by hand; they go before what the header words say.
        progress: Hears of lines read, and may stop the work.

    Raises:
        DateOrderUnclear: more than one date order fits, and nobody said which holds.
        ColumnsUnclear: a needed column was not found, or two columns claim to be it.
        Refused: the file is no batch list that can be read.
    """
    sheet, header, others = _chosen_sheet(name, formats.opened(name, content), columns or {}, progress)
    lines = [each for each in sheet.lines(None, progress) if each[0] > header.line and not _repeats(header, each[1])]
    if not lines:
        raise Refused(
            f"{name} has a header on line {header.line} and no batch below it. Choose the file that holds the list."
        )
    ways = _ways(name, lines, sheet, header, date_order)
    rows, problems, notices = _sorted_out(lines, ways, today, progress)
    return BatchList(
        rows=tuple(rows),
        problems=tuple(problems),
        notices=(*others, *_on_quantities(header), *notices),
        date_order=ways.order,
        columns=tuple((field.value, header.word(field)) for field in header.columns),
        header=header.cells,
        header_line=header.line,
        indices=tuple(header.columns.items()),
        source=dict(lines),
    )


def _chosen_sheet(
    name: str, sheets: Sequence[Sheet], columns: Columns, progress: Progress
) -> tuple[Sheet, Header, tuple[Remark, ...]]:
    """Return the first sheet with a whole header, and a notice for each other that has one too."""
    heads = [(sheet, sheet.lines(HEAD, progress)) for sheet in sheets]
    found = [(sheet, headers.find(head)) for sheet, head in heads]
    headed = [(sheet, header) for sheet, header in found if header is not None]
    if columns:
        filled = [(sheet, head) for sheet, head in heads if head and (not headed or sheet is headed[0][0])]
        headed = [(sheet, headers.by_hand(name, head, columns)) for sheet, head in filled[:1]]
    headed = headed or [(sheet, header) for sheet, head in heads if (header := headers.likely(head)) is not None]
    if not headed:
        raise Refused(
            f"{name} has no line of column headers such as Lot, Strength, Date made, Quantity. Write one above the "
            "list and import it again."
        )
    whole = [each for each in headed if not each[1].missing and not each[1].torn]
    sheet, header = (whole or headed)[0]
    header.refuse_gaps(name, next(head for each, head in heads if each is sheet))
    notices = (
        Remark(
            other.line,
            f"the sheet “{each.title}” looks like a batch list too and was not read; only “{sheet.title}” was",
        )
        for each, other in whole[1:]
    )
    return sheet, header, tuple(notices)


def _repeats(header: Header, row: Sequence[Cell]) -> bool:
    """Whether a line is the header once more, as on every page of a printed list."""
    return header.cells[:1] == (row[0],) and tuple(row) == header.cells


def _ways(name: str, lines: Sequence[Line], sheet: Sheet, header: Header, stated: DateOrder | None) -> Ways:
    def column(*fields: Field) -> Iterable[tuple[int, Cell]]:
        indices = [header.columns[field] for field in fields if field in header.columns]
        return ((line, row[at]) for line, row in lines for at in indices if at < len(row))

    days = ((line, cell) for line, cell in column(Field.PREPARED, Field.EXPIRES) if isinstance(cell, str) and cell)
    strength = Field.STRENGTH if Field.STRENGTH in header.columns else Field.DRUG
    return Ways(
        columns=header.columns,
        width=header.width,
        ragged=sheet.ragged,
        order=dates.chosen(name, days, stated),
        marks=cells.marks_of(
            {cell for _, cell in column(strength)}, {cell for _, cell in column(Field.MADE, Field.ON_HAND)}
        ),
        in_micrograms=header.in_micrograms,
    )


def _sorted_out(
    lines: Sequence[Line], ways: Ways, today: date, progress: Progress
) -> tuple[list[ListedBatch], list[Remark], list[Remark]]:
    """Return the good rows, the problems and the notices of all lines."""
    rows: list[ListedBatch] = []
    problems: list[Remark] = []
    notices: list[Remark] = []
    seen: dict[str, tuple[int, ListedBatch | None]] = {}
    for done, (line, row) in enumerate(lines):
        if done % _STRIDE == 0:
            progress(done, len(lines))
        lot = lot_of(row, ways)
        found = listed(line, row, lot, ways)
        wrong = list(found if isinstance(found, list) else problems_of(found, today))
        batch = None if wrong or isinstance(found, list) else found
        if not isinstance(lot, Unfit):
            first_line, first = seen.setdefault(lots.lot_key(lot), (line, batch))
            if (
                first_line != line
                and first is not None
                and batch is not None
                and batch == replace(first, line=line, lot=batch.lot)
            ):
                notices.append(Remark(line, f"lot {lot} says the same as on line {first_line}, and counts once"))
                continue
            if first_line != line:
                wrong.append(f"lot {lot} is already on line {first_line}, with other contents")
        if wrong or batch is None:
            problems.append(Remark(line, "; ".join(wrong)))
            continue
        rows.append(batch)
        notices += [Remark(line, text) for text in notices_of(batch, today)]
    progress(len(lines), len(lines))
    return rows, problems, notices


def _on_quantities(header: Header) -> tuple[Remark, ...]:
    given = [field for field in (Field.MADE, Field.ON_HAND) if field in header.columns]
    if len(given) > 1:
        return ()
    return (
        Remark(
            header.line,
            f"“{header.word(given[0])}” is the only quantity: as many capsules are taken to be on hand as were made",
        ),
    )
