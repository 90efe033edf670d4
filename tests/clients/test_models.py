"""Clients: what the database refuses, what a form tidies up, what a search finds."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from clients.models import Client, ElsewhereUse
from tests.factories import (
    ClientFactory,
    ContactFactory,
    DutchClientFactory,
    ElsewhereUseFactory,
    PersonFactory,
    SmallClientFactory,
)

pytestmark = pytest.mark.django_db

REFUSED: dict[str, dict[str, Any]] = {
    "kind_valid": {"kind": "robot"},
    "vat_liability_valid": {"vat_liability": "maybe"},
    "language_valid": {"language": "de"},
    "legal_form_valid": {"legal_form": "gmbh"},
    "belgian_number_in_belgium": {"country": "NL"},
    "foreign_number_abroad": {"foreign_vat_number": "NL123456782B90"},
    "person_has_no_number": {"kind": "person"},
    "vat_liable_has_number": {"enterprise_number": ""},
}


@pytest.mark.parametrize(("fact", "changes"), REFUSED.items(), ids=REFUSED)
def test_the_database_refuses(fact: str, changes: dict[str, Any]) -> None:
    client = ClientFactory.create()

    with pytest.raises(IntegrityError, match=f"clients_client_{fact}"):
        Client.objects.filter(pk=client.pk).update(**changes)


def test_a_private_person_is_not_vat_liable() -> None:
    person = PersonFactory.create()

    with pytest.raises(IntegrityError, match="person_has_no_number"):
        Client.objects.filter(pk=person.pk).update(vat_liability="exempt")


@pytest.mark.parametrize("factory", [ClientFactory, DutchClientFactory])
def test_a_number_belongs_to_one_client(factory: type[ClientFactory]) -> None:
    first, second = factory.create(), factory.create()
    numbers = {
        "enterprise_number": first.enterprise_number,
        "foreign_vat_number": first.foreign_vat_number,
    }

    with pytest.raises(IntegrityError, match=r"enterprise_number|foreign_"):
        Client.objects.filter(pk=second.pk).update(**numbers)


def test_clients_without_number_do_not_collide() -> None:
    PersonFactory.create_batch(2)

    assert Client.objects.filter(enterprise_number="").count() == 2


def test_what_was_used_elsewhere_stands_once_a_year_and_is_not_negative() -> None:
    use = ElsewhereUseFactory.create()

    with pytest.raises(ValidationError):
        ElsewhereUseFactory.build(client=use.client).validate_constraints()
    with pytest.raises(IntegrityError, match="clients_elsewhereuse_amount_sound"):
        ElsewhereUse.objects.filter(pk=use.pk).update(amount=-1)


def test_a_form_keeps_numbers_in_one_notation() -> None:
    belgian = SmallClientFactory.build(enterprise_number="BE 0824.677.865")
    dutch = DutchClientFactory.build(foreign_vat_number="1234.56.782.b90")

    belgian.full_clean()
    dutch.full_clean()

    assert belgian.enterprise_number == "0824677865"
    assert dutch.foreign_vat_number == "NL123456782B90"


WRONG: dict[str, dict[str, Any]] = {
    "enterprise_number": {"enterprise_number": "0824.677.866"},
    "postal_code": {"postal_code": "90 00"},
    "seat_postal_code": {"seat_postal_code": "900"},
    "nace": {"nace": "bakery"},
    "peppol_id": {"peppol_id": "0824677865"},
    "fte": {"fte": -1},
    "public_share": {"public_share": 101},
}


@pytest.mark.parametrize(("field", "values"), WRONG.items(), ids=WRONG)
def test_a_form_names_the_field_that_is_wrong(
    field: str, values: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError) as refused:
        ClientFactory.build(**values).full_clean()

    assert list(refused.value.message_dict) == [field]


def test_a_form_refuses_a_vat_number_of_another_country() -> None:
    with pytest.raises(ValidationError) as refused:
        DutchClientFactory.build(foreign_vat_number="FR40303265045").full_clean()

    assert list(refused.value.message_dict) == ["foreign_vat_number"]


VAT_NUMBERS: dict[str, tuple[dict[str, Any], str]] = {
    "VAT-liable": ({"vat_liability": "liable"}, "BE0824677865"),
    "small-enterprise scheme": ({"vat_liability": "small"}, "BE0824677865"),
    "only exempt work": ({"vat_liability": "exempt"}, ""),
    "not liable": ({"vat_liability": "none"}, ""),
    "abroad": (
        {"country": "NL", "enterprise_number": "", "foreign_vat_number": "NL1"},
        "NL1",
    ),
}


@pytest.mark.parametrize(("fields", "number"), VAT_NUMBERS.values(), ids=VAT_NUMBERS)
def test_only_those_who_charge_vat_have_a_vat_number(
    fields: dict[str, Any], number: str
) -> None:
    values = {"enterprise_number": "0824677865"} | fields

    assert ClientFactory.build(**values).vat_number == number


def test_the_peppol_id_follows_from_the_number_unless_the_owner_knows_better() -> None:
    client = ClientFactory.build(enterprise_number="0824677865")
    assert client.endpoint == "0208:0824677865"

    client.peppol_id = "9925:BE0824677865"
    assert client.endpoint == "9925:BE0824677865"


def test_our_number_for_a_client_follows_from_its_key() -> None:
    assert ClientFactory.build(pk=12).number == "K00012"
    assert ClientFactory.build().number == ""


@pytest.mark.parametrize(
    "term",
    [
        "BE 0824.677.865",
        "0824677865",
        "824 677 865",
        "0824.677",
        "de korst",
        "Gouden",
        "kortrijk",
        "zoë",
        "boek@example.com",
    ],
)
def test_a_client_is_found_in_any_notation(term: str) -> None:
    client = ClientFactory.create(
        legal_name="Bakkerij De Korst BV",
        trade_name="De Gouden Korst",
        enterprise_number="0824677865",
        city="Kortrijk",
        invoice_email="boek@example.com",
    )
    ContactFactory.create(client=client, name="zoë Çelik")
    ContactFactory.create(client=client, name="zoë Peeters")
    ClientFactory.create(legal_name="Een ander NV")

    assert list(Client.objects.search(term)) == [client]


def test_a_client_abroad_is_found_by_its_vat_number() -> None:
    client = DutchClientFactory.create(foreign_vat_number="NL123456782B90")
    DutchClientFactory.create()

    assert list(Client.objects.search("nl 1234.56.782.b90")) == [client]
    assert list(Client.objects.search("123456782")) == [client]


def test_a_year_in_a_search_is_not_part_of_a_number() -> None:
    ClientFactory.create(enterprise_number="0420260000")

    assert not Client.objects.search("2026").exists()


def test_archived_clients_are_kept_apart() -> None:
    client = ClientFactory.create()
    ClientFactory.create(is_archived=True)

    assert list(Client.objects.active()) == [client]
