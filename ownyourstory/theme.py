"""How the admin looks and what its menu holds: settings of its theme, and no more."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _


def _page(title: Any, icon: str, name: str, *, needs: str = "") -> dict[str, Any]:
    """Return an entry of the menu; ``needs`` is the permission of a page of its own."""
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{name}"),
        "permission": partial(_may, needs) if needs else partial(_may_open, name),
    }


def _may(permission: str, request: HttpRequest) -> bool:
    return request.user.has_perm(permission)


def _may_open(name: str, request: HttpRequest) -> bool:
    """Tell whether the user may see the list that an entry of the menu leads to."""
    app, _separator, rest = name.partition("_")
    model, _separator, page = rest.rpartition("_")
    return page not in {"changelist", "open"} or any(
        request.user.has_perm(f"{app}.{action}_{model}")
        for action in ("view", "change")
    )


def _stylesheet(_request: HttpRequest) -> str:
    return static("house/admin.css")


THEME = {
    "SITE_TITLE": "Own Your Story",
    "SITE_HEADER": "Own Your Story",
    "SITE_SUBHEADER": _("clients and invoices"),
    "SITE_SYMBOL": "auto_stories",
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "SHOW_BACK_BUTTON": True,
    "DASHBOARD_CALLBACK": "ownyourstory.dashboard.start_page",
    "STYLES": [_stylesheet],
    # The aubergine of the printed documents.
    "COLORS": {
        "primary": {
            "50": "#fbf6f9",
            "100": "#f5eaf0",
            "200": "#ead5e2",
            "300": "#d9b3ca",
            "400": "#c085a8",
            "500": "#a25d87",
            "600": "#864569",
            "700": "#6d3655",
            "800": "#5a2b49",
            "900": "#4b2142",
            "950": "#2d1026",
        },
    },
    "SIDEBAR": {
        "show_search": True,
        "navigation": [
            {
                "items": [
                    _page(_("Start"), "home", "index"),
                    _page(_("Clients"), "groups", "clients_client_changelist"),
                    _page(_("Programs"), "school", "programs_program_changelist"),
                    _page(_("Courses"), "event", "programs_course_changelist"),
                    _page(
                        _("Enrolments"), "how_to_reg", "programs_enrolment_changelist"
                    ),
                    _page(
                        _("Invoices"), "receipt_long", "invoicing_invoice_changelist"
                    ),
                    _page(
                        _("Open amounts"),
                        "hourglass_top",
                        "invoicing_receipt_changelist",
                    ),
                    _page(_("Payments"), "payments", "invoicing_payment_changelist"),
                    _page(
                        _("Bank files"),
                        "account_balance_wallet",
                        "invoicing_bankfile_changelist",
                    ),
                    _page(
                        _("For the accountant"),
                        "folder_zip",
                        "invoicing_exports_books",
                        needs="invoicing.export_books",
                    ),
                    _page(
                        _("Reminders"), "notifications", "programs_reminder_changelist"
                    ),
                    _page(
                        _("Payment reminders"),
                        "schedule_send",
                        "invoicing_dunningnotice_changelist",
                    ),
                    _page(_("Outgoing post"), "outbox", "outbox_dispatch_changelist"),
                ],
            },
            {
                "title": _("Settings"),
                "separator": True,
                "collapsible": True,
                "items": [
                    _page(
                        _("Own company"), "storefront", "invoicing_seller_changelist"
                    ),
                    _page(_("Mail texts"), "edit_note", "mail_mailtext_changelist"),
                    _page(
                        _("Registrations"),
                        "verified",
                        "programs_registration_changelist",
                    ),
                    _page(
                        _("Terms of the scheme"),
                        "percent",
                        "programs_schemeterms_changelist",
                    ),
                    _page(
                        _("Days of the reminders"),
                        "notification_settings",
                        "programs_reminderplan_changelist",
                    ),
                    _page(
                        _("Calendar addresses"),
                        "calendar_add_on",
                        "programs_calendarfeed_changelist",
                    ),
                    _page(_("Themes"), "sell", "programs_theme_changelist"),
                    _page(
                        _("Excluded contents"),
                        "block",
                        "programs_excludedcontent_changelist",
                    ),
                    _page(
                        _("Conditions for clients"),
                        "rule",
                        "clients_conditions_changelist",
                    ),
                    _page(
                        _("Eligible activities"),
                        "work",
                        "clients_activity_changelist",
                    ),
                    _page(
                        _("VAT rates"),
                        "account_balance",
                        "invoicing_vatrate_changelist",
                    ),
                    _page(
                        _("Bookkeeping"),
                        "menu_book",
                        "invoicing_bookkeeping_changelist",
                    ),
                    _page(
                        _("Accounts and VAT codes"),
                        "pin",
                        "invoicing_ledgercode_changelist",
                    ),
                    _page(
                        _("Reminder rules"),
                        "rule_settings",
                        "invoicing_dunningsettings_changelist",
                    ),
                    _page(
                        _("Reminder steps"),
                        "stairs",
                        "invoicing_dunninglevel_changelist",
                    ),
                    _page(
                        _("Late interest"),
                        "trending_up",
                        "invoicing_lateinterest_changelist",
                    ),
                    _page(
                        _("Costs for private persons"),
                        "price_change",
                        "invoicing_consumerlumpsum_changelist",
                    ),
                    _page(
                        _("Number series"), "tag", "invoicing_numberseries_changelist"
                    ),
                    _page(
                        _("Closed periods"),
                        "lock",
                        "invoicing_bookclosing_changelist",
                    ),
                    _page(_("Users"), "person", "auth_user_changelist"),
                ],
            },
        ],
    },
}
