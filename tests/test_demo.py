"""The example office: complete, marked as an example, and safe to ask for again."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from clients import identifiers
from clients.eligibility import client_verdict
from clients.models import Client, ClientKind, Conditions
from clients.size import Size
from clients.verdict import Answer
from invoicing import lifecycle, readiness
from invoicing.delivery.standing import Standing, standing
from invoicing.documents.document import Kind as DocumentKind
from invoicing.documents.vat import Treatment
from invoicing.models import Delivery, Invoice, InvoiceStatus, Payment, Seller
from invoicing.receipts.bank.outlook import Verdict
from invoicing.receipts.bank.worklist import worklist
from ownyourstory import demo
from ownyourstory.demo.days import workday
from ownyourstory.outbox.models import Dispatch, State
from programs.eligibility import Kind
from programs.models import Course, Enrolment, Program, Session
from tests.factories import ClientFactory, OwnerFactory, issued, noon

TODAY = date(2026, 11, 23)
END_OF_REGISTRATION = date(2027, 9, 1)


@pytest.fixture
def _office(db: None, quick_press: None) -> None:
    demo.put_in(today=TODAY)


@pytest.fixture
def _trying_out(db: None, quick_press: None, settings: Settings) -> None:
    settings.DEBUG = True


def _run(*options: str) -> str:
    out = StringIO()
    call_command("demo", *options, stdout=out)
    return out.getvalue()


def _everything() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table of ours."""
    models = [
        model
        for app in ("auth", "clients", "programs", "invoicing", "outbox")
        for model in apps.get_app_config(app).get_models()
    ]
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in models
    }


# What is in it


@pytest.mark.usefixtures("_office")
def test_the_numbers_of_the_office() -> None:
    assert Client.objects.count() == 8
    assert Program.objects.count() == 6
    assert Course.objects.count() == 10
    assert Enrolment.objects.count() == 15
    assert Counter(Invoice.objects.values_list("status", flat=True)) == {
        InvoiceStatus.DRAFT: 5,
        InvoiceStatus.ISSUED: 10,
    }


@pytest.mark.usefixtures("_office")
def test_every_sort_of_client_is_there() -> None:
    conditions = Conditions.objects.on(TODAY)
    assert conditions is not None
    clients = list(Client.objects.all())

    assert {client.size(conditions.sizes) for client in clients} == {*Size}
    assert {client.region for client in clients} >= {"flanders", "brussels", "abroad"}
    assert {client.legal_form for client in clients} >= {"bv", "vzw", "sole_trader"}
    assert {client.kind for client in clients} == {*ClientKind.values}
    assert {client.language for client in clients} == {"nl", "fr", "en"}


@pytest.mark.usefixtures("_office")
def test_every_client_is_marked_as_an_example() -> None:
    for client in Client.objects.all():
        assert "(voorbeeld)" in client.legal_name
        assert client.invoice_email.endswith("@example.com")


@pytest.mark.usefixtures("_office")
def test_every_enterprise_number_fits_its_check_digits() -> None:
    numbers = Client.objects.exclude(enterprise_number="").values_list(
        "enterprise_number", flat=True
    )

    assert [identifiers.enterprise_number(number) for number in numbers] == [*numbers]
    assert {number[0] for number in numbers} == {"0", "1"}


@pytest.mark.usefixtures("_office")
def test_every_program_speaks_three_languages() -> None:
    for program in Program.objects.all():
        for language in ("nl", "fr", "en"):
            assert getattr(program, f"title_{language}")
            assert getattr(program, f"description_{language}")


@pytest.mark.usefixtures("_office")
def test_the_catalogue_has_advice_cybersecurity_and_one_to_finish() -> None:
    programs = Program.objects.all()

    assert programs.filter(kind=Kind.ADVICE).count() == 1
    assert programs.filter(theme_group="cybersecurity").count() == 1
    assert [p for p in programs if p.is_training and p.theme is None]


@pytest.mark.usefixtures("_office")
def test_courses_lie_on_both_sides_of_today_and_past_the_registration() -> None:
    runs = [course.days for course in Course.objects.all()]

    assert any(max(days) < TODAY for days in runs)
    assert any(min(days) < TODAY < max(days) for days in runs)
    assert any(min(days) > TODAY for days in runs)
    assert Session.objects.filter(day__gt=END_OF_REGISTRATION).count() == 1


@pytest.mark.usefixtures("_office")
def test_the_sessions_add_up_to_the_hours_of_the_program() -> None:
    for course in Course.objects.all():
        assert course.hours == course.program.hours


@pytest.mark.usefixtures("_office")
def test_enrolments_without_invoice_and_without_people_are_there() -> None:
    assert Enrolment.objects.filter(invoices=None).count() == 3
    assert Enrolment.objects.filter(participants=None).count() == 1


