"""Release, hold, decisions and disposal as people answer for them: who signs what, and what is kept of it."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from builders import NOW, TODAY, a_batch, at_work, dump, keep
from ldninv.domain.entries import Decision, Disposal, DisposalReason
from ldninv.domain.expiry import ONE_YEAR, ComponentLot
from ldninv.domain.making import Recipe
from ldninv.domain.people import Role
from ldninv.domain.quality import Checks
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused
from ldninv.domain.settings import Settings
from ldninv.domain.signing import Meaning, ReleasedBy, holds
from ldninv.domain.standing import State
from ldninv.services import batches, importing, ledger, making, people, places, preferences, safety, standing
from ldninv.services.evidence import signed_facts
from ldninv.services.sign_in import sign_in
from staff import ANA, BEN, IDA, MARA, PINS, pen, staffed

pytestmark = pytest.mark.on_both

GOOD = TODAY + timedelta(days=200)
SOONER = TODAY + timedelta(days=20)
LOOKED = Checks(appearance="ok", label="ok", yielded=300, weights_mg=(250, 251))
RX = "RX-104477"


@pytest.fixture
def bench(context):
    """A released batch, one that waits and was made by Ana, an earlier one that is on hold, and nobody to sign."""
    keep(context, a_batch(lot="OUT", beyond_use=GOOD))
    keep(context, a_batch(lot="NEW", beyond_use=GOOD, made_by=ANA), released=False)
    keep(context, a_batch(lot="MINE", beyond_use=GOOD, made_by=MARA), released=False)
    keep(context, a_batch(lot="WARM", beyond_use=GOOD))
    places.add_place(context, "Bin")
    standing.hold(context, "WARM", reason="41 °C")
    return context


RECIPE = Recipe(
    strength=Strength(4500),
    prepared=TODAY,
    made=300,
    policy=ONE_YEAR,
    components=(ComponentLot("Naltrexone HCl", "NX26"),),
)


@pytest.fixture
def house(bench):
    """The same with people, Ana at the bench."""
    return staffed(bench)


def signatures(context, lot):
    with context.store.reading() as work:
        return [(each.name, each.meaning) for each in work.signatures.of(lot)]


def test_a_second_person_who_may_releases_with_every_check_and_signs_it(house):
    done = standing.release(house, "NEW", LOOKED, sign=pen(MARA))

    assert done.notices == ()
    assert batches.card(house, "NEW").standing.state is State.RELEASED
    assert signatures(house, "NEW") == [(MARA, Meaning.RELEASED)]


UNSIGNED = {
    "nobody signs": (lambda here: standing.release(here, "NEW", LOOKED), "a signature: the release of batch NEW"),
    "a technician releases": (
        lambda here: standing.release(here, "NEW", LOOKED, sign=pen(BEN)),
        "Ben Okoye is a technician, and cannot sign the release of batch NEW. It takes a pharmacist: Mara Lind",
    ),
    "who made it releases": (
        lambda here: standing.release(here, "MINE", LOOKED, sign=pen(MARA)),
        "Mara Lind made batch MINE, and cannot sign for it too",
    ),
    "a check is missing": (
        lambda here: standing.release(here, "NEW", Checks(appearance="ok"), sign=pen(MARA)),
        "yield, capsule weights not recorded",
    ),
    "the appearance is blank": (
        lambda here: standing.release(here, "NEW", replace(LOOKED, appearance=" "), sign=pen(MARA)),
        "appearance not recorded",
    ),
    "the label does not match": (
        lambda here: standing.release(here, "NEW", replace(LOOKED, label="wrong strength"), sign=pen(MARA)),
        r"Batch NEW cannot be released: its label does not match the record \(wrong strength\)\. Label it anew",
    ),
    "a weight is none": (
        lambda here: standing.release(here, "NEW", replace(LOOKED, weights_mg=(0, 0)), sign=pen(MARA)),
        "No capsule weighs 0 mg",
    ),
    "less than nothing came out": (
        lambda here: standing.release(here, "NEW", replace(LOOKED, yielded=-3), sign=pen(MARA)),
        "-3 capsules cannot have come out",
    ),
    "an admin releases": (
        lambda here: standing.release(here, "NEW", LOOKED, sign=pen(IDA)),
        "Ida Berg is an admin, and cannot sign",
    ),
    "a technician decides": (
        lambda here: standing.decide(here, "WARM", Decision.KEEP, reason="x", sign=pen(BEN)),
        "cannot sign the decision on a hold",
    ),
    "nobody signs an earlier date": (
        lambda here: standing.decide(here, "OUT", Decision.SHORTEN, reason="x", expires=SOONER),
        "This takes a signature: an earlier date",
    ),
    "nobody saw it": (
        lambda here: ledger.dispose(here, "OUT", 5, reason=DisposalReason.DAMAGE, sign=pen(ANA)),
        "Name the witness",
    ),
    "who did it saw it": (
        lambda here: ledger.dispose(here, "OUT", 5, reason=DisposalReason.DAMAGE, witness=ANA, sign=pen(ANA)),
        "Ana Ruiz does it, and cannot be the witness too",
    ),
    "who signs saw it": (
        lambda here: ledger.dispose(here, "OUT", 5, reason=DisposalReason.DAMAGE, witness=BEN, sign=pen(BEN)),
        "Ben Okoye signs for it, and cannot be the witness too: the disposal of batch OUT",
    ),
}


@pytest.mark.parametrize(("verb", "words"), UNSIGNED.values(), ids=UNSIGNED)
def test_what_nobody_answers_for_is_not_done(house, verb, words):
    before = dump(house.store)

    with pytest.raises(Refused, match=words):
        verb(house)
    after = dump(house.store)
    assert {name: after[name] for name in ("batch", "movement", "signature", "disposal")} == {
        name: before[name] for name in ("batch", "movement", "signature", "disposal")
    }


@pytest.mark.parametrize("typed", [None, ANA, "M. Lind", "mara  LIND"])
def test_who_wrote_a_batch_down_does_not_release_it_whoever_was_typed_as_its_maker(house, typed):
    sign_in(house, MARA, PINS[MARA])
    lot = making.make(house, replace(RECIPE, made_by=typed)).posted.lot
    people.rename(house, MARA, "Mara Weber")

    with pytest.raises(Refused, match=f"Mara Weber (made|wrote down) batch {lot}, and cannot sign for it too"):
        standing.release(house, lot, LOOKED, sign=pen(MARA))
    assert signatures(house, lot) == []


def test_where_one_pharmacist_types_in_everything_the_refusal_names_both_ways_out_and_they_are_ways(house):
    sign_in(house, MARA, PINS[MARA])
    lots = [making.make(house, RECIPE).posted.lot for _ in range(2)]
    with pytest.raises(Refused) as said:
        standing.release(house, lots[0], LOOKED, sign=pen(MARA))
    assert "add a second pharmacist in Settings, or say there that any second person releases" in str(said.value)
    assert said.value.typed == "ldninv users add NAME --role pharmacist"

    people.add(house, "Ola Nord", Role.PHARMACIST, "518203")
    with pytest.raises(Refused, match="Let a second person sign: Ola Nord"):
        standing.release(house, lots[0], LOOKED, sign=pen(MARA))
    preferences.change(house, replace(house.settings, released_by=ReleasedBy.ANYBODY))
    standing.release(house, lots[0], LOOKED, sign=pen(BEN))
    assert batches.card(house, lots[0]).standing.state is State.RELEASED


def listed(context, file, **columns):
    """Let Mara bring a batch in by a list, to be released."""
    sign_in(context, MARA, PINS[MARA])
    named = {"Lot": "OLD-7", "Strength": "4.5", "Made": "2026-11-01", "Expires": "2027-11-01", "Quantity": "300"}
    named |= columns
    file.write_text(f"{','.join(named)}\n{','.join(named.values())}\n", encoding="utf-8")
    importing.import_lists(context, [importing.preview(context, file)], quarantine=True)


def test_who_brought_a_batch_in_by_a_list_counts_as_its_maker_where_the_list_names_none(house, tmp_path):
    listed(house, tmp_path / "list.csv")

    with pytest.raises(Refused, match="Mara Lind wrote down batch OLD-7, and cannot sign for it too"):
        standing.release(house, "OLD-7", LOOKED, sign=pen(MARA))


def test_who_brought_a_list_in_releases_what_the_list_says_another_made(house, tmp_path):
    listed(house, tmp_path / "list.csv", **{"Made by": "Ana Ruiz"})

    assert standing.release(house, "OLD-7", LOOKED, sign=pen(MARA)).notices == ()


def test_the_window_asks_for_the_label_too_where_there_are_people(house):
    seen = replace(LOOKED, label=None)

    with pytest.raises(Refused, match="cannot be released: label not recorded"):
        standing.release(house, "NEW", seen, sign=pen(MARA), with_label=True)
    assert standing.release(house, "NEW", seen, sign=pen(MARA)).notices == ("Not recorded: label.",)


def test_a_decision_is_signed_and_a_later_look_finds_it_unchanged(house):
    posted = standing.decide(house, "WARM", Decision.SHORTEN, reason="4 h", expires=SOONER, sign=pen()).posted
    standing.decide(house, "OUT", Decision.SHORTEN, reason="assay", expires=SOONER, sign=pen())

    with house.store.reading() as work:
        (signature,) = work.signatures.of("WARM")
    assert signature.meaning is Meaning.DECIDED
    assert holds(signature, signed_facts(batches.card(house, "WARM").movements[0]))
    assert batches.card(house, "WARM").movements[0] == posted
    assert signatures(house, "OUT") == [(MARA, Meaning.EXPIRY_CHANGED)]
    assert safety.check(house) == []


def test_what_is_put_on_hold_while_somebody_signs_an_earlier_date_is_looked_at_again(house):
    asked = []

    def now():
        if not asked:
            asked.append(True)
            standing.hold(house, "OUT", reason="label doubtful")
        return NOW

    meanwhile = replace(house, now=now)
    with pytest.raises(Refused, match="was put on hold or decided on at this moment"):
        standing.decide(meanwhile, "OUT", Decision.SHORTEN, reason="assay", expires=SOONER, sign=pen())
    assert batches.card(house, "OUT").standing.state is State.HELD
    assert signatures(house, "OUT") == []


def test_a_shortened_date_holds_at_every_door_and_its_first_one_can_be_read(bench):
    standing.decide(bench, "OUT", Decision.SHORTEN, reason="warm", expires=SOONER)
    batch = batches.card(bench, "OUT").kept.batch

    assert (batch.expiry.on, batch.expiry.decided_by, batch.expiry.rule) == (SOONER, "pharmacist", "shortened: warm")
    assert batch.first_expiry.on == GOOD
    with pytest.raises(Refused, match="does not cover 30 days"):
        ledger.dispense(bench, "OUT", 30, days_supply=30)
    assert batches.card(at_work(bench.store, SOONER + timedelta(days=1)), "OUT").standing.state is State.EXPIRED
    told = (
        json.loads(batches.card(bench, "OUT").events[0].before),
        json.loads(batches.card(bench, "OUT").events[0].after),
    )
    assert (told[0]["expires"], told[1]["shortened_to"]) == (str(GOOD), str(SOONER))
    assert safety.check(bench) == []


def test_a_date_shortened_behind_the_programs_back_is_found(filed):
    keep(filed, a_batch(lot="OUT", beyond_use=GOOD))
    standing.decide(filed, "OUT", Decision.SHORTEN, reason="warm", expires=SOONER)
    filed.store.close()
    with closing(sqlite3.connect(filed.store.name, isolation_level=None)) as theirs:
        theirs.execute("DROP TRIGGER batch_date_is_only_shortened")
        theirs.execute("UPDATE batch SET expires = '2030-01-01'")

    assert safety.check(filed) == ["Batch OUT shows another standing."]


def test_a_decision_changed_behind_the_programs_back_is_found(filed):
    keep(filed, a_batch(lot="OUT", beyond_use=GOOD))
    standing.hold(filed, "OUT", reason="warm")
    standing.decide(filed, "OUT", Decision.KEEP, reason="fine")
    filed.store.close()
    with closing(sqlite3.connect(filed.store.name, isolation_level=None)) as theirs:
        theirs.execute("DROP TRIGGER movement_no_update")
        theirs.execute("UPDATE movement SET decision = 'shorten' WHERE decision IS NOT NULL")

    assert safety.check(filed) == ["Batch OUT is not what event 3 says: decision."]


def test_a_disposal_keeps_how_it_was_done_who_saw_it_and_what_it_was_worth(house):
    with house.store.transaction() as work:
        work.preferences.write(Settings(capsule_value_cents=85))
    how = {"method": "incinerated", "container": "bin 4", "witness": BEN}
    posted = ledger.dispose(house, "OUT", 20, reason=DisposalReason.DAMAGE, sign=pen(ANA), **how).posted

    with house.store.reading() as work:
        kept = work.disposals.of(posted.id)
        (signature,) = work.signatures.of("OUT")
    assert kept == Disposal(value_cents=1700, **how)
    assert (signature.name, signature.meaning) == (ANA, Meaning.DISPOSED)
    assert holds(signature, signed_facts(posted, kept))
    assert not holds(signature, signed_facts(posted, Disposal(method="flushed")))


@pytest.mark.parametrize("typed", ["John Smith", "Smith 123", "Jo Li 12", "RX"])
def test_a_persons_name_is_no_prescription_number_and_is_not_said_again(bench, typed):
    with bench.store.transaction() as work:
        work.preferences.write(Settings(rx_numbers=True))
    before = dump(bench.store)

    with pytest.raises(Refused, match="it has digits, and no person's name") as said:
        ledger.dispense(bench, "OUT", 30, days_supply=30, rx=typed)
    assert typed not in str(said.value)
    assert dump(bench.store) == before


def test_a_prescriptions_number_is_kept_in_its_own_table_alone_and_only_where_that_is_set(bench):
    with pytest.raises(Refused, match="keeps no prescription numbers") as said:
        ledger.dispense(bench, "OUT", 30, days_supply=30, rx=RX)
    assert RX not in str(said.value)
    with bench.store.transaction() as work:
        work.preferences.write(Settings(rx_numbers=True))
    posted = ledger.dispense(bench, "OUT", 30, days_supply=30, rx=f" {RX} ").posted

    with bench.store.reading() as work:
        assert work.prescriptions.of([posted.id, 1]) == {posted.id: RX}
    assert [name for name, rows in dump(bench.store).items() if RX in str(rows)] == ["rx"]
    assert RX not in str(posted)


def test_a_clock_gone_backwards_is_refused_whatever_is_asked(bench):
    ledger.waste(at_work(bench.store, TODAY + timedelta(days=3)), "OUT", 1, reason="dropped")
    words = r"has an entry of 2026-11-25, and today is 2026-11-22 here: the clock has gone backwards\. Set"

    for verb in (
        lambda: ledger.dispense(bench, "OUT", 1, days_supply=1),
        lambda: ledger.dispose(bench, "OUT", 1, reason=DisposalReason.DAMAGE),
        lambda: standing.hold(bench, "OUT", reason="warm"),
        lambda: ledger.move(bench, "OUT", "Bin"),
    ):
        with pytest.raises(Refused, match=words):
            verb()
    assert ledger.outlook(bench, "OUT", 1, days_supply=1).refusal.startswith("Batch OUT has an entry of 2026-11-25")


def test_an_event_whose_entry_is_not_in_the_ledger_is_found(filed):
    keep(filed, a_batch(lot="OUT", beyond_use=GOOD))
    with filed.writing() as work:
        event = filed.event("wasted", "OUT", after={"day": str(TODAY), "capsules": -3}, reason="dropped")
        number = work.trail.append(event)

    assert safety.check(filed) == [f"Event {number} tells of batch OUT (wasted), and its ledger does not."]
