"""The pages speak Dutch until the owner chooses another language."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse

pytestmark = pytest.mark.django_db

SPOKEN = {
    "nothing said": ("", "", "nl"),
    "an English browser": ("en-GB,en;q=0.9", "", "nl"),
    "a French browser": ("fr", "", "nl"),
    "French chosen": ("en", "fr", "fr"),
    "English chosen": ("", "en", "en"),
    "a language that we do not have": ("", "de", "nl"),
    "rubbish in the cookie": ("", "../../etc", "nl"),
}


@pytest.mark.parametrize(("accepts", "cookie", "spoken"), SPOKEN.values(), ids=SPOKEN)
def test_only_the_choice_of_the_owner_counts(
    client: Browser, accepts: str, cookie: str, spoken: str
) -> None:
    if cookie:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie

    page = client.get(reverse("admin:login"), headers={"accept-language": accepts})

    assert page.headers["Content-Language"] == spoken
    assert f'lang="{spoken}"' in page.content.decode()


def test_the_choice_holds_for_the_pages_after_it(client: Browser) -> None:
    client.post(reverse("set_language"), {"language": "fr"})

    page = client.get(reverse("admin:login"))

    assert page.headers["Content-Language"] == "fr"
