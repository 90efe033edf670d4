"""Broken e-invoices are refused under the rule they break (EIN-4)."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from clients.identifiers import PEPPOL_SCHEME
from invoicing.einvoice.rules import codes, peppol
from invoicing.einvoice.rules.finding import Severity
from invoicing.einvoice.rules.gate import check
from invoicing.einvoice.rules.reader import Unreadable

GOLDEN = Path(__file__).parents[2] / "golden" / "ubl"
PEPPOL, COMMON = "PEPPOL-EN16931-", "PEPPOL-COMMON-"

BASE_QUANTITY = '<cbc:BaseQuantity unitCode="%s">%s</cbc:BaseQuantity></cac:Price>'
LINE_PERIOD = "<cac:InvoicePeriod><cbc:%s>%s</cbc:%s></cac:InvoicePeriod><cac:Item>"
REFERENCE = (
    "<cac:DocumentReference><cbc:ID>X</cbc:ID>"
    "<cbc:DocumentTypeCode>%s</cbc:DocumentTypeCode></cac:DocumentReference>"
)
ALLOWANCE = (
    "<cac:AllowanceCharge><cbc:ChargeIndicator>%s</cbc:ChargeIndicator>%s"
    '<cbc:Amount currencyID="EUR">0.00</cbc:Amount>%s</cac:AllowanceCharge>'
)
CHARGE = ("true", "", "")
PROJECT = "<cac:ProjectReference><cbc:ID>P</cbc:ID></cac:ProjectReference>"

BROKEN = {
    # rule: (file, what stands there, what stands there instead)
    f"{PEPPOL}R001": ("wallet", r"<cbc:ProfileID>.*?</cbc:ProfileID>", ""),
    f"{PEPPOL}R002": ("wallet", r"(<cbc:Note>)", r"<cbc:Note>One more</cbc:Note>\1"),
    f"{PEPPOL}R003": (
        "wallet",
        (
            r"(?s)<cbc:BuyerReference>.*?</cbc:BuyerReference>(.*?)<cac:OrderReference>.*?"
            "</cac:OrderReference>"
        ),
        r"\1",
    ),
    f"{PEPPOL}R004": ("wallet", r"#compliant#", "#conformant#"),
    f"{PEPPOL}R007": ("wallet", r"billing:01:1\.0", "billing:1:1.0"),
    f"{PEPPOL}R008": ("wallet", r"(<cbc:ElectronicMail>).*?(<)", r"\1 \2"),
    f"{PEPPOL}R010": (
        "wallet",
        r"(?s)(<cac:AccountingCustomerParty>.*?)<cbc:EndpointID.*?</cbc:EndpointID>",
        r"\1",
    ),
    f"{PEPPOL}R020": (
        "wallet",
        r"(?s)(<cac:AccountingSupplierParty>.*?)<cbc:EndpointID.*?</cbc:EndpointID>",
        r"\1",
    ),
    f"{PEPPOL}R041": (
        "document_discount",
        r'(<cbc:Amount currencyID="EUR">)',
        r"<cbc:MultiplierFactorNumeric>10</cbc:MultiplierFactorNumeric>\1",
    ),
    f"{PEPPOL}R042": (
        "document_discount",
        r"(<cbc:Amount currencyID=\"EUR\">[\d.]+</cbc:Amount>)",
        r'\1<cbc:BaseAmount currencyID="EUR">100.00</cbc:BaseAmount>',
    ),
    f"{PEPPOL}R043": (
        "document_discount",
        r"<cbc:ChargeIndicator>false</cbc:ChargeIndicator>",
        "<cbc:ChargeIndicator>0</cbc:ChargeIndicator>",
    ),
    f"{PEPPOL}R044": (
        "wallet",
        r"(</cac:Price>)",
        ALLOWANCE % ("true", "", "") + r"\1",
    ),
    f"{PEPPOL}R046": (
        "wallet",
        r"(</cac:Price>)",
        ALLOWANCE
        % ("false", "", '<cbc:BaseAmount currencyID="EUR">1.00</cbc:BaseAmount>')
        + r"\1",
    ),
    f"{PEPPOL}R051": (
        "wallet",
        r'(<cbc:PriceAmount currencyID=)"EUR"',
        r'\1"USD"',
    ),
    f"{PEPPOL}R053": (
        "wallet",
        r"(?s)(<cac:TaxTotal>.*?</cac:TaxTotal>)",
        r"\1\1",
    ),
    f"{PEPPOL}R061": (
        "wallet",
        r"<cbc:PaymentMeansCode>30<",
        "<cbc:PaymentMeansCode>59<",
    ),
    f"{PEPPOL}R080": ("wallet", r"(<cac:ProjectReference>)", PROJECT + r"\1"),
    f"{PEPPOL}R100": (
        "wallet",
        r"(<cac:Item>)",
        REFERENCE % 130 + REFERENCE % 130 + r"\1",
    ),
    f"{PEPPOL}R101": ("wallet", r"(<cac:Item>)", REFERENCE % 50 + r"\1"),
    f"{PEPPOL}R110": (
        "wallet",
        r"<cac:Item>",
        LINE_PERIOD % ("StartDate", "2026-03-11", "StartDate"),
    ),
    f"{PEPPOL}R111": (
        "wallet",
        r"<cac:Item>",
        LINE_PERIOD % ("EndDate", "2026-03-27", "EndDate"),
    ),
    f"{PEPPOL}R120": (
        "wallet",
        r'(<cbc:PriceAmount currencyID="EUR">)600\.00',
        r"\g<1>600.01",
    ),
    f"{PEPPOL}R121": ("wallet", r"</cac:Price>", BASE_QUANTITY % ("IE", "0")),
    f"{PEPPOL}R130": ("wallet", r"</cac:Price>", BASE_QUANTITY % ("HUR", "1")),
    f"{PEPPOL}CL001": ("wallet", r'mimeCode="application/pdf"', 'mimeCode="text/html"'),
    f"{PEPPOL}CL002": (
        "document_discount",
        r"(<cbc:AllowanceChargeReasonCode>)95",
        r"\g<1>99",
    ),
    f"{PEPPOL}CL003": (
        "document_discount",
        r"<cbc:ChargeIndicator>false(</cbc:ChargeIndicator>)",
        r"<cbc:ChargeIndicator>true\1",
    ),
    f"{PEPPOL}CL006": (
        "wallet",
        r"(<cbc:EndDate>2026-03-26</cbc:EndDate>)",
        r"\1<cbc:DescriptionCode>4</cbc:DescriptionCode>",
    ),
    f"{PEPPOL}CL007": (
        "wallet",
        r"(<cbc:DocumentCurrencyCode>)EUR",
        r"\1EURO",
    ),
    f"{PEPPOL}CL008": (
        "wallet",
        r'<cbc:EndpointID schemeID="0208">0403170701',
        '<cbc:EndpointID schemeID="1234">0403170701',
    ),
    f"{PEPPOL}F001": ("wallet", r"(<cbc:DueDate>)2026-04-01", r"\g<1>2026-04-01Z"),
    f"{PEPPOL}P0100": ("wallet", r"(<cbc:InvoiceTypeCode>)380", r"\g<1>325"),
    f"{PEPPOL}P0101": (
        "credited_whole",
        r"(<cbc:CreditNoteTypeCode>)381",
        r"\g<1>380",
    ),
    **{
        f"{PEPPOL}{rule}": ("exempt_training", r"VATEX-EU-132-1I", reason)
        for rule, reason in [
            ("P0104", "VATEX-EU-G"),
            ("P0105", "VATEX-EU-O"),
            ("P0106", "vatex-eu-ic"),
            ("P0107", "VATEX-EU-AE"),
        ]
    },
    **{
        f"{PEPPOL}{rule}": ("reverse_charge", r"VATEX-EU-AE", f"VATEX-EU-{letter}")
        for rule, letter in [
            ("P0108", "D"),
            ("P0109", "F"),
            ("P0110", "I"),
            ("P0111", "J"),
        ]
    },
    f"{COMMON}R043": (
        "wallet",
        r'(<cbc:EndpointID schemeID="0208">)0403170701',
        r"\g<1>0403170702",
    ),
    "UBL-2.1": ("wallet", r"(<cbc:IssueDate>.*?</cbc:IssueDate>)", r"\1\1"),
    "BR-CO-15": (
        "wallet",
        r'(<cbc:TaxInclusiveAmount currencyID="EUR">)3369\.00',
        r"\g<1>3370.00",
    ),
    "BR-S-08": (
        "wallet",
        r'(<cbc:TaxableAmount currencyID="EUR">)2784\.30',
        r"\g<1>2700.00",
    ),
    "BR-CO-09": ("wallet", r"<cbc:CompanyID>BE0403170701", "<cbc:CompanyID>0403170701"),
}
"""A golden file, broken in one place."""

ALSO = {
    f"{PEPPOL}R053": {"BR-CO-15"},
    f"{PEPPOL}R080": {"UBL-SR-39"},
    f"{PEPPOL}R100": {"UBL-SR-52"},
    f"{PEPPOL}CL001": {"BR-CL-24"},
    f"{PEPPOL}CL002": {"BR-CL-19"},
    f"{PEPPOL}CL003": {"BR-CL-20", "BR-CO-11", "BR-CO-12", "BR-S-08"},
    f"{PEPPOL}CL006": {"BR-CL-06"},
    f"{PEPPOL}CL007": {"BR-CL-04", "BR-CO-15", f"{PEPPOL}R051"},
    f"{PEPPOL}CL008": {"BR-CL-25"},
    f"{PEPPOL}P0101": {"BR-CL-01"},
    "BR-CO-15": {"BR-CO-16"},
    "BR-S-08": {"BR-CO-17", "BR-S-09"},
}
"""The rules that the same break breaks too: most are EN 16931's own word for it."""


