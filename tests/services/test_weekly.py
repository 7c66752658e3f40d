"""The weekly report: the right batches, of the right moment, in files that are whole or not there."""

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from builders import TODAY, a_batch, at_work, dump, keep
from ldninv.domain.days import Week
from ldninv.domain.entries import Decision, DisposalReason
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.settings import Settings
from ldninv.domain.use import RECENT
from ldninv.reports.sections import NOT_BEGUN
from ldninv.reports.weekly import build
from ldninv.services import components, demo, ledger, safety, standing, weekly
from ldninv.services.context import Context

pytestmark = pytest.mark.on_both


@pytest.fixture
def shelf(context):
    """A batch for every section, one that is good and one that is gone."""
    days = {"OLD": -1, "WEEK": 3, "NEAR": 50, "GOOD": 200, "HELD": 200, "GONE": -1, "EMPTY": 50, "BUFFER": 90}
    parts = (ComponentLot("MCC", "M1", TODAY + timedelta(days=10)),)
    for lot, left in days.items():
        keep(context, a_batch(lot=lot, beyond_use=TODAY + timedelta(days=left), components=parts))
    ledger.quarantine(context, "HELD", reason="label smudged")
    ledger.dispose(context, "GONE", 300, reason=DisposalReason.EXPIRED)
    ledger.count(context, "EMPTY", 0)
    keep(context, a_batch(lot="NEW", beyond_use=TODAY + timedelta(days=50)), released=False)
    with context.store.transaction() as work:
        work.preferences.write(Settings(pharmacy="Corner Pharmacy", buffer=2))
    return context


def lots(rows):
    return [row.kept.batch.lot for row in rows]


def test_every_batch_with_stock_stands_where_it_belongs(shelf):
    made = weekly.report(shelf)

    assert lots(made.expired) == ["OLD"]
    assert lots(made.near_expiry) == ["WEEK", "NEAR", "BUFFER"]
    assert sorted(lots(made.held)) == ["HELD", "NEW"]
    assert [(row.component.lot, row.batches) for row in made.components] == [
        ("M1", ("BUFFER", "GOOD", "HELD", "NEAR", "OLD", "WEEK"))
    ]
    assert (made.pharmacy, made.buffer, made.made_by, str(made.week)) == ("Corner Pharmacy", 2, "Ana", "2026-W47")
    assert made.as_of == TODAY
    assert made.head.events == len(dump(shelf.store)["event"])
    assert made.number is None


@pytest.mark.parametrize("buffer", [0, 5])
def test_what_is_asked_for_the_report_is_all_that_it_lists(context, buffer):
    demo.fill(context, 250)
    with context.store.transaction() as work:
        work.preferences.write(Settings(buffer=buffer))
    made = weekly.report(context)
    with context.store.reading() as work:
        shelf = list(work.batches.in_stock())
        asked = list(work.batches.pressing(TODAY, buffer))
        whole = build(
            **{
                each: getattr(made, each) for each in ("week", "as_of", "number", "made_by", "made_at", "head", "begun")
            },
            settings=work.settings(TODAY),
            kept=shelf,
            used_90_days=work.ledger.used(TODAY, RECENT),
            components=components.as_read_anew(
                work, work.batches.components_of({each.batch.id for each in shelf}, date.max), date.max
            ),
        )

    assert replace(made, changes=whole.changes, storage=()) == whole
    assert len(asked) == len(made.expired) + len(made.near_expiry) + len(made.held) < len(shelf)


def test_making_a_report_changes_nothing(shelf):
    before = dump(shelf.store)
    weekly.summary(weekly.report(shelf))

    assert dump(shelf.store) == before


def test_a_past_week_is_told_as_it_was_on_its_sunday(context):
    """Stock that left after it is still there, what came after it is not, and bands are those of that day."""
    sunday = TODAY - timedelta(days=7)
    keep(context, a_batch(lot="OLD", beyond_use=TODAY - timedelta(days=8)))
    keep(context, a_batch(lot="SINCE", beyond_use=TODAY - timedelta(days=1)))
    keep(context, a_batch(lot="LATER", prepared=TODAY - timedelta(days=1), beyond_use=TODAY + timedelta(days=20)))
    ledger.waste(at_work(context.store, sunday), "OLD", 100, reason="chipped")
    ledger.dispose(at_work(context.store, TODAY - timedelta(days=6)), "OLD", 200, reason=DisposalReason.EXPIRED)

    past = weekly.report(context, Week.of(sunday))
    assert (past.as_of, lots(past.expired), lots(past.near_expiry)) == (sunday, ["OLD"], ["SINCE"])
    assert past.expired[0].kept.stock.on_hand == 200
    assert past.near_expiry[0].standing.usable_days == 7
    now = weekly.report(context)
    assert (lots(now.expired), lots(now.near_expiry)) == (["SINCE"], ["LATER"])


