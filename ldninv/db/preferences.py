"""The pharmacy's settings as they are kept."""

from __future__ import annotations

import json

from peewee import Database, ModelSelect

from ldninv.db.batch_rows import policy_of, policy_text
from ldninv.db.rows import SettingRow
from ldninv.db.worded import Worded
from ldninv.domain.settings import Settings
from ldninv.domain.signing import ReleasedBy


class Preferences:
    """The settings of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> Settings:
        """Return the settings; what was never set has its default."""
        kept = dict(_settings(self._database))
        default = Settings()
        return Settings(
            pharmacy=kept.get("pharmacy", default.pharmacy),
            policy=policy_of(kept.get("policy")) or default.policy,
            buffer=int(kept.get("buffer", default.buffer)),
            with_components=json.loads(kept.get("with_components", "true")),
            reminder_tick=json.loads(kept.get("reminder_tick", "false")),
            label_warning=json.loads(kept.get("label_warning", "false")),
            idle_minutes=int(kept.get("idle_minutes", default.idle_minutes)),
            released_by=ReleasedBy(kept.get("released_by", default.released_by)),
            witness_needed=json.loads(kept.get("witness_needed", "true")),
            rx_numbers=json.loads(kept.get("rx_numbers", "false")),
            closed_days=tuple(json.loads(kept.get("closed_days", "[5, 6]"))),
            calibration_months=int(kept.get("calibration_months", default.calibration_months)),
            capsule_value_cents=json.loads(kept.get("capsule_value_cents", "null")),
        )

    def write(self, settings: Settings) -> None:
        """Keep all settings."""
        rows = {
            "pharmacy": settings.pharmacy,
            "policy": policy_text(settings.policy),
            "buffer": str(settings.buffer),
            "with_components": json.dumps(settings.with_components),
            "reminder_tick": json.dumps(settings.reminder_tick),
            "label_warning": json.dumps(settings.label_warning),
            "idle_minutes": str(settings.idle_minutes),
            "released_by": settings.released_by.value,
            "witness_needed": json.dumps(settings.witness_needed),
            "rx_numbers": json.dumps(settings.rx_numbers),
            "closed_days": json.dumps(sorted(settings.closed_days)),
            "calibration_months": str(settings.calibration_months),
            "capsule_value_cents": json.dumps(settings.capsule_value_cents),
        }
        for key, value in rows.items():
            kept = SettingRow.insert(key=key, value=value)
            kept.on_conflict(conflict_target=[SettingRow.key], preserve=[SettingRow.value]).execute(self._database)


@Worded
def _settings() -> ModelSelect[SettingRow]:
    return SettingRow.select(SettingRow.key, SettingRow.value)