def golden(name: str) -> str:
    return (GOLDEN / f"{name}.xml").read_text()


def rules_broken(xml: str) -> set[str]:
    return {one.rule for one in check(xml.encode(), for_peppol=True).errors}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_document_is_refused_under_its_rule(rule: str) -> None:
    name, there, instead = BROKEN[rule]
    broken, count = re.subn(there, instead, golden(name), count=1)
    assert count == 1

    assert rules_broken(broken) == {rule, *ALSO.get(rule, ())}


def test_an_allowance_is_its_base_times_its_percentage() -> None:
    broken = re.sub(
        r'<cbc:Amount currencyID="EUR">([\d.]+)</cbc:Amount>',
        r"<cbc:MultiplierFactorNumeric>50</cbc:MultiplierFactorNumeric>"
        r'<cbc:Amount currencyID="EUR">\1</cbc:Amount>'
        r'<cbc:BaseAmount currencyID="EUR">1.00</cbc:BaseAmount>',
        golden("document_discount"),
        count=1,
    )

    assert f"{PEPPOL}R040" in rules_broken(broken)


@pytest.mark.parametrize(
    ("scheme", "number", "rule"),
    [
        ("0106", "1234567", "R054"),
        ("0190", "123", "R055"),
        ("9944", "NL123456789", "R056-1"),
        ("0217", "123", "R057"),
    ],
)
def test_a_dutch_number_that_is_none_is_a_warning(
    scheme: str, number: str, rule: str
) -> None:
    broken = golden("wallet").replace(
        '<cbc:EndpointID schemeID="0208">0403170701',
        f'<cbc:EndpointID schemeID="{scheme}">{number}',
    )

    report = check(broken.encode(), for_peppol=True)

    assert f"{COMMON}{rule}" in {one.rule for one in report.warnings}


