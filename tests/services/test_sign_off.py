"""A report is signed off by a pharmacist, and a later change of what was signed shows."""

import json

import pytest

from builders import a_batch, keep
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning
from ldninv.services import safety, sign_off, weekly
from ldninv.services.files import digest_of
from staff import ANA, BEN, MARA, pen, staffed


@pytest.fixture
def pharmacy(context):
    keep(context, a_batch(lot="OLD"))
    return context


def signed(context, made):
    return [(each.signature.name, each.signature.meaning, each.unchanged) for each in sign_off.of_week(context, made)]


def test_while_there_are_no_people_a_sign_off_is_recorded_as_unsigned(pharmacy):
    made = weekly.report(pharmacy)

    assert sign_off.sign_off(pharmacy, made).notices[0].startswith("Recorded as unsigned")
    assert signed(pharmacy, made.week) == []


def test_a_pharmacist_signs_a_report_with_the_digest_of_its_files(pharmacy, tmp_path):
    staffed(pharmacy)
    made = weekly.report(pharmacy)
    saved = weekly.save(pharmacy, made, [tmp_path / "week.csv"])
    assert sign_off.sign_off(pharmacy, made, saved.digests, sign=pen(MARA)).notices == ()

    assert signed(pharmacy, made.week) == [(MARA, Meaning.REPORT, True)]
    with pharmacy.store.reading() as work:
        event = work.trail.last(sign_off.ACTION)
    assert (event.by, event.subject) == (ANA, str(made.week))
    assert json.loads(event.after)["files"] == {"week.csv": digest_of(tmp_path / "week.csv")}
    assert safety.check(pharmacy) == []


@pytest.mark.parametrize(("sign", "says"), [(None, "This takes a signature: the report"), (BEN, "cannot sign the rep")])
def test_nobody_else_signs_it(pharmacy, sign, says):
    staffed(pharmacy)
    made = weekly.report(pharmacy)

    with pytest.raises(Refused, match=says):
        sign_off.sign_off(pharmacy, made, sign=sign and pen(sign))
    assert signed(pharmacy, made.week) == []


def test_what_was_signed_and_then_changed_shows(pharmacy):
    staffed(pharmacy)
    made = weekly.report(pharmacy)
    sign_off.sign_off(pharmacy, made, {"week.pdf": "ab" * 32}, sign=pen(MARA))
    with pharmacy.store.transaction() as work:
        work.database.execute_sql("DROP TRIGGER event_no_update")
        work.database.execute_sql("UPDATE event SET after = '{}' WHERE action = ?", (sign_off.ACTION,))

    assert signed(pharmacy, made.week) == [(MARA, Meaning.REPORT, False)]
