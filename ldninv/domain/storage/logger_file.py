"""What a logger's file says, as read: readings in local time as printed, or days with their lowest and highest.

A reader makes these values; `placing` turns local times into instants once a person has said the logger's zone.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from ldninv.domain.batch_list import DateOrder, Remark
from ldninv.domain.refusal import Refused

ANY_TABLE = "any table"
"""The format of a file that no maker claims."""


class Unit(StrEnum):
    """What a file's temperatures are in."""

    CELSIUS = "c"
    FAHRENHEIT = "f"

    @property
    def sign(self) -> str:
        """As it is printed behind a number."""
        return "°C" if self is Unit.CELSIUS else "°F"

    def celsius(self, value: float) -> float:
        """Return a temperature in °C.

        >>> Unit.FAHRENHEIT.celsius(98.6), Unit.CELSIUS.celsius(21.5)
        (37.0, 21.5)
        """
        return value if self is Unit.CELSIUS else (value - 32.0) * 5.0 / 9.0


class ClockChange(StrEnum):
    """What a logger's clock did where the clocks of its zone were changed."""

    FOLLOWS = "follows"
    """It was changed with them: an hour is printed twice in autumn, and one is missing in spring."""
    STANDS = "stands"
    """It stayed at the offset of the file's first reading."""


class Question(StrEnum):
    """What only a person can say of a file."""

    DATE_ORDER = "date-order"
    """Answered with a `DateOrder`."""
    TEMPERATURE = "temperature"
    """Which column; answered with its heading."""
    UNIT = "unit"
    """Answered with a `Unit`."""
    CLOCK = "clock"
    """Answered with a `ClockChange`."""
    CHANGED_PLACES = "changed-places"
    """Whether cells of two columns did; answered with `AS_PRINTED`, where they did not."""


AS_PRINTED = "as-printed"
"""All values stand in the file as they were measured."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that fits."""

    value: str
    """As `Answers` takes it."""
    text: str
    """What it would mean for this file, for people: “the first reading is of 4 March 2026”."""


class Asked(Refused):
    """The file alone does not decide; a person has to say. Its text names what, and what each answer would mean."""

    def __init__(
        self,
        text: str,
        question: Question,
        choices: tuple[Choice, ...],
        likely: str | None = None,
        *,
        because: str = "",
    ) -> None:
        super().__init__(text)
        self.because = because or text
        """Why it is asked, for whoever puts the question itself and shows the choices below it."""
        self.question = question
        self.choices = choices
        self.likely = likely
        """The value of the choice that the readings suggest, where they suggest one; never taken unasked."""


@dataclass(frozen=True, slots=True)
class Stood:
    """From a change of its zone's clocks on a logger's clock stood where it was, until it was set anew."""

    since: float
    """UTC seconds."""
    east: float | None
    """Seconds east of Greenwich that it shows; None where it was set with its zone's clocks again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a person said of a file; None where nobody was asked."""

    date_order: DateOrder | None = None
    temperature: str | None = None
    """The heading of the column, or its number (1 is the first)."""
    unit: Unit | None = None
    clock: ClockChange | None = None
    stood: tuple[Stood, ...] = ()
    """What is known of the logger's clock from files before, in the order of time."""
    as_printed: bool = False
    """Whether all values stand as they were measured, although those of two columns seem to have changed places."""

    @property
    def on_reading(self) -> dict[str, str]:
        """What was said of how it is read, by its question, as `answered` takes it.

        >>> Answers(unit=Unit.FAHRENHEIT, clock=ClockChange.STANDS).on_reading
        {'unit': 'f'}
        """
        said = {Question.DATE_ORDER: self.date_order, Question.TEMPERATURE: self.temperature, Question.UNIT: self.unit}
        return {question.value: str(value) for question, value in said.items() if value is not None}

    def answered(self, question: Question, value: str) -> Answers:
        """Return these answers with one more: the value of a `Choice`.

        >>> Answers().answered(Question.UNIT, "f").unit
        <Unit.FAHRENHEIT: 'f'>
        """
        match question:
            case Question.DATE_ORDER:
                return replace(self, date_order=DateOrder(value))
            case Question.TEMPERATURE:
                return replace(self, temperature=value)
            case Question.UNIT:
                return replace(self, unit=Unit(value))
            case Question.CLOCK:
                return replace(self, clock=ClockChange(value))
            case Question.CHANGED_PLACES:
                return replace(self, as_printed=value == AS_PRINTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggerFile:
    """A time series as its file prints it (R14): all sequences have one item a reading, in the order of time."""

    file: str
    """The file's name, for messages."""
    maker: str
    """The format's name, such as HOBOware."""
    logger: str = ""
    """Its serial number or name, as the file gives it; empty where it does not."""
    unit: Unit
    unit_from: str
    """How the unit is known, for people: “Temp, °F” in the header; or what a person said."""
    headings: Mapping[str, str] = field(default_factory=dict)
    """Under which heading each of `temperature`, `humidity` and `light` stands that is read."""
    printed: Sequence[str]
    """Each reading's time as it stands in the file."""
    local: array[float]
    """Seconds since 1970-01-01 00:00 of the same clock, naive; never falls but at `steps_back`."""
    steps_back: tuple[int, ...] = ()
    """Indices of readings before which the clock was set back by an hour, as at the end of summer time."""
    offsets: array[float] | None = None
    """Seconds east of Greenwich, where the file prints them with each time."""
    temperature: array[float]
    """In the file's unit, to the printed digits."""
    digits: int
    """Decimals printed."""
    celsius: array[float]
    humidity: array[float] | None = None
    """Percent; NaN where a reading has none."""
    lux: array[float] | None = None
    since_row: array[float] | None = None
    """Seconds since the last row without a temperature, and"""
    beyond: array[float] | None = None
    """where the probe's range was left: see `Series`."""
    lines: array[int]
    """Each reading's line in the file; 1 is its first."""
    zone_hint: str = ""
    """What the file says of its zone, as printed; a person confirms it once a logger."""
    zone_doubt: str = ""
    """Why the hint may be wrong, in words; empty where nothing is known against it."""
    interval_s: float | None = None
    """Seconds between rows, with a temperature or without: the most frequent step; None with one reading."""
    events: int = 0
    """Rows that tell of a button or a download, without a temperature."""
    missing: int = 0
    """Rows with a time whose temperature is not there (blank, NC, ---, a fault's code)."""
    date_order: DateOrder | None = None
    """The one order of all its dates; None where none of them needed one."""
    as_printed: tuple[str, ...] = ()
    """What looks as if cells had changed places and was measured so, as a person said; by line, in words."""
    problems: tuple[Remark, ...] = ()
    """What was set aside and why, by line."""

    @property
    def readings(self) -> int:
        """How many readings there are; at least one."""
        return len(self.local)

    @property
    def mean(self) -> float:
        """The plain mean of the temperatures, in the file's unit."""
        return math.fsum(self.temperature) / len(self.temperature)


@dataclass(frozen=True, slots=True)
class RecordedDay:
    """What a device kept of one day, in °C."""

    day: date
    lowest: float
    highest: float
    mean: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyRecord:
    """Days with their lowest and highest temperature: no time series, and never a mean kinetic temperature (R15)."""

    file: str
    maker: str
    logger: str = ""
    unit: Unit
    """What the file prints; the days are in °C."""
    days: tuple[RecordedDay, ...]
    """In the order of the calendar."""
    zone_hint: str = ""
    problems: tuple[Remark, ...] = field(default=())
