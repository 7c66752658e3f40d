"""All commands together; each module below adds its own."""

from ldninv.cli import acting, asking, keeping
from ldninv.cli.options import app

__all__ = ["acting", "app", "asking", "keeping"]
