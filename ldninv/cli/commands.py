"""All commands together; each module below adds its own."""

from ldninv.cli import (
    acting,
    asking,
    audit,
    deciding,
    dispensings,
    keeping,
    label,
    people,
    recall,
    record,
    reports,
    storage,
    storage_files,
    storage_import,
)
from ldninv.cli.options import app

__all__ = [
    "acting",
    "app",
    "asking",
    "audit",
    "deciding",
    "dispensings",
    "keeping",
    "label",
    "people",
    "recall",
    "record",
    "reports",
    "storage",
    "storage_files",
    "storage_import",
]
