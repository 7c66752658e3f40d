"""An issued report is numbered, kept byte for byte, compared with the last one, and signed off by a pharmacist."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest

from builders import NOW, TODAY, a_batch, at_work, dump, keep
from ldninv.domain.days import Week
from ldninv.domain.entries import DisposalReason
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.signing import Meaning
from ldninv.services import issuing, ledger, safety, standing, weekly
from ldninv.services.files import digest_of, sha256
from ldninv.services.today import today
from staff import ANA, BEN, MARA, pen, staffed

pytestmark = pytest.mark.needs_qt

PAST = date(2026, 3, 1)
NEAR = TODAY + timedelta(days=20)


@pytest.fixture
def pharmacy(context):
    keep(context, a_batch(lot="OLD", beyond_use=PAST), a_batch(lot="NEAR", beyond_use=NEAR))
    return context


def later(context, days):
    """Return the context of the same people some days later."""
    return at_work(context.store, TODAY + timedelta(days=days))


def changes(made):
    found = made.changes
    return [each.lot for each in found.new], [each.lot for each in found.resolved], [each.lot for each in found.open]


def test_an_issued_report_is_numbered_and_kept_with_its_pages_and_the_head_of_the_trail(pharmacy):
    head = weekly.report(pharmacy).head
    done = issuing.issue(pharmacy)

    (kept,) = issuing.reports(pharmacy)
    assert (kept.issued, kept.intact) == (done.issued, True)
    assert (kept.issued.number, kept.issued.week, kept.issued.as_of) == (1, Week.of(TODAY), TODAY)
    assert (kept.issued.by, kept.issued.head) == ("Ana", head)
    said = json.loads(issuing.content(pharmacy, 1, "json"))
    assert (said["number"], said["head"]) == (1, {"events": head.events, "hash": head.hash})
    pages = pypdfium2.PdfDocument(issuing.content(pharmacy, 1))
    text = pages[0].get_textpage().get_text_bounded()
    assert "Report number" in text
    assert head.hash in text
    assert safety.check(pharmacy) == []


def test_the_trail_keeps_the_digest_of_what_was_issued_and_of_its_files(pharmacy, tmp_path):
    issuing.issue(pharmacy, targets=[tmp_path, tmp_path / "week.csv", tmp_path / "week.json"])

    with pharmacy.store.reading() as work:
        event = work.trail.last("report-issued")
    after = json.loads(event.after)
    assert (event.subject, after["pdf"]) == ("report 1", sha256(issuing.content(pharmacy, 1)))
    assert after["files"] == {path.name: digest_of(path) for path in tmp_path.iterdir()}
    assert (tmp_path / "ldn-expiry-2026-W47.pdf").read_bytes() == issuing.content(pharmacy, 1)
    assert (tmp_path / "week.json").read_bytes() == issuing.content(pharmacy, 1, "json")


def test_it_is_taken_out_again_byte_for_byte_and_over_nothing_else(pharmacy, tmp_path):
    issuing.issue(pharmacy)
    keep(pharmacy, a_batch(lot="OLDER", beyond_use=PAST))
    (tmp_path / "mine.pdf").write_text("by hand")

    issuing.save(pharmacy, 1, tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == issuing.content(pharmacy, 1)
    with pytest.raises(Refused, match="is no paper of this database"):
        issuing.save(pharmacy, 1, tmp_path / "mine.pdf")
    with pytest.raises(Refused, match="kept as pdf and json"):
        issuing.save(pharmacy, 1, tmp_path / "again.xlsx")
    with pytest.raises(Refused, match=r"no issued report 2\. The last one is report 1\."):
        issuing.content(pharmacy, 2)


def test_what_cannot_be_written_issues_nothing(pharmacy, tmp_path):
    (tmp_path / "file").write_text("")
    before = dump(pharmacy.store)

    with pytest.raises(Surroundings, match="cannot be written"):
        issuing.issue(pharmacy, targets=[tmp_path / "week.csv", tmp_path / "file" / "week.csv"])
    assert dump(pharmacy.store) == before
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_first_report_finds_all_new_and_the_next_says_what_became_of_it(pharmacy):
    keep(pharmacy, a_batch(lot="HELD", beyond_use=TODAY + timedelta(days=300)))
    standing.hold(pharmacy, "HELD", reason="stood warm")
    first = issuing.issue(pharmacy).report
    assert changes(first) == (["OLD", "NEAR", "HELD"], [], [])
    ledger.dispose(pharmacy, "OLD", 300, reason=DisposalReason.EXPIRED, method="incinerated", witness="Ben")
    standing.decide(pharmacy, "HELD", standing.Decision.KEEP, reason="within limits")
    keep(pharmacy, a_batch(lot="NEW", beyond_use=PAST))

    second = issuing.issue(later(pharmacy, 7)).report
    assert (second.number, second.changes.since) == (2, 1)
    assert changes(second) == (["NEW"], ["OLD", "HELD"], ["NEAR"])
    assert [(each.how, each.by, each.on, each.on_hand) for each in second.changes.resolved] == [
        ("disposed of (expired)", "Ana", TODAY, 0),
        ("decided: kept (within limits)", "Ana", TODAY, 300),
    ]
    assert [each.weeks(second.week) for each in second.changes.open] == [2]


def test_a_batch_that_expired_meanwhile_is_new_there_and_says_where_it_came_from(pharmacy):
    issuing.issue(pharmacy)
    made = weekly.report(later(pharmacy, 21))

    assert [(each.lot, each.section, each.was) for each in made.changes.new] == [("NEAR", "expired", "near_expiry")]
    assert [(each.lot, each.weeks(made.week)) for each in made.changes.open] == [("OLD", 4)]


def test_a_past_week_is_compared_with_what_was_issued_up_to_then(pharmacy):
    issuing.issue(pharmacy, Week(2026, 40))
    issuing.issue(pharmacy)

    assert weekly.report(pharmacy, Week(2026, 45)).changes.since == 1
    assert weekly.report(pharmacy, Week(2026, 39)).changes.since is None
    assert weekly.report(pharmacy).changes.since == 2


@pytest.mark.speaks_sqlite
def test_two_that_issue_at_once_make_one_report_and_one_refusal(pharmacy):
    def while_another_issues():
        if not issuing.reports(pharmacy):
            issuing.issue(pharmacy)
        return NOW

    with pytest.raises(Refused, match="Another report was issued at this moment"):
        issuing.issue(replace(pharmacy, now=while_another_issues))
    assert [each.issued.number for each in issuing.reports(pharmacy)] == [1]


def test_the_age_of_the_last_report_is_that_of_the_last_issued_one(pharmacy):
    issuing.issue(pharmacy)
    with pharmacy.store.transaction() as work:
        at = work.trail.last("report-issued").at
    weekly.remember(pharmacy, weekly.report(pharmacy))
    issuing.issue(pharmacy, Week(2026, 40))

    with pharmacy.store.reading() as work:
        assert weekly.last_made(work).isoformat(timespec="milliseconds") == at
    assert today(pharmacy).report_age == 0


def test_without_people_a_sign_off_is_recorded_as_unsigned(pharmacy):
    assert issuing.issue(pharmacy, sign_off=True).notices[0].startswith("Recorded as unsigned")
    assert issuing.report(pharmacy, 1).signatures == ()


def test_a_pharmacist_signs_an_issued_report_once(pharmacy):
    staffed(pharmacy)
    issuing.issue(pharmacy)
    assert issuing.sign_off(pharmacy, 1, sign=pen(MARA)).notices == ()

    (signed,) = issuing.report(pharmacy, 1).signatures
    assert (signed.signature.name, signed.signature.meaning, signed.unchanged) == (MARA, Meaning.REPORT, True)
    with pharmacy.store.reading() as work:
        event = work.trail.last("report-signed")
    assert (event.by, event.subject) == (ANA, "report 1")
    with pytest.raises(Refused, match=f"{MARA} signed report 1 before"):
        issuing.sign_off(pharmacy, 1, sign=pen(MARA))
    assert safety.check(pharmacy) == []


@pytest.mark.parametrize(("sign", "says"), [(None, "This takes a signature: the report"), (BEN, "cannot sign the rep")])
def test_nobody_else_signs_it_and_nothing_is_issued_for_it(pharmacy, sign, says):
    staffed(pharmacy)

    with pytest.raises(Refused, match=says):
        issuing.issue(pharmacy, sign_off=True, sign=sign and pen(sign))
    assert issuing.reports(pharmacy) == ()


@pytest.mark.speaks_sqlite
@pytest.mark.parametrize("what", ["data", "pdf"])
def test_what_was_issued_and_then_changed_shows_and_breaks_the_signature(pharmacy, what):
    staffed(pharmacy)
    issuing.issue(pharmacy, sign_off=True, sign=pen(MARA))
    with pharmacy.store.transaction() as work:
        work.database.execute_sql("DROP TRIGGER issued_report_no_update")
        work.database.execute_sql(f"UPDATE issued_report SET {what} = CAST(? AS BLOB)", (b"{}",))

    kept = issuing.report(pharmacy, 1)
    assert (kept.intact, [each.unchanged for each in kept.signatures]) == (False, [False])
    found = safety.check(pharmacy)
    assert found[-1] == "What is kept of report 1 was changed since it was issued."
    assert all(each.startswith("The signature of Mara Lind under report 1") for each in found[:-1])


@pytest.mark.speaks_sqlite
def test_an_issued_report_whose_row_is_gone_is_missed(pharmacy):
    issuing.issue(pharmacy)
    with pharmacy.store.transaction() as work:
        work.database.execute_sql("DROP TRIGGER issued_report_no_delete")
        work.database.execute_sql("DELETE FROM issued_report")
        event = work.trail.last("report-issued").number

    assert safety.check(pharmacy) == [f"The report of event {event} is not there."]
