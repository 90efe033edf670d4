"""The road of a dossier to its subsidy, with its own days.

DOS-1 … DOS-5, SUB-2 and SUB-3 in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils.module_loading import import_string

from clients.wording import ENTERPRISES
from ownyourstory.money import ZERO
from programs import deadlines
from programs.estimating import estimate_of
from programs.models import Enrolment, Registration, SchemeTerms
from programs.road import ROAD, State

from .paper import Charged, Estimated, Registered, WalletRoad


def wallet_road(enrolment: Enrolment, *, base: Decimal, on: date) -> WalletRoad | None:
    """Return the road of ``enrolment``, in the active language.

    ``base`` is the eligible EUR excl. VAT, ``on`` the day from which a client that
    has not applied yet may do so. ``None`` where there is no first day, no
    registration on it, or no terms: ``needs`` says so first.
    """
    first_day = enrolment.course.first_day
    applied_on = enrolment.applied_on
    terms = terms_of(enrolment, on=on)
    registered = registered_on(first_day) if first_day else None
    if first_day is None or registered is None or terms is None:
        return None
    ask: Callable[[Enrolment], Charged | None] = import_string(settings.PAPERS_CHARGED)
    charged = ask(enrolment)
    apply_by = deadlines.apply_by(first_day, within_days=terms.apply_within_days)
    # Whoever applies this year, now or on the last day, has the same day to finish by.
    year_is_known = applied_on is not None or on.year == apply_by.year
    return WalletRoad(
        registered=registered,
        application_number=enrolment.application_number,
        applied_on=applied_on,
        apply_by=apply_by,
        contribution_days=terms.contribution_within_days,
        contribution_by=deadlines.contribution_by(
            applied_on, within_days=terms.contribution_within_days
        )
        if applied_on
        else None,
        finish_years=terms.finish_within_years,
        pay_by=deadlines.wallet_pays_by(
            applied_on or on, years=terms.finish_within_years
        )
        if year_is_known
        else None,
        estimate=_granted(enrolment, charged.wallet if charged else base)
        or (charged.estimate if charged else _estimated(enrolment, base, on=on)),
        charged=charged,
        has_contributed=_has_taken(enrolment, State.CONTRIBUTED),
        has_ordered=_has_taken(enrolment, State.ORDERED),
    )


def _has_taken(enrolment: Enrolment, step: State) -> bool:
    state = State(enrolment.state)
    return state in ROAD and ROAD.index(state) >= ROAD.index(step)


def terms_of(enrolment: Enrolment, *, on: date) -> SchemeTerms | None:
    """Return the terms of the application date; before there is one, of ``on``."""
    return SchemeTerms.objects.valid_on(enrolment.applied_on or on).first()


def registered_on(day: date) -> Registered | None:
    """Return the registration under which training is eligible on ``day`` (REG-5)."""
    row = Registration.objects.for_training().valid_on(day).first()
    if row is None:
        return None
    return Registered(
        number=row.number,
        pillar=str(row.get_pillar_display()),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def _granted(enrolment: Enrolment, base: Decimal) -> Estimated | None:
    """Return what the agency really gives on ``base`` (EUR), once that is known."""
    granted = enrolment.granted_subsidy
    if granted is None:
        return None
    subsidy = min(granted, base)
    return Estimated(
        size_label="",
        rate=ZERO,
        base=base,
        subsidy=subsidy,
        own_contribution=base - subsidy,
        is_granted=True,
    )


def _estimated(enrolment: Enrolment, base: Decimal, *, on: date) -> Estimated | None:
    """Return what the wallet may bring (SUB-2), ``None`` where no rate is known."""
    estimate = estimate_of(enrolment, on=on, base=base)
    if estimate is None:
        return None
    return Estimated(
        size_label=str(ENTERPRISES[estimate.size]),
        rate=estimate.found.rate,
        base=estimate.found.base,
        subsidy=estimate.found.subsidy,
        own_contribution=estimate.found.own_contribution,
    )
