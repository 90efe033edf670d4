"""The columns of a list: what they are called, and how their cells are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from ownyourstory.numbers import plain_number

from .reading import Cell, as_text
from .refusal import Unreadable

SPREADSHEET_ERRORS = {
    "#NULL!",
    "#DIV/0!",
    "#VALUE!",
    "#REF!",
    "#NAME?",
    "#NUM!",
    "#N/A",
}
"""What a spreadsheet writes into a cell where it could not work out a value."""


def text(cell: Cell) -> str:
    """Return the text of ``cell`` on one line."""
    return " ".join(as_text(cell).split())


def lines(cell: Cell) -> str:
    """Return the text of ``cell`` with its lines."""
    return "\n".join(as_text(cell).splitlines())


def number(cell: Cell) -> Decimal:
    """Return the number in ``cell``, typed the Dutch way: ``1.234,56``, ``3,5``.

    Raises ValueError, with a text for the owner, if it is none.
    """
    if isinstance(cell, Decimal):
        return cell
    plain = plain_number(cell.strip().removesuffix("%"), decimal_mark=",")
    try:
        found = Decimal(plain) if re.fullmatch(r"[+-]?\d+(\.\d+)?", plain) else None
    except InvalidOperation:
        found = None
    if found is None:
        raise ValueError(_("This is no number."))
    return found


class Choice:
    """Reads a value by its name in any language of the program.

    ``names`` returns the name of each value in the active language, ``also`` holds
    other words that people use, and ``hint`` what to tell about a word that is none;
    else all names are told.
    """

    def __init__(
        self,
        names: Callable[[], Mapping[Any, Any]],
        *,
        also: Mapping[str, Any],
        hint: Any = "",
    ) -> None:
        self.names = names
        self._also = also
        self._hint = hint

    @cached_property
    def _known(self) -> dict[str, Any]:
        known = {folded(word): value for word, value in self._also.items()}
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                for value, name in self.names().items():
                    known[folded(str(name))] = value
        return known | {folded(str(value)): value for value in self.names()}

    def find(self, cell: Cell) -> Any:
        """Return the value in ``cell``, or ``None`` if it is none of them."""
        return self._known.get(folded(as_text(cell)))

    def __call__(self, cell: Cell) -> Any:
        """Return the value in ``cell``.

        Raises ValueError, with what could have been typed, if it is none of them.
        """
        found = self.find(cell)
        if found is None:
            names = ", ".join(map(str, self.names().values()))
            raise ValueError(str(self._hint) or _("Write one of these: %s.") % names)
        return found


YES_OR_NO = Choice(
    lambda: {True: _("yes"), False: _("no")},
    also={
        **dict.fromkeys(["1", "j", "y", "o", "x", "waar", "vrai"], True),
        **dict.fromkeys(["0", "n", "onwaar", "faux"], False),
    },
)


def folded(words: str) -> str:
    """Return ``words`` without capitals, accents, spaces and marks, to compare them."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(character for character in plain if character.isalnum())


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Column:
    """A column of a list.

    ``headers`` holds for each language what it is called, the name in the template
    first. ``example`` is what the template shows in it, by language or for all;
    ``part`` the child model it belongs to, where it is not of the row itself.
    """

    name: str
    headers: Mapping[str, tuple[str, ...]]
    read: Callable[[Cell], Any] = text
    example: str | Mapping[str, str] = ""
    is_needed: bool = False
    part: type[Any] | None = None
    help_text: Any = ""

    @property
    def header(self) -> str:
        """Its name in the active language."""
        return self.headers[language()][0]

    def sample(self) -> str:
        """Return what the template shows in it, in the active language."""
        if isinstance(self.example, str):
            return self.example
        return self.example[language()]

    def clean(self, cell: Cell) -> Any:
        """Return what stands in ``cell``. Raises ValueError if it cannot be read."""
        if isinstance(cell, str) and cell.upper() in SPREADSHEET_ERRORS:
            raise ValueError(_("The spreadsheet shows an error in this cell."))
        return self.read(cell)


def language() -> str:
    """Return the active language, one of those the program speaks."""
    active = (translation.get_language() or settings.LANGUAGE_CODE)[:2]
    known = {code for code, _name in settings.LANGUAGES}
    return active if active in known else settings.LANGUAGE_CODE


@dataclass(frozen=True, slots=True)
class Matched:
    """The columns of a file: where each one stands, how it is called, what is left."""

    places: dict[str, int]
    typed: dict[str, str]
    unknown: list[str]


def match(header: Iterable[Cell], columns: Collection[Column]) -> Matched:
    """Find each of ``columns`` in the first row of a file.

    Raises Unreadable, with a text for the owner, if none is there, or one twice.
    """
    by_name = {
        folded(name): column
        for column in columns
        for names in column.headers.values()
        for name in names
    }
    found = Matched({}, {}, [])
    for place, cell in enumerate(header):
        typed = as_text(cell)
        column = by_name.get(folded(typed))
        if column is None:
            found.unknown.extend([typed] if typed else [])
        elif column.name in found.places:
            raise Unreadable(
                _("The columns “%(first)s” and “%(second)s” are the same one.")
                % {"first": found.typed[column.name], "second": typed}
            )
        else:
            found.places[column.name] = place
            found.typed[column.name] = typed
    if not found.places:
        raise Unreadable(
            _(
                "No column of this list is known. Its first row has to hold the names "
                "of the columns, as in the template: %s …"
            )
            % ", ".join(column.header for column in list(columns)[:4])
        )
    return found
