"""Settings: the calendar addresses; and the calendar file on an enrolment's page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from ownyourstory.listing import Colour, label
from ownyourstory.pages import Page
from programs.calendars.entries import for_the_client
from programs.calendars.feed import TYPE
from programs.models import CalendarFeed, Enrolment


class CalendarFile(BaseModelAdmin):  # type: ignore[type-arg]  # no generics
    """The page of an enrolment from which its calendar file is fetched."""

    admin_site: admin.AdminSite

    def get_urls(self) -> list[URLPattern]:
        urls: list[URLPattern] = super().get_urls()  # type: ignore[misc]  # of the page
        return [
            path(
                "<int:enrolment_id>/calendar/",
                self.admin_site.admin_view(self.calendar),
                name="programs_enrolment_calendar",
            ),
            *urls,
        ]

    def calendar(self, request: HttpRequest, enrolment_id: int) -> HttpResponse:
        """Return the last days of a dossier as a calendar file for its client."""
        enrolment = get_object_or_404(Enrolment, pk=enrolment_id)
        if not self.has_view_permission(request, enrolment):
            raise PermissionDenied
        content = for_the_client(enrolment, on=timezone.localdate())
        name = f"kmo-portefeuille-{enrolment.pk}.ics"
        return HttpResponse(
            content,
            content_type=TYPE,
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "private, no-store",
            },
        )


@admin.register(CalendarFeed)
class CalendarFeedAdmin(Page):
    """She makes an address, reads it once, and withdraws it when it is lost."""

    list_display = ["name", "created_at", "created_by", "state"]
    fields = ["name"]
    change_form_outer_before_template = "admin/programs/calendarfeed/_withdraw.html"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(
        self, request: HttpRequest, obj: CalendarFeed, form: Any, change: Any
    ) -> None:
        if not change:
            obj.created_by = request.user  # type: ignore[assignment]  # logged in
            request.calendar_token = obj.give_token()  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: CalendarFeed, post_url_continue: Any = None
    ) -> HttpResponse:
        """Show the address, this once: it is kept nowhere, no message or session."""
        token: str = request.calendar_token  # type: ignore[attr-defined]
        address = reverse("calendar_feed", args=[token])
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("The address of “%s”") % obj,
            "opts": self.opts,
            "media": self.media,
            "address": request.build_absolute_uri(address),
        }
        response = render(request, "admin/programs/calendarfeed/made.html", context)
        response["Cache-Control"] = "private, no-store"
        return response

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                "<int:feed_id>/withdraw/",
                self.admin_site.admin_view(require_POST(self.withdraw)),
                name="programs_calendarfeed_withdraw",
            ),
            *super().get_urls(),
        ]

    def withdraw(self, request: HttpRequest, feed_id: int) -> HttpResponse:
        """Withdraw an address: from now on it answers nobody."""
        feed = get_object_or_404(CalendarFeed, pk=feed_id)
        if not self.has_change_permission(request, feed):
            raise PermissionDenied
        feed.revoke(now=timezone.now())
        done = gettext("“%s” gets nothing any more.") % feed
        self.message_user(request, done, messages.SUCCESS)
        return redirect("admin:programs_calendarfeed_changelist")

    @admin.display(description=_("state"), ordering="revoked_at")
    def state(self, feed: CalendarFeed) -> SafeString:
        if feed.revoked_at is None:
            return label(_("in use"), Colour.GREEN)
        return label(_("withdrawn"), Colour.GREY)
