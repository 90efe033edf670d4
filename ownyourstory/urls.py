"""Addresses: the admin is the program."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from invoicing.delivery.webhook import hear
from programs.calendars.feed import feed

from .dashboard import inspect

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("hooks/e-invoice/", hear, name="e_invoice_hook"),
    path("calendar/<str:token>.ics", feed, name="calendar_feed"),
    path("admin/inspect/", inspect, name="inspect"),
    path("admin/", admin.site.urls),
]
