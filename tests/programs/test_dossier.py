"""What an invoice was issued or a step taken for is kept with it (DOS-9)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model, ProtectedError
from django.test import Client as Browser

from invoicing import crediting
from programs.models import Course, DossierStep, Enrolment, Participant, Session
from tests.factories import (
    MONDAY,
    OwnerFactory,
    draft,
    enrolled,
    issue,
    issued_via_wallet,
    noon,
    wallet_draft,
)
from tests.pages import typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]

PARTS: list[type[Model]] = [Participant, Session, Enrolment, Course]
SAID = "Its dossier is under way: it is kept with all that belongs to it."


def one(model: type[Any]) -> None:
    model.objects.first().delete()


def all_of_them(model: type[Any]) -> None:
    model.objects.all().delete()


def those_of_the_enrolment(model: type[Any]) -> None:
    enrolment = Enrolment.objects.get()
    rows: dict[type[Model], Any] = {
        Participant: enrolment.participants.all(),
        Session: enrolment.course.sessions.all(),
        Enrolment: enrolment.course.enrolments.all(),
        Course: enrolment.course.program.courses.all(),
    }
    rows[model].delete()


ROADS = [one, all_of_them, those_of_the_enrolment]


@pytest.mark.parametrize("model", PARTS)
@pytest.mark.parametrize("delete", ROADS)
def test_nothing_of_its_dossier_is_deleted(
    model: type[Model], delete: Callable[[type[Model]], None], english: None
) -> None:
    issued_via_wallet()
    before = model._default_manager.count()

    with pytest.raises(ProtectedError) as refused:
        delete(model)

    assert refused.value.args[0] == SAID
    assert model._default_manager.count() == before > 0


def test_nor_once_it_is_credited() -> None:
    invoice = issued_via_wallet()
    [line] = invoice.lines.all()
    crediting.credit(
        invoice.pk,
        crediting.Request(quantities={line.pk: line.quantity}, reason="?", refund="?"),
        on=MONDAY,
        now=noon(MONDAY),
    )

    with pytest.raises(ProtectedError):
        Participant.objects.get().delete()


@pytest.mark.parametrize("model", [Participant, Session])
@pytest.mark.parametrize("delete", ROADS)
def test_what_is_not_issued_can_go(
    model: type[Model], delete: Callable[[type[Model]], None]
) -> None:
    wallet_draft()

    delete(model)


@pytest.mark.parametrize("model", PARTS)
def test_an_assignment_without_subsidy_has_its_dossier_too(model: type[Model]) -> None:
    issue(draft())

    with pytest.raises(ProtectedError):
        one(model)


def test_a_manager_deletes_nothing_by_itself() -> None:
    for model in PARTS:
        assert not hasattr(model._default_manager, "delete")


PAGES = [("enrolment", "participants"), ("course", "sessions")]


@pytest.mark.parametrize(("model", "rows"), PAGES)
def test_the_page_offers_no_deletion_and_says_why(
    client: Browser, english: None, model: str, rows: str
) -> None:
    enrolment = issued_via_wallet().enrolment
    assert enrolment is not None
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    row = enrolment if model == "enrolment" else enrolment.course
    address = f"/admin/programs/{model}/{row.pk}/change/"

    page = client.get(address)
    sent = typed(page) | {f"{rows}-0-DELETE": "on"}
    answer = client.post(address, sent)

    text = page.content.decode()
    assert f"{rows}-0-DELETE" not in text
    assert "none is deleted" in text
    assert answer.status_code == 302
    assert (Participant.objects.count(), Session.objects.count()) == (1, 2)


@pytest.mark.parametrize(("model", "rows"), PAGES)
def test_the_page_of_a_draft_still_deletes(
    client: Browser, english: None, model: str, rows: str
) -> None:
    enrolment = wallet_draft().enrolment
    assert enrolment is not None
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    row = enrolment if model == "enrolment" else enrolment.course
    address = f"/admin/programs/{model}/{row.pk}/change/"

    page = client.get(address)
    client.post(address, typed(page) | {f"{rows}-0-DELETE": "on"})

    assert "none is deleted" not in page.content.decode()
    assert (Participant.objects.count(), Session.objects.count()) in {(0, 2), (1, 1)}


def test_the_page_of_a_dossier_with_a_step_offers_no_deletion(
    client: Browser, english: None
) -> None:
    """Nothing but the step holds on to it: no invoice was made yet."""
    enrolment = enrolled(uses_wallet=True)
    client.force_login(OwnerFactory.create())
    address = f"/admin/programs/enrolment/{enrolment.pk}/delete/"
    before = client.get(address)
    DossierStep.objects.create(
        enrolment=enrolment,
        state="applied",
        happened_on=MONDAY,
        recorded_at=noon(MONDAY),
    )

    answer = client.post(address, {"post": "yes"})

    assert before.status_code == 200
    assert answer.status_code == 403
    assert Enrolment.objects.get() == enrolment
