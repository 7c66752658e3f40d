"""Answers written as a table, as JSON or as CSV on standard output; words for people on standard error."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence

from ldninv.cli.session import Format

Facts = Mapping[str, object]


def document(content: object, *, indent: int | None = 2) -> None:
    """Write one JSON document."""
    print(json.dumps(content, ensure_ascii=False, indent=indent, default=str))


def rows(
    format_: Format, facts: Sequence[Facts], columns: Mapping[str, str], *, keys: Sequence[str] = (), none: str
) -> None:
    """Write rows: all keys as JSON and CSV, the chosen `columns` (key to title) as a table.

    Args:
        format_: Which of the three.
        facts: The rows.
        columns: What the table shows.
        keys: The keys of every row, where they differ from the columns: the CSV's header, rows or none.
        none: What the table says where there are none.
    """
    match format_:
        case Format.JSON:
            document(list(facts))
        case Format.CSV:
            _csv(facts, keys or columns)
        case Format.TABLE:
            _table(facts, columns, none)


def one(format_: Format, facts: Facts, sentence: str) -> None:
    """Write one answer: a sentence for people, its keys for programs."""
    match format_:
        case Format.JSON:
            document(facts)
        case Format.CSV:
            _csv([facts], facts)
        case Format.TABLE:
            print(sentence)


def lines(texts: Iterable[str]) -> None:
    """Write an answer's further lines on standard output."""
    for text in texts:
        print(text)


def say(texts: Iterable[str]) -> None:
    """Write words for people on standard error."""
    for text in texts:
        print(text, file=sys.stderr)


def _csv(facts: Sequence[Facts], keys: Iterable[str]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    keys = list(keys)
    writer.writerow(keys)
    writer.writerows([_flat(row.get(key)) for key in keys] for row in facts)


def _flat(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return "; ".join(_flat(each) for each in value)
        case Mapping():
            return "; ".join(f"{key}={_flat(each)}" for key, each in value.items())
        case _:
            return _harmless(str(value))


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking a person's text for a formula."""
    return (
        f"'{text}" if text[:1] in {"=", "+", "@", "\t", "\r"} or (text[:1] == "-" and not text[1:].isdigit()) else text
    )


def _table(facts: Sequence[Facts], columns: Mapping[str, str], none: str) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not facts:
        print(none)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for key, title in columns.items():
        table.add_column(title, justify="right" if isinstance(facts[0].get(key), int) else "left", no_wrap=key == "lot")
    for row in facts:
        table.add_row(*(Text(_cell(row.get(key))) for key in columns))
    console = Console()
    if console.is_terminal:
        console.print(table)
    else:
        Console(width=200).print(table)


def _cell(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value) or "–"
    return "–" if value is None else str(value)
