from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from clients.models import Client
from invoicing import crediting
from invoicing.crediting import Request
from programs.models import Course, Enrolment, Registration, SchemeTerms
from programs.papers import build
from programs.papers.needs import Incomplete
from programs.papers.paper import Agreement, Estimated, Paper, Session, WalletRoad
from programs.road import ENDS, State
from tests.factories import (
    FIRST_DAY,
    LAST_DAY,
    MONDAY,
    AdviceFactory,
    CourseFactory,
    EnrolmentFactory,
    ExtraFactory,
    ParticipantFactory,
    PersonFactory,
    SessionFactory,
    complete_seller,
    draft,
    enrolled,
    issue,
    issued_via_wallet,
    noon,
)

pytestmark = pytest.mark.django_db

PROGRAM: dict[str, Any] = {
    "course__program__title_nl": "Verhalen die verkopen",
    "course__program__title_fr": "Des histoires qui vendent",
    "course__program__description_nl": "Een verhaal dat klanten onthouden.",
}


@pytest.fixture(autouse=True)
def _complete_company() -> None:
    complete_seller()


def wallet_enrolment(**fields: Any) -> Enrolment:
    return enrolled(uses_wallet=True, **(PROGRAM | fields))


def agreed(
    enrolment: Enrolment,
    *,
    paper: Paper = Paper.CONFIRMATION,
    language: str = "nl",
    on: date = MONDAY,
) -> Agreement:
    return build.agreement(
        Enrolment.objects.get(pk=enrolment.pk), paper=paper, language=language, on=on
    )


def road(
    enrolment: Enrolment, *, on: date = MONDAY, language: str = "nl"
) -> WalletRoad:
    wallet = agreed(enrolment, on=on, language=language).wallet
    assert wallet
    return wallet


def lacks(enrolment: Enrolment, *, paper: Paper = Paper.CONFIRMATION) -> list[str]:
    with pytest.raises(Incomplete) as lacking:
        agreed(enrolment, paper=paper)
    return list(lacking.value.messages)


# What it says (DOS-10).


def test_it_says_what_was_agreed() -> None:
    enrolment = wallet_enrolment(
        participants=("Bart Claes", "Anna Voorbeeld"), order_reference="PO-1"
    )

    paper = agreed(enrolment)

    assert paper.training.title == "Verhalen die verkopen"
    assert paper.training.content == "Een verhaal dat klanten onthouden."
    assert paper.training.theme == str(enrolment.course.program.theme)
    assert (paper.training.first_day, paper.training.last_day) == (FIRST_DAY, LAST_DAY)
    assert paper.training.hours == 12
    assert paper.participants == ("Anna Voorbeeld", "Bart Claes")
    assert paper.enterprise.legal_name == enrolment.client.legal_name
    assert paper.order_reference == "PO-1"
    assert paper.wallet
    assert paper.wallet.registered.number == "DV.O222378"


def test_it_is_in_the_language_asked_for_and_dutch_fills_the_gaps() -> None:
    paper = agreed(wallet_enrolment(), language="fr")

    assert paper.training.title == "Des histoires qui vendent"
    assert paper.training.content == "Een verhaal dat klanten onthouden."
    assert paper.training.kind == "Formation"
    assert paper.wallet
    assert paper.wallet.registered.pillar == "formation"


def test_what_the_wallet_does_not_pay_stands_apart() -> None:
    enrolment = wallet_enrolment(
        participants=("Anna Voorbeeld", "Bart Claes"), discount=Decimal(100)
    )
    ExtraFactory.create(enrolment=enrolment, quantity=2)
    ExtraFactory.create(
        enrolment=enrolment, kind="material", unit_price=Decimal(25), is_eligible=True
    )

    price = agreed(enrolment).price

    assert [(line.amount, line.eligible) for line in price.lines] == [
        (Decimal(1100), True),
        (Decimal(44), False),
        (Decimal(25), True),
    ]
    assert (price.eligible, price.not_eligible, price.total) == tuple(
        Decimal(amount) for amount in (1125, 44, 1169)
    )


