"""``/hooks/e-invoice/``: the access point says that a document changed (EIN-1).

Only that it did is believed, and only where it is signed with the secret that both
know; how the document stands is asked afterwards.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from invoicing.models import Means
from ownyourstory.outbox import post

logger = logging.getLogger(__name__)

LARGEST = 64 * 1024
LONGEST = 200


class Unfit(Exception):
    """A request that is not what the access point sends; with the status to answer."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


@csrf_exempt
def hear(request: HttpRequest) -> HttpResponse:
    """Take in an event; the same one again, or of an unknown document, does nothing."""
    secret: str = settings.EINVOICE_WEBHOOK_SECRET
    if not secret:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        event = _signed_event(request, secret=secret.encode())
        post.hear(
            channel=Means.ACCESS_POINT,
            event=_name(event.get("id")),
            reference=_name(_part(event, "data").get("document_id")),
        )
    except Unfit as unfit:
        logger.warning("Webhook of the access point refused: %s", unfit)
        return HttpResponse(status=unfit.status)
    return HttpResponse(status=HTTPStatus.OK)


def _signed_event(request: HttpRequest, *, secret: bytes) -> dict[str, Any]:
    """Return the event of a request. Raises Unfit if it is not theirs."""
    if _announced(request) > LARGEST:
        raise Unfit(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if request.content_type != "application/json":
        raise Unfit(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    signature = request.headers.get("X-Signature", "").encode()
    if not signature:
        raise Unfit(HTTPStatus.FORBIDDEN)
    body = request.body
    try:
        event = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unfit(HTTPStatus.BAD_REQUEST) from error
    # Their documentation signs the event as Python writes it with its keys in order,
    # which need not be the bytes on the line.
    in_order = json.dumps(event, sort_keys=True).encode()
    if not any(_is_signed(text, signature, secret) for text in (body, in_order)):
        raise Unfit(HTTPStatus.FORBIDDEN)
    if not isinstance(event, dict):
        raise Unfit(HTTPStatus.BAD_REQUEST)
    return event


def _announced(request: HttpRequest) -> int:
    """Return the size of the body as announced: nothing of it was read yet."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def _is_signed(text: bytes, signature: bytes, secret: bytes) -> bool:
    expected = "sha256=" + hmac.new(secret, text, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature)


def _part(event: dict[str, Any], name: str) -> dict[str, Any]:
    part = event.get(name)
    return part if isinstance(part, dict) else {}


def _name(value: object) -> str:
    """Return an id of theirs. Raises Unfit for what cannot be one."""
    if isinstance(value, str) and 0 < len(value) <= LONGEST and value.isprintable():
        return value
    raise Unfit(HTTPStatus.BAD_REQUEST)
