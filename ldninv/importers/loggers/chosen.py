"""Which column holds the temperature and in which unit: what headings, cells and a person say, never a guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ldninv.domain.quantities import with_minus
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import Answers, Asked, Choice, Question, Unit
from ldninv.importers.loggers import light, others, values
from ldninv.importers.loggers.headings import Role, folded, is_outdoors
from ldninv.importers.loggers.layout import Layout
from ldninv.importers.loggers.rows import Columns, Rows, nothing_read
from ldninv.importers.sheets import quoted

if TYPE_CHECKING:
    from ldninv.importers.loggers.reader import Table


def columns(name: str, layout: Layout, answers: Answers) -> Columns:
    """Return the columns to read.

    Raises:
        Asked: several may hold the temperature, or none says that it does.
        Refused: a person named a column that is not there.
    """
    roles = {column: layout.role(column) for column in layout.numbers}
    return Columns(
        times=layout.times,
        temperature=_temperature(name, layout, roles, answers.temperature),
        humidity=_only(column for column, role in roles.items() if role is Role.HUMIDITY),
        lux=_only(column for column, role in roles.items() if role is Role.LUX),
        unit=_unit_column(layout),
    )


def _only(found: Iterable[int]) -> int | None:
    """Return the first; of two probes' humidities nobody asks, for it is shown and never judged."""
    return next(iter(found), None)


def _unit_column(layout: Layout) -> int | None:
    for column in range(len(layout.headings)):
        if column in layout.times or column in layout.numbers or layout.role(column) is not Role.UNIT:
            continue
        cells = {row[column].strip() for row in layout.sample if column < len(row)} - {""}
        if cells and all(values.unit_in(cell) is not None for cell in cells):
            return column
    return None


def _temperature(name: str, layout: Layout, roles: dict[int, Role | None], said: str | None) -> int:
    if said is not None:
        return _said(name, layout, said)
    found = [column for column, role in roles.items() if role is Role.TEMPERATURE]
    if not found:
        found = [column for column, role in roles.items() if role is not Role.OTHER and _units_in(layout, column)]
    if not found and _unit_column(layout) is not None:
        found = [column for column, role in roles.items() if role in (Role.VALUE, None)]
    if not found and not any(role in (Role.VALUE, None) for role in roles.values()):
        found = others.quiet(layout)
    found = sorted([*found, *_unsaid_beside(layout, roles, found)])
    if len(found) == 1:
        return found[0]
    if not found and not layout.numbers:
        raise Refused(f"{name} holds times and no numbers beside them. Choose the file that the logger's program made.")
    raise _asked(name, layout, found)


def _unsaid_beside(layout: Layout, roles: dict[int, Role | None], found: Sequence[int]) -> list[int]:
    """Return the columns that measure something nobody named, where the one that says a temperature is of outdoors."""
    if len(found) != 1 or not is_outdoors(layout.heading(found[0])):
        return []
    unsaid = [column for column, role in roles.items() if role in (Role.VALUE, None)]
    return [
        column
        for column in unsaid
        if any(values.number(row[column]).digits for row in layout.sample if column < len(row))
    ]


def refuse_second(name: str, layout: Layout, read: Columns, spoke: int | None, said: str | None) -> None:
    """Ask which temperature is the place's where a second one begins below the first rows.

    Raises:
        Asked: it does, and nobody said.
    """
    if spoke is not None and said is None:
        raise _asked(name, layout, sorted((read.temperature, spoke)))


def _asked(name: str, layout: Layout, found: Sequence[int]) -> Asked:
    unsaid = [column for column in layout.numbers if layout.role(column) not in (Role.HUMIDITY, Role.LUX)]
    shown = found or unsaid or list(layout.numbers)
    choices = tuple(Choice(str(column + 1), _described(layout, column)) for column in shown)
    listed = "; ".join(f"{each.text} (column {each.value})" for each in choices)
    why = "has several columns of temperatures" if found else "has no heading that says which column holds temperatures"
    text = f"{name} {why}: {listed}. Say which one is the place's."
    return Asked(text, Question.TEMPERATURE, choices, because=f"{name} {why}.")


