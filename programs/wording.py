"""What the values of the programs app are called, and the reasons of a verdict."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from clients.size import Size

from .eligibility import Delivery, Kind
from .evidence import Lamp, Piece, Standing
from .road import State
from .timetable import Kind as LastDay

KINDS = {Kind.TRAINING: _("training"), Kind.ADVICE: _("advice")}

DELIVERIES = {
    Delivery.OPEN: _("open course"),
    Delivery.IN_COMPANY: _("in-company"),
    Delivery.LIVE_ONLINE: _("online with live guidance"),
    Delivery.SELF_PACED: _("self-paced e-learning"),
}

SUBSIDISED_SIZES = {Size.SMALL: _("small"), Size.MEDIUM: _("medium")}

STATES = {
    State.AGREED: _("agreed"),
    State.APPLIED: _("applied for"),
    State.CONTRIBUTED: _("own contribution paid in"),
    State.SUBSIDISED: _("subsidy added"),
    State.ORDERED: _("payment ordered"),
    State.PAID: _("paid by the wallet"),
    State.REFUSED_BY_PROVIDER: _("refused by us"),
    State.REFUSED_BY_AGENCY: _("refused by the agency"),
    State.STOPPED: _("stopped"),
    State.LAPSED: _("lapsed"),
}
"""How far a dossier is (DOS-1)."""

STEPS = {
    State.APPLIED: _("Client applied"),
    State.CONTRIBUTED: _("Own contribution paid in"),
    State.SUBSIDISED: _("Subsidy added"),
    State.ORDERED: _("Payment ordered"),
    State.PAID: _("Paid by the wallet"),
    State.REFUSED_BY_PROVIDER: _("Refuse the application"),
    State.REFUSED_BY_AGENCY: _("Refused by the agency"),
    State.STOPPED: _("Stopped"),
    State.LAPSED: _("Lapsed"),
    State.AGREED: _("Agreed"),
}
"""What the button of each step says."""

DEADLINES = {
    LastDay.APPLY: _("apply for the subsidy"),
    LastDay.CONTRIBUTE: _("pay in the own contribution"),
    LastDay.ORDER: _("order the payment"),
    LastDay.FINISH: _("training ended, paid by the wallet"),
    LastDay.REGISTRATION: _("wallet invoice, while we are registered"),
    LastDay.ISSUE: _("issue the invoice"),
}
"""What must happen by a last day (DOS-2 to DOS-5, REG-6, INV-5)."""

REMINDED_OF = {
    LastDay.APPLY: _("before the last day to apply"),
    LastDay.CONTRIBUTE: _("before the last day for the own contribution"),
    LastDay.ORDER: _("after the subsidy was added, while no payment is ordered"),
    LastDay.FINISH: _("before the last day on which the wallet pays"),
}
"""What clients are reminded of, and from when the days count."""

REASONS = {
    "advice": _("Advice is never eligible."),
    "training": _("It is training."),
    "theme": _("It falls in a theme of the scheme."),
    "theme_missing": _("Choose the theme it falls in."),
    "self_paced": _("Self-paced e-learning without guidance is excluded."),
    "guided": _("It is given by a trainer."),
    "content_excluded": _("Its content is excluded: see the checklist."),
    "checklist_open": _("The checklist is not answered in full."),
    "content_allowed": _("Nothing on the checklist excludes it."),
    "registered": _("Our registration holds on the first day."),
    "not_registered": _("Our registration does not hold on the first day."),
    "no_day_yet": _("The course has no session days yet."),
    "conditions_missing": _("There are no conditions for clients on that day."),
}
"""A sentence for each code of ``eligibility``."""

PIECES = {
    Piece.CONFIRMATION: _("enrolment confirmation"),
    Piece.ATTENDANCE: _("attendance, signed"),
    Piece.CERTIFICATE: _("certificates"),
    Piece.INVOICE: _("invoice"),
    Piece.PAYMENT: _("payment"),
}
"""What the file of a dossier holds (DOS-9)."""

STANDINGS = {
    Standing.THERE: _("in order"),
    Standing.LATER: _("still to come"),
    Standing.MISSING: _("missing"),
}

LAMPS = {
    Lamp.GREEN: _("complete"),
    Lamp.AMBER: _("on its way"),
    Lamp.RED: _("incomplete"),
}

GAPS = {
    "no_confirmation": _("Attach the confirmation that the client signed."),
    "no_days": _("The course has no days yet."),
    "nobody": _("No participants are named yet."),
    "not_recorded": _("%(day)s: not filled in for %(names)s."),
    "not_signed": _("%(day)s: not signed by %(names)s."),
    "no_certificate": _("No certificate for %(names)s."),
    "no_invoice": _("No invoice was issued."),
    "not_paid": _("Not all of it was paid yet."),
}
"""A sentence for each code of ``evidence``; people in ``names``."""
