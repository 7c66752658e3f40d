"""Days of whose cells something is wrong: each is said with its line, or the file refused; none vanishes (R20)."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import Answers, Asked, Question, Unit
from ldninv.importers import loggers
from ldninv.importers.loggers import moments

HEADING = "Date,Min Temp (°C),Max Temp (°C)"
FIRST = date(2026, 3, 1)
TAG = Path(__file__).parents[2] / "data" / "loggers" / "fridgetag_days.txt"


def table(*odd, heading=HEADING, usual="{day},20.4,24.5", count=24, end="\n"):
    """Return a table of days, with these rows after the third."""
    rows = [usual.format(day=FIRST + timedelta(days=number)) for number in range(count)]
    return ("\n".join([heading, *rows[:3], *odd, *rows[3 + len(odd) :]]) + end).encode()


def read(content, answers=None):
    return loggers.read("days.csv", content, answers or Answers())


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-03-04,20.4,45.9*", "“45.9*” is no temperature; its day is missing"),
        ("2026-03-04,20.4,>40", "“>40” says that it was above what the probe can measure; its day is missing"),
        ("2026-03-04,20.4,HI", "“HI” says that it was above what the probe can measure; its day is missing"),
        ("2026-03-04,LO,24.5", "“LO” says that it was below what the probe can measure; its day is missing"),
        ("2026-03-04,20.4,", "has no lowest or no highest temperature; its day is missing"),
        ("2026-03-04,20.4,45 %RH", "“45 %RH” is no temperature; its day is missing"),
        ("2026-02-30,20.4,24.5", "“2026-02-30” is no day"),
        ("4th of March,20.4,45.9", "“4th of March” is no day"),
        ("2026-03-04,45.9", "is shorter than the others; what stands there may belong to another column"),
    ],
)
def test_a_row_that_is_no_day_is_said_with_its_line(row, said):
    found = read(table(row))

    assert [(each.line, each.text) for each in found.problems] == [(5, said)]
    assert len(found.days) == 23


@pytest.mark.parametrize(
    ("row", "kept", "said"),
    [
        (
            "2026-03-04,20.4,>50",
            (20.4, 50.0),
            "“>50” says that it was above what the probe can measure; 50 is kept as ",
        ),
        (
            "2026-03-04,<-5,24.5",
            (-5.0, 24.5),
            "“<-5” says that it was below what the probe can measure; -5 is kept as ",
        ),
    ],
)
def test_a_day_whose_mark_has_a_number_out_of_all_limits_is_kept_with_it(row, kept, said):
    found = read(table(row))

    (day,) = [each for each in found.days if each.day == date(2026, 3, 4)]
    assert (day.lowest, day.highest) == kept
    assert [each.line for each in found.problems] == [5]
    assert found.problems[0].text.startswith(said)


@pytest.mark.parametrize("row", ["{day},20.4,45.9*", "{day},20.4,HI", "the {day},20.4,24.5"])
def test_days_of_which_many_are_none_are_refused_with_the_first(row):
    odd = [row.format(day=FIRST + timedelta(days=3 + number)) for number in range(10)]

    with pytest.raises(Refused, match="10 rows cannot be read, the first on line 5"):
        read(table(*odd, count=12 + 3))


@pytest.mark.parametrize(
    ("row", "facts", "why"),
    [
        ("2026-03-04,20.4,40,9", {}, "line 5: there are more cells than headings"),
        (
            "2026-03-04,20.4,40,9",
            {"heading": HEADING + ",Note", "usual": "{day},20.4,24.5,"},
            "looks like its decimals",
        ),
        ('2026-03-04,20.4,"45,9"', {}, "with a point .* and with a comma"),
        ("2026-03-04,20.4,113 °F", {}, "says? °C and °F"),
        ("2026-03-04,20.4,24.5", {"heading": "Date,Min Temp (K),Max Temp (K)"}, "prints kelvin"),
        ("2026-03-04,20.4,24.5", {"heading": "Date,Min Temp (°C),Max Temp (°F)"}, "says? °C and °F"),
        ("2026-03-04,24.5,20.4", {}, "the lowest is above the highest"),
    ],
)
def test_days_whose_cells_cannot_be_told_apart_are_refused(row, facts, why):
    with pytest.raises(Refused, match=why):
        read(table(row, **facts))


def test_a_row_that_lost_a_cell_is_not_read_with_the_mean_for_its_highest():
    heading = "Date,Min (°C),Max (°C),Avg (°C),Note"

    found = read(table("2026-03-04,20.4,22.0,", heading=heading, usual="{day},20.4,45.9,22.0,"))

    assert {each.highest for each in found.days} == {45.9}
    assert [each.line for each in found.problems] == [5]


@pytest.mark.parametrize(("last", "kept"), [("24.5", 24), ("4", 23), ("24.", 23)])
def test_a_last_day_without_an_end_whose_number_may_go_on_is_set_aside(last, kept):
    content = table(end="").decode().rpartition("24.5")[0] + last

    found = read(content.encode())

    assert len(found.days) == kept
    assert len(found.problems) == 24 - kept


def tag(old="", new=""):
    text = TAG.read_text()
    assert old in text
    return text.replace(old, new, 1).encode()


def test_a_device_that_says_no_unit_is_asked_about():
    content = tag(" Temp unit: C\n")

    with pytest.raises(Asked) as asked:
        loggers.read("tag.txt", content)

    assert asked.value.question is Question.UNIT
    assert loggers.read("tag.txt", content, Answers(unit=Unit.CELSIUS)).days == loggers.read("tag.txt", tag()).days


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("Temp unit: C", "Temp unit: K", "in “K”, which is neither °C nor °F"),
        ("  Max T: +24.5, TS Max T: 15:49\n", "  Max T: +45.9\n  Max T: +24.5\n", "has its Max T twice"),
        ("Max T: +24.5", "Max T: +24.5 °F", "is no temperature"),
        ("Max T: +24.5", "Max T: +24.5 33", "is no temperature"),
        ("Date: 2026-04-28", "Date: 2026-04-2x", "no day of the calendar"),
        ("Sig: 00ff\n", "", "ends without its signature"),
    ],
)
def test_a_device_whose_days_cannot_be_told_is_refused(old, new, why):
    with pytest.raises(Refused, match=why):
        loggers.read("tag.txt", tag(old, new))


def test_a_device_that_was_cut_off_in_a_number_is_refused_wherever_it_was():
    text = TAG.read_text()

    for end in range(text.index("Avrg T"), text.index("Sig:")):
        with pytest.raises(Refused):
            loggers.read("tag.txt", text[:end].encode())


@pytest.mark.parametrize(
    ("old", "new", "line"), [("+24.5, TS Max T: 15:49", "+24", 15), ("+21.8, TS Min T: 09:49", ".8", 9)]
)
def test_a_figure_of_a_device_behind_which_no_time_stands_as_behind_the_others_is_refused(old, new, line):
    with pytest.raises(Refused, match=f"line {line}: no time stands behind the figure"):
        read(TAG.read_text("utf-8").replace(old, new).encode())


def test_a_day_whose_mean_is_blank_where_the_others_have_one_is_set_aside():
    heading = HEADING + ",Mean Temp (°C)"

    record = read(table("2026-03-04,20.4,22.1,", heading=heading, usual="{day},20.4,24.5,22.1"))

    assert (len(record.days), {day.highest for day in record.days}) == (23, {24.5})
    assert [f"line {each.line}: {each.text}" for each in record.problems] == [
        "line 5: “Mean Temp (°C)” is blank; what stands before it may belong to it"
    ]


def test_days_without_a_mean_are_read_where_few_have_one():
    heading = HEADING + ",Mean Temp (°C)"

    assert len(read(table("2026-03-04,20.4,24.5,22.1", heading=heading, usual="{day},20.4,24.5,")).days) == 24


def test_the_days_of_a_long_record_are_looked_at_once_however_many_are_none(monkeypatch):
    called = []
    settled = moments.settled
    monkeypatch.setattr(moments, "settled", lambda *args: (called.append(args), settled(*args))[1])
    rows = [f"1999-12-{1 + each},20.4,24.5" for each in range(30)]

    record = read(table(*rows, count=900))

    assert (len(record.days), len(record.problems), len(called)) == (870, 30, 1)
    assert "“1999-12-1” is no day of the calendar" in str(record.problems[0])


def test_a_day_of_a_device_without_its_highest_is_said():
    found = loggers.read("tag.txt", tag("  Max T: +24.5, TS Max T: 15:49\n"))

    assert [each.text for each in found.problems] == ["2026-04-28 has no lowest or no highest; it is taken for missing"]
