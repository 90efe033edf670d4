"""The reminders: what goes out this week, what went out, and the days of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from ownyourstory.listing import Colour, label, on_one_line, short_day, two_lines
from ownyourstory.mail import channel
from ownyourstory.outbox.admin import STATE_COLOURS, ToRead
from ownyourstory.outbox.models import State
from ownyourstory.pages import Page
from programs.models import Reminder, ReminderPlan
from programs.panels import WEEK
from programs.reminding import sending
from programs.reminding.going_out import going_out
from programs.timetable import Kind


@admin.register(Reminder)
class ReminderAdmin(ToRead, Page):
    """Above: what goes out this week. Below: what went out or is held back."""

    list_display = ["what", "last_day_short", "recipient", "state"]
    list_display_links = ["what"]
    list_filter = [("kind", ChoicesDropdownFilter)]
    search_fields = ["enrolment__client__legal_name", "enrolment__client__trade_name"]
    fields = [
        "enrolment",
        ("kind", "days"),
        "last_day",
        "dispatch",
        ("held_by", "held_at"),
    ]
    list_before_template = "admin/programs/reminder/_week.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reminder]:
        reminders: QuerySet[Reminder] = super().get_queryset(request)
        return reminders.select_related(
            "enrolment__client", "dispatch", "held_by"
        ).exclude(dispatch=None, held_at=None)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse on pages of its own; with its enrolment it goes."""
        match = request.resolver_match
        goes_along = match is not None and match.url_name == "programs_enrolment_delete"
        return goes_along and request.user.has_perm("programs.delete_enrolment")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        today = timezone.localdate()
        context = dict(
            extra_context or {},
            week=going_out(on=today, until=today + WEEK),
            mail_missing=channel.missing(),
            may_hold=_may_hold(request),
        )
        response: HttpResponse = super().changelist_view(request, context)
        return response

    # What the list shows

    @admin.display(description=_("reminder"))
    def what(self, reminder: Reminder) -> SafeString:
        client = reminder.enrolment.client
        return two_lines(client, reminder.get_kind_display())

    @admin.display(description=_("last day"), ordering="last_day")
    def last_day_short(self, reminder: Reminder) -> SafeString:
        return on_one_line(short_day(reminder.last_day))

    @admin.display(description=_("recipient"))
    def recipient(self, reminder: Reminder) -> str:
        return reminder.dispatch.recipient if reminder.dispatch else ""

    @admin.display(description=_("state"))
    def state(self, reminder: Reminder) -> SafeString:
        if reminder.dispatch:
            state = State(reminder.dispatch.state)
            return label(state.label, STATE_COLOURS[state])
        return label(_("held back"), Colour.GREY, title=held_by(reminder))

    # What she does

    def get_urls(self) -> list[URLPattern]:
        admin_view = self.admin_site.admin_view
        return [
            path(
                "hold/<int:enrolment_id>/<str:kind>/<int:days>/",
                admin_view(require_POST(self.hold)),
                name="programs_reminder_hold",
            ),
            path(
                "<int:reminder_id>/let-go/",
                admin_view(require_POST(self.let_go)),
                name="programs_reminder_let_go",
            ),
            *super().get_urls(),
        ]

    def hold(
        self, request: HttpRequest, enrolment_id: int, kind: str, days: int
    ) -> HttpResponse:
        """Hold back one that is to go out."""

        def step(user: User) -> Reminder:
            return sending.hold(
                enrolment_id,
                kind=kind,
                days=days,
                on=timezone.localdate(),
                by=user,
                now=timezone.now(),
            )

        return self._take(request, step, done=gettext("Held back: %s"))

    def let_go(self, request: HttpRequest, reminder_id: int) -> HttpResponse:
        """Let one that is held back go out when it is its turn."""

        def step(_user: User) -> Reminder:
            return sending.let_go(reminder_id)

        return self._take(request, step, done=gettext("It goes out in its turn: %s"))

    def _take(
        self, request: HttpRequest, step: Callable[[User], Reminder], *, done: str
    ) -> HttpResponse:
        """Take a step and go back to the list, with what came of it."""
        if not _may_hold(request) or not isinstance(request.user, User):
            raise PermissionDenied
        try:
            reminder = step(request.user)
        except sending.NotPlanned as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            self.message_user(request, done % reminder, messages.SUCCESS)
        return redirect("admin:programs_reminder_changelist")


def held_by(reminder: Reminder) -> str:
    """Return who held a reminder back and when; empty if it is not held back."""
    if reminder.held_at is None or reminder.held_by is None:
        return ""
    user = reminder.held_by
    moment = date_format(timezone.localtime(reminder.held_at), "j N Y H:i")
    return f"{user.get_full_name() or user.get_username()}, {moment}"


def _may_hold(request: HttpRequest) -> bool:
    return request.user.has_perm("programs.change_reminder")


@admin.register(ReminderPlan)
class ReminderPlanAdmin(Page):
    """Settings: how many days before a last day clients are reminded."""

    list_display = ["__str__", "days", "is_active"]

    BEFORE = _("Counted back from the last day. Nothing goes out after it.")
    AFTER = _(
        "Counted from the day on which the subsidy was added. From the first of them "
        "on, the order counts as forgotten."
    )

    def get_fieldsets(
        self, request: HttpRequest, obj: ReminderPlan | None = None
    ) -> Any:
        is_order = obj is not None and obj.kind == Kind.ORDER
        how = self.AFTER if is_order else self.BEFORE
        return [(None, {"fields": ["days", "is_active"], "description": how})]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