def test_each_rule_is_tried_by_a_broken_document() -> None:
    errors = {rule.id for rule in peppol.RULES if rule.severity is Severity.ERROR}

    assert errors - {*BROKEN, f"{PEPPOL}R040"} == set()


LISTED = """
    R001 R002 R003 R004 R007 R008 R010 R020 R040 R041 R042 R043 R044 R046 R051 R053
    R061 R080 R100 R101 R110 R111 R120 R121 R130 CL001 CL002 CL003 CL006 CL007 CL008
    F001 P0100 P0101 P0104 P0105 P0106 P0107 P0108 P0109 P0110 P0111
"""
"""What Peppol BIS Billing 3.0.21 adds that our documents can meet."""


def test_all_that_our_documents_can_meet_is_checked() -> None:
    known = {rule.id for rule in peppol.RULES}

    assert {f"{PEPPOL}{rule}" for rule in LISTED.split()} <= known
    assert {f"{COMMON}{rule}" for rule in ("R043", "R054", "R055", "R057")} <= known


ODD = {
    "an amount that is no number": (r">3369\.00<", ">NaN<", "UBL-2.1"),
    "an amount without end": (r">2784\.30<", ">Infinity<", "UBL-2.1"),
    "an amount of many digits": (r">3369\.00<", f">{'9' * 60}.00<", "BR-CO-15"),
    "a price of many digits": (
        r"(PriceAmount currencyID=\"EUR\">)600\.00",
        rf"\g<1>{'9' * 60}",
        f"{PEPPOL}R120",
    ),
    "a quantity with an exponent": (
        r"(<cbc:InvoicedQuantity unitCode=\"\w+\">)\d",
        r"\g<1>1E999999999",
        "UBL-2.1",
    ),
    "digits of another script": (
        r'(<cbc:EndpointID schemeID="0208">)0403170701',
        r"\g<1>٠٤٠٣١٧٠٧٠١",
        f"{COMMON}R043",
    ),
    "a date with a space": (
        r"(<cbc:DueDate>)2026-04-01",
        r"\g<1> 2026-04-01",
        f"{PEPPOL}F001",
    ),
    "an amount in no currency": (
        r'(<cbc:PriceAmount currencyID=)"EUR"',
        r'\1"EURO"',
        f"{PEPPOL}CL007",
    ),
    "a comment that hides half a number": (
        r'(<cbc:EndpointID schemeID="0208">0403170701)',
        r"\1<!-- -->2",
        f"{COMMON}R043",
    ),
}


