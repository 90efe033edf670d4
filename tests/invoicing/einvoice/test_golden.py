"""The e-invoice of each case, byte for byte, and that it is a right one.

After a change that is meant, write the files anew and look at what changed:
``UPDATE_GOLDEN=1 pytest tests/invoicing/einvoice/test_golden.py``.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings

from invoicing.einvoice.ubl import ubl

from .checking import complaints
from .samples import GOLDEN, PDF

FOLDER = Path(settings.BASE_DIR) / "tests" / "golden" / "ubl"


@pytest.mark.parametrize("name", GOLDEN)
def test_the_file_is_what_it_was(name: str) -> None:
    path = FOLDER / f"{name}.xml"
    document = GOLDEN[name]()

    written = ubl(document, pdf=PDF, pdf_name=f"{document.number}.pdf")

    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(written)
    assert written.decode() == path.read_text()


@pytest.mark.parametrize("name", GOLDEN)
def test_schema_and_rules_have_nothing_against_it(name: str) -> None:
    """EIN-4: no error, and no warning either."""
    assert complaints((FOLDER / f"{name}.xml").read_bytes()) == []


def test_each_file_belongs_to_a_case() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(GOLDEN)
