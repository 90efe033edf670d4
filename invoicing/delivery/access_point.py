"""Over Peppol, by the access point e-invoice.be and its published SDK (EIN-1).

The payload: ``invoice`` (its key), ``number``, ``issued_on`` (an ISO date), ``sha256``
of the e-invoice in the archive, ``sender`` and ``receiver`` as Peppol ids (``0208:``
and ten digits).

The SDK names no request, so theirs cannot know that they got one twice. Therefore
their id of the document is noted before it is sent, and after an uncertain end their
side is asked whether it left: by that id, or by the number of the invoice.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from django.conf import settings
from django.utils.translation import gettext as _
from e_invoice_api import (
    APIConnectionError,
    APIError,
    APIStatusError,
    EInvoice,
    NotFoundError,
)
from e_invoice_api.types import DocumentResponse

from invoicing.models import Means
from ownyourstory import archive
from ownyourstory.outbox.channel import (
    Parcel,
    Receipt,
    Refused,
    Uncertain,
    Unreachable,
)

NAME = Means.ACCESS_POINT.value
"""The name of this channel in ``OUTBOX_CHANNELS``, which alone imports this module.

The SDK takes a fifth of a second to load, and not every process sends something.
"""

TIMEOUT = httpx.Timeout(30, connect=5)
NEVER_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
MAYBE_HANDLED = {408, 409}
TOO_MANY = 429
LONGEST = 1000


class AccessPoint:
    """The channel ``access_point``, see ``ownyourstory.outbox.channel.Channel``."""

    label = "Peppol"

    def send(self, parcel: Parcel) -> Receipt:
        """Look the recipient up, put the document there, and send it by its id."""
        try:
            ubl = archive.read(parcel.payload["sha256"])
        except archive.Damaged as damaged:
            raise Refused(
                _(
                    "The stored e-invoice is missing or was changed: "
                    "put it back from a backup."
                )
            ) from damaged
        with _client() as client:
            _check_recipient(client, parcel.payload["receiver"])
            document = parcel.progress.get("document") or _create(
                client, ubl, name=parcel.payload["number"]
            )
            return _send(client, document, parcel)

    def look_up(self, parcel: Parcel) -> Receipt | None:
        """Return whether it left; note their id where it lies there unsent."""
        with _asking(), _client() as client:
            document = _by_id(client, parcel.progress.get("document"))
            if document is None:
                document = _by_number(client, parcel)
        parcel.note({"document": "" if document is None else document.id})
        return None if document is None else _receipt(document)

    def follow(self, parcel: Parcel, reference: str) -> Receipt:
        """Return how the document ``reference`` stands with them."""
        with _asking(), _client() as client:
            document = _by_id(client, reference)
        if document is None:
            raise Refused(_("The access point does not know it any more."))
        if document.state == "FAILED":
            raise Refused(_("The access point could not deliver it to the recipient."))
        return _receipt(document) or Receipt(reference, delivered=False)


def _client() -> EInvoice:
    """Return the SDK's client, to be used as a context. Raises Refused without a key.

    It never tries again by itself: only the outbox knows whether that does harm.
    """
    if not settings.EINVOICE_API_KEY:
        raise Refused(_("There is no key for the access point: EINVOICE_API_KEY."))
    return EInvoice(
        api_key=settings.EINVOICE_API_KEY,
        base_url=settings.EINVOICE_API_URL,
        timeout=TIMEOUT,
        max_retries=0,
    )


def _check_recipient(client: EInvoice, peppol_id: str) -> None:
    """Raise Refused if nobody can receive at ``peppol_id``."""
    with _calling(hands_over=False):
        found = client.validate.validate_peppol_id(peppol_id=peppol_id)
    if not found.is_valid:
        raise Refused(
            _("The client cannot receive e-invoices: %s is not registered on Peppol.")
            % peppol_id
        )


def _create(client: EInvoice, ubl: bytes, *, name: str) -> str:
    """Put a document there, unsent, and return their id of it."""
    with _calling(hands_over=True):
        document = client.documents.ubl.create_from_ubl(
            file=(f"{name}.xml", ubl, "application/xml")
        )
    return _their_id(document)


def _send(client: EInvoice, document: str, parcel: Parcel) -> Receipt:
    """Send a document from and to the ids we name: theirs come from tax numbers."""
    sender_scheme, _colon, sender = parcel.payload["sender"].partition(":")
    receiver_scheme, _colon, receiver = parcel.payload["receiver"].partition(":")
    parcel.note({"document": document})  # who lost the claim by now stops here
    try:
        with _calling(hands_over=True):
            sent = client.documents.send(
                document,
                sender_peppol_scheme=sender_scheme,
                sender_peppol_id=sender,
                receiver_peppol_scheme=receiver_scheme,
                receiver_peppol_id=receiver,
            )
    except Refused as refused:
        # Perhaps because it is on its way already: then that is what counts.
        try:
            with _asking():
                known = _by_id(client, document)
        except Unreachable:
            raise Uncertain(str(refused)) from refused
        if known is None:
            # It was taken away on their side: another try puts it there anew.
            parcel.note({"document": ""})
        elif receipt := _receipt(known):
            return receipt
        raise
    _their_id(sent)
    receipt = _receipt(sent)
    if receipt is None:
        raise Uncertain(
            _("The access point answered, but not that it took it: %s.") % sent.state
        )
    return receipt


def _receipt(document: DocumentResponse) -> Receipt | None:
    """Return the receipt of a document that left, ``None`` if it lies there unsent.

    One that they could not deliver counts as unsent: it can be sent again by its id.
    """
    match document.state:
        case "SENT":
            return Receipt(document.id)
        case "TRANSIT":
            return Receipt(document.id, delivered=False)
        case "DRAFT" | "FAILED":
            return None
    raise Uncertain(_("The access point does not say whether it left."))


def _by_id(client: EInvoice, document: str | None) -> DocumentResponse | None:
    """Return the document with their id ``document``, ``None`` if there is none."""
    if not document:
        return None
    try:
        found = client.documents.retrieve(document)
    except NotFoundError:
        return None
    _their_id(found)
    return found


def _by_number(client: EInvoice, parcel: Parcel) -> DocumentResponse | None:
    """Return the document with our number, rather one that left than a draft.

    The drafts come first: one that is sent in between is found among the sent ones.
    Raises Uncertain where one of another day has our number, as of an installation
    that was only tried out: neither is it ours, nor can it be overlooked.
    """
    number, issued_on = parcel.payload["number"], parcel.payload.get("issued_on")
    found = [
        document
        for listed in (
            client.drafts.list(search=number, page_size=100),
            client.outbox.list_received_documents(search=number, page_size=100),
        )
        for document in listed
        if document.invoice_id == number and document.direction != "INBOUND"
    ]
    for document in found:
        if (
            issued_on
            and document.invoice_date
            and f"{document.invoice_date}" != issued_on
        ):
            raise Uncertain(
                _("Another document has the number %(number)s there, dated %(day)s.")
                % {"number": number, "day": document.invoice_date}
            )
    left = [document for document in found if document.state in {"TRANSIT", "SENT"}]
    return next(iter(left or found), None)


def _their_id(document: Any) -> str:
    """Return their id. Raises Uncertain for an answer that is no document."""
    found = getattr(document, "id", None)
    if not isinstance(found, str) or not found:
        raise Uncertain(_("The access point gave an answer that makes no sense."))
    return found


@contextmanager
def _asking() -> Iterator[None]:
    """Say of whatever goes wrong while asking that nobody answered."""
    try:
        with _calling(hands_over=False):
            yield
    except Refused as refused:
        raise Unreachable(str(refused)) from refused


@contextmanager
def _calling(*, hands_over: bool) -> Iterator[None]:
    """Say what an error of the SDK means for a call that may hand something over."""
    try:
        yield
    except APIStatusError as error:
        status, said = error.status_code, _what_they_said(error)
        if 400 <= status < 500 and status not in {*MAYBE_HANDLED, TOO_MANY}:
            raise Refused(said) from error
        if status == TOO_MANY or not hands_over:
            raise Unreachable(said) from error
        raise Uncertain(said) from error
    except APIError as error:
        said = _("The access point does not answer: %s") % error.message
        never = isinstance(error, APIConnectionError) and isinstance(
            error.__cause__, NEVER_CONNECTED
        )
        raise (Unreachable if never or not hands_over else Uncertain)(said) from error


def _what_they_said(error: APIStatusError) -> str:
    """Return in plain words what an answer says, never with what we sent."""
    if error.status_code in {401, 403}:
        return _("The access point does not accept the key (EINVOICE_API_KEY).")
    body = error.body
    detail = body.get("detail", body) if isinstance(body, dict) else body
    return _("The access point answered %(status)s: %(detail)s") % {
        "status": error.status_code,
        "detail": str(detail)[:LONGEST],
    }
