"""The outgoing post as the owner sees it: to read, try again and take back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.template.loader import render_to_string
from django.test import Client as Browser
from django.test import RequestFactory, override_settings
from django.urls import reverse
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from ownyourstory.outbox import panel, post
from ownyourstory.outbox.channel import Receipt, Refused, Uncertain
from ownyourstory.outbox.models import Dispatch, State
from tests.factories import OwnerFactory, UserFactory

from .channels import Script, put_in, scripted

pytestmark = pytest.mark.django_db


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted() as empty:
        yield empty


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    """A browser in which the owner has logged in, in English."""
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    return client


def page(name: str, *args: Any) -> str:
    return reverse(f"admin:outbox_dispatch_{name}", args=args)


def refused(script: Script, **fields: Any) -> Dispatch:
    """Put something in that the other side refuses, and return it."""
    script.send.insert(0, Refused("not on <Peppol>"))
    dispatch = put_in(**fields)
    post.deliver(dispatch.pk)
    dispatch.refresh_from_db()
    return dispatch


def test_the_list_shows_what_where_and_how_it_stands(
    owner: Browser,
    script: Script,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    refused(script)
    for at in range(20):
        put_in(key=f"more:{at}")

    with django_assert_max_num_queries(10):
        shown = owner.get(page("changelist")).content.decode()
    filtered = owner.get(page("changelist"), {"state__exact": "failed"})

    assert all(text in shown for text in ("2026-0001", "Anna", "failed", "waiting"))
    assert filtered.context["cl"].result_count == 1


@pytest.mark.parametrize(("channel", "count"), [("test", 1), ("fax", 0), ("", 1)])
def test_the_list_is_filtered_by_channel(
    owner: Browser, script: Script, channel: str, count: int
) -> None:
    put_in()

    shown = owner.get(page("changelist"), {"channel": channel})

    assert shown.context["cl"].result_count == count


def test_its_page_shows_each_attempt_and_its_error(
    owner: Browser, script: Script
) -> None:
    dispatch = refused(script)

    shown = owner.get(page("change", dispatch.pk)).content.decode()

    assert "not on &lt;Peppol&gt;" in shown
    assert page("retry", dispatch.pk) in shown
    assert page("withdraw", dispatch.pk) in shown


def test_its_page_shows_the_mail_as_it_left_and_what_was_attached(
    owner: Browser, script: Script
) -> None:
    """The mail is shown in a frame of its own, where nothing in it runs."""
    nasty = '<p title="x">Dag</p><script>alert(1)</script>'
    attachment = {"name": "a.pdf", "size": 2048, "sha256": "ab" * 32}
    with override_settings(OUTBOX_CHANNELS={"mail": "gone"}):
        dispatch = put_in(
            channel="mail",
            payload={"subject": "S", "html": nasty, "attachments": [attachment]},
        )
        shown = owner.get(page("change", dispatch.pk)).content.decode()

    assert f'srcdoc="{escape(nasty)}"' in shown
    assert 'sandbox=""' in shown
    assert "<script>alert" not in shown
    assert "ab" * 32 in shown


def test_doubt_is_shown_only_where_there_is_any(owner: Browser, script: Script) -> None:
    dispatch = put_in()
    certain = owner.get(page("change", dispatch.pk)).content.decode()
    Dispatch.objects.update(in_doubt=True)

    doubtful = owner.get(page("change", dispatch.pk)).content.decode()

    assert doubtful.count("doubt") > certain.count("doubt")


def test_nobody_edits_adds_or_deletes(owner: Browser, script: Script) -> None:
    dispatch = put_in()

    answers = [
        owner.post(page("change", dispatch.pk), {"state": "delivered"}),
        owner.get(page("add")),
        owner.post(page("delete", dispatch.pk), {"post": "yes"}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 3
    dispatch.refresh_from_db()
    assert dispatch.state == State.WAITING


def test_its_attempts_are_its_history(owner: Browser, script: Script) -> None:
    dispatch = put_in()

    response = owner.get(page("history", dispatch.pk))

    assert response["Location"] == page("change", dispatch.pk)


def test_she_tries_again(owner: Browser, script: Script) -> None:
    dispatch = refused(script)

    response = owner.post(page("retry", dispatch.pk), follow=True)

    dispatch.refresh_from_db()
    assert dispatch.state == State.WAITING
    assert "2026-0001 is tried again." in response.content.decode()


def test_one_in_doubt_is_sent_without_a_look_up_only_if_she_says_she_looked(
    owner: Browser, script: Script
) -> None:
    script.send, script.look_up = [Uncertain("lost")], [Uncertain("lost")]
    dispatch = put_in()
    post.deliver(dispatch.pk)
    Dispatch.objects.update(due_at=dispatch.due_at)
    post.deliver(dispatch.pk)
    shown = owner.get(page("change", dispatch.pk)).content.decode()
    assert "I looked: it did not arrive, send it" in shown

    owner.post(page("retry", dispatch.pk), {"looked": ""})
    script.send, script.calls = [Receipt()], []
    post.deliver(dispatch.pk)

    assert script.calls == ["send"]


def test_she_takes_back_what_has_not_left(owner: Browser, script: Script) -> None:
    dispatch = put_in()

    owner.post(page("withdraw", dispatch.pk))

    dispatch.refresh_from_db()
    assert dispatch.state == State.WITHDRAWN


def test_what_cannot_be_done_now_is_said(owner: Browser, script: Script) -> None:
    script.send = [Receipt()]
    dispatch = put_in()
    post.deliver(dispatch.pk)

    for step in ("retry", "withdraw"):
        shown = owner.post(page(step, dispatch.pk), follow=True).content.decode()
        assert "Only what failed" in shown or "It may have left" in shown

    dispatch.refresh_from_db()
    assert dispatch.state == State.DELIVERED


@pytest.mark.parametrize("step", ["retry", "withdraw"])
def test_a_link_alone_does_nothing(owner: Browser, script: Script, step: str) -> None:
    assert owner.get(page(step, refused(script).pk)).status_code == 405


@pytest.mark.parametrize("step", ["retry", "withdraw"])
def test_who_may_only_look_changes_nothing(
    client: Browser, script: Script, step: str
) -> None:
    user = UserFactory.create(is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(
            codename__in=["view_dispatch", "view_attempt"],
            content_type__app_label="outbox",
        )
    )
    client.force_login(user)
    dispatch = refused(script)

    shown = client.get(page("change", dispatch.pk))
    answer = client.post(page(step, dispatch.pk))

    assert (shown.status_code, answer.status_code) == (200, 403)
    assert page(step, dispatch.pk) not in shown.content.decode()
    dispatch.refresh_from_db()
    assert dispatch.state == State.FAILED


# On the start page


def shown_on_the_start_page(user: Any) -> str:
    request = RequestFactory().get("/")
    request.user = user
    return render_to_string("admin/outbox/_failed.html", panel.failed(request), request)


def test_what_failed_stands_on_the_start_page_with_a_button(
    script: Script,
    english: None,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    failed = [refused(script, key=f"test:{at}") for at in range(10)]
    put_in(key="waits", subject="2026-0099")

    owner = OwnerFactory.create()
    with django_assert_max_num_queries(3):
        shown = shown_on_the_start_page(owner)

    assert "10 dispatches that did not arrive" in shown
    assert shown.count("not on &lt;Peppol&gt;") == panel.MOST
    assert page("retry", failed[-1].pk) in shown
    assert "2026-0099" not in shown


def test_nothing_stands_there_where_all_is_well(script: Script) -> None:
    put_in()

    assert shown_on_the_start_page(OwnerFactory.create()).strip() == ""


def test_nothing_stands_there_for_who_may_not_see_it(script: Script) -> None:
    refused(script)

    user = UserFactory.create(is_staff=True)
    assert shown_on_the_start_page(user).strip() == ""


def test_from_the_start_page_she_returns_there(owner: Browser, script: Script) -> None:
    response = owner.post(page("retry", refused(script).pk), {"start": ""})

    assert response["Location"] == reverse("admin:index")
