"""A backup put back: checked first, nothing lost of what was there, and the trail tells of it."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from hashlib import sha256
from math import inf

import pytest

from builders import NOW, a_batch, at_work, dump, keep
from ldninv.db import open_store
from ldninv.domain.entries import Decision
from ldninv.domain.refusal import Damaged, Refused
from ldninv.domain.signing import Meaning
from ldninv.domain.storage.happenings import Effect
from ldninv.services import batches, ledger, restoring, safety, signing
from ldninv.services.files import digest_of
from ldninv.services.storage import daily, deciding, loggers, looking, own
from rooms import HOUR, START, a_room, brought
from staff import BEN, MARA, pen, staffed


@pytest.fixture
def backed_up(filed, tmp_path):
    """A database with a backup, and one entry more since then."""
    keep(filed, a_batch(lot="A1"))
    safety.backup(filed, tmp_path / "monday.db")
    ledger.waste(filed, "A1", 5, reason="dropped")
    return filed, tmp_path / "monday.db"


def on_hand(context):
    return batches.card(context, "A1").kept.stock.on_hand


def test_the_backup_takes_the_place_and_what_was_there_is_kept_beside_it(backed_up):
    context, monday = backed_up

    done = restoring.restore(context, monday)

    assert on_hand(context) == 300
    assert safety.check(context) == []
    assert done.kept.name.startswith("batches-before-restore-2026")
    with closing(open_store(str(done.kept))) as kept:
        assert on_hand(at_work(kept)) == 295
        assert safety.check(at_work(kept)) == []
    assert "2 events that came after the backup are no longer here" in done.notices[0]


def test_the_trail_tells_what_was_put_back_and_how_far_the_other_had_come(backed_up):
    context, monday = backed_up
    before = safety.verify_trail(context)

    restoring.restore(context, monday)

    with context.store.reading() as work:
        told = list(work.trail.all())[-1]
    assert (told.action, told.by, told.number) == ("restored", "Ana", 2)
    assert before.head in told.after
    assert "monday.db" in told.after


def test_a_new_database_is_made_of_a_backup(backed_up, new_database, tmp_path):
    other = at_work(new_database(str(tmp_path / "new.db")))

    done = restoring.restore(other, backed_up[1])

    assert (on_hand(other), done.kept, done.notices) == (300, None, ())
    assert safety.check(other) == []


def test_who_has_the_file_open_sees_the_backup_at_once_and_writes_on(backed_up):
    context, monday = backed_up
    with closing(open_store(str(context.store.file))) as another:
        elsewhere = at_work(another, user="Ben")
        assert on_hand(elsewhere) == 295
        restoring.restore(context, monday)

        assert on_hand(elsewhere) == 300
        ledger.waste(elsewhere, "A1", 1, reason="chipped")
    assert on_hand(context) == 299
    assert safety.check(context) == []


def test_storage_is_put_back_whole_judged_alike_and_goes_on_alike(filed, new_database, tmp_path):
    keep(filed, a_batch(lot="OLD-1", prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    content = b"as the logger wrote it"
    brought(filed, a_room(hours=24, t41=(5, 9), gap=(15, 20), lit=(10, 12)), content=content)
    daily.read(filed, "Shelf A", lowest=20, highest=24)
    loggers.calibrate(filed, "Room 1", date(2026, 3, 1))
    event = next(each for each in looking.events(filed, waiting=True) if each.happening.effect is Effect.HOLD)
    deciding.decide(filed, event.happening.id, {"OLD-1": deciding.Choice(Decision.KEEP)}, reason="short")
    safety.backup(filed, tmp_path / "backup.db")

    there = at_work(new_database())
    restoring.restore(there, tmp_path / "backup.db")

    assert storage_of(there) == storage_of(filed)
    assert safety.check(there) == []
    with there.store.reading() as work:
        assert work.loggers.file(sha256(content).hexdigest()) == ("room.csv", content)
        assert work.loggers.by_name("Room 1").calibrated == date(2026, 3, 1)
    for here in (there, filed):
        later = brought(here, a_room(hours=5, start=START + 15 * HOUR, celsius=41.5), content=b"the gap")
        assert later.held == ("OLD-1",)
    assert [each.status for each in looking.events(there)] == [each.status for each in looking.events(filed)]


def storage_of(context):
    """Return all that is known of storage: readings, events with decisions, and a batch's own record."""
    record = own.record(context, batches.card(context, "OLD-1").kept)
    readings = looking.readings(context, "Shelf A", 0, inf)
    return readings, looking.events(context), record, daily.month(context, "Shelf A", NOW.date())


