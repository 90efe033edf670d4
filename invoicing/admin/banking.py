"""Pages of the bank: a file looked at and brought in, and what is still to look at."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from invoicing.models import BankFile, BankTransaction, Seller
from invoicing.receipts.bank import booking
from invoicing.receipts.bank.looking import as_told
from invoicing.receipts.bank.outlook import Verdict
from invoicing.receipts.bank.statement import Refused
from invoicing.receipts.bank.wording import line_of, message, refusal
from invoicing.receipts.bank.worklist import verdict_of, worklist
from invoicing.receipts.recording import NotRecorded
from ownyourstory.importing import waiting
from ownyourstory.questions import say, user_of
from ownyourstory.templatetags.money import eur

from .bank_forms import AsideForm, BankFileForm, BookForm
from .receiving import MAY_RECORD

MOST_SHOWN = 200
"""Of each kind, on the page that shows what a file would do."""

PER_PAGE = 25


def upload_view(
    model_admin: ModelAdmin[BankFile], request: HttpRequest
) -> HttpResponse:
    """Ask for a file, show what it would do, and bring it in."""
    may_look = model_admin.has_view_permission(request)
    if not may_look or not request.user.has_perm(MAY_RECORD):
        raise PermissionDenied
    if "ticket" in request.POST:
        return _bring_in(request)
    sent = request.method == "POST"
    form = BankFileForm(request.POST, request.FILES) if sent else BankFileForm()
    shown: dict[str, Any] = {}
    has_account = bool(Seller.objects.current().iban)
    if has_account and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            looked = booking.look(content, today=timezone.localdate())
        except Refused as refused:
            form.add_error("file", refusal(refused))
        else:
            shown = _shown(looked)
            if looked.new:
                name = (file.name or "")[:200]
                shown["ticket"] = waiting.keep(
                    content, shown=name, purpose=_purpose(request)
                )
    return _page(
        model_admin,
        request,
        "upload",
        title=_("Bring in a bank file"),
        form=form,
        has_account=has_account,
        **shown,
    )


def _shown(looked: booking.Looked) -> dict[str, Any]:
    groups = []
    for verdict in Verdict:
        some = [pair for pair in looked.new if pair[1].verdict is verdict]
        if some:
            lines = [line_of(told, judged) for told, judged in some[:MOST_SHOWN]]
            words = lines[0].verdict_in_words
            groups.append((verdict.value, len(some), lines, words))
    return {
        "looked": looked,
        "groups": groups,
        "seen": len(looked.seen),
        "most_shown": MOST_SHOWN,
    }


def _bring_in(request: HttpRequest) -> HttpResponse:
    """Bring in the file that was looked at, or say why not."""
    try:
        file = waiting.fetch(request.POST["ticket"], purpose=_purpose(request))
        done = booking.bring_in(
            file.content,
            name=file.shown,
            now=timezone.now(),
            today=timezone.localdate(),
            by=user_of(request),
        )
    except waiting.Gone:
        text = _("This file is no longer at hand. Nothing was booked: choose it again.")
        messages.error(request, text)
        return redirect(request.path)
    except Refused as refused:
        messages.error(request, refusal(refused))
        return redirect(request.path)
    waiting.forget(file)
    if done.file is None:
        messages.info(request, _("All of it came in before: nothing changed."))
        return redirect("admin:invoicing_bankfile_changelist")
    messages.success(
        request,
        _(
            "Brought in: %(new)s new transactions, %(booked)s booked, "
            "%(seen)s seen before."
        )
        % {"new": done.new, "booked": done.booked, "seen": done.seen},
    )
    return redirect("admin:invoicing_banktransaction_open")


def _purpose(request: HttpRequest) -> dict[str, Any]:
    return {"user": request.user.pk, "task": "bank file"}


def open_view(
    model_admin: ModelAdmin[BankTransaction], request: HttpRequest
) -> HttpResponse:
    """Show what is still to look at, with what is proposed and its buttons."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    every = worklist()
    page = Paginator(every, PER_PAGE).get_page(request.GET.get("p"))
    lines = [
        line_of(as_told(one.row), one.judged, pk=one.row.pk) for one in page.object_list
    ]
    return _page(
        model_admin,
        request,
        "open",
        title=_("Open bank transactions"),
        lines=lines,
        page=page,
        may_book=request.user.has_perm(MAY_RECORD),
        has_files=bool(every) or BankFile.objects.exists(),
    )


