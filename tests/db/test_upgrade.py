"""Moving to a newer schema: after a backup, inside one lock, all of it or nothing."""

import shutil
import subprocess
import sys
from contextlib import closing
from datetime import date

import pytest

from builders import a_batch, at_work, dump, keep
from elsewhere import locked, python
from ldninv.db import open_store, sqlite, upgrade
from ldninv.domain.refusal import Surroundings
from ldninv.services import safety
from ldninv.services.storage import daily, looking
from rooms import a_room, brought

ADDS = "def up(migrator, db):\n    db.execute_sql('CREATE TABLE later (id INTEGER PRIMARY KEY)')\n"
FAILS = f"{ADDS}    raise RuntimeError('a step of ours is wrong')\n"
DIES = f"{ADDS}    import os\n    os._exit(9)\n"
FILLS = f"{ADDS}    db.execute_sql('INSERT INTO later SELECT id FROM batch')\n    db.pragma('max_page_count', 1)\n"
FILLS += "    db.execute_sql('CREATE TABLE wide AS SELECT randomblob(100000) AS x FROM batch')\n"
DANGLES = f"{ADDS}    db.execute_sql('UPDATE batch SET place_id = 99')\n"
OPENS = """
import sys
from pathlib import Path
from ldninv.db import open_store, upgrade
upgrade.STEPS = Path(sys.argv[2])
open_store(sys.argv[1]).close()
"""


@pytest.fixture
def old(filed):
    """A database of today's schema, closed, with its content."""
    keep(filed, a_batch())
    content = dump(filed.store)
    filed.store.close()
    return filed.store.file, content


@pytest.fixture
def later(tmp_path, monkeypatch):
    """Give the program one step more, as a later version will have."""

    def have(step):
        steps = tmp_path / "steps"
        shutil.copytree(upgrade.STEPS, steps, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        (steps / "0999_later.py").write_text(step, encoding="utf-8")
        monkeypatch.setattr(upgrade, "STEPS", steps)
        return steps

    return have


def tables(file):
    with closing(open_store(str(file))) as store:
        return set(dump(store))


def test_a_missing_step_is_made_once_after_a_backup_of_the_old_state(old, later):
    file, content = old
    later(ADDS)

    assert "later" in tables(file)
    with closing(open_store(str(file))) as store:
        assert safety.check(at_work(store)) == []
        assert {name: rows for name, rows in dump(store).items() if name in content and name != "schema_step"} == {
            name: rows for name, rows in content.items() if name != "schema_step"
        }
    with sqlite.connect(str(file.with_name("batches-before-upgrade.db"))) as kept:
        assert list(upgrade.runner(kept).applied()) == [name for _, name, *_ in content["schema_step"]]


def left_as_it_was(file, content, monkeypatch):
    monkeypatch.undo()
    with closing(open_store(str(file))) as store:
        assert dump(store) == content
        assert safety.check(at_work(store)) == []
    with closing(open_store(str(file.with_name("batches-before-upgrade.db")))) as backup:
        assert dump(backup) == content
    assert not list(file.parent.glob("*.part"))


@pytest.mark.parametrize(
    ("step", "words"), [(FAILS, "a step of ours is wrong"), (DANGLES, "leaves table batch with a reference to nothing")]
)
def test_a_step_that_fails_leaves_the_database_as_it_was_and_the_backup_beside_it(old, later, monkeypatch, step, words):
    later(step)

    with pytest.raises(RuntimeError, match=words):
        tables(old[0])
    left_as_it_was(*old, monkeypatch)


def test_a_disk_that_fills_up_in_a_step_leaves_the_database_as_it_was(old, later, monkeypatch):
    later(FILLS)

    with pytest.raises(Surroundings, match="the disk is full"):
        tables(old[0])
    left_as_it_was(*old, monkeypatch)


def test_a_program_that_dies_in_a_step_leaves_the_database_as_it_was(old, later, monkeypatch):
    steps = later(DIES)

    assert python(OPENS, old[0], steps).returncode == 9
    left_as_it_was(*old, monkeypatch)


def test_several_programs_that_upgrade_at_once_do_it_once_and_all_open(old, later):
    file, _ = old
    steps = later(ADDS)
    how = [sys.executable, "-c", OPENS, str(file), str(steps)]
    all_at_once = [subprocess.Popen(how, stderr=subprocess.PIPE) for _ in range(4)]

    assert [(each.communicate()[1], each.returncode) for each in all_at_once] == [(b"", 0)] * 4
    with closing(open_store(str(file))) as store:
        names = [name for _, name, *_ in dump(store)["schema_step"]]
    assert names.count("0999_later") == 1
    assert names == sorted(names)


def test_an_upgrade_waits_for_no_one_for_ever(old, later, monkeypatch):
    file, _ = old
    later(ADDS)
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)

    with locked(file), pytest.raises(Surroundings, match="is in use by another program"):
        open_store(str(file))
    assert "later" in tables(file)


def test_an_old_database_of_the_plain_kind_is_upgraded_too(old, later):
    file, _ = old
    with closing(sqlite.connect(str(file))) as plain:
        assert plain.pragma("journal_mode", "delete") == "delete"
    later(ADDS)

    assert "later" in tables(file)


def test_what_happened_to_storage_stays_when_a_person_may_have_read_it(tmp_path, monkeypatch):
    before, steps = tmp_path / "steps", upgrade.STEPS
    shutil.copytree(steps, before, ignore=shutil.ignore_patterns("__pycache__", "0013_*", "0014_*"))
    monkeypatch.setattr(upgrade, "STEPS", before)
    file = tmp_path / "batches.db"
    with closing(open_store(str(file), create=True)) as store:
        context = at_work(store)
        keep(context, a_batch(prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
        brought(context, a_room(hours=24, t41=(5, 9)))
        held = dump(store)

    monkeypatch.setattr(upgrade, "STEPS", steps)
    with closing(open_store(str(file))) as store:
        after = dump(store)
        assert {table: after[table] for table in ("happening", "touch")} == {
            table: held[table] for table in ("happening", "touch")
        }
        assert held["touch"]
        daily.read(at_work(store), "Shelf A", lowest=20, highest=41)
        assert safety.check(at_work(store)) == []
        assert [each.happening.logger for each in looking.events(at_work(store), waiting=True)].count(None) == 1