@pytest.mark.usefixtures("_office")
def test_issued_invoices_are_of_every_sort() -> None:
    issued = list(Invoice.objects.issued().filter(kind=DocumentKind.INVOICE))
    documents = [invoice.document() for invoice in issued]
    treatments = {group.treatment for each in documents for group in each.totals.groups}

    assert {invoice.language for invoice in issued} == {"nl", "fr", "en"}
    assert {invoice.via_wallet for invoice in issued} == {True, False}
    assert treatments == {Treatment.STANDARD, Treatment.REVERSE_CHARGE}
    assert any(len(each.totals.groups) > 1 for each in documents)
    assert any(line.discount for each in documents for line in each.lines)
    assert any(invoice.enrolment is None for invoice in issued)
    assert {
        each.wallet.estimate.rate
        for each in documents
        if each.wallet and each.wallet.estimate
    } == {20, 30, 45}


@pytest.mark.usefixtures("_office")
def test_one_invoice_is_credited_in_part_and_one_in_full() -> None:
    credited = Invoice.objects.exclude(credit_notes=None)

    assert sorted(invoice.is_cancelled for invoice in credited) == [False, True]
    assert not credited.filter(kind=DocumentKind.CREDIT_NOTE).exists()


@pytest.mark.usefixtures("_office")
def test_documents_are_handed_over_mailed_refused_or_still_to_do() -> None:
    """EIN-1."""
    standings = Counter(standing(invoice) for invoice in Invoice.objects.issued())
    to_do = Delivery.objects.to_hand_over().values_list("invoice__number", flat=True)

    assert standings == {
        Standing.DELIVERED: 7,
        Standing.TO_HAND_OVER: 2,
        Standing.FAILED: 1,
    }
    assert [*to_do] == ["2026-0006", "2026-0007", "2026-0008"]
    [failed] = Dispatch.objects.failed()
    assert "mailbox unavailable" in failed.last_error


@pytest.mark.django_db
@pytest.mark.usefixtures("quick_press")
def test_nothing_of_the_example_leaves_the_house(
    settings: Settings, django_capture_on_commit_callbacks: Any
) -> None:
    """Not even where an access point and a mail server are set up."""
    settings.EINVOICE_API_KEY = "a-key"
    settings.DEFAULT_FROM_EMAIL = "facturen@example.com"
    Seller.objects.update(mails_at_issue=True)

    with django_capture_on_commit_callbacks() as asked:
        demo.put_in(today=TODAY)

    assert asked == []
    states = set(Dispatch.objects.values_list("channel", "state"))
    assert states == {("mail", State.DELIVERED), ("mail", State.FAILED)}


@pytest.mark.usefixtures("_office")
def test_extras_stay_out_of_the_wallet() -> None:
    invoice = Invoice.objects.issued().get(
        enrolment__application_number="2026KMO100001"
    )

    assert invoice.net is not None
    assert invoice.wallet_amount is not None
    assert invoice.net - invoice.wallet_amount == 3 * 75 + 6 * 22


@pytest.mark.usefixtures("_office")
def test_the_cap_leaves_less_than_the_rate_would_give() -> None:
    invoice = Invoice.objects.issued().get(
        enrolment__application_number="2026KMO100002"
    )

    assert invoice.wallet_amount == 2600
    assert invoice.subsidy_estimate == 300


@pytest.mark.usefixtures("_office")
def test_advice_is_never_paid_with_the_wallet() -> None:
    advice = Invoice.objects.get(enrolment__course__program__kind=Kind.ADVICE)

    assert not advice.is_draft
    assert not advice.via_wallet


@pytest.mark.usefixtures("_office")
def test_drafts_are_ready_late_incomplete_or_to_be_accepted() -> None:
    drafts = Invoice.objects.drafts()
    unready = [d for d in drafts if readiness.problems_today(d, today=TODAY)]
    warned = [d for d in drafts if readiness.warnings(d)]
    late = [d for d in drafts if d.issue_by < TODAY]

    assert (len(unready), len(warned), len(late)) == (1, 1, 1)
    assert len({d.pk for d in [*unready, *warned, *late]}) == 3


@pytest.mark.usefixtures("_office")
def test_somebody_may_use_the_wallet_and_somebody_may_not() -> None:
    conditions = Conditions.objects.on(TODAY)
    assert conditions is not None

    answers = {
        client_verdict(client.facts(), conditions=conditions).answer
        for client in Client.objects.all()
    }

    assert {Answer.YES, Answer.NO} <= answers


DAYS = {
    "a Sunday": date(2026, 11, 29),
    "New Year": date(2027, 1, 1),
    "the end of February": date(2027, 2, 28),
    "the day before the registration ends": date(2027, 8, 31),
    "years later": date(2031, 5, 5),
}


@pytest.mark.django_db
@pytest.mark.usefixtures("quick_press")
@pytest.mark.parametrize("today", DAYS.values(), ids=DAYS)
def test_it_fits_any_day(today: date) -> None:
    demo.put_in(today=today)

    issued = Invoice.objects.issued().order_by("issued_on", "sequence")
    days = [invoice.issued_on for invoice in issued if invoice.issued_on]
    assert len(days) == 10
    assert max(days) <= today
    assert any(draft.issue_by < today for draft in Invoice.objects.drafts())


