"""Invoices and credit notes: a draft is free, an issued one is frozen.

What is on their lines stands in ``lines``, what keeps them frozen in ``guards``.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NoReturn, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import identifiers
from clients.models import Client
from invoicing.documents.document import Document, Kind
from invoicing.documents.record import document_from_record
from invoicing.documents.totals import Totals, totals
from invoicing.wording import KINDS
from ownyourstory.days import plausible_day
from ownyourstory.history import History
from ownyourstory.money import ZERO
from programs import deadlines
from programs.models import Enrolment

from .series import NumberSeries


class InvoiceStatus(models.TextChoices):
    DRAFT = "draft", gettext_lazy("draft")
    ISSUED = "issued", gettext_lazy("issued")


COPIED_AT_ISSUE = [
    "series",
    "sequence",
    "due_on",
    "issued_at",
    "issued_by",
    "language",
    "buyer_name",
    "communication",
    "net",
    "vat",
    "gross",
    "wallet_amount",
    "direct_amount",
    "subsidy_year",
    "subsidy_estimate",
    "record",
    "rule_sets",
]
"""What issuing writes once: the record and the seal hold it, no history is needed."""


class IssuedIsKept(Exception):
    """Somebody asked to delete what was issued (INV-3, INV-7)."""


def _refuse() -> NoReturn:
    raise IssuedIsKept(_("What was issued is never deleted: make a credit note."))


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def drafts(self) -> Self:
        """Keep the drafts."""
        return self.filter(status=InvoiceStatus.DRAFT)

    def issued(self) -> Self:
        """Keep what was issued."""
        return self.filter(status=InvoiceStatus.ISSUED)

    def locked(self, pk: int) -> Invoice:
        """Return one invoice, locked, its client before it.

        Whoever takes a step of a dossier locks the client too: in the same order
        neither waits for the other.
        """
        one = self.filter(pk=pk)
        clients = Client.objects.filter(pk__in=one.values("client"))
        list(clients.select_for_update())
        return one.select_for_update(of=["self"]).get()

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete drafts. Raises IssuedIsKept if an issued one is among them (INV-3)."""
        if self.issued().exists():
            _refuse()
        return super().delete()

    def search(self, term: str) -> Self:
        """Keep those with ``term`` in a number, a name or a reference.

        VAT numbers and structured communications are found in any notation.
        """
        found = (
            Q(number__icontains=term)
            | Q(buyer_name__icontains=term)
            | Q(client__legal_name__icontains=term)
            | Q(client__trade_name__icontains=term)
            | Q(order_reference__icontains=term)
            | Q(enrolment__application_number__icontains=term)
        )
        if number := identifiers.search_form(term):
            found |= Q(client__enterprise_number__contains=number)
            found |= Q(client__foreign_vat_number__contains=number)
        digits = "".join(filter(str.isdigit, term))
        if len(digits) == 12:
            found |= Q(communication=f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++")
        return self.filter(found)


class Invoice(models.Model):
    """An invoice: a draft until it is issued, frozen from then on (INV-3).

    ``record`` holds the whole document as issued; the columns beside it are the
    same facts, for lists, sums and searches. Amounts are EUR. ``rule_sets`` names what
    its e-invoice was checked with (EIN-4), each with name, version and sha256.
    Only ``invoicing.lifecycle`` writes ``status`` and what issuing fills in.
    """

    kind = models.CharField(
        gettext_lazy("kind"),
        max_length=12,
        choices=list(KINDS.items()),
        default=Kind.INVOICE,
        editable=False,
    )
    status = models.CharField(
        gettext_lazy("state"),
        max_length=10,
        choices=InvoiceStatus,
        default=InvoiceStatus.DRAFT,
        editable=False,
    )
    client = models.ForeignKey(
        Client,
        on_delete=models.PROTECT,
        related_name="invoices",
        verbose_name=gettext_lazy("client"),
    )
    enrolment = models.ForeignKey(
        Enrolment,
        on_delete=models.PROTECT,
        related_name="invoices",
        null=True,
        blank=True,
        verbose_name=gettext_lazy("enrolment"),
    )
    via_wallet = models.BooleanField(
        gettext_lazy("paid with the KMO-portefeuille"),
        default=False,
        help_text=gettext_lazy("Only for the enrolment of a training."),
    )
    service_from = models.DateField(
        gettext_lazy("service from"), validators=[plausible_day]
    )
    service_until = models.DateField(
        gettext_lazy("service until"),
        validators=[plausible_day],
        help_text=gettext_lazy("The same day for a service of one day."),
    )
    order_reference = models.CharField(
        gettext_lazy("their order number"), max_length=100, blank=True
    )
    remark = models.TextField(
        gettext_lazy("remark on the invoice"),
        blank=True,
        help_text=gettext_lazy("Printed as it stands, in the client's language."),
    )

    discount = models.DecimalField(
        gettext_lazy("discount on the whole (EUR excl. VAT)"),
        max_digits=12,
        decimal_places=2,
        default=ZERO,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=gettext_lazy("Beside the discounts on single lines."),
    )

    credits = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="credit_notes",
        null=True,
        editable=False,
        verbose_name=gettext_lazy("credits invoice"),
    )
    credit_reason = models.CharField(
        gettext_lazy("reason"), max_length=300, blank=True, editable=False
    )
    refund = models.TextField(
        gettext_lazy("who gets what back"), blank=True, editable=False
    )
    is_cancelled = models.BooleanField(
        gettext_lazy("credited in full"), default=False, editable=False
    )

    number = models.CharField(gettext_lazy("number"), max_length=30, editable=False)
    series = models.ForeignKey(
        NumberSeries,
        on_delete=models.PROTECT,
        related_name="invoices",
        null=True,
        editable=False,
        verbose_name=gettext_lazy("number series"),
    )
    sequence = models.PositiveIntegerField(
        gettext_lazy("number in the series"), null=True, editable=False
    )
    issued_on = models.DateField(gettext_lazy("issued on"), null=True, editable=False)
    due_on = models.DateField(gettext_lazy("due on"), null=True, editable=False)
    issued_at = models.DateTimeField(
        gettext_lazy("issued at"), null=True, editable=False
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=gettext_lazy("issued by"),
    )
    language = models.CharField(
        gettext_lazy("language"),
        max_length=2,
        choices=settings.LANGUAGES,
        blank=True,
        editable=False,
    )
    buyer_name = models.CharField(
        gettext_lazy("buyer"), max_length=200, blank=True, editable=False
    )
    communication = models.CharField(
        gettext_lazy("structured communication"),
        max_length=20,
        blank=True,
        editable=False,
    )
    net = models.DecimalField(
        gettext_lazy("excl. VAT"),
        max_digits=12,
        decimal_places=2,
        null=True,
        editable=False,
    )
    vat = models.DecimalField(
        gettext_lazy("VAT"), max_digits=12, decimal_places=2, null=True, editable=False
    )
    gross = models.DecimalField(
        gettext_lazy("incl. VAT"),
        max_digits=12,
        decimal_places=2,
        null=True,
        editable=False,
    )
    wallet_amount = models.DecimalField(
        gettext_lazy("via the wallet"),
        max_digits=12,
        decimal_places=2,
        null=True,
        editable=False,
    )
    direct_amount = models.DecimalField(
        gettext_lazy("directly"),
        max_digits=12,
        decimal_places=2,
        null=True,
        editable=False,
    )
    subsidy_year = models.PositiveSmallIntegerField(
        gettext_lazy("year of the cap"), null=True, editable=False
    )
    subsidy_estimate = models.DecimalField(
        gettext_lazy("estimated subsidy"),
        max_digits=12,
        decimal_places=2,
        null=True,
        editable=False,
    )
    accepted_warnings = models.JSONField(
        gettext_lazy("accepted warnings"), default=dict, editable=False
    )
    record = models.JSONField(gettext_lazy("record"), null=True, editable=False)
    rule_sets = models.JSONField(
        gettext_lazy("rules it passed"), default=list, editable=False
    )
    created_at = models.DateTimeField(gettext_lazy("created at"), auto_now_add=True)

    objects = InvoiceQuerySet.as_manager()
    history = History(without=COPIED_AT_ISSUE)

    class Meta:
        ordering = [F("issued_on").desc(nulls_first=True), "-sequence", "-pk"]
        verbose_name = gettext_lazy("invoice")
        verbose_name_plural = gettext_lazy("invoices")
        indexes = [
            models.Index(fields=["-issued_on", "-sequence"], name="invoice_by_date"),
            # All that the revenue per month reads, so that it reads no invoice.
            models.Index(
                fields=["issued_on", "kind", "status", "net"], name="invoice_revenue"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_valid",
                condition=Q(kind__in=list(Kind)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_draft_or_complete",
                condition=Q(
                    status=InvoiceStatus.DRAFT,
                    number="",
                    series=None,
                    sequence=None,
                    issued_on=None,
                    due_on=None,
                    issued_at=None,
                    gross=None,
                    communication="",
                )
                | Q(
                    status=InvoiceStatus.ISSUED,
                    series__isnull=False,
                    sequence__isnull=False,
                    issued_on__isnull=False,
                    issued_at__isnull=False,
                    net__isnull=False,
                    vat__isnull=False,
                    gross__isnull=False,
                    wallet_amount__isnull=False,
                    direct_amount__isnull=False,
                    record__isnull=False,
                )
                & ~Q(number="")
                & ~Q(language="")
                & ~Q(buyer_name=""),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_amounts_add_up",
                condition=Q(gross=None)
                | Q(
                    gross=Round(F("net") + F("vat"), precision=2),
                    direct_amount=Round(F("gross") - F("wallet_amount"), precision=2),
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_credit_note_credits",
                condition=Q(kind=Kind.INVOICE, credits=None)
                | (
                    Q(kind=Kind.CREDIT_NOTE, credits__isnull=False)
                    & ~Q(credit_reason="")
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_discount_sound",
                condition=Q(discount__gte=0),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_service_ordered",
                condition=Q(service_until__gte=F("service_from")),
                violation_error_message=gettext_lazy(
                    "The service ends before it starts."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_wallet_has_enrolment",
                condition=Q(via_wallet=False) | Q(enrolment__isnull=False),
                violation_error_message=gettext_lazy(
                    "Only the invoice of an enrolment can be paid "
                    "with the KMO-portefeuille."
                ),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_number_once",
                fields=["number"],
                condition=~Q(number=""),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_sequence_once",
                fields=["series", "sequence"],
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_communication_once",
                fields=["communication"],
                condition=~Q(communication=""),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_per_enrolment",
                fields=["enrolment"],
                condition=Q(kind=Kind.INVOICE, is_cancelled=False),
                violation_error_message=gettext_lazy(
                    "This enrolment has an invoice already."
                ),
            ),
        ]

    def __str__(self) -> str:
        if self.number:
            return self.number
        return _("draft %(id)s for %(client)s") % {
            "id": self.pk,
            "client": self.client,
        }

    def clean(self) -> None:
        super().clean()
        self.discount = self.discount or ZERO
        if self.enrolment_id and self.client_id:
            enrolment = Enrolment.objects.filter(pk=self.enrolment_id).first()
            if enrolment and enrolment.client_id != self.client_id:
                raise ValidationError(
                    {"enrolment": _("This is an enrolment of another client.")}
                )

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a draft. Raises IssuedIsKept if it was issued (INV-3)."""
        if not self.is_draft:
            _refuse()
        return super().delete(*args, **kwargs)

    @property
    def is_draft(self) -> bool:
        """True until it is issued."""
        return self.status == InvoiceStatus.DRAFT

    @property
    def is_structured(self) -> bool:
        """True if it was issued as an e-invoice, of which the PDF is a copy (EIN-1)."""
        return bool(self.record and self.record["document"].get("is_structured"))

    @property
    def issue_by(self) -> date:
        """The last day to issue it in time (INV-5)."""
        return deadlines.issue_by(self.service_until)

    def file_name(self, extension: str) -> str:
        """Return the name its file is handed over under: ``2026-0001.pdf``."""
        return f"{self.number.replace('/', '-')}.{extension}"

    @property
    def amounts(self) -> Totals:
        """The totals: as issued, or of a draft's lines as they stand.

        Reads ``lines`` of a draft: prefetch them for lists.
        """
        if self.is_draft:
            lines = [line.priced() for line in self.lines.all()]
            # More discount than lines is refused when issuing, not when looking.
            most = max(sum((line.net for line in lines), ZERO), ZERO)
            return totals(
                lines,
                via_wallet=self.via_wallet,
                discount=min(self.discount, most),
            )
        return self.document().totals

    def document(self) -> Document:
        """Return the document as it was issued (INV-3).

        Raises ValueError on a draft: ``documents.build`` makes those.
        """
        if self.record is None:
            raise ValueError(f"invoice {self.pk} is a draft")
        return document_from_record(self.record)
