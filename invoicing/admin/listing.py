"""Client listing, EU services and the files for WinBooks: a page, and three downloads.

Another page can show the same: include ``admin/invoicing/exports/_listing.html`` with
what ``on_its_page`` returns.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from invoicing.exports.declaring import Incomplete, booked_span, listing_of
from invoicing.exports.eu_services import TaxPeriod, tax_periods
from invoicing.exports.for_winbooks import NotForWinBooks, winbooks_files
from invoicing.exports.handing_over import (
    NotHandedOver,
    client_listing_file,
    eu_services_file,
)
from invoicing.exports.listing import year_to_hand_in
from invoicing.exports.period import Preset, period_of
from invoicing.models import Invoice
from ownyourstory.questions import say

from .closing import MAY_EXPORT
from .list_forms import EuServicesForm, ListingForm, WinBooksForm


def urls(model_admin: ModelAdmin[Invoice]) -> list[URLPattern]:
    """Return the addresses of the page and its downloads, for ``get_urls``."""
    return [
        path(
            address,
            model_admin.admin_site.admin_view(partial(view, model_admin)),
            name=name,
        )
        for address, view, name in [
            ("lists/", lists_view, "invoicing_lists"),
            ("lists/clients/", client_listing_view, "invoicing_client_listing"),
            ("lists/eu-services/", eu_services_view, "invoicing_eu_services"),
            ("lists/winbooks/", winbooks_view, "invoicing_winbooks"),
        ]
    ]


def on_its_page(today: date, **forms: Any) -> dict[str, Any]:
    """Return what the template shows; ``forms`` are those with errors."""
    listing = listing_of(year_to_hand_in(today))
    return {
        "listing": listing,
        "is_running": listing.year == today.year,
        "listing_form": _listing_form(today),
        "eu_form": _eu_form(today),
        "winbooks_form": _winbooks_form(today),
        **forms,
    }


def lists_view(model_admin: ModelAdmin[Invoice], request: HttpRequest) -> HttpResponse:
    """Show the lists and how to get them."""
    _check(request)
    return _page(model_admin, request)


def client_listing_view(
    model_admin: ModelAdmin[Invoice], request: HttpRequest
) -> HttpResponseBase:
    """Hand over the client listing of a year (VAT-4)."""
    _check(request)
    form = _listing_form(timezone.localdate(), request.GET)
    if form.is_valid():
        try:
            file = client_listing_file(form.cleaned_data["year"], form.chosen())
        except Incomplete as error:
            say(form, str(error), field="year")
        else:
            return _download(
                file.pieces, name=file.name, content_type=file.content_type
            )
    return _page(model_admin, request, listing_form=form)


def eu_services_view(
    model_admin: ModelAdmin[Invoice], request: HttpRequest
) -> HttpResponseBase:
    """Hand over the EU services of a month or quarter (VAT-3)."""
    _check(request)
    form = _eu_form(timezone.localdate(), request.GET)
    if form.is_valid():
        try:
            file = eu_services_file(form.period_chosen(), form.chosen())
        except (Incomplete, NotHandedOver) as error:
            say(form, str(error), field="period")
        else:
            return _download(
                file.pieces, name=file.name, content_type=file.content_type
            )
    return _page(model_admin, request, eu_form=form)


def winbooks_view(
    model_admin: ModelAdmin[Invoice], request: HttpRequest
) -> HttpResponseBase:
    """Hand over one of the files for WinBooks."""
    _check(request)
    form = _winbooks_form(timezone.localdate(), request.GET)
    if form.is_valid():
        try:
            files = winbooks_files(form.period_chosen())
        except NotForWinBooks as error:
            say(form, str(error), field="last")
        else:
            chosen = form.cleaned_data["file"]
            return _download(
                files.act() if chosen == "act" else files.csf(),
                name=f"{chosen.upper()}.TXT",
                content_type="text/plain; charset=windows-1252",
            )
    return _page(model_admin, request, winbooks_form=form)


def _listing_form(today: date, data: Any = None) -> ListingForm:
    first, _last = booked_span() or (today, today)
    years = range(today.year, min(first.year, today.year - 1) - 1, -1)
    return ListingForm(data, years=years, year=year_to_hand_in(today))


def _eu_form(today: date, data: Any = None) -> EuServicesForm:
    last_quarter = period_of(Preset.LAST_QUARTER, today=today)
    first, _last = booked_span() or last_quarter.days
    this = TaxPeriod(last_quarter.until.year, quarter=1)
    return EuServicesForm(
        data,
        periods=tax_periods(min(first, last_quarter.first), today),
        period=this.like_this(last_quarter.first),
    )


def _winbooks_form(today: date, data: Any = None) -> WinBooksForm:
    quarter = period_of(Preset.LAST_QUARTER, today=today)
    return WinBooksForm(data, first=quarter.first, last=quarter.until)


def _page(
    model_admin: ModelAdmin[Invoice], request: HttpRequest, **forms: Any
) -> HttpResponse:
    shown = on_its_page(timezone.localdate(), **forms)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Lists for the tax office, and WinBooks"),
        "opts": model_admin.opts,
        **shown,
    }
    return render(request, "admin/invoicing/exports/listing.html", context)


def _download(
    pieces: Iterator[bytes], *, name: str, content_type: str
) -> HttpResponseBase:
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _check(request: HttpRequest) -> None:
    """Raise PermissionDenied to who may not export the books."""
    if not request.user.has_perm(MAY_EXPORT):
        raise PermissionDenied
