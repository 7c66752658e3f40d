"""Batch lists come in whole or not at all, and the same again adds nothing."""

from datetime import date, timedelta

import pytest

from builders import TODAY, dump
from ldninv.domain.expiry import USP_795, DecidedBy
from ldninv.domain.places import Place
from ldninv.domain.progress import Cancelled
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.settings import Settings
from ldninv.domain.standing import State
from ldninv.importers import formats
from ldninv.services import batches, importing, ledger, safety
from ldninv.services.batches import Question
from ldninv.services.context import Change
from ldninv.services.importing import BadRows
from ldninv.services.places import places

pytestmark = pytest.mark.on_both

HEAD = "Lot,Strength,Made,Expires,Quantity,On hand,Location"
TWO = ("A1,4.5,2026-08-30,2027-08-30,300,120,Cabinet A", "A2,3,2026-09-30,2027-09-30,200,200,cabinet a")


@pytest.fixture
def bring(context, tmp_path):
    """Write lists, each from its rows, and import them in one call; a list named twice is written anew."""

    def go(*lists, head=HEAD, **how):
        previews = []
        for number, rows in enumerate(lists):
            path = tmp_path / f"list{number}.csv"
            path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
            previews.append(importing.preview(context, path))
        return importing.import_lists(context, previews, **how)

    return go


def counts(results):
    return [(each.new, each.known, each.written, len(each.problems)) for each in results]


def test_a_list_comes_in_released_where_it_stands_with_what_is_left(context, bring):
    done = bring(TWO)

    assert counts(done.results) == [(2, 0, 2, 0)]
    assert done.changed == Change.BATCHES | Change.LEDGER | Change.PLACES
    card = batches.card(context, "a1")
    assert (card.kept.stock.on_hand, card.kept.stock.place, card.standing.state) == (120, "Cabinet A", State.RELEASED)
    assert [(each.entry.kind.value, each.entry.capsules) for each in reversed(card.movements)] == [
        ("made", 300),
        ("counted", -180),
        ("released", 0),
    ]
    assert card.kept.batch.expiry.decided_by is DecidedBy.PRINTED
    assert [event.action for event in card.events] == ["imported"]
    assert places(context) == [Place("Cabinet A")]
    assert batches.card(context, "A2").kept.stock.place == "Cabinet A"
    assert safety.check(context) == []


def test_they_may_come_in_quarantined_to_be_released(context, bring):
    bring(TWO, quarantine=True)

    card = batches.card(context, "A1")
    assert card.standing.reasons == ("in quarantine: imported into quarantine",)
    ledger.release(context, "A1")
    assert batches.card(context, "A1").standing.usable


def test_the_policy_gives_the_date_that_a_list_does_not_have(context, bring):
    with context.store.transaction() as work:
        work.preferences.write(Settings(policy=USP_795))
    bring(("A1,4.5,2026-08-30,300",), head="Lot,Strength,Made,Quantity")

    batch = batches.card(context, "A1").kept.batch
    assert batch.expiry.on == date(2026, 8, 30) + timedelta(days=180)
    assert (batch.expiry.decided_by, batch.policy) == (DecidedBy.POLICY, USP_795)


def test_a_list_without_places_leaves_its_batches_nowhere(context, bring):
    bring(("A1,4.5,2026-08-30,300",), head="Lot,Strength,Made,Quantity")

    card = batches.card(context, "A1")
    assert (card.kept.stock.place, card.places) == (None, ())
    assert places(context) == []


def test_the_same_again_adds_nothing(context, bring):
    bring(TWO)
    before = dump(context.store)

    done = bring(TWO)
    assert counts(done.results) == [(0, 2, 0, 0)]
    assert done.changed is Change.NOTHING
    assert dump(context.store) == before


def test_a_known_lot_with_another_stock_is_known_with_a_notice(context, bring):
    bring(TWO)
    before = dump(context.store)

    (result,) = bring(["a1 ,4.5,2026-08-30,2027-08-30,300,90,Cabinet A"]).results
    assert counts([result]) == [(0, 1, 0, 0)]
    (remark,) = result.notices
    assert remark.line == 2
    assert remark.text.startswith("lot A1 is kept already with 120 on hand, and the list says 90; nothing was changed.")
    assert dump(context.store) == before


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("A1,3,2026-08-30,2027-08-30,300,120,Cabinet A", "strength 4.5 mg, and the list says 3 mg"),
        ("A1,4.5,2026-08-30,2027-08-29,300,120,Cabinet A", "expiring on 2027-08-30, and the list says 2027-08-29"),
        ("A1,4.5,2026-08-29,2027-08-30,300,120,Cabinet A", "prepared on 2026-08-30, and the list says 2026-08-29"),
    ],
)
def test_a_known_lot_with_another_date_or_strength_is_a_problem(context, bring, row, words):
    bring(TWO)
    before = dump(context.store)
    new = "A3,4.5,2026-08-30,2027-08-30,300,120,Cabinet C"

    with pytest.raises(BadRows, match=r"1 row is not right, so nothing was written\.") as said:
        bring([row, new])
    assert counts(said.value.results) == [(1, 0, 0, 1)]
    assert words in said.value.results[0].problems[0].text
    assert dump(context.store) == before

    assert counts(bring([row, new], skip_bad=True).results) == [(1, 0, 1, 1)]
    assert batches.card(context, "A1").kept.batch.expiry.on == date(2027, 8, 30)


