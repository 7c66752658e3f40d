"""Commands that only read: the keys, words and exit codes that others build on."""

import csv
import io
import json

import pytest

BATCH = {
    "lot", "strength_mg", "form", "prepared", "expires", "decided_by", "usable_days", "band", "state", "usable",
    "usable_capsules", "reasons", "made", "on_hand", "place", "covers", "storage", "last_dispensing",
}  # fmt: skip
ENTRY = {"id", "lot", "kind", "capsules", "on_hand", "at", "by", "reason"}
SCAN = {
    "input", "kind", "elements", "gtin", "lot", "serial", "expiry", "ndc", "error", "warning", "candidates", "batch",
}  # fmt: skip
LOT = "LDN260117001M"


def lots(said):
    assert said.status == 0
    return [batch["lot"] for batch in said.json]


def test_batches_are_listed_earliest_expiry_first_with_the_contracts_keys(kept):
    said = kept("batches")

    assert lots(said) == ["OLD-1", "SOON-2", "GONE-3", LOT]
    assert all(set(batch) == BATCH for batch in said.json)
    assert said.json[1] == {
        "lot": "SOON-2", "strength_mg": "4.5", "form": "capsule", "prepared": "2025-12-20", "expires": "2026-12-20",
        "decided_by": "printed", "usable_days": 29, "band": "under-30", "state": "released", "usable": True,
        "usable_capsules": 300, "reasons": ["29 usable days: too few for a supply of 30 days"], "made": 300,
        "on_hand": 300, "place": "Cabinet A", "covers": [], "storage": "not-monitored",
        "last_dispensing": {"30": "2026-11-21", "60": "2026-10-22", "90": "2026-09-22"},
    }  # fmt: skip
    assert said.err == ""


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--band", "expired"], ["OLD-1"]),
        (["--band", "expired", "--band", "under-30"], ["OLD-1", "SOON-2"]),
        (["--state", "depleted"], ["GONE-3"]),
        (["--strength", "4.5"], ["SOON-2", LOT]),
        (["--strength", "4,5 mg"], ["SOON-2", LOT]),
        (["--text", "cabinet"], ["SOON-2", LOT]),
        (["--text", "shelf old"], ["OLD-1"]),
        (["--in-stock"], ["OLD-1", "SOON-2", LOT]),
        (["--limit", "2"], ["OLD-1", "SOON-2"]),
        (["--text", "nowhere"], []),
    ],
)
def test_a_list_is_narrowed_by_what_is_asked(kept, options, found):
    assert lots(kept("batches", *options)) == found


def test_a_table_and_a_csv_say_the_same_in_their_ways(kept, run):
    table = run("batches")
    rows = list(csv.DictReader(io.StringIO(run("--format", "csv", "batches").out)))

    assert table.out.splitlines()[0].split() == [
        "State", "Lot", "mg", "Expires", "Usable", "days", "Covers", "On", "hand", "Usable", "Place",
    ]  # fmt: skip
    assert table.out.splitlines()[1].split()[:3] == ["Expired", "OLD-1", "3"]
    assert [row["lot"] for row in rows] == lots(kept("batches"))
    assert set(rows[0]) == BATCH
    assert rows[0]["usable"] == "no"
    assert run("batches", "--text", "nowhere").out == "No batches.\n"
    assert run("--format", "csv", "batches", "--text", "nowhere").status == 0


def test_show_tells_all_of_one_batch(kept, run):
    kept("move", LOT, "--to", "Shelf 3")
    said = kept("show", LOT.lower()).json

    assert set(said) == BATCH | {"movements", "components", "events", "places", "signatures"}
    assert all(set(entry) == ENTRY for entry in said["movements"])
    assert [(entry["kind"], entry["capsules"], entry["on_hand"]) for entry in said["movements"]] == [
        ("made", 300, 300), ("counted", -180, 120), ("released", 0, 120), ("moved", 0, 120),
    ]  # fmt: skip
    assert [set(event) for event in said["events"]] == [{"at", "by", "action", "reason"}] * 2
    assert [event["action"] for event in said["events"]] == ["imported", "moved"]
    assert [(stay["place"], stay["to"] is None) for stay in said["places"]] == [("Cabinet A", False), ("Shelf 3", True)]
    assert set(said["places"][0]) == {"place", "from", "to"}
    assert said["components"] == []
    assert said["signatures"] == []
    assert run("show", LOT).out.startswith(f"NEAR EXPIRY  {LOT}  naltrexone 4.5 mg capsules\n")


