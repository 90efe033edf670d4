"""What stands in the calendars: which last days, and what is said of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Max, OuterRef, Subquery
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.utils import get_history_model_for_model

from programs.dossier_dates import LastDay, last_days
from programs.models import Enrolment, Registration, ReminderPlan, SchemeTerms, Session
from programs.timetable import OF_THE_CLIENT, Kind
from programs.watching.registration import ends_on

from .ics import FIRST_MOMENT, Entry, calendar_file

UID = "{name}@dossiers.ownyourstory"
"""Not of an address of ours: entries stay the same where the program moves."""

FOR_THE_CLIENT = {
    Kind.APPLY: gettext_lazy(
        "The last day to apply for the subsidy in the KMO-portefeuille. "
        "After it the subsidy is lost."
    ),
    Kind.CONTRIBUTE: gettext_lazy(
        "The last day to pay your own contribution into the KMO-portefeuille."
    ),
    Kind.ORDER: gettext_lazy(
        "Order the payment in the KMO-portefeuille: it is not made by itself."
    ),
    Kind.FINISH: gettext_lazy(
        "By this day the training has ended and the KMO-portefeuille has paid."
    ),
}


def for_ourselves(*, on: date, site: str) -> bytes:
    """Return the calendar of all last days to be met, in the owner's language.

    ``site`` is our own address (``https://example.com``), for the links.
    """
    language = settings.LANGUAGE_CODE
    with translation.override(language):
        found = last_days(_changed(Enrolment.objects.under_way()), on=on)
        since = _last_change_of_settings()
        entries = [
            Entry(
                uid=_uid(one),
                day=one.day,
                title=f"{one.enrolment.client}: {one.name}",
                text=f"{one.enrolment.course} ({one.rule})",
                changed_at=_changed_at(one, since),
                url=site
                + reverse("admin:programs_enrolment_change", args=[one.enrolment.pk]),
            )
            for one in found
            # That day is the same for all of them: it stands there once.
            if not one.is_done and one.kind is not Kind.REGISTRATION
        ]
        entries += _end_of_registration(since)
        return calendar_file(entries, name=_("Last days"), language=language)


def for_the_client(enrolment: Enrolment, *, on: date) -> bytes:
    """Return the last days that the client has to meet, in the client's language."""
    language = enrolment.client.language
    with translation.override(language):
        rows = Enrolment.objects.filter(pk=enrolment.pk)
        since = _last_change_of_settings()
        entries = [
            Entry(
                uid=_uid(one),
                day=one.day,
                title=f"KMO-portefeuille: {one.name}",
                text=f"{FOR_THE_CLIENT[one.kind]}\n{one.enrolment.course.program}",
                changed_at=_changed_at(one, since),
            )
            for one in last_days(_changed(rows), on=on)
            if one.kind in OF_THE_CLIENT and not one.is_done
        ]
        return calendar_file(entries, name="KMO-portefeuille", language=language)


def _end_of_registration(since: datetime) -> list[Entry]:
    end = ends_on()
    if end is None:
        return []
    title = _("Our registration for training ends")
    uid = UID.format(name="registration")
    return [Entry(uid, end, title, "REG-4", changed_at=since)]


def _uid(one: LastDay) -> str:
    return UID.format(name=f"enrolment-{one.enrolment.pk}-{one.kind}")


def _changed(enrolments: models.QuerySet[Enrolment]) -> models.QuerySet[Enrolment]:
    """Add when an enrolment and the days of its course last changed."""
    own = _history_of(Enrolment).filter(id=OuterRef("pk")).order_by("-history_date")
    days = _history_of(Session).filter(course_id=OuterRef("course_id"))
    days = days.order_by("-history_date")
    return enrolments.annotate(
        own_change=Subquery(own.values("history_date")[:1]),
        change_of_days=Subquery(days.values("history_date")[:1]),
    )


def _changed_at(one: LastDay, since: datetime) -> datetime:
    """Return when anything changed from which a last day follows."""
    enrolment: Any = one.enrolment
    agreed = datetime.combine(enrolment.agreed_on, time(), tzinfo=UTC)
    moments = [agreed, since, enrolment.own_change, enrolment.change_of_days]
    for step in enrolment.steps.all():
        moments += [step.recorded_at, step.corrected_at]
    known: list[datetime] = [moment for moment in moments if moment is not None]
    return max(known)


def _last_change_of_settings() -> datetime:
    """Return when the settings that move last days were changed."""
    moments = [
        _history_of(model).aggregate(at=Max("history_date"))["at"]
        for model in (SchemeTerms, Registration, ReminderPlan)
    ]
    return max(moment or FIRST_MOMENT for moment in moments)


def _history_of(model: type[models.Model]) -> models.QuerySet[Any]:
    rows: models.Manager[Any] = get_history_model_for_model(model)._default_manager
    return rows.all()
