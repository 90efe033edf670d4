"""A camt.053 file read: a statement as XML, of version 2 or later.

Pure; PAY-3 in docs/rules.md. Whether an entry adds or takes is what its indicator
says; a reversal only tells that it undoes an earlier one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from lxml import etree

from ownyourstory.money import ZERO

from .statement import (
    MOST,
    Flaw,
    Refused,
    Statement,
    Transaction,
    bare_iban,
    structured,
    tidy,
)

NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.\d\d")
PLAIN = re.compile(r"\d{1,15}(\.\d{1,5})?", re.ASCII)
OPENING, CLOSING = ("OPBD", "PRCD", "ITBD"), ("CLBD", "ITBD")
NONE_GIVEN = {"", "NOTPROVIDED", "NONREF"}


def read_camt(content: bytes) -> tuple[Statement, ...]:
    """Return the statements of a camt.053 file. Raises Refused if it is broken."""
    root = _root(content)
    name = etree.QName(root)
    if name.localname != "Document" or not NAMESPACE.fullmatch(name.namespace or ""):
        raise Refused(Flaw.OTHER_XML, line=_line(root))
    return tuple(_statement(one) for one in _all(root, "BkToCstmrStmt/Stmt"))


def _root(content: bytes) -> Any:
    """Return the root of a file that fetches nothing and stands for nothing else."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: Any = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Refused(Flaw.XML, line=error.lineno or 1) from None
    except (ValueError, LookupError):
        raise Refused(Flaw.ENCODING, line=1) from None
    if root.getroottree().docinfo.doctype:
        raise Refused(Flaw.DOCTYPE, line=1)
    return root


def _statement(stmt: Any) -> Statement:
    currency = _text(stmt, "Acct/Ccy")
    if currency not in {"", "EUR"}:
        raise Refused(Flaw.CURRENCY, line=_line(stmt), currency=currency)
    account = _text(stmt, "Acct/Id/IBAN")
    if not account:
        raise Refused(Flaw.MISSING, line=_line(stmt), name="Acct/Id/IBAN")
    entries = _all(stmt, "Ntry")
    _check_summary(stmt, entries)
    movements = [one for entry in entries if _is_booked(entry) for one in _paid(entry)]
    return Statement(
        account=bare_iban(account),
        number=tidy(
            _text(stmt, "ElctrncSeqNb") or _text(stmt, "LglSeqNb") or _text(stmt, "Id")
        )[:40],
        opening=_balance(stmt, OPENING),
        closing=_balance(stmt, CLOSING),
        transactions=tuple(one for one in movements if one.amount),
        line=_line(stmt),
    )


def _balance(stmt: Any, codes: tuple[str, ...]) -> Decimal:
    """Return the first balance of a kind, the last of those in between at the end."""
    found = {_text(one, "Tp/CdOrPrtry/Cd"): one for one in _all(stmt, "Bal")[::-1]}
    if codes is CLOSING:
        found = {_text(one, "Tp/CdOrPrtry/Cd"): one for one in _all(stmt, "Bal")}
    for code in codes:
        if code in found:
            return _signed(found[code])
    raise Refused(Flaw.MISSING, line=_line(stmt), name=f"Bal {codes[0]}")


def _check_summary(stmt: Any, entries: list[Any]) -> None:
    """Check what the statement says of its own entries, where it does."""
    booked = [entry for entry in entries if _is_booked(entry)]
    for path, sign in [
        ("TtlNtries", 0),
        ("TtlCdtNtries", 1),
        ("TtlDbtNtries", -1),
    ]:
        for told in _all(stmt, f"TxsSummry/{path}"):
            count, total = _text(told, "NbOfNtries"), _text(told, "Sum")
            sums = [
                [abs(one) for one in map(_signed, rows) if not sign or one * sign > 0]
                for rows in (booked, entries)
            ]
            if count and count not in {str(len(one)) for one in sums}:
                raise Refused(
                    Flaw.COUNT, line=_line(told), told=count, found=len(sums[0])
                )
            if total and _number(told, total) not in {sum(one, ZERO) for one in sums}:
                raise Refused(
                    Flaw.TOTALS,
                    line=_line(told),
                    told=_number(told, total),
                    found=sum(sums[0], ZERO),
                )


def _is_booked(entry: Any) -> bool:
    return (_text(entry, "Sts/Cd") or _text(entry, "Sts")) == "BOOK"


