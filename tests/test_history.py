"""History is kept by whatever road a row changes, and nobody edits it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from unittest.mock import Mock

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.db import IntegrityError, models, transaction
from django.test import Client as Browser
from simple_history.models import registered_models
from simple_history.utils import get_history_manager_for_model

from clients.models import Client, Conditions, Contact
from invoicing import lifecycle
from invoicing.crediting import Request, credit_and_redo
from invoicing.models import Invoice, InvoiceLine, NumberSeries, VatRate
from ownyourstory.history import update_with_history
from programs.models import Participant, Program, Registration, SchemeTerms
from tests.factories import (
    MONDAY,
    ClientFactory,
    ContactFactory,
    OwnerFactory,
    ParticipantFactory,
    ProgramFactory,
    enrolled,
    issue,
    issued,
    noon,
    ordinary_draft,
)
from tests.installations import Installation
from tests.pages import typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]

WITHOUT_HISTORY = {
    "invoicing.Seal": "written once, at issue",
    "invoicing.StoredFile": "written once, at issue",
    "invoicing.JournalEntry": "written once, at issue",
    "invoicing.Receipt": "follows from rows that have a history, see keeping",
    "invoicing.Delivery": "says itself who handed what over and when",
    "programs.RegistrationWarning": "written once, when it goes out",
    "programs.DossierPaper": "written once; withdrawn once, and says by whom",
    "programs.DossierStep": "is history itself: corrected, never changed",
    "invoicing.Payment": "is history itself: taken back, never changed",
    "invoicing.ExportPack": "written once; says itself who made it and when",
    "invoicing.BankFile": "written once, when it comes in",
    "invoicing.BankTransaction": "written once, from its file",
    "invoicing.SetAside": "is history itself: brought back, never changed",
    "invoicing.Inspection": "says itself who inspected what and when",
}


@pytest.fixture
def user() -> User:
    return OwnerFactory.create(first_name="Anna", last_name="Peeters")


@pytest.fixture
def owner(client: Browser, user: User, english: None) -> Browser:
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def story(row: models.Model, *fields: str) -> list[tuple[Any, ...]]:
    """Return the history of ``row`` from the first: how, who, and ``fields``."""
    return story_of(type(row), *fields, id=row.pk)


def story_of(
    model: type[models.Model], *fields: str, **which: Any
) -> list[tuple[Any, ...]]:
    records = get_history_manager_for_model(model).filter(**which)
    return list(
        records.order_by("history_id").values_list(
            "history_type", "history_user__username", *fields
        )
    )


# Whose history is kept


def test_each_table_has_history_or_a_reason_why_not() -> None:
    ours = {
        model._meta.label
        for app in ("clients", "programs", "invoicing")
        for model in apps.get_app_config(app).get_models()
        if not model.__name__.startswith("Historical")
    }

    kept = {model._meta.label for model in registered_models.values()}

    assert ours - kept == {*WITHOUT_HISTORY}


@pytest.mark.parametrize("model", [Conditions, Registration, SchemeTerms, VatRate])
def test_what_the_migrations_put_in_has_a_first_record(
    model: type[models.Model],
) -> None:
    for row in model._default_manager.all():
        assert story(row, "history_change_reason") == [("+", None, "migrate")]


# By which road


def test_the_admin_keeps_the_user_and_both_values(owner: Browser, user: User) -> None:
    owner.post(
        "/admin/clients/client/add/",
        typed(
            owner.get("/admin/clients/client/add/"),
            legal_name="Bakkerij Janssens BV",
            enterprise_number="BE 0824.677.865",
            street="Kerkstraat 1",
            postal_code="9000",
            city="Gent",
            **{"contacts-0-name": "Piet"},
        ),
    )
    client = Client.objects.get()
    page = f"/admin/clients/client/{client.pk}/"

    owner.post(
        f"{page}change/",
        typed(
            owner.get(f"{page}change/"), city="Aalst", **{"contacts-0-name": "Pieter"}
        ),
    )
    owner.post(f"{page}delete/", {"post": "yes"})

    name = user.username
    assert story_of(Client, "city") == [
        ("+", name, "Gent"),
        ("~", name, "Aalst"),
        ("-", name, "Aalst"),
    ]
    assert story_of(Contact, "name") == [
        ("+", name, "Piet"),
        ("~", name, "Pieter"),
        ("-", name, "Pieter"),
    ]


def test_saving_what_did_not_change_leaves_no_trace(owner: Browser, user: User) -> None:
    client = ContactFactory.create().client
    page = f"/admin/clients/client/{client.pk}/change/"

    owner.post(page, typed(owner.get(page), **{"contacts-0-name": "Nieuw"}))

    assert story(client) == [("+", None)]
    assert story(client.contacts.get(), "name")[1:] == [("~", user.username, "Nieuw")]


@pytest.mark.parametrize("make", [ClientFactory.create, ProgramFactory.create])
def test_the_archive_keeps_who_put_in_what(
    owner: Browser, user: User, make: Callable[..., Client | Program]
) -> None:
    row, there_already = make(), make(is_archived=True)
    address = f"/admin/{row._meta.app_label}/{row._meta.model_name}/"
    both = {"_selected_action": [row.pk, there_already.pk]}

    owner.post(f"{address}?archive=all", both | {"action": "archive"})
    owner.post(f"{address}?archive=all", both | {"action": "take_back"})

    assert story(row, "is_archived") == [
        ("+", None, False),
        ("~", user.username, True),
        ("~", user.username, False),
    ]
    assert len(story(there_already)) == 2


def test_many_rows_change_at_once_with_what_each_was() -> None:
    near, far = ClientFactory.create(city="Gent"), ClientFactory.create(city="Luik")

    changed = update_with_history(Client.objects.all(), city="Gent")

    assert changed == 1
    assert story(near, "city") == [("+", None, "Gent")]
    assert story(far, "city") == [("+", None, "Luik"), ("~", None, "Gent")]


def test_a_save_outside_the_admin_is_kept_without_a_user() -> None:
    participant = ParticipantFactory.create(name="Jan")

    participant.name = "Jan Peeters"
    participant.save()
    Participant.objects.filter(pk=participant.pk).delete()

    assert story(participant, "name") == [
        ("+", None, "Jan"),
        ("~", None, "Jan Peeters"),
        ("-", None, "Jan Peeters"),
    ]


def test_a_command_leaves_its_name(place: Installation) -> None:
    change = (
        "from invoicing.models import Seller; seller = Seller.objects.get(); "
        "seller.city = 'Gent'; seller.save()"
    )
    assert place.manage("shell", "--command", change).returncode == 0
    found = place.python(
        "from invoicing.models import Seller\n"
        "print([(r.history_type, r.history_change_reason, r.history_user, r.city)"
        " for r in Seller.history.order_by('history_id')])"
    )

    assert found == "[('+', 'migrate', None, ''), ('~', 'shell', None, 'Gent')]"


def test_a_change_that_is_refused_leaves_no_history() -> None:
    client = ClientFactory.create()

    with pytest.raises(IntegrityError), transaction.atomic():
        update_with_history(Client.objects.all(), legal_form="no such form")

    assert len(story(client)) == 1


# Drafts and what becomes of them


@pytest.fixture
def _quick_press(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle, "render_pdf", Mock(return_value=b"%PDF"))


def test_the_lines_of_a_draft_are_kept_from_the_first(
    owner: Browser, user: User
) -> None:
    enrolment = enrolled()

    owner.post(f"/admin/invoicing/invoice/from-enrolment/{enrolment.pk}/")

    line = InvoiceLine.objects.get()
    page = f"/admin/invoicing/invoice/{line.invoice_id}/change/"
    owner.post(page, typed(owner.get(page), **{"lines-0-unit_price": "12,50"}))
    assert story(line, "unit_price") == [
        ("+", user.username, Decimal(600)),
        ("~", user.username, Decimal("12.5")),
    ]
    assert story(line.invoice) == [("+", user.username)]


def test_a_deleted_draft_keeps_its_history() -> None:
    invoice = ordinary_draft()
    pk = invoice.pk

    invoice.delete()

    assert story_of(Invoice, "status", id=pk) == [
        ("+", None, "draft"),
        ("-", None, "draft"),
    ]
    assert [how for how, *_ in story_of(InvoiceLine, invoice_id=pk)] == ["+", "-"]


@pytest.mark.usefixtures("_quick_press")
def test_the_history_of_an_invoice_ends_when_it_is_issued() -> None:
    invoice = ordinary_draft()
    (line,) = invoice.lines.all()

    issue(invoice)

    assert story(invoice, "status", "number") == [
        ("+", None, "draft", ""),
        ("~", None, "issued", "2026-0001"),
    ]
    assert len(story(line)) == 1
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        line.save()
    assert len(story(line)) == 1


@pytest.mark.usefixtures("_quick_press")
def test_a_refused_change_of_an_issued_invoice_leaves_no_history() -> None:
    invoice = issued()
    told = story(invoice)

    invoice.remark = "later"
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        invoice.save()

    assert story(invoice) == told


@pytest.mark.usefixtures("_quick_press")
def test_giving_numbers_writes_no_history_of_the_series() -> None:
    issued()
    issued()

    (series,) = NumberSeries.objects.all()
    assert series.last == 2
    assert story(series, "first") == [("+", None, 1)]


@pytest.mark.usefixtures("_quick_press")
def test_crediting_keeps_the_lines_of_the_note_and_of_the_new_draft() -> None:
    invoice = issued()
    quantities = {line.pk: line.quantity for line in invoice.lines.all()}

    note, new = credit_and_redo(
        invoice.pk,
        Request(quantities=quantities, reason="Wrong client"),
        on=MONDAY,
        now=noon(MONDAY),
    )

    assert story(invoice, "is_cancelled")[-1] == ("~", None, True)
    for document in (note, new):
        assert [how for how, _ in story(document.lines.get())] == ["+"]


def test_what_the_record_holds_is_not_copied_into_history() -> None:
    kept = {
        field.name
        for field in get_history_manager_for_model(Invoice).model.tracked_fields
    }

    assert not kept & {"record", "net", "vat", "gross", "buyer_name"}
    assert kept >= {"status", "number", "client", "discount", "remark", "credit_reason"}


# Nobody edits it


def test_no_page_and_no_permission_edits_history() -> None:
    of_history = [
        model for model in apps.get_models() if model.__name__.startswith("Historical")
    ]

    assert len(of_history) == len(registered_models)
    assert not [model for model in of_history if admin.site.is_registered(model)]
    assert not Permission.objects.filter(codename__contains="historical").exists()


def test_nothing_is_put_back_from_history(owner: Browser) -> None:
    client = ClientFactory.create(city="Gent")
    update_with_history(Client.objects.all(), city="Aalst")
    first = get_history_manager_for_model(Client).earliest("history_id")
    page = f"/admin/clients/client/{client.pk}/history/"

    for address in (page, f"{page}{first.pk}/", f"{page}{first.pk}/delete/"):
        owner.post(address, {"city": "Gent", "post": "yes"})

    client.refresh_from_db()
    assert client.city == "Aalst"
    assert len(story(client)) == 2


def test_a_user_cannot_be_deleted_for_history_names_it(
    owner: Browser, user: User
) -> None:
    gone = OwnerFactory.create()

    answer = owner.post(f"/admin/auth/user/{gone.pk}/delete/", {"post": "yes"})

    assert answer.status_code == 403


def test_where_no_history_is_kept_there_is_no_page_of_it(owner: Browser) -> None:
    invoice = issued()
    receipt = invoice.receipts.get()

    page = owner.get(f"/admin/invoicing/receipt/{receipt.pk}/history/")

    assert page.status_code == 404
    receipt_page = owner.get(f"/admin/invoicing/receipt/{receipt.pk}/change/")
    assert "history/" not in receipt_page.content.decode()
    invoice_page = owner.get(f"/admin/invoicing/invoice/{invoice.pk}/change/")
    assert "history/" in invoice_page.content.decode()
