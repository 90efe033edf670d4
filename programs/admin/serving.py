"""How a file of a dossier leaves the program: to be kept, never to be run."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from programs.scans import MIMETYPES, Format


def file_response(content: bytes, *, name: str, extension: Format) -> HttpResponse:
    """Return ``content`` as a download of the kind that its bytes are.

    A browser shows it in no page of ours, guesses at nothing, and runs nothing in it.
    """
    response = HttpResponse(content, content_type=MIMETYPES[extension])
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
