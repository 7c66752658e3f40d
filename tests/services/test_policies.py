"""Policies follow one another; no batch moves by itself, and what would be shorter is decided and signed (R1, R2)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from builders import TODAY, a_batch, dump, keep
from ldninv.domain.entries import Decision
from ldninv.domain.expiry import DAYS_360, ONE_YEAR, USP_795, ComponentLot, DecidedBy
from ldninv.domain.making import Recipe
from ldninv.domain.people import Role
from ldninv.domain.policies import BEYOND_USP_795
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused
from ldninv.domain.settings import Settings
from ldninv.services import batches, ledger, making, people, policies, preferences, safety, signing
from ldninv.services.sign_in import sign_in
from ldninv.services.signing import Pen

pytestmark = pytest.mark.on_both

DRUG = ComponentLot("Naltrexone HCl", "NX271", date(2028, 6, 30))
RECIPE = Recipe(strength=Strength(4500), prepared=TODAY, made=300, policy=ONE_YEAR, components=(DRUG,))
PIN = "270653"
EARLIER = date(2027, 1, 31)


@pytest.fixture
def lot(context):
    return making.make(context, RECIPE).posted.lot


def speaking(context):
    return [(each.kept.batch.lot, each.to.on, each.to.rule) for each in policies.shortenings(context)]


def test_without_any_choice_the_default_is_in_force(context):
    assert policies.managed(context).current == ONE_YEAR
    assert policies.managed(context).adopted == ()


def test_a_policy_holds_from_its_day_on_and_the_next_one_ends_it(context):
    policies.approve(context, DAYS_360)
    policies.approve(context, USP_795, effective_from=TODAY + timedelta(days=10), reason="no study of our own")

    found = policies.managed(context)
    assert found.current == context.settings.policy == DAYS_360
    assert [(each.policy, each.superseded_at) for each in found.adopted] == [
        (USP_795, None), (DAYS_360, TODAY + timedelta(days=10)),
    ]  # fmt: skip
    later = replace(context, today=lambda: TODAY + timedelta(days=10))
    assert policies.managed(later).current == later.settings.policy == USP_795
    with context.store.reading() as work:
        assert work.settings(TODAY + timedelta(days=9)).policy == DAYS_360


def test_a_year_is_said_once_to_be_beyond_usp_795_and_half_a_year_is_not(context):
    assert policies.approve(context, ONE_YEAR).notices[0] == BEYOND_USP_795
    assert BEYOND_USP_795 not in policies.approve(context, USP_795).notices


@pytest.mark.parametrize(
    ("policy", "since", "words"),
    [
        (USP_795, TODAY - timedelta(days=1), "from today on at the earliest"),
        (replace(ONE_YEAR, name="Ours", basis=" "), TODAY, "needs a reason"),
        (DAYS_360, TODAY, "in force on 2026-11-22 already"),
    ],
)
def test_a_policy_that_cannot_be_is_refused_and_keeps_nothing(context, policy, since, words):
    policies.approve(context, DAYS_360)
    before = dump(context.store)

    with pytest.raises(Refused, match=words):
        policies.approve(context, policy, effective_from=since)
    assert dump(context.store) == before


def test_the_settings_put_a_policy_in_force_as_the_manager_does(context):
    preferences.change(context, Settings(policy=USP_795))

    assert [each.policy for each in policies.managed(context).adopted] == [USP_795]


def test_a_shorter_policy_speaks_to_batches_that_took_their_date_from_one_and_moves_none(context, lot):
    keep(context, a_batch(lot="PRINTED", prepared=TODAY, beyond_use=date(2028, 1, 1)))
    said = policies.approve(context, USP_795).notices

    assert said[0] == "1 batch with stock keeps a date that it would shorten. Decide for each: keep or shorten."
    assert speaking(context) == [(lot, date(2027, 5, 21), "USP <795> 180 days")]
    assert batches.card(context, lot).kept.batch.expiry.on == date(2027, 11, 22)


def test_a_longer_policy_speaks_to_none(context):
    making.make(context, replace(RECIPE, policy=USP_795))
    policies.approve(context, ONE_YEAR)

    assert speaking(context) == []


def test_an_empty_batch_is_not_spoken_of(context, lot):
    ledger.waste(context, lot, 300, reason="dropped")
    policies.approve(context, USP_795)

    assert speaking(context) == []


def test_a_component_read_anew_speaks_to_the_batches_made_with_it(context, lot):
    making.make(context, replace(RECIPE, components=()))
    policies.read_anew(context, "nx271", EARLIER, reason="the supplier wrote")

    assert speaking(context) == [(lot, EARLIER, "Naltrexone HCl NX271")]
    policies.read_anew(context, "NX271", date(2028, 6, 30), reason="they took it back")
    assert speaking(context) == []


def test_the_pharmacys_setting_leaves_components_out_of_it(context, lot):
    preferences.change(context, Settings(with_components=False))
    policies.read_anew(context, "NX271", EARLIER, reason="the supplier wrote")

    assert speaking(context) == []


def test_components_that_share_a_lot_are_told_apart_by_name(context):
    making.make(context, replace(RECIPE, components=(DRUG, ComponentLot("MCC", "nx271"))))
    with pytest.raises(Refused, match="Several components carry"):
        policies.read_anew(context, "NX271", EARLIER, reason="x")
    policies.read_anew(context, "NX271", EARLIER, reason="x", name="mcc")

    assert [rule for *_, rule in speaking(context)] == ["MCC nx271"]


@pytest.mark.usefixtures("lot")
def test_a_date_that_is_there_or_a_lot_that_is_not_is_refused(context):
    for lot, day, words in (("NX271", date(2028, 6, 30), "carries 2028-06-30 already"), ("NX9", EARLIER, "No batch")):
        with pytest.raises(Refused, match=words):
            policies.read_anew(context, lot, day, reason="x")


def test_a_kept_date_is_not_asked_about_again_until_a_rule_says_an_earlier_one(context, lot):
    policies.approve(context, USP_795)
    policies.decide(context, lot, Decision.KEEP, reason="a study of our own")

    assert speaking(context) == []
    policies.read_anew(context, "NX271", EARLIER, reason="the supplier wrote")
    assert speaking(context) == [(lot, EARLIER, "Naltrexone HCl NX271")]


def test_a_shortened_batch_has_the_earlier_date_and_nothing_speaks_to_it_any_more(context, lot):
    policies.approve(context, USP_795)
    policies.decide(context, lot, Decision.SHORTEN, reason="no study of our own")

    expiry = batches.card(context, lot).kept.batch.expiry
    assert (expiry.on, expiry.decided_by) == (date(2027, 5, 21), DecidedBy.PHARMACIST)
    assert speaking(context) == []
    assert safety.check(context) == []
    with pytest.raises(Refused, match="gives batch"):
        policies.decide(context, lot, Decision.KEEP, reason="x")


def test_where_there_are_people_a_pharmacist_signs_policy_and_decision(context, lot):
    people.add(context, "Mara", Role.PHARMACIST, PIN)
    sign_in(context, "Mara", PIN)
    pen = Pen("Mara", PIN)
    for unsigned in (
        lambda: policies.approve(context, USP_795),
        lambda: preferences.change(context, Settings(policy=USP_795)),
    ):
        with pytest.raises(Refused, match="takes a signature"):
            unsigned()
    policies.approve(context, USP_795, sign=pen)
    with pytest.raises(Refused, match="takes a signature"):
        policies.decide(context, lot, Decision.KEEP, reason="x")
    policies.decide(context, lot, Decision.KEEP, reason="x", sign=pen)

    (signature,) = signing.signatures(context, USP_795.name)
    assert signing.holds(signature, policies.content(USP_795, TODAY))
    assert [each.meaning for each in signing.signatures(context, lot)] == ["expiry-changed"]


def test_what_expired_waits_for_no_decision_and_one_batch_is_asked_as_all_are(context, lot):
    old = making.make(context, replace(RECIPE, prepared=TODAY - timedelta(days=366), components=())).posted.lot
    policies.approve(context, USP_795)
    cards = {each: batches.card(context, each).kept for each in (lot, old)}

    assert [each for each, *_ in speaking(context)] == [lot]
    assert policies.shortening_of(context, cards[lot]).to.on == TODAY + timedelta(days=180)
    assert policies.shortening_of(context, cards[old]) is None
    policies.decide(context, lot, Decision.KEEP, reason="assay on file")
    assert policies.shortening_of(context, cards[lot]) is None
