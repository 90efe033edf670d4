"""What is to leave the house, and each attempt to bring it there."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far it is. ``ACCEPTED``: a carrier has it; ``DELIVERED``: it arrived."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    ACCEPTED = "accepted", _("on its way")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("failed")
    WITHDRAWN = "withdrawn", _("withdrawn")


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def due(self, now: datetime) -> Self:
        """Keep what should be tried now: waiting long enough, or left half done."""
        return self.filter(
            Q(state=State.WAITING, due_at__lte=now)
            | Q(state=State.SENDING, claimed_until__lt=now)
        )

    def on_its_way(self, *, since: datetime) -> Self:
        """Keep what a carrier accepted at ``since`` or later and may still bring."""
        return self.filter(state=State.ACCEPTED, accepted_at__gte=since)

    def failed(self) -> Self:
        """Keep what needs a person."""
        return self.filter(state=State.FAILED)


class Dispatch(models.Model):
    """Something that goes to somebody over one channel, once.

    ``key`` is stable: putting the same thing in twice is refused. ``payload`` is
    what the channel needs and is never changed; ``progress`` is what it noted.
    ``in_doubt`` while nobody can tell whether it was handed over: then it is looked
    up before it is sent. Only ``ownyourstory.outbox.post`` and ``carrying`` write
    ``state`` and what follows from it.
    """

    key = models.CharField(_("key"), max_length=150, unique=True)
    channel = models.CharField(_("channel"), max_length=30)
    recipient = models.CharField(_("to"), max_length=300)
    subject = models.CharField(_("what"), max_length=300)
    payload = models.JSONField(_("contents"), default=dict)
    progress = models.JSONField(_("noted"), default=dict)
    reference = models.CharField(_("their reference"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.WAITING
    )
    attempt_count = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("not before"))
    claimed_until = models.DateTimeField(_("claimed until"), null=True)
    in_doubt = models.BooleanField(_("in doubt"), default=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("dispatch")
        verbose_name_plural = _("outgoing post")
        indexes = [
            models.Index(fields=["state", "due_at"], name="dispatch_by_state"),
            models.Index(fields=["channel", "reference"], name="dispatch_by_reference"),
        ]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_state_valid",
                condition=Q(state__in=State.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_claimed_while_sending",
                condition=Q(state=State.SENDING, claimed_until__isnull=False)
                | (~Q(state=State.SENDING) & Q(claimed_until=None)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_accepted_has_moment",
                condition=~Q(state__in=[State.ACCEPTED, State.DELIVERED])
                | Q(accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_delivered_has_moment",
                condition=~Q(state=State.DELIVERED) | Q(delivered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_accepted_is_certain",
                condition=~Q(state__in=[State.ACCEPTED, State.DELIVERED])
                | Q(in_doubt=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"

    @property
    def can_be_retried(self) -> bool:
        return self.state == State.FAILED

    @property
    def can_be_withdrawn(self) -> bool:
        """Tell whether it certainly has not left, or a person has to decide."""
        is_here = self.state == State.WAITING and not self.in_doubt
        return is_here or self.state == State.FAILED

    @property
    def last_error(self) -> str:
        """Return what went wrong last, empty if nothing did."""
        said = [attempt.error for attempt in self.attempts.all() if attempt.error]
        return said[-1] if said else ""


class Attempt(models.Model):
    """One attempt to bring a dispatch to the other side, and how it ended."""

    dispatch = models.ForeignKey(
        Dispatch,
        on_delete=models.CASCADE,
        related_name="attempts",
        verbose_name=_("dispatch"),
    )
    started_at = models.DateTimeField(_("started at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        ordering = ["started_at", "pk"]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")

    def __str__(self) -> str:
        return self.started_at.isoformat(timespec="seconds")


class Notice(models.Model):
    """Something that the other side told us of its own accord, once.

    ``event`` is its own id of what it told: the same one again changes nothing.
    """

    channel = models.CharField(_("channel"), max_length=30)
    event = models.CharField(_("event"), max_length=200)
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)

    class Meta:
        ordering = ["received_at", "pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once", fields=["channel", "event"]
            ),
        ]

    def __str__(self) -> str:
        return self.event
