"""The two steps of an import: what they show, who may take them, what is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from clients.models import Client, Contact
from ownyourstory.importing import page as importing
from programs.models import Participant
from tests.factories import (
    ClientFactory,
    EnrolmentFactory,
    OwnerFactory,
    ParticipantFactory,
)

from .lists import csv_of, workbook_of

pytestmark = pytest.mark.django_db

CLIENTS = "/admin/clients/client/import/"
LIST = "/admin/clients/client/"
HEADER = ["Naam", "Ondernemingsnummer", "Adres", "Postcode", "Gemeente"]
ROW = ["Bakkerij Janssens BV", "0824.677.865", "Kerkstraat 1", "9000", "Gent"]
GOOD = csv_of([HEADER, ROW])
BAD = csv_of([HEADER, ROW, ["Fout BV", "0824.677.866", "Kerkstraat 1", "9", "Gent"]])


@pytest.fixture
def browser(client: Browser, english: None) -> Browser:
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def owner(browser: Browser) -> Browser:
    browser.force_login(OwnerFactory.create())
    return browser


def upload(browser: Browser, content: bytes, *, to: str = CLIENTS) -> Any:
    return browser.post(to, {"file": SimpleUploadedFile("list.csv", content)})


def confirm(browser: Browser, page: Any, *, to: str = CLIENTS) -> Any:
    return browser.post(to, {"ticket": page.context["ticket"]}, follow=True)


def colleague(*names: str) -> User:
    user: User = OwnerFactory.create(is_superuser=False)
    for name in names:
        app, _, codename = name.partition(".")
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    return user


def said(page: Any) -> list[str]:
    return [str(message) for message in page.context["messages"]]


# The two steps


def test_the_list_of_clients_leads_to_the_import(owner: Browser) -> None:
    assert f'href="{CLIENTS}"' in owner.get(LIST).content.decode()
    assert owner.get(CLIENTS).status_code == 200


@pytest.mark.parametrize("make", [csv_of, workbook_of])
def test_a_list_is_looked_at_then_brought_in(owner: Browser, make: Any) -> None:
    page = upload(owner, make([HEADER, ROW]))

    assert "1 new" in page.content.decode()
    assert not Client.objects.exists()

    page = confirm(owner, page)

    assert said(page) == ["Imported: 1 new, 0 changed, 0 unchanged."]
    assert page.redirect_chain == [(LIST, 302)]
    assert Client.objects.get().history.get().history_user.username == (
        page.context["user"].username
    )


def test_a_list_with_a_mistake_offers_no_import(owner: Browser) -> None:
    page = upload(owner, BAD)

    text = page.content.decode()
    assert "1 row to mend" in text
    assert "row 3" in text
    assert "This is not a Belgian enterprise number" in text
    assert page.context["ticket"] == ""
    assert "Import this" not in text


def test_a_list_that_changes_nothing_offers_no_import(owner: Browser) -> None:
    confirm(owner, upload(owner, GOOD))

    page = upload(owner, GOOD)

    assert "there is nothing to import" in page.content.decode()
    assert page.context["ticket"] == ""


def test_a_confirmation_sent_twice_imports_once(owner: Browser) -> None:
    page = upload(owner, GOOD)
    confirm(owner, page)

    assert said(confirm(owner, page)) == [
        "This list is no longer at hand. Nothing was imported: choose it again."
    ]
    assert Client.objects.count() == 1


def test_a_list_that_was_swapped_on_the_disk_is_not_brought_in(
    owner: Browser, tmp_path: Path
) -> None:
    page = upload(owner, GOOD)
    (file,) = (tmp_path / "imports").iterdir()
    file.write_bytes(csv_of([HEADER, ["Ander BV", *ROW[1:]]]))

    assert "no longer at hand" in said(confirm(owner, page))[0]
    assert not Client.objects.exists()


def test_a_list_of_somebody_else_is_not_brought_in(owner: Browser) -> None:
    page = upload(owner, GOOD)
    owner.force_login(OwnerFactory.create())

    assert "no longer at hand" in said(confirm(owner, page))[0]
    assert not Client.objects.exists()


def test_what_changed_meanwhile_is_shown_again(owner: Browser) -> None:
    page = upload(owner, GOOD)
    ClientFactory.create(enterprise_number="0824677865", city="Brugge")

    page = confirm(owner, page)

    assert "In the meantime something was changed" in page.content.decode()
    assert Client.objects.get().city == "Brugge"
    confirm(owner, page)
    assert Client.objects.get().city == "Gent"


# What is refused

FILES = {
    "a picture": (b"\x89PNG\0\0", "neither an Excel workbook (.xlsx) nor a CSV"),
    "nothing": (b"", "This file is empty."),
    "a list of something else": (b"a;b\r\n1;2\r\n", "No column of this list is known"),
}


@pytest.mark.parametrize(("content", "message"), FILES.values(), ids=FILES)
def test_what_is_no_list_is_refused_beside_the_field(
    owner: Browser, content: bytes, message: str
) -> None:
    page = upload(owner, content)

    assert page.status_code == 200
    assert message in page.context["form"].errors["file"][0]
    assert message in page.content.decode().replace("&#x27;", "'")


def test_a_file_that_is_too_large_is_not_read(
    owner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MAX_BYTES", len(GOOD) - 1)

    page = upload(owner, GOOD)

    assert "larger than 5 MB" in page.context["form"].errors["file"][0]


def test_a_form_without_a_file_says_so(owner: Browser) -> None:
    page = owner.post(CLIENTS)

    assert page.context["form"].errors["file"] == ["This field is required."]


def test_what_stands_in_a_cell_is_no_markup(owner: Browser) -> None:
    page = upload(owner, csv_of([HEADER, ["<script>x</script>", *ROW[1:]]]))

    assert "<script>x" not in page.content.decode()


# Who may

MAY = ["clients.view_client", "clients.add_client", "clients.change_client"]


@pytest.mark.parametrize("missing", MAY[1:])
def test_an_import_needs_adding_and_changing(browser: Browser, missing: str) -> None:
    browser.force_login(colleague(*(name for name in MAY if name != missing)))

    assert upload(browser, GOOD).status_code == 403
    assert browser.get(f"{CLIENTS}?template=csv").status_code == 403
    assert CLIENTS not in browser.get(LIST).content.decode()


def test_who_may_not_write_contacts_imports_clients_alone(browser: Browser) -> None:
    browser.force_login(colleague(*MAY))
    file = csv_of([[*HEADER, "Contactpersoon"], [*ROW, "Els"]])

    page = upload(browser, file)
    assert "is not known: Contactpersoon" in page.content.decode()
    confirm(browser, page)

    assert Client.objects.exists()
    assert not Contact.objects.exists()


def test_who_is_not_logged_in_is_asked_to(browser: Browser) -> None:
    assert upload(browser, GOOD).status_code == 302


# Participants

PEOPLE = csv_of([["Naam", "E-mail"], ["Els Maes", "els@a.example"], ["Jan Maes", ""]])


def test_the_page_of_an_enrolment_leads_to_its_import(owner: Browser) -> None:
    enrolment = EnrolmentFactory.create()
    address = reverse("admin:programs_enrolment_participants", args=[enrolment.pk])
    home = reverse("admin:programs_enrolment_change", args=[enrolment.pk])

    assert f'href="{address}"' in owner.get(home).content.decode()
    page = confirm(owner, upload(owner, PEOPLE, to=address), to=address)

    assert page.redirect_chain == [(home, 302)]
    assert enrolment.participants.count() == 2


def test_a_ticket_of_one_enrolment_is_no_good_for_another(owner: Browser) -> None:
    one, other = (
        reverse("admin:programs_enrolment_participants", args=[enrolment.pk])
        for enrolment in EnrolmentFactory.create_batch(2)
    )
    page = upload(owner, PEOPLE, to=one)

    assert "no longer at hand" in said(confirm(owner, page, to=other))[0]
    assert not Participant.objects.exists()


THEIRS = [
    "programs.view_enrolment",
    "programs.change_enrolment",
    "programs.add_participant",
    "programs.change_participant",
]


@pytest.mark.parametrize("missing", THEIRS[1:])
def test_participants_need_the_same(browser: Browser, missing: str) -> None:
    enrolment = ParticipantFactory.create().enrolment
    browser.force_login(colleague(*(name for name in THEIRS if name != missing)))
    address = reverse("admin:programs_enrolment_participants", args=[enrolment.pk])
    home = reverse("admin:programs_enrolment_change", args=[enrolment.pk])

    assert upload(browser, PEOPLE, to=address).status_code == 403
    assert address not in browser.get(home).content.decode()


@pytest.mark.parametrize("key", ["99", "9" * 30])
def test_an_enrolment_that_is_not_there_has_no_import(owner: Browser, key: str) -> None:
    assert (
        owner.get(f"/admin/programs/enrolment/{key}/participants/").status_code == 404
    )


# The template


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_is_a_download_that_can_be_sent_back(
    owner: Browser, kind: str
) -> None:
    owner.cookies["django_language"] = "nl"

    answer = owner.get(f"{CLIENTS}?template={kind}")

    assert answer["Content-Disposition"] == f'attachment; filename="klanten.{kind}"'
    page = upload(owner, answer.content)
    assert (page.context["outcome"].lines, page.context["outcome"].examples) == ([], 1)


def test_another_template_is_none(owner: Browser) -> None:
    assert owner.get(f"{CLIENTS}?template=exe").context["form"]


def test_starting_up_loads_no_spreadsheet_library() -> None:
    code = (
        "import django, sys; django.setup(); from ownyourstory import urls; "
        "print([name for name in ('openpyxl', 'tablib') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"DJANGO_SETTINGS_MODULE": "ownyourstory.settings", "DEBUG": "true"},
    )

    assert done.stdout.strip() == "[]"
