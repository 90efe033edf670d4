"""An enrolment: a client, a course, the people who come and the price agreed."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import Client
from clients.verdict import Answer
from clients.wording import ANSWERS
from ownyourstory.days import plausible_day
from ownyourstory.history import History
from ownyourstory.money import to_cents
from programs.application_number import tidy
from programs.road import OVER, ROAD, State
from programs.wording import STATES

from .catalogue import PriceBasis
from .courses import Course
from .dossier import DossierQuerySet, InDossier

UNDER_WAY = gettext_lazy("Its dossier is under way: take its steps back first.")
WHY_ALL_THE_SAME = gettext_lazy(
    "We find it not eligible: write down why you use the wallet all the same, or "
    "take the tick away."
)


class EnrolmentQuerySet(DossierQuerySet["Enrolment"]):
    def search(self, term: str) -> Self:
        """Keep those with ``term`` in a name, a title or any number of theirs."""
        people = Participant.objects.filter(name__icontains=term)
        return self.filter(
            Q(client__in=Client.objects.search(term))
            | Q(course__program__title_nl__icontains=term)
            | Q(course__program__title_fr__icontains=term)
            | Q(course__program__title_en__icontains=term)
            | Q(application_number__icontains=term)
            | Q(order_reference__icontains=term)
            | Q(pk__in=people.values("enrolment"))
        )

    def under_way(self) -> Self:
        """Keep those with a last day to come: a dossier to end, an invoice to issue."""
        issued = Enrolment.objects.filter(
            pk=OuterRef("pk"), invoices__issued_on__isnull=False
        )
        return self.filter(
            Q(uses_wallet=True) & ~Q(state__in=sorted(OVER)) | ~Exists(issued)
        )

    def with_dates(self) -> Self:
        """Add and fetch what ``programs.dossier_dates`` reads, in a few queries.

        ``invoiced_on``: the day of the last document issued. ``drafted_until``: up to
        when a draft invoices. ``invoice_number``: of the invoice that stands.
        """
        # Queries of their own: a join would multiply what the caller counts.
        alone = Enrolment.objects.filter(pk=OuterRef("pk")).order_by()
        drafts = Q(invoices__issued_on=None)
        standing = alone.filter(
            invoices__issued_on__isnull=False,
            invoices__kind="invoice",
            invoices__is_cancelled=False,
        )
        issued_on = alone.annotate(day=Max("invoices__issued_on"))
        until = alone.annotate(day=Max("invoices__service_until", filter=drafts))
        return (
            self.annotate(
                invoiced_on=Subquery(issued_on.values("day")),
                drafted_until=Subquery(until.values("day")),
                invoice_number=Subquery(standing.values("invoices__number")[:1]),
            )
            .select_related("client", "course__program")
            .prefetch_related("course__sessions", "steps")
        )


class Enrolment(InDossier):
    """What was agreed with a client about a course.

    ``unit_price`` is EUR excl. VAT per person or per group; ``discount`` is EUR
    off the whole training.
    """

    client = models.ForeignKey(
        Client,
        on_delete=models.PROTECT,
        related_name="enrolments",
        verbose_name=gettext_lazy("client"),
    )
    course = models.ForeignKey(
        Course,
        on_delete=models.PROTECT,
        related_name="enrolments",
        verbose_name=gettext_lazy("course"),
    )
    agreed_on = models.DateField(gettext_lazy("agreed on"), validators=[plausible_day])
    unit_price = models.DecimalField(
        gettext_lazy("agreed price (EUR excl. VAT)"),
        max_digits=10,
        decimal_places=2,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=gettext_lazy("Leave empty for the price of the program."),
    )
    price_basis = models.CharField(
        gettext_lazy("price is"),
        max_length=10,
        choices=PriceBasis,
        blank=True,
        help_text=gettext_lazy("Leave empty to do as the program does."),
    )
    discount = models.DecimalField(
        gettext_lazy("discount (EUR excl. VAT)"),
        max_digits=10,
        decimal_places=2,
        default=Decimal(0),
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=gettext_lazy("Off the whole training, not per person."),
    )
    order_reference = models.CharField(
        gettext_lazy("their order number"), max_length=100, blank=True
    )
    uses_wallet = models.BooleanField(
        gettext_lazy("pays with the KMO-portefeuille"), default=False
    )
    application_number = models.CharField(
        gettext_lazy("application number"),
        max_length=40,
        blank=True,
        help_text=gettext_lazy("As the agency gave it, such as 2026KMO123456."),
    )
    applied_on = models.DateField(
        gettext_lazy("applied on"), null=True, blank=True, validators=[plausible_day]
    )
    state = models.CharField(
        gettext_lazy("how far it is"),
        max_length=15,
        choices=list(STATES.items()),
        default=State.AGREED,
        editable=False,
    )
    eligibility = models.JSONField(
        gettext_lazy("eligibility when agreed"),
        default=dict,
        blank=True,
        editable=False,
    )
    eligibility_answer = models.CharField(
        gettext_lazy("eligible when agreed"),
        max_length=10,
        choices=list(ANSWERS.items()),
        default=Answer.UNKNOWN,
        editable=False,
    )
    override_reason = models.TextField(
        gettext_lazy("why the wallet all the same"),
        blank=True,
        help_text=gettext_lazy(
            "Only where we find it not eligible, and you know better: "
            "the agency decides."
        ),
    )
    subsidy_year = models.PositiveSmallIntegerField(
        gettext_lazy("year of the cap"), null=True, blank=True, editable=False
    )
    subsidy_base = models.DecimalField(
        gettext_lazy("eligible amount (EUR)"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        editable=False,
    )
    subsidy_rate = models.DecimalField(
        gettext_lazy("rate (%)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        editable=False,
    )
    subsidy_estimate = models.DecimalField(
        gettext_lazy("estimated subsidy (EUR)"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        editable=False,
    )
    granted_subsidy = models.DecimalField(
        gettext_lazy("subsidy granted (EUR)"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=gettext_lazy("What the agency really gives, once you know it."),
    )
    notes = models.TextField(gettext_lazy("notes for yourself"), blank=True)

    objects = EnrolmentQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["-agreed_on", "-pk"]
        verbose_name = gettext_lazy("enrolment")
        verbose_name_plural = gettext_lazy("enrolments")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_price_basis_valid",
                condition=Q(price_basis__in=PriceBasis.values),
                violation_error_message=gettext_lazy(
                    "Choose a course: the price follows from it."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_price_sound",
                condition=Q(unit_price__gte=0, discount__gte=0),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_application_uses_wallet",
                condition=Q(application_number="", applied_on=None)
                | Q(uses_wallet=True),
                violation_error_message=gettext_lazy(
                    "An application belongs to an enrolment "
                    "that pays with the KMO-portefeuille."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_state_valid",
                condition=Q(state__in=list(STATES)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_road_uses_wallet",
                condition=Q(state=State.AGREED) | Q(uses_wallet=True),
                violation_error_message=UNDER_WAY,
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_applied_has_date",
                condition=~Q(state__in=ROAD[1:]) | Q(applied_on__isnull=False),
                violation_error_message=gettext_lazy(
                    "The client applied: on which day?"
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_subsidy_sound",
                condition=Q(
                    subsidy_estimate=None,
                    subsidy_base=None,
                    subsidy_rate=None,
                    subsidy_year=None,
                )
                | Q(
                    subsidy_estimate__gte=0,
                    subsidy_base__gte=F("subsidy_estimate"),
                    subsidy_rate__gte=0,
                    subsidy_year__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_grant_sound",
                condition=Q(granted_subsidy=None) | Q(granted_subsidy__gte=0),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_answer_valid",
                condition=Q(eligibility_answer__in=list(ANSWERS)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_no_wallet_against_no",
                condition=Q(uses_wallet=False)
                | ~Q(eligibility_answer=Answer.NO)
                | ~Q(override_reason=""),
                violation_error_message=WHY_ALL_THE_SAME,
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_application_number_once",
                fields=["application_number"],
                condition=~Q(application_number=""),
                violation_error_message=gettext_lazy(
                    "There is an enrolment with this application number already."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client} · {self.course}"

    def clean(self) -> None:
        """Fill in the program's price, tidy the application number (DOS-7)."""
        super().clean()
        self.discount = self.discount or Decimal(0)
        self.application_number = tidy(self.application_number)
        course = Course.objects.filter(pk=self.course_id).first()
        if course is not None:
            self._clean_course(course)
        self._clean_wallet()

    def _clean_course(self, course: Course) -> None:
        """Fill in what follows from the course, and refuse what does not fit it."""
        if self.unit_price is None:
            self.unit_price = course.program.price
        if not self.price_basis:
            self.price_basis = course.program.price_basis
        if course.in_company_client_id not in {None, self.client_id}:
            raise ValidationError(
                {"course": _("This course is only for %s.") % course.in_company_client}
            )
        if self.uses_wallet and not course.program.is_training:
            raise ValidationError(
                {
                    "uses_wallet": _(
                        "Advice is never paid with the KMO-portefeuille: "
                        "take the tick away, or choose a training."
                    )
                }
            )

    def _clean_wallet(self) -> None:
        """Say what the database would refuse: forms leave out what they do not show."""
        if self.state != State.AGREED and not self.uses_wallet:
            raise ValidationError({"uses_wallet": UNDER_WAY})
        is_against = self.uses_wallet and self.eligibility_answer == Answer.NO
        if is_against and not self.override_reason.strip():
            raise ValidationError({"override_reason": WHY_ALL_THE_SAME})

    @property
    def is_per_person(self) -> bool:
        """True where the price counts for each participant."""
        return self.price_basis == PriceBasis.PER_PERSON

    @property
    def training_amount(self) -> Decimal:
        """The training without extras (EUR excl. VAT). Reads ``participants``."""
        quantity = len(self.participants.all()) if self.is_per_person else 1
        return to_cents(self.unit_price * quantity - self.discount)