@pytest.mark.parametrize(("there", "instead", "rule"), ODD.values(), ids=ODD)
def test_odd_content_is_a_broken_rule_and_stops_nothing(
    there: str, instead: str, rule: str
) -> None:
    broken, count = re.subn(there, instead, golden("wallet"), count=1)
    assert count == 1

    assert rule in rules_broken(broken)


def test_a_line_is_not_rounded_before_it_is_compared() -> None:
    """R120 lets two cents pass, and not a fraction more."""
    line = (
        r'(<cbc:InvoicedQuantity unitCode="\w+">)[\d.]+(.*?'
        r'<cbc:LineExtensionAmount currencyID="EUR">)[\d.]+(.*?'
        r'<cbc:PriceAmount currencyID="EUR">)[\d.]+'
    )

    def priced(price: str) -> set[str]:
        to = rf"\g<1>1\g<2>100.02\g<3>{price}"
        xml, count = re.subn(line, to, golden("wallet"), count=1, flags=re.DOTALL)
        assert count == 1
        return rules_broken(xml)

    assert f"{PEPPOL}R120" not in priced("100.00")
    assert f"{PEPPOL}R120" in priced("99.995")


def test_each_scheme_that_we_propose_is_on_the_list() -> None:
    """EIN-3: whichever country the client is of."""
    assert set(PEPPOL_SCHEME.values()) <= codes.ENDPOINTS


def test_a_specification_may_say_more_than_peppol_does() -> None:
    longer = golden("wallet").replace("billing:3.0<", "billing:3.0#extended<")

    assert rules_broken(longer) == set()


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.xml")), ids=lambda p: p.stem)
def test_our_own_documents_pass_with_no_warning_either(path: Path) -> None:
    xml = path.read_bytes()

    report = check(xml, for_peppol=b"poacc:billing" in xml)

    assert report.findings == ()


def test_it_is_told_which_rules_a_document_was_held_to() -> None:
    report = check(golden("wallet").encode(), for_peppol=True)

    told = {one["name"]: one["version"] for one in report.rule_sets}
    assert told == {
        "UBL-Invoice-2.1": "2.1",
        "Peppol BIS Billing, own checks": "3.0.21",
        "EN16931-UBL-validation": "1.3.16",
    }
    assert all(re.fullmatch(r"[0-9a-f]{64}", one["sha256"]) for one in report.rule_sets)


OFFICIAL = """<?xml version="1.0"?>
<!-- A set of rules, version 9.8.7 -->
<xsl:stylesheet version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:svrl="http://purl.oclc.org/dsdl/svrl">
  <xsl:template match="/">
    <svrl:schematron-output>
      <svrl:failed-assert id="OWNER-1" flag="%s" location="/Invoice">
        <svrl:text>[OWNER-1]-Never mind.</svrl:text>
      </svrl:failed-assert>
    </svrl:schematron-output>
  </xsl:template>
</xsl:stylesheet>
"""


def test_the_official_rules_run_where_the_owner_put_them(tmp_path: Path) -> None:
    (tmp_path / "official.xslt").write_text(OFFICIAL % "fatal")
    (tmp_path / "notes.txt").write_text("no rules")

    report = check(golden("wallet").encode(), for_peppol=True, rules_dir=tmp_path)

    assert [(one.rule, one.text) for one in report.errors] == [
        ("OWNER-1", "Never mind.")
    ]
    assert ("official", "9.8.7") in {
        (one["name"], one["version"]) for one in report.rule_sets
    }


