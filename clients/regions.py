"""The Belgian region of a postcode.

Pure; ELI-1 in docs/rules.md. ``Client.region`` is the same rule in the database.
"""

from __future__ import annotations

from enum import StrEnum


class Region(StrEnum):
    """Where an operating seat lies. The values are stored."""

    FLANDERS = "flanders"
    BRUSSELS = "brussels"
    WALLONIA = "wallonia"
    ABROAD = "abroad"
    UNKNOWN = "unknown"


POSTCODES = (
    (Region.BRUSSELS, "1000", "1299"),
    (Region.FLANDERS, "1500", "3999"),
    (Region.FLANDERS, "8000", "9999"),
    (Region.WALLONIA, "1300", "1499"),
    (Region.WALLONIA, "4000", "7999"),
)
"""Ranges of Belgian postcodes, both ends included."""


def region_of(*, country: str, postal_code: str) -> Region:
    """Return the region of a seat from its ISO country and postcode (ELI-1)."""
    if country != "BE":
        return Region.ABROAD
    for region, first, last in POSTCODES:
        if first <= postal_code <= last and len(postal_code) == 4:
            return region
    return Region.UNKNOWN
