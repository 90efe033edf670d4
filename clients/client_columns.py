"""What a list of clients may hold, and what people call it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from clients.eligibility import LegalForm
from clients.models import ClientKind, Contact, VatLiability
from clients.wording import LEGAL_FORMS
from ownyourstory.importing.columns import (
    YES_OR_NO,
    Choice,
    Column,
    lines,
    number,
    text,
)
from ownyourstory.importing.reading import Cell

KIND: Final = Choice(
    lambda: dict(ClientKind.choices),
    also={
        **dict.fromkeys(["bedrijf", "zakelijk", "firma", "société"], "business"),
        **dict.fromkeys(["privé", "privépersoon", "persoon", "personne"], "person"),
    },
)
LEGAL_FORM = Choice(
    lambda: LEGAL_FORMS,
    also={
        **dict.fromkeys(["bvba", "sprl", "srl"], LegalForm.BV),
        **dict.fromkeys(["sa"], LegalForm.NV),
        **dict.fromkeys(["cvba", "sc", "scrl"], LegalForm.CV),
        **dict.fromkeys(["snc"], LegalForm.VOF),
        **dict.fromkeys(["gcv", "scs", "scomm"], LegalForm.COMMV),
        **dict.fromkeys(["asbl"], LegalForm.VZW),
        **dict.fromkeys(["zelfstandige", "indépendant"], LegalForm.SOLE_TRADER),
    },
)
VAT_LIABILITY = Choice(
    lambda: dict(VatLiability.choices),
    also={
        **dict.fromkeys(["ja", "oui", "yes"], VatLiability.LIABLE),
        **dict.fromkeys(["nee", "non", "no"], VatLiability.NOT_LIABLE),
        **dict.fromkeys(
            ["kleine onderneming", "vrijstellingsregeling", "franchise"],
            VatLiability.SMALL_ENTERPRISE,
        ),
        **dict.fromkeys(
            ["vrijgesteld", "art. 44", "exempté"], VatLiability.ONLY_EXEMPT
        ),
    },
)
COUNTRY: Final = Choice(
    lambda: dict(countries),
    also={"holland": "NL", "engeland": "GB", "angleterre": "GB", "england": "GB"},
    hint=_("This is no country. Write its name, or its code: BE."),
)
LANGUAGE = Choice(
    lambda: dict(settings.LANGUAGES),
    also={"n": "nl", "f": "fr", "e": "en", "vlaams": "nl"},
)


def nace(cell: Cell) -> str:
    """Return a NACE code, also where a spreadsheet made ``1.11`` of ``01.11``."""
    found = text(cell)
    return found.zfill(len(found) + 1) if found[1:2] == "." else found


def phone(cell: Cell) -> str:
    """Return a telephone number, with the zero or plus that a spreadsheet dropped."""
    found = text(cell)
    if isinstance(cell, Decimal) and found.isdecimal():
        return f"0{found}" if len(found) in {8, 9} else f"+{found}"
    return found


def _called(nl: str, fr: str, en: str) -> dict[str, tuple[str, ...]]:
    """Return the names of a column by language; ``|`` stands between several."""
    names = {"nl": nl, "fr": fr, "en": en}
    return {language: tuple(each.split("|")) for language, each in names.items()}


COLUMNS: Final = (
    Column(
        name="legal_name",
        headers=_called(
            "Officiële naam|Naam|Bedrijfsnaam|Klant|Naam klant|Firma",
            "Nom officiel|Nom|Raison sociale|Dénomination|Société|Client",
            "Legal name|Name|Company|Company name|Client",
        ),
        example="Bakkerij De Korenaar BV",
        is_needed=True,
        help_text=_("As in the company register; for a private person the full name."),
    ),
    Column(
        name="trade_name",
        headers=_called("Handelsnaam|Roepnaam", "Nom commercial", "Trade name"),
        example="De Korenaar",
    ),
    Column(
        name="kind",
        headers=_called(
            "Soort klant|Soort|Type|Type klant",
            "Type de client|Type|Genre",
            "Kind|Kind of client|Type of client",
        ),
        read=KIND,
        example={"nl": "onderneming", "fr": "entreprise", "en": "business"},
        help_text=_("Empty: a business."),
    ),
    Column(
        name="legal_form",
        headers=_called("Rechtsvorm", "Forme juridique", "Legal form"),
        read=LEGAL_FORM,
        example="BV",
    ),
    Column(
        name="enterprise_number",
        headers=_called(
            "Ondernemingsnummer|KBO-nummer|KBO|Ondernemingsnr",
            "Numéro d'entreprise|N° d'entreprise|BCE|Numéro BCE",
            "Enterprise number|Company number|CBE number",
        ),
        example="0100.000.565",
        help_text=_("Belgian, in any notation. By it a client is known again."),
    ),
    Column(
        name="foreign_vat_number",
        headers=_called(
            "Btw-nummer|Btw|Btw-nr|Btw-nummer in het buitenland",
            "Numéro de TVA|TVA|N° de TVA|N° TVA|Numéro de TVA à l'étranger",
            "VAT number|VAT|VAT number abroad",
        ),
        help_text=_("Of clients abroad; a Belgian one may stand here too."),
    ),
    Column(
        name="vat_liability",
        headers=_called(
            "Btw-plicht|Btw-plichtig|Btw-statuut",
            "Régime TVA|Assujetti|Assujettissement à la TVA",
            "VAT liability|VAT-liable",
        ),
        read=VAT_LIABILITY,
        example={
            "nl": "btw-plichtig",
            "fr": "assujetti à la TVA",
            "en": "VAT-liable",
        },
        help_text=_("Empty: VAT-liable; a private person never is."),
    ),
    Column(
        name="street",
        headers=_called(
            "Straat en nummer|Straat|Adres|Straat en huisnummer",
            "Rue et numéro|Rue|Adresse",
            "Street and number|Street|Address",
        ),
        example="Kerkstraat 1",
        is_needed=True,
    ),
    Column(
        name="postal_code",
        headers=_called(
            "Postcode|Postnummer", "Code postal|CP", "Postcode|Postal code|Zip code"
        ),
        example="9000",
        is_needed=True,
    ),
    Column(
        name="city",
        headers=_called(
            "Gemeente|Plaats|Woonplaats|Stad", "Localité|Commune|Ville", "Town|City"
        ),
        example="Gent",
        is_needed=True,
    ),
    Column(
        name="country",
        headers=_called("Land|Landcode", "Pays|Code pays", "Country|Country code"),
        read=COUNTRY,
        example={"nl": "België", "fr": "Belgique", "en": "Belgium"},
        help_text=_("Its name or its code. Empty: Belgium."),
    ),
    Column(
        name="seat_street",
        headers=_called(
            "Exploitatiezetel: straat en nummer|Exploitatiezetel straat",
            "Siège d'exploitation : rue et numéro|Siège d'exploitation rue",
            "Operating seat: street and number|Operating seat street",
        ),
        help_text=_("Only if they work elsewhere than at their address."),
    ),
    Column(
        name="seat_postal_code",
        headers=_called(
            "Exploitatiezetel: postcode",
            "Siège d'exploitation : code postal",
            "Operating seat: postcode",
        ),
    ),
    Column(
        name="seat_city",
        headers=_called(
            "Exploitatiezetel: gemeente",
            "Siège d'exploitation : localité",
            "Operating seat: town",
        ),
    ),
    Column(
        name="language",
        headers=_called("Taal|Taalcode", "Langue", "Language"),
        read=LANGUAGE,
        example={"nl": "Nederlands", "fr": "néerlandais", "en": "Dutch"},
        help_text=_("Of the invoices and letters this client gets. Empty: Dutch."),
    ),
    Column(
        name="invoice_email",
        headers=_called(
            "E-mail voor facturen|E-mail|Mail|E-mailadres|E-mail facturatie",
            "E-mail pour les factures|E-mail|Courriel|Adresse e-mail",
            "E-mail for invoices|E-mail|Mail|E-mail address",
        ),
        example="facturen@dekorenaar.example",
    ),
    Column(
        name="reference",
        headers=_called(
            "Hun eigen referentie|Referentie|Bestelbonnummer",
            "Leur propre référence|Référence",
            "Their own reference|Reference",
        ),
        help_text=_("Printed on each invoice, where the client asks for one."),
    ),
    Column(
        name="fte",
        headers=_called(
            "Personeel (VTE)|VTE|Aantal VTE|Personeel|FTE",
            "Personnel (ETP)|ETP|Personnel",
            "Staff (FTE)|FTE|Staff",
        ),
        read=number,
        example="3,5",
    ),
    Column(
        name="turnover",
        headers=_called(
            "Omzet (EUR per jaar)|Omzet|Jaaromzet",
            "Chiffre d'affaires (EUR par an)|Chiffre d'affaires",
            "Turnover (EUR a year)|Turnover",
        ),
        read=number,
        example="450.000",
    ),
    Column(
        name="balance_total",
        headers=_called(
            "Balanstotaal (EUR)|Balanstotaal",
            "Total du bilan (EUR)|Total du bilan",
            "Balance total (EUR)|Balance total",
        ),
        read=number,
    ),
    Column(
        name="counts_linked_firms",
        headers=_called(
            "Partner- en verbonden ondernemingen meegeteld|Verbonden meegeteld",
            "Entreprises partenaires et liées comprises|Liées comprises",
            "Partner and linked firms counted in",
        ),
        read=YES_OR_NO,
        help_text=_("yes or no"),
    ),
    Column(
        name="public_share",
        headers=_called(
            "Overheidsparticipatie (%)|Overheidsparticipatie",
            "Participation publique (%)|Participation publique",
            "Public participation (%)|Public participation",
        ),
        read=number,
    ),
    Column(
        name="nace",
        headers=_called(
            "Hoofdactiviteit (NACE)|NACE|NACE-code",
            "Activité principale (NACE)|NACE|Code NACE",
            "Main activity (NACE)|NACE|NACE code",
        ),
        read=nace,
        example="10.71",
    ),
    Column(
        name="notes",
        headers=_called(
            "Notities voor jezelf|Notities|Opmerkingen|Nota's",
            "Notes pour vous-même|Notes|Remarques",
            "Notes for yourself|Notes|Remarks",
        ),
        read=lines,
    ),
    Column(
        name="contact_name",
        headers=_called(
            "Contactpersoon|Contact|Contactpersoon: naam|Contact naam",
            "Personne de contact|Contact|Personne de contact : nom",
            "Contact person|Contact|Contact name",
        ),
        example="Els Voorbeeld",
        part=Contact,
        help_text=_("For several people: a row for each, with the client repeated."),
    ),
    Column(
        name="contact_role",
        headers=_called(
            "Contactpersoon: functie|Functie",
            "Personne de contact : fonction|Fonction",
            "Contact person: role|Role|Function",
        ),
        example={"nl": "zaakvoerder", "fr": "gérante", "en": "manager"},
        part=Contact,
    ),
    Column(
        name="contact_email",
        headers=_called(
            "Contactpersoon: e-mail|E-mail contactpersoon|E-mail contact",
            "Personne de contact : e-mail|E-mail contact",
            "Contact person: e-mail|Contact e-mail",
        ),
        example="els@dekorenaar.example",
        part=Contact,
    ),
    Column(
        name="contact_phone",
        headers=_called(
            "Contactpersoon: telefoon|Telefoon|Tel|Gsm|Telefoon contact",
            "Personne de contact : téléphone|Téléphone|Tél|GSM",
            "Contact person: phone|Phone|Telephone|Mobile",
        ),
        read=phone,
        example="09 123 45 67",
        part=Contact,
    ),
)
