"""A day that somebody types lies in this century: deadlines are counted from it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.test import Client as Browser

from invoicing.forms import CreditForm, IssueForm
from ownyourstory.days import plausible_day
from programs.models import SchemeTerms
from tests.factories import CourseFactory, OwnerFactory, ordinary_draft
from tests.pages import errors, typed

FIELDS: dict[str, Any] = {
    str(field): field
    for app in ("clients", "programs", "invoicing")
    for model in apps.get_app_config(app).get_models()
    for field in model._meta.fields
    if type(field) is models.DateField and field.editable
} | {
    f"{form.__name__}.{name}": field
    for form in (IssueForm, CreditForm)
    for name, field in form.base_fields.items()
    if isinstance(field, forms.DateField)
}
SAID = "Choose a day from 1 January 2000 to 31 December 2100."


@pytest.mark.parametrize("day", [date.min, date(1999, 12, 31), date(2101, 1, 1)])
def test_a_day_of_another_century_is_refused(day: date, english: None) -> None:
    with pytest.raises(ValidationError) as refused:
        plausible_day(day)

    assert refused.value.messages == [SAID]


@pytest.mark.parametrize("day", [date(2000, 1, 1), date(2100, 12, 31)])
def test_both_ends_of_this_century_are_taken(day: date) -> None:
    plausible_day(day)


@pytest.mark.parametrize("name", FIELDS)
def test_every_day_that_is_typed_is_looked_at(name: str) -> None:
    assert plausible_day in FIELDS[name].validators


@pytest.mark.parametrize(
    ("name", "most"),
    {
        "apply_within_days": 365,
        "contribution_within_days": 365,
        "finish_within_years": 10,
    }.items(),
)
def test_terms_are_counted_in_days_and_years_that_exist(name: str, most: int) -> None:
    field: Any = SchemeTerms._meta.get_field(name)

    field.run_validators(most)
    with pytest.raises(ValidationError):
        field.run_validators(most + 1)


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_pages_say_it_beside_the_field(
    client: Browser, english: None, day: str
) -> None:
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    draft = ordinary_draft()
    course = CourseFactory.create()
    invoice_page = f"/admin/invoicing/invoice/{draft.pk}/change/"
    course_page = f"/admin/programs/course/{course.pk}/change/"

    service = {"service_from": day, "service_until": day}
    refused = client.post(invoice_page, typed(client.get(invoice_page), **service))
    assert errors(refused) == {"service_from": [SAID], "service_until": [SAID]}

    session = {
        "sessions-TOTAL_FORMS": "1",
        "sessions-0-day": day,
        "sessions-0-hours": "7",
    }
    refused = client.post(course_page, typed(client.get(course_page)) | session)
    assert errors(refused) == {"sessions-0-day": [SAID]}
