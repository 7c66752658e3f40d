"""`ldninv label`: a file, what its code holds, and one line where it cannot be."""

import json

import pytest

LOT = "LDN260117001M"
pytestmark = pytest.mark.needs_qt


@pytest.mark.parametrize("suffix", ["pdf", "png", "svg", "zpl"])
@pytest.mark.parametrize("symbol", ["qr", "datamatrix", "code128"])
def test_a_label_is_written_and_said(kept, tmp_path, symbol, suffix):
    out = tmp_path / f"label.{suffix}"

    said = kept("label", LOT.lower(), "--out", out, "--symbol", symbol, "--dpi", 300)

    assert (said.status, said.json) == (0, {"file": str(out), "payload": LOT, "symbol": symbol})
    assert out.stat().st_size > 1000


def test_without_options_it_is_a_qr_for_the_commonest_roll_at_203_dots(kept, tmp_path):
    kept("label", LOT, "--out", tmp_path / "label.zpl")

    assert "^PW406\n^LL203\n" in (tmp_path / "label.zpl").read_text("ascii")


def test_more_kinds_are_options(kept, tmp_path):
    for kind, of in (("bottle", LOT), ("short-dated", "SOON-2"), ("place", "Shelf 3")):
        said = kept("label", of, "--kind", kind, "--out", tmp_path / f"{kind}.pdf", "--size", "57.15x31.75")
        assert (said.status, said.json["payload"]) == (0, of)
    assert kept("label", LOT, "--out", tmp_path / "sheet.pdf", "--size", "a4-24", "--copies", 30).status == 0


def test_a_badges_code_is_not_told(kept, monkeypatch, tmp_path):
    monkeypatch.setenv("LDNINV_NEW_PIN", "795311")
    kept("users", "add", "Mara Lind", "--role", "pharmacist")
    monkeypatch.setenv("LDNINV_PIN", "795311")

    said = kept("--user", "Mara Lind", "label", "Mara Lind", "--kind", "badge", "--out", tmp_path / "badge.svg")

    assert (said.status, said.json["payload"]) == (0, None)


@pytest.mark.parametrize(
    "command",
    [
        ["NOPE", "--out", "x.pdf"],
        ["LDN260117001K", "--out", "x.pdf"],
        [LOT, "--out", "x.txt"],
        ["SOON-2", "--out", "x.pdf", "--symbol", "code128", "--size", "25.4x25.4"],
        ["OLD-1", "--out", "x.pdf", "--kind", "bottle"],
    ],
)
def test_what_cannot_be_is_one_line_and_no_file(kept, tmp_path, command, monkeypatch):
    monkeypatch.chdir(tmp_path)

    said = kept("label", *command)

    assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)
    assert not list(tmp_path.glob("x.*"))


@pytest.mark.parametrize("option", [["--dpi", "96"], ["--size", "big"], ["--symbol", "aztec"], ["--kind", "hat"]])
def test_a_wrong_option_is_wrong_usage(kept, tmp_path, option):
    assert kept("label", LOT, "--out", tmp_path / "x.pdf", *option).status == 2


def test_the_label_is_in_the_trail(kept, run, tmp_path):
    kept("label", LOT, "--out", tmp_path / "label.pdf")

    (event,) = [each for each in json.loads(kept("show", LOT).out)["events"] if each["action"] == "label"]

    assert event["reason"] is None
