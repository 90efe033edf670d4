"""The way of a document to its client, as the owner sees and steers it (EIN-1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client as Browser
from django.test import override_settings
from django.urls import reverse
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries, Settings

from invoicing.delivery import handing
from invoicing.models import Delivery, FileKind, Means
from ownyourstory.outbox.models import Dispatch, State
from tests.factories import (
    MONDAY,
    TUESDAY,
    OwnerFactory,
    UserFactory,
    issued,
    noon,
    ordinary_draft,
)
from tests.stored import bytes_of, file_of

from .pages import page, panel, said, to_a_person, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]

BUTTONS = ["mail", "hand_over", "over_peppol", "xml"]


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    """The day after the one on which ``issued`` dates its invoices."""
    with time_machine.travel(noon(TUESDAY), tick=False):
        yield


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    client.force_login(OwnerFactory.create(username="owner"))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def access_point(settings: Settings) -> None:
    settings.EINVOICE_API_KEY = "a-key"


# On its page


def test_its_page_says_the_next_step_and_has_the_buttons_for_it(
    owner: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    invoice = issued()

    with django_assert_max_num_queries(40):
        shown = panel(owner, invoice)

    assert "Next: download the XML" in shown
    assert [name for name in BUTTONS if page(name, invoice) in shown] == [
        "mail",
        "hand_over",
        "xml",
    ]
    assert "Mail a copy…" in shown


def test_where_the_pdf_is_the_invoice_mail_is_the_next_step(owner: Browser) -> None:
    shown = panel(owner, to_a_person())

    assert "Next: send it by mail from here." in strip_tags(shown)
    assert "Send by mail…" in shown
    assert "The PDF is the invoice." in shown


STANDINGS = {
    State.WAITING: ("by itself, in a moment", ["mail", "xml"]),
    State.SENDING: ("by itself, in a moment", ["mail", "xml"]),
    State.ACCEPTED: ("Your access point brings it", ["mail", "xml"]),
    State.DELIVERED: ("delivered", ["mail", "xml"]),
    State.FAILED: ("It did not get through.", ["mail", "hand_over", "xml"]),
    State.WITHDRAWN: ("Next: download the XML", ["mail", "hand_over", "xml"]),
}


@pytest.mark.parametrize(("state", "shown"), STANDINGS.items(), ids=STANDINGS)
@pytest.mark.usefixtures("access_point")
def test_how_far_it_is_decides_what_she_can_do(
    owner: Browser, state: State, shown: tuple[str, list[str]]
) -> None:
    """What is on its way is not handed over as well: it would arrive twice."""
    invoice = issued()
    claimed = noon(TUESDAY) if state == State.SENDING else None
    Dispatch.objects.update(
        state=state,
        claimed_until=claimed,
        accepted_at=noon(MONDAY),
        delivered_at=noon(MONDAY),
    )

    html = panel(owner, invoice)

    says, buttons = shown
    assert says in html
    assert [name for name in BUTTONS if page(name, invoice) in html] == buttons
    [delivery] = invoice.deliveries.all()
    assert reverse("admin:outbox_dispatch_change", args=[delivery.dispatch_id]) in html


@pytest.mark.usefixtures("access_point")
def test_what_went_wrong_is_told_there(owner: Browser) -> None:
    invoice = issued()
    Dispatch.objects.update(state=State.FAILED)
    Dispatch.objects.get().attempts.create(
        started_at=noon(MONDAY), error="not on <Peppol>"
    )

    assert "not on &lt;Peppol&gt;" in panel(owner, invoice)


def test_who_may_only_look_sees_how_far_it_is_and_no_button(client: Browser) -> None:
    invoice = issued()
    client.cookies["django_language"] = "en"

    shown = panel(viewer(client), invoice)

    assert "to hand over" in shown
    assert "Next:" not in shown
    assert [name for name in BUTTONS if page(name, invoice) in shown] == ["xml"]
    assert client.get(page("xml", invoice)).status_code == 200


@pytest.mark.parametrize("name", ["mail", "hand_over", "over_peppol"])
def test_who_may_only_look_sends_nothing(client: Browser, name: str) -> None:
    invoice = issued()
    viewer(client)

    sent = {"on": "2026-03-02", "send": "", "to": "a@example.com"}
    answer = client.post(page(name, invoice), sent)

    assert answer.status_code == 403
    if name != "over_peppol":
        assert client.get(page(name, invoice)).status_code == 403
    assert not Dispatch.objects.exists()
    assert not Delivery.objects.exclude(handed_over_on=None).exists()


@pytest.mark.parametrize("name", BUTTONS)
def test_a_draft_goes_nowhere(owner: Browser, name: str) -> None:
    draft = ordinary_draft()

    assert owner.post(page(name, draft), {"on": "2026-03-02"}).status_code == 404


# Handed over by herself


def test_she_notes_on_which_day_she_handed_it_over(owner: Browser) -> None:
    invoice = issued()

    asked = owner.get(page("hand_over", invoice))
    done = owner.post(page("hand_over", invoice), {"on": "2026-03-02"}, follow=True)

    assert asked.context["form"]["on"].value() == TUESDAY
    assert "You uploaded the XML at your Peppol portal" in asked.content.decode()
    assert said(done) == ["Noted: 2026-0001 is handed over."]
    delivery = Delivery.objects.get()
    assert (delivery.handed_over_on, str(delivery.handed_over_by)) == (MONDAY, "owner")
    shown = " ".join(strip_tags(panel(owner, invoice)).split())
    assert "Handed over by yourself on 2 March 2026 noted by owner" in shown
    assert "Correct the day…" in shown


def test_saying_it_again_corrects_the_day(owner: Browser) -> None:
    invoice = issued()
    for day in ("2026-03-02", "2026-03-03", "2026-03-03"):
        owner.post(page("hand_over", invoice), {"on": day})

    assert Delivery.objects.get().handed_over_on == TUESDAY


WRONG_DAYS = {
    "2026-03-04": "This day is still to come.",
    "2026-03-01": "It was issued on 2 March 2026 only.",
    "0001-01-01": "It was issued on 2 March 2026 only.",
    "9999-12-31": "This day is still to come.",
    "31-02-2026": "Enter a valid date.",
    "": "This field is required.",
    "\x00": "Enter a valid date.",
    "9" * 5000: "Enter a valid date.",
}


@pytest.mark.parametrize(("typed", "message"), WRONG_DAYS.items())
def test_a_wrong_day_stays_typed_with_the_message_beside_it(
    owner: Browser, typed: str, message: str
) -> None:
    invoice = issued()

    refused = owner.post(page("hand_over", invoice), {"on": typed})

    assert refused.status_code == 200
    assert dict(refused.context["form"].errors) == {"on": [message]}
    assert message in refused.content.decode()
    assert refused.context["form"]["on"].value() == typed
    assert Delivery.objects.get().handed_over_on is None


# Over Peppol, after all


@pytest.mark.usefixtures("access_point")
def test_what_she_was_to_upload_can_go_over_peppol_after_all(owner: Browser) -> None:
    with override_settings(EINVOICE_API_KEY=""):
        invoice = issued()
    shown = panel(owner, invoice)
    assert page("over_peppol", invoice) in shown
    assert "Next: send it over Peppol from here." in shown

    done = owner.post(page("over_peppol", invoice), follow=True)

    assert said(done) == ["2026-0001 is in the outgoing post."]
    assert Dispatch.objects.get().payload["number"] == "2026-0001"
    assert page("over_peppol", invoice) not in panel(owner, invoice)


@pytest.mark.usefixtures("access_point")
def test_two_clicks_send_it_once(owner: Browser) -> None:
    """EIN-1."""
    with override_settings(EINVOICE_API_KEY=""):
        invoice = issued()
    owner.post(page("over_peppol", invoice))

    again = owner.post(page("over_peppol", invoice), follow=True)

    assert said(again)[-1] == "2026-0001 is in the outgoing post already."
    assert Dispatch.objects.count() == 1


@pytest.mark.usefixtures("access_point")
def test_what_she_uploaded_herself_is_not_sent_too(owner: Browser) -> None:
    with override_settings(EINVOICE_API_KEY=""):
        invoice = issued()
    handing.hand_over(invoice, on=MONDAY, by=None)

    answer = owner.post(page("over_peppol", invoice), follow=True)

    assert said(answer) == ["2026-0001 was handed over on 2 March 2026 already."]
    assert not Dispatch.objects.exists()


def test_without_access_point_it_says_so(owner: Browser) -> None:
    answer = owner.post(page("over_peppol", issued()), follow=True)

    assert "cannot go over Peppol" in said(answer)[0]


def test_a_link_alone_sends_nothing(owner: Browser) -> None:
    assert owner.get(page("over_peppol", issued())).status_code == 405


# The XML


def test_the_xml_is_downloaded_byte_for_byte(owner: Browser) -> None:
    """INV-3."""
    invoice = issued()

    answer = owner.get(page("xml", invoice))

    assert answer.content == bytes_of(invoice, FileKind.XML)
    assert answer["Content-Type"] == "application/xml"
    assert answer["X-Content-Type-Options"] == "nosniff"
    name = 'attachment; filename="2026-0001.xml"'
    assert answer["Content-Disposition"] == name


def test_staff_without_permission_gets_no_xml(client: Browser) -> None:
    invoice = issued()
    client.force_login(UserFactory.create(is_staff=True))

    assert client.get(page("xml", invoice)).status_code == 403


# In the outgoing post


@pytest.mark.usefixtures("access_point")
def test_its_dispatch_says_which_file_goes_to_whom_and_leads_back(
    owner: Browser,
) -> None:
    invoice = issued()
    dispatch = Dispatch.objects.get()

    shown = owner.get(
        reverse("admin:outbox_dispatch_change", args=[dispatch.pk])
    ).content.decode()

    assert file_of(invoice, FileKind.XML).sha256 in shown
    assert f"0208:0824677865 → {dispatch.recipient}" in shown
    assert page("change", invoice) in shown


# In the list


def test_the_list_says_how_far_each_is(
    owner: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    handing.hand_over(issued(), on=date(2026, 3, 2), by=None)
    for _ in range(5):
        to_a_person()

    with django_assert_max_num_queries(12):
        shown = owner.get(reverse("admin:invoicing_invoice_changelist"))

    cells = re.findall(
        r"<td[^>]*field-to_client.*?</td>", shown.content.decode(), re.DOTALL
    )
    text = strip_tags("".join(cells))
    assert text.count("to hand over") == 5
    assert "delivered" in text
    assert {delivery.means for delivery in Delivery.objects.all()} == {Means.DOWNLOAD}


def test_the_list_keeps_what_still_has_to_reach_its_client(
    owner: Browser, settings: Settings
) -> None:
    handing.hand_over(issued(), on=MONDAY, by=None)
    issued()
    settings.EINVOICE_API_KEY = "a-key"
    issued()
    Dispatch.objects.update(state=State.FAILED)

    def kept(to_client: str) -> list[str]:
        address = reverse("admin:invoicing_invoice_changelist")
        shown = owner.get(address, {"to_client": to_client}, follow=True)
        return [invoice.number for invoice in shown.context["cl"].queryset]

    assert kept("to_hand_over") == ["2026-0002"]
    assert kept("failed") == ["2026-0003"]
    assert len(kept("")) == len(kept("x\x00")) == 3
