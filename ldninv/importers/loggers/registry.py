"""All makers whose files are read; a new one is a module of `families` and its name here."""

from __future__ import annotations

from ldninv.importers.loggers.families import (
    any_table,
    berlinger,
    elitech,
    govee,
    hobo,
    ibutton,
    lascar,
    logtag,
    rotronic,
    sensorpush,
    tandd,
    tinytag,
)
from ldninv.importers.loggers.family import Family, Whole

FAMILIES: tuple[Family | Whole, ...] = (
    *berlinger.FAMILIES,
    *hobo.FAMILIES,
    *ibutton.FAMILIES,
    *tinytag.FAMILIES,
    *rotronic.FAMILIES,
    *tandd.FAMILIES,
    *lascar.FAMILIES,
    *sensorpush.FAMILIES,
    *govee.FAMILIES,
    *logtag.FAMILIES,
    *elitech.FAMILIES,
    *any_table.FAMILIES,
)
"""In this order: the first that claims a file reads it."""
