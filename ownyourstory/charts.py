"""Charts as numbers: from values to the places of bars and grid lines in an SVG.

Pure. Across, all is in percent of the picture, so that it fits a telephone and a wide
screen while its letters keep their size; down, in pixels. Places are text: a template
would write the decimal comma of the reader's language, which no SVG understands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

NOTHING = Decimal(0)
WHOLE = Decimal(100)

MOST_LINES = 4
"""So many steps between the grid lines at the most, where nothing is below zero."""

ROUND = (1, 2, 5, 10)
"""A step between grid lines is one of these times a power of ten."""

GAP = Decimal("0.25")
"""What is left empty of the width of a group, half of it on either side."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar and the value that it stands for; ``series`` counts from zero."""

    value: Decimal
    series: int
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Group:
    """The bars that stand together, and their middle, under which a label goes."""

    middle: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A grid line and the round number that it stands for."""

    value: Decimal
    y: str


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart of upright bars: ``zero`` is where they stand, ``height`` its pixels."""

    height: int
    zero: str
    lines: tuple[Line, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a lying bar, in percent of the width there is."""

    value: Decimal
    series: int
    x: str
    width: str


def round_numbers(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """Return round numbers from ``low`` or below to ``high`` or above, zero with them.

    The steps between them are whole numbers. Zero alone where there is nothing.
    """
    low, high = min(low, NOTHING), max(high, NOTHING)
    if low == high:
        return (NOTHING,)
    least = max((high - low) / MOST_LINES, Decimal(1))
    power = Decimal(10) ** least.adjusted()
    step = next(power * times for times in ROUND if power * times >= least)
    first = int((low / step).to_integral_value(ROUND_FLOOR))
    last = int((high / step).to_integral_value(ROUND_CEILING))
    return tuple(step * number for number in range(first, last + 1))


def columns(groups: Sequence[Sequence[Decimal | None]], *, height: int) -> Columns:
    """Return the chart of ``groups`` of values, ``height`` pixels high.

    Each group holds one value per series; ``None`` keeps its place empty.
    """
    known = [value for group in groups for value in group if value is not None]
    numbers = round_numbers(min(known, default=NOTHING), max(known, default=NOTHING))
    top = numbers[-1]
    scale = height / ((top - numbers[0]) or Decimal(1))
    width = WHOLE / (len(groups) or 1)
    return Columns(
        height=height,
        zero=_pixels(top * scale),
        lines=tuple(Line(one, _pixels((top - one) * scale)) for one in numbers),
        groups=tuple(
            Group(
                middle=_percent(width * at + width / 2),
                bars=_bars(group, left=width * at, width=width, top=top, scale=scale),
            )
            for at, group in enumerate(groups)
        ),
    )


def _bars(
    values: Sequence[Decimal | None],
    *,
    left: Decimal,
    width: Decimal,
    top: Decimal,
    scale: Decimal,
) -> tuple[Bar, ...]:
    """Return the bars of one group, from ``left`` on; those below zero hang from it."""
    each = width * (1 - GAP) / (len(values) or 1)
    return tuple(
        Bar(
            value=value,
            series=at,
            x=_percent(left + width * GAP / 2 + each * at),
            y=_pixels((top - max(value, NOTHING)) * scale),
            width=_percent(each),
            height=_pixels(abs(value) * scale),
        )
        for at, value in enumerate(values)
        if value is not None
    )


def parts(values: Sequence[Decimal], *, of: Decimal) -> tuple[Part, ...]:
    """Return a lying bar of ``values`` one after the other, as wide as they are of all.

    What is more than ``of`` is cut off; what is not above zero has no part.
    """
    found, used = [], NOTHING
    for at, value in enumerate(values):
        if value > NOTHING and of > NOTHING:
            share = min(value / of * WHOLE, WHOLE - used)
            found.append(Part(value, at, _percent(used), _percent(share)))
            used += share
    return tuple(found)


def _percent(number: Decimal) -> str:
    return f"{number:.2f}%"


def _pixels(number: Decimal) -> str:
    return f"{number:.1f}"
