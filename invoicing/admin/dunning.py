"""Payment reminders: what is due and what comes, what went out or is held back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from invoicing.dunning import sending
from invoicing.dunning.going_out import going_out
from invoicing.dunning.wording import without_rate
from invoicing.models import DunningNotice, DunningSettings
from ownyourstory.listing import (
    Colour,
    euros,
    label,
    on_one_line,
    short_day,
    two_lines,
)
from ownyourstory.mail import channel
from ownyourstory.outbox.admin import STATE_COLOURS, ToRead
from ownyourstory.outbox.models import State
from ownyourstory.pages import Page

from .disputing import dispute_view, end_dispute_view
from .statement import statement_pdf_view, statement_view

WEEK = timedelta(days=7)
MAY_SEND = "invoicing.change_dunningnotice"


@admin.register(DunningNotice)
class DunningNoticeAdmin(ToRead, Page):
    """Above: what is due now and this week. Below: what went out or is held back."""

    list_display = ["what", "due_day", "claimed_amount", "costs_amount", "state"]
    list_display_links = ["what"]
    list_filter = [("level__audience", ChoicesDropdownFilter)]
    search_fields = ["receipt__invoice__number", "receipt__invoice__buyer_name"]
    fields = [
        ("invoice", "level"),
        ("due_on", "claimed"),
        ("interest", "fixed_sum"),
        ("pay_by", "sent_by"),
        "dispatch",
        ("held_by", "held_at"),
    ]
    readonly_fields = ["invoice"]
    list_before_template = "admin/invoicing/dunningnotice/_due.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[DunningNotice]:
        notices: QuerySet[DunningNotice] = super().get_queryset(request)
        return (
            notices.select_related(
                "receipt__invoice__client", "level", "dispatch", "held_by"
            )
            .defer("receipt__invoice__record", "receipt__invoice__rule_sets")
            .exclude(dispatch=None, held_at=None)
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        today = timezone.localdate()
        planned = going_out(on=today, until=today + WEEK)
        due = [one for one in planned if one.goes_on <= today]
        missing = {half for one in planned for half in one.claim.missing}
        context = dict(
            extra_context or {},
            due=due,
            coming=planned[len(due) :],
            can_go=sum(one.may_go for one in due),
            rate_missing=without_rate(missing),
            by_itself=DunningSettings.objects.current().sends_by_itself,
            mail_missing=channel.missing(),
            may_send=request.user.has_perm(MAY_SEND),
        )
        response: HttpResponse = super().changelist_view(request, context)
        return response

    # What the list shows

    @admin.display(description=_("payment reminder"))
    def what(self, notice: DunningNotice) -> SafeString:
        invoice = notice.receipt.invoice
        return two_lines(f"{invoice.client}, {invoice}", notice.level)

    @admin.display(description=_("invoice"))
    def invoice(self, notice: DunningNotice) -> str:
        return str(notice.receipt.invoice)

    @admin.display(description=_("due on"), ordering="due_on")
    def due_day(self, notice: DunningNotice) -> SafeString:
        return on_one_line(short_day(notice.due_on))

    @admin.display(description=_("open"), ordering="claimed")
    def claimed_amount(self, notice: DunningNotice) -> str:
        return euros(notice.claimed)

    @admin.display(description=_("interest and costs"))
    def costs_amount(self, notice: DunningNotice) -> str:
        return euros(notice.costs)

    @admin.display(description=_("state"))
    def state(self, notice: DunningNotice) -> SafeString:
        if notice.dispatch:
            state = State(notice.dispatch.state)
            return label(state.label, STATE_COLOURS[state])
        return label(_("held back"), Colour.GREY, title=str(notice.held_by or ""))

    # What she does

    def get_urls(self) -> list[URLPattern]:
        admin_view = self.admin_site.admin_view

        def of(view: Callable[..., HttpResponse]) -> Any:
            def with_admin(request: HttpRequest, **which: Any) -> HttpResponse:
                return view(self, request, **which)

            return admin_view(with_admin)

        return [
            path(
                "send/<int:receipt_id>/<int:step>/",
                admin_view(require_POST(self.send)),
                name="invoicing_dunning_send",
            ),
            path(
                "send-all/",
                admin_view(require_POST(self.send_all)),
                name="invoicing_dunning_send_all",
            ),
            path(
                "hold/<int:receipt_id>/<int:step>/",
                admin_view(require_POST(self.hold)),
                name="invoicing_dunning_hold",
            ),
            path(
                "<int:notice_id>/let-go/",
                admin_view(require_POST(self.let_go)),
                name="invoicing_dunning_let_go",
            ),
            path(
                "dispute/<int:invoice_id>/",
                of(dispute_view),
                name="invoicing_invoice_dispute",
            ),
            path(
                "dispute/<int:dispute_id>/end/",
                of(end_dispute_view),
                name="invoicing_dispute_end",
            ),
            path(
                "statement/<int:client_id>/",
                of(statement_view),
                name="invoicing_statement",
            ),
            path(
                "statement/<int:client_id>/statement.pdf",
                of(statement_pdf_view),
                name="invoicing_statement_pdf",
            ),
            *super().get_urls(),
        ]

    def send(self, request: HttpRequest, receipt_id: int, step: int) -> HttpResponse:
        """Send one whose turn it is."""

        def take(user: User) -> DunningNotice:
            if problem := channel.missing():
                raise sending.NotPlanned(problem)
            sent = sending.send(receipt_id, step, on=timezone.localdate(), by=user)
            if sent is None:
                raise sending.NotPlanned(
                    gettext("It went out already, or is not to go out any more.")
                )
            return sent

        return self._take(request, take, done=gettext("In the outgoing post: %s"))

    def send_all(self, request: HttpRequest) -> HttpResponse:
        """Send all whose turn it is."""
        user = self._sender(request)
        if problem := channel.missing():
            self.message_user(request, problem, messages.ERROR)
            return redirect("admin:invoicing_dunningnotice_changelist")
        count, unfit = sending.send_all(on=timezone.localdate(), by=user)
        told = ngettext(
            "%(count)s reminder is in the outgoing post.",
            "%(count)s reminders are in the outgoing post.",
            count,
        )
        self.message_user(request, told % {"count": count}, messages.SUCCESS)
        if unfit:
            self.message_user(request, UNFIT, messages.ERROR)
        return redirect("admin:invoicing_dunningnotice_changelist")

    def hold(self, request: HttpRequest, receipt_id: int, step: int) -> HttpResponse:
        """Hold back one that is to go out."""

        def take(user: User) -> DunningNotice:
            now = timezone.localtime()
            return sending.hold(receipt_id, step, on=now.date(), by=user, now=now)

        return self._take(request, take, done=gettext("Held back: %s"))

    def let_go(self, request: HttpRequest, notice_id: int) -> HttpResponse:
        """Let one that is held back go out when it is its turn."""

        def take(_user: User) -> DunningNotice:
            return sending.let_go(notice_id)

        return self._take(request, take, done=gettext("It goes out in its turn: %s"))

    def _take(
        self,
        request: HttpRequest,
        step: Callable[[User], DunningNotice],
        *,
        done: str,
    ) -> HttpResponse:
        """Take a step and go back to the list, with what came of it."""
        user = self._sender(request)
        try:
            notice = step(user)
        except sending.NotPlanned as error:
            self.message_user(request, str(error), messages.ERROR)
        except ValueError:
            self.message_user(request, UNFIT, messages.ERROR)
        else:
            self.message_user(request, done % notice, messages.SUCCESS)
        return redirect("admin:invoicing_dunningnotice_changelist")

    def _sender(self, request: HttpRequest) -> User:
        """Return who asks. Raises PermissionDenied if she may not send reminders."""
        if not request.user.has_perm(MAY_SEND) or not isinstance(request.user, User):
            raise PermissionDenied
        return request.user


UNFIT = _("A text leaves no subject: see Mail texts under Settings.")
