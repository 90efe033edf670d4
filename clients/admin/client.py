"""The pages of a client: one list, one screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import action
from unfold.views import ChangeList
from unfold.widgets import UnfoldAdminSelect2Widget

from clients.eligibility import client_verdict
from clients.identifiers import format_vat_number
from clients.models import Client, Conditions, Contact, ElsewhereUse
from clients.regions import Region
from clients.size import Size
from clients.verdict import Verdict
from clients.wording import GROUNDS, REASONS, REGIONS, SIZES
from ownyourstory.history import update_with_history
from ownyourstory.importing.page import Task, import_view
from ownyourstory.listing import ArchiveFilter, is_autocomplete, on_one_line, two_lines
from ownyourstory.pages import KeptPage, Rows

from .forms import ClientForm, ElsewhereForm
from .verdicts import nothing_known, verdict_label, verdict_panel


class JudgedClient(Protocol):
    """A client with what the conditions of today make of it: see ``judge``."""

    verdict: Verdict | None
    size_now: Size


def judge(clients: Iterable[Any]) -> None:
    """Make each of ``clients`` a ``JudgedClient``; the conditions are read once."""
    conditions = Conditions.objects.on(timezone.localdate())
    for client in clients:
        client.verdict, client.size_now = None, Size.UNKNOWN
        if conditions is not None:
            client.verdict = client_verdict(client.facts(), conditions=conditions)
            client.size_now = client.size(conditions.sizes)


class ClientList(ChangeList):
    """The list of clients, judged a page at a time."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        judge(self.result_list)


class RegionFilter(DropdownFilter):
    """By region; a generated column has no choices of its own to filter by."""

    title = _("region")
    parameter_name = "region"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(region.value, str(name)) for region, name in REGIONS.items()]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Client]
    ) -> QuerySet[Client]:
        chosen = self.value()
        return queryset.filter(region=chosen) if chosen else queryset


class ContactRows(Rows):
    model = Contact
    fields = ["name", "role", "email", "phone", "gets_invoices"]
    starts_with_a_row = True


class ElsewhereRows(Rows):
    form = ElsewhereForm
    model = ElsewhereUse
    fields = ["year", "amount", "told_on"]


