"""Loggers' files in a folder wait until they came in; others are nobody's task."""

import os
import shutil
from pathlib import Path

import pytest

from ldninv.domain.refusal import Surroundings
from ldninv.services.places import add_place
from ldninv.services.storage import reading
from ldninv.services.storage.waiting import waiting

DATA = Path(__file__).parents[1] / "data"
ONE, OTHER = "qtag_readings.txt", "govee_newest_first.csv"


@pytest.fixture
def folder(tmp_path):
    """Two loggers' files, a batch list, a note and what is no table."""
    made = tmp_path / "export"
    made.mkdir()
    for name in (ONE, OTHER):
        shutil.copy(DATA / "loggers" / name, made / name)
    shutil.copy(DATA / "batches" / "european_log.csv", made / "list.csv")
    (made / "note.txt").write_text("Called at 10:00.\n", encoding="utf-8")
    (made / "report.pdf").write_bytes(b"%PDF-1.4")
    (made / "within").mkdir()
    return made


def test_only_loggers_files_wait_by_name(context, folder):
    assert [path.name for path in waiting(context, folder, {})] == [OTHER, ONE]


def test_what_came_in_waits_no_longer_under_whatever_name(context, folder):
    add_place(context, "Cabinet A")
    read = reading.read_out(folder / ONE)
    reading.keep(context, read, place="Cabinet A", logger="Room 1", zone="UTC+01:00")
    shutil.copy(folder / ONE, folder / "again.txt")

    assert [path.name for path in waiting(context, folder, {})] == [OTHER]


def test_a_file_that_was_looked_at_is_not_opened_again_until_it_changes(context, folder):
    known = {}
    waiting(context, folder, known)
    looked_at = dict(known)
    (folder / ONE).write_text("no logger\n", encoding="utf-8")
    os.utime(folder / ONE, ns=(1, 1))

    assert [path.name for path in waiting(context, folder, known)] == [OTHER]
    assert len(known) == len(looked_at) + 1


def test_a_folder_that_is_gone_is_said(context, tmp_path):
    with pytest.raises(Surroundings, match="cannot be read"):
        waiting(context, tmp_path / "gone", {})