def test_all_files_are_written_or_none(context, bring):
    before = dump(context.store)

    with pytest.raises(BadRows) as said:
        bring(TWO, ["B1,fifty,2026-08-30,2027-08-30,300,300,Cabinet A"])
    assert counts(said.value.results) == [(2, 0, 0, 0), (0, 0, 0, 1)]
    assert dump(context.store) == before


def test_two_files_that_name_one_lot_alike_add_it_once(context, bring):
    assert counts(bring(TWO, TWO[:1]).results) == [(2, 0, 2, 0), (0, 1, 0, 0)]
    assert batches.count(context, Question()) == 2


def test_two_files_that_contradict_each_other_write_nothing(context, bring):
    before = dump(context.store)
    other = "A1,4.5,2026-08-30,2027-01-01,300,120,Cabinet A"

    with pytest.raises(BadRows) as said:
        bring(TWO, [other])
    assert "expiring on 2027-08-30, and the list says 2027-01-01" in said.value.results[1].problems[0].text
    assert dump(context.store) == before
    assert counts(bring(TWO, [other], skip_bad=True).results) == [(2, 0, 2, 0), (0, 0, 0, 1)]


def test_all_that_is_wrong_in_all_files_is_named_at_once(bring):
    bad, other = "B1,fifty,2026-08-30,2027-08-30,300,300,Shelf 3", "A1,4.5,2026-08-30,2027-01-01,300,120,Cabinet A"

    with pytest.raises(BadRows, match="2 rows are not right") as said:
        bring([*TWO, bad], [other])
    assert counts(said.value.results) == [(2, 0, 0, 1), (0, 0, 0, 1)]


def test_a_dry_run_says_what_would_come_of_it_and_writes_nothing(context, bring):
    before = dump(context.store)

    done = bring(TWO, ["A1,4.5,2026-08-30,2027-01-01,300,120,Cabinet A"], dry_run=True)
    assert counts(done.results) == [(2, 0, 0, 0), (0, 0, 0, 1)]
    assert done.changed is Change.NOTHING
    assert dump(context.store) == before


@pytest.mark.parametrize("calls", [1, 2, 3, 4])
def test_stopped_in_the_middle_it_writes_nothing(context, bring, monkeypatch, calls):
    monkeypatch.setattr(importing, "AT_ONCE", 1)
    before, heard = dump(context.store), []

    def progress(done, total):
        heard.append((done, total))
        if len(heard) == calls:
            raise Cancelled

    with pytest.raises(Cancelled):
        bring(TWO, progress=progress)
    assert heard == [(0, 0), (0, 2), (1, 2), (2, 2)][:calls]
    assert dump(context.store) == before


def test_reading_can_be_stopped_at_every_note_and_writes_nothing(context, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        "\n".join([HEAD, *(TWO[0].replace("A1", f"A{number}") for number in range(1200))]), encoding="utf-8"
    )
    heard = []
    importing.preview(context, path, progress=lambda *at: heard.append(at))
    before = dump(context.store)

    for stop in range(len(heard)):
        notes = iter([False] * stop + [True])

        def progress(_done, _total, notes=notes):
            if next(notes):
                raise Cancelled

        with pytest.raises(Cancelled):
            importing.preview(context, path, progress=progress)
    assert len(heard) > 2
    assert dump(context.store) == before


def test_columns_that_a_person_gave_are_read_so(context, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("\n".join([HEAD, TWO[0]]), encoding="utf-8")

    (row,) = importing.preview(context, path, columns={"on_hand": None, "place": None, "made_by": 6}).rows

    assert (row.on_hand, row.place, row.made_by) == (300, None, "Cabinet A")


def test_a_batch_that_is_dated_ahead_comes_in_with_a_notice_and_is_not_usable(context, bring):
    ahead = TODAY + timedelta(days=30)
    (result,) = bring([f"A1,4.5,{ahead},2027-08-30,300,300,Cabinet A"]).results

    assert any("it is dated ahead" in remark.text for remark in result.notices)
    assert not batches.card(context, "A1").standing.usable


def test_a_date_that_is_later_than_the_policy_gives_is_kept_with_a_notice(bring):
    (result,) = bring(["A1,4.5,2026-08-30,2028-08-30,300,300,Cabinet A"]).results

    assert "its printed date 2028-08-30 is later than One year gives (2027-08-30)" in [
        remark.text for remark in result.notices
    ]


@pytest.mark.parametrize("name", [".", "no.csv", f"{'n' * 300}.csv", "list.csv/x.csv"])
def test_what_is_no_file_is_told_in_a_sentence(context, tmp_path, name):
    (tmp_path / "list.csv").write_text("Lot", encoding="utf-8")

    with pytest.raises((Refused, Surroundings), match=r"is a folder|no file|cannot be read"):
        importing.preview(context, tmp_path / name)


def test_a_file_that_is_larger_than_any_list_is_refused_unread(context, tmp_path):
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(formats.LARGEST + 1)

    with pytest.raises(Refused, match="is larger than 32 MB, too large for a batch list"):
        importing.preview(context, huge)
