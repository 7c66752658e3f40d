"""Every report carries how far the audit trail went, with the whole hash: a tail cut off later is found by it (R28)."""

import io

import openpyxl
import pytest

from ldninv.domain.audit import Head
from ldninv.reports.document import ends_with, instant
from ldninv.reports.writers import WRITERS, render

HASH = "3f9a1c2b" * 8


@pytest.mark.parametrize("suffix", WRITERS)
def test_every_kind_of_file_carries_the_end_of_the_trail(a_report, suffix):
    content = render(a_report(), suffix)
    if suffix == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        content = str([cell for sheet in book for row in sheet.values for cell in row]).encode()

    assert HASH.encode() in content
    assert b"1204" in content


def test_a_trail_without_events_says_so():
    assert ends_with(Head(0, "0" * 64)) == "no events yet"
    assert ends_with(Head(1, HASH), 12) == "1 event, ends with 3f9a1c2b3f9a"


def test_an_instant_is_shown_in_the_zone_that_it_was_written_in():
    assert instant("2026-11-22T23:59:59.999-05:00") == "2026-11-22 23:59 (UTC-05:00)"