def say_unknown_light(layout: Layout, rows: Rows) -> None:
    """Say which columns of light are not read, because nobody can tell how many lux they mean."""
    for column in layout.numbers:
        words = layout.headings[column] if column < len(layout.headings) else ()
        if layout.role(column) is None and any(light.is_unknown(folded(word)) for word in words):
            said = f"{quoted(layout.heading(column))} has no unit of light that is known here, and was not read"
            rows.remark(max(1, layout.first - 1), said)


def _said(name: str, layout: Layout, said: str) -> int:
    for column in (*layout.numbers, *others.quiet(layout)):
        if said.strip() == str(column + 1) or folded(said) == folded(layout.heading(column)):
            return column
    listed = ", ".join(f"{layout.heading(column)} ({column + 1})" for column in layout.numbers)
    raise Refused(f"{name} has no column of numbers called {quoted(said)}. It has: {listed}.")


def _units_in(layout: Layout, column: int) -> bool:
    cells = [row[column] for row in layout.sample if column < len(row) and row[column].strip()]
    return any(values.number(cell).unit is not None for cell in cells)


def _described(layout: Layout, column: int) -> str:
    first = next((row[column] for row in layout.sample if column < len(row) and row[column].strip()), "")
    if not first:
        return f"“{layout.heading(column)}”, which begins later"
    return f"“{layout.heading(column)}”, which begins with {first.strip()}"


def unit(table: Table, chosen: Columns, rows: Rows, answers: Answers) -> tuple[Unit, str]:
    """Return the unit of the temperatures, and how it is known, in words.

    Raises:
        Asked: nothing says it.
        Refused: two things say different units, or a person says another than the file.
    """
    known = list(_known(table, chosen, rows))
    for what, where in known[1:]:
        if what is not known[0][0]:
            raise Refused(
                f"{table.name} contradicts itself: {known[0][1]} says {known[0][0].sign}, {where} {what.sign}. Export "
                "it again in one unit."
            )
    if known and answers.unit not in (None, known[0][0]):
        raise Refused(
            f"The temperatures of {table.name} are in {known[0][0].sign}: {known[0][1]} says so. Import it without "
            "saying another unit."
        )
    if known:
        return known[0]
    if answers.unit is not None:
        return answers.unit, "a person said so"
    raise _unit_asked(table.name, rows)


def _known(table: Table, chosen: Columns, rows: Rows) -> Iterable[tuple[Unit, str]]:
    """Yield every unit that the file states for its temperatures, and where."""
    column = chosen.temperature
    words = table.layout.headings[column] if column < len(table.layout.headings) else ()
    for word in words:
        if values.is_kelvin(folded(word)):
            raise Refused(f"{table.name} prints kelvin ({quoted(word)}). Export it again in °C or °F.")
        found = values.unit_in(folded(word))
        if found is not None:
            yield found, f"the heading {quoted(word)}"
    for each in sorted(rows.temperature.units):
        yield each, "a temperature’s own cell"
    for text in sorted(rows.units):
        found = values.unit_in(text)
        if found is None and text.strip():
            raise Refused(
                f"{table.name}, line {rows.units[text]}: {quoted(text)} stands in the column of units and is none, so "
                "that it cannot be told which cell is the temperature. Export the file again."
            )
        if found is not None:
            yield found, f"its column of units ({quoted(text)})"
    if table.hints.unit is not None:
        yield table.hints.unit, table.hints.unit_from


def _unit_asked(name: str, rows: Rows) -> Asked:
    at = next((at for at in range(len(rows.lines)) if at not in rows.temperature.odd), None)
    if at is None:
        raise nothing_read(name, rows)
    return unit_asked(name, rows.temperature.values[at], rows.lines[at])


def unit_asked(name: str, value: float, line: int) -> Asked:
    """Return the question in which unit a number is that stands on a line."""
    printed = with_minus(f"{value:g}")
    choices = (
        Choice(Unit.CELSIUS, f"{printed} °C"),
        Choice(Unit.FAHRENHEIT, with_minus(f"{printed} °F, which is {Unit.FAHRENHEIT.celsius(value):.1f} °C")),
    )
    return Asked(
        f"{name} does not say whether its temperatures are °C or °F: {printed} on line {line} has no unit. "
        "Say which it is.",
        Question.UNIT,
        choices,
        because=f"The file does not say: {printed} on line {line} has no unit.",
    )
