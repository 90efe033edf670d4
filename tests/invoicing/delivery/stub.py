"""An access point on loopback that fails in all the ways that one can.

It answers as e-invoice.be does, as far as its SDK and documentation tell, but brings
a document to the recipient as often as it is asked to, and keeps count.
"""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

KEY = "a-key-for-the-tests"
NUMBER = re.compile(rb"<cbc:ID>([^<]+)</cbc:ID>")

CALLS = {
    "recipient": ("GET", re.compile(r"/api/validate/peppol-id")),
    "create": ("POST", re.compile(r"/api/documents/ubl")),
    "send": ("POST", re.compile(r"/api/documents/([^/]+)/send")),
    "retrieve": ("GET", re.compile(r"/api/documents/([^/]+)")),
    "drafts": ("GET", re.compile(r"/api/drafts/")),
    "sent": ("GET", re.compile(r"/api/outbox/")),
}


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one call: before or after it was done, and how."""

    how: str
    accepts: bool = False
    meanwhile: Callable[[], object] = lambda: None


@dataclass
class AccessPointStub:
    """What the other side has, what it did, and what is to go wrong next."""

    url: str = ""
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    deliveries: list[tuple[str, str, str]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    registered: bool = True
    sends_to: str = "TRANSIT"
    released: threading.Event = field(default_factory=threading.Event)

    def fail(self, call: str, *faults: Fault) -> None:
        """Let the next calls of this name fail, one fault after the other."""
        self.faults.setdefault(call, []).extend(faults)

    def do(self, call: str, name: str, query: dict[str, str], body: bytes) -> Any:
        """Do what is asked and return status and answer."""
        if call == "recipient":
            return 200, _recipient(self.registered)
        if call == "create":
            return 200, self._create(body)
        if call in {"drafts", "sent"}:
            return 200, self._listed(call, query["search"])
        if name not in self.documents:
            return 404, {"detail": "Document not found"}
        if call == "send":
            return self._send(name, query)
        return 200, self.documents[name]

    def _create(self, body: bytes) -> dict[str, Any]:
        found = NUMBER.search(body)
        assert found is not None
        name = f"doc-{len(self.documents) + 1}"
        number = found.group(1).decode()
        self.documents[name] = {
            "id": name,
            "invoice_id": number,
            "invoice_date": "2026-03-02",
            "state": "DRAFT",
        }
        return self.documents[name]

    def _send(self, name: str, query: dict[str, str]) -> Any:
        sender, receiver = (
            f"{query[f'{who}_peppol_scheme']}:{query[f'{who}_peppol_id']}"
            for who in ("sender", "receiver")
        )
        number = self.documents[name]["invoice_id"]
        self.deliveries.append((number, sender, receiver))
        self.documents[name]["state"] = self.sends_to
        return 200, self.documents[name]

    def _listed(self, call: str, search: str) -> dict[str, Any]:
        states = {"DRAFT", "FAILED"} if call == "drafts" else {"TRANSIT", "SENT"}
        items = [
            document
            for document in self.documents.values()
            if document["state"] in states and search in document["invoice_id"]
        ]
        return {"items": items, "page": 1, "page_size": 100, "pages": 1}


def _recipient(registered: bool) -> dict[str, Any]:
    return {
        "business_card_valid": registered,
        "dns_valid": registered,
        "is_valid": registered,
        "supported_document_types": [],
    }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    stub: ClassVar[AccessPointStub]

    def do_GET(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def log_message(self, *args: Any) -> None:
        """Stay silent."""

    def _handle(self) -> None:
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        query = {name: texts[0] for name, texts in parse_qs(address.query).items()}
        call, name = _which(self.command, address.path)
        self.stub.calls.append(call)
        if self.headers["Authorization"] != f"Bearer {KEY}":
            self._answer(401, {"detail": "Invalid API key"})
            return
        faults = self.stub.faults.get(call)
        if not faults:
            self._answer(*self.stub.do(call, name, query, body))
            return
        fault = faults.pop(0)
        answer: tuple[int, Any] = (200, {})
        if fault.accepts:
            answer = self.stub.do(call, name, query, body)
        fault.meanwhile()
        self._go_wrong(fault, answer)

    def _go_wrong(self, fault: Fault, answer: tuple[int, Any]) -> None:
        if fault.how == "hangs":
            self.stub.released.wait()
            self.close_connection = True
        elif fault.how == "hangs up":
            # Without a goodbye: whoever waits sees the connection reset.
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.close_connection = True
        elif fault.how == "answers twice":
            self._answer(*answer)
            self._answer(*answer)
        elif fault.how == "makes no sense":
            self._answer(200, "<html>", kind="text/html")
        else:
            self._answer(int(fault.how), {"detail": "out of order"})

    def _answer(
        self, status: int, answer: Any, *, kind: str = "application/json"
    ) -> None:
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _which(method: str, path: str) -> tuple[str, str]:
    """Return which call it is, and the name of the document in its address."""
    for call, (its_method, pattern) in CALLS.items():
        if method == its_method and (found := pattern.fullmatch(path)):
            return call, "".join(found.groups())
    raise AssertionError(f"the stub does not know {method} {path}")


@contextmanager
def access_point() -> Iterator[AccessPointStub]:
    """Run a stub until the end of the block."""
    stub = AccessPointStub()
    handler = type("Handler", (_Handler,), {"stub": stub})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        stub.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield stub
        finally:
            stub.released.set()
            server.shutdown()
            thread.join()
