"""Seals: what was issued, as text and as a hash chained to the one before.

Pure. A seal covers a record (rows and file hashes, see ``invoicing.sealing``) in one
canonical spelling and the seal issued before it in its series, so that nothing in
the chain can change unseen. INV-3 in docs/rules.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MISSING = "∅"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where rows no longer say what was sealed: ``lines.1.net``."""

    path: str
    sealed: Any
    found: Any

    def __str__(self) -> str:
        return f"{self.path}: {self.sealed} → {self.found}"


def canonical(record: Mapping[str, Any]) -> str:
    """Return ``record`` as JSON in its one spelling: keys sorted, no spaces."""
    return json.dumps(
        record,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )


def digest(text: str, *, previous: str) -> str:
    """Return the SHA-256 of a canonical record and the digest before it.

    ``previous`` is empty for the first of a series.
    """
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def differences(sealed: Any, found: Any, path: str = "") -> Iterator[Difference]:
    """Yield each place where ``found`` is not what was ``sealed``, outermost first."""
    if isinstance(sealed, Mapping) and isinstance(found, Mapping):
        for key in sorted(sealed.keys() | found.keys()):
            yield from differences(
                sealed.get(key, MISSING), found.get(key, MISSING), _below(path, key)
            )
    elif _is_list(sealed) and _is_list(found) and len(sealed) == len(found):
        for at, (one, other) in enumerate(zip(sealed, found, strict=True), start=1):
            yield from differences(one, other, _below(path, str(at)))
    elif sealed != found:
        yield Difference(path, sealed, found)


def _below(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