@admin.register(Client)
class ClientAdmin(KeptPage):
    form = ClientForm
    list_display = [
        "name_and_number",
        "town_and_region",
        "size",
        "eligibility",
        "language",
        "vat",
    ]
    list_filter = [
        RegionFilter,
        ("kind", ChoicesDropdownFilter),
        ("language", ChoicesDropdownFilter),
        ("vat_liability", ChoicesDropdownFilter),
        ArchiveFilter,
    ]
    # Where the box looks is written in ClientQuerySet.search; Django shows no box,
    # and allows no autocomplete, without a list here.
    search_fields = ["legal_name"]
    search_help_text = _(
        "Name, contact person, town, e-mail, or a number: any notation."
    )
    inlines = [ContactRows, ElsewhereRows]
    actions = ["archive", "take_back"]
    actions_list = ["import_list"]
    change_form_outer_before_template = "admin/clients/_client_links.html"

    WHO = (
        _("Who it is"),
        {
            "fields": [
                ("kind", "legal_form"),
                ("legal_name", "trade_name"),
                ("enterprise_number", "vat_liability"),
                "foreign_vat_number",
            ],
        },
    )
    ADDRESS = (_("Address"), {"fields": ["street", ("postal_code", "city"), "country"]})
    SEAT = (
        _("Operating seat, if it is elsewhere"),
        {
            "classes": ["collapse"],
            "description": _(
                "The wallet looks at the place where they work, not at the registered "
                "office. Leave this empty if the two are the same."
            ),
            "fields": ["seat_street", ("seat_postal_code", "seat_city")],
        },
    )
    INVOICING_FIELDS = (
        ("language", "invoice_email"),
        "reference",
        ("peppol_id", "einvoice_exemption"),
    )
    WALLET_FIELDS = (
        ("fte", "counts_linked_firms"),
        ("turnover", "balance_total"),
        ("public_share", "nace"),
        "is_related",
    )
    ASIDE = (_("For yourself"), {"fields": ["notes", "is_archived"]})

    def get_fieldsets(self, request: HttpRequest, obj: Client | None = None) -> Any:
        invoicing = (
            _("Invoices"),
            {"fields": [*(["invoiced_how"] if obj else []), *self.INVOICING_FIELDS]},
        )
        judged = ["verdict_now"] if obj else []
        wallet = (
            _("For the KMO-portefeuille"),
            {
                "description": _(
                    "Only needed to tell whether this client gets a subsidy, and how "
                    "much. What you do not know can stay empty."
                ),
                "fields": [*judged, *self.WALLET_FIELDS],
            },
        )
        return [self.WHO, self.ADDRESS, self.SEAT, invoicing, wallet, self.ASIDE]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Client | None = None
    ) -> list[str]:
        return ["verdict_now", "invoiced_how"]

    def formfield_for_choice_field(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "country":
            kwargs["widget"] = UnfoldAdminSelect2Widget()
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ClientList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Client], search_term: str
    ) -> tuple[QuerySet[Client], bool]:
        if is_autocomplete(request):
            queryset = queryset.filter(is_archived=False)
        if term := search_term.strip():
            queryset = queryset.filter(pk__in=Client.objects.search(term))
        return queryset, False

    # What the list shows

    @admin.display(description=_("client"), ordering="legal_name")
    def name_and_number(self, client: Client) -> SafeString:
        return two_lines(client, client.number)

    @admin.display(description=_("town"), ordering="city")
    def town_and_region(self, client: Client) -> SafeString:
        return two_lines(client.city, REGIONS[Region(client.region)])

    @admin.display(description=_("size"))
    def size(self, client: JudgedClient) -> str:
        return str(SIZES[client.size_now])

    @admin.display(description=_("wallet"))
    def eligibility(self, client: JudgedClient) -> SafeString:
        if client.verdict is None:
            return nothing_known()
        return verdict_label(client.verdict, wording=REASONS)

    @admin.display(description=_("VAT number"), ordering="enterprise_number")
    def vat(self, client: Client) -> SafeString:
        return on_one_line(format_vat_number(client.vat_number))

    # What the form shows

    def get_object(self, request: HttpRequest, *args: Any) -> Client | None:
        # Here, for the form reads what it shows several times over.
        client: Client | None = super().get_object(request, *args)
        if client is not None:
            judge([client])
        return client

    @admin.display(description=_("how it is invoiced"))
    def invoiced_how(self, client: Client) -> str:
        return str(GROUNDS[client.einvoice_ground])

    @admin.display(description=_("may use the wallet"))
    def verdict_now(self, client: JudgedClient) -> SafeString:
        if client.verdict is None:
            return nothing_known()
        return verdict_panel(client.verdict, wording=REASONS)

    # What she does with several at once

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    @action(  # type: ignore[untyped-decorator]
        description=_("Import a list"),
        url_path="import",
        icon="upload_file",
        permissions=["import"],
    )
    def import_list(self, request: HttpRequest) -> HttpResponse:
        """Bring in a list of clients; their contact people if the user may do so."""
        may_bring_contacts = all(
            request.user.has_perm(f"clients.{verb}_contact")
            for verb in ("add", "change")
        )
        task = Task(
            resource="clients.importing.ClientResource",
            given={"parts": {Contact} if may_bring_contacts else set()},
            purpose="clients",
            title=gettext("Import a list of clients"),
            intro=gettext(
                "A client that is known already, by its number or else by its name "
                "and postcode, is updated. What is empty in your list stays as it is, "
                "and nobody is deleted."
            ),
            back=reverse("admin:clients_client_changelist"),
            file_name=gettext("clients"),
        )
        return import_view(request, site=self.admin_site, task=task)

    @admin.action(description=_("Archive the selected clients"), permissions=["change"])
    def archive(self, request: HttpRequest, queryset: QuerySet[Client]) -> None:
        count = update_with_history(queryset, is_archived=True)
        message = ngettext("%s client archived.", "%s clients archived.", count)
        self.message_user(request, message % count, messages.SUCCESS)

    @admin.action(
        description=_("Take the selected clients back from the archive"),
        permissions=["change"],
    )
    def take_back(self, request: HttpRequest, queryset: QuerySet[Client]) -> None:
        count = update_with_history(queryset, is_archived=False)
        message = ngettext(
            "%s client is in use again.", "%s clients are in use again.", count
        )
        self.message_user(request, message % count, messages.SUCCESS)