def test_nothing_of_advice_is_eligible() -> None:
    course = CourseFactory.create(program=AdviceFactory.create())
    enrolment = enrolled(course=course)
    ExtraFactory.create(enrolment=enrolment, kind="material", is_eligible=True)

    paper = agreed(enrolment)

    assert paper.price.eligible == 0  # PRG-1
    assert paper.price.total == 622
    assert paper.wallet is None


def test_sessions_of_a_day_stand_in_order() -> None:
    course = CourseFactory.create()
    for start in (time(13), time(9)):
        SessionFactory.create(course=course, starts_at=start, hours=Decimal(3))
    enrolment = EnrolmentFactory.create(course=course)
    ParticipantFactory.create(enrolment=enrolment)

    training = agreed(enrolment).training

    assert training.sessions == (
        Session(day=FIRST_DAY, hours=Decimal(3), starts_at=time(9)),
        Session(day=FIRST_DAY, hours=Decimal(3), starts_at=time(13)),
    )
    assert training.days == (FIRST_DAY,)


# The road (DOS-2 … DOS-5, SUB-2).


def test_before_the_application_only_the_day_to_apply_is_sure() -> None:
    found = road(wallet_enrolment())

    assert found.apply_by == date(2026, 3, 26)
    assert (found.contribution_by, found.contribution_days) == (None, 14)
    assert found.pay_by == date(2027, 12, 31)


def test_after_it_every_day_is_counted_from_it() -> None:
    found = road(wallet_enrolment(applied_on=date(2026, 3, 5)))

    assert found.contribution_by == date(2026, 3, 19)
    assert found.pay_by == date(2027, 12, 31)


YEAR_END = date(2025, 12, 29)


@pytest.mark.parametrize(
    ("applied_on", "on", "pay_by"),
    [
        (None, date(2025, 12, 30), None),
        (None, date(2026, 1, 5), date(2027, 12, 31)),
        (date(2025, 12, 31), date(2026, 1, 5), date(2026, 12, 31)),
        (date(2026, 1, 1), date(2026, 1, 5), date(2027, 12, 31)),
    ],
    ids=["may be in either year", "is this year", "was last year", "was this year"],
)
def test_the_year_of_the_application_decides_when_the_wallet_stops(
    applied_on: date | None, on: date, pay_by: date | None
) -> None:
    enrolment = wallet_enrolment(days=(YEAR_END,), applied_on=applied_on)

    found = road(enrolment, on=on)

    assert found.apply_by == date(2026, 1, 12)
    assert found.pay_by == pay_by


def test_the_estimate_is_of_what_is_eligible() -> None:
    enrolment = wallet_enrolment()
    ExtraFactory.create(enrolment=enrolment)

    assert road(enrolment).estimate == Estimated(
        size_label="kleine onderneming",
        rate=Decimal(30),
        base=Decimal(600),
        subsidy=Decimal(180),
        own_contribution=Decimal(420),
    )


def test_what_was_used_elsewhere_leaves_less() -> None:
    enrolment = wallet_enrolment()
    enrolment.client.elsewhere_uses.create(
        year=2026, amount=Decimal(7400), told_on=MONDAY
    )

    found = road(enrolment).estimate

    assert found
    assert (found.subsidy, found.own_contribution) == (Decimal(100), Decimal(500))
    assert found.is_capped


def test_the_estimate_is_of_the_year_of_the_application() -> None:
    enrolment = wallet_enrolment(days=(YEAR_END,), applied_on=date(2025, 12, 31))
    for year, amount in {2025: 7400, 2026: 7450}.items():
        enrolment.client.elsewhere_uses.create(
            year=year, amount=Decimal(amount), told_on=MONDAY
        )

    found = road(enrolment, on=date(2026, 1, 5)).estimate

    assert found
    assert found.subsidy == 100  # SUB-3


