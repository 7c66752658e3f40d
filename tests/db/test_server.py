"""A server's database: what it keeps and refuses by itself, what is told of it, and what a lost connection leaves."""

from contextlib import closing
from datetime import date

import psycopg
import pytest
from peewee import IntegrityError
from playhouse.schema_diff import diff_models

import server
from builders import a_batch, at_work, dump, keep
from ldninv.db import exists, newborn, open_store, postgres, rows, upgrade
from ldninv.domain.audit import Head
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.question import Question
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.services import batches, ledger, safety

GOOD = date(2027, 6, 1)


@pytest.fixture
def url():
    """The address of a database with our tables."""
    lent = server.fresh_address()
    yield lent
    server.give_back(lent)


@pytest.fixture
def empty():
    """The address of a database without a table."""
    lent = server.empty_address()
    yield lent
    server.let_go(lent)


@pytest.fixture
def context(url):
    """Somebody at work on it, with a batch on the shelf."""
    with closing(open_store(url)) as store:
        here = at_work(store)
        keep(here, a_batch(lot="A1", beyond_use=GOOD, components=(ComponentLot("MCC", "MC1"),)))
        yield here


def refused(store, statement, words):
    """Run a statement as a clumsy person with a database tool would, and expect it to be refused whole."""
    before = dump(store)
    with pytest.raises(IntegrityError, match=words), store.transaction() as work:
        work.database.execute_sql(statement)
    assert dump(store) == before


def opening(url, **how):
    open_store(url, **how).close()


def test_the_base_makes_just_the_tables_that_the_rows_describe(context):
    with context.store.reading() as work:
        difference = diff_models(work.database, rows.ALL)
        steps = upgrade.runner(work.database).applied()

    assert not difference, str(difference)
    assert sorted(steps) == sorted(step.stem for step in upgrade.STEPS.glob("0*.py"))


def test_every_table_of_facts_refuses_to_be_changed_emptied_or_written_over(context):
    words = "a fact is appended, never changed"
    may_change = {"place", "batch", "person", "setting"}
    facts = {table._meta.table_name: table for table in rows.ALL if table._meta.table_name not in may_change}
    for name, table in facts.items():
        column = table._meta.sorted_fields[-1].column_name
        refused(context.store, f'UPDATE "{name}" SET "{column}" = "{column}"', words)
        refused(context.store, f'DELETE FROM "{name}"', words)
        refused(context.store, f'TRUNCATE "{name}" CASCADE', f"{words}|outlives its stock|never deleted")

    again = "INSERT INTO event SELECT * FROM event ON CONFLICT (number) DO UPDATE SET reason = 'x'"
    refused(context.store, again, words)


def test_a_batch_is_made_once_never_deleted_and_never_below_nothing(context):
    words = "what was made is never changed"

    for column in ("lot", "strength", "prepared", "expires", "decided_rule", "made", "event_id", "first_expires"):
        refused(context.store, f"UPDATE batch SET {column} = {column}", words)
    refused(context.store, "DELETE FROM batch", "a batch outlives its stock")
    refused(context.store, "UPDATE batch SET on_hand = -1", "check constraint")
    columns, row = "id, batch_id, kind, capsules, day, at, by, event_id", "9, 1, 'dispensed', -301, '', '', '', 1"
    refused(context.store, f"INSERT INTO movement ({columns}) VALUES ({row})", "check constraint")


def test_another_programs_database_and_one_without_records_are_told_apart_and_left_alone(empty):
    with pytest.raises(Refused, match=r"There are no records of ldninv in the database test_\d+ on this computer\."):
        opening(empty)
    assert not exists(empty)
    server.ask(empty, "CREATE TABLE photos (id INTEGER)")

    for create in (False, True):
        with pytest.raises(Refused, match="is the database of another program"):
            opening(empty, create=create)


def test_a_newer_programs_database_is_refused(url):
    server.ask(url, "INSERT INTO schema_step (name, applied) VALUES ('9999_later', now())")

    with pytest.raises(Refused, match="was made by a newer version of ldninv"):
        opening(url)
    server.ask(url, "DELETE FROM schema_step WHERE name = '9999_later'")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (lambda: server.address("nowhere"), "is not there: the server runs, and knows no database of that name"),
        (lambda: server.address("postgres", user="nobody_here"), "does not let you in"),
        (lambda: "postgresql://ana:secret@127.0.0.1:1/batches", "cannot be reached"),
        (lambda: "postgresql://ana:secret@no-such-host.invalid/batches", "cannot be reached"),
    ],
)
def test_a_server_that_does_not_answer_or_let_in_is_told_in_one_sentence_without_a_password(address, words):
    with pytest.raises(Surroundings, match=words) as said:
        opening(address())

    assert "\n" not in str(said.value)
    assert "secret" not in str(said.value)


@pytest.mark.parametrize("password", ["", ":wrong-one"])
def test_a_wrong_password_is_told_without_telling_it(url, password):
    server.ask(url, "DROP ROLE IF EXISTS guarded", "CREATE ROLE guarded LOGIN PASSWORD 'right-one'")
    with pytest.raises(Surroundings, match="does not let you in: it knows no such name and password") as said:
        opening(url.replace("postgres@", f"{server.GUARDED}{password}@"))

    assert "wrong-one" not in str(said.value)


