"""What the access point tells is taken in once, and only where it is theirs (EIN-1)."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client as Browser
from django.test import RequestFactory, override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks

from invoicing.delivery import access_point
from invoicing.delivery.webhook import hear
from ownyourstory.outbox import post
from ownyourstory.outbox.models import Dispatch, Notice, State

pytestmark = pytest.mark.django_db

ADDRESS, SECRET = "/hooks/e-invoice/", "a-secret-for-the-tests"
EVENT = {
    "type": "document.sent",
    "id": "evt-1",
    "tenant_id": "ten-1",
    "created_at": 1772449200,
    "data": {"document_id": "doc-1"},
    "text": "⚡️ document.sent\n",
}


@pytest.fixture(autouse=True)
def _secret() -> Iterator[None]:
    with override_settings(EINVOICE_WEBHOOK_SECRET=SECRET):
        yield


@pytest.fixture
def dispatch() -> Dispatch:
    """Return one that the access point accepted as ``doc-1``."""
    dispatch = post.put(
        key="test:1", channel=access_point.NAME, recipient="x", subject="x", payload={}
    )
    Dispatch.objects.update(
        state=State.ACCEPTED, reference="doc-1", accepted_at=timezone.now()
    )
    return dispatch


@pytest.fixture
def tell(
    client: Browser, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> Any:
    """Post what the access point would, with ``changes`` to the request."""

    def told(event: Any = EVENT, **changes: Any) -> int:
        body = changes.pop("body", json.dumps(event).encode())
        given: dict[str, Any] = {
            "content_type": "application/json",
            "HTTP_X_SIGNATURE": signature(body),
        }
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(ADDRESS, body, **given | changes)
        return response.status_code

    return told


def signature(body: bytes, *, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def asked() -> list[Any]:
    """Return the dispatches that the worker is to follow."""
    tasks = DBTaskResult.objects.order_by("enqueued_at")
    return [
        task.args_kwargs["args"][0]
        for task in tasks
        if task.task_path.endswith(".follow")
    ]


def test_an_event_makes_the_worker_ask_how_it_stands(
    dispatch: Dispatch, tell: Any
) -> None:
    """What the event says is not believed: it is as yet neither here nor there."""
    assert tell() == 200

    dispatch.refresh_from_db()
    assert asked() == [dispatch.pk]
    assert dispatch.state == State.ACCEPTED


def test_the_same_event_again_does_nothing(dispatch: Dispatch, tell: Any) -> None:
    assert [tell(), tell(), tell()] == [200] * 3

    assert asked() == [dispatch.pk]


def test_the_signature_may_be_of_the_event_with_its_keys_in_order(
    dispatch: Dispatch, tell: Any
) -> None:
    in_order = json.dumps(EVENT, sort_keys=True).encode()
    on_the_line = json.dumps(EVENT, ensure_ascii=False, separators=(",", ":")).encode()
    assert in_order != on_the_line

    assert tell(body=on_the_line, HTTP_X_SIGNATURE=signature(in_order)) == 200

    assert asked() == [dispatch.pk]


def test_it_is_the_scheme_of_their_documentation(client: Browser) -> None:
    """The one example there: signed, though not an event of today."""
    document = {
        "document": {
            "id": "doc-1",
            "name": "test.xml",
            "type": "application/xml",
            "size": 100,
            "url": "https://example.com/test.xml",
        }
    }
    theirs = "6722b498bf28ce7ca5a6f21c0fca9166e24dea480978b276725ff46e503dd70f"

    with override_settings(EINVOICE_WEBHOOK_SECRET="secret"):  # noqa: S106
        response = client.post(
            ADDRESS,
            json.dumps(document, indent=2),
            content_type="application/json",
            headers={"X-Signature": f"sha256={theirs}"},
        )

    assert response.status_code == 400  # signed, but without an id


@pytest.mark.parametrize("document", ["doc-2", "doc-1 "])
def test_an_unknown_document_is_nothing_to_us(
    dispatch: Dispatch, tell: Any, document: str
) -> None:
    assert tell(EVENT | {"data": {"document_id": document}}) == 200

    assert (asked(), Notice.objects.count()) == ([], 0)


BODY = json.dumps(EVENT).encode()
DEEP = b"[" * 60_000
REFUSED: dict[str, tuple[dict[str, Any], int]] = {
    "no signature": ({"HTTP_X_SIGNATURE": ""}, 403),
    "of another secret": (
        {"HTTP_X_SIGNATURE": signature(BODY, secret="another")},  # noqa: S106
        403,
    ),
    "of another body": ({"HTTP_X_SIGNATURE": signature(b"{}")}, 403),
    "without its scheme": ({"HTTP_X_SIGNATURE": signature(BODY)[7:]}, 403),
    "of letters that are none": ({"HTTP_X_SIGNATURE": "sha256=é"}, 403),
    "100 MB announced": ({"CONTENT_LENGTH": str(100 * 1024**2)}, 413),
    "a byte too large": ({"body": b'"%s"' % (b"x" * (64 * 1024 - 1))}, 413),
    "not JSON": ({"body": b"<xml/>"}, 400),
    "not text": ({"body": b"\xff\xfe\x00"}, 400),
    "too deep": ({"body": DEEP}, 400),
    "no object": ({"body": b"[]"}, 400),
    "a form": ({"content_type": "application/x-www-form-urlencoded"}, 415),
    "no id": ({"event": {"data": {"document_id": "doc-1"}}}, 400),
    "no document": ({"event": {"id": "evt-1", "data": None}}, 400),
    "an id with a zero byte": ({"event": EVENT | {"id": "evt\x00"}}, 400),
    "an id of any length": ({"event": EVENT | {"id": "e" * 201}}, 400),
}


@pytest.mark.parametrize(("changes", "status"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_theirs_is_refused_at_once(
    dispatch: Dispatch, tell: Any, changes: dict[str, Any], status: int
) -> None:
    assert tell(**changes) == status

    assert (asked(), Notice.objects.count()) == ([], 0)


class Unread(BytesIO):
    def read(self, _size: int | None = -1) -> bytes:
        pytest.fail("it was read")


def test_what_is_too_large_is_not_even_read() -> None:
    request = RequestFactory().post(ADDRESS, content_type="application/json")
    environ = request.META | {
        "CONTENT_LENGTH": str(100 * 1024**2),
        "wsgi.input": Unread(),
    }

    assert hear(WSGIRequest(environ)).status_code == 413


def test_there_is_nothing_without_a_secret(dispatch: Dispatch, tell: Any) -> None:
    with override_settings(EINVOICE_WEBHOOK_SECRET=""):
        assert tell(HTTP_X_SIGNATURE=signature(BODY, secret="")) == 404

    assert asked() == []


def test_it_is_only_posted_to(client: Browser) -> None:
    assert client.get(ADDRESS).status_code == 405


def test_no_form_token_is_asked_for(dispatch: Dispatch) -> None:
    strict = Browser(enforce_csrf_checks=True)

    response = strict.post(
        ADDRESS,
        BODY,
        content_type="application/json",
        headers={"X-Signature": signature(BODY)},
    )

    assert response.status_code == 200