class ParticipantRole(models.TextChoices):
    """How a participant works in the enterprise (ELI-6)."""

    ENTREPRENEUR = "entrepreneur", gettext_lazy("entrepreneur")
    EMPLOYEE = "employee", gettext_lazy("employee")
    HELPER = "helper", gettext_lazy("helper")


class ParticipantQuerySet(DossierQuerySet["Participant"]):
    """The participants."""


class Participant(InDossier):
    """Somebody who comes to the course: one of the client's own people (ELI-6)."""

    enrolment = models.ForeignKey(
        Enrolment,
        on_delete=models.CASCADE,
        related_name="participants",
        verbose_name=gettext_lazy("enrolment"),
    )
    name = models.CharField(gettext_lazy("name"), max_length=200)
    email = models.EmailField(gettext_lazy("e-mail"), blank=True)
    role = models.CharField(
        gettext_lazy("works there as"),
        max_length=15,
        choices=ParticipantRole,
        default=ParticipantRole.EMPLOYEE,
    )

    objects = ParticipantQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["name"]
        verbose_name = gettext_lazy("participant")
        verbose_name_plural = gettext_lazy("participants")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_role_valid",
                condition=Q(role__in=ParticipantRole.values),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ExtraKind(models.TextChoices):
    """What is charged beside the training, on a line of its own."""

    EXAM = "exam", gettext_lazy("exam")
    CATERING = "catering", gettext_lazy("catering")
    TRAVEL = "travel", gettext_lazy("travel")
    MATERIAL = "material", gettext_lazy("course material")
    OTHER = "other", gettext_lazy("other")


