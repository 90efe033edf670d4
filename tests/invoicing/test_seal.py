"""Seals as text: one spelling, a chain of hashes, what differs by name (INV-3)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.documents.seal import MISSING, Difference, canonical, differences, digest

SPELLINGS = {
    "keys are sorted": ({"b": 1, "a": 2}, '{"a":2,"b":1}'),
    "no spaces": ({"a": [1, 2]}, '{"a":[1,2]}'),
    "letters as they are": ({"a": "Zoë € “x”"}, '{"a":"Zoë € “x”"}'),
    "line ends are spelled out": ({"a": "one\ntwo"}, '{"a":"one\\ntwo"}'),
    "nothing is null": ({"a": None, "b": True}, '{"a":null,"b":true}'),
}


@pytest.mark.parametrize(("record", "text"), SPELLINGS.values(), ids=SPELLINGS)
def test_a_record_has_one_spelling(record: dict[str, Any], text: str) -> None:
    assert canonical(record) == text


def test_what_is_no_number_cannot_be_sealed() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"net": float("nan")})


records = st.dictionaries(
    st.text(max_size=5),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner)
        ),
        max_leaves=8,
    ),
    max_size=5,
)


@given(records)
def test_a_spelling_read_back_is_the_record_and_spells_the_same(
    record: dict[str, Any],
) -> None:
    again = json.loads(canonical(record))

    assert again == record
    assert canonical(dict(reversed(list(again.items())))) == canonical(record)
    assert list(differences(record, again)) == []


DIGESTS = {
    "the first of a series": (
        '{"a":1}',
        "",
        "7395dc66860499cb2b8970e17094ec53ed1ff54e7067ad619f884917096166b0",
    ),
    "one that follows": (
        '{"a":1}',
        "ab" * 32,
        "ddf6a707e38c281bab5d0fff06cfdae2bb953ba7fd3fdd4d822edc72e858d745",
    ),
    "letters beyond ASCII": (
        '{"a":"Zoë"}',
        "",
        "9e97c8db226ea5dbf21c1ecab46a74f86b541fb46593b3d367290a0532338b84",
    ),
}


@pytest.mark.parametrize(
    ("text", "previous", "expected"), DIGESTS.values(), ids=DIGESTS
)
def test_a_digest_never_comes_out_otherwise(
    text: str, previous: str, expected: str
) -> None:
    assert digest(text, previous=previous) == expected


@given(st.text(), st.text(), st.sampled_from(["", "ab" * 32]))
def test_another_text_has_another_digest(one: str, other: str, previous: str) -> None:
    same = digest(one, previous=previous) == digest(other, previous=previous)

    assert same == (one == other)


def test_the_same_text_after_another_document_has_another_digest() -> None:
    assert digest("{}", previous="") != digest("{}", previous="ab" * 32)


CHANGES: dict[str, tuple[Any, Any, list[Difference]]] = {
    "nothing": ({"a": 1}, {"a": 1}, []),
    "a value": ({"net": "1.00"}, {"net": "1.01"}, [Difference("net", "1.00", "1.01")]),
    "one is not one point nought": (
        {"net": "1.0"},
        {"net": "1.00"},
        [Difference("net", "1.0", "1.00")],
    ),
    "a value in a line": (
        {"lines": [{"net": "1.00"}, {"net": "2.00"}]},
        {"lines": [{"net": "1.00"}, {"net": "3.00"}]},
        [Difference("lines.2.net", "2.00", "3.00")],
    ),
    "a line is gone": (
        {"lines": [1, 2]},
        {"lines": [1]},
        [Difference("lines", [1, 2], [1])],
    ),
    "a field is gone": ({"a": 1}, {}, [Difference("a", 1, MISSING)]),
    "a field came": ({}, {"a": {"b": 1}}, [Difference("a", MISSING, {"b": 1})]),
    "a field is no longer a row": ({"a": {}}, {"a": ""}, [Difference("a", {}, "")]),
    "several, in order": (
        {"b": 1, "a": {"x": 1}},
        {"b": 2, "a": {"x": 2}},
        [Difference("a.x", 1, 2), Difference("b", 1, 2)],
    ),
}


@pytest.mark.parametrize(("sealed", "found", "expected"), CHANGES.values(), ids=CHANGES)
def test_what_differs_is_named_by_its_path(
    sealed: Any, found: Any, expected: list[Difference]
) -> None:
    assert list(differences(sealed, found)) == expected


def test_a_difference_reads_as_a_sentence_fragment() -> None:
    assert str(Difference("lines.1.net", "1.00", MISSING)) == "lines.1.net: 1.00 → ∅"
