"""Mail as an app of its own: every other app may write letters with it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "ownyourstory.mail"
    label = "mail"
    verbose_name = _("mail")
