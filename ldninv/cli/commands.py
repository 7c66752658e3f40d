"""All commands together; each module below adds its own."""

from ldninv.cli import acting, asking, audit, deciding, dispensings, keeping, people, recall, record
from ldninv.cli.options import app

__all__ = ["acting", "app", "asking", "audit", "deciding", "dispensings", "keeping", "people", "recall", "record"]
