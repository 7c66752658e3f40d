"""The weekly report on the command line: issued, listed and taken out again."""

import pytest

pytestmark = pytest.mark.needs_qt


def test_an_issued_report_has_a_number_and_comes_out_again_byte_for_byte(kept, run, tmp_path):
    said = kept("report", "weekly", "--issue", "--out", tmp_path / "week.pdf")
    assert (said.status, said.json["number"], said.json["compared_with"]) == (0, 1, None)
    assert "Issued as report 1." in said.err
    assert kept("report", "weekly").json["number"] is None

    assert run("report", "issued", "1", "--out", str(tmp_path / "again.pdf")).status == 0
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "week.pdf").read_bytes()
    run("report", "issued", "1", "--out", str(tmp_path / "week.json"))
    assert (tmp_path / "week.json").read_text() == said.out
    assert kept("check").json == {"ok": True, "findings": []}


def test_in_words_a_report_says_what_changed_and_how_far_the_trail_goes(kept, run):
    run("report", "weekly", "--issue")
    head = kept("report", "weekly").json["head"]
    said = run("report", "weekly").out

    assert f"Audit trail: {head['events']} events, ends with {head['hash']}\n" in said
    assert "0 new, 0 resolved, " in said
    assert "since report 1\n" in said


def test_what_was_never_issued_cannot_be_taken_out(kept, run, tmp_path):
    assert run("report", "issued").out == "No report was issued yet.\n"
    assert kept("report", "issued", "3").err == "There is no issued report 3. None was issued yet.\n"
    assert run("report", "issued", "--out", str(tmp_path / "week.pdf")).status == 2
    assert not (tmp_path / "week.pdf").exists()
