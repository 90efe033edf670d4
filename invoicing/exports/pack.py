"""The pack of a period: all that the accountant gets, in one ZIP (EXP-1).

The same period gives the same bytes as long as nothing of it changed: nothing in it
tells when, or by whom, it was made. That is kept in ``ExportPack``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from ownyourstory.sheets import csv_bytes, csv_stream
from ownyourstory.tables import Table
from ownyourstory.zipped import zipped

from .booked import journal
from .catalogue import WORKBOOK, beside_the_journal
from .changes import changes
from .control import Sums, Tally, differences, total
from .documents import files_of
from .for_winbooks import NotForWinBooks, winbooks_files
from .grid_sums import grids_of
from .handed_over import Before
from .period import Period
from .sums import control_table, invoice_sums
from .wording import difference_in_words


class Refused(Exception):
    """The pack would not be whole, or its totals do not agree; ``reasons`` say how."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the index, with its hash."""

    path: str
    what: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not in the pack, and why, for the index."""

    path: str
    why: str


class Pack:
    """The ZIP of a period, made while it is read; of what went by the index is held.

    ``sums`` are those of its documents, known once all was read.
    """

    def __init__(self, period: Period, *, today: date, before: Before) -> None:
        self.period = period
        self.sums = Sums()
        self._today, self._before = today, before
        self._at = datetime.combine(period.until, time())
        self._language = translation.get_language() or "nl"
        self._entries: list[Entry] = []
        self._left_out: list[LeftOut] = []
        self._workbook = import_string(WORKBOOK)

    def stream(self) -> Iterator[bytes]:
        """Yield the bytes of the ZIP, in the active language.

        Raises Refused, and breaks off, where a file is damaged or missing and where the
        control totals do not agree.
        """
        return zipped(self._members(), at=self._at)

    def _members(self) -> Iterator[tuple[str, bytes | Iterator[bytes]]]:
        tallies = {"journal.csv": Tally(), "journal.xlsx": Tally()}
        books = journal(self.period)
        yield self._csv(_counted(books, tallies["journal.csv"]))
        yield self._xlsx(
            "journal.xlsx", [_counted(books, tallies["journal.xlsx"])], books.title
        )
        yield self._csv(self._checked(tallies))
        tables = beside_the_journal(self.period, today=self._today)
        for table in tables:
            yield self._csv(table)
        yield self._xlsx("overview.xlsx", tables, _("All tables in one workbook"))
        yield from self._for_winbooks()
        yield from self._documents()
        yield self._csv(changes(self._before))
        index = {"index.csv": self._index(), "index.html": self._page()}
        yield from index.items()
        yield "SHA256SUMS", self._hashes(index)

    def _for_winbooks(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yield the files for WinBooks; where it could not take them, note why."""
        try:
            files = winbooks_files(self.period)
        except NotForWinBooks as error:
            self._left_out.append(LeftOut("winbooks", str(error)))
            return
        for path, what, pieces in [
            ("winbooks/CSF.TXT", _("Clients for WinBooks"), files.csf),
            ("winbooks/ACT.TXT", _("Documents for WinBooks"), files.act),
        ]:
            yield path, self._hashed(path, what, pieces())

    def _documents(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files of the documents. Raises Refused once all flaws are known."""
        flaws = []
        for kept in files_of(self.period):
            if kept.content is None:
                flaws.append(f"{kept.what}: {kept.flaw}")
            elif not flaws:
                self._enter(kept.path, kept.what, kept.content)
                yield kept.path, kept.content
        if flaws:
            raise Refused(flaws)

    def _checked(self, tallies: dict[str, Tally]) -> Table:
        """Return the control totals. Raises Refused where they do not agree."""
        invoices, grids = invoice_sums(self.period), grids_of(self.period)
        journals = {name: tally.by_kind for name, tally in tallies.items()}
        found = differences(invoices, journals=journals, grids=grids)
        if reasons := [difference_in_words(one) for one in found]:
            raise Refused(reasons)
        self.sums = total(invoices)
        return control_table(invoices, journals=journals, grids=grids)

    def _csv(self, table: Table) -> tuple[str, Iterator[bytes]]:
        path = f"{table.name}.csv"
        pieces = csv_stream(table.header, table.rows())
        return path, self._hashed(path, table.title, pieces)

    def _xlsx(
        self, path: str, tables: list[Table], what: str
    ) -> tuple[str, Iterator[bytes]]:
        return path, self._hashed(path, what, self._workbook(tables, at=self._at))

    def _hashed(self, path: str, what: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yield ``pieces`` as they are, and enter the file once all went by."""
        sha256, size = hashlib.sha256(), 0
        for piece in pieces:
            sha256.update(piece)
            size += len(piece)
            yield piece
        self._entries.append(Entry(path, what, sha256.hexdigest(), size))

    def _enter(self, path: str, what: str, content: bytes) -> None:
        sha256 = hashlib.sha256(content).hexdigest()
        self._entries.append(Entry(path, what, sha256, len(content)))

    def _index(self) -> bytes:
        header = [_("file"), _("what"), "SHA-256", _("size (bytes)")]
        rows: list[tuple[object, ...]] = [
            (one.path, one.what, one.sha256, one.size) for one in self._entries
        ]
        rows += [
            (one.path, _("Left out: %s") % one.why, None, None)
            for one in self._left_out
        ]
        return csv_bytes(header, rows)

    def _page(self) -> bytes:
        context = {
            "period": self.period,
            "entries": self._entries,
            "left_out": self._left_out,
            "sums": self.sums,
            "language": self._language,
        }
        return render_to_string("invoicing/exports/index.html", context).encode()

    def _hashes(self, index: dict[str, bytes]) -> bytes:
        """Return the hash of every file, as ``sha256sum --check`` reads it."""
        sums = [(one.sha256, one.path) for one in self._entries]
        sums += [
            (hashlib.sha256(content).hexdigest(), path)
            for path, content in index.items()
        ]
        return "".join(f"{sha256}  {path}\n" for sha256, path in sums).encode()


def _counted(table: Table, tally: Tally) -> Table:
    """Return ``table``, its rows added up as they go by."""
    return Table(
        name=table.name,
        title=table.title,
        columns=table.columns,
        rows=lambda: tally.counted(table.rows()),
    )