def test_show_words_each_movement_and_says_what_was_taken_back_since(kept, run):
    moved = kept("move", LOT, "--to", "Shelf 3").json["id"]
    back = kept("correct", moved, "--reason", "wrong shelf").json["id"]
    said = run("show", LOT).out

    assert f"#{moved} moved to Shelf 3; 120 left, taken back since by entry {back}" in said
    assert f"#{back} took back entry {moved}, back to Cabinet A (wrong shelf); 120 left" in said


def test_a_scan_of_a_batch_names_it_with_its_one_word(kept, run):
    said = kept("scan", f"]C0{LOT}").json

    assert set(said) == SCAN
    assert set(said["batch"]) == BATCH | {"word"}
    assert (said["kind"], said["lot"], said["batch"]["word"]) == ("batch", LOT, "Near expiry")
    assert run("scan", "old-1").out.startswith("EXPIRED  OLD-1: past its date since 2026-08-30")


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [("NOPE", "unknown", "UNKNOWN"), ("LDN260117001K", "invalid", "MISREAD"), ("", "invalid", "MISREAD")],
)
def test_a_scan_that_means_nothing_is_an_answer(kept, run, text, kind, word):
    said = kept("scan", text)

    assert (said.status, said.json["kind"], said.json["batch"], set(said.json)) == (0, kind, None, SCAN)
    assert (said.json["error"] is None) == (kind == "unknown")
    assert run("scan", text).out.startswith(word)


def test_scans_from_standard_input_are_answered_one_json_line_each(kept, run):
    codes = [
        LOT.encode(),
        b"]d20100312345678906\x1d10OLD-1",
        b"\xff\xfe\x00",
        b"",
        b"OLD-1\r",
        b"\xe2\x80\xa8",
        b"gone-3",
    ]
    for said in (kept("scan", "-", stdin=b"\n".join(codes)), run("scan", "-", stdin=b"\n".join(codes) + b"\n")):
        answers = [json.loads(line) for line in said.out.split("\n")[:-1]]

        assert said.status == 0
        assert [answer["kind"] for answer in answers] == [
            "batch", "gs1", "unknown", "invalid", "batch", "invalid", "batch",
        ]  # fmt: skip
        assert answers[1]["input"] == "]d20100312345678906\x1d10OLD-1"
        assert all(set(answer) == SCAN for answer in answers)


def test_a_makers_expiry_is_a_day_in_each_line_and_those_after_it_are_answered_too(kept):
    codes = ["(17)280331(10)AB1234", "]d201003473353268331728030010AB1234\x1d21100012345678", LOT]

    said = kept("scan", "-", stdin="\n".join(codes).encode())

    answers = [json.loads(line) for line in said.out.splitlines()]
    assert (said.status, [each["expiry"] for each in answers]) == (0, ["2028-03-31", "2028-03-31", None])


def test_a_suggestion_names_the_batch_and_those_that_do_not_serve(kept, run):
    options = ["suggest", "--strength", "4.5", "--capsules", "30", "--days", "30"]
    said = kept(*options).json

    assert said == {
        "lot": LOT,
        "why": "expires first (2027-01-17) of those that hold 30 and cover 30 days",
        "passed_over": [{"lot": "SOON-2", "why": "does not cover 30 days since 2026-11-21"}],
    }
    assert run(*options).out.startswith(f"Take {LOT}: expires first")
    none = kept("suggest", "--strength", "0.5", "--capsules", "30", "--days", "30")
    assert (none.status, none.json["lot"]) == (0, None)


def test_places_are_listed_and_added(kept, run):
    assert kept("places", "list").json == [
        {"name": "Cabinet A", "kind": "shelf", "light": "dark"},
        {"name": "Shelf 3", "kind": "shelf", "light": "dark"},
    ]
    added = kept("places", "add", "Bin", "--kind", "expired", "--light", "open", "--lux", "50", "--profile", "crt")
    assert (added.status, added.json) == (0, kept("places", "list").json)
    assert added.json[0] == {"name": "Bin", "kind": "expired", "light": "open"}
    assert run("places", "add", "bin").status == 1
    assert "0 lux is no limit" in run("places", "add", "Bin 3", "--lux", "0").err
    assert "There are: crt." in run("places", "add", "Bin 3", "--profile", "fridge").err
    assert run("places", "add", "Bin 2").out == "Added Bin 2.\n"
    assert "Bin" in run("places", "list").out


@pytest.mark.usefixtures("kept")
def test_a_day_named_before_the_command_moves_everything(run):
    said = run("--today", "2027-01-17", "--format", "json", "show", LOT)
    assert (said.json["usable_days"], said.json["state"]) == (1, "released")
    said = run("--today", "2027-01-18", "--format", "json", "show", LOT)
    assert (said.json["usable_days"], said.json["state"]) == (0, "expired")