WORKDAYS = {
    "the same day": (TODAY, 0, TODAY),
    "over a weekend": (date(2026, 11, 20), 1, TODAY),
    "back over a weekend": (TODAY, -1, date(2026, 11, 20)),
    "a week": (TODAY, 5, date(2026, 11, 30)),
    "on a Saturday": (date(2026, 11, 21), 0, date(2026, 11, 20)),
    "from a Sunday": (date(2026, 11, 22), 1, TODAY),
}


@pytest.mark.parametrize(
    ("today", "offset", "expected"), WORKDAYS.values(), ids=WORKDAYS
)
def test_workday(today: date, offset: int, expected: date) -> None:
    assert workday(today, offset) == expected


# Asking again


@pytest.mark.usefixtures("_office")
def test_asking_again_changes_nothing() -> None:
    before = _everything()

    demo.put_in(today=TODAY)
    demo.put_in(today=TODAY + timedelta(days=40))

    assert _everything() == before


@pytest.mark.usefixtures("_office")
def test_what_the_owner_did_since_stays() -> None:
    client = Client.objects.get(enterprise_number="0100000169")
    client.legal_name, client.city = "Bakkerij De Vlaschaard BV", "Kortrijk"
    client.save()
    draft = Invoice.objects.drafts().get(client=client)
    lifecycle.issue(draft.pk, on=TODAY, now=noon(TODAY))
    before = _everything()

    demo.put_in(today=TODAY)

    assert _everything() == before


@pytest.mark.usefixtures("_office")
def test_a_draft_that_was_thrown_away_comes_back() -> None:
    Invoice.objects.drafts().delete()

    demo.put_in(today=TODAY)

    assert Invoice.objects.drafts().count() == 5


@pytest.mark.django_db
@pytest.mark.usefixtures("quick_press")
def test_her_own_company_keeps_what_she_filled_in() -> None:
    Seller.objects.update(street="Hoogstraat 5", website="ownyourstory.example")

    demo.put_in(today=TODAY)

    seller = Seller.objects.current()
    assert (seller.street, seller.website) == ("Hoogstraat 5", "ownyourstory.example")
    assert seller.enterprise_number == "0824677865"
    assert seller.iban == "BE68539007547034"


# The command


@pytest.mark.django_db
def test_it_refuses_where_books_are_real(settings: Settings) -> None:
    settings.DEBUG = False

    with pytest.raises(CommandError):
        _run()

    assert not User.objects.exists()
    assert not Client.objects.exists()


@pytest.mark.django_db
def test_the_files_of_the_office_are_printed(settings: Settings) -> None:
    settings.DEBUG = True

    _run()

    for invoice in Invoice.objects.issued():
        assert [file.kind for file in invoice.files.all()] == ["pdf", "xml"]


@pytest.mark.usefixtures("_trying_out")
def test_it_ends_with_address_and_login() -> None:
    printed = _run("--address", "127.0.0.1:8123")

    assert "http://127.0.0.1:8123/" in printed
    assert "ianka" in printed
    assert "proberen" in printed
    owner = User.objects.get()
    assert owner.is_superuser
    assert owner.check_password("proberen")


@pytest.mark.usefixtures("_trying_out")
def test_the_command_twice_is_once() -> None:
    _run()
    before = _everything()

    assert "proberen" in _run()
    assert "proberen" in _run("--once")

    assert _everything() == before


@pytest.mark.usefixtures("_trying_out")
def test_once_fills_an_empty_office() -> None:
    _run("--once")

    assert Client.objects.count() == 8


@pytest.mark.usefixtures("_trying_out")
@pytest.mark.parametrize("factory", [ClientFactory, OwnerFactory])
def test_once_leaves_an_office_in_use_alone(factory: Any) -> None:
    factory.create()
    before = _everything()

    printed = _run("--once")

    assert "http://" in printed
    assert "proberen" not in printed
    assert _everything() == before


@pytest.mark.usefixtures("_trying_out")
def test_a_password_of_her_own_is_not_printed_over() -> None:
    _run()
    owner = User.objects.get()
    owner.set_password("zelf gekozen")
    owner.save()

    assert "proberen" not in _run()


@pytest.mark.usefixtures("_trying_out")
def test_it_changes_nothing_where_later_invoices_stand_in_the_way() -> None:
    issued(on=timezone.localdate())
    before = _everything()

    with pytest.raises(CommandError):
        _run()

    assert _everything() == before


@pytest.mark.usefixtures("_office")
def test_one_bank_file_holds_a_payment_of_each_sort() -> None:
    [payment] = Payment.objects.exclude(transaction=None)
    verdicts = [waiting.judged.verdict for waiting in worklist()]

    assert payment.invoice.receipts.get().open == 0
    assert verdicts == [Verdict.PROPOSED, Verdict.UNKNOWN]