def test_what_the_agency_granted_takes_the_place_of_the_estimate() -> None:
    found = road(wallet_enrolment(granted_subsidy=Decimal("150.50"))).estimate

    assert found
    assert found.is_granted
    assert (found.subsidy, found.own_contribution) == (
        Decimal("150.50"),
        Decimal("449.50"),
    )


def test_of_an_invoice_it_is_what_was_granted_for_it() -> None:
    invoice = issued_via_wallet(**PROGRAM)
    assert invoice.enrolment
    invoice.enrolment.granted_subsidy = Decimal(100)
    invoice.enrolment.save()

    found = road(invoice.enrolment).estimate

    assert found
    assert found.is_granted
    assert found.own_contribution == 500


TAKEN = {
    State.AGREED: (False, False),
    State.APPLIED: (False, False),
    State.CONTRIBUTED: (True, False),
    State.SUBSIDISED: (True, False),
    State.ORDERED: (True, True),
    State.PAID: (True, True),
}


@pytest.mark.parametrize(("state", "taken"), TAKEN.items(), ids=TAKEN)
def test_what_the_client_did_need_not_be_done_again(
    state: State, taken: tuple[bool, bool]
) -> None:
    found = road(wallet_enrolment(state=state, applied_on=MONDAY))

    assert (found.has_contributed, found.has_ordered) == taken


@pytest.mark.parametrize("state", ENDS)
def test_a_dossier_that_ended_has_no_steps_left(state: State, english: None) -> None:
    enrolment = wallet_enrolment(state=state, applied_on=MONDAY)

    for paper in (Paper.APPLICATION, Paper.STEPS):
        assert lacks(enrolment, paper=paper) == [
            "This dossier ended without subsidy: there are no steps to follow."
        ]
    assert agreed(enrolment).participants


def test_there_is_no_estimate_where_the_size_is_not_known() -> None:
    assert road(wallet_enrolment(client__fte=None)).estimate is None


# What the books add (INV-6).


def test_the_invoice_gives_its_number_and_who_is_paid_what() -> None:
    invoice = issued_via_wallet(**PROGRAM)
    assert invoice.enrolment

    found = road(invoice.enrolment)

    assert found.charged
    assert found.charged.number == invoice.number
    assert (found.charged.wallet, found.charged.direct) == (Decimal(600), Decimal(126))
    assert found.charged.communication == invoice.communication
    assert found.charged.due_on == invoice.due_on


def test_an_ordinary_invoice_is_none_to_cite_in_the_wallet() -> None:
    invoice = issue(draft(**PROGRAM))
    assert invoice.enrolment
    invoice.enrolment.uses_wallet = True
    invoice.enrolment.save()

    assert road(invoice.enrolment).charged is None


def test_an_estimate_does_not_count_its_own_invoice_as_used() -> None:
    invoice = issued_via_wallet(unit_price=Decimal(20_000), **PROGRAM)
    assert invoice.enrolment

    found = road(invoice.enrolment, language="fr").estimate

    assert found
    assert found.subsidy == 6000
    assert found.size_label == "petite entreprise"


def test_what_was_credited_is_taken_off() -> None:
    invoice = issued_via_wallet(participants=("Anna", "Bart"), **PROGRAM)
    assert invoice.enrolment
    [line] = invoice.lines.all()
    one_person = Request(
        quantities={line.pk: Decimal(1)}, reason="Bart kwam niet.", refund="Niets."
    )
    crediting.credit(invoice.pk, one_person, on=MONDAY, now=noon(MONDAY))

    found = road(invoice.enrolment)

    assert found.charged
    assert (found.charged.wallet, found.charged.direct) == (Decimal(600), Decimal(126))
    assert found.estimate is None


# What is missing.


def test_a_complete_enrolment_lacks_nothing() -> None:
    enrolment = wallet_enrolment()

    for paper in (Paper.CONFIRMATION, Paper.APPLICATION, Paper.STEPS):
        assert agreed(enrolment, paper=paper).participants