def look_view(
    model_admin: ModelAdmin[BankTransaction],
    request: HttpRequest,
    transaction_id: int,
    *,
    aside: AsideForm | None = None,
) -> HttpResponse:
    """Show a transaction and what became of it, and book it for an invoice."""
    row = _found(model_admin, request, transaction_id)
    judged = verdict_of(row)
    may_book = request.user.has_perm(MAY_RECORD)
    is_asked = request.method == "POST" and aside is None
    if is_asked and not may_book:
        raise PermissionDenied
    form = BookForm(request.POST if is_asked else None, rest=row.rest, judged=judged)
    if is_asked and form.is_valid():
        try:
            booking.book(row.pk, form.part(), **_told(request))
        except NotRecorded as refused:
            say(form, str(refused), field=refused.field)
        else:
            return _booked(model_admin, request, row)
    payments = row.payments.select_related("invoice")
    return _page(
        model_admin,
        request,
        "transaction",
        title=str(row),
        row=row,
        message=message(row.communication, row.text),
        line=line_of(as_told(row), judged, pk=row.pk) if judged else None,
        payments=payments,
        set_aside=row.asides.filter(corrected_at=None).first(),
        form=form if may_book and judged else None,
        aside_form=aside or AsideForm(),
        may_book=may_book,
        media=model_admin.media + form.media,
    )


def confirm_view(
    model_admin: ModelAdmin[BankTransaction], request: HttpRequest, transaction_id: int
) -> HttpResponse:
    """Book what is proposed, as it was shown."""
    row = _to_book(model_admin, request, transaction_id)
    try:
        booking.confirm(row.pk, shown=request.POST.get("shown", ""), **_told(request))
    except NotRecorded as refused:
        model_admin.message_user(request, str(refused), messages.ERROR)
        return redirect("admin:invoicing_banktransaction_look", row.pk)
    return _booked(model_admin, request, row)


def aside_view(
    model_admin: ModelAdmin[BankTransaction], request: HttpRequest, transaction_id: int
) -> HttpResponse:
    """Set a transaction aside, with the reason."""
    row = _to_book(model_admin, request, transaction_id)
    form = AsideForm(request.POST)
    if form.is_valid():
        try:
            booking.set_aside(
                row.pk,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
                by=user_of(request),
            )
        except NotRecorded as refused:
            say(form, str(refused), field=refused.field)
        else:
            model_admin.message_user(request, _("Set aside."), messages.SUCCESS)
            return redirect("admin:invoicing_banktransaction_open")
    return look_view(model_admin, request, row.pk, aside=form)


def back_view(
    model_admin: ModelAdmin[BankTransaction], request: HttpRequest, transaction_id: int
) -> HttpResponse:
    """Bring a transaction back that was set aside."""
    row = _to_book(model_admin, request, transaction_id)
    booking.bring_back(row.pk, now=timezone.now(), by=user_of(request))
    return redirect("admin:invoicing_banktransaction_look", row.pk)


def _told(request: HttpRequest) -> dict[str, Any]:
    return {
        "now": timezone.now(),
        "today": timezone.localdate(),
        "by": user_of(request),
    }


def _booked(
    model_admin: ModelAdmin[BankTransaction],
    request: HttpRequest,
    row: BankTransaction,
) -> HttpResponse:
    """Say that it is booked, and go on with what is left of it."""
    if row.rest:
        text = _("Booked. %s of it is left.") % eur(row.rest)
        model_admin.message_user(request, text, messages.SUCCESS)
        return redirect("admin:invoicing_banktransaction_look", row.pk)
    model_admin.message_user(request, _("Booked."), messages.SUCCESS)
    return redirect("admin:invoicing_banktransaction_open")


def _found(
    model_admin: ModelAdmin[BankTransaction], request: HttpRequest, transaction_id: int
) -> BankTransaction:
    rows = BankTransaction.objects.select_related("file")
    row = get_object_or_404(rows, pk=transaction_id)
    if not model_admin.has_view_permission(request, row):
        raise PermissionDenied
    return row


def _to_book(
    model_admin: ModelAdmin[BankTransaction], request: HttpRequest, transaction_id: int
) -> BankTransaction:
    """Return a transaction. Raises PermissionDenied if she may not record money."""
    if not request.user.has_perm(MAY_RECORD):
        raise PermissionDenied
    return _found(model_admin, request, transaction_id)


def _page(
    model_admin: ModelAdmin[Any], request: HttpRequest, name: str, **context: Any
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        **context,
    }
    return render(request, f"admin/invoicing/bank/{name}.html", context)
