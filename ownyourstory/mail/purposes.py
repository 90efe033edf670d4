"""What letters are written for: each purpose with its standard texts.

An app lists its purposes and names the list in ``settings.MAIL_PURPOSES``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Text:
    """A subject and a body with places such as ``{number}``."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """Something a letter is written for, known for ever by its ``code``.

    ``places`` explains each place that its texts may hold, ``standards`` has a text
    for each language and ``sample`` returns values to try a text with, in a language.
    """

    code: str
    label: StrPromise
    places: Mapping[str, StrPromise]
    standards: Mapping[str, Text]
    sample: Callable[[str], Mapping[str, str]]


def purposes() -> dict[str, Purpose]:
    """Return every purpose there is, by its code and in order."""
    lists = [import_string(path) for path in settings.MAIL_PURPOSES]
    return {purpose.code: purpose for listed in lists for purpose in listed}


def purpose_named(code: str) -> Purpose:
    """Return the purpose of that code. Raises KeyError if there is none."""
    return purposes()[code]
