"""A whole dossier, walked by the owner in a browser: from enrolment to paid (DOS-1)."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", name=text).first).to_be_visible()


def test_a_dossier_from_enrolment_to_paid(page: Page) -> None:
    page.goto("/admin/programs/enrolment/?q=Korenaar")
    page.get_by_role("link", name=re.compile("Korenaar")).first.click()
    here = "/admin/programs/enrolment/"
    page.goto(f"{here}8/change/")
    heading(page, "Dossier van de KMO-portefeuille")
    address = page.url

    # The invoice
    page.get_by_role("link", name="Concept openen").click()
    page.get_by_role("link", name="Uitreiken…").click()
    page.get_by_role("button", name="Nu uitreiken").click()
    expect(page.get_by_text("is uitgereikt").first).to_be_visible()
    invoice = page.url
    with page.expect_download() as downloading:
        page.get_by_role("link", name="PDF downloaden").click()
    assert downloading.value.suggested_filename.endswith(".pdf")

    # The road
    page.goto(address)
    page.get_by_role("link", name="Klant vroeg aan…").click()
    page.fill("[name=application_number]", "2026kmo700001")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Genoteerd: aangevraagd.")).to_be_visible()

    page.get_by_role("link", name="De aanvraag controleren…").click()
    for question in ("enterprise", "service", "enrolled", "unrelated"):
        page.check(f"[name={question}][value=yes]")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Je antwoorden zijn bewaard.")).to_be_visible()

    for step in ("Eigen bijdrage gestort…", "Subsidie toegevoegd…"):
        page.get_by_role("link", name=step).click()
        page.get_by_role("button", name="Bewaar").click()
    page.get_by_role("link", name="Betaling opgedragen…").click()
    page.get_by_role("button", name="Bewaar").click()

    # A slip, and how it is put right
    page.get_by_role("link", name="De laatste stap was een vergissing").click()
    page.fill("[name=reason]", "Bij de verkeerde klant genoteerd")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("De laatste stap is teruggenomen.")).to_be_visible()
    page.get_by_role("link", name="Betaling opgedragen…").click()
    page.get_by_role("button", name="Bewaar").click()

    # The money, on both roads
    page.goto(invoice)
    for _road in range(2):
        page.get_by_role("link", name="Geld noteren…").click()
        page.get_by_role("button", name="Bewaar").click()
    heading(page, "Betaald")

    page.goto(address)
    expect(page.locator("[aria-current=step]")).to_contain_text(
        "Betaald door de portefeuille"
    )
