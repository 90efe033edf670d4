"""A client: everything an invoice and the wallet must know of it."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries.fields import CountryField

from clients import identifiers
from clients.einvoicing import Exemption, Ground, ground_for
from clients.eligibility import ClientFacts, LegalForm
from clients.regions import POSTCODES, Region
from clients.size import Size, SizeLimits, enterprise_size
from clients.wording import EXEMPTIONS, LEGAL_FORMS, REGIONS
from ownyourstory.history import History


class ClientKind(models.TextChoices):
    BUSINESS = "business", gettext_lazy("business")
    PERSON = "person", gettext_lazy("private person")


class VatLiability(models.TextChoices):
    LIABLE = "liable", gettext_lazy("VAT-liable")
    SMALL_ENTERPRISE = "small", gettext_lazy("VAT-liable, small-enterprise scheme")
    ONLY_EXEMPT = "exempt", gettext_lazy("only exempt work (art. 44)")
    NOT_LIABLE = "none", gettext_lazy("not VAT-liable")


HAS_VAT_NUMBER = (VatLiability.LIABLE, VatLiability.SMALL_ENTERPRISE)


class ClientQuerySet(models.QuerySet["Client"]):
    def active(self) -> Self:
        """Keep the clients that are not archived."""
        return self.filter(is_archived=False)

    def search(self, term: str) -> Self:
        """Keep the clients with ``term`` in a name, a place or any number.

        Numbers are found in any notation: ``BE 0824.677.865`` or ``824677865``.
        """
        found = (
            Q(legal_name__icontains=term)
            | Q(trade_name__icontains=term)
            | Q(city__icontains=term)
            | Q(invoice_email__icontains=term)
            | Q(pk__in=Contact.objects.filter(name__icontains=term).values("client"))
        )
        if number := identifiers.search_form(term):
            found |= Q(enterprise_number__contains=number)
            found |= Q(foreign_vat_number__contains=number)
        return self.filter(found)


def _region_in_sql() -> Case:
    """Return ``regions.region_of`` as SQL: of the seat, else the address (ELI-1)."""
    at_address = Q(country="BE", seat_postal_code="")
    four_digits = Q(Exact(Length("postal_code"), 4))
    return Case(
        *(
            When(
                Q(seat_postal_code__range=(first, last))
                | at_address & four_digits & Q(postal_code__range=(first, last)),
                then=Value(region.value),
            )
            for region, first, last in POSTCODES
        ),
        When(~Q(country="BE") & Q(seat_postal_code=""), then=Value(Region.ABROAD)),
        default=Value(Region.UNKNOWN),
    )


class Client(models.Model):
    """A business or private person that can be invoiced.

    ``enterprise_number`` holds ten digits and is for Belgium only,
    ``foreign_vat_number`` holds the country prefix and is for elsewhere (EIN-3).
    """

    kind = models.CharField(
        gettext_lazy("kind"),
        max_length=10,
        choices=ClientKind,
        default=ClientKind.BUSINESS,
    )
    legal_name = models.CharField(
        gettext_lazy("legal name"),
        max_length=200,
        help_text=gettext_lazy(
            "As in the company register; for a private person the full name."
        ),
    )
    trade_name = models.CharField(
        gettext_lazy("trade name"), max_length=200, blank=True
    )
    legal_form = models.CharField(
        gettext_lazy("legal form"),
        max_length=15,
        choices=list(LEGAL_FORMS.items()),
        blank=True,
    )
    enterprise_number = models.CharField(
        gettext_lazy("enterprise number"),
        max_length=20,
        blank=True,
        help_text=gettext_lazy("Belgian, in any notation: BE 0824.677.865."),
    )
    foreign_vat_number = models.CharField(
        gettext_lazy("VAT number abroad"),
        max_length=20,
        blank=True,
        help_text=gettext_lazy("Only for clients outside Belgium."),
    )
    vat_liability = models.CharField(
        gettext_lazy("VAT liability"),
        max_length=10,
        choices=VatLiability,
        default=VatLiability.LIABLE,
    )

    street = models.CharField(gettext_lazy("street and number"), max_length=200)
    postal_code = models.CharField(gettext_lazy("postcode"), max_length=12)
    city = models.CharField(gettext_lazy("town"), max_length=100)
    country = CountryField(gettext_lazy("country"), default="BE")
    seat_street = models.CharField(
        gettext_lazy("operating seat: street and number"), max_length=200, blank=True
    )
    seat_postal_code = models.CharField(
        gettext_lazy("operating seat: postcode"),
        max_length=4,
        blank=True,
        validators=[RegexValidator(r"^\d{4}$", gettext_lazy("Four digits."))],
    )
    seat_city = models.CharField(
        gettext_lazy("operating seat: town"), max_length=100, blank=True
    )
    region = models.GeneratedField(
        verbose_name=gettext_lazy("region"),
        expression=_region_in_sql(),
        output_field=models.CharField(max_length=10, choices=list(REGIONS.items())),
        db_persist=True,
    )

    language = models.CharField(
        gettext_lazy("language"),
        max_length=2,
        choices=settings.LANGUAGES,
        default="nl",
        help_text=gettext_lazy("Of the invoices and letters this client gets."),
    )
    invoice_email = models.EmailField(gettext_lazy("e-mail for invoices"), blank=True)
    peppol_id = models.CharField(
        gettext_lazy("Peppol id"),
        max_length=60,
        blank=True,
        validators=[
            RegexValidator(
                r"^\d{4}:\S+$", gettext_lazy("A scheme, a colon and a number.")
            )
        ],
        help_text=gettext_lazy("Leave empty: it follows from the number."),
    )
    einvoice_exemption = models.CharField(
        gettext_lazy("exception to the e-invoice"),
        max_length=15,
        choices=list(EXEMPTIONS.items()),
        blank=True,
        help_text=gettext_lazy(
            "Only where this client is no ordinary case: the reason is kept."
        ),
    )
    reference = models.CharField(
        gettext_lazy("their own reference"),
        max_length=100,
        blank=True,
        help_text=gettext_lazy(
            "Printed on each invoice, where the client asks for one."
        ),
    )

    fte = models.DecimalField(
        gettext_lazy("staff (FTE)"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    turnover = models.DecimalField(
        gettext_lazy("turnover (EUR a year)"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
    )
    balance_total = models.DecimalField(
        gettext_lazy("balance total (EUR)"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
    )
    counts_linked_firms = models.BooleanField(
        gettext_lazy("partner and linked firms counted in"),
        default=False,
        help_text=gettext_lazy(
            "Firms that hold 25 % or more of it, or that it holds, count too."
        ),
    )
    public_share = models.DecimalField(
        gettext_lazy("public participation (%)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    nace = models.CharField(
        gettext_lazy("main activity (NACE)"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^[\d.]{2,8}$", gettext_lazy("Digits and dots."))],
    )
    is_related = models.BooleanField(
        gettext_lazy("related to us"),
        default=False,
        help_text=gettext_lazy(
            "A shared director or shareholder, or close family: no subsidy then."
        ),
    )

    is_archived = models.BooleanField(gettext_lazy("archived"), default=False)
    notes = models.TextField(gettext_lazy("notes for yourself"), blank=True)
    created_at = models.DateTimeField(gettext_lazy("created at"), auto_now_add=True)

    objects = ClientQuerySet.as_manager()
    history = History(without=["region"])

    class Meta:
        ordering = ["legal_name", "pk"]
        verbose_name = gettext_lazy("client")
        verbose_name_plural = gettext_lazy("clients")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_valid",
                condition=Q(kind__in=ClientKind.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_vat_liability_valid",
                condition=Q(vat_liability__in=VatLiability.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_language_valid",
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_legal_form_valid",
                condition=Q(legal_form__in=["", *LegalForm]),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_einvoice_exemption_valid",
                condition=Q(einvoice_exemption__in=["", *Exemption]),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_belgian_number_in_belgium",
                condition=Q(enterprise_number="") | Q(country="BE"),
                violation_error_message=gettext_lazy(
                    "An enterprise number belongs to a Belgian client."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_foreign_number_abroad",
                condition=Q(foreign_vat_number="") | ~Q(country="BE"),
                violation_error_message=gettext_lazy(
                    "A VAT number abroad belongs to a client outside Belgium."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_person_has_no_number",
                condition=~Q(kind=ClientKind.PERSON)
                | Q(enterprise_number="", foreign_vat_number="", vat_liability="none"),
                violation_error_message=gettext_lazy(
                    "A private person has no enterprise or VAT number "
                    "and is not VAT-liable."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_vat_liable_has_number",
                condition=~Q(vat_liability__in=HAS_VAT_NUMBER)
                | ~Q(country="BE")
                | ~Q(enterprise_number=""),
                violation_error_message=gettext_lazy(
                    "A VAT-liable Belgian client needs its enterprise number."
                ),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_enterprise_number_once",
                fields=["enterprise_number"],
                condition=~Q(enterprise_number=""),
                violation_error_message=gettext_lazy(
                    "There is a client with this enterprise number already."
                ),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_foreign_number_once",
                fields=["foreign_vat_number"],
                condition=~Q(foreign_vat_number=""),
                violation_error_message=gettext_lazy(
                    "There is a client with this VAT number already."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.trade_name or self.legal_name

    def clean(self) -> None:
        """Bring the numbers into their one notation, or say what is wrong with them."""
        super().clean()
        errors: dict[str, str] = {}
        if self.enterprise_number:
            try:
                self.enterprise_number = identifiers.enterprise_number(
                    self.enterprise_number
                )
            except ValueError:
                errors["enterprise_number"] = _(
                    "This is not a Belgian enterprise number: ten digits, the first "
                    "0 or 1, and the last two must fit. Check for a typing error."
                )
        if self.foreign_vat_number and self.country:
            try:
                self.foreign_vat_number = identifiers.vat_number(
                    self.foreign_vat_number, country=self.country.code
                )
            except ValueError:
                errors["foreign_vat_number"] = (
                    _("This is not a valid VAT number for %s.") % self.country.name
                )
        if self.country == "BE" and not (
            len(self.postal_code) == 4 and self.postal_code.isdecimal()
        ):
            errors["postal_code"] = _("A Belgian postcode has four digits.")
        if errors:
            raise ValidationError(errors)

    @property
    def number(self) -> str:
        """Our number for the client, as printed on invoices: ``K00012``."""
        return f"K{self.pk:05d}" if self.pk else ""

    @property
    def is_person(self) -> bool:
        """True for a private person."""
        return self.kind == ClientKind.PERSON

    @property
    def vat_number(self) -> str:
        """The VAT number with prefix, as ``BE0824677865``; empty if there is none."""
        if self.country != "BE":
            return self.foreign_vat_number
        if self.vat_liability in HAS_VAT_NUMBER and self.enterprise_number:
            return f"BE{self.enterprise_number}"
        return ""

    @property
    def einvoice_ground(self) -> Ground:
        """What decides whether the e-invoice is the legal one (EIN-1)."""
        return ground_for(
            is_person=self.is_person,
            country=self.country.code,
            is_vat_liable=self.vat_liability in HAS_VAT_NUMBER,
            only_exempt=self.vat_liability == VatLiability.ONLY_EXEMPT,
            exemption=self.einvoice_exemption,
        )

    @property
    def endpoint(self) -> str:
        """The Peppol id: typed by the owner, else as follows from the number (EIN-3).

        Empty where nothing is known under which the client could be reached.
        """
        return self.peppol_id or identifiers.peppol_id(
            country=self.country.code,
            enterprise_number=self.enterprise_number,
            vat_number=self.foreign_vat_number,
        )

    def size(self, limits: SizeLimits) -> Size:
        """Return the size of the enterprise under ``limits`` (ELI-2)."""
        return enterprise_size(
            fte=self.fte,
            turnover=self.turnover,
            balance=self.balance_total,
            limits=limits,
        )

    def facts(self) -> ClientFacts:
        """Return what the eligibility rules ask about this client."""
        return ClientFacts(
            is_private_person=self.is_person,
            region=Region(self.region),
            legal_form=self.legal_form,
            fte=self.fte,
            turnover=self.turnover,
            balance=self.balance_total,
            public_share=self.public_share,
            nace=self.nace,
            is_related=self.is_related,
        )


class Contact(models.Model):
    """Somebody to talk to at a client."""

    client = models.ForeignKey(
        Client,
        on_delete=models.CASCADE,
        related_name="contacts",
        verbose_name=gettext_lazy("client"),
    )
    name = models.CharField(gettext_lazy("name"), max_length=200)
    role = models.CharField(gettext_lazy("role"), max_length=100, blank=True)
    email = models.EmailField(gettext_lazy("e-mail"), blank=True)
    phone = models.CharField(gettext_lazy("phone"), max_length=40, blank=True)
    gets_invoices = models.BooleanField(
        gettext_lazy("for the attention of"),
        default=False,
        help_text=gettext_lazy("Named on the invoice."),
    )

    history = History()

    class Meta:
        ordering = ["name"]
        verbose_name = gettext_lazy("contact person")
        verbose_name_plural = gettext_lazy("contact people")

    def __str__(self) -> str:
        return self.name
