"""The XML beside the PDF, the rules it passed, and how both go to the client."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from invoicing import guards


class Migration(migrations.Migration):
    dependencies = [
        ("invoicing", "0004_history_begins"),
        ("outbox", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(guards.remove, guards.install),
        migrations.CreateModel(
            name="Delivery",
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
                    "means",
                    models.CharField(
                        choices=[
                            ("access_point", "over Peppol, by the access point"),
                            ("mail", "by mail"),
                            ("download", "by myself: I download and hand over"),
                        ],
                        max_length=15,
                        verbose_name="how",
                    ),
                ),
                (
                    "handed_over_on",
                    models.DateField(null=True, verbose_name="handed over on"),
                ),
                (
                    "created_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="created at"),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ["pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="storedfile",
            name="invoicing_storedfile_kind_valid",
        ),
        migrations.AddField(
            model_name="historicalseller",
            name="mails_at_issue",
            field=models.BooleanField(
                default=False,
                help_text="With your standard text, to clients who do not get e-invoices. Off: you look the mail through first.",
                verbose_name="mail invoices as soon as they are issued",
            ),
        ),
        migrations.AddField(
            model_name="invoice",
            name="rule_sets",
            field=models.JSONField(
                default=list, editable=False, verbose_name="rules it passed"
            ),
        ),
        migrations.AddField(
            model_name="seller",
            name="mails_at_issue",
            field=models.BooleanField(
                default=False,
                help_text="With your standard text, to clients who do not get e-invoices. Off: you look the mail through first.",
                verbose_name="mail invoices as soon as they are issued",
            ),
        ),
        migrations.AlterField(
            model_name="storedfile",
            name="kind",
            field=models.CharField(
                choices=[("pdf", "PDF"), ("xml", "XML")],
                max_length=5,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["pdf", "xml"])),
                name="invoicing_storedfile_kind_valid",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="dispatch",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delivery",
                to="outbox.dispatch",
                verbose_name="dispatch",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="handed_over_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="handed over by",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="invoice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="invoicing.invoice",
                verbose_name="invoice",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("means__in", ["access_point", "mail", "download"])),
                name="invoicing_delivery_means_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dispatch", None), ("means", "download")),
                    models.Q(
                        models.Q(("means", "download"), _negated=True),
                        ("dispatch__isnull", False),
                        ("handed_over_on", None),
                    ),
                    _connector="OR",
                ),
                name="invoicing_delivery_by_post_or_by_hand",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("means", "mail"), _negated=True),
                fields=("invoice", "means"),
                name="invoicing_delivery_once",
            ),
        ),
        migrations.RunPython(guards.install, guards.remove),
    ]