def test_all_that_is_missing_is_named_at_once(english: None) -> None:
    enrolment = EnrolmentFactory.create(uses_wallet=True, course__program__theme=None)
    complete_seller(court="")

    assert lacks(enrolment) == [
        "Fill in under Settings, Own company: register of legal persons (RPR).",
        "The course has no session days yet: add them first.",
        "Nobody is enrolled yet: add the participants first.",
        (
            "The confirmation names the content of the training: describe "
            f"the program “{enrolment.course.program}” first."
        ),
        f"Choose the theme of the program “{enrolment.course.program}” first.",
    ]


@pytest.mark.parametrize("paper", [Paper.APPLICATION, Paper.STEPS])
def test_only_who_uses_the_wallet_has_steps_to_follow(
    paper: Paper, english: None
) -> None:
    [message] = lacks(enrolled(), paper=paper)

    assert message.startswith("This enrolment does not pay with the KMO-portefeuille")


def test_without_the_wallet_no_content_and_no_theme_is_asked_for() -> None:
    assert agreed(enrolled(course__program__theme=None)).wallet is None


def test_the_registration_must_hold_on_the_first_day(english: None) -> None:
    Registration.objects.update(valid_until=date(2026, 3, 11))

    assert lacks(wallet_enrolment()) == [
        (
            "There is no registration for training on 12 March 2026: "
            "add it under Settings, Registrations."
        )
    ]


def test_there_must_be_terms_on_the_day_of_the_application(english: None) -> None:
    SchemeTerms.objects.update(valid_until=date(2026, 3, 4))

    assert agreed(wallet_enrolment()).wallet
    assert lacks(wallet_enrolment(applied_on=date(2026, 3, 5))) == [
        (
            "There are no terms of the scheme on 5 March 2026: "
            "add them under Settings, Terms of the scheme."
        )
    ]


# The list to sign.


def test_everybody_of_every_enrolment_signs_in_the_order_of_their_names() -> None:
    first = enrolled(participants=("zoë", "Bart"), client__legal_name="Bakkerij BV")
    person: Client = PersonFactory.create()
    second = EnrolmentFactory.create(course=first.course, client=person)
    ParticipantFactory.create(enrolment=second, name="Anna")

    found = build.attendance(_course(first), language="nl")

    assert [(one.name, one.enterprise) for one in found.people] == [
        ("Anna", ""),
        ("Bart", "Bakkerij BV"),
        ("zoë", "Bakkerij BV"),
    ]


def test_a_list_needs_days_and_people(english: None) -> None:
    course: Course = CourseFactory.create()

    with pytest.raises(Incomplete) as lacking:
        build.attendance(course, language="nl")

    assert lacking.value.messages == (
        "The course has no session days yet: add them first.",
        "Nobody is enrolled yet: add the participants first.",
    )


# Certificates.


def test_who_was_there_all_the_time_attended_all_hours() -> None:
    enrolment = enrolled(participants=("Anna", "Bart"))

    found = build.certificates(
        enrolment, language="nl", participants=enrolment.participants.all()
    )

    assert [(one.name, one.hours) for one in found.people] == [
        ("Anna", Decimal(12)),
        ("Bart", Decimal(12)),
    ]
    assert found.people[0].enterprise == enrolment.client.legal_name


@pytest.mark.parametrize("hours", ["0.25", "12"])
def test_fewer_hours_are_certified_as_they_are(hours: str) -> None:
    enrolment = enrolled()

    found = build.certificates(
        enrolment,
        language="nl",
        participants=enrolment.participants.all(),
        hours=Decimal(hours),
    )

    assert found.people[0].hours == Decimal(hours)


@pytest.mark.parametrize("hours", ["0", "-1", "12.01"])
def test_nobody_attended_more_than_there_was(hours: str, english: None) -> None:
    enrolment = enrolled()

    with pytest.raises(Incomplete, match="at most the 12 of the course"):
        build.certificates(
            enrolment,
            language="nl",
            participants=enrolment.participants.all(),
            hours=Decimal(hours),
        )


def _course(enrolment: Enrolment) -> Course:
    return Course.objects.get(pk=enrolment.course_id)
