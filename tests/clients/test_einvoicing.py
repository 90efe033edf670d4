"""Which clients the e-invoice is the legal invoice for (EIN-1)."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from clients.einvoicing import Exemption, Ground, ground_for
from clients.models.client import VatLiability
from clients.wording import EXEMPTIONS, GROUNDS
from tests.factories import ClientFactory

ORDINARY = {
    "is_person": False,
    "country": "BE",
    "is_vat_liable": True,
    "only_exempt": False,
    "exemption": "",
}


@pytest.mark.parametrize(
    ("facts", "ground", "is_structured"),
    [
        ({}, Ground.VAT_LIABLE, True),
        ({"is_person": True}, Ground.PRIVATE_PERSON, False),
        ({"country": "NL"}, Ground.ABROAD, False),
        ({"only_exempt": True}, Ground.ONLY_EXEMPT, False),
        ({"is_vat_liable": False}, Ground.NOT_LIABLE, False),
        ({"exemption": Exemption.NOT_REACHABLE}, Ground.NOT_REACHABLE, False),
        ({"exemption": Exemption.OTHER_FORMAT}, Ground.OTHER_FORMAT, False),
        ({"exemption": Exemption.FLAT_RATE}, Ground.FLAT_RATE, False),
        ({"exemption": Exemption.BANKRUPT}, Ground.BANKRUPT, False),
        (
            {"country": "NL", "exemption": Exemption.ASKS_FOR_IT},
            Ground.ASKS_FOR_IT,
            True,
        ),
        (
            {"only_exempt": True, "exemption": Exemption.ASKS_FOR_IT},
            Ground.ASKS_FOR_IT,
            True,
        ),
        (
            {"is_person": True, "exemption": Exemption.ASKS_FOR_IT},
            Ground.PRIVATE_PERSON,
            False,
        ),
    ],
)
def test_the_law_decides_unless_the_owner_names_an_exception(
    facts: dict[str, object],
    ground: Ground,
    is_structured: bool,
) -> None:
    found = ground_for(**{**ORDINARY, **facts})  # type: ignore[arg-type]

    assert found is ground
    assert found.is_structured is is_structured


def test_an_exception_of_somebody_not_bound_changes_nothing() -> None:
    for exemption in set(Exemption) - {Exemption.ASKS_FOR_IT}:
        facts = {**ORDINARY, "country": "NL", "exemption": exemption}
        assert ground_for(**facts) is Ground.ABROAD  # type: ignore[arg-type]


def test_the_record_of_a_client_gives_the_facts() -> None:
    liable = ClientFactory.build(vat_liability=VatLiability.LIABLE)
    exempt = ClientFactory.build(vat_liability=VatLiability.ONLY_EXEMPT)
    asking = ClientFactory.build(
        vat_liability=VatLiability.ONLY_EXEMPT,
        einvoice_exemption=Exemption.ASKS_FOR_IT,
    )

    assert [client.einvoice_ground for client in (liable, exempt, asking)] == [
        Ground.VAT_LIABLE,
        Ground.ONLY_EXEMPT,
        Ground.ASKS_FOR_IT,
    ]


def test_each_ground_and_each_exception_has_its_words() -> None:
    for language in ["nl", "fr", "en"]:
        with override(language):
            assert len({str(GROUNDS[ground]) for ground in Ground}) == len(Ground)
            assert len({str(EXEMPTIONS[one]) for one in Exemption}) == len(Exemption)
