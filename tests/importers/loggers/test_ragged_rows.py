"""Rows that end sooner or later than their headings for a reason: they are read, a cell lost is found."""

import pytest

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import Answers, Asked
from ldninv.importers import loggers

NAMED = "Time,Temperature (°C),Humidity (%)"


def read(heading, cells, count=100, **said):
    """Read a file whose rows hold, behind their time, what `cells` says of each."""
    rows = [f"2026-04-{3 + at // 24:02} {at % 24:02}:00,{cells(at)}" for at in range(count)]
    return loggers.read("log.csv", "\n".join([heading, *rows, ""]).encode(), Answers(**said))


def facts(file):
    return (file.readings, {*file.temperature}, file.problems)


WORDS = [
    *("Alarm", "Alarm Type", "Status", "Mark", "Bookmark", "Flag", "User", "Info", "Ereignis", "Hinweis", "Message"),
    *("Logger Message", "Annotation", "Observações", "Observaciones", "Opmerking", "备注", "Good Battery", "Dateiende"),
]
WHOLE = (100, {21.5}, ())


@pytest.mark.parametrize(
    ("last", "cell"),
    [("Dew Point (°C)", "7.6"), ("Battery (V)", "3.6"), ("Pressure (hPa)", "1013.2"), ("Lux", "120"), ("Alarm", "OK")],
)
def test_a_separator_behind_all_rows_is_no_cell_too_many(last, cell):
    assert facts(read(f"{NAMED},{last}", lambda _: f"21.5,40.5,{cell},")) == WHOLE


@pytest.mark.parametrize(("last", "cells"), [("Lux", "5,21.5,40"), ("Battery (%)", "21.5,40,98")])
def test_a_cell_that_one_too_many_could_have_moved_is_asked_and_read_as_said(last, cells):
    with pytest.raises(Asked, match=r"what stands under “Humidity .%.” may be the temperature"):
        read(f"{NAMED},{last}", lambda _: f"{cells},")

    assert read(f"{NAMED},{last}", lambda _: f"{cells},", as_printed=True).readings == 100


@pytest.mark.parametrize(
    "last",
    WORDS,
)
@pytest.mark.parametrize("said", [(), (5, 30)])
def test_a_last_column_of_words_is_left_out_where_it_is_blank(last, said):
    assert facts(read(f"{NAMED},{last}", lambda at: f"21.5,40.{at % 5}{',x' if at in said else ''}")) == WHOLE


def test_the_limits_of_an_alarm_may_stand_in_the_first_row_alone():
    heading = "Time,Celsius(°C),High Alarm,Low Alarm,Serial Number"

    assert facts(read(heading, lambda at: "21.5,30.0,10.0,0401" if at == 0 else "21.5")) == WHOLE


def test_temperatures_lost_from_the_second_row_on_do_not_pass_for_limits_left_out():
    with pytest.raises(Refused, match="99 rows cannot be read"):
        read("Time,Celsius(°C),High Alarm,Serial", lambda at: "21.5,30.0,0401" if at == 0 else "30.0")


@pytest.mark.parametrize("heading", [NAMED, f"{NAMED},", f"{NAMED},Note"])
@pytest.mark.parametrize("every", [2, 5, 10])
def test_a_separator_behind_some_rows_is_no_cell_too_many(heading, every):
    assert facts(read(heading, lambda at: f"21.5,40{',' if at % every else ''}")) == WHOLE


@pytest.mark.parametrize(
    "has", [lambda at: at % 10, lambda at: at > 50, lambda at: at % 8 == 0], ids=["most", "later", "few"]
)
def test_a_last_number_may_be_left_out_where_those_before_it_go_on_as_they_were(has):
    assert facts(read(f"{NAMED},Lux", lambda at: f"21.5,40{',120' if has(at) else ''}")) == WHOLE


@pytest.mark.parametrize("cells", ["40", "40,120", "19.5,21.5,40"])
def test_a_temperature_lost_or_moved_among_rows_without_their_last_number_is_set_aside(cells):
    file = read(f"{NAMED},Lux", lambda at: cells if at == 44 else f"21.5,40{',120' if at % 8 == 0 else ''}")

    assert ({*file.temperature}, [each.line for each in file.problems]) == ({21.5}, [46])


def test_a_line_of_units_may_end_before_the_notes():
    assert facts(read("Time,Temperature,Battery,Note\n,°C,V", lambda _: "21.5,3.6,")) == WHOLE


@pytest.mark.parametrize("heading", [NAMED, f"{NAMED},Note"])
def test_short_rows_of_words_alone_are_events(heading):
    behind = "," * (heading.count(",") - 2)
    file = read(heading, lambda at: "Button" if at % 14 == 3 else f"21.5,40{behind}")

    assert (file.readings, file.events, file.missing, file.problems) == (93, 7, 0, ())


def test_a_row_whose_note_stands_under_a_measured_heading_is_set_aside():
    file = read(f"{NAMED},Note", lambda at: "40.5,door" if at == 20 else "21.5,40.5")

    assert (file.readings, [(each.line, each.text) for each in file.problems]) == (
        99,
        [(22, "“door” stands under “Humidity (%)”; a cell may be missing")],
    )


@pytest.mark.parametrize(("last", "cells"), [("Event", "19.5,21.5,40"), ("Battery (%),", "22,98,")])
def test_blanks_behind_some_rows_do_not_hide_that_all_have_a_cell_too_many_or_lost_one(last, cells):
    with pytest.raises(Refused):
        read(f"{NAMED},{last}", lambda at: f"{cells}{',' if at % 2 else ''}")