def test_the_running_week_is_told_as_of_today_and_the_next_not_at_all(context):
    wednesday = at_work(context.store, TODAY - timedelta(days=4))

    assert weekly.report(wednesday).as_of == wednesday.today()
    with pytest.raises(Refused, match="Week 2026-W48 has not begun"):
        weekly.report(wednesday, Week.parse("2026-W48"))


def test_likely_waste_is_taken_from_the_use_of_that_strength(shelf):
    for _ in range(2):
        ledger.dispense(shelf, "NEAR", 30, days_supply=30, reason="asked for")

    rows = {row.kept.batch.lot: row for row in weekly.report(shelf).near_expiry}
    assert rows["NEAR"].projected_waste < rows["NEAR"].kept.stock.on_hand == 240
    assert rows["WEEK"].projected_waste == 300


SUFFIXES = ["csv", "html", "json", "xlsx", pytest.param("pdf", marks=pytest.mark.needs_qt)]
BEGINNINGS = {"csv": b"\xef\xbb\xbf", "html": b"<!", "json": b"{", "xlsx": b"PK", "pdf": b"%PDF"}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_suffix_decides_the_kind_of_file(shelf, tmp_path, suffix):
    target = tmp_path / "new folder" / f"week.{suffix.upper()}"

    assert weekly.save(shelf, weekly.report(shelf), [target]).files == (target,)
    assert target.read_bytes().startswith(BEGINNINGS[suffix])
    assert [path.name for path in target.parent.iterdir()] == [target.name]


@pytest.mark.needs_qt
def test_a_folder_gets_the_pdf_by_its_week(shelf, tmp_path):
    (file,) = weekly.save(shelf, weekly.report(shelf), [tmp_path]).files

    assert file == tmp_path / "ldn-expiry-2026-W47.pdf"
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("name", ["week", "week.docx", "no folder/"])
def test_an_unknown_kind_of_file_is_refused_before_anything_is_written(shelf, tmp_path, name):
    with pytest.raises(Refused, match=r"names no kind of file and no folder that is there\. Let it end in one of: pdf"):
        weekly.save(shelf, weekly.report(shelf), [tmp_path / "week.json", Path(f"{tmp_path}/{name}")])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["plain/week.json", "plain/a/week.csv", f"{'n' * 300}.html"])
def test_a_place_that_cannot_be_written_is_told_in_a_sentence_with_nothing_left(shelf, tmp_path, name):
    (tmp_path / "plain").write_text("no folder", encoding="utf-8")

    with pytest.raises(Surroundings, match=r"cannot be written .*Close it where it is open, or choose another place\."):
        weekly.save(shelf, weekly.report(shelf), [tmp_path / name])
    assert [path.name for path in tmp_path.iterdir()] == ["plain"]


def test_a_file_that_is_open_elsewhere_keeps_its_content(shelf, tmp_path, monkeypatch):
    target = tmp_path / "week.json"
    target.write_text("the old one", encoding="utf-8")

    def in_use(*_):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", in_use)
    with pytest.raises(Surroundings, match=r"week\.json cannot be written \(in use\)"):
        weekly.save(shelf, weekly.report(shelf), [target], replacing=True)
    assert target.read_text(encoding="utf-8") == "the old one"
    assert list(tmp_path.iterdir()) == [target]


def test_a_report_that_left_the_program_is_noted_in_the_trail_with_its_hash(shelf, tmp_path):
    (file,) = weekly.save(shelf, weekly.report(shelf), [tmp_path / "week.json"]).files

    with shelf.store.reading() as work:
        *_, event = work.trail.all()
    assert event.subject == "2026-W47"
    assert hashlib.sha256(file.read_bytes()).hexdigest() in event.after
    assert safety.check(shelf) == []


