"""How far an issued document is on its way to its client."""

from __future__ import annotations

from enum import StrEnum

from invoicing.models import Delivery, Invoice, Means
from ownyourstory.outbox.models import State


class Standing(StrEnum):
    """From nothing done to arrived; the wording makes a word of it."""

    UNKNOWN = "unknown"
    TO_HAND_OVER = "to_hand_over"
    WAITING = "waiting"
    ON_ITS_WAY = "on_its_way"
    FAILED = "failed"
    DELIVERED = "delivered"


ORDER = [
    Standing.DELIVERED,
    Standing.FAILED,
    Standing.ON_ITS_WAY,
    Standing.WAITING,
    Standing.TO_HAND_OVER,
]
"""What counts where a document goes several ways: arriving once is enough."""

OF_STATE = {
    State.WAITING: Standing.WAITING,
    State.SENDING: Standing.WAITING,
    State.ACCEPTED: Standing.ON_ITS_WAY,
    State.DELIVERED: Standing.DELIVERED,
    State.FAILED: Standing.FAILED,
    State.WITHDRAWN: Standing.TO_HAND_OVER,
}


def standing(invoice: Invoice) -> Standing:
    """Return how far an issued document is; unknown where nothing was begun.

    A mail does not deliver an e-invoice: it only brings the copy (EIN-1). Reads
    ``deliveries`` with their ``dispatch``.
    """
    found = {
        _of(delivery)
        for delivery in invoice.deliveries.all()
        if delivery.means != Means.MAIL or not invoice.is_structured
    }
    return next((one for one in ORDER if one in found), Standing.UNKNOWN)


def _of(delivery: Delivery) -> Standing:
    if delivery.dispatch:
        return OF_STATE[State(delivery.dispatch.state)]
    return Standing.DELIVERED if delivery.handed_over_on else Standing.TO_HAND_OVER
