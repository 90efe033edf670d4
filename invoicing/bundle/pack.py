"""Dossiers as one ZIP: their files as they are read, then the index and the hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ownyourstory.sheets import csv_bytes
from ownyourstory.zipped import zipped
from programs.evidence import lamp
from programs.file_facts import findings, with_file
from programs.file_words import Line, line_of
from programs.models import Enrolment
from programs.wording import LAMPS

from .contents import Member, folder_of, members_of

BATCH = 20
"""Dossiers fetched at once."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the index: whose it is, what it is, its hash, or what is wrong."""

    path: str
    what: str
    sha256: str
    size: int
    flaw: str


@dataclass(slots=True)
class Dossier:
    """A dossier in the index, with its files."""

    folder: str
    name: str
    lamp: str
    lines: list[Line]
    entries: list[Entry] = field(default_factory=list)


class Bundle:
    """The ZIP of some dossiers, made while it is read.

    Of what went by only the index is held, some hundred bytes a file. ``flaws`` are
    the files that are damaged, known once all was read; each is named in the index,
    none is left out in silence.
    """

    def __init__(self, enrolments: QuerySet[Enrolment], *, now: datetime) -> None:
        self._enrolments = with_file(enrolments.select_related("client"))
        self._now = timezone.localtime(now)
        self._language = translation.get_language() or "nl"
        self._dossiers: list[Dossier] = []

    @property
    def flaws(self) -> list[str]:
        """What is damaged, one line a file."""
        return [
            f"{entry.path}: {entry.flaw}"
            for dossier in self._dossiers
            for entry in dossier.entries
            if entry.flaw
        ]

    def stream(self) -> Iterator[bytes]:
        """Yield the bytes of the ZIP."""
        return zipped(self._in_its_language(self._members()), at=self._now)

    def _members(self) -> Iterator[tuple[str, bytes]]:
        today = self._now.date()
        for enrolment in self._enrolments.iterator(chunk_size=BATCH):
            found = findings(enrolment, today=today)
            dossier = Dossier(
                folder=folder_of(enrolment),
                name=str(enrolment),
                lamp=str(LAMPS[lamp(found)]),
                lines=[line_of(one) for one in found],
            )
            self._dossiers.append(dossier)
            for member in members_of(enrolment, today=today):
                dossier.entries.append(_entry(member))
                if member.content is not None:
                    yield member.path, member.content
        index = {"index.csv": self._table(), "index.html": self._page()}
        yield from index.items()
        yield "SHA256SUMS", self._sums(index)

    def _in_its_language(
        self, members: Iterator[tuple[str, bytes]]
    ) -> Iterator[tuple[str, bytes]]:
        """Yield ``members`` made in the language of who asked, whoever reads them.

        A page that is streamed is made after its request was answered.
        """
        while True:
            with translation.override(self._language):
                member = next(members, None)
            if member is None:
                return
            yield member

    def _table(self) -> bytes:
        header = [
            _("dossier"),
            _("file"),
            _("what"),
            "SHA-256",
            _("size (bytes)"),
            _("remark"),
        ]
        return csv_bytes(
            header,
            [
                [
                    dossier.folder,
                    entry.path,
                    entry.what,
                    entry.sha256,
                    entry.size,
                    entry.flaw,
                ]
                for dossier in self._dossiers
                for entry in dossier.entries
            ],
        )

    def _page(self) -> bytes:
        page = render_to_string(
            "invoicing/bundle/index.html",
            {
                "dossiers": self._dossiers,
                "flaws": self.flaws,
                "now": self._now,
                "language": self._language,
            },
        )
        return page.encode()

    def _sums(self, index: dict[str, bytes]) -> bytes:
        """Return the hash of every file, as ``sha256sum --check`` reads it."""
        sums = [
            (entry.sha256, entry.path)
            for dossier in self._dossiers
            for entry in dossier.entries
            if not entry.flaw
        ]
        sums += [(_sha256(content), path) for path, content in index.items()]
        return "".join(f"{sha256}  {path}\n" for sha256, path in sums).encode()


def _entry(member: Member) -> Entry:
    content = member.content
    return Entry(
        path=member.path,
        what=member.what,
        sha256=_sha256(content) if content is not None else "",
        size=len(content or b""),
        flaw=_("DAMAGED, not in this file: %s") % member.flaw if member.flaw else "",
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
