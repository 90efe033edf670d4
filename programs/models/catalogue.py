"""The catalogue: themes, programs, and the checklist of what the scheme leaves out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy

from ownyourstory.history import History
from programs.eligibility import Delivery, Kind, ProgramFacts
from programs.wording import DELIVERIES, KINDS

from .terms import ThemeGroup


class PriceBasis(models.TextChoices):
    PER_PERSON = "person", gettext_lazy("per person")
    PER_GROUP = "group", gettext_lazy("per group")


class Translated(models.Model):
    """A row whose texts stand in Dutch, French and English; Dutch fills the gaps."""

    class Meta:
        abstract = True

    def in_language(self, field: str, language: str | None = None) -> str:
        """Return ``field`` in ``language`` (default: the active one), else in Dutch."""
        code = (language or get_language() or "nl")[:2]
        text: str = getattr(self, f"{field}_{code}", "")
        return text or getattr(self, f"{field}_nl")


class Theme(Translated):
    """A theme of the scheme; every training falls in at least one (PRG-2)."""

    code = models.SlugField(gettext_lazy("code"), unique=True)
    name_nl = models.CharField(gettext_lazy("name (Dutch)"), max_length=100)
    name_fr = models.CharField(gettext_lazy("name (French)"), max_length=100)
    name_en = models.CharField(gettext_lazy("name (English)"), max_length=100)

    history = History()

    class Meta:
        ordering = ["name_nl"]
        verbose_name = gettext_lazy("theme")
        verbose_name_plural = gettext_lazy("themes")

    def __str__(self) -> str:
        return self.in_language("name")


class Program(Translated):
    """What we sell: a training, or advice, which is never eligible (PRG-1)."""

    kind = models.CharField(
        gettext_lazy("kind"),
        max_length=10,
        choices=list(KINDS.items()),
        default=Kind.TRAINING,
    )
    title_nl = models.CharField(gettext_lazy("title (Dutch)"), max_length=200)
    title_fr = models.CharField(
        gettext_lazy("title (French)"), max_length=200, blank=True
    )
    title_en = models.CharField(
        gettext_lazy("title (English)"), max_length=200, blank=True
    )
    description_nl = models.TextField(gettext_lazy("description (Dutch)"), blank=True)
    description_fr = models.TextField(gettext_lazy("description (French)"), blank=True)
    description_en = models.TextField(gettext_lazy("description (English)"), blank=True)
    theme = models.ForeignKey(
        Theme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programs",
        verbose_name=gettext_lazy("theme"),
        help_text=gettext_lazy("A training needs one to be eligible."),
    )
    theme_group = models.CharField(
        gettext_lazy("theme group"),
        max_length=15,
        choices=ThemeGroup,
        default=ThemeGroup.GENERAL,
        help_text=gettext_lazy("Some groups get a higher rate."),
    )
    delivery = models.CharField(
        gettext_lazy("delivery"),
        max_length=15,
        choices=list(DELIVERIES.items()),
        default=Delivery.OPEN,
    )
    hours = models.DecimalField(
        gettext_lazy("hours"),
        max_digits=6,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.25"))],
    )
    price = models.DecimalField(
        gettext_lazy("price (EUR excl. VAT)"),
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
    price_basis = models.CharField(
        gettext_lazy("price is"),
        max_length=10,
        choices=PriceBasis,
        default=PriceBasis.PER_PERSON,
    )
    is_archived = models.BooleanField(gettext_lazy("archived"), default=False)

    history = History()

    class Meta:
        ordering = ["title_nl", "pk"]
        verbose_name = gettext_lazy("program")
        verbose_name_plural = gettext_lazy("programs")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_valid",
                condition=Q(kind__in=list(Kind)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_delivery_valid",
                condition=Q(delivery__in=list(Delivery)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_price_basis_valid",
                condition=Q(price_basis__in=PriceBasis.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_theme_group_valid",
                condition=Q(theme_group__in=ThemeGroup.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_price_and_hours_sound",
                condition=Q(price__gte=0, hours__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.title()

    def title(self, language: str | None = None) -> str:
        """Return the title in ``language`` (default: the active one)."""
        return self.in_language("title", language)

    @property
    def is_training(self) -> bool:
        """True for training, the only kind the wallet pays (PRG-1)."""
        return self.kind == Kind.TRAINING

    def facts(self, *, questions: Collection[int] | None = None) -> ProgramFacts:
        """Return what the eligibility rules ask about this program.

        Reads ``answers``, and every ``ExcludedContent`` unless the caller gives
        their keys as ``questions``: for lists, prefetch the one and give the other.
        """
        given = {answer.content_id: answer.applies for answer in self.answers.all()}
        contents: Iterable[int] = (
            ExcludedContent.objects.values_list("pk", flat=True)
            if questions is None
            else questions
        )
        return ProgramFacts(
            kind=Kind(self.kind),
            has_theme=self.theme_id is not None,
            delivery=Delivery(self.delivery),
            excluded_contents=tuple(given.get(content) for content in contents),
        )


class ExcludedContent(Translated):
    """A content the scheme leaves out: a question about each program (PRG-3, PRG-4)."""

    code = models.SlugField(gettext_lazy("code"), unique=True)
    question_nl = models.CharField(gettext_lazy("question (Dutch)"), max_length=200)
    question_fr = models.CharField(gettext_lazy("question (French)"), max_length=200)
    question_en = models.CharField(gettext_lazy("question (English)"), max_length=200)

    history = History()

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("excluded content")
        verbose_name_plural = gettext_lazy("excluded contents")

    def __str__(self) -> str:
        return self.in_language("question")


class ChecklistAnswer(models.Model):
    """Whether a program is of an excluded content, and why the owner says so."""

    program = models.ForeignKey(
        Program,
        on_delete=models.CASCADE,
        related_name="answers",
        verbose_name=gettext_lazy("program"),
    )
    content = models.ForeignKey(
        ExcludedContent,
        on_delete=models.PROTECT,
        related_name="answers",
        verbose_name=gettext_lazy("question"),
    )
    applies = models.BooleanField(
        gettext_lazy("answer"),
        choices=[(True, gettext_lazy("yes: excluded")), (False, gettext_lazy("no"))],
    )
    reason = models.CharField(
        gettext_lazy("reason"),
        max_length=300,
        help_text=gettext_lazy("What an inspector would want to read."),
    )

    history = History()

    class Meta:
        ordering = ["content"]
        verbose_name = gettext_lazy("answer to the checklist")
        verbose_name_plural = gettext_lazy("answers to the checklist")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once_per_program",
                fields=["program", "content"],
                violation_error_message=gettext_lazy(
                    "This question is answered already."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_reason_given",
                condition=~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content}: {self.get_applies_display()}"
