"""The secret addresses under which a calendar program reads the last days."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from ownyourstory.history import History

TOKEN_BYTES = 32


def fingerprint(token: str) -> str:
    """Return what is kept of a token: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def in_use(self) -> Self:
        """Keep the addresses that were not withdrawn."""
        return self.filter(revoked_at=None)

    def with_token(self, token: str) -> CalendarFeed | None:
        """Return the address in use with ``token``, ``None`` if there is none.

        What the database compares is a fingerprint: how long that takes tells nobody
        anything about a token. The last word is a comparison in constant time.
        """
        wanted = fingerprint(token)
        found = self.in_use().filter(token_hash=wanted).first()
        if found is None or not hmac.compare_digest(found.token_hash, wanted):
            return None
        return found


class CalendarFeed(models.Model):
    """An address with our last days, for one calendar program.

    The token is shown once and not kept: whoever reads the database cannot use it.
    """

    name = models.CharField(
        gettext_lazy("for which calendar"),
        max_length=100,
        help_text=gettext_lazy(
            "Such as “my telephone”: so that you know later which one to withdraw."
        ),
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(gettext_lazy("made on"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=gettext_lazy("made by"),
    )
    revoked_at = models.DateTimeField(
        gettext_lazy("withdrawn on"), null=True, blank=True, editable=False
    )

    objects = CalendarFeedQuerySet.as_manager()
    history = History(without=["token_hash"])

    class Meta:
        ordering = ["-pk"]
        verbose_name = gettext_lazy("calendar address")
        verbose_name_plural = gettext_lazy("calendar addresses")
        default_permissions = ("view", "add", "change")

    def __str__(self) -> str:
        return self.name

    def give_token(self) -> str:
        """Return a new token for a row not saved yet, and keep its fingerprint."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self.token_hash = fingerprint(token)
        return token

    def revoke(self, *, now: datetime) -> None:
        """Withdraw the address for ever; the first moment stays."""
        if self.revoked_at is None:
            self.revoked_at = now
            self.save(update_fields=["revoked_at"])
