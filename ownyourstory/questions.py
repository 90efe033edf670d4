"""Questions that the admin asks on a page of their own, and who answers them."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.contrib.admin.options import ModelAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse


def ask(
    model_admin: ModelAdmin[Any],
    request: HttpRequest,
    form: forms.Form,
    *,
    title: str,
    about: Any,
    template: str = "admin/question.html",
    **more: Any,
) -> HttpResponse:
    """Return the page that asks ``form`` about the row ``about``, with its errors."""
    name = f"{about._meta.app_label}_{about._meta.model_name}_change"
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "form": form,
        "about": about,
        "back": reverse(f"admin:{name}", args=[about.pk]),
        **more,
    }
    return render(request, template, context)


def layout(*fields: str) -> FormHelper:
    """Return what crispy needs to draw ``fields`` inside a form of the page's own.

    That form has its own token where it is posted: one that is asked for with an
    address must not show it there.
    """
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*fields)
    return helper


def say(form: forms.Form, message: str, *, field: str) -> None:
    """Put a refusal beside the field it is about, or above all of them."""
    form.add_error(field if field in form.fields else None, message)


def user_of(request: HttpRequest) -> User | None:
    """Return who asks, ``None`` for nobody."""
    return request.user if isinstance(request.user, User) else None
