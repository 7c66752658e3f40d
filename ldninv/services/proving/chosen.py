"""What the pharmacy chose (settings, policies, dates that were read anew or kept), held against the trail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from ldninv.db import Transaction
from ldninv.domain.audit import Event
from ldninv.domain.settings import Settings
from ldninv.services import policies, preferences
from ldninv.services.evidence import DEMO
from ldninv.services.proving.holding import Row, Told, differing, held, lying, missing, told_by


def faults(work: Transaction) -> list[str]:
    """Return where a setting, a policy or a date is not what the trail says, in words; empty where all agrees."""
    return _settings(work) + _policies(work) + _dates(work)


def _settings(work: Transaction) -> list[str]:
    told: dict[str, object] = {}
    for event in work.trail.of_action(preferences.ACTION):
        told |= told_by(event)
    if (
        told and next((each.action for each in work.trail.rows([1])), None) != DEMO
    ):  # older demos told nothing of theirs
        told = _plain(Settings()) | told
    now, policy = _plain(work.preferences.read()), _policy_of_then(work)
    wrong = [name for name, said in now.items() if name != "policy" and _in_order(told.get(name, said)) != said]
    wrong += [] if now["policy"] in policy else ["policy"]
    wrong += [row["key"] for row in lying(work, "setting") if row["key"] not in now]
    return [f"The setting {name} is not what the trail says." for name in wrong]


def _policy_of_then(work: Transaction) -> list[object]:
    """Return the policies that the settings may name: every one that was ever in force."""
    chosen = [told_by(event).get("policy") for event in work.trail.of_action(preferences.ACTION)]
    adopted = [json.loads(told_by(event)["policy"]) for event in work.trail.of_action(policies.ACTION)]
    return [_plain(Settings())["policy"], *chosen, *adopted]


def _in_order(said: object) -> object:
    return sorted(said) if isinstance(said, list) else said  # days of the week are kept in their order


def _plain(settings: Settings) -> dict[str, object]:
    """Return settings as an event tells them, by their names."""
    facts: dict[str, object] = json.loads(json.dumps(asdict(settings), default=str))
    return facts


def _policies(work: Transaction) -> list[str]:
    rows = list(lying(work, "policy"))

    def judge(row: Row, event: Event, told: Told) -> Iterator[str]:
        if event.action == policies.ACTION:
            yield from differing(row, told, policy="policy")
        elif event.action == preferences.ACTION:
            if json.loads(row["policy"]) != told.get("policy"):
                yield "policy"
        else:
            yield "its event"
        yield from differing(row, told, effective_from="effective_from")

    found = held(work, "policy", judge, lambda row: f"Policy {row['id']}", rows=rows)
    return found + missing(work, [policies.ACTION], (row["event_id"] for row in rows), "policy")


def _dates(work: Transaction) -> list[str]:
    lots = {row["id"]: row["lot"] for row in lying(work, "batch")}
    anew, kept = list(lying(work, "component_date")), list(lying(work, "date_kept"))

    def read_anew(row: Row, event: Event, told: Told) -> Iterator[str]:
        if (event.action, event.subject) != (policies.NEW_DATE, row["lot"]):
            yield "lot"
        yield from differing(row, told, name="name", expires="expires")

    def as_it_is(row: Row, event: Event, told: Told) -> Iterator[str]:
        if (event.action, event.subject) != (policies.DATE_KEPT, lots.get(row["batch_id"])):
            yield "batch"
        yield from differing(row, told, against="against", rule="rule")

    return [
        *held(work, "component_date", read_anew, lambda row: f"The new date of lot {row['lot']}", rows=anew),
        *held(
            work, "date_kept", as_it_is, lambda row: f"The date kept of batch {lots.get(row['batch_id'])}", rows=kept
        ),
        *missing(work, [policies.NEW_DATE], (row["event_id"] for row in anew), "the new date of lot"),
        *missing(work, [policies.DATE_KEPT], (row["event_id"] for row in kept), "the date kept of batch"),
    ]
