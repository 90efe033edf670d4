"""Lists of bank files and of their transactions: layout and permissions, no rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from invoicing.bank import format_iban
from invoicing.models import BankFile, BankTransaction
from invoicing.receipts.bank.wording import message
from invoicing.receipts.bank.worklist import counted, worklist
from ownyourstory.listing import (
    ChoiceFilter,
    Colour,
    QuarterFilter,
    euros,
    label,
    on_one_line,
    short_day,
    two_lines,
)
from ownyourstory.pages import Page

from .banking import (
    aside_view,
    back_view,
    confirm_view,
    look_view,
    open_view,
    upload_view,
)
from .receiving import MAY_RECORD


class Kept(Page):
    """A list whose rows nobody types, changes or deletes."""

    list_display_links = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(BankFile)
class BankFileAdmin(Kept):
    """What came in, by whom, and what became of it."""

    list_display = [
        "file_name",
        "days",
        "came_in",
        "transaction_count",
        "booked_count",
        "proposed_count",
        "open_count",
    ]
    list_select_related = ["added_by"]
    list_before_template = "admin/invoicing/bank/_files_head.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[BankFile]:
        standing = Q(transactions__payments__corrected_at=None)
        standing &= Q(transactions__payments__isnull=False)
        rows: QuerySet[BankFile] = super().get_queryset(request)
        return rows.annotate(
            how_many=Count("transactions", distinct=True),
            how_many_booked=Count("transactions", filter=standing, distinct=True),
            how_many_proposed=_waiting(request, is_proposed=True),
            how_many_unknown=_waiting(request, is_proposed=False),
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        every = worklist() if self.has_view_permission(request) else []
        request.waiting = counted(every)  # type: ignore[attr-defined]
        more = {
            "to_look_at": len(every),
            "may_bring_in": request.user.has_perm(MAY_RECORD),
            **(extra_context or {}),
        }
        response: HttpResponse = super().changelist_view(request, more)
        return response

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(partial(upload_view, self))
        ours = path("bring-in/", page, name="invoicing_bankfile_bring_in")
        return [ours, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return redirect(_transactions_of(object_id))

    @admin.display(description=_("file"), ordering="name")
    def file_name(self, file: BankFile) -> SafeString:
        name = format_html(
            '<a class="house-link" href="{}">{}</a>',
            _transactions_of(file.pk),
            file.name,
        )
        account = format_iban(file.account)
        return two_lines(name, f"{file.get_source_display()} · {account}")

    @admin.display(description=_("days"), ordering="first_on")
    def days(self, file: BankFile) -> SafeString:
        first, last = short_day(file.first_on), short_day(file.last_on)
        return on_one_line(first if first == last else f"{first} – {last}")

    @admin.display(description=_("brought in"), ordering="added_at")
    def came_in(self, file: BankFile) -> SafeString:
        day = short_day(timezone.localdate(file.added_at))
        return two_lines(day, file.added_by or "")

    @admin.display(description=_("transactions"))
    def transaction_count(self, file: BankFile) -> SafeString | str:
        count: int = file.how_many  # type: ignore[attr-defined]
        if not file.seen:
            return str(count)
        return two_lines(count, gettext("%s seen before") % file.seen)

    @admin.display(description=_("booked"))
    def booked_count(self, file: BankFile) -> int:
        return int(file.how_many_booked)  # type: ignore[attr-defined]

    @admin.display(description=_("proposed"))
    def proposed_count(self, file: BankFile) -> int:
        return int(file.how_many_proposed)  # type: ignore[attr-defined]

    @admin.display(description=_("unknown"))
    def open_count(self, file: BankFile) -> int:
        return int(file.how_many_unknown)  # type: ignore[attr-defined]


def _waiting(request: HttpRequest, *, is_proposed: bool) -> Case:
    """Return how many transactions of a file wait, as the page found out before."""
    found: Mapping[tuple[int, bool], int] = getattr(request, "waiting", {})
    return Case(
        *[
            When(pk=file, then=Value(count))
            for (file, proposed), count in found.items()
            if proposed is is_proposed
        ],
        default=Value(0),
        output_field=IntegerField(),
    )


def _transactions_of(file_id: object) -> str:
    address = reverse("admin:invoicing_banktransaction_changelist")
    return f"{address}?file__id__exact={file_id}"


class BecameFilter(ChoiceFilter):
    """Keep the transactions of which the same became."""

    title = _("state")
    parameter_name = "became"

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> Iterator[tuple[str, Any]]:
        yield "open", _("open")
        yield "booked", _("booked")
        yield "aside", _("set aside")

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "open":
                return queryset.filter(is_aside=False).exclude(
                    Q(used=F("amount")) | Q(used=-F("amount"))
                )
            case "booked":
                return queryset.filter(used__gt=0)
            case "aside":
                return queryset.filter(is_aside=True)
        return queryset


@admin.register(BankTransaction)
class BankTransactionAdmin(Kept):
    """All that happened on the account, each with what became of it (PAY-3)."""

    list_display = ["day", "who", "what", "moved_amount", "became"]
    list_filter = [BecameFilter, QuarterFilter.over("booked_on"), "file"]
    list_select_related = ["file"]
    ordering = ["-booked_on", "-pk"]
    search_fields = ["name", "iban", "text", "communication", "reference"]
    search_help_text = _("Name, account, text or communication.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: Any = super().get_queryset(request)
        found: QuerySet[Any] = rows.with_used().with_aside()
        return found

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        pages: list[tuple[str, Callable[..., HttpResponse], str]] = [
            ("open/", partial(open_view, self), "open"),
            ("<int:transaction_id>/", partial(look_view, self), "look"),
        ]
        steps: list[tuple[str, Callable[..., HttpResponse], str]] = [
            ("confirm", confirm_view, "confirm"),
            ("set-aside", aside_view, "aside"),
            ("bring-back", back_view, "back"),
        ]
        for address, step, name in steps:
            posted = require_POST(partial(step, self))
            pages.append((f"<int:transaction_id>/{address}/", posted, name))
        ours = [
            path(address, view(page), name=f"invoicing_banktransaction_{name}")
            for address, page, name in pages
        ]
        return [*ours, *super().get_urls()]

    @admin.display(description=_("day"), ordering="booked_on")
    def day(self, row: BankTransaction) -> SafeString:
        return format_html(
            '<a class="house-link whitespace-nowrap" href="{}">{}</a>',
            reverse("admin:invoicing_banktransaction_look", args=[row.pk]),
            short_day(row.booked_on),
        )

    @admin.display(description=_("counterparty"), ordering="name")
    def who(self, row: BankTransaction) -> SafeString:
        return two_lines(row.name, format_iban(row.iban))

    @admin.display(description=_("text"))
    def what(self, row: BankTransaction) -> SafeString:
        told = message(row.communication, row.text)
        return format_html('<span class="house-told-text">{}</span>', told)

    @admin.display(description=_("amount"), ordering="amount")
    def moved_amount(self, row: BankTransaction) -> str:
        return euros(row.amount)

    @admin.display(description=_("state"))
    def became(self, row: BankTransaction) -> SafeString:
        if row.is_aside:  # type: ignore[attr-defined]
            return label(_("set aside"), Colour.GREY)
        if not row.rest:
            return label(_("booked"), Colour.GREEN)
        if row.used:  # type: ignore[attr-defined]
            return label(_("booked in part"), Colour.AMBER)
        if row.amount < 0:
            return label(_("not booked"), Colour.GREY)
        return label(_("open"), Colour.AMBER)
