"""The page for the accountant: the tables of a period, and its pack."""

from __future__ import annotations

from functools import partial
from tempfile import TemporaryFile
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from invoicing.exports import closing
from invoicing.exports.catalogue import ABOUT, CONTENT_TYPES, TABLES, Format, streamed
from invoicing.exports.grid_sums import stretches
from invoicing.exports.pack import Refused
from invoicing.exports.packing import make_pack
from invoicing.exports.period import Period
from invoicing.exports.vat_return import GRIDS
from invoicing.models import ExportPack
from ownyourstory.listing import euros
from ownyourstory.pages import Page
from ownyourstory.questions import user_of

from .closing import MAY_CLOSE, MAY_EXPORT
from .periods import OWN, PeriodChoice

PACKS = 5
"""The last packs, as the page shows them."""


@admin.register(ExportPack)
class ExportPackAdmin(Page):
    """What was handed to the accountant; only to read."""

    list_display = [
        "__str__",
        "made_at",
        "made_by",
        "documents",
        "net_amount",
        "vat_amount",
        "gross_amount",
    ]
    list_select_related = ["made_by"]
    fields = [
        ("first", "until"),
        ("made_at", "made_by"),
        "documents",
        ("net_amount", "vat_amount", "gross_amount"),
        "sha256",
        "size",
    ]
    readonly_fields = ["net_amount", "vat_amount", "gross_amount"]

    @admin.display(description=_("excl. VAT"), ordering="base")
    def net_amount(self, pack: ExportPack) -> str:
        return euros(pack.base)

    @admin.display(description=_("VAT"), ordering="vat")
    def vat_amount(self, pack: ExportPack) -> str:
        return euros(pack.vat)

    @admin.display(description=_("incl. VAT"), ordering="gross")
    def gross_amount(self, pack: ExportPack) -> str:
        return euros(pack.gross)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(
                "books/",
                wrap(partial(books_view, self)),
                name="invoicing_exports_books",
            ),
            path(
                "books/pack/",
                wrap(require_POST(partial(pack_view, self))),
                name="invoicing_exports_pack",
            ),
            path(
                "books/<slug:name>.<str:extension>",
                wrap(partial(table_view, self)),
                name="invoicing_exports_table",
            ),
            *super().get_urls(),
        ]


def books_view(model_admin: ExportPackAdmin, request: HttpRequest) -> HttpResponse:
    """Show what there is of a period: its VAT, its tables, its packs."""
    _check(request)
    form = PeriodChoice(request.GET, today=timezone.localdate())
    return _page(model_admin, request, form)


def table_view(
    _model_admin: ExportPackAdmin, request: HttpRequest, name: str, extension: str
) -> HttpResponseBase:
    """Hand over one table of a period, while it is read."""
    _check(request)
    if name not in TABLES or extension not in set(Format):
        raise Http404
    today = timezone.localdate()
    period = PeriodChoice(request.GET, today=today).period()
    if period is None:
        return redirect(_address(request))
    as_format = Format(extension)
    response = StreamingHttpResponse(
        streamed(TABLES[name](period, today), as_format=as_format, at=period.until),
        content_type=CONTENT_TYPES[as_format],
    )
    return _as_download(response, name=f"{name}_{period}.{extension}")


def pack_view(model_admin: ExportPackAdmin, request: HttpRequest) -> HttpResponseBase:
    """Make the pack of a period whole, keep the record of it, and hand it over."""
    _check(request)
    today = timezone.localdate()
    form = PeriodChoice(request.POST, today=today)
    period = form.period()
    if period is None:
        return _page(model_admin, request, form)
    file = TemporaryFile()  # noqa: SIM115 – closed by the response that reads it
    try:
        make_pack(period, file, now=timezone.now(), today=today, by=user_of(request))
    except Refused as refused:
        file.close()
        return _page(model_admin, request, form, reasons=refused.reasons)
    file.seek(0)
    response = FileResponse(file, content_type="application/zip")
    return _as_download(response, name=f"books_{period}.zip")


def _page(
    model_admin: ExportPackAdmin,
    request: HttpRequest,
    form: PeriodChoice,
    *,
    reasons: list[str] | None = None,
) -> HttpResponse:
    today, period = timezone.localdate(), form.period()
    context = {
        **model_admin.admin_site.each_context(request),
        "title": gettext("For the accountant"),
        "opts": model_admin.opts,
        "form": form,
        "period": period,
        "reasons": reasons or [],
    }
    if period is not None:
        context |= _of_period(request, period)
        context["may_close"] = request.user.has_perm(MAY_CLOSE) and not closing.refusal(
            period.until, today=today
        )
    return render(request, "admin/invoicing/exports/books.html", context)


def _of_period(request: HttpRequest, period: Period) -> dict[str, Any]:
    today = timezone.localdate()
    own = {"preset": OWN, "first": str(period.first), "until": str(period.until)}
    tables = [make(period, today) for make in TABLES.values()]
    packs = ExportPack.objects.touching(*period.days).select_related("made_by")
    return {
        "query": urlencode(own),
        "tables": [(table, ABOUT[table.name]) for table in tables],
        "grids": GRIDS,
        "stretches": [
            (
                stretch,
                [
                    euros(stretch.grids[grid]) if stretch.grids[grid] else ""
                    for grid in GRIDS
                ],
                euros(stretch.grids.due),
            )
            for stretch in stretches(period)
        ],
        "packs": packs[:PACKS],
        "may_see_packs": request.user.has_perm("invoicing.view_exportpack"),
    }


def _address(request: HttpRequest) -> str:
    """Return the page with what was asked, to say there what is wrong with it."""
    return f"{reverse('admin:invoicing_exports_books')}?{request.GET.urlencode()}"


def _as_download(response: Any, *, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    made: HttpResponseBase = response
    return made


def _check(request: HttpRequest) -> None:
    """Raise PermissionDenied to who may not export the books."""
    if not request.user.has_perm(MAY_EXPORT):
        raise PermissionDenied