def refused(context, file, words):
    before = dump(context.store)
    with pytest.raises(Refused, match=words):
        restoring.restore(context, file)
    assert dump(context.store) == before
    assert not list(context.store.file.parent.glob("*before-restore*"))


def test_a_backup_that_is_not_sound_is_refused_and_nothing_is_changed(backed_up):
    context, monday = backed_up
    with closing(sqlite3.connect(monday, isolation_level=None)) as theirs:
        theirs.execute("DROP TRIGGER event_no_update")
        theirs.execute("UPDATE event SET by = 'Eve'")

    refused(context, monday, "monday.db is not sound: The trail is broken at event 1")


def test_what_is_no_backup_is_refused(backed_up, tmp_path):
    context, _ = backed_up
    (tmp_path / "notes.db").write_text("my notes")

    refused(context, tmp_path / "nothing.db", r"There is no backup .*nothing.db")
    refused(context, tmp_path / "notes.db", r"notes.db is not a database of ldninv")
    refused(context, context.store.file, "is the database itself")


def test_where_there_are_people_a_pharmacist_of_theirs_signs(backed_up):
    context, monday = backed_up
    staffed(context)
    done = restoring.restore(context, monday, sign=pen(MARA))

    with context.store.reading() as work:
        told = json.loads(list(work.trail.all())[-1].after)
    assert (told["signed_by"], told["sha256"]) == (MARA, digest_of(monday))
    with closing(open_store(str(done.kept))) as kept:
        (signed,) = signing.signatures(at_work(kept), "database")
        assert (signed.name, signed.meaning) == (MARA, Meaning.RESTORED)
        assert signing.holds(signed, {"file": "monday.db", "sha256": digest_of(monday)})
        assert safety.check(at_work(kept)) == []
    assert safety.check(context) == []


@pytest.mark.parametrize(("sign", "says"), [(None, "putting back a backup"), (BEN, "takes a pharmacist")])
def test_nobody_else_puts_a_backup_back(backed_up, sign, says):
    context, monday = backed_up
    staffed(context)

    refused_to(context, monday, sign and pen(sign), says)


def refused_to(context, file, sign, words):
    before = dump(context.store)
    with pytest.raises(Refused, match=words):
        restoring.restore(context, file, sign=sign)
    assert dump(context.store) == before


def test_a_bad_backup_is_told_before_anybody_is_asked_to_sign(backed_up, tmp_path):
    context, _ = backed_up
    staffed(context)
    (tmp_path / "broken.db").write_bytes((tmp_path / "monday.db").read_bytes()[:9000])

    refused_to(context, tmp_path / "broken.db", None, "broken.db is not sound: ")


def test_a_database_that_is_damaged_is_restored_without_a_signature_and_kept(backed_up):
    context, monday = backed_up
    staffed(context)
    file = context.store.file
    context.store.close()
    spoilt = b"\0" * 4096 + file.read_bytes()[4096:]
    file.write_bytes(spoilt)
    with pytest.raises(Damaged, match=r"is damaged\. Nothing was changed"):
        open_store(str(file))
    done = restoring.replace_damaged(file, monday, NOW, at_work)

    assert done.kept.read_bytes() == spoilt
    assert "Nobody signed" in done.notices[0]
    with closing(open_store(str(file))) as store:
        assert on_hand(at_work(store)) == 300
        assert safety.check(at_work(store)) == []
        with store.reading() as work:
            assert json.loads(list(work.trail.all())[-1].after)["damaged"] == done.kept.name


def test_a_damaged_database_stays_where_the_backup_is_none(backed_up, tmp_path):
    context, _ = backed_up
    file = context.store.file
    context.store.close()
    file.write_bytes(b"\0" * 8192)
    (tmp_path / "bad.db").write_text("my notes")

    for bad in ("bad.db", "none.db"):
        with pytest.raises(Refused):
            restoring.replace_damaged(file, tmp_path / bad, NOW, at_work)
    assert file.read_bytes() == b"\0" * 8192
