"""Two files joined in one, each in an encoding of its own: both are read, or neither."""

import codecs
from datetime import date

import pytest

from ldninv.domain.refusal import Refused
from ldninv.importers import batch_lists, loggers

MARKS = {"utf-8-sig": b"", "utf-16": b"", "utf-16-be": codecs.BOM_UTF16_BE}


def text(day, count=30, value="21.5"):
    rows = [f"2026-04-{day + at // 24:02} {at % 24:02}:00,{value}" for at in range(count)]
    return "\n".join(["Time,Temperature (°C)", *rows, ""])


@pytest.mark.parametrize("second", MARKS)
@pytest.mark.parametrize("first", ["ascii", "utf-8", "cp1252"])
@pytest.mark.parametrize("count", [2, 30, 300])
def test_a_file_with_a_mark_below_another_is_named_by_its_line(first, second, count):
    above = text(3, count, "31.0").replace("°" if first == "ascii" else "", "").encode(first)

    with pytest.raises(Refused, match=f"two files were joined in it; the second begins on line {count + 2}"):
        loggers.read("log.csv", above + MARKS[second] + text(20).encode(second))


@pytest.mark.parametrize("second", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("first", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("count", [2, 30, 90])
def test_utf_16_below_another_file_never_stands_for_both(first, second, count):
    with pytest.raises(Refused):
        loggers.read("log.csv", text(3, count, "31.0").encode(first) + text(20, 200).encode(second))


def test_two_files_in_utf_16_are_told_apart():
    with pytest.raises(Refused, match="two files were joined in it"):
        loggers.read("log.csv", text(3, 30, "31.0").encode("utf-16") + text(20).encode("utf-16"))


@pytest.mark.parametrize("second", ["ascii", "utf-8", "cp1252", "utf-8-sig", "utf-16-be", "other"])
@pytest.mark.parametrize("crlf", [False, True])
@pytest.mark.parametrize("count", [30, 31])
def test_what_is_in_another_encoding_below_utf_16_never_is_one_line_of_it(second, crlf, count):
    mark, encoding = (codecs.BOM_UTF16_BE, "utf-16-be") if second == "other" else (b"", second)
    below = text(20, count).replace("°", "" if second == "ascii" else "°").replace("\n", "\r\n" if crlf else "\n")

    with pytest.raises(Refused):
        loggers.read("log.csv", text(3, 30, "31.0").encode("utf-16") + mark + below.encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_one_file_in_any_of_these_is_read(encoding):
    file = loggers.read("log.csv", text(3).encode(encoding))

    assert (file.readings, file.problems) == (30, ())


def test_a_batch_list_joined_below_another_is_refused_too():
    one = "Lot,Drug,Expires\nA1,Ketamine,2027-01-01\n"

    with pytest.raises(Refused, match="the second begins on line 3"):
        batch_lists.read("two.csv", one.encode() + one.encode("utf-8-sig"), today=date(2026, 5, 1))
