"""A real browser on the example office, served by a process of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings
from playwright.sync_api import Page, sync_playwright

from ownyourstory.management.commands.demo import PASSWORD, USERNAME
from tests.installations import Installation, installation

CHROMIUM = "/usr/bin/chromium"
OPTIONS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 60
"""Seconds until the server must answer."""


@pytest.fixture(scope="session")
def office(
    migrated: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Return the address of the example office, with a server of its own."""
    folder = tmp_path_factory.mktemp("office") / "data"
    with installation(folder, like=migrated) as place:
        done = place.manage("demo")
        assert done.returncode == 0, done.stderr
        yield from _served(place)


def _served(place: Installation) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    server = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", "--noreload", address],
        cwd=settings.BASE_DIR,
        env=place.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://{address}/admin/login/")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(address, timeout=PATIENCE):  # noqa: S310 – our own server
                return
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@pytest.fixture
def page(office: str, tmp_path: Path) -> Iterator[Page]:
    """Return a page on which the owner is logged in, in Dutch.

    An error on a page of ours, in script or by the server, fails the test.
    """
    browser_path = os.environ.get("CHROMIUM") or shutil.which("chromium") or CHROMIUM
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=OPTIONS, downloads_path=tmp_path
        )
        context = browser.new_context(
            base_url=office, locale="nl-BE", viewport={"width": 1440, "height": 900}
        )
        context.set_default_timeout(1000 * PATIENCE)
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "response",
            lambda answer: (
                wrong.append(f"{answer.status} {answer.url}")
                if answer.status >= 500
                else None
            ),
        )
        page.goto("/admin/login/")
        page.fill("[name=username]", USERNAME)
        page.fill("[name=password]", PASSWORD)
        page.click("[type=submit]")
        page.wait_for_url("**/admin/")
        yield page
        assert wrong == []
        browser.close()
