"""Bank files and their transactions; payments know the one they came from. PAY-3."""

from __future__ import annotations

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("invoicing", "0012_books_begin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SetAside",
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
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "corrected_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="taken back at"
                    ),
                ),
                (
                    "correction",
                    models.TextField(blank=True, verbose_name="why it was taken back"),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
            ],
            options={
                "verbose_name": "transaction set aside",
                "verbose_name_plural": "transactions set aside",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="bookkeeping",
            name="wallet_payers",
            field=models.TextField(
                blank=True,
                default="KMO-portefeuille\nVLAIO\nAgentschap Innoveren en Ondernemen",
                help_text="Nobody could find out for certain how the payment names itself: look at your first statement and write the name here. One name on each line, in whole words; capitals and accents make no difference. What they pay is proposed as money of the wallet, never booked by itself.",
                verbose_name="who pays for the wallet",
            ),
        ),
        migrations.AddField(
            model_name="historicalbookkeeping",
            name="wallet_payers",
            field=models.TextField(
                blank=True,
                default="KMO-portefeuille\nVLAIO\nAgentschap Innoveren en Ondernemen",
                help_text="Nobody could find out for certain how the payment names itself: look at your first statement and write the name here. One name on each line, in whole words; capitals and accents make no difference. What they pay is proposed as money of the wallet, never booked by itself.",
                verbose_name="who pays for the wallet",
            ),
        ),
        migrations.CreateModel(
            name="BankFile",
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
                ("name", models.CharField(max_length=200, verbose_name="file")),
                (
                    "source",
                    models.CharField(
                        choices=[("coda", "CODA"), ("camt", "camt.053")],
                        max_length=10,
                        verbose_name="format",
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("account", models.CharField(max_length=34, verbose_name="account")),
                (
                    "first_on",
                    models.DateField(
                        editable=False, null=True, verbose_name="first day"
                    ),
                ),
                (
                    "last_on",
                    models.DateField(
                        editable=False, null=True, verbose_name="last day"
                    ),
                ),
                (
                    "seen",
                    models.PositiveIntegerField(default=0, verbose_name="seen before"),
                ),
                ("added_at", models.DateTimeField(verbose_name="brought in at")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="brought in by",
                    ),
                ),
            ],
            options={
                "verbose_name": "bank file",
                "verbose_name_plural": "bank files",
                "ordering": ["-added_at", "-pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="BankTransaction",
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
                    "statement",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="statement"
                    ),
                ),
                ("line", models.PositiveIntegerField(default=0, verbose_name="line")),
                ("account", models.CharField(max_length=34, verbose_name="account")),
                (
                    "booked_on",
                    models.DateField(editable=False, verbose_name="booked on"),
                ),
                (
                    "valued_on",
                    models.DateField(editable=False, verbose_name="value day"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="amount (EUR)"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True, max_length=140, verbose_name="counterparty"
                    ),
                ),
                (
                    "iban",
                    models.CharField(
                        blank=True, max_length=34, verbose_name="their account"
                    ),
                ),
                (
                    "communication",
                    models.CharField(
                        blank=True,
                        max_length=12,
                        verbose_name="structured communication",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "reference",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="reference of the bank"
                    ),
                ),
                (
                    "is_reversal",
                    models.BooleanField(default=False, verbose_name="reversal"),
                ),
                ("core", models.CharField(editable=False, max_length=64)),
                (
                    "ordinal",
                    models.PositiveIntegerField(
                        editable=False,
                        validators=[django.core.validators.MinValueValidator(0)],
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transactions",
                        to="invoicing.bankfile",
                        verbose_name="bank file",
                    ),
                ),
            ],
            options={
                "verbose_name": "bank transaction",
                "verbose_name_plural": "bank transactions",
                "ordering": ["booked_on", "pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.AddField(
            model_name="payment",
            name="transaction",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payments",
                to="invoicing.banktransaction",
                verbose_name="bank transaction",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "let_go"), _negated=True),
                    ("transaction", None),
                    _connector="OR",
                ),
                name="invoicing_payment_let_go_is_no_bank_money",
            ),
        ),
        migrations.AddField(
            model_name="setaside",
            name="corrected_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="taken back by",
            ),
        ),
        migrations.AddField(
            model_name="setaside",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recorded by",
            ),
        ),
        migrations.AddField(
            model_name="setaside",
            name="transaction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="asides",
                to="invoicing.banktransaction",
                verbose_name="bank transaction",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["coda", "camt"])),
                name="invoicing_bankfile_source_valid",
            ),
        ),
        migrations.AddIndex(
            model_name="banktransaction",
            index=models.Index(fields=["account", "booked_on"], name="bank_by_day"),
        ),
        migrations.AddConstraint(
            model_name="banktransaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", 0), _negated=True),
                name="invoicing_banktransaction_amount_moves",
            ),
        ),
        migrations.AddConstraint(
            model_name="banktransaction",
            constraint=models.UniqueConstraint(
                fields=("core", "ordinal"), name="invoicing_banktransaction_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="setaside",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("corrected_at", None), ("correction", "")),
                    models.Q(
                        ("corrected_at__isnull", False),
                        models.Q(("correction", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="invoicing_setaside_correction_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="setaside",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="invoicing_setaside_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="setaside",
            constraint=models.UniqueConstraint(
                condition=models.Q(("corrected_at", None)),
                fields=("transaction",),
                name="invoicing_setaside_once",
            ),
        ),
    ]
