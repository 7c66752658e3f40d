"""`ldninv record`: a batch's record as facts, as lines and on paper."""

import pytest

LOT = "LDN260117001M"


def test_the_record_of_an_imported_batch_says_what_was_never_written_down(kept, run):
    kept("quarantine", LOT, "--reason", "to look")
    kept("release", LOT, "--appearance", "ok", "--yield", "98", "--weights", "251,249,250.5")
    said = kept("record", LOT)

    assert said.status == 0
    assert (said.json["lot"], said.json["version"], said.json["drug_mg"]) == (LOT, 0, None)
    assert said.json["weights_mg"] == ["251", "249", "250.5"]
    assert said.json["mean_mg"] == "250.167"
    assert "No worksheet was written for this batch." in run("record", LOT).out


@pytest.mark.needs_qt
def test_the_record_is_written_as_a_pdf(kept, tmp_path):
    said = kept("record", LOT, "--out", tmp_path / "record.pdf")

    assert (said.status, said.json["file"]) == (0, str(tmp_path / "record.pdf"))
    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("command", [["record", "NOPE"], ["record", LOT, "--out", "record.txt"]])
def test_what_cannot_be_is_one_line(kept, command):
    said = kept(*command)

    assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)
