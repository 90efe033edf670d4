"""``export_client_listing``, ``export_eu_services`` and ``export_winbooks``."""

from __future__ import annotations

import csv
import stat
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from lxml import etree
from openpyxl import load_workbook

from invoicing.documents.vat import Treatment
from tests.factories import complete_seller

from .sold import credited, sold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

DUTCH = "NL123456782B90"


def said(command: str, *arguments: object) -> str:
    """Run ``command`` as typed and return what it printed."""
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out)
    return out.getvalue()


def served(to: str = DUTCH) -> None:
    sold(to=to, country="NL", name="=Bv", treatment=Treatment.REVERSE_CHARGE)


def table(path: Path) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def test_the_listing_as_csv_is_defused_and_for_its_owner_only(tmp_path: Path) -> None:
    """VAT-4, EXP-3."""
    sold("1000.50", name='=HYPERLINK("x")')
    out = tmp_path / "lijst.csv"

    assert said("export_client_listing", 2026, "--out", out) == f"{out}\n"

    assert table(out) == [
        ["volgnummer", "btw_nummer", "klantnaam", "omzet", "btw_bedrag"],
        ["1", "BE0824677865", '\'=HYPERLINK("x")', "1000,50", "210,11"],
    ]
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_the_listing_as_a_workbook_has_numbers_as_numbers(tmp_path: Path) -> None:
    """VAT-4, EXP-3."""
    sold("1000.50", name="=1+1")
    out = tmp_path / "lijst.xlsx"

    said("export_client_listing", 2026, "--format", "xlsx", "--out", out)

    sheet = load_workbook(BytesIO(out.read_bytes())).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == [
        1,
        "BE0824677865",
        "'=1+1",
        1000.5,
        210.11,
    ]
    assert sheet["C2"].data_type == "s"


def test_the_listing_for_intervat_says_who_declares(tmp_path: Path) -> None:
    """VAT-4."""
    complete_seller()
    sold()
    out = tmp_path / "lijst.xml"

    said("export_client_listing", 2026, "--format", "xml", "--out", out)

    root = etree.fromstring(out.read_bytes())
    assert root[0].get("TurnOverSum") == "1000.00"
    assert root.findtext(".//{*}Declarant/{*}EmailAddress") == "info@example.com"
    name = root.findtext(".//{*}Declarant/{*}Name") or ""
    assert name.endswith("CommV")


def test_intervat_wants_to_know_where_the_company_is(tmp_path: Path) -> None:
    """VAT-4: nothing is written, and what lacks is named."""
    complete_seller(street="", email="")
    out = tmp_path / "lijst.xml"

    with pytest.raises(CommandError, match=r"first: street and number and e-mail\.$"):
        said("export_client_listing", 2026, "--format", "xml", "--out", out)

    assert not out.exists()


def test_a_spreadsheet_needs_no_address(tmp_path: Path) -> None:
    complete_seller(street="")

    said("export_client_listing", 2026, "--out", tmp_path / "lijst.csv")


SHOWN = {
    "the listing": ("export_client_listing", 2026),
    "the services": ("export_eu_services", "2026-Q1"),
}


@pytest.mark.parametrize("typed", SHOWN.values(), ids=SHOWN)
def test_without_a_name_it_comes_on_the_screen_and_a_workbook_does_not(
    typed: tuple[str, object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.chdir(tmp_path)

    assert said(*typed) == ""
    assert capfdbinary.readouterr().out.startswith(b"\xef\xbb\xbfvolgnummer;")
    with pytest.raises(CommandError, match="--out FILE"):
        said(*typed, "--format", "xlsx")
    assert not list(tmp_path.iterdir())


def test_the_eu_services_name_what_they_correct_and_who_lacks_a_number(
    tmp_path: Path,
) -> None:
    """VAT-3, EXP-3."""
    invoice = sold(
        on=date(2025, 12, 1),
        to=DUTCH,
        country="NL",
        name="Bv",
        treatment=Treatment.REVERSE_CHARGE,
    )
    credited(invoice, "100", on=date(2026, 1, 5))
    served(to="")
    out = tmp_path / "eu.csv"

    said("export_eu_services", "2026-Q1", "--out", out)

    assert table(out)[1:] == [
        [
            *("1", "NL", "", "'=Bv", "S", "1000,00", ""),
            "No VAT number: Intervat does not take it.",
        ],
        ["2", "NL", DUTCH[2:], "Bv", "S", "-100,00", "2025-Q4", ""],
    ]


REFUSED = {
    "no year": (("export_client_listing", 1899), "not a year: 1899"),
    "no period": (("export_eu_services", "2026-3"), "not: 2026-3"),
    "nothing to declare": (
        ("export_eu_services", "2026-Q3", "--format", "xml"),
        "no list is handed in",
    ),
    "no number": (
        ("export_eu_services", "2026-Q1", "--format", "xml"),
        "It lacks for: =Bv",
    ),
    "period turned round": (
        ("export_winbooks", "--from=2026-02-01", "--to=2026-01-01", "--out=/nowhere"),
        "ends before",
    ),
    "two financial years": (
        ("export_winbooks", "--from=2025-02-01", "--to=2026-01-01", "--out=/nowhere"),
        "one financial year",
    ),
    "a file where the folder is to be": (
        (
            "export_winbooks",
            "--from=2026-02-01",
            "--to=2026-02-01",
            f"--out={__file__}",
        ),
        "cannot be written: a file stands where a folder should be",
    ),
    "no folder": (
        ("export_client_listing", 2026, "--out=/nowhere/at/all.csv"),
        "/nowhere/at/all.csv cannot be written: there is no such folder",
    ),
}


@pytest.mark.parametrize(("typed", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_written_is_refused_in_words(
    typed: tuple[str, ...], message: str
) -> None:
    complete_seller()
    served(to="")

    with pytest.raises(CommandError, match=message):
        said(*typed)


def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "lijst.csv"
    out.write_bytes(b"mine")

    with pytest.raises(CommandError, match="is there already"):
        said("export_client_listing", 2026, "--out", out)

    assert out.read_bytes() == b"mine"


def test_both_files_for_winbooks_lie_in_one_folder(tmp_path: Path) -> None:
    sold()
    out = tmp_path / "winbooks"

    printed = said(
        "export_winbooks", "--from=2026-01-01", "--to=2026-12-31", "--out", out
    )

    assert printed.splitlines() == [str(out / "CSF.TXT"), str(out / "ACT.TXT")]
    rows = csv.reader(StringIO((out / "ACT.TXT").read_text("windows-1252")))
    assert sum((Decimal(row[16]) for row in rows), Decimal(0)) == 0
    assert b"Bakkerij" in (out / "CSF.TXT").read_bytes()
