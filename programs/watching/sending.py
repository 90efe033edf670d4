"""The mail to ourselves that the registration ends: once for each warning (REG-4)."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ownyourstory.mail import channel
from ownyourstory.mail.letters import Letter, Sender
from ownyourstory.outbox import post
from programs.models import Course, Registration, RegistrationWarning

from .registration import Watch, enrolments_of, watch

FROM_HOUR = 8
"""Nobody gets mail at night."""


def send_due() -> None:
    """Mail the warning that stands today, if it did not go out yet (``run_due``)."""
    now = timezone.localtime()
    if now.hour < FROM_HOUR or channel.missing():
        return
    language = settings.LANGUAGE_CODE
    sender: Sender = import_string(settings.MAIL_SENDER)(language)
    if not sender.reply_to:
        return
    with transaction.atomic():
        # Whoever sends it too waits here.
        locked = Registration.objects.for_training().select_for_update()
        list(locked.order_by("pk"))
        found = watch(on=now.date())
        if found is None or found.has_ended or _went_out(found):
            return
        with translation.override(language):
            letter = letter_of(found, language=language)
        dispatch = post.put(
            key=f"registration:{found.ends_on:%Y-%m-%d}:{found.months}",
            channel=channel.NAME,
            recipient=sender.reply_to,
            subject=letter.subject,
            payload=channel.payload(letter, sender=sender, to=[sender.reply_to]),
        )
        RegistrationWarning.objects.create(
            ends_on=found.ends_on, months=found.months, dispatch=dispatch
        )


def letter_of(found: Watch, *, language: str) -> Letter:
    """Return the warning as a letter, in the active language."""
    end = date_format(found.ends_on, "j F Y")
    paragraphs = [
        _("Our registration for training ends on %s.") % end,
        ngettext("That is in %s day.", "That is in %s days.", found.days_left)
        % found.days_left,
        _(
            "A renewal takes an audit of weeks, and a list of all subsidised dossiers "
            "of the last five years. Once it is there, add it under Settings, "
            "Registrations: then this warning stops."
        ),
    ]
    if found.courses:
        rows = [_line(course) for course in found.courses]
        paragraphs.append(_("These trainings lie past that day:"))
        paragraphs.append("\n".join(rows))
    else:
        paragraphs.append(_("No training is planned past that day."))
    return Letter(
        subject=_("Our registration ends on %s") % end,
        body="\n\n".join(paragraphs),
        language=language,
    )


def _went_out(found: Watch) -> bool:
    warnings = RegistrationWarning.objects.filter(ends_on=found.ends_on)
    return warnings.filter(months__lte=found.months).exists()


def _line(course: Course) -> str:
    names = [str(enrolment.client) for enrolment in enrolments_of(course)]
    enrolled = ", ".join(names) or _("nobody enrolled yet")
    return f"- {course}: {enrolled}"
