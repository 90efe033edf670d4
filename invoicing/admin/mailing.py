"""Sending an issued document by mail: looked through and changed before it leaves."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from invoicing.delivery import letters
from invoicing.delivery.purposes import purpose_of
from invoicing.forms import MailForm
from invoicing.models import Invoice
from ownyourstory.mail.channel import missing
from ownyourstory.mail.letters import Letter, html_of
from ownyourstory.outbox.models import State
from ownyourstory.questions import user_of

LANGUAGES = dict(settings.LANGUAGES)
LONGEST = 10
"""More digits than a number of mails can have."""

NO_NUMBER = -1
"""No page of ours said this: never as many as there are."""


def mail_view(
    model_admin: ModelAdmin[Invoice], request: HttpRequest, invoice_id: int
) -> HttpResponse:
    """Show the letter to change, how it will look and what is attached; then send it.

    The language can be changed: a text that was not touched changes with it, one that
    was typed stays as it is.
    """
    invoice = get_object_or_404(Invoice.objects.issued(), pk=invoice_id)
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    if problem := missing():
        model_admin.message_user(request, problem, messages.ERROR)
        return redirect("admin:invoicing_invoice_change", invoice.pk)
    language = _language(request.POST.get("shown"), invoice.language)
    form = MailForm(
        request.POST or None,
        initial=_initial(letters.letter_for(invoice, language=language))
        | {"to": invoice.client.invoice_email},
    )
    if request.method == "POST":
        is_valid = form.is_valid()
        if "language" in request.POST:
            wanted = _language(request.POST["language"], language)
            form = _in_language(form, invoice, was=language, wanted=wanted)
            language = wanted
        elif "send" in request.POST and is_valid:
            try:
                letters.post(
                    invoice,
                    form.letter(language),
                    [form.cleaned_data["to"]],
                    by=user_of(request),
                    seen=_number(request.POST.get("mailed")),
                )
            except letters.AlreadyMailed as error:
                form.add_error(None, str(error))
            else:
                model_admin.message_user(
                    request,
                    _("The mail with %s is in the outgoing post.") % invoice,
                    messages.SUCCESS,
                )
                return redirect("admin:invoicing_invoice_change", invoice.pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Send %s by mail") % invoice.number,
        "opts": model_admin.opts,
        "invoice": invoice,
        "form": form,
        "language": language,
        "languages": settings.LANGUAGES,
        **_mails(invoice),
        "preview": html_of(_shown(form, language), letters.sender(language)),
        "attachments": letters.attachments_of(invoice),
        "purpose": purpose_of(invoice.document()),
    }
    return render(request, "admin/invoicing/invoice/mail.html", context)


def _mails(invoice: Invoice) -> dict[str, Any]:
    """Return the mails so far, and how many of them left or are to leave."""
    mails = [mail.dispatch for mail in letters.mails_of(invoice) if mail.dispatch]
    stuck = {State.FAILED, State.WITHDRAWN}
    return {
        "mails": mails,
        "mailed": sum(mail.state not in stuck for mail in mails),
    }


def _initial(letter: Letter) -> dict[str, str]:
    return {"subject": letter.subject, "body": letter.body}


def _language(asked: str | None, otherwise: str) -> str:
    return asked if asked in LANGUAGES else otherwise


def _number(typed: str | None) -> int | None:
    """Return how many mails the page knew of; ``None`` if it does not say."""
    if typed is None:
        return None
    is_one = typed.isdecimal() and len(typed) < LONGEST
    return int(typed) if is_one else NO_NUMBER


def _in_language(
    form: MailForm, invoice: Invoice, *, was: str, wanted: str
) -> MailForm:
    """Return the form in another language; what was typed into it stays."""
    typed = {name: form[name].value() or "" for name in form.fields}
    text = _initial(letters.letter_for(invoice, language=was))
    untouched = all(_same(typed[name], text[name]) for name in text)
    if untouched:
        typed |= _initial(letters.letter_for(invoice, language=wanted))
    return MailForm(initial=typed)


def _same(typed: str, text: str) -> bool:
    return typed.replace("\r\n", "\n").strip() == text.strip()


def _shown(form: MailForm, language: str) -> Letter:
    """Return the letter as it stands in the form, also while it has errors."""
    subject = " ".join((form["subject"].value() or "…").split()) or "…"
    return Letter(subject, form["body"].value() or "", language)
