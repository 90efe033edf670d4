"""The database refuses each change of what was issued, whoever asks (INV-3, INV-7)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Model
from django.test import Client as Browser
from django.urls import reverse

from invoicing import guards, inspecting
from invoicing.models import Invoice, InvoiceLine, NumberSeries, Seal, StoredFile
from tests.factories import (
    MONDAY,
    NumberSeriesFactory,
    OwnerFactory,
    issued,
    issued_via_wallet,
    noon,
    ordinary_draft,
)

from .tampering import change, run, undone, without_guards

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]

FROZEN: list[type[Model]] = [Invoice, InvoiceLine, StoredFile, Seal]


@pytest.mark.parametrize("model", FROZEN)
def test_every_column_of_what_was_issued_is_frozen(model: type[Model]) -> None:
    issued_via_wallet()
    [row, *_others] = model._default_manager.all()
    may_change = guards.MAY_CHANGE.get(row._meta.db_table, ())

    for field in row._meta.concrete_fields:
        if field.attname in may_change:
            change(row, field.attname)
            continue
        with pytest.raises(DatabaseError, match=guards.REFUSAL), transaction.atomic():
            change(row, field.attname)


def test_only_this_may_still_change() -> None:
    """Whoever makes the list longer has to say so here."""
    assert guards.MAY_CHANGE == {"invoicing_invoice": ("is_cancelled",)}


def save_it() -> None:
    invoice = Invoice.objects.get()
    invoice.remark = "changed"
    invoice.save()


def save_one_field() -> None:
    invoice = Invoice.objects.get()
    invoice.buyer_name = "changed"
    invoice.save(update_fields=["buyer_name"])


def save_a_line() -> None:
    line = InvoiceLine.objects.get()
    line.description = "changed"
    line.save()


def update_them() -> None:
    Invoice.objects.all().update(net=F("net") + 1, gross=F("gross") + 1)


def update_lines_through_the_invoice() -> None:
    Invoice.objects.get().lines.update(quantity=2)


def update_in_bulk() -> None:
    invoice = Invoice.objects.get()
    invoice.order_reference = "changed"
    Invoice.objects.bulk_update([invoice], ["order_reference"])


def update_lines_in_bulk() -> None:
    line = InvoiceLine.objects.get()
    line.unit_price = Decimal(1)
    InvoiceLine.objects.bulk_update([line], ["unit_price"])


def update_or_create() -> None:
    Invoice.objects.update_or_create(number="2026-0001", defaults={"remark": "changed"})


def write_over_in_bulk() -> None:
    invoice = Invoice.objects.get()
    invoice.remark = "changed"
    Invoice.objects.bulk_create(
        [invoice],
        update_conflicts=True,
        update_fields=["remark"],
        unique_fields=["id"],
    )


def allow_one_change_and_slip_in_another() -> None:
    Invoice.objects.update(is_cancelled=True, remark="changed")


def delete_without_asking() -> None:
    Seal.objects.all()._raw_delete("default")


def delete_lines_without_asking() -> None:
    InvoiceLine.objects.all()._raw_delete("default")


ROADS = [
    save_it,
    save_one_field,
    save_a_line,
    update_them,
    update_lines_through_the_invoice,
    update_in_bulk,
    update_lines_in_bulk,
    update_or_create,
    write_over_in_bulk,
    allow_one_change_and_slip_in_another,
    delete_without_asking,
    delete_lines_without_asking,
]


def everything() -> list[list[dict[str, object]]]:
    return [list(model._default_manager.values()) for model in FROZEN]


@pytest.mark.parametrize("road", ROADS)
def test_no_road_of_the_program_changes_it(road: Callable[[], None]) -> None:
    issued_via_wallet()
    before = everything()

    with pytest.raises(DatabaseError, match=guards.REFUSAL), transaction.atomic():
        road()

    assert everything() == before


def test_no_page_of_the_admin_changes_it(client: Browser) -> None:
    client.force_login(OwnerFactory.create())
    invoice = issued()
    line = invoice.lines.get()
    before = everything()
    data = {
        "client": str(invoice.client_id),
        "service_from": "2026-03-12",
        "service_until": "2026-03-12",
        "discount": "0",
        "remark": "changed",
        "lines-TOTAL_FORMS": "1",
        "lines-INITIAL_FORMS": "1",
        "lines-0-id": str(line.pk),
        "lines-0-invoice": str(invoice.pk),
        "lines-0-description": "changed",
        "lines-0-DELETE": "on",
    }
    page = reverse("admin:invoicing_invoice_change", args=[invoice.pk])
    again = reverse("admin:invoicing_invoice_issue", args=[invoice.pk])

    assert client.post(page, data).status_code == 403
    assert client.post(again, {"on": "2026-03-02"})["Location"] == page
    assert everything() == before


def test_drafts_beside_it_stay_free() -> None:
    issued()
    draft = ordinary_draft()
    [line] = draft.lines.all()
    draft.remark, draft.discount = "changed", Decimal(1)
    draft.save()
    Invoice.objects.filter(pk=draft.pk).update(order_reference="PO-1")
    run("UPDATE invoicing_invoiceline SET unit_price = 2 WHERE id = %s", line.pk)
    line.refresh_from_db()
    draft.lines.all().delete()

    assert line.unit_price == 2
    draft.refresh_from_db()
    assert (draft.remark, draft.order_reference) == ("changed", "PO-1")
    assert not draft.lines.exists()


def test_a_series_is_free_until_its_first_number() -> None:
    """INV-1: the owner sets the first number once, before the first issue."""
    NumberSeriesFactory.create()
    NumberSeries.objects.update(first=120, prefix="F{year}/", digits=5)

    assert issued().number == "F2026/00120"
    with pytest.raises(DatabaseError, match=guards.REFUSAL), transaction.atomic():
        NumberSeries.objects.update(first=1)
    assert issued().number == "F2026/00121"


@pytest.mark.parametrize(("table", "event"), guards.GUARDS)
def test_a_guard_that_is_gone_is_named(table: str, event: str, english: None) -> None:
    name = f"{table}_guard_{event.lower()}"
    connection.check_constraints()
    with undone():
        on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
        run(f"DROP TRIGGER {name}{on_table}")

        assert guards.missing(connection) == [name]
        found = inspecting.inspect_archive(now=noon(MONDAY)).findings
        assert found == [f"The database lacks the guard {name}: run migrate."]

        guards.install(apps, connection.schema_editor())
        assert guards.missing(connection) == []


def test_a_guard_that_sleeps_is_named() -> None:
    """Only PostgreSQL can put one to sleep."""
    connection.check_constraints()
    with undone():
        if connection.vendor == "postgresql":
            run("ALTER TABLE invoicing_seal DISABLE TRIGGER USER")
        else:
            run("DROP TRIGGER invoicing_seal_guard_update")
            run("DROP TRIGGER invoicing_seal_guard_delete")

        assert {"invoicing_seal_guard_delete", "invoicing_seal_guard_update"} <= set(
            guards.missing(connection)
        )


def test_without_guards_the_tests_of_this_file_would_fail() -> None:
    issued()

    with without_guards():
        assert len(guards.missing(connection)) >= len(guards.GUARDS)
        save_it()
        assert Invoice.objects.get().remark == "changed"
    assert Invoice.objects.get().remark == ""
