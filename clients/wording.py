"""What the values of the clients app are called, and the reasons of a verdict."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .einvoicing import Exemption, Ground
from .eligibility import LegalForm
from .regions import Region
from .size import Size
from .verdict import Answer

LEGAL_FORMS = {
    LegalForm.SOLE_TRADER: _("sole trader"),
    LegalForm.LIBERAL: _("liberal profession"),
    LegalForm.BV: "BV",
    LegalForm.NV: "NV",
    LegalForm.CV: "CV",
    LegalForm.VOF: "VOF",
    LegalForm.COMMV: "CommV",
    LegalForm.FOREIGN: _("foreign company"),
    LegalForm.VZW: _("VZW (non-profit)"),
    LegalForm.SHELTERED: _("VZW, sheltered workshop"),
    LegalForm.PUBLIC: _("public body"),
    LegalForm.ASSOCIATION: _("association without legal personality"),
    LegalForm.OTHER: _("other"),
}

REGIONS = {
    Region.FLANDERS: _("Flanders"),
    Region.BRUSSELS: _("Brussels"),
    Region.WALLONIA: _("Wallonia"),
    Region.ABROAD: _("abroad"),
    Region.UNKNOWN: _("unknown"),
}

SIZES = {
    Size.SMALL: _("small"),
    Size.MEDIUM: _("medium"),
    Size.LARGE: _("large"),
    Size.UNKNOWN: _("unknown"),
}

ENTERPRISES = {
    Size.SMALL: _("small enterprise"),
    Size.MEDIUM: _("medium-sized enterprise"),
}
"""The sizes that get a subsidy, in full."""

ANSWERS = {
    Answer.YES: _("yes"),
    Answer.NO: _("no"),
    Answer.UNKNOWN: _("unknown"),
}

REASONS = {
    "private_person": _("A private person cannot use the wallet."),
    "flanders": _("The operating seat is in Flanders."),
    "region_unknown": _("The region is not known: check the postcode of the seat."),
    "not_flanders": _("The operating seat is not in Flanders."),
    "size_unknown": _("The size is not known: fill in the staff (FTE)."),
    "too_large": _("The enterprise is too large."),
    "small": _("It is a small enterprise."),
    "medium": _("It is a medium-sized enterprise."),
    "amounts_unknown": _(
        "Turnover and balance total are not known; the staff alone decides here."
    ),
    "legal_form_out": _("This legal form is excluded."),
    "legal_form_unknown": _("The legal form is not known: choose one."),
    "legal_form": _("The legal form is allowed."),
    "public_share_unknown": _("The public participation is not known: fill it in."),
    "public_share": _("Too much of it is publicly owned."),
    "private_share": _("It is privately owned."),
    "agriculture": _("Agriculture and fishery are excluded."),
    "activity_unknown": _(
        "Whether the main activity counts is not known: "
        "fill in the NACE code and load the list of activities."
    ),
    "activity": _("The main activity is on the list."),
    "activity_out": _("The main activity is not on the list."),
    "related": _("It is related to us: no support between related parties."),
    "unrelated": _("It is not related to us."),
}
"""A sentence for each code of ``eligibility``."""

EXEMPTIONS = {
    Exemption.NOT_REACHABLE: _("cannot be reached over Peppol yet"),
    Exemption.OTHER_FORMAT: _("we agreed on another structured format"),
    Exemption.FLAT_RATE: _("flat-rate scheme for VAT"),
    Exemption.BANKRUPT: _("declared bankrupt"),
    Exemption.ASKS_FOR_IT: _("not bound to it, but asks for e-invoices"),
}

GROUNDS = {
    Ground.VAT_LIABLE: _("VAT-liable in Belgium: the e-invoice is the invoice."),
    Ground.ASKS_FOR_IT: _("Asks for e-invoices: the e-invoice is the invoice."),
    Ground.PRIVATE_PERSON: _("A private person: the PDF is the invoice."),
    Ground.ABROAD: _("A client abroad: the PDF is the invoice."),
    Ground.ONLY_EXEMPT: _("Does only exempt work (art. 44): the PDF is the invoice."),
    Ground.NOT_LIABLE: _("Not VAT-liable: the PDF is the invoice."),
    Ground.NOT_REACHABLE: _(
        "Cannot be reached over Peppol yet: the PDF is the invoice for now."
    ),
    Ground.OTHER_FORMAT: _("Another structured format was agreed, outside Peppol."),
    Ground.FLAT_RATE: _("In the flat-rate scheme for VAT: the PDF is the invoice."),
    Ground.BANKRUPT: _("Declared bankrupt: the PDF is the invoice."),
}
"""What decides how a client is invoiced (EIN-1), as sentences."""
