"""The dossier on the page of its enrolment, and the pages of its steps."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client as Browser

from programs.models import Enrolment, Registration
from programs.road import State
from tests.factories import (
    AdviceFactory,
    ClientFactory,
    CourseFactory,
    OwnerFactory,
    RegistrationFactory,
    SessionFactory,
    SmallClientFactory,
    UserFactory,
    enrolled,
    issue,
    noon,
    wallet_draft,
)
from tests.invoicing.test_crediting import credit
from tests.pages import errors, typed

from .test_lifecycle import at, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]

TODAY = date(2026, 6, 1)
ADD = "/admin/programs/enrolment/add/"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(noon(TODAY), tick=False):
        yield


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    return client


def page_of(enrolment: Enrolment, page: str = "change") -> str:
    return f"/admin/programs/enrolment/{enrolment.pk}/{page}/"


def said(page: Any) -> str:
    return " ".join(page.content.decode().split())


# Agreeing


def agree(owner: Browser, **changes: str) -> Any:
    course = SessionFactory.create(course__program__price=1000).course
    agreed = {
        "course": str(course.pk),
        "uses_wallet": "on",
        "participants-0-name": "An",
    }
    return owner.post(ADD, typed(owner.get(ADD), **(agreed | changes)))


def test_what_is_agreed_is_judged_and_takes_its_room(owner: Browser) -> None:
    """ELI-1, PRG-3, SUB-7: as it was on the day agreed."""
    client = SmallClientFactory.create()

    assert agree(owner, client=str(client.pk)).status_code == 302

    enrolment = Enrolment.objects.get()
    assert enrolment.eligibility["on"] == "2026-06-01"
    codes = {reason["code"] for reason in enrolment.eligibility["reasons"]}
    assert {"flanders", "training", "registered"} <= codes
    assert (enrolment.subsidy_base, enrolment.subsidy_estimate) == (
        Decimal(1000),
        Decimal(300),
    )
    client.seat_postal_code = client.postal_code = "1000"
    client.save()
    enrolment.refresh_from_db()
    assert {reason["code"] for reason in enrolment.eligibility["reasons"]} == codes


def test_where_it_is_not_eligible_the_wallet_needs_a_reason(owner: Browser) -> None:
    walloon = ClientFactory.create(postal_code="5000", seat_postal_code="")

    page = agree(owner, client=str(walloon.pk))
    assert list(errors(page)) == ["override_reason"]
    assert not Enrolment.objects.exists()

    reason = "Its operating seat is in Gent, see mail"
    agree(owner, client=str(walloon.pk), override_reason=reason)
    enrolment = Enrolment.objects.get()
    assert (enrolment.eligibility_answer, enrolment.override_reason) == ("no", reason)


def test_without_wallet_anybody_may_come(owner: Browser) -> None:
    walloon = ClientFactory.create(postal_code="5000")

    assert agree(owner, client=str(walloon.pk), uses_wallet="").status_code == 302

    assert Enrolment.objects.get().eligibility_answer == "no"


def unregistered() -> dict[str, str]:
    Registration.objects.all().delete()
    RegistrationFactory.create(
        valid_from=date(2022, 1, 1), valid_until=date(2026, 3, 11)
    )
    return {"client": str(SmallClientFactory.create().pk)}


def related() -> dict[str, str]:
    return {"client": str(SmallClientFactory.create(is_related=True).pk)}


FINAL = {
    "outside the registration": (unregistered, "does not hold on the first day"),
    "related parties": (related, "related"),
}


@pytest.mark.parametrize(("case", "why"), FINAL.values(), ids=FINAL)
def test_some_reasons_are_final(owner: Browser, case: Any, why: str) -> None:
    """REG-6, ELI-5: whatever she writes down."""
    page = agree(owner, override_reason="I know better", **case())

    [message] = errors(page)["uses_wallet"]
    assert why in message
    assert not Enrolment.objects.exists()


def test_advice_is_never_overridden(owner: Browser) -> None:
    """PRG-1."""
    course = CourseFactory.create(program=AdviceFactory.create())
    client = SmallClientFactory.create()

    page = agree(
        owner,
        client=str(client.pk),
        course=str(course.pk),
        override_reason="It is nearly a training",
    )

    assert "Advice is never paid" in errors(page)["uses_wallet"][0]


def test_a_number_of_another_shape_is_a_hint(owner: Browser) -> None:
    """DOS-7."""
    enrolment = enrolled(uses_wallet=True, client=SmallClientFactory.create())
    address = page_of(enrolment)

    for number, is_odd in {"kmo-77": True, "2026KMO123456": False}.items():
        sent = typed(owner.get(address), application_number=number)
        page = owner.post(address, sent, follow=True)
        assert ("Most numbers look like" in said(page)) is is_odd

    enrolment.refresh_from_db()
    assert enrolment.application_number == "2026KMO123456"


# The road


def test_the_page_shows_the_road_the_amounts_and_the_next_step(owner: Browser) -> None:
    enrolment = at(State.CONTRIBUTED, unit_price=Decimal(1000))

    page = owner.get(page_of(enrolment))

    text = said(page)
    assert "/step/subsidised/" in text
    assert "/step/paid/" not in text
    for amount in ("€1,000.00", "€300.00", "€700.00", "€210.00", "€910.00"):
        assert amount in text
    assert "An estimate: the agency decides." in text


def test_once_invoiced_it_shows_what_the_invoice_says(owner: Browser) -> None:
    """INV-6: she changed the draft, and then credited a part."""
    draft = wallet_draft(unit_price=Decimal(1000))
    draft.lines.update(unit_price=Decimal(1200))
    invoice = issue(draft)
    [line] = invoice.lines.all()
    address = page_of(Enrolment.objects.get())

    shown = owner.get(address).context
    assert shown["estimate"].found.base == Decimal(1200)
    assert (shown["charges"].wallet, shown["charges"].direct) == (
        Decimal(1200),
        Decimal(252),
    )
    credit(invoice, {line.pk: Decimal("0.5")})

    shown = owner.get(address).context
    assert shown["estimate"].found.base == Decimal(600)
    assert shown["charges"].direct == Decimal(126)


def test_an_ordinary_enrolment_has_no_road(owner: Browser) -> None:
    assert "house-road" not in said(owner.get(page_of(enrolled())))


def test_the_wallet_page_asks_a_bounded_number_of_questions(
    owner: Browser, django_assert_max_num_queries: Any
) -> None:
    enrolment = at(State.ORDERED)
    owner.get(page_of(enrolment))

    with django_assert_max_num_queries(55):
        owner.get(page_of(enrolment))


def test_a_step_is_taken_on_its_page(owner: Browser) -> None:
    enrolment = enrolled(uses_wallet=True)
    address = page_of(enrolment, "step/applied")
    assert owner.get(address).status_code == 200

    page = owner.post(
        address,
        {"on": "2026-05-30", "application_number": "2026kmo000007", "granted": "180,5"},
        follow=True,
    )

    assert "Noted: applied for." in said(page)
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.applied_on) == ("applied", date(2026, 5, 30))
    assert enrolment.application_number == "2026KMO000007"
    assert enrolment.granted_subsidy == Decimal("180.50")
    step = enrolment.steps.get()
    assert step.recorded_by is not None


BAD: dict[str, tuple[str, dict[str, str], str]] = {
    "no day": ("applied", {"on": ""}, "This field is required."),
    "a day that is none": ("applied", {"on": "31/02/2026"}, "Enter a valid date."),
    "a day to come": ("applied", {"on": "2026-06-02"}, "This day is still to come."),
    "another century": ("applied", {"on": "1026-06-02"}, "Choose a day from"),
    "no reason": ("stopped", {"on": "2026-06-01"}, "This field is required."),
    "an amount that is none": (
        "applied",
        {"on": "2026-06-01", "granted": "much"},
        "Enter a number.",
    ),
    "a step too far": ("ordered", {"on": "2026-06-01"}, "cannot follow"),
    "paid": ("paid", {"on": "2026-06-01"}, "record the money"),
}


@pytest.mark.parametrize(("step", "sent", "message"), BAD.values(), ids=BAD)
def test_what_does_not_fit_is_said_and_what_was_typed_stays(
    owner: Browser, step: str, sent: dict[str, str], message: str
) -> None:
    enrolment = enrolled(uses_wallet=True)

    page = owner.post(page_of(enrolment, f"step/{step}"), sent)

    assert page.status_code == 200
    assert message in said(page)
    for typed_in in filter(None, sent.values()):
        assert typed_in in said(page)
    assert not enrolment.steps.exists()


def test_a_step_that_does_not_exist_is_no_page(owner: Browser) -> None:
    assert owner.get(page_of(enrolled(), "step/flying")).status_code == 404
    assert owner.get(ADD.replace("add", "99/check")).status_code == 404


def test_the_last_step_is_taken_back_with_a_reason(owner: Browser) -> None:
    enrolment = at(State.APPLIED)
    address = page_of(enrolment, "take-back")
    assert "This field is required." in said(owner.post(address, {"reason": " "}))

    page = owner.post(address, {"reason": "Another client"}, follow=True)

    assert "Another client" in said(page)
    enrolment.refresh_from_db()
    assert enrolment.state == State.AGREED


def test_the_check_keeps_its_answers_and_stops_the_road(owner: Browser) -> None:
    """DOS-8."""
    enrolment = at(State.APPLIED)
    address = page_of(enrolment, "check")

    page = owner.post(address, {"enterprise": "yes", "service": "no"})
    assert "Say why not." in said(page)
    assert not enrolment.checks.exists()
    sent = {"enterprise": "yes", "service": "no", "service_reason": "Other <course>"}
    page = owner.post(address, sent, follow=True)

    assert "Other &lt;course&gt;" in said(page)
    assert enrolment.checks.count() == 2
    again = owner.get(address)
    assert again.context["form"]["service"].value() == "no"
    assert again.context["form"]["service_reason"].value() == "Other <course>"
    stopped = owner.post(page_of(enrolment, "step/contributed"), {"on": "2026-06-01"})
    assert "Your check of the application says no" in said(stopped)


def test_unticking_the_wallet_under_way_is_refused_beside_it(owner: Browser) -> None:
    enrolment = take(enrolled(uses_wallet=True), State.STOPPED, reason="No time")
    address = page_of(enrolment)

    sent = typed(owner.get(address))
    sent.pop("uses_wallet")
    page = owner.post(address, sent)

    assert errors(page) == {
        "uses_wallet": ["Its dossier is under way: take its steps back first."]
    }


@pytest.mark.parametrize("page", ["step/applied", "take-back", "check"])
def test_who_may_only_look_takes_no_step(client: Browser, page: str) -> None:
    enrolment = at(State.APPLIED)
    user = UserFactory.create(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_enrolment"))
    client.force_login(user)

    assert client.get(page_of(enrolment)).status_code == 200
    assert client.get(page_of(enrolment, page)).status_code == 403
    assert client.post(page_of(enrolment, page), {"reason": "x"}).status_code == 403
