"""Entries of the books, expected receipts, money back, and codes of the accountant."""

from __future__ import annotations

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.math
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("invoicing", "0010_dossiers_are_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bookkeeping",
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
                    "journal",
                    models.CharField(
                        default="VKF",
                        help_text="An example: ask your accountant which one her program has.",
                        max_length=10,
                        verbose_name="journal of invoices",
                    ),
                ),
                (
                    "credit_journal",
                    models.CharField(
                        default="VKC",
                        help_text="An example: ask your accountant which one her program has.",
                        max_length=10,
                        verbose_name="journal of credit notes",
                    ),
                ),
                (
                    "receivable_account",
                    models.CharField(
                        default="400000",
                        help_text="An example: ask your accountant which one her program has.",
                        max_length=12,
                        verbose_name="account of the clients",
                    ),
                ),
                (
                    "first_month",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="first month of the financial year",
                    ),
                ),
                (
                    "most_let_go",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("1.00"),
                        help_text="Up to this amount you can write off what is a little short or too much.",
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="most to write off (EUR)",
                    ),
                ),
            ],
            options={
                "verbose_name": "bookkeeping",
                "verbose_name_plural": "bookkeeping",
            },
        ),
        migrations.CreateModel(
            name="HistoricalBookkeeping",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "journal",
                    models.CharField(
                        default="VKF",
                        help_text="An example: ask your accountant which one her program has.",
                        max_length=10,
                        verbose_name="journal of invoices",
                    ),
                ),
                (
                    "credit_journal",
                    models.CharField(
                        default="VKC",
                        help_text="An example: ask your accountant which one her program has.",
                        max_length=10,
                        verbose_name="journal of credit notes",
                    ),
                ),
                (
                    "receivable_account",
                    models.CharField(
                        default="400000",
                        help_text="An example: ask your accountant which one her program has.",
                        max_length=12,
                        verbose_name="account of the clients",
                    ),
                ),
                (
                    "first_month",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="first month of the financial year",
                    ),
                ),
                (
                    "most_let_go",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("1.00"),
                        help_text="Up to this amount you can write off what is a little short or too much.",
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="most to write off (EUR)",
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
            ],
            options={
                "verbose_name": "historical bookkeeping",
                "verbose_name_plural": "historical bookkeeping",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="JournalEntry",
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
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "description",
                    models.CharField(max_length=200, verbose_name="description"),
                ),
                (
                    "treatment",
                    models.CharField(
                        choices=[
                            ("standard", "with VAT"),
                            ("exempt_44", "exempt: training (art. 44)"),
                            ("reverse_charge", "reverse charge (EU business)"),
                            ("small_enterprise", "exempt: small-enterprise scheme"),
                            ("outside_scope", "outside the scope of Belgian VAT"),
                        ],
                        max_length=20,
                        verbose_name="VAT treatment",
                    ),
                ),
                (
                    "vat_rate",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, verbose_name="VAT (%)"
                    ),
                ),
                (
                    "base",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="taxable base"
                    ),
                ),
                (
                    "vat",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="VAT"
                    ),
                ),
                (
                    "base_grid",
                    models.CharField(
                        blank=True, max_length=2, verbose_name="grid of the base"
                    ),
                ),
                (
                    "vat_grid",
                    models.CharField(
                        blank=True, max_length=2, verbose_name="grid of the VAT"
                    ),
                ),
                (
                    "buyer_number",
                    models.CharField(max_length=20, verbose_name="client number"),
                ),
                (
                    "enterprise_number",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="enterprise number"
                    ),
                ),
                (
                    "vat_number",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="VAT number"
                    ),
                ),
                ("country", models.CharField(max_length=2, verbose_name="country")),
            ],
            options={
                "verbose_name": "journal entry",
                "verbose_name_plural": "journal entries",
                "ordering": ["invoice", "position"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Receipt",
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
                    "channel",
                    models.CharField(
                        choices=[("wallet", "via the wallet"), ("direct", "directly")],
                        max_length=10,
                        verbose_name="comes",
                    ),
                ),
                (
                    "expected",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="expected"
                    ),
                ),
                (
                    "received",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        max_digits=12,
                        verbose_name="received",
                    ),
                ),
                (
                    "let_go",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        max_digits=12,
                        verbose_name="written off",
                    ),
                ),
                (
                    "open",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="open"
                    ),
                ),
                ("due_on", models.DateField(editable=False, verbose_name="due on")),
            ],
            options={
                "verbose_name": "expected receipt",
                "verbose_name_plural": "expected receipts",
                "ordering": ["due_on", "pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.RemoveConstraint(
            model_name="payment",
            name="invoicing_payment_amount_sound",
        ),
        migrations.AddField(
            model_name="historicalvatrate",
            name="grid",
            field=models.CharField(
                choices=[("01", "01"), ("02", "02"), ("03", "03")],
                default="03",
                help_text="01 for 6 %, 02 for 12 %, 03 for 21 %.",
                max_length=2,
                verbose_name="grid of the VAT return",
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="kind",
            field=models.CharField(
                choices=[
                    ("received", "received"),
                    ("refunded", "paid back"),
                    ("let_go", "written off"),
                ],
                default="received",
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="reason"),
        ),
        migrations.AddField(
            model_name="vatrate",
            name="grid",
            field=models.CharField(
                choices=[("01", "01"), ("02", "02"), ("03", "03")],
                default="03",
                help_text="01 for 6 %, 02 for 12 %, 03 for 21 %.",
                max_length=2,
                verbose_name="grid of the VAT return",
            ),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(fields=["received_on"], name="payment_by_date"),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["received", "refunded", "let_go"])),
                name="invoicing_payment_kind_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount__gt", 0),
                    models.Q(("amount__lt", 0), ("kind", "let_go")),
                    _connector="OR",
                ),
                name="invoicing_payment_amount_sound",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "let_go"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="invoicing_payment_let_go_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="bookkeeping",
            constraint=models.CheckConstraint(
                condition=models.Q(("pk", 1)), name="invoicing_bookkeeping_only_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="bookkeeping",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_month__range", (1, 12))),
                name="invoicing_bookkeeping_first_month_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="bookkeeping",
            constraint=models.CheckConstraint(
                condition=models.Q(("most_let_go__gte", 0)),
                name="invoicing_bookkeeping_most_let_go_sound",
            ),
        ),
        migrations.AddField(
            model_name="historicalbookkeeping",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="journalentry",
            name="invoice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="invoicing.invoice",
                verbose_name="invoice",
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="invoice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="receipts",
                to="invoicing.invoice",
                verbose_name="invoice",
            ),
        ),
        migrations.AddConstraint(
            model_name="journalentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "treatment__in",
                        [
                            "standard",
                            "exempt_44",
                            "reverse_charge",
                            "small_enterprise",
                            "outside_scope",
                        ],
                    )
                ),
                name="invoicing_journalentry_treatment_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="journalentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("vat", 0),
                    models.Q(("vat_grid", ""), _negated=True),
                    _connector="OR",
                ),
                name="invoicing_journalentry_grid_with_its_vat",
            ),
        ),
        migrations.AddConstraint(
            model_name="journalentry",
            constraint=models.UniqueConstraint(
                fields=("invoice", "position"),
                name="invoicing_journalentry_position_once",
            ),
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(
                condition=models.Q(("open", 0), _negated=True),
                fields=["channel", "due_on"],
                name="receipt_not_settled",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["wallet", "direct"])),
                name="invoicing_receipt_channel_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "open",
                        django.db.models.functions.math.Round(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("expected"), "-", models.F("received")
                                ),
                                "-",
                                models.F("let_go"),
                            ),
                            precision=2,
                        ),
                    )
                ),
                name="invoicing_receipt_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(
                fields=("invoice", "channel"), name="invoicing_receipt_one_per_road"
            ),
        ),
    ]
