"""Users and clients."""

# mypy: allow-untyped-calls
# Half of factory-boy has no types; ``.create()`` is of the half that has.

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory
from stdnum.iso7064 import mod_97_10

from clients.models import Activity, Client, Conditions, Contact, ElsewhereUse

from .days import AGREED


def belgian_number(serial: int) -> str:
    """Return the valid enterprise number that starts with ``serial``, ten digits."""
    return f"{serial:08d}{97 - serial % 97:02d}"


def dutch_number(serial: int) -> str:
    """Return the valid Dutch VAT number that starts with ``serial``, nine digits."""
    start = f"NL{serial:09d}B"
    return start + mod_97_10.calc_check_digits(start)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    username = Sequence(lambda n: f"user{n}")


class OwnerFactory(UserFactory):
    """Somebody who may do everything in the admin."""

    is_staff = True
    is_superuser = True


class ClientFactory(DjangoModelFactory[Client]):
    """A VAT-liable bakery in Ghent of which nothing else is known."""

    class Meta:
        model = Client

    legal_name = Sequence(lambda n: f"Bakkerij {n} BV")
    enterprise_number: Any = Sequence(lambda n: belgian_number(4_000_000 + n))
    street = "Kerkstraat 1"
    postal_code = "9000"
    city = "Gent"


class SmallClientFactory(ClientFactory):
    """A client that may use the wallet as a small enterprise: 30 %."""

    legal_form = "bv"
    fte = Decimal(12)
    public_share = Decimal(0)
    nace = "10.71"


class PersonFactory(ClientFactory):
    """A private person."""

    kind = "person"
    legal_name = Sequence(lambda n: f"Jan Janssens {n}")
    enterprise_number = ""
    vat_liability = "none"


class DutchClientFactory(ClientFactory):
    """A business in the Netherlands."""

    legal_name = Sequence(lambda n: f"Bakkerij {n} B.V.")
    enterprise_number = ""
    foreign_vat_number = Sequence(lambda n: dutch_number(100_000_000 + n))
    postal_code = "4811 AA"
    city = "Breda"
    country = "NL"


class ContactFactory(DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    client = SubFactory(ClientFactory)
    name = Sequence(lambda n: f"Contact {n}")


class ElsewhereUseFactory(DjangoModelFactory[ElsewhereUse]):
    class Meta:
        model = ElsewhereUse

    client = SubFactory(ClientFactory)
    year = 2026
    amount = Decimal(1000)
    told_on = AGREED


class ConditionsFactory(DjangoModelFactory[Conditions]):
    """Conditions before those the migration fills in."""

    class Meta:
        model = Conditions

    valid_from = date(2017, 1, 1)
    valid_until = date(2022, 8, 30)
    small_staff = 50
    small_turnover = small_balance = 10_000_000
    medium_staff = 250
    medium_turnover, medium_balance = 50_000_000, 43_000_000
    public_share_limit = 25


class ActivityFactory(DjangoModelFactory[Activity]):
    class Meta:
        model = Activity

    nace = "1071"
