"""A verdict on the pages of the admin: a label in lists, a panel on the form."""

from __future__ import annotations

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clients.verdict import Answer, Verdict
from clients.wording import ANSWERS
from ownyourstory.listing import Colour, label

COLOURS = {
    Answer.YES: Colour.GREEN,
    Answer.NO: Colour.RED,
    Answer.UNKNOWN: Colour.AMBER,
}

Wording = Mapping[str, str | Promise]


def verdict_label(verdict: Verdict, *, wording: Wording) -> SafeString:
    """Return the answer as a coloured label; its grounds show under the pointer."""
    deciding = verdict.saying(verdict.answer)
    return label(
        ANSWERS[verdict.answer],
        COLOURS[verdict.answer],
        title="\n".join(str(wording[reason.code]) for reason in deciding),
    )


def verdict_panel(verdict: Verdict, *, wording: Wording) -> SafeString:
    """Return the answer with every reason, what stands in the way first."""
    order = [Answer.NO, Answer.UNKNOWN, Answer.YES]
    return render_to_string(
        "admin/_verdict.html",
        {
            "answer": label(ANSWERS[verdict.answer], COLOURS[verdict.answer]),
            "reasons": [
                {
                    "icon": _ICONS[reason.answer],
                    "sentence": wording[reason.code],
                    "rule": reason.rule,
                }
                for reason in sorted(
                    verdict.reasons, key=lambda reason: order.index(reason.answer)
                )
            ],
        },
    )


def nothing_known() -> SafeString:
    """Return the label for when the conditions of today are missing."""
    return label(
        ANSWERS[Answer.UNKNOWN],
        COLOURS[Answer.UNKNOWN],
        title=_("There are no conditions for clients today: add them under Settings."),
    )


_ICONS = {Answer.YES: "check_circle", Answer.NO: "cancel", Answer.UNKNOWN: "help"}
