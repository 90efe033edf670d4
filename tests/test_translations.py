"""Dutch and French are complete: every text of the program has its translation."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command

SOURCES = ["ownyourstory", "clients", "programs", "invoicing", "templates", "locale"]


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources with the texts collected anew into its catalogues."""
    copy = tmp_path_factory.mktemp("texts")
    for name in SOURCES:
        shutil.copytree(Path(settings.BASE_DIR) / name, copy / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(copy)
        patch.setattr(settings, "LOCALE_PATHS", [copy / "locale"])
        call_command("makemessages", locale=["nl", "fr"], no_obsolete=True, verbosity=0)
    return copy / "locale"


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_text_is_translated(collected: Path, language: str) -> None:
    catalogue = polib.pofile(str(collected / language / "LC_MESSAGES" / "django.po"))

    unfinished = [*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()]

    assert len(catalogue) > 100
    assert [entry.msgid for entry in unfinished] == []


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_translation_keeps_the_places_for_values(
    collected: Path, language: str
) -> None:
    catalogue = polib.pofile(str(collected / language / "LC_MESSAGES" / "django.po"))

    assert [
        entry.msgid
        for entry in catalogue
        for source, text in _pairs(entry)
        if text and _places(text) != _places(source)
    ] == []


def _pairs(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    """Yield each translation with the text it is of; one thing may go uncounted."""
    yield entry.msgid, entry.msgstr
    for form, text in entry.msgstr_plural.items():
        yield entry.msgid_plural if form else entry.msgid, text


def _places(text: str) -> set[str]:
    return {part.split(")")[0] for part in text.split("%(")[1:]}
