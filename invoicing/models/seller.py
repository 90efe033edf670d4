"""The seller: what INV-2 wants on each document, in one row."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import (
    FileExtensionValidator,
    MaxValueValidator,
    MinValueValidator,
)
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries.fields import CountryField

from clients.identifiers import enterprise_number
from invoicing.bank import BadBic, BadIban, bank_account, bank_code, is_same_bank
from ownyourstory.history import History


class SellerManager(models.Manager["Seller"]):
    def current(self) -> Seller:
        """Return the one seller there is; the first migration made it."""
        return self.get(pk=1)


class Seller(models.Model):
    """Our own company. One row, edited as a page of settings.

    A blank field is one the owner has yet to give: issuing names it (INV-2).
    """

    legal_name = models.CharField(gettext_lazy("legal name"), max_length=200)
    trade_name = models.CharField(
        gettext_lazy("trade name"), max_length=200, blank=True
    )
    legal_form = models.CharField(gettext_lazy("legal form"), max_length=40)
    enterprise_number = models.CharField(
        gettext_lazy("enterprise number"), max_length=20
    )
    street = models.CharField(
        gettext_lazy("street and number"), max_length=200, blank=True
    )
    postal_code = models.CharField(gettext_lazy("postcode"), max_length=12, blank=True)
    city = models.CharField(gettext_lazy("town"), max_length=100, blank=True)
    country = CountryField(gettext_lazy("country"), default="BE")
    court = models.CharField(
        gettext_lazy("register of legal persons (RPR)"),
        max_length=100,
        blank=True,
        help_text=gettext_lazy("The court and its division: Gent, afdeling Gent."),
    )
    iban = models.CharField(gettext_lazy("IBAN"), max_length=42, blank=True)
    bic = models.CharField(
        gettext_lazy("BIC"),
        max_length=11,
        blank=True,
        help_text=gettext_lazy("Leave empty: it follows from the IBAN where known."),
    )
    bank = models.CharField(
        gettext_lazy("bank"),
        max_length=100,
        blank=True,
        help_text=gettext_lazy("Leave empty: it follows from the IBAN where known."),
    )
    email = models.EmailField(gettext_lazy("e-mail"), blank=True)
    phone = models.CharField(gettext_lazy("phone"), max_length=40, blank=True)
    website = models.CharField(gettext_lazy("website"), max_length=200, blank=True)
    logo = models.ImageField(
        gettext_lazy("logo"),
        upload_to="logo",
        blank=True,
        validators=[FileExtensionValidator(["png", "jpg", "jpeg"])],
        help_text=gettext_lazy("PNG or JPEG, printed at the top of each document."),
    )
    payment_term_days = models.PositiveSmallIntegerField(
        gettext_lazy("payment term (days)"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=gettext_lazy("At most 60 between businesses."),
    )
    is_small_enterprise = models.BooleanField(
        gettext_lazy("small-enterprise scheme for VAT"),
        default=False,
        help_text=gettext_lazy("Only if you are exempt from charging VAT."),
    )
    mails_at_issue = models.BooleanField(
        gettext_lazy("mail invoices as soon as they are issued"),
        default=False,
        help_text=gettext_lazy(
            "With your standard text, to clients who do not get e-invoices. "
            "Off: you look the mail through first."
        ),
    )
    vat_retention_years = models.PositiveSmallIntegerField(
        gettext_lazy("years to keep VAT documents"),
        default=7,
        validators=[MinValueValidator(7)],
        help_text=gettext_lazy("Counted from 1 January after the issue."),
    )
    dossier_retention_years = models.PositiveSmallIntegerField(
        gettext_lazy("years to keep subsidy dossiers"),
        default=10,
        validators=[MinValueValidator(10)],
        help_text=gettext_lazy("Counted from the start of the training."),
    )

    objects = SellerManager()
    history = History()

    class Meta:
        verbose_name = gettext_lazy("own company")
        verbose_name_plural = gettext_lazy("own company")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_only_one", condition=Q(pk=1)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_payment_term_allowed",
                condition=Q(payment_term_days__range=(1, 60)),
            ),
        ]

    def __str__(self) -> str:
        return self.trade_name or self.legal_name

    def clean(self) -> None:
        """Bring the numbers into one notation; let BIC and bank follow the IBAN."""
        super().clean()
        errors: dict[str, str] = {}
        try:
            self.enterprise_number = enterprise_number(self.enterprise_number)
        except ValueError:
            errors["enterprise_number"] = _("This is not a Belgian enterprise number.")
        if self.bic:
            try:
                self.bic = bank_code(self.bic)
            except BadBic:
                errors["bic"] = _("This is not a BIC: check for a typing error.")
        if self.iban:
            try:
                account = bank_account(self.iban)
            except BadIban:
                errors["iban"] = _(
                    "This is not a valid IBAN: check for a typing error."
                )
            else:
                self.iban = account.iban
                self.bic = self.bic or account.bic
                if account.bic and not is_same_bank(self.bic, account.bic):
                    errors["bic"] = (
                        _("The IBAN is of a bank with BIC %s: type that, or nothing.")
                        % account.bic
                    )
                self.bank = self.bank or account.bank
        if errors:
            raise ValidationError(errors)

    @property
    def vat_number(self) -> str:
        """The VAT number with prefix, as ``BE0824677865``."""
        return f"BE{self.enterprise_number}"

    def logo_bytes(self) -> bytes | None:
        """Return the bytes of the logo, ``None`` where there is none."""
        if not self.logo:
            return None
        with self.logo.open() as file:
            content: bytes = file.read()
        return content
