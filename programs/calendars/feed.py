"""``/calendar/<token>.ics``: our last days, for who knows the secret address.

A calendar program cannot log in: the address is the key. Whatever is wrong with it,
the answer is the same 404.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from programs.models import CalendarFeed

from .entries import for_ourselves

TYPE = "text/calendar; charset=utf-8"


def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Return the calendar of an address in use; 404 for anything else."""
    if request.method not in {"GET", "HEAD"}:
        raise Http404
    found = CalendarFeed.objects.with_token(token)
    # Who left, or may no longer see enrolments, reads them nowhere.
    if found is None or not found.created_by.has_perm("programs.view_enrolment"):
        raise Http404
    site = request.build_absolute_uri("/").rstrip("/")
    content = for_ourselves(on=timezone.localdate(), site=site)
    return HttpResponse(
        content,
        content_type=TYPE,
        headers={
            "Cache-Control": "private, no-store",
            "Referrer-Policy": "no-referrer",
            "X-Robots-Tag": "noindex, nofollow",
        },
    )
