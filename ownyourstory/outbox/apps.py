"""The outbox as an app of its own: every other app may put something into it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    name = "ownyourstory.outbox"
    label = "outbox"
    verbose_name = _("outgoing post")
