"""Copies, backups and restores where a server is at either end: all of it arrives, unbroken, or nothing does."""

import sys
from contextlib import closing, contextmanager
from datetime import date

import pytest

import server
from builders import a_batch, at_work, dump, keep
from ldninv.db import exists, open_store
from ldninv.domain.entries import Decision
from ldninv.domain.refusal import Refused
from ldninv.services import copying, ledger, recall, restoring, safety
from ldninv.services.storage import daily, deciding, looking
from rooms import a_room, brought
from staff import MARA, pen, staffed


def live(here):
    """Let a bit of everything happen: stock, storage with a decision, a recall, people and what they signed."""
    keep(here, a_batch(lot="OLD-1", prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)), a_batch(lot="A1"))
    brought(here, a_room(hours=24, t41=(5, 9), gap=(15, 20)))
    event = looking.events(here, waiting=True)[0].happening.id
    deciding.decide(here, event, {"OLD-1": deciding.Choice(Decision.KEEP)}, reason="short")
    daily.read(here, "Shelf A", lowest=20, highest=24)
    recall.open_recall(here, lot="A1", reason="chipped")
    staffed(here)
    ledger.waste(here, "OLD-1", 5, reason="dropped")


@pytest.fixture
def lent():
    """Addresses of databases that were asked for; they go when the test is over."""
    asked = []
    yield asked
    for url in asked:
        server.let_go(url)


@pytest.fixture
def place(lent, tmp_path):
    """Where a kind of database can be made, by its address."""

    def at(kind, name):
        if kind == "file":
            return f"sqlite:///{tmp_path / name}.db"
        lent.append(server.empty_address())
        return lent[-1]

    return at


@contextmanager
def at(url, *, create=False):
    with closing(open_store(url, create=create)) as store:
        yield at_work(store)


ENDS = [("file", "server"), ("server", "file"), ("server", "server")]


@pytest.mark.parametrize(("here", "there"), ENDS)
def test_everything_arrives_with_its_numbers_and_its_chain_and_goes_on_there(place, here, there):
    source, target = place(here, "source"), place(there, "target")
    with at(source, create=True) as original:
        live(original)
        before, head = dump(original.store), original.store.beside().head
        done = copying.copy(source, target)

    with at(target) as copy:
        assert as_files_have_it(dump(copy.store)) == as_files_have_it(before)
        assert done.rows == sum(map(len, before.values()))
        assert copy.store.beside().head == head
        assert safety.check(copy) == []
        assert safety.unchecked(copy) is None
    with pytest.raises(Refused, match="holds records already"):
        copying.copy(source, target)


def as_files_have_it(rows):
    """Leave out when the schema was made, and write yes and no as SQLite does."""
    plain = {name: [[int(v) if isinstance(v, bool) else v for v in row] for row in of] for name, of in rows.items()}
    return {name: sorted(of, key=repr) for name, of in plain.items() if name != "schema_step"}


@pytest.mark.parametrize(("here", "there"), ENDS)
def test_what_is_not_sound_is_not_copied_and_leaves_nothing_behind(place, here, there):
    source, target = place(here, "source"), place(there, "target")
    with at(source, create=True) as original:
        keep(original, a_batch(lot="A1"))
        spoil(source)
        with pytest.raises(Refused, match=r"is not sound: The trail is broken at event 1.*Nothing was copied"):
            copying.copy(source, target)

    assert not exists(target)


def spoil(url):
    if url.startswith("postgresql"):
        server.ask(url, "SET session_replication_role = replica", "UPDATE event SET by = 'Ben'")
        return
    with closing(open_store(url)) as store, store.transaction() as work:
        work.database.execute_sql("DROP TRIGGER event_no_update")
        work.database.execute_sql("UPDATE event SET by = 'Ben'")


def test_a_database_is_not_copied_onto_itself(place):
    url = place("server", "here")
    with at(url, create=True) as here:
        keep(here, a_batch(lot="A1"))

    with pytest.raises(Refused, match="is the database itself"):
        copying.copy(url, url)


def test_a_servers_backup_is_a_file_and_put_back_takes_the_place_of_what_came_after(place, tmp_path):
    url, file = place("server", "here"), tmp_path / "monday.db"
    with at(url, create=True) as here, at(url) as other:
        live(here)
        made = safety.backup(here, file)
        assert (made.findings, made.notices) == ((), ())
        with at(str(file)) as backup:
            before = as_files_have_it(dump(backup.store))
            assert safety.check(backup) == []
        ledger.waste(here, "OLD-1", 7, reason="dropped")
        events = safety.verify_trail(other).events
        done = restoring.restore(here, file, sign=pen(MARA))

        assert done.events == safety.verify_trail(other).events - 1
        after = as_files_have_it(dump(other.store))
        assert {name: of for name, of in after.items() if name != "event"} == {
            name: of for name, of in before.items() if name != "event"
        }
        assert safety.check(other) == []
        with at(str(done.kept)) as replaced:
            assert safety.verify_trail(replaced).events == events + 2  # the signature, and what it stands for
    with pytest.raises(Refused, match="holds other records"), at(url) as here:
        safety.backup(here, done.kept)


def test_what_is_put_back_goes_on_with_numbers_of_its_own(place, tmp_path):
    url, file = place("server", "here"), tmp_path / "monday.db"
    with at(f"sqlite:///{tmp_path / 'here.db'}", create=True) as here:
        live(here)
        safety.backup(here, file)
    with at(url, create=True) as here:
        restoring.restore(here, file)
        here.seat.lock()
    with at(url) as here, here.store.transaction() as work:
        logger = work.loggers.append("Another", "UTC", 1)

        assert logger.id == len(work.loggers.all())


def elsewhere(monkeypatch, tmp_path):
    """Be another computer: what is kept beside a server's database is kept on each."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "another"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "another"))
    monkeypatch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", str(tmp_path / "another"))


@pytest.mark.skipif(sys.platform == "darwin", reason="its data folder is no variable's")
def test_another_computer_joins_finds_a_cut_off_tail_and_takes_a_restore_elsewhere_as_the_trail_tells_it(
    place, tmp_path, monkeypatch
):
    url, file = place("server", "here"), tmp_path / "monday.db"
    with at(url, create=True) as here:
        keep(here, a_batch(lot="A1"))
        safety.backup(here, file)
        ledger.waste(here, "A1", 5, reason="dropped")
        with monkeypatch.context() as there:
            elsewhere(there, tmp_path)
            with at(url) as joined:
                assert safety.check(joined) == []
                assert safety.unchecked(joined) is None
        restoring.restore(here, file)
        with monkeypatch.context() as there:
            elsewhere(there, tmp_path)
            with at(url) as joined:
                assert safety.check(joined) == []
                ledger.waste(joined, "A1", 5, reason="dropped")
                assert safety.check(joined) == []
                last = safety.verify_trail(joined).events
                server.ask(url, "SET session_replication_role = replica", f"DELETE FROM event WHERE number = {last}")
                assert not safety.verify_trail(joined).intact
