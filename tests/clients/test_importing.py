"""Lists of clients: what a row is about, how its cells are read, what is refused."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from openpyxl import load_workbook

from clients.client_columns import COLUMNS as CLIENTS
from clients.importing import ClientResource
from clients.models import Client, Contact
from ownyourstory.importing import templates
from ownyourstory.importing.columns import Column, folded
from ownyourstory.importing.outcome import Change, Fate, Line, Outcome
from ownyourstory.importing.refusal import Unreadable
from programs.importing import COLUMNS as PARTICIPANTS
from tests.factories import (
    ClientFactory,
    ContactFactory,
    DutchClientFactory,
    PersonFactory,
    belgian_number,
)
from tests.importing.lists import csv_of, workbook_of

pytestmark = pytest.mark.django_db

NUMBER = "0824677865"
NEW = {
    "Naam": "Bakkerij Janssens BV",
    "Ondernemingsnummer": "BE 0824.677.865",
    "Adres": "Kerkstraat 1",
    "Postcode": "9000",
    "Gemeente": "Gent",
}
PERSON = {
    "Naam": "Jan Janssens",
    "Soort": "particulier",
    "Adres": "Kerkstraat 1",
    "Postcode": "9000",
    "Gemeente": "Gent",
}


def content(*rows: dict[str, Any], make: Any = csv_of) -> bytes:
    header = list(dict.fromkeys(name for row in rows for name in row))
    made: bytes = make(
        [header, *([row.get(name, "") for name in header] for row in rows)]
    )
    return made


def resource() -> ClientResource:
    return ClientResource(parts={Contact})


def tried(*rows: dict[str, Any], make: Any = csv_of) -> Outcome:
    return resource().try_out(content(*rows, make=make))


def brought(*rows: dict[str, Any], make: Any = csv_of) -> Outcome:
    """Import ``rows`` as a user does who confirms what is shown."""
    file = content(*rows, make=make)
    outcome = resource().bring_in(file, shown=resource().try_out(file).digest)
    assert outcome is not None, resource().try_out(file).lines
    return outcome


def mistakes(outcome: Outcome) -> dict[str, str]:
    """Return the messages of the only wrong row by column."""
    (line,) = (line for line in outcome.lines if line.fate == Fate.WRONG)
    return {mistake.label: mistake.message for mistake in line.mistakes}


# New, changed, the same


def test_a_client_that_nobody_knows_is_new() -> None:
    outcome = brought(NEW)

    assert [line.fate for line in outcome.lines] == [Fate.NEW]
    client = Client.objects.get()
    assert (client.legal_name, client.enterprise_number) == (NEW["Naam"], NUMBER)
    assert (client.country.code, client.language, client.kind) == (
        "BE",
        "nl",
        "business",
    )


def test_a_dry_run_stores_nothing() -> None:
    outcome = tried(NEW | {"Contactpersoon": "Els"})

    assert outcome.does_something
    assert not Client.objects.exists()
    assert not Contact.objects.exists()
    assert not Client.history.exists()


def test_the_same_list_again_changes_nothing() -> None:
    rows = [NEW | {"Contactpersoon": "Els", "VTE": "3,5"}, PERSON]
    brought(*rows)
    history = Client.history.count() + Contact.history.count()

    outcome = brought(*rows)

    assert [line.fate for line in outcome.lines] == [Fate.SAME, Fate.SAME]
    assert not outcome.does_something
    assert (Client.objects.count(), Contact.objects.count()) == (2, 1)
    assert Client.history.count() + Contact.history.count() == history


def test_a_change_is_shown_with_what_it_was() -> None:
    client = ClientFactory.create(enterprise_number=NUMBER, legal_name=NEW["Naam"])

    outcome = brought(NEW | {"Adres": "Molenstraat 2", "VTE": "3,5"})

    assert outcome.lines == [
        Line(
            2,
            NEW["Naam"],
            Fate.CHANGED,
            (
                Change("Adres", "Kerkstraat 1", "Molenstraat 2"),
                Change("VTE", "", "3,50"),
            ),
        )
    ]
    client.refresh_from_db()
    assert (client.street, client.fte) == ("Molenstraat 2", Decimal("3.5"))


def test_an_empty_cell_overwrites_nothing() -> None:
    client = ClientFactory.create(
        enterprise_number=NUMBER, trade_name="De Korenaar", fte=Decimal(12)
    )

    brought(
        {"Ondernemingsnummer": NUMBER, "Handelsnaam": "", "VTE": " ", "Taal": "Frans"}
    )

    client.refresh_from_db()
    assert (client.trade_name, client.language) == ("De Korenaar", "fr")
    assert client.fte == Decimal(12)


def test_each_row_keeps_its_history() -> None:
    client = ClientFactory.create(enterprise_number=NUMBER)

    brought(NEW | {"Contactpersoon": "Els"}, PERSON)

    assert client.history.latest().legal_name == NEW["Naam"]
    assert Client.objects.get(kind="person").history.count() == 1
    assert Contact.history.get().name == "Els"


# Who a row is about


def test_a_number_in_any_notation_is_the_same_client() -> None:
    client = ClientFactory.create(enterprise_number=NUMBER)

    for number in ("0824.677.865", "BE0824677865", "824677865"):
        brought({"Ondernemingsnummer": number, "Naam": f"Naam {number}"})
        client.refresh_from_db()
        assert client.legal_name == f"Naam {number}"
    assert Client.objects.count() == 1


def test_a_number_that_excel_took_the_zero_from_is_read() -> None:
    brought(
        NEW | {"Ondernemingsnummer": 824677865, "Postcode": 9000.0}, make=workbook_of
    )

    client = Client.objects.get()
    assert (client.enterprise_number, client.postal_code) == (NUMBER, "9000")


def test_a_belgian_number_in_the_column_of_vat_numbers_is_the_enterprise_number() -> (
    None
):
    brought(
        {name: cell for name, cell in NEW.items() if name != "Ondernemingsnummer"}
        | {"Btw-nummer": "BE 0824.677.865"}
    )

    assert Client.objects.get().enterprise_number == NUMBER


def test_a_client_abroad_is_known_by_its_vat_number() -> None:
    client = DutchClientFactory.create()

    brought({"Btw-nummer": client.foreign_vat_number, "Gemeente": "Tilburg"})

    client.refresh_from_db()
    assert client.city == "Tilburg"


def test_who_has_no_number_is_known_by_name_and_postcode() -> None:
    person = PersonFactory.create(legal_name="Jan Janssens")

    brought(PERSON | {"Naam": "JAN  JANSSENS", "Adres": "Molenstraat 2"})
    brought(PERSON | {"Postcode": "9100"})

    person.refresh_from_db()
    assert (person.street, Client.objects.count()) == ("Molenstraat 2", 2)


def test_a_business_without_a_number_gets_the_one_in_the_list() -> None:
    client = ClientFactory.create(
        legal_name=NEW["Naam"], enterprise_number="", vat_liability="none"
    )

    brought(NEW)

    client.refresh_from_db()
    assert client.enterprise_number == NUMBER


def test_a_business_of_the_same_name_with_another_number_is_somebody_else() -> None:
    ClientFactory.create(legal_name=NEW["Naam"])

    brought(NEW)

    assert Client.objects.filter(legal_name=NEW["Naam"]).count() == 2


@pytest.mark.usefixtures("english")
def test_a_row_that_may_be_about_several_is_refused() -> None:
    PersonFactory.create_batch(2, legal_name="Jan Janssens")

    outcome = tried(PERSON)

    assert "several clients" in mistakes(outcome)["Naam"]


@pytest.mark.usefixtures("english")
def test_two_rows_that_contradict_each_other_are_refused() -> None:
    outcome = tried(NEW, NEW | {"Gemeente": "Brugge"})

    assert mistakes(outcome) == {
        "Gemeente": "Row 2 is about the same client and says something else."
    }


# Contact people


def test_a_client_with_two_contact_people_has_two_rows() -> None:
    els = NEW | {"Contactpersoon": "Els", "E-mail contactpersoon": "info@a.example"}
    jan = NEW | {"Contactpersoon": "Jan", "E-mail contactpersoon": "info@a.example"}

    for _twice in range(2):
        brought(els, jan)

    names = Contact.objects.values_list("name", flat=True)
    assert (Client.objects.count(), list(names)) == (1, ["Els", "Jan"])


def test_a_contact_person_is_updated_by_name_or_else_by_e_mail() -> None:
    client = ClientFactory.create(enterprise_number=NUMBER)
    contact = ContactFactory.create(client=client, name="Els", email="els@a.example")
    row = {"Ondernemingsnummer": NUMBER}

    brought(row | {"Contactpersoon": "Els", "Telefoon": "09 1"})
    outcome = brought(
        row | {"Contactpersoon": "Els Maes", "E-mail contact": "els@a.example"}
    )

    contact.refresh_from_db()
    assert (contact.name, contact.phone) == ("Els Maes", "09 1")
    assert outcome.lines[0].changes == (Change("Contactpersoon", "Els", "Els Maes"),)


@pytest.mark.usefixtures("english")
def test_what_is_wrong_with_a_contact_is_said_beside_its_cell() -> None:
    outcome = tried(NEW | {"Contactpersoon": "Els", "E-mail contact": "els"})

    assert mistakes(outcome) == {"E-mail contact": "Enter a valid email address."}


def test_contacts_are_not_read_for_who_may_not_write_them() -> None:
    file = content(NEW | {"Contactpersoon": "Els"})

    outcome = ClientResource().try_out(file)

    assert outcome.unknown == ["Contactpersoon"]
    ClientResource().bring_in(file, shown=outcome.digest)
    assert Client.objects.exists()
    assert not Contact.objects.exists()


# How cells are read

WORDS = {
    "a kind in French": ("Type de client", "particulier", "kind", "person"),
    "a legal form of before": ("Rechtsvorm", "B.V.B.A.", "legal_form", "bv"),
    "a language by letter": ("Taal", "F", "language", "fr"),
    "a language in its own words": ("Langue", "Français", "language", "fr"),
    "an amount": ("Omzet", "€ 1.234.567,56", "turnover", Decimal("1234567.56")),
    "an amount with thousands": ("Omzet", "1.234", "turnover", Decimal(1234)),
    "staff": ("VTE", "3,5", "fte", Decimal("3.5")),
    "staff in English": ("Staff (FTE)", "3.5", "fte", Decimal("3.5")),
    "a share": ("Overheidsparticipatie", "25 %", "public_share", Decimal(25)),
    "a tick": ("Verbonden meegeteld", "ja", "counts_linked_firms", True),
    "a formula is plain text": ("Handelsnaam", "=1+1", "trade_name", "=1+1"),
    "spaces": ("Handelsnaam", "  De   Korenaar ", "trade_name", "De Korenaar"),
}


@pytest.mark.parametrize(
    ("header", "typed", "name", "value"), WORDS.values(), ids=WORDS
)
def test_a_cell_is_read_as_people_write(
    header: str, typed: str, name: str, value: Any
) -> None:
    row = NEW | {header: typed}
    if value == "person":
        row |= {"Ondernemingsnummer": ""}

    brought(row)

    assert getattr(Client.objects.get(), name) == value


def test_numbers_and_codes_of_a_workbook_are_read() -> None:
    row = NEW | {"Omzet": 1234567.5, "VTE": 1.25, "NACE": 1.11, "Telefoon": 91234567}

    brought(row | {"Contactpersoon": "Els"}, make=workbook_of)

    client = Client.objects.get()
    assert (client.turnover, client.fte) == (Decimal("1234567.5"), Decimal("1.25"))
    assert (client.nace, Contact.objects.get().phone) == ("01.11", "091234567")


PHONES = {475123456: "0475123456", 32475123456: "+32475123456", "09 123": "09 123"}


@pytest.mark.parametrize(("cell", "number"), PHONES.items())
def test_a_telephone_number_gets_back_what_excel_dropped(
    cell: Any, number: str
) -> None:
    brought(NEW | {"Contactpersoon": "Els", "Gsm": cell}, make=workbook_of)

    assert Contact.objects.get().phone == number


def test_a_postcode_abroad_gets_its_zero_back() -> None:
    row = PERSON | {"Land": "Duitsland", "Postcode": 1067, "Gemeente": "Dresden"}

    brought(row, make=workbook_of)

    client = Client.objects.get()
    assert (client.country.code, client.postal_code) == ("DE", "01067")


WRONG = {
    "a typing error in the number": (
        {"Ondernemingsnummer": "0824677866"},
        "Ondernemingsnummer",
        "not a Belgian enterprise number",
    ),
    "a typing error among the VAT numbers": (
        {"Ondernemingsnummer": "", "Btw-nummer": "BE 0824.677.866"},
        "Btw-nummer",
        "not a Belgian enterprise number",
    ),
    "two numbers": (
        {"Btw-nummer": f"BE{belgian_number(5)}"},
        "Btw-nummer",
        "another number",
    ),
    "a number abroad that is none": (
        {"Ondernemingsnummer": "", "Btw-nummer": "NL123"},
        "Btw-nummer",
        "not a valid VAT number for Netherlands",
    ),
    "a number abroad in Belgium": (
        {"Ondernemingsnummer": "", "Btw-nummer": "NL004495445B01"},
        "Btw-nummer",
        "fill in the country",
    ),
    "a VAT-liable client without number": (
        {"Ondernemingsnummer": ""},
        "Ondernemingsnummer",
        "needs its enterprise number",
    ),
    "a private person with a number": (
        {"Soort": "particulier"},
        "Soort",
        "person has no",
    ),
    "a postcode that is none": ({"Postcode": "90000"}, "Postcode", "four digits"),
    "a country that is none": ({"Land": "Vlaanderenland"}, "Land", "no country"),
    "a language that is none": ({"Taal": "Swahili"}, "Taal", "Dutch, French, English"),
    "text for an amount": ({"Omzet": "veel"}, "Omzet", "no number"),
    "an amount in English notation": ({"Omzet": "1,234,5"}, "Omzet", "no number"),
    "too many decimals": ({"VTE": "1,234"}, "VTE", "2 decimal places"),
    "a share above all": (
        {"Overheidsparticipatie": "101"},
        "Overheidsparticipatie",
        "100",
    ),
    "an e-mail that is none": ({"E-mail": "piet"}, "E-mail", "valid email"),
    "an error of the spreadsheet": ({"Adres": "#N/A"}, "Adres", "shows an error"),
    "nothing where something must be": ({"Adres": ""}, "Adres", "blank"),
    "a name that is too long": ({"Naam": "x" * 201}, "Naam", "200"),
}


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(("cells", "column", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_beside_its_cell_and_nothing_is_stored(
    cells: dict[str, str], column: str, message: str
) -> None:
    file = content(PERSON | {"Naam": "Els Maes"}, NEW | cells)

    outcome = resource().try_out(file)

    assert message in mistakes(outcome)[column]
    assert outcome.lines[1].number == 3
    (mistake, *_) = outcome.lines[1].mistakes
    assert mistake.typed == str((NEW | cells)[column])
    assert resource().bring_in(file, shown=outcome.digest) is None
    assert not Client.objects.exists()


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("number", [NUMBER, "0824677866"])
def test_all_that_is_wrong_with_a_row_is_said_at_once(number: str) -> None:
    row = NEW | {"Ondernemingsnummer": number, "VTE": "veel", "Land": "x"}

    said = mistakes(
        tried(row | {"Contactpersoon": "Els", "Overheidsparticipatie": "y"})
    )

    assert {"VTE", "Land", "Overheidsparticipatie"} <= set(said)


@pytest.mark.usefixtures("english")
def test_client_and_contact_are_mended_in_one_go() -> None:
    row = NEW | {"Postcode": "90000", "E-mail contact": "els", "Contactpersoon": "Els"}

    assert list(mistakes(tried(row))) == ["Postcode", "E-mail contact"]


@pytest.mark.usefixtures("english")
def test_a_column_that_is_not_there_is_called_as_in_the_template() -> None:
    outcome = tried({"Naam": "Els Maes", "Soort": "particulier"})

    assert set(mistakes(outcome)) == {"Street and number", "Postcode", "Town"}


def test_a_row_that_fails_takes_the_changes_of_all_others_back() -> None:
    client = ClientFactory.create(enterprise_number=NUMBER)
    file = content(NEW | {"Contactpersoon": "Els"}, PERSON | {"Postcode": "x"})

    assert resource().bring_in(file, shown=resource().try_out(file).digest) is None

    client.refresh_from_db()
    assert client.legal_name != NEW["Naam"]
    assert not Contact.objects.exists()
    assert client.history.count() == 1


def test_what_was_not_shown_is_not_done() -> None:
    client = ClientFactory.create(enterprise_number=NUMBER)
    file = content(NEW)
    shown = resource().try_out(file).digest
    client.city = "Brugge"  # by a colleague, meanwhile
    client.save()

    assert resource().bring_in(file, shown=shown) is None

    client.refresh_from_db()
    assert client.city == "Brugge"


# The names of columns


@pytest.mark.usefixtures("english")
def test_a_list_without_a_known_column_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"as in the template: Legal name, Trade name"):
        resource().try_out(b"a;b\r\n1;2\r\n")


@pytest.mark.usefixtures("english")
def test_a_column_that_is_there_twice_is_refused() -> None:
    with pytest.raises(Unreadable, match="“Naam” and “Company” are the same"):
        resource().try_out(b"Naam;Company\r\n1;2\r\n")


def test_a_column_nobody_knows_is_named() -> None:
    assert tried(NEW | {"Schoenmaat": "42"}).unknown == ["Schoenmaat"]


@pytest.mark.parametrize("columns", [CLIENTS, PARTICIPANTS])
def test_no_two_columns_have_a_name_in_common(columns: tuple[Column, ...]) -> None:
    names = {
        (folded(name), column.name)
        for column in columns
        for headers in column.headers.values()
        for name in headers
    }

    assert len({name for name, _column in names}) == len(names)


# The template


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize("make", [templates.as_csv, templates.as_workbook])
def test_the_template_is_read_and_its_example_left_out(
    make: Any, language: str
) -> None:
    with translation.override(language):
        outcome = resource().try_out(make(resource()))

    assert (outcome.lines, outcome.examples, outcome.unknown) == ([], 1, [])


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_example_of_the_template_is_one_that_could_be_brought_in(
    language: str,
) -> None:
    with translation.override(language):
        file = templates.as_csv(resource()).decode("utf-8-sig")
        for mark in ("VOORBEELD: ", "EXEMPLE : ", "EXAMPLE: "):
            file = file.replace(mark, "")
        outcome = resource().try_out(file.encode())

    assert [line.fate for line in outcome.lines] == [Fate.NEW], outcome.lines


def test_the_workbook_explains_its_columns_and_proposes_values() -> None:
    book = load_workbook(io.BytesIO(templates.as_workbook(resource())))

    (form, explained) = book.worksheets
    rows = {row[0]: row[1:] for row in explained.iter_rows(values_only=True)}
    assert form["E3"].number_format == "@"  # a number keeps its zero
    assert {"Officiële naam *", "Handelsnaam"} <= set(rows)
    assert rows["Taal"][1] == "Nederlands, Frans, Engels"
    offered = [offer.formula1 for offer in form.data_validations.dataValidation]
    assert '"onderneming,particulier"' in offered


# Anything in any cell

HEADERS = [column.headers["nl"][0] for column in CLIENTS]
JUNK = [
    "",
    "abc",
    "-1",
    "1e99",
    "9" * 400,
    "\x00",
    "é" * 500,
    "NaN",
    "ja",
    "BE",
    "=1+1",
]
CELL = st.sampled_from([*JUNK, *NEW.values(), "NL004495445B01", "Duitsland", "3,5"]) | (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
)
NUMERIC = st.floats() | st.integers() | st.booleans() | st.datetimes() | st.none()


class TestAnyCells(TestCase):
    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.lists(CELL, min_size=28, max_size=28), min_size=1, max_size=3))
    def test_any_cells_are_brought_in_whole_or_not_at_all(self, rows: Any) -> None:
        ClientFactory.create(enterprise_number=NUMBER)
        _whole_or_not_at_all(csv_of([HEADERS, *rows]))

    @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(NUMERIC, min_size=28, max_size=28))
    def test_any_values_of_a_workbook_are_too(self, cells: Any) -> None:
        try:
            file = workbook_of([HEADERS, cells])
        except (ValueError, OverflowError):
            return  # no spreadsheet holds this
        _whole_or_not_at_all(file)


def _whole_or_not_at_all(file: bytes) -> None:
    before = list(Client.objects.values()), list(Contact.objects.values())
    try:
        outcome = resource().try_out(file)
    except Unreadable:
        return
    assert (list(Client.objects.values()), list(Contact.objects.values())) == before

    done = resource().bring_in(file, shown=outcome.digest)

    assert (done is not None) == outcome.is_right
    if done is None:
        after = list(Client.objects.values()), list(Contact.objects.values())
        assert after == before
    else:
        assert not resource().try_out(file).does_something
