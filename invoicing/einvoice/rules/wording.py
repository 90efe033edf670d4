"""What a finding means to the owner: what is wrong, and what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .finding import Finding
from .reader import Unreadable
from .schematron import UNUSABLE

BUYER_ID = gettext_lazy("The client has no Peppol id that can be used.")
SELLER_ID = gettext_lazy("Your own company has no Peppol id that can be used.")
FILL_IN_CLIENT = gettext_lazy("Check the client: enterprise number and Peppol id.")
FILL_IN_SELLER = gettext_lazy("Check Own company: enterprise number.")
VAT_NUMBERS = gettext_lazy("A VAT number is missing or is not well formed.")
CHECK_VAT_NUMBERS = gettext_lazy(
    "Check the VAT number of the client and that of Own company."
)
ADDRESS = gettext_lazy("An address is not complete.")
CHECK_ADDRESS = gettext_lazy("Fill in street, postcode, town and country.")
LINES = gettext_lazy("A line does not come out right.")
CHECK_LINES = gettext_lazy("Check quantity, price and discount of each line.")
TREATMENT = gettext_lazy("The VAT of the lines does not fit together.")
CHECK_TREATMENT = gettext_lazy("Check how VAT is charged on each line.")

WORDS = {
    "PEPPOL-EN16931-R003": (
        gettext_lazy("The client's own reference is missing."),
        gettext_lazy("Fill in their order number, or their reference on the client."),
    ),
    "PEPPOL-EN16931-R010": (BUYER_ID, FILL_IN_CLIENT),
    "PEPPOL-EN16931-R020": (SELLER_ID, FILL_IN_SELLER),
    "PEPPOL-EN16931-CL008": (BUYER_ID, FILL_IN_CLIENT),
    "PEPPOL-COMMON-R043": (
        gettext_lazy("A Belgian enterprise number is not well formed."),
        gettext_lazy("Check the enterprise number of the client and of Own company."),
    ),
    "PEPPOL-EN16931-R120": (LINES, CHECK_LINES),
    "BR-06": (
        gettext_lazy("Your own name is missing."),
        gettext_lazy("Fill in your name under Own company."),
    ),
    "BR-07": (
        gettext_lazy("The client has no name."),
        gettext_lazy("Fill it in on the client."),
    ),
    "BR-08": (ADDRESS, CHECK_ADDRESS),
    "BR-09": (ADDRESS, CHECK_ADDRESS),
    "BR-10": (ADDRESS, CHECK_ADDRESS),
    "BR-11": (ADDRESS, CHECK_ADDRESS),
    "BR-25": (
        gettext_lazy("A line says nothing."),
        gettext_lazy("Describe what you charge for on each line."),
    ),
    "BR-27": (LINES, CHECK_LINES),
    "BR-50": (
        gettext_lazy("Your account is missing."),
        gettext_lazy("Fill in the IBAN under Own company."),
    ),
    "BR-CO-09": (VAT_NUMBERS, CHECK_VAT_NUMBERS),
    "BR-CO-25": (
        gettext_lazy("There is no due date."),
        gettext_lazy("Check the payment term under Own company."),
    ),
    "BR-CO-26": (SELLER_ID, FILL_IN_SELLER),
    "BR-AE-02": (VAT_NUMBERS, CHECK_VAT_NUMBERS),
    "BR-CL-14": (ADDRESS, CHECK_ADDRESS),
    "BR-CL-25": (BUYER_ID, FILL_IN_CLIENT),
    "BR-O-11": (TREATMENT, CHECK_TREATMENT),
    "UBL-2.1": (
        gettext_lazy("The e-invoice is not built as it should be."),
        gettext_lazy("This is a fault of the program: nothing was issued."),
    ),
}
"""Message and remedy of the rules that something typed can break."""

OF_THE_CLIENT = {
    "PEPPOL-EN16931-R003",
    "PEPPOL-EN16931-R010",
    "BR-07",
    "BR-10",
    "BR-11",
    "BR-AE-02",
}
OF_THE_SELLER = {"PEPPOL-EN16931-R020", "BR-06", "BR-08", "BR-09", "BR-CO-26"}
"""The rules of EN 16931 find a fault of either on the document as a whole."""


def in_words(finding: Finding) -> tuple[str, str]:
    """Return what is wrong and what to do about it, in the active language.

    A rule that has no words of ours speaks its own, in English.
    """
    if finding.rule in WORDS:
        message, remedy = WORDS[finding.rule]
        return str(message), str(remedy)
    if finding.rule == UNUSABLE:
        return (
            _("Rules that an e-invoice is held to cannot be run: %s") % finding.text,
            _(
                "Put that file right, or take it out of the folder that "
                "EINVOICE_RULES_DIR names."
            ),
        )
    if finding.rule.startswith("OWN-"):
        return (
            _("The e-invoice does not say exactly what the invoice says: %s")
            % finding.text,
            _("This is a fault of the program: nothing was issued."),
        )
    return (
        _("The e-invoice breaks a rule: %s") % finding.text,
        _("Check the client, the lines and Own company."),
    )


UNREADABLE = {
    "too_large": gettext_lazy("It is too large (%s bytes)."),
    "doctype": gettext_lazy("It holds a DOCTYPE, which no e-invoice may."),
    "not_xml": gettext_lazy("It is no XML: %s"),
    "not_ubl": gettext_lazy("It is no UBL invoice or credit note but %s."),
}


def refusal_in_words(error: Unreadable) -> str:
    """Return why a file is not read at all, in the active language."""
    text = str(UNREADABLE[error.code])
    return text % error.detail if "%s" in text else text
