"""`correct` takes an entry back by a new one."""

from datetime import timedelta

from builders import TODAY, a_batch, keep

LOT = "LDN260117001M"


def test_an_entry_is_taken_back_once(kept):
    wrong = kept("waste", LOT, "--capsules", "2", "--reason", "dropped").json
    said = kept("--user", "Ana", "correct", wrong["id"], "--reason", "wrong lot")

    assert (said.status, said.err) == (0, "")
    assert {key: said.json[key] for key in ("lot", "kind", "capsules", "on_hand", "by", "reason")} == {
        "lot": LOT, "kind": "voided", "capsules": 2, "on_hand": 120, "by": "Ana", "reason": "wrong lot",
    }  # fmt: skip
    again = kept("correct", wrong["id"], "--reason", "wrong lot")
    assert (again.status, again.out) == (1, "")
    assert again.err.startswith(f"Entry {wrong['id']} of batch {LOT} was taken back already. ")


def test_an_entry_that_is_not_there_is_refused(kept):
    said = kept("correct", "9999", "--reason", "wrong lot")

    assert (said.status, said.err) == (1, "There is no entry 9999. Look at the batch's movements for its number.\n")


def test_no_reason_is_wrong_usage(kept):
    assert kept("correct", "1").status == 2


def test_a_batch_that_came_in_while_the_clock_stood_ahead_is_taken_back(run, filed):
    ahead = TODAY + timedelta(days=800)
    keep(filed, a_batch(lot="WRONG-1", prepared=ahead, beyond_use=ahead), released=False)
    filed.store.close()
    refused = run("waste", "WRONG-1", "--capsules", "1", "--reason", "dropped")
    assert (refused.status, "take that entry back first" in refused.err) == (1, True)

    said = run("--format", "json", "correct", "1", "--reason", "wrong clock")
    assert (said.status, said.json["kind"], said.json["on_hand"]) == (0, "voided", 0)
    shown = run("--format", "json", "show", "WRONG-1").json
    assert (shown["state"], shown["usable"], shown["place"]) == ("rejected", False, None)
    assert shown["reasons"] == ["taken back, never made under this lot: wrong clock"]
    assert run("check").status == 0