def _paid(entry: Any) -> Iterator[Transaction]:
    """Yield the payments of an entry: one, or those of a batch."""
    whole, details = _signed(entry), _all(entry, "NtryDtls/TxDtls")
    if len(details) <= 1:
        yield _transaction(entry, details[0] if details else entry, whole)
        return
    amounts = [_part(one, whole=whole) for one in details]
    if all(amount is None for amount in amounts):
        yield _transaction(entry, entry, whole)
        return
    total = sum((amount or ZERO for amount in amounts), ZERO)
    if None in amounts or total != whole:
        raise Refused(Flaw.DETAILS, line=_line(entry), told=whole, found=total)
    for one, amount in zip(details, amounts, strict=True):
        yield _transaction(entry, one, amount or ZERO)


def _part(detail: Any, *, whole: Decimal) -> Decimal | None:
    """Return the signed amount of one payment of a batch, ``None`` where unsaid."""
    for path in ("Amt", "AmtDtls/TxAmt/Amt"):
        for told in _all(detail, path):
            amount = _euros(told)
            sign = _text(detail, "CdtDbtInd") or ("DBIT" if whole < 0 else "CRDT")
            return -amount if sign == "DBIT" else amount
    return None


def _transaction(entry: Any, detail: Any, amount: Decimal) -> Transaction:
    booked = _day(entry, "BookgDt")
    party = "Dbtr" if amount > 0 else "Cdtr"
    written = tidy([one.text for one in _all(detail, "RmtInf/Ustrd")])
    told = [one.text or "" for one in _all(detail, "RmtInf/Strd/CdtrRefInf/Ref")]
    digits = next(filter(None, map(structured, told)), "") or structured(written)
    text = written if not structured(written) else ""
    if told and not digits:
        text = tidy([text, *told])
    return Transaction(
        booked_on=booked,
        valued_on=_day(entry, "ValDt", default=booked),
        amount=amount,
        name=tidy(
            _text(detail, f"RltdPties/{party}/Nm")
            or _text(detail, f"RltdPties/{party}/Pty/Nm")
        )[:140],
        iban=bare_iban(
            _text(detail, f"RltdPties/{party}Acct/Id/IBAN")
            or _text(detail, f"RltdPties/{party}Acct/Id/Othr/Id")
        ),
        communication=digits,
        text=(text or ("" if digits else tidy(_text(entry, "AddtlNtryInf"))))[:600],
        reference=_reference(entry, detail),
        is_reversal=_text(entry, "RvslInd") in {"true", "1"},
        line=_line(entry),
    )


def _reference(entry: Any, detail: Any) -> str:
    for told in (
        _text(detail, "Refs/AcctSvcrRef"),
        _text(entry, "AcctSvcrRef"),
        _text(detail, "Refs/TxId"),
        _text(entry, "NtryRef"),
    ):
        if told not in NONE_GIVEN:
            return tidy(told)[:80]
    return ""


def _signed(row: Any) -> Decimal:
    found = _all(row, "Amt")
    sign = _text(row, "CdtDbtInd")
    if not found or sign not in {"CRDT", "DBIT"}:
        raise Refused(Flaw.MISSING, line=_line(row), name="Amt, CdtDbtInd")
    amount = _euros(found[0])
    return -amount if sign == "DBIT" else amount


def _euros(amt: Any) -> Decimal:
    currency = amt.get("Ccy") or ""
    if currency != "EUR":
        raise Refused(Flaw.CURRENCY, line=_line(amt), currency=currency[:10])
    return _number(amt, amt.text or "")


def _number(row: Any, text: str) -> Decimal:
    try:
        amount = Decimal(text.strip()) if PLAIN.fullmatch(text.strip()) else None
    except InvalidOperation:
        amount = None
    if amount is None or amount > MOST or amount * 100 % 1:
        raise Refused(Flaw.AMOUNT, line=_line(row))
    return amount.quantize(ZERO)


def _day(entry: Any, name: str, *, default: date | None = None) -> date:
    text = _text(entry, f"{name}/Dt") or _text(entry, f"{name}/DtTm")
    if not text and default:
        return default
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise Refused(Flaw.MISSING, line=_line(entry), name=name) from None


@lru_cache(maxsize=512)
def _path(namespace: str, path: str) -> str:
    return "/".join(f"{{{namespace}}}{step}" for step in path.split("/"))


def _all(row: Any, path: str) -> list[Any]:
    namespace = row.tag[1:].partition("}")[0]
    found: list[Any] = row.findall(_path(namespace, path))
    return found


def _text(row: Any, path: str) -> str:
    namespace = row.tag[1:].partition("}")[0]
    return (row.findtext(_path(namespace, path)) or "").strip()


def _line(row: Any) -> int:
    return int(row.sourceline or 0)
