"""Labels to draw, and how a picture of them is taken out of their PDF."""

from datetime import timedelta

import pypdfium2
from PySide6.QtGui import QImage

from builders import TODAY, a_batch, kept
from ldninv.domain import standing
from ldninv.domain.labels import badge_label, batch_label, bottle_label, place_label, short_dated_label
from ldninv.domain.people import Role
from ldninv.domain.places import Place

LOT = "LDN260117001M"
PHARMACY = "Elm Street Pharmacy, 12 Elm Street, Springfield"


def lasting(days=200, lot=LOT):
    """Return a batch that is usable for so many days, with its standing."""
    batch = kept(a_batch(lot=lot, beyond_use=TODAY + timedelta(days=days - 1)))
    return batch, standing.of(batch, TODAY)


def a_batch_label(lot=LOT, pharmacy=PHARMACY, *, warning=False):
    """Return the label of a batch that is good."""
    return batch_label(*lasting(lot=lot), pharmacy, warning=warning)


def one_of_each():
    """Return a label of every kind."""
    return (
        a_batch_label(warning=True),
        short_dated_label(*lasting(70)),
        bottle_label(*lasting(), PHARMACY, capsules=90),
        place_label(Place("Cabinet 3, the lower drawer")),
        badge_label("Mara Lind", Role.PHARMACIST, "7K2M9QX4TBDA"),
    )


def pictures(pdf, dots_per_inch):
    """Return the pages of a PDF as a printer of so many dots an inch would have them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        rendered = [page.render(scale=dots_per_inch / 72) for page in document]
        return [
            QImage(each.buffer, each.width, each.height, each.stride, QImage.Format.Format_BGR888).copy()
            for each in rendered
        ]
    finally:
        document.close()


def text_of(pdf):
    """Return what can be read out of a PDF, page by page, with single blanks."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()
