"""Accounts and VAT codes of the accountant, and the packs handed over."""

from __future__ import annotations

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.math
import simple_history.models
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from ownyourstory import history

SALES = ["03", "02", "01", "00", "44", "45", "47"]


def set_up(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put in a row for each sort of sale, known by its grid until she says else."""
    codes = apps.get_model("invoicing", "LedgerCode")._default_manager
    for sale in SALES:
        codes.create(sale=sale, vat_code=sale)
    codes.create(sale="none")


class Migration(migrations.Migration):
    dependencies = [
        ("invoicing", "0012_books_begin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalLedgerCode",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "sale",
                    models.CharField(
                        choices=[
                            ("03", "21 % (grid 03)"),
                            ("02", "12 % (grid 02)"),
                            ("01", "6 % (grid 01)"),
                            ("00", "exempt (grid 00)"),
                            ("44", "services in the EU (grid 44)"),
                            ("45", "reverse charge in Belgium (grid 45)"),
                            ("47", "outside the EU (grid 47)"),
                            ("none", "in no grid"),
                        ],
                        db_index=True,
                        editable=False,
                        max_length=4,
                        verbose_name="sale",
                    ),
                ),
                (
                    "revenue_account",
                    models.CharField(
                        default="700000",
                        help_text="Your accountant tells you which.",
                        max_length=12,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[0-9A-Za-z._/-]+\\Z",
                                "Letters, digits and . - / _ only.",
                            )
                        ],
                        verbose_name="account of the revenue",
                    ),
                ),
                (
                    "vat_code",
                    models.CharField(
                        blank=True,
                        help_text="As the program of your accountant knows it.",
                        max_length=12,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[0-9A-Za-z._/-]+\\Z",
                                "Letters, digits and . - / _ only.",
                            )
                        ],
                        verbose_name="VAT code",
                    ),
                ),
                (
                    "credit_vat_code",
                    models.CharField(
                        blank=True,
                        help_text="Leave empty where it is the same.",
                        max_length=12,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[0-9A-Za-z._/-]+\\Z",
                                "Letters, digits and . - / _ only.",
                            )
                        ],
                        verbose_name="VAT code of credit notes",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical account and VAT code",
                "verbose_name_plural": "historical accounts and VAT codes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="LedgerCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "sale",
                    models.CharField(
                        choices=[
                            ("03", "21 % (grid 03)"),
                            ("02", "12 % (grid 02)"),
                            ("01", "6 % (grid 01)"),
                            ("00", "exempt (grid 00)"),
                            ("44", "services in the EU (grid 44)"),
                            ("45", "reverse charge in Belgium (grid 45)"),
                            ("47", "outside the EU (grid 47)"),
                            ("none", "in no grid"),
                        ],
                        editable=False,
                        max_length=4,
                        unique=True,
                        verbose_name="sale",
                    ),
                ),
                (
                    "revenue_account",
                    models.CharField(
                        default="700000",
                        help_text="Your accountant tells you which.",
                        max_length=12,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[0-9A-Za-z._/-]+\\Z",
                                "Letters, digits and . - / _ only.",
                            )
                        ],
                        verbose_name="account of the revenue",
                    ),
                ),
                (
                    "vat_code",
                    models.CharField(
                        blank=True,
                        help_text="As the program of your accountant knows it.",
                        max_length=12,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[0-9A-Za-z._/-]+\\Z",
                                "Letters, digits and . - / _ only.",
                            )
                        ],
                        verbose_name="VAT code",
                    ),
                ),
                (
                    "credit_vat_code",
                    models.CharField(
                        blank=True,
                        help_text="Leave empty where it is the same.",
                        max_length=12,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[0-9A-Za-z._/-]+\\Z",
                                "Letters, digits and . - / _ only.",
                            )
                        ],
                        verbose_name="VAT code of credit notes",
                    ),
                ),
            ],
            options={
                "verbose_name": "account and VAT code",
                "verbose_name_plural": "accounts and VAT codes",
                "ordering": ["pk"],
                "default_permissions": ("change", "view"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "sale__in",
                                ["03", "02", "01", "00", "44", "45", "47", "none"],
                            )
                        ),
                        name="invoicing_ledgercode_sale_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("revenue_account", ""), _negated=True),
                        name="invoicing_ledgercode_has_account",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExportPack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("first", models.DateField(editable=False, verbose_name="from")),
                (
                    "until",
                    models.DateField(
                        editable=False, verbose_name="up to and including"
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(editable=False, verbose_name="made at"),
                ),
                (
                    "sha256",
                    models.CharField(
                        editable=False, max_length=64, verbose_name="SHA-256"
                    ),
                ),
                (
                    "size",
                    models.PositiveBigIntegerField(
                        editable=False, verbose_name="size (bytes)"
                    ),
                ),
                (
                    "documents",
                    models.PositiveIntegerField(
                        editable=False, verbose_name="documents"
                    ),
                ),
                (
                    "base",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=14,
                        verbose_name="excl. VAT",
                    ),
                ),
                (
                    "vat",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=14,
                        verbose_name="VAT",
                    ),
                ),
                (
                    "gross",
                    models.DecimalField(
                        decimal_places=2,
                        editable=False,
                        max_digits=14,
                        verbose_name="incl. VAT",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
            ],
            options={
                "verbose_name": "pack for the accountant",
                "verbose_name_plural": "packs for the accountant",
                "ordering": ["-made_at", "-pk"],
                "permissions": [
                    ("export_books", "Can export the books for the accountant")
                ],
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("first"))),
                        name="invoicing_exportpack_period_ordered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "gross",
                                django.db.models.functions.math.Round(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("base"), "+", models.F("vat")
                                    ),
                                    precision=2,
                                ),
                            )
                        ),
                        name="invoicing_exportpack_amounts_add_up",
                    ),
                ],
            },
        ),
        migrations.RunPython(set_up, migrations.RunPython.noop),
        migrations.RunPython(history.begin("invoicing"), migrations.RunPython.noop),
    ]
