"""The outgoing post in the admin: to read, to try again and to take back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import select_template
from django.urls import URLPattern, path
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from ownyourstory.listing import EMPTY, ChoiceFilter, Colour, label, two_lines
from ownyourstory.pages import Page, Rows

from . import post
from .models import Attempt, Dispatch, State

STATE_COLOURS = {
    State.WAITING: Colour.AMBER,
    State.SENDING: Colour.BLUE,
    State.ACCEPTED: Colour.BLUE,
    State.DELIVERED: Colour.GREEN,
    State.FAILED: Colour.RED,
    State.WITHDRAWN: Colour.GREY,
}


def channel_name(channel: str) -> str:
    """Return what a channel calls itself; its bare name where it says nothing."""
    try:
        known = import_string(settings.OUTBOX_CHANNELS[channel])
    except (KeyError, ImportError):
        return channel
    return str(getattr(known, "label", channel))


class ChannelFilter(ChoiceFilter):
    """Keep what goes over one channel."""

    title = _("channel")
    parameter_name = "channel"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
        return [(name, channel_name(name)) for name in settings.OUTBOX_CHANNELS]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Dispatch]
    ) -> QuerySet[Dispatch]:
        return queryset.filter(channel=self.value()) if self.value() else queryset


class ToRead(admin.options.BaseModelAdmin):  # type: ignore[type-arg]  # no generics
    """What the program writes and nobody edits."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AttemptRows(ToRead, Rows):
    model = Attempt
    fields = ["started_at", "ended_at", "error"]


@admin.register(Dispatch)
class DispatchAdmin(ToRead, Page):
    """What left or is to leave the house; she tries again or takes back."""

    list_display = ["what", "state_label", "over", "created_at", "attempt_count"]
    list_display_links = ["what"]
    list_filter = [("state", ChoicesDropdownFilter), ChannelFilter]
    search_fields = ["subject", "recipient", "key", "reference"]
    fields = [
        ("subject", "recipient"),
        ("over", "reference"),
        ("state_label", "doubt"),
        ("created_at", "due_at"),
        ("accepted_at", "delivered_at"),
    ]
    inlines = [AttemptRows]
    change_form_outer_before_template = "admin/outbox/dispatch/_steps.html"
    change_form_outer_after_template = "admin/outbox/dispatch/_contents.html"

    # What she sees

    @admin.display(description=_("what"), ordering="subject")
    def what(self, dispatch: Dispatch) -> SafeString:
        return two_lines(dispatch.subject, dispatch.recipient)

    @admin.display(description=_("state"), ordering="state")
    def state_label(self, dispatch: Dispatch) -> SafeString:
        state = State(dispatch.state)
        return label(state.label, STATE_COLOURS[state])

    @admin.display(description=_("in doubt"), ordering="in_doubt")
    def doubt(self, dispatch: Dispatch) -> SafeString | str:
        """Nothing where all is certain: a cross would look like something wrong."""
        return label(_("in doubt"), Colour.AMBER) if dispatch.in_doubt else EMPTY

    @admin.display(description=_("channel"), ordering="channel")
    def over(self, dispatch: Dispatch) -> str:
        return channel_name(dispatch.channel)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        dispatch = self.get_object(request, object_id)
        context = dict(
            extra_context or {},
            dispatch=dispatch,
            may_act=may_act(request),
            contents=_contents(dispatch),
            show_history=False,  # its attempts are its history
        )
        response: HttpResponse = super().change_view(
            request, object_id, form_url, context
        )
        return response

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return redirect("admin:outbox_dispatch_change", object_id)

    # What she does

    def get_urls(self) -> list[URLPattern]:
        admin_view = self.admin_site.admin_view
        return [
            path(
                "<int:dispatch_id>/retry/",
                admin_view(require_POST(self.retry)),
                name="outbox_dispatch_retry",
            ),
            path(
                "<int:dispatch_id>/withdraw/",
                admin_view(require_POST(self.withdraw)),
                name="outbox_dispatch_withdraw",
            ),
            *super().get_urls(),
        ]

    def retry(self, request: HttpRequest, dispatch_id: int) -> HttpResponse:
        """Try one that failed again; ``looked``: she saw that it did not arrive."""

        def step(dispatch: Dispatch) -> None:
            post.retry(dispatch, looked="looked" in request.POST)

        return self._take(
            request, dispatch_id, step, done=gettext("%s is tried again.")
        )

    def withdraw(self, request: HttpRequest, dispatch_id: int) -> HttpResponse:
        """Take back what has not left."""
        return self._take(
            request, dispatch_id, post.withdraw, done=gettext("%s does not leave.")
        )

    def _take(
        self,
        request: HttpRequest,
        dispatch_id: int,
        step: Callable[[Dispatch], None],
        *,
        done: str,
    ) -> HttpResponse:
        """Take a step and go back to where its button stood, with what came of it."""
        if not may_act(request):
            raise PermissionDenied
        dispatch = get_object_or_404(Dispatch, pk=dispatch_id)
        try:
            step(dispatch)
        except post.NotNow as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            self.message_user(request, done % dispatch.subject, messages.SUCCESS)
        if "start" in request.POST:
            return redirect("admin:index")
        return redirect("admin:outbox_dispatch_change", dispatch.pk)


def _contents(dispatch: Dispatch | None) -> Any:
    """Return the template that shows what a channel brings; it is named after it."""
    names = [f"{dispatch.channel}.html"] if dispatch else []
    return select_template(
        [f"admin/outbox/contents/{name}" for name in [*names, "_other.html"]]
    )


def may_act(request: HttpRequest) -> bool:
    """Tell whether she may try again and take back; nobody may edit."""
    return request.user.has_perm("outbox.change_dispatch")