def test_a_changed_file_of_rules_counts_at_once(tmp_path: Path) -> None:
    rules = tmp_path / "official.xslt"
    rules.write_text(OFFICIAL % "fatal")
    xml = golden("wallet").encode()
    before = check(xml, for_peppol=True, rules_dir=tmp_path)

    rules.write_text(OFFICIAL % "warning")
    after = check(xml, for_peppol=True, rules_dir=tmp_path)

    assert (before.passes, after.passes) == (False, True)


NO_SCHEMATRON = """<xsl:stylesheet version="2.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template match="/">%s</xsl:template>
</xsl:stylesheet>
"""
BAD_RULES = {
    "no XML": "no stylesheet",
    "no stylesheet": "<rules/>",
    "cut off": OFFICIAL[:300],
    "nothing comes of it": NO_SCHEMATRON % "",
    "it reports something else": NO_SCHEMATRON % "<html/>",
    "it stops": NO_SCHEMATRON % '<xsl:message terminate="yes">No</xsl:message>',
}


@pytest.mark.parametrize("content", BAD_RULES.values(), ids=BAD_RULES)
def test_rules_that_cannot_be_run_let_nothing_pass(
    tmp_path: Path, content: str
) -> None:
    (tmp_path / "official.xslt").write_text(content)

    report = check(golden("wallet").encode(), for_peppol=True, rules_dir=tmp_path)

    assert [one.rule for one in report.errors] == ["RULES"]
    assert report.errors[0].text.startswith("official.xslt: ")
    assert "official" not in {one["name"] for one in report.rule_sets}


def test_rules_that_cannot_be_read_let_nothing_pass(tmp_path: Path) -> None:
    (tmp_path / "folder.xslt").mkdir()

    for folder in (tmp_path, tmp_path / "nowhere"):
        report = check(golden("wallet").encode(), for_peppol=True, rules_dir=folder)

        assert [one.rule for one in report.errors] == ["RULES"]


# Reading


BOMB = (
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><Invoice>&b;</Invoice>'
)
MALICIOUS = {
    "a DOCTYPE": (b"<!DOCTYPE Invoice><Invoice/>", "doctype"),
    "a doctype in small letters": (b"<!doctype x><Invoice/>", "doctype"),
    "a bomb of entities": (BOMB.encode(), "doctype"),
    "a bomb in another encoding": (BOMB.encode("utf-16"), "doctype"),
    "a file from outside": (
        b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><Invoice>&y;</Invoice>',
        "doctype",
    ),
    "too much of it": (b"<Invoice>" + b" " * 3000 + b"</Invoice>", "too_large"),
    "no XML": (b"%PDF-1.7", "not_xml"),
    "nothing": (b"", "not_xml"),
    "half a document": (b"<Invoice><cbc:ID>", "not_xml"),
    "an entity that nobody declared": (b"<Invoice>&nbsp;</Invoice>", "not_xml"),
    "an encoding that is none": (
        b'<?xml version="1.0" encoding="nonsense"?><Invoice/>',
        "not_xml",
    ),
    "deep nesting": (b"<a>" * 300 + b"</a>" * 300, "not_xml"),
    "another kind of document": (b"<html/>", "not_ubl"),
}


@pytest.mark.parametrize("what", MALICIOUS)
def test_what_nobody_should_send_is_not_read(what: str) -> None:
    xml, code = MALICIOUS[what]

    with pytest.raises(Unreadable) as refused:
        check(xml, for_peppol=True, max_bytes=2500)

    assert refused.value.code == code


def test_nothing_is_included_from_outside() -> None:
    including = golden("wallet").replace(
        "<cbc:ID>2026-0012</cbc:ID>",
        '<cbc:ID><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" '
        'href="/etc/hostname" parse="text"/></cbc:ID>',
        1,
    )

    assert "UBL-2.1" in rules_broken(including)


def test_a_document_in_another_encoding_is_read_as_it_is() -> None:
    xml = golden("wallet").replace("encoding='UTF-8'", "encoding='UTF-16'")

    assert check(xml.encode("utf-16"), for_peppol=True).passes


def test_several_threads_ask_at_once() -> None:
    xml = golden("wallet").encode()
    broken = xml.replace(b"3369.00", b"3370.00")

    with ThreadPoolExecutor(4) as threads:
        reports = list(
            threads.map(lambda one: check(one, for_peppol=True), [xml, broken] * 8)
        )

    assert [report.passes for report in reports] == [True, False] * 8
