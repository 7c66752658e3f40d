"""A recall from the letter to the end: held at once, listed, called, tallied, and closed (R12)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from builders import TODAY, a_batch, at_work, dump, keep
from ldninv.domain.amounts import amount
from ldninv.domain.entries import DisposalReason, Kind
from ldninv.domain.expiry import ONE_YEAR, ComponentLot
from ldninv.domain.goods import Delivery, Product
from ldninv.domain.making import Recipe
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused
from ldninv.domain.settings import Settings
from ldninv.services import batches, goods, ledger, making, recall, safety
from staff import BEN, MARA, pen, staffed

pytestmark = pytest.mark.on_both

MCC = ComponentLot("MCC", "MC26", date(2027, 6, 30), "Ash Chemicals", "50 g")
GOOD = TODAY + timedelta(days=200)
LOTS = ("A-1", "A-2", "A-3")


@pytest.fixture
def pharmacy(context):
    """Three batches with one MCC lot, one of them dispensed from, and a fourth with another lot."""
    keep(context, *(a_batch(lot=lot, beyond_use=GOOD, components=(MCC,)) for lot in LOTS))
    keep(context, a_batch(lot="B-4", beyond_use=GOOD, components=(ComponentLot("MCC", "MC27"),)))
    for days in (30, 60):
        ledger.dispense(context, "A-1", days, days_supply=days)
    wrong = ledger.dispense(context, "A-1", 90, days_supply=90)
    ledger.void(context, wrong.posted.id, reason="another batch was meant")
    ledger.waste(context, "A-3", 300, reason="dropped")
    return context


def test_a_component_lot_blocks_every_batch_with_it_at_once_the_empty_one_too(pharmacy):
    opened = recall.open_recall(pharmacy, component=" mc26 ", reason="supplier's letter")

    assert [each.kept.batch.lot for each in opened.reached] == list(LOTS)
    assert (opened.tally.blocked, opened.tally.dispensed, opened.tally.supplies) == (510, 90, 2)
    assert {batches.card(pharmacy, lot).sign.word for lot in LOTS} == {"Recalled"}
    assert batches.card(pharmacy, "B-4").sign.word == "Good"
    for lot in ("A-1", "A-2"):
        with pytest.raises(Refused, match=r"\(recalled\): MCC lot MC26: supplier's letter"):
            ledger.dispense(pharmacy, lot, 30, days_supply=30)


def test_a_recall_is_one_event_that_every_batch_shows_and_the_books_agree(pharmacy):
    opened = recall.open_recall(pharmacy, component="MC26", reason="letter")

    for lot in LOTS:
        card = batches.card(pharmacy, lot)
        assert (card.events[0].action, card.events[0].subject) == ("recalled", "MC26")
        assert (card.movements[0].entry.kind, card.movements[0].at) == (Kind.RECALLED, opened.recall.at)
    assert safety.check(pharmacy) == []


def test_one_batch_is_recalled_by_its_own_lot(pharmacy):
    opened = recall.open_recall(pharmacy, lot="a-2", reason="wrong colour")

    assert [each.kept.batch.lot for each in opened.reached] == ["A-2"]
    assert batches.card(pharmacy, "A-2").standing.reasons[0] == "recalled: wrong colour"
    assert batches.card(pharmacy, "A-1").sign.word == "Good"


def test_what_it_would_reach_is_seen_before_anything_is_done(pharmacy):
    before = dump(pharmacy.store)

    found = recall.scope(pharmacy, component="MC26")

    assert ([kept.batch.lot for kept in found.batches], found.names) == (list(LOTS), ("MCC",))
    assert dump(pharmacy.store) == before


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"lot": "NONE-1"}, "There is no batch NONE-1"),
        ({"component": "MC99"}, "No batch was made with a component of lot MC99"),
        ({"component": " "}, "No batch was made with a component of lot"),
        ({}, "Name the batch that is recalled, or the component lot"),
        ({"lot": "A-1", "component": "MC26"}, "Name the batch that is recalled, or the component lot"),
        ({"component": "MC26", "names": ["Talc"]}, "No Talc has the lot MC26"),
    ],
)
def test_what_cannot_be_recalled_is_refused_and_nothing_is_written(pharmacy, asked, words):
    before = dump(pharmacy.store)

    with pytest.raises(Refused, match=words):
        recall.open_recall(pharmacy, **asked, reason="letter")
    assert dump(pharmacy.store) == before


def test_the_same_again_is_refused_and_a_batch_made_since_is_reached(pharmacy):
    recall.open_recall(pharmacy, component="MC26", reason="letter")
    with pytest.raises(Refused, match="All batches with lot MC26 are recalled already"):
        recall.open_recall(pharmacy, component="MC26", reason="letter")
    with pytest.raises(Refused, match="Batch A-1 is recalled already"):
        recall.open_recall(pharmacy, lot="A-1", reason="letter")

    keep(pharmacy, a_batch(lot="A-5", beyond_use=GOOD, components=(MCC,)))
    again = recall.open_recall(pharmacy, component="MC26", reason="a second letter")

    assert [each.kept.batch.lot for each in again.reached] == ["A-5"]
    assert [each.number for each in recall.recalls(pharmacy)] == [2, 1]


def test_several_suppliers_of_one_lot_are_all_recalled_and_said(pharmacy):
    other = ComponentLot("mcc", "MC26", None, "Elm Chemicals")
    keep(pharmacy, a_batch(lot="A-6", beyond_use=GOOD, components=(other,)))

    opened = recall.open_recall(pharmacy, component="MC26", reason="letter")

    assert len(opened.reached) == 4
    assert "Ash Chemicals, Elm Chemicals" in opened.notices[0]


def test_one_component_written_with_other_blanks_is_recalled_with_it(pharmacy):
    typed = ComponentLot("Microcrystalline  cellulose", "MC28")
    product = Product(name="microcrystalline cellulose", supplier="Ash Chemicals")
    goods.receive(pharmacy, Delivery(product=product, lot="MC28", amount=amount("500", "g"), expires=GOOD))
    keep(pharmacy, a_batch(lot="A-6", beyond_use=GOOD, components=(typed,)))

    opened = recall.open_recall(pharmacy, component="MC28", reason="letter")

    assert [each.kept.batch.lot for each in opened.reached] == ["A-6"]
    recipe = Recipe(strength=Strength(4500), prepared=TODAY, made=100, policy=ONE_YEAR, components=(typed,))
    with pytest.raises(Refused, match="lot MC28 was recalled"):
        making.make(pharmacy, recipe)


def test_another_component_with_the_same_number_is_left_alone_once_one_is_named(pharmacy):
    keep(pharmacy, a_batch(lot="C-7", beyond_use=GOOD, components=(ComponentLot("Shells", "MC26"),)))

    with pytest.raises(Refused, match="MC26 is the lot of MCC and of Shells"):
        recall.open_recall(pharmacy, component="MC26", reason="letter")
    opened = recall.open_recall(pharmacy, component="MC26", names=["MCC"], reason="letter")

    assert [each.kept.batch.lot for each in opened.reached] == list(LOTS)
    assert batches.card(pharmacy, "C-7").sign.word == "Good"
    rest = recall.open_recall(pharmacy, component="MC26", names=["Shells"], reason="letter")
    assert [each.kept.batch.lot for each in rest.reached] == ["C-7"]


def test_what_comes_back_and_is_disposed_of_is_tallied_and_the_batch_stays_recalled(pharmacy):
    recall.open_recall(pharmacy, component="MC26", reason="letter")

    ledger.accept_return(pharmacy, "A-1", 25)
    ledger.dispose(pharmacy, "A-1", 100, reason=DisposalReason.RECALL, witness="Ben")
    assert recall.document(pharmacy, 1).title == "Recall call list"
    closed = recall.close(pharmacy, 1, note="all called")

    assert (closed.tally.returned, closed.tally.missing, closed.tally.disposed) == (25, 65, 100)
    assert closed.recall.closed.note == "all called"
    paper = recall.document(pharmacy, 1)
    assert (paper.title, paper.sign.word) == ("Recall record", "Recalled")
    assert closed.notices[0].startswith("435 capsules of recalled batches still on the shelf")
    assert batches.card(pharmacy, "A-1").sign.word == "Recalled"
    with pytest.raises(Refused, match="was closed by Ana"):
        recall.close(pharmacy, 1, note="again")
    assert safety.check(pharmacy) == []


def test_a_recall_that_is_not_there_is_refused(pharmacy):
    for act in (recall.show, recall.document):
        with pytest.raises(Refused, match="There is no recall 7"):
            act(pharmacy, 7)
    with pytest.raises(Refused, match="There is no recall 7"):
        recall.close(pharmacy, 7, note="x")


def test_a_recall_works_whatever_the_clock_says(pharmacy):
    early = at_work(pharmacy.store, today=date(2020, 1, 1))

    assert len(recall.open_recall(early, component="MC26", reason="letter").reached) == 3


def test_no_new_batch_is_made_of_a_lot_that_was_recalled_whatever_came_of_it(pharmacy):
    recall.open_recall(pharmacy, component="MC26", reason="metal found")
    recall.close(pharmacy, 1, note="all called")
    recipe = Recipe(strength=Strength(4500), prepared=TODAY, made=100, policy=ONE_YEAR, components=(MCC,))

    with pytest.raises(Refused, match=r"MCC lot MC26 was recalled on 2026-11-22: metal found\. Use another lot"):
        making.make(pharmacy, recipe)
    other = (ComponentLot("MCC", "MC27"), ComponentLot("Shells", "MC26"))
    assert making.make(pharmacy, replace(recipe, components=other)).posted.on_hand == 100


@pytest.fixture
def numbered(pharmacy):
    """The same pharmacy, keeping prescription numbers, with one of them."""
    with pharmacy.store.transaction() as work:
        work.preferences.write(Settings(rx_numbers=True))
    ledger.dispense(pharmacy, "A-2", 30, days_supply=30, reason="the same as last time", rx="RX-104477")
    recall.open_recall(pharmacy, component="MC26", reason="letter")
    return pharmacy


def test_prescription_numbers_are_masked_until_somebody_looks_which_the_trail_tells(numbered):
    shown = recall.show(numbered, 1)
    before = len(_events(numbered))

    (number,) = shown.rx.values()
    assert number == "•••77"
    assert "RX-104477" not in str(recall.document(numbered, 1))
    assert list(recall.prescriptions(numbered, 1).values()) == ["RX-104477"]
    (seen,) = _events(numbered)[before:]
    assert (seen.action, seen.subject, seen.by) == ("prescriptions-seen", "MC26", "Ana")
    assert not any("104477" in str(event) for event in _events(numbered))


def test_prescription_numbers_are_on_the_paper_of_the_call_list_alone(numbered, tmp_path):
    made = recall.document(numbered, 1, whole=True)

    assert "RX-104477" in str(made.parts[-1].rows)
    assert [event.action for event in _events(numbered)][-1] == "prescriptions-seen"


def test_without_the_setting_there_are_no_prescription_numbers(pharmacy):
    recall.open_recall(pharmacy, component="MC26", reason="letter")

    assert recall.show(pharmacy, 1).rx is None
    assert "kept here" in recall.document(pharmacy, 1, whole=True).parts[-1].note
    with pytest.raises(Refused, match="keeps no prescription numbers"):
        recall.prescriptions(pharmacy, 1)


def _events(context):
    with context.store.reading() as work:
        return list(work.trail.all())


def test_the_end_of_a_recall_is_signed_by_a_pharmacist_once_there_are_people(context):
    context = staffed(context)
    keep(context, a_batch(lot="A-1", beyond_use=GOOD, components=(MCC,)))
    recall.open_recall(context, component="MC26", reason="letter")

    with pytest.raises(Refused, match="This takes a signature: the end of the recall"):
        recall.close(context, 1, note="all called")
    with pytest.raises(Refused, match="Ben Okoye"):
        recall.close(context, 1, note="all called", sign=pen(BEN))
    assert recall.show(context, 1).recall.closed is None
    closed = recall.close(context, 1, note="all called", sign=pen(MARA))

    assert closed.signatures[0].startswith("Mara Lind signed the end of the recall on 2026-11-22")
    assert closed.signatures[0].endswith("record unchanged since")
    assert not any("unsigned" in notice for notice in closed.notices)
    assert safety.check(context) == []


def test_a_recall_that_a_wrong_clock_dated_ahead_is_taken_back_as_a_whole_with_a_signature(pharmacy):
    before = [batches.card(pharmacy, lot).kept for lot in LOTS]
    ahead = at_work(pharmacy.store, TODAY + timedelta(days=900))
    number = recall.open_recall(ahead, component="MC26", reason="letter").recall.number
    entry = batches.card(pharmacy, "A-1").movements[0].id
    staffed(pharmacy)

    with pytest.raises(Refused, match="Take the recall back as a whole"):
        ledger.void(pharmacy, entry, reason="wrong clock", sign=pen())
    with pytest.raises(Refused, match="takes a pharmacist"):
        recall.take_back(pharmacy, number, reason="wrong clock", sign=pen(BEN))
    back = recall.take_back(pharmacy, number, reason="wrong clock", sign=pen())

    assert [batches.card(pharmacy, lot).kept for lot in LOTS] == before
    assert back.recall.closed.taken_back
    assert recall.document(pharmacy, number).sign.word == "Taken back"
    assert back.signatures[0].endswith("record unchanged since")
    assert ledger.dispense(pharmacy, "A-1", 30, days_supply=30).posted.on_hand == 180
    assert recall.scope(pharmacy, component="MC26").recalled is False
    assert [each.kept.batch.lot for each in recall.open_recall(pharmacy, component="MC26", reason="letter").reached]
    assert safety.check(pharmacy) == []


def test_a_recall_of_today_stays_and_nothing_changes(pharmacy):
    number = recall.open_recall(pharmacy, lot="A-2", reason="wrong colour").recall.number
    before = dump(pharmacy.store)

    with pytest.raises(Refused, match=r"Recall 1 of batch A-2 stays.+close it"):
        recall.take_back(pharmacy, number, reason="a slip")
    assert dump(pharmacy.store) == before


@pytest.mark.parametrize("days", [-1, -900])
def test_a_batch_is_not_recalled_on_a_day_before_its_own_or_before_its_last_entry(pharmacy, days):
    ledger.waste(pharmacy, "A-1", 1, reason="dropped")
    before = dump(pharmacy.store)

    with pytest.raises(Refused, match=r"Batch A-1 .+ today is .+ here: "):
        recall.open_recall(at_work(pharmacy.store, TODAY + timedelta(days=days)), lot="A-1", reason="letter")
    assert dump(pharmacy.store) == before


def test_of_a_component_lot_no_batch_is_left_out_for_a_wrong_date_and_those_are_named(pharmacy):
    ledger.waste(at_work(pharmacy.store, TODAY + timedelta(days=900)), "A-1", 1, reason="dropped")
    reached = recall.scope(pharmacy, component="MC26").batches

    done = recall.open_recall(pharmacy, component="MC26", reason="letter")

    assert [each.kept.batch.lot for each in done.reached] == [each.batch.lot for each in reached]
    assert done.notices == ("Recalled too, though dated ahead of 2026-11-22: A-1. Look at the clock and at them.",)
