"""The pages of clients: what she finds, types and reads there."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client as Browser
from django.urls import reverse

from clients.models import Client, Conditions
from tests.factories import (
    ActivityFactory,
    ClientFactory,
    ContactFactory,
    DutchClientFactory,
    EnrolmentFactory,
    OwnerFactory,
    PersonFactory,
    SmallClientFactory,
)
from tests.pages import errors, typed

pytestmark = pytest.mark.django_db

LIST = "/admin/clients/client/"
ADD = "/admin/clients/client/add/"
NEW = {
    "legal_name": "Bakkerij Janssens BV",
    "enterprise_number": "BE 0824.677.865",
    "street": "Kerkstraat 1",
    "postal_code": "9000",
    "city": "Gent",
}


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    return client


def page_of(client: Client) -> str:
    return f"{LIST}{client.pk}/change/"


def names(page: Any) -> set[str]:
    return {client.legal_name for client in page.context["cl"].result_list}


# Every page opens, and asks little of the database


def test_the_list_asks_the_same_of_the_database_however_long_it_is(
    owner: Browser, django_assert_max_num_queries: Any
) -> None:
    SmallClientFactory.create_batch(12)
    ActivityFactory.create()

    with django_assert_max_num_queries(8):
        page = owner.get(LIST)

    assert len(page.context["cl"].result_list) == 12


def test_the_add_page_opens(owner: Browser, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(5):
        assert owner.get(ADD).status_code == 200


def test_the_change_page_opens(
    owner: Browser, django_assert_max_num_queries: Any
) -> None:
    client = ContactFactory.create().client

    with django_assert_max_num_queries(14):
        assert owner.get(page_of(client)).status_code == 200


@pytest.mark.parametrize("model", ["conditions", "activity"])
def test_the_settings_open(
    owner: Browser, model: str, django_assert_max_num_queries: Any
) -> None:
    ActivityFactory.create(pk=1)

    for page in ["", "add/", "1/change/"]:
        with django_assert_max_num_queries(8):
            assert owner.get(f"/admin/clients/{model}/{page}").status_code == 200


# One screen to add a client


def test_a_client_is_added_on_one_screen(owner: Browser) -> None:
    page = owner.get(ADD)

    answer = owner.post(
        ADD, typed(page, **NEW, fte="7.5", **{"contacts-0-name": "Piet"})
    )

    assert answer.status_code == 302
    client = Client.objects.get()
    assert (client.enterprise_number, client.fte) == ("0824677865", Decimal("7.5"))
    assert [contact.name for contact in client.contacts.all()] == ["Piet"]


def test_amounts_are_typed_the_dutch_way(owner: Browser) -> None:
    owner.cookies["django_language"] = "nl"
    page = owner.get(ADD)

    owner.post(ADD, typed(page, **NEW, turnover="€ 1.234.567,50", fte="7,5"))

    client = Client.objects.get()
    assert (client.turnover, client.fte) == (Decimal("1234567.50"), Decimal("7.5"))


def test_a_private_person_needs_no_choice_about_vat(owner: Browser) -> None:
    page = owner.get(ADD)

    owner.post(ADD, typed(page, **NEW | {"kind": "person", "enterprise_number": ""}))

    assert Client.objects.get().vat_liability == "none"


# What is wrong is said beside its field, and nothing is lost


WRONG = {
    "a typing error in the number": ("enterprise_number", "BE 0824.677.866"),
    "a VAT-liable client without number": ("enterprise_number", ""),
    "a postcode that is none": ("postal_code", "90000"),
    "text for an amount": ("turnover", "veel"),
    "a share above all": ("public_share", "101"),
    "an address that is none": ("invoice_email", "piet"),
    "a Dutch number in Belgium": ("foreign_vat_number", "NL004495445B01"),
}


@pytest.mark.parametrize(("field", "text"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_at_its_field(
    owner: Browser, field: str, text: str
) -> None:
    sent = typed(owner.get(ADD), **NEW | {field: text})

    page = owner.post(ADD, sent)

    assert list(errors(page)) == [field]
    assert typed(page) == sent
    assert not Client.objects.exists()


def test_a_number_that_is_known_already_is_said_at_its_field(owner: Browser) -> None:
    ClientFactory.create(enterprise_number="0824677865")

    page = owner.post(ADD, typed(owner.get(ADD), **NEW))

    assert errors(page) == {
        "enterprise_number": ["There is a client with this enterprise number already."]
    }


def test_a_second_amount_for_one_year_is_said_in_its_row(owner: Browser) -> None:
    client = ClientFactory.create()
    client.elsewhere_uses.create(year=2026, amount=1, told_on="2026-01-01")
    sent = typed(owner.get(page_of(client))) | {
        "elsewhere_uses-TOTAL_FORMS": "2",
        "elsewhere_uses-1-year": "2026",
        "elsewhere_uses-1-amount": "x",
        "elsewhere_uses-1-told_on": "2026-02-01",
    }

    page = owner.post(page_of(client), sent)

    assert errors(page) == {"elsewhere_uses-1-amount": ["Enter a number."]}


# Finding clients


@pytest.mark.parametrize(
    "term",
    ["BE 0824.677.865", "0824 677 865", "be0824677865", "korenbloem", "Lies M", "Gent"],
)
def test_a_client_is_found_by_what_is_known_of_it(owner: Browser, term: str) -> None:
    client = ClientFactory.create(
        legal_name="De Korenbloem BV", enterprise_number="0824677865"
    )
    ContactFactory.create(client=client, name="Lies Maes")
    DutchClientFactory.create(legal_name="Andere B.V.")

    assert names(owner.get(LIST, {"q": term})) == {"De Korenbloem BV"}


def test_a_field_proposes_clients_by_their_number_and_no_archived_ones(
    owner: Browser,
) -> None:
    kept = ClientFactory.create(enterprise_number="0824677865")
    ClientFactory.create(is_archived=True)
    asked = {"app_label": "programs", "model_name": "enrolment", "field_name": "client"}

    all_of_them = owner.get(reverse("admin:autocomplete"), asked | {"term": ""})
    found = owner.get(
        reverse("admin:autocomplete"), asked | {"term": "BE 0824.677.865"}
    )

    proposed = [
        [row["id"] for row in page.json()["results"]] for page in (all_of_them, found)
    ]
    assert proposed == [[str(kept.pk)], [str(kept.pk)]]


def test_the_list_leaves_out_the_archive_until_asked(owner: Browser) -> None:
    ClientFactory.create(legal_name="Nu")
    ClientFactory.create(legal_name="Toen", is_archived=True)

    assert names(owner.get(LIST)) == {"Nu"}
    assert names(owner.get(LIST, {"archive": "only"})) == {"Toen"}
    assert names(owner.get(LIST, {"archive": "all"})) == {"Nu", "Toen"}


FILTERS = {
    "region": ({"region": "abroad"}, {"NL"}),
    "kind": ({"kind__exact": "person"}, {"Jan"}),
    "language": ({"language__exact": "fr"}, {"FR"}),
    "VAT liability": ({"vat_liability__exact": "none"}, {"Jan"}),
}


@pytest.mark.parametrize(("chosen", "expected"), FILTERS.values(), ids=FILTERS)
def test_the_list_is_filtered(
    owner: Browser, chosen: dict[str, str], expected: set[str]
) -> None:
    DutchClientFactory.create(legal_name="NL")
    PersonFactory.create(legal_name="Jan")
    ClientFactory.create(legal_name="FR", language="fr")

    assert names(owner.get(LIST, chosen)) == expected


# The verdict


def test_the_list_and_the_page_tell_the_same_verdict_with_its_reasons(
    owner: Browser,
) -> None:
    ActivityFactory.create(nace="1071")
    good = SmallClientFactory.create()

    [listed] = owner.get(LIST).context["cl"].result_list
    page = owner.get(page_of(good)).content.decode()

    assert listed.verdict.answer == "yes"
    assert "The operating seat is in Flanders." in page
    assert "the agency decides" in page


def test_the_page_tells_how_the_client_is_invoiced(owner: Browser) -> None:
    """EIN-1."""
    client = ClientFactory.create(einvoice_exemption="bankrupt")

    page = owner.get(page_of(client)).content.decode()

    assert "Declared bankrupt: the PDF is the invoice." in page


def test_a_missing_answer_makes_the_verdict_unknown(owner: Browser) -> None:
    ClientFactory.create()

    [client] = owner.get(LIST).context["cl"].result_list

    assert client.verdict.answer == "unknown"


def test_without_conditions_for_today_nothing_is_said(owner: Browser) -> None:
    client = SmallClientFactory.create()
    Conditions.objects.all().delete()

    assert (
        "There are no conditions for clients today" in owner.get(LIST).content.decode()
    )
    assert owner.get(page_of(client)).status_code == 200


# Keeping and archiving


def test_a_client_in_use_cannot_be_deleted_and_its_page_says_what_to_do(
    owner: Browser,
) -> None:
    client = EnrolmentFactory.create().client

    page = owner.get(page_of(client))

    assert page.context["has_delete_permission"] is False
    assert "Archive it below" in page.content.decode()
    assert owner.post(f"{LIST}{client.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_client_nobody_needs_can_be_deleted(owner: Browser) -> None:
    client = ClientFactory.create()

    owner.post(f"{LIST}{client.pk}/delete/", {"post": "yes"})

    assert not Client.objects.exists()


def test_clients_go_to_the_archive_and_back(owner: Browser) -> None:
    client = ClientFactory.create()
    chosen = {"_selected_action": [client.pk]}

    owner.post(LIST, chosen | {"action": "archive"})
    client.refresh_from_db()
    assert client.is_archived

    owner.post(f"{LIST}?archive=only", chosen | {"action": "take_back"})
    client.refresh_from_db()
    assert not client.is_archived


def test_nothing_is_deleted_in_bulk(owner: Browser) -> None:
    client = ClientFactory.create()

    owner.post(
        LIST,
        {"_selected_action": [client.pk], "action": "delete_selected", "post": "yes"},
    )

    assert Client.objects.exists()


def test_the_page_leads_to_what_belongs_to_the_client(owner: Browser) -> None:
    client = ClientFactory.create()

    page = owner.get(page_of(client)).content.decode()

    for address in [
        f"/admin/programs/enrolment/?client__id__exact={client.pk}",
        f"/admin/programs/enrolment/add/?client={client.pk}",
        f"/admin/invoicing/invoice/?client__id__exact={client.pk}",
    ]:
        assert address in page
        assert owner.get(address).status_code == 200


def test_somebody_who_may_only_look_sees_and_changes_nothing(client: Browser) -> None:
    kept = ClientFactory.create()
    looker = OwnerFactory.create(is_superuser=False)
    looker.user_permissions.add(Permission.objects.get(codename="view_client"))
    client.force_login(looker)

    assert client.get(page_of(kept)).status_code == 200
    assert client.post(page_of(kept), NEW).status_code == 403
    client.post(LIST, {"_selected_action": [kept.pk], "action": "archive"})
    kept.refresh_from_db()
    assert not kept.is_archived
