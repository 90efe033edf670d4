"""How much of a year's cap a client has used, as far as we know. SUB-3 and SUB-7."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Sum

from clients.models import Client
from ownyourstory.money import ZERO

from .models import DossierStep, Enrolment
from .road import State, takes_room


def room_used(
    client: Client, *, year: int, besides: Enrolment | None = None
) -> Decimal:
    """Return the subsidy of ``year`` that is taken, in EUR (SUB-7).

    That is what the client told of other providers, and what our own dossiers of that
    year take, ``besides`` the one that is being worked out: what the agency granted
    where that is known, else our estimate.
    """
    elsewhere = client.elsewhere_uses.filter(year=year).aggregate(sum=Sum("amount"))
    used: Decimal = elsewhere["sum"] or ZERO
    own = client.enrolments.filter(uses_wallet=True, subsidy_year=year)
    if besides is not None and besides.pk:
        own = own.exclude(pk=besides.pk)
    for enrolment in own:
        if _takes_room(enrolment):
            granted = enrolment.granted_subsidy
            used += enrolment.subsidy_estimate or ZERO if granted is None else granted
    return used


def _takes_room(enrolment: Enrolment) -> bool:
    state = State(enrolment.state)
    ended = DossierStep.objects.standing().filter(enrolment=enrolment, state=state)
    last = ended.last()
    return takes_room(
        state,
        applied_on=enrolment.applied_on,
        ended_on=last.happened_on if last else None,
    )
