"""Batches of low-dose naltrexone capsules: their potency date, their storage, their stock."""

__version__ = "0.1.0"