NEVER_ELIGIBLE = (ExtraKind.EXAM, ExtraKind.CATERING, ExtraKind.TRAVEL)
"""Not eligible on a line of their own, whatever else holds (SUB-6)."""


class Extra(models.Model):
    """Something charged beside the training."""

    enrolment = models.ForeignKey(
        Enrolment,
        on_delete=models.CASCADE,
        related_name="extras",
        verbose_name=gettext_lazy("enrolment"),
    )
    kind = models.CharField(
        gettext_lazy("kind"),
        max_length=10,
        choices=ExtraKind,
        default=ExtraKind.CATERING,
    )
    description = models.CharField(gettext_lazy("description"), max_length=200)
    quantity = models.DecimalField(
        gettext_lazy("quantity"), max_digits=10, decimal_places=2, default=Decimal(1)
    )
    unit_price = models.DecimalField(
        gettext_lazy("unit price (EUR excl. VAT)"), max_digits=10, decimal_places=2
    )
    is_eligible = models.BooleanField(
        gettext_lazy("wallet may pay it"),
        default=False,
        help_text=gettext_lazy("Never for exams, catering or travel."),
    )

    history = History()

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("extra")
        verbose_name_plural = gettext_lazy("extras")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_valid",
                condition=Q(kind__in=ExtraKind.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_never_eligible_kinds",
                condition=Q(is_eligible=False) | ~Q(kind__in=NEVER_ELIGIBLE),
                violation_error_message=gettext_lazy(
                    "The wallet never pays exams, catering or travel "
                    "on a line of their own."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_amounts_sound",
                condition=Q(quantity__gt=0, unit_price__gte=0),
                violation_error_message=gettext_lazy(
                    "The quantity is above zero and the price not below it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.description
