"""Invoices in the admin: drafts are edited, issued ones only read."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from invoicing import drafting, lifecycle, readiness
from invoicing.delivery import handing
from invoicing.delivery.letters import MIMETYPES
from invoicing.documents.document import Kind
from invoicing.forms import IssueForm
from invoicing.models import FileKind, Invoice, InvoiceStatus, NumberSeries
from invoicing.models.invoice import InvoiceQuerySet
from invoicing.preview import draft_pdf
from ownyourstory import archive
from ownyourstory.listing import (
    EMPTY,
    Colour,
    QuarterFilter,
    euros,
    label,
    on_one_line,
    short_day,
    two_lines,
)
from ownyourstory.pages import KeptPage
from ownyourstory.questions import user_of
from programs.models import Enrolment

from .bundling import dossier_view, dossiers_view
from .crediting import credit_view
from .delivering import (
    ToClientFilter,
    hand_over_view,
    issued_in_words,
    next_step,
    on_its_page,
    over_peppol,
    standing_label,
)
from .disputing import on_its_page as reminders_of
from .lines import DraftOnly, LineRows
from .mailing import mail_view
from .money import MoneyFilter, standing_of
from .receiving import let_go_view, pay_back_view, record_view, take_back_view
from .receiving import on_its_page as money_of

STATE_COLOURS = {
    InvoiceStatus.DRAFT: Colour.AMBER,
    InvoiceStatus.ISSUED: Colour.GREEN,
}


@admin.register(Invoice)
class InvoiceAdmin(DraftOnly, KeptPage):
    """Drafts to complete and issue; issued invoices to read and download."""

    list_display = [
        "number_or_draft",
        "state",
        "to_client",
        "issued_day",
        "money",
        "wallet",
        "net_amount",
        "gross_amount",
    ]
    list_display_links = ["number_or_draft"]
    list_filter = [
        ("status", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ToClientFilter,
        MoneyFilter,
        QuarterFilter.over("issued_on"),
        "via_wallet",
        ("language", ChoicesDropdownFilter),
    ]
    list_select_related = ["client"]
    search_fields = ["number"]
    search_help_text = _(
        "Number, client, VAT number, structured communication, order or "
        "application number."
    )
    autocomplete_fields = ["client", "enrolment"]
    inlines = [LineRows]
    actions = ["issue_selected"]
    change_form_before_template = "admin/invoicing/invoice/_draft.html"
    change_form_outer_before_template = "admin/invoicing/invoice/_issued.html"

    # What she sees

    def get_fieldsets(self, request: HttpRequest, obj: Invoice | None = None) -> Any:
        agreed = [
            "client",
            "enrolment",
            ("service_from", "service_until"),
            "via_wallet",
            "discount",
            "order_reference",
            "remark",
        ]
        if obj is None or obj.is_draft:
            return [(None, {"fields": agreed})]
        issued = [
            ("number", "issued_on", "due_on"),
            *([("credits", "credit_reason")] if obj.credits else []),
            ("net_amount", "vat_amount", "gross_amount"),
            ("wallet_part_amount", "direct_part_amount"),
            ("communication", "language"),
            ("issued_at", "issued_by"),
            "accepted",
        ]
        return [(_("As issued"), {"fields": issued}), (_("Agreed"), {"fields": agreed})]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Invoice | None = None
    ) -> list[str]:
        if obj is None or obj.is_draft:
            return []
        return [
            "number",
            "issued_on",
            "due_on",
            "credits",
            "credit_reason",
            "net_amount",
            "vat_amount",
            "gross_amount",
            "wallet_part_amount",
            "direct_part_amount",
            "communication",
            "language",
            "issued_at",
            "issued_by",
            "accepted",
        ]

    @admin.display(description=_("invoice"), ordering="number")
    def number_or_draft(self, invoice: Invoice) -> SafeString:
        return two_lines(invoice.number or _("no number yet"), invoice.client)

    @admin.display(description=_("state"), ordering="status")
    def state(self, invoice: Invoice) -> SafeString:
        if invoice.is_cancelled:
            return label(_("credited"), Colour.GREY)
        if invoice.kind == Kind.CREDIT_NOTE:
            return label(invoice.get_kind_display(), Colour.BLUE)
        status = InvoiceStatus(invoice.status)
        return label(status.label, STATE_COLOURS[status])

    @admin.display(description=_("to the client"))
    def to_client(self, invoice: Invoice) -> SafeString | str:
        return standing_label(invoice)

    @admin.display(description=_("issued on"), ordering="issued_on")
    def issued_day(self, invoice: Invoice) -> SafeString:
        """Return the day, of a draft the last one to issue it on (INV-5)."""
        if not invoice.is_draft:
            return on_one_line(short_day(invoice.issued_on))
        is_late = invoice.issue_by < timezone.localdate()
        return label(
            gettext("by %s") % short_day(invoice.issue_by),
            Colour.RED if is_late else Colour.GREY,
        )

    @admin.display(description=_("money"))
    def money(self, invoice: Invoice) -> SafeString | str:
        return standing_of(invoice)

    @admin.display(description=_("via"), ordering="via_wallet")
    def wallet(self, invoice: Invoice) -> SafeString | str:
        return label(_("wallet"), Colour.BLUE) if invoice.via_wallet else EMPTY

    @admin.display(description=_("excl. VAT"), ordering="net")
    def net_amount(self, invoice: Invoice) -> str:
        return euros(invoice.amounts.net)

    @admin.display(description=_("incl. VAT"), ordering="gross")
    def gross_amount(self, invoice: Invoice) -> str:
        return euros(invoice.amounts.gross)

    @admin.display(description=_("VAT"))
    def vat_amount(self, invoice: Invoice) -> str:
        return euros(invoice.vat)

    @admin.display(description=_("via the wallet"))
    def wallet_part_amount(self, invoice: Invoice) -> str:
        return euros(invoice.wallet_amount)

    @admin.display(description=_("directly"))
    def direct_part_amount(self, invoice: Invoice) -> str:
        return euros(invoice.direct_amount)

    @admin.display(description=_("accepted warnings"))
    def accepted(self, invoice: Invoice) -> str:
        return "\n".join(invoice.accepted_warnings.values()) or EMPTY

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invoice]:
        return (
            super()
            .get_queryset(request)
            .prefetch_related("lines", "deliveries__dispatch", "receipts")
        )

    def get_search_results(
        self, request: HttpRequest, queryset: InvoiceQuerySet, search_term: str
    ) -> tuple[InvoiceQuerySet, bool]:
        term = search_term.strip()
        found = queryset.search(term) if term else queryset
        return found, False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        invoice = self.get_object(request, object_id)
        context = dict(extra_context or {}, invoice=invoice)
        if invoice is not None and invoice.is_draft:
            today = timezone.localdate()
            context["problems"] = readiness.problems_today(invoice, today=today)
            context["warnings"] = readiness.warnings(invoice)
            context["amounts"] = invoice.amounts
            context["proposal"] = drafting.proposal_in_words(invoice)
        elif invoice is not None:
            may_deliver = self.has_change_permission(request)
            context |= on_its_page(invoice, may_deliver=may_deliver)
            context |= money_of(invoice, request)
            context |= reminders_of(invoice, request)
        response: HttpResponse = super().change_view(
            request, object_id, form_url, context
        )
        return response

    # What she does

    def get_urls(self) -> list[URLPattern]:
        admin_view = self.admin_site.admin_view
        return [
            path(
                "from-enrolment/<int:enrolment_id>/",
                admin_view(require_POST(self.draft_from_enrolment)),
                name="invoicing_draft_from_enrolment",
            ),
            path(
                "dossiers/",
                admin_view(partial(dossiers_view, self)),
                name="invoicing_dossiers",
            ),
            path(
                "dossiers/<int:enrolment_id>/",
                admin_view(partial(dossier_view, self)),
                name="invoicing_dossier_bundle",
            ),
            path(
                "<int:invoice_id>/preview.pdf",
                admin_view(self.preview),
                name="invoicing_invoice_preview",
            ),
            path(
                "<int:invoice_id>/issue/",
                admin_view(self.issue),
                name="invoicing_invoice_issue",
            ),
            path(
                "<int:invoice_id>/document.pdf",
                admin_view(partial(self.document, kind=FileKind.PDF)),
                name="invoicing_invoice_pdf",
            ),
            path(
                "<int:invoice_id>/document.xml",
                admin_view(partial(self.document, kind=FileKind.XML)),
                name="invoicing_invoice_xml",
            ),
            path(
                "<int:invoice_id>/mail/",
                admin_view(partial(mail_view, self)),
                name="invoicing_invoice_mail",
            ),
            path(
                "<int:invoice_id>/handed-over/",
                admin_view(partial(hand_over_view, self)),
                name="invoicing_invoice_hand_over",
            ),
            path(
                "<int:invoice_id>/over-peppol/",
                admin_view(require_POST(partial(over_peppol, self))),
                name="invoicing_invoice_over_peppol",
            ),
            path(
                "<int:invoice_id>/money/",
                admin_view(partial(record_view, self)),
                name="invoicing_invoice_money",
            ),
            path(
                "<int:invoice_id>/paid-back/",
                admin_view(partial(pay_back_view, self)),
                name="invoicing_invoice_pay_back",
            ),
            path(
                "<int:invoice_id>/write-off/<str:channel>/",
                admin_view(partial(let_go_view, self)),
                name="invoicing_invoice_let_go",
            ),
            path(
                "payment/<int:payment_id>/take-back/",
                admin_view(partial(take_back_view, self)),
                name="invoicing_payment_take_back",
            ),
            path(
                "<int:invoice_id>/credit/",
                admin_view(partial(credit_view, self)),
                name="invoicing_invoice_credit",
            ),
            *super().get_urls(),
        ]

    def draft_from_enrolment(
        self, request: HttpRequest, enrolment_id: int
    ) -> HttpResponse:
        """Make the draft invoice of an enrolment and open it."""
        enrolments = self.admin_site.get_model_admin(Enrolment)
        may_see = enrolments.has_view_permission(request)
        if not may_see or not self.has_add_permission(request):
            raise PermissionDenied
        enrolment = get_object_or_404(Enrolment, pk=enrolment_id)
        try:
            draft = drafting.draft_invoice(enrolment.pk, on=timezone.localdate())
        except lifecycle.LifecycleError as error:
            self.message_user(request, str(error), messages.ERROR)
            return redirect("admin:programs_enrolment_change", enrolment.pk)
        self.message_user(
            request,
            gettext("Here is the draft. Look it through, then issue it."),
            messages.SUCCESS,
        )
        return redirect("admin:invoicing_invoice_change", draft.pk)

    def preview(self, request: HttpRequest, invoice_id: int) -> HttpResponse:
        """Show a draft as PDF, with its mark and without a number."""
        draft = get_object_or_404(Invoice.objects.drafts(), pk=invoice_id)
        if not self.has_view_permission(request, draft):
            raise PermissionDenied
        pdf = draft_pdf(draft, on=timezone.localdate())
        return _file_response(pdf, name=f"{gettext('draft')}-{draft.pk}.pdf")

    def issue(self, request: HttpRequest, invoice_id: int) -> HttpResponse:
        """Ask for the date, show what will happen, and issue."""
        draft = get_object_or_404(Invoice, pk=invoice_id)
        if not self.has_change_permission(request, draft):
            if draft.is_draft:
                raise PermissionDenied
            return redirect("admin:invoicing_invoice_change", draft.pk)
        today = timezone.localdate()
        warnings = readiness.warnings(draft)
        form = IssueForm(
            request.POST or None,
            warnings=warnings,
            today=today,
            ways=handing.ways_of(draft),
        )
        problems = readiness.problems_today(draft, today=today)
        if request.method == "POST" and form.is_valid():
            try:
                invoice = lifecycle.issue(
                    draft.pk,
                    on=form.cleaned_data["on"],
                    now=timezone.localtime(),
                    by=user_of(request),
                    accepted=form.cleaned_data.get("accepted", []),
                    means=form.cleaned_data.get("means"),
                )
            except lifecycle.NotReady as error:
                problems = error.problems
                if error.warnings:
                    form.add_error(
                        "accepted", gettext("Tick this if you want to issue anyway.")
                    )
            except lifecycle.LifecycleError as error:
                form.add_error(None, str(error))
            else:
                self.message_user(
                    request,
                    f"{gettext('Issued %s.') % invoice} {next_step(invoice)}",
                    messages.SUCCESS,
                )
                return redirect("admin:invoicing_invoice_change", invoice.pk)
        series = NumberSeries.objects.planned(kind=Kind(draft.kind), year=today.year)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Issue an invoice"),
            "opts": self.opts,
            "draft": draft,
            "amounts": draft.amounts,
            "form": form,
            "problems": problems,
            "next_number": series.numbered(series.next),
        }
        return render(request, "admin/invoicing/invoice/issue.html", context)

    def document(
        self, request: HttpRequest, invoice_id: int, kind: FileKind
    ) -> HttpResponse:
        """Serve a stored file of an issued invoice, byte for byte (INV-3)."""
        invoice = get_object_or_404(Invoice.objects.issued(), pk=invoice_id)
        if not self.has_view_permission(request, invoice):
            raise PermissionDenied
        stored = get_object_or_404(invoice.files, kind=kind)
        try:
            content = archive.read(stored.sha256)
        except archive.Damaged:
            self.message_user(
                request,
                gettext(
                    "The stored file %s is missing or was changed. Nothing was "
                    "made anew: put it back from a backup."
                )
                % invoice.file_name(kind),
                messages.ERROR,
            )
            return redirect("admin:invoicing_invoice_change", invoice.pk)
        return _file_response(
            content,
            name=invoice.file_name(kind),
            content_type=MIMETYPES[kind],
            download="download" in request.GET or kind is FileKind.XML,
        )

    @admin.action(
        description=_("Issue the selected drafts, dated today"), permissions=["change"]
    )
    def issue_selected(self, request: HttpRequest, queryset: InvoiceQuerySet) -> None:
        issued: list[Invoice] = []
        for draft in queryset.drafts().order_by("service_until", "pk"):
            try:
                invoice = lifecycle.issue(
                    draft.pk,
                    on=timezone.localdate(),
                    now=timezone.localtime(),
                    by=user_of(request),
                )
            except lifecycle.LifecycleError as error:
                self.message_user(request, f"{draft}: {error}", messages.ERROR)
            else:
                issued.append(invoice)
        if issued:
            self.message_user(request, issued_in_words(issued), messages.SUCCESS)


def _file_response(
    content: bytes,
    *,
    name: str,
    content_type: str = MIMETYPES[FileKind.PDF],
    download: bool = False,
) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    disposition = "attachment" if download else "inline"
    response["Content-Disposition"] = f'{disposition}; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