@pytest.mark.speaks_sqlite
def test_a_database_that_cannot_be_written_gives_its_report_all_the_same(shelf, tmp_path):
    with shelf.store.reading() as work:
        work.database.pragma("query_only", 1)

    done = weekly.save(shelf, weekly.report(shelf), [tmp_path / "week.json"])
    assert done.files[0].exists()
    assert done.notices[0].startswith("The report was written, but not noted in the trail. The database")


def test_the_text_of_a_report_is_what_its_file_holds(shelf, tmp_path):
    made = weekly.report(shelf)
    weekly.save(shelf, made, [tmp_path / "week.json"])

    assert json.loads(weekly.text(made, "json")) == json.loads((tmp_path / "week.json").read_bytes())


def test_an_empty_database_gives_a_report_that_says_none(context: Context):
    made = weekly.report(context)

    assert (made.expired, made.near_expiry, made.held, made.components) == ((), (), (), ())
    assert weekly.summary(made).splitlines()[1:] == [f"  {NOT_BEGUN}"]


def test_an_empty_shelf_is_not_an_empty_database(context):
    keep(context, a_batch(lot="USED", beyond_use=TODAY + timedelta(days=50)))
    ledger.count(context, "USED", 0)

    assert "none expired and on hand" in weekly.summary(weekly.report(context))


def test_a_file_that_is_no_report_is_not_written_over_and_an_earlier_report_is(shelf, tmp_path):
    own = tmp_path / "list.csv"
    own.write_text("our list", encoding="utf-8")
    with pytest.raises(Refused, match=r"list\.csv is there already, and is no report of this database"):
        weekly.save(shelf, weekly.report(shelf), [own])
    assert own.read_text(encoding="utf-8") == "our list"

    report = tmp_path / "week.csv"
    weekly.save(shelf, weekly.report(shelf), [report])
    assert weekly.save(shelf, weekly.report(shelf), [report]).files == (report,)


def test_a_week_before_the_first_record_is_refused(shelf):
    with shelf.store.reading() as work:
        first = work.ledger.first_day()

    with pytest.raises(Refused, match=rf"There are no records before {first}"):
        weekly.report(shelf, Week.of(first - timedelta(days=7)))


def test_the_weeks_that_are_offered_are_those_of_which_a_report_can_be_made(shelf):
    offered = weekly.weeks(shelf)
    with shelf.store.reading() as work:
        first = work.ledger.first_day()

    assert (offered[0], offered[-1]) == (Week.of(TODAY), Week.of(first))
    assert list(offered) == sorted(set(offered), reverse=True)
    assert (offered[0].monday - offered[-1].monday).days == 7 * (len(offered) - 1)
    weekly.report(shelf, offered[-1])


def test_before_the_first_record_only_the_running_week_is_offered(context):
    assert weekly.weeks(context) == (Week.of(TODAY),)
    keep(context, a_batch(prepared=TODAY + timedelta(days=30), beyond_use=TODAY + timedelta(days=300)))
    assert weekly.weeks(context) == (Week.of(TODAY),)


def test_a_mistyped_date_of_long_ago_does_not_offer_centuries(context):
    keep(context, a_batch(prepared=date(203, 1, 1), beyond_use=date(204, 1, 1)))

    assert len(weekly.weeks(context)) == weekly.MOST_WEEKS


def test_a_past_week_that_is_saved_again_is_not_the_last_report(shelf, tmp_path):
    weekly.save(shelf, weekly.report(shelf, Week.of(TODAY - timedelta(days=7))), [tmp_path / "past.json"])
    with shelf.store.reading() as work:
        assert weekly.last_made(work) is None

    weekly.save(shelf, weekly.report(shelf), [tmp_path / "now.json"])
    with shelf.store.reading() as work:
        assert weekly.last_made(work) == shelf.now()


def test_a_past_week_shows_a_batch_under_the_date_that_it_had_then(context):
    sunday = TODAY - timedelta(days=7)
    keep(context, a_batch(lot="A1", beyond_use=TODAY + timedelta(days=20)))
    standing.decide(context, "A1", Decision.SHORTEN, reason="warm", expires=sunday)

    assert [row.kept.batch.lot for row in weekly.report(context).expired] == ["A1"]
    then = weekly.report(context, Week.of(sunday))
    assert [row.kept.batch.expiry.on for row in then.near_expiry] == [TODAY + timedelta(days=20)]
