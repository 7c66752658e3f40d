"""Signatures held against what is there now."""

from datetime import timedelta
from decimal import Decimal

import pytest

from builders import TODAY, a_batch, keep
from ldninv.domain.entries import Decision, DisposalReason
from ldninv.domain.quality import Checks
from ldninv.domain.record import Worksheet
from ldninv.domain.signing import Meaning
from ldninv.services import batches, ledger, record, signed, standing
from staff import BEN, MARA, pen, staffed

pytestmark = pytest.mark.on_both

SEEN = Checks(appearance="ok", label="ok", yielded=300, weights_mg=(Decimal(250),))


@pytest.fixture
def released(context):
    """A batch that Mara released."""
    keep(context, a_batch(lot="A", beyond_use=TODAY + timedelta(days=99)), released=False)
    staffed(context)
    standing.release(context, "A", SEEN, sign=pen(MARA))
    return context


def found(context):
    kept = batches.card(context, "A").kept
    return [(each.signature.meaning, each.unchanged) for each in signed.of_batch(context, kept)]


def test_what_nobody_signed_has_no_signatures(context):
    keep(context, a_batch(lot="A"))

    assert found(context) == []


def test_a_release_stays_unchanged_whatever_the_ledger_does(released):
    ledger.waste(released, "A", 5, reason="spilled")

    assert found(released) == [(Meaning.RELEASED, True)]


def test_a_record_that_is_corrected_after_its_release_was_changed_since(released):
    record.amend(released, "A", Worksheet(planned=290), reason="misread")

    assert found(released) == [(Meaning.RELEASED, False)]


def test_decisions_and_disposals_are_held_against_their_entries(released):
    standing.hold(released, "A", reason="label")
    standing.decide(released, "A", Decision.KEEP, reason="found", sign=pen(MARA))
    standing.decide(released, "A", Decision.SHORTEN, reason="assay", expires=TODAY + timedelta(days=9), sign=pen(MARA))
    ledger.dispose(released, "A", 9, reason=DisposalReason.DAMAGE, witness=BEN, sign=pen(MARA))

    assert found(released)[1:] == [(Meaning.DECIDED, True), (Meaning.EXPIRY_CHANGED, True), (Meaning.DISPOSED, True)]


@pytest.mark.speaks_sqlite
def test_an_entry_that_was_changed_beside_its_event_was_changed_since(released):
    standing.decide(released, "A", Decision.SHORTEN, reason="assay", expires=TODAY + timedelta(days=9), sign=pen(MARA))
    with released.store.transaction() as work:
        work.database.execute_sql("DROP TRIGGER movement_no_update")
        work.database.execute_sql("UPDATE movement SET reason = 'other' WHERE reason = 'assay'")

    assert found(released) == [(Meaning.RELEASED, True), (Meaning.EXPIRY_CHANGED, False)]
