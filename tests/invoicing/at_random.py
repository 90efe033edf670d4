"""Drafts of every sort, at random but the same for the same seed.

All VAT treatments, one or more rates, quantities and prices with decimals, discounts on
lines and on the whole, with and without the wallet.
"""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

from clients.models import Client
from invoicing.documents.vat import Treatment
from invoicing.models import Invoice, Seller
from tests.factories import (
    ClientFactory,
    DraftFactory,
    DutchClientFactory,
    LineFactory,
    PersonFactory,
    wallet_draft,
)

D = Decimal
RATES = [D(21), D(21), D(12), D(6)]
AT_HOME = [Treatment.STANDARD, Treatment.STANDARD, Treatment.EXEMPT_TRAINING]


class Drafts:
    """Makes one draft after the other; ``on`` is the day of the service."""

    def __init__(self, *, seed: int, on: date) -> None:
        self._chance = random.Random(seed)  # noqa: S311 – no secret
        self._on = on
        self._dutch = DutchClientFactory.create()
        swiss = Client.objects.filter(country="CH").first()
        self._swiss = swiss or DutchClientFactory.create(
            country="CH", foreign_vat_number="CHE107787577", legal_name="Zug AG"
        )
        self._clients: list[Client] = [ClientFactory.create() for _ in range(12)]
        self._person = PersonFactory.create()

    def draft(self) -> Invoice:
        """Return the next draft."""
        sort = self._chance.random()
        if Seller.objects.current().is_small_enterprise:
            return self._ordinary(Treatment.SMALL_ENTERPRISE)
        if sort < 0.2:
            return self._wallet()
        if sort < 0.3:
            return self._ordinary(Treatment.REVERSE_CHARGE)
        if sort < 0.4:
            return self._ordinary(Treatment.OUTSIDE_SCOPE)
        return self._ordinary(self._chance.choice(AT_HOME))

    def _wallet(self) -> Invoice:
        price = D(self._chance.randint(10_000, 500_000)) / 100
        draft = wallet_draft(days=[self._on], on=self._on, course__program__price=price)
        if self._chance.random() < 0.5:
            self._line(draft, Treatment.STANDARD, position=2)
        return draft

    def _ordinary(self, treatment: Treatment) -> Invoice:
        draft = DraftFactory.create(
            client=self._client_for(treatment),
            service_from=self._on,
            service_until=self._on,
        )
        for position in range(1, self._chance.randint(2, 4)):
            self._line(draft, treatment, position=position)
        whole = draft.amounts.net
        if self._chance.random() < 0.3 and whole > 1:
            part = D(self._chance.randint(1, 90)) / 100
            draft.discount = (whole * part).quantize(D("0.01"))
            draft.save()
        return draft

    def _client_for(self, treatment: Treatment) -> Client:
        if treatment is Treatment.REVERSE_CHARGE:
            return self._dutch
        if treatment is Treatment.OUTSIDE_SCOPE:
            return self._swiss
        if treatment is Treatment.STANDARD and self._chance.random() < 0.1:
            return self._person
        return self._chance.choice(self._clients)

    def _line(self, draft: Invoice, treatment: Treatment, *, position: int) -> None:
        quantity = D(self._chance.choice(["1", "2", "7", "0.25", "3.3333"]))
        unit_price = D(self._chance.randint(1, 999_999_999)) / 1_000_000
        whole = (quantity * unit_price).quantize(D("0.01"))
        discount = D(0)
        if self._chance.random() < 0.2:
            discount = (whole * D(self._chance.randint(1, 99)) / 100).quantize(
                D("0.01")
            )
        charged = treatment is Treatment.STANDARD
        LineFactory.create(
            invoice=draft,
            position=position,
            description=f"Regel {position}",
            quantity=quantity,
            unit_price=unit_price,
            discount=min(discount, whole),
            treatment=treatment,
            vat_rate=self._chance.choice(RATES) if charged else 0,
        )
