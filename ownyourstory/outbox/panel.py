"""What of the outgoing post needs a person: for the start page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from .models import Dispatch

MOST = 8


def failed(request: HttpRequest) -> dict[str, Any]:
    """Return the context of ``admin/outbox/_failed.html``: what failed, latest first.

    Nothing for somebody who may not see the outgoing post.
    """
    if not request.user.has_perm("outbox.view_dispatch"):
        return {"failed": [], "failed_count": 0, "may_retry": False}
    found = Dispatch.objects.failed()
    return {
        "failed": found.prefetch_related("attempts")[:MOST],
        "failed_count": found.count(),
        "may_retry": request.user.has_perm("outbox.change_dispatch"),
    }
