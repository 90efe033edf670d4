"""Packs made whole and kept as a record, and the closing of their period.

EXP-1 and EXP-4 in docs/rules.md.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import IO

from django.contrib.auth.models import User
from django.db import transaction

from invoicing.models import ExportPack

from .changes import handed_before
from .pack import Pack
from .period import Period


def make_pack(
    period: Period,
    file: IO[bytes],
    *,
    now: datetime,
    today: date,
    by: User | None,
) -> ExportPack:
    """Write the pack of ``period`` into ``file``, and return the record of it.

    The record is written once the file is whole: hand the file over only then. Raises
    Refused where the pack would not be whole, and leaves no record.
    """
    pack = Pack(period, today=today, before=handed_before(period))
    sha256, size = hashlib.sha256(), 0
    for piece in pack.stream():
        file.write(piece)
        sha256.update(piece)
        size += len(piece)
    file.flush()
    with transaction.atomic():
        return ExportPack.objects.create(
            first=period.first,
            until=period.until,
            made_at=now,
            made_by=by,
            sha256=sha256.hexdigest(),
            size=size,
            documents=pack.sums.documents,
            base=pack.sums.base,
            vat=pack.sums.vat,
            gross=pack.sums.gross,
        )