def test_who_may_only_look_is_told_so_when_they_write(context, url):
    server.ask(url, "DROP ROLE IF EXISTS looker", "CREATE ROLE looker LOGIN", "GRANT pg_read_all_data TO looker")
    with closing(open_store(url.replace("postgres@", "looker@"))) as store:
        here = at_work(store)

        assert batches.card(here, "A1").kept.stock.on_hand == 300
        with pytest.raises(Surroundings, match=r"does not allow you that\. Nothing was changed"):
            ledger.waste(here, "A1", 1, reason="dropped")


def import_that_is_cut_off(empty):
    with newborn(empty) as store:
        keep(at_work(store), a_batch())
        raise RuntimeError("a power cut")


def test_a_first_import_that_fails_leaves_no_table_behind(empty):
    with pytest.raises(RuntimeError, match="a power cut"):
        import_that_is_cut_off(empty)
    assert not exists(empty)
    with newborn(empty) as store:
        keep(at_work(store), a_batch())

    with closing(open_store(empty)) as store:
        assert safety.check(at_work(store)) == []
        assert safety.unchecked(at_work(store)) is None
    with pytest.raises(Refused, match="was begun by another workstation meanwhile"), newborn(empty):
        pass


def write_that_is_cut_off(context, url):
    with context.writing() as work:
        work.trail.append(context.event("waste", "A1"))
        server.cut_off(url)
        work.trail.append(context.event("waste", "A1"))


def test_a_connection_that_is_lost_in_the_midst_of_a_write_leaves_nothing_of_it_and_the_next_one_works(context, url):
    before = dump(context.store)
    with pytest.raises(Surroundings, match="was lost in the midst of it"):
        write_that_is_cut_off(context, url)

    assert dump(context.store) == before
    ledger.waste(context, "A1", 1, reason="dropped")
    assert safety.check(context) == []


def test_a_connection_that_was_let_go_while_nobody_worked_is_made_anew_unnoticed(context, url):
    server.cut_off(url)

    assert batches.card(context, "A1").kept.stock.on_hand == 300
    server.cut_off(url)
    ledger.waste(context, "A1", 1, reason="dropped")


def test_a_write_waits_for_another_and_tells_it_when_that_does_not_end(context, url, monkeypatch):
    monkeypatch.setattr(postgres, "WAIT_SECONDS", 0.1)
    with psycopg.connect(url) as other:
        other.execute("UPDATE turn SET number = number + 1")

        with pytest.raises(Surroundings, match="is being written by another workstation that does not end"):
            ledger.waste(context, "A1", 1, reason="dropped")
        assert batches.card(context, "A1").kept.stock.on_hand == 300
        other.rollback()
    ledger.waste(context, "A1", 1, reason="dropped")


def test_another_workstation_is_seen_to_have_written_and_to_have_looked_is_no_change(context, url):
    before = context.store.version
    with closing(open_store(url)) as store:
        there = at_work(store)
        batches.card(there, "A1")
        assert context.store.version == before
        ledger.waste(there, "A1", 1, reason="dropped")

    assert context.store.version != before


def test_what_a_thread_writes_itself_is_nobody_elses_write(context):
    before = context.store.version
    ledger.waste(context, "A1", 1, reason="dropped")

    assert context.store.version == before


def test_an_answer_is_of_one_moment_whatever_others_write_meanwhile(context, url):
    with closing(open_store(url)) as store, context.store.reading() as work:
        first = work.trail.head()
        ledger.waste(at_work(store), "A1", 1, reason="dropped")

        assert work.trail.head() == first
    assert safety.verify_trail(context).events == first.events + 1


def tampered(url, *statements):
    server.ask(url, "SET session_replication_role = replica", *statements)


def test_a_changed_letter_of_the_trail_is_found(context, url):
    tampered(url, "UPDATE event SET by = 'Ben' WHERE number = 1")

    assert safety.verify_trail(context).first_broken == 1
    assert "The trail is broken at event 1" in safety.check(context)[-1]


def test_a_tail_that_was_cut_off_is_found_by_the_head_on_this_computer(context, url):
    ledger.waste(context, "A1", 1, reason="dropped")
    last = safety.verify_trail(context).events
    tampered(url, f"DELETE FROM movement WHERE event_id = {last}", f"DELETE FROM event WHERE number = {last}")

    verdict = safety.verify_trail(context)
    assert (verdict.intact, verdict.events) == (False, last - 1)
    assert isinstance(context.store.beside().head, Head)


def test_stock_that_was_changed_behind_the_ledgers_back_and_a_rule_that_was_switched_off_are_found(context, url):
    tampered(url, "UPDATE batch SET on_hand = 299")
    server.ask(url, "ALTER TABLE movement DISABLE TRIGGER movement_keeps_stock")

    assert safety.check(context) == [
        "PostgreSQL: the rule movement_keeps_stock of table movement is switched off",
        "Batch A1 shows 299 capsules on hand, and its ledger gives 300.",
    ]


def test_a_text_with_a_character_that_no_text_on_a_server_holds_is_not_found_and_not_kept(context):
    assert batches.find(context, Question(text="A\0")) == []
    with pytest.raises(Refused, match="a character 0 in it cannot be kept"):
        ledger.waste(context, "A1", 1, reason="drop\0ped")
