"""The provider's registration: its number, its periods, and the facts of the brief."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from programs.models import Registration
from programs.registration_number import ZeroForLetter, registration_number
from tests.factories import RegistrationFactory

READ = {
    "as it stands": ("DV.O222378", "DV.O222378"),
    "of advice": ("DV.A123456", "DV.A123456"),
    "seven digits": ("DV.O2223781", "DV.O2223781"),
    "small letters and spaces": ("  dv.o222378 ", "DV.O222378"),
}


@pytest.mark.parametrize(("text", "number"), READ.values(), ids=READ)
def test_a_registration_number_is_read(text: str, number: str) -> None:
    assert registration_number(text) == number


@pytest.mark.parametrize("text", ["DV.0222378", "dv.02223781"])
def test_a_zero_for_the_letter_o_is_told_apart(text: str) -> None:
    """REG-3: the classic typing error."""
    with pytest.raises(ZeroForLetter):
        registration_number(text)


REFUSED = {
    "empty": "",
    "five digits": "DV.O22237",
    "eight digits": "DV.O22237812",
    "another letter": "DV.B222378",
    "no dot": "DVO222378",
    "no letter": "DV.222378",
    "something behind it": "DV.O222378x",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_any_other_shape_is_refused(text: str) -> None:
    """REG-3."""
    with pytest.raises(ValueError, match="not a registration number") as refused:
        registration_number(text)

    assert not isinstance(refused.value, ZeroForLetter)


@pytest.mark.django_db
@pytest.mark.usefixtures("english")
def test_a_form_says_that_the_zero_must_be_the_letter_o() -> None:
    """REG-3."""
    with pytest.raises(ValidationError) as refused:
        RegistrationFactory.build(number="DV.0222378").full_clean()

    assert "must be the letter O" in refused.value.message_dict["number"][0]


@pytest.mark.django_db
def test_a_form_refuses_any_other_shape_and_keeps_capitals() -> None:
    """REG-3."""
    with pytest.raises(ValidationError) as refused:
        RegistrationFactory.build(number="DV.O1").full_clean()
    assert list(refused.value.message_dict) == ["number"]

    registration = RegistrationFactory.build(number=" dv.o300001 ")
    registration.full_clean()
    assert registration.number == "DV.O300001"


@pytest.mark.django_db
def test_the_registration_of_the_brief_is_there() -> None:
    """REG-2."""
    registration = Registration.objects.get()

    assert registration.number == "DV.O222378"
    assert registration.pillar == "training"
    assert registration.registered_with == "VLAIO"
    assert registration.valid_from == date(2022, 8, 31)
    assert registration.valid_until == date(2027, 9, 1)


EDGES = {
    "the day before": (date(2022, 8, 30), False),
    "the first day": (date(2022, 8, 31), True),
    "the last day": (date(2027, 9, 1), True),
    "the day after": (date(2027, 9, 2), False),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "is_valid"), EDGES.values(), ids=EDGES)
def test_it_is_valid_on_its_first_and_last_day(day: date, *, is_valid: bool) -> None:
    """REG-2."""
    registration = Registration.objects.get()

    assert Registration.objects.valid_on(day).exists() is is_valid
    assert (day in registration.window) is is_valid


@pytest.mark.django_db
def test_only_a_registration_for_training_makes_training_eligible() -> None:
    """REG-5."""
    RegistrationFactory.create(number="DV.A123456", pillar="advice")

    numbers = Registration.objects.for_training().values_list("number", flat=True)

    assert list(numbers) == ["DV.O222378"]


LAST = date(2027, 9, 1)
OVERLAPS = {
    "starts on the last day": (LAST, date(2032, 9, 1)),
    "lies inside": (date(2024, 1, 1), date(2024, 1, 1)),
    "lies around": (date(2020, 1, 1), date(2030, 1, 1)),
    "ends on the first day": (date(2017, 8, 31), date(2022, 8, 31)),
    "is the same period": (date(2022, 8, 31), LAST),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "last"), OVERLAPS.values(), ids=OVERLAPS)
def test_the_database_refuses_a_period_that_overlaps(first: date, last: date) -> None:
    """REG-4."""
    with pytest.raises(IntegrityError, match="programs_registration_no_overlap"):
        RegistrationFactory.create(
            number="DV.O222378", valid_from=first, valid_until=last
        )


RENEWALS = {
    "the day after": (date(2027, 9, 2), date(2032, 9, 1)),
    "after a gap": (date(2028, 1, 1), date(2032, 12, 31)),
    "the period before": (date(2017, 8, 31), date(2022, 8, 30)),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "last"), RENEWALS.values(), ids=RENEWALS)
def test_a_renewal_is_a_new_row(first: date, last: date) -> None:
    """REG-4."""
    renewal = RegistrationFactory.build(
        number="DV.O222378", valid_from=first, valid_until=last
    )

    renewal.full_clean()
    renewal.save()

    assert Registration.objects.valid_on(first).get() == renewal


@pytest.mark.django_db
def test_the_database_refuses_to_move_a_period_over_another() -> None:
    """REG-4."""
    renewal = RegistrationFactory.create(
        number="DV.O222378", valid_from=date(2027, 9, 2), valid_until=date(2032, 9, 1)
    )

    with pytest.raises(IntegrityError, match="programs_registration_no_overlap"):
        Registration.objects.filter(pk=renewal.pk).update(valid_from=LAST)


@pytest.mark.django_db
def test_a_period_may_change_within_itself() -> None:
    """REG-4: a row does not overlap with itself."""
    registrations = Registration.objects.filter(number="DV.O222378")

    registrations.update(valid_until=date(2027, 8, 31))

    assert registrations.get().valid_until == date(2027, 8, 31)


@pytest.mark.django_db
def test_another_number_may_overlap() -> None:
    """REG-4: only periods of the same number and pillar exclude each other."""
    RegistrationFactory.create()

    assert Registration.objects.valid_on(LAST).count() == 2


@pytest.mark.django_db
def test_a_form_names_the_period_that_overlaps() -> None:
    """REG-4."""
    with pytest.raises(ValidationError) as refused:
        RegistrationFactory.build(number="DV.O222378").full_clean()

    assert "DV.O222378" in refused.value.message_dict["valid_from"][0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fact", "changes"),
    {
        "letter_fits_pillar": {"pillar": "advice"},
        "window_ordered": {"valid_until": date(2022, 8, 30)},
    }.items(),
)
def test_the_database_refuses(fact: str, changes: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match=f"programs_registration_{fact}"):
        Registration.objects.filter(number="DV.O222378").update(**changes)
