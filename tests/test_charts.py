"""From values to bars: places in percent and pixels, and round numbers beside them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownyourstory.charts import columns, parts, round_numbers

D = Decimal

NUMBERS = {
    "nothing": ("0", "0", ["0"]),
    "less than a euro": ("0", "0.40", ["0", "1"]),
    "a few euros": ("0", "7", ["0", "2", "4", "6", "8"]),
    "the top is a line itself": ("0", "4000", ["0", "1000", "2000", "3000", "4000"]),
    "a cent above it": ("0", "4000.01", ["0", "2000", "4000", "6000"]),
    "steps of five": ("0", "18000", ["0", "5000", "10000", "15000", "20000"]),
    "steps of ten": ("0", "21000", ["0", "10000", "20000", "30000"]),
    "below zero too": ("-1500", "4000", ["-2000", "0", "2000", "4000"]),
    "only below zero": ("-300", "-200", ["-300", "-200", "-100", "0"]),
    "zero is always there": ("3000", "4000", ["0", "1000", "2000", "3000", "4000"]),
}


@pytest.mark.parametrize(("low", "high", "lines"), NUMBERS.values(), ids=NUMBERS)
def test_the_numbers_beside_a_chart_are_round(
    low: str, high: str, lines: list[str]
) -> None:
    assert round_numbers(D(low), D(high)) == tuple(map(D, lines))


def test_a_bar_is_as_high_as_its_value() -> None:
    chart = columns([[D(1000), D(4000)], [D(0), None]], height=200)

    first, second = chart.groups
    assert [line.y for line in chart.lines] == [
        "200.0",
        "150.0",
        "100.0",
        "50.0",
        "0.0",
    ]
    assert [(bar.y, bar.height) for bar in first.bars] == [
        ("150.0", "50.0"),
        ("0.0", "200.0"),
    ]
    assert [(bar.x, bar.width) for bar in first.bars] == [
        ("6.25%", "18.75%"),
        ("25.00%", "18.75%"),
    ]
    assert (first.middle, second.middle) == ("25.00%", "75.00%")
    assert [(bar.series, bar.height) for bar in second.bars] == [(0, "0.0")]
    assert chart.zero == "200.0"


def test_a_bar_below_zero_hangs_from_it() -> None:
    chart = columns([[D(-1000)], [D(3000)]], height=200)

    assert chart.zero == "150.0"
    bars = [bar for group in chart.groups for bar in group.bars]
    assert [(bar.y, bar.height) for bar in bars] == [
        ("150.0", "50.0"),
        ("0.0", "150.0"),
    ]


EMPTY: dict[str, list[list[Decimal | None]]] = {
    "no groups": [],
    "groups without values": [[], []],
    "values that are to come": [[None]],
    "nothing but zeros": [[D(0), D(0)]],
}


@pytest.mark.parametrize("groups", EMPTY.values(), ids=EMPTY)
def test_a_chart_of_nothing_has_no_bars(groups: list[list[Decimal | None]]) -> None:
    chart = columns(groups, height=200)

    assert {bar.height for one in chart.groups for bar in one.bars} <= {"0.0"}
    assert [(line.value, line.y) for line in chart.lines] == [(D(0), "0.0")]


amounts = st.decimals(-10_000_000, 10_000_000, places=2)


@given(st.lists(st.lists(amounts, min_size=2, max_size=2), min_size=1, max_size=12))
def test_no_bar_leaves_the_chart(groups: list[list[Decimal]]) -> None:
    chart = columns(groups, height=200)

    assert len(chart.lines) <= 7
    for group in chart.groups:
        for bar in group.bars:
            assert D(bar.y) >= 0
            assert D(bar.y) + D(bar.height) <= D("200.1")


PARTS = {
    "one after the other": (
        ["30", "50"],
        "100",
        [(0, "0.00%", "30.00%"), (1, "30.00%", "50.00%")],
    ),
    "nothing has no part": (["0", "50"], "100", [(1, "0.00%", "50.00%")]),
    "all of it": (["7500"], "7500", [(0, "0.00%", "100.00%")]),
    "more than all is cut off": (["9000"], "7500", [(0, "0.00%", "100.00%")]),
    "the second is cut off": (
        ["60", "60"],
        "100",
        [(0, "0.00%", "60.00%"), (1, "60.00%", "40.00%")],
    ),
    "of nothing": (["5"], "0", []),
}


@pytest.mark.parametrize(("values", "of", "found"), PARTS.values(), ids=PARTS)
def test_the_parts_of_a_lying_bar(
    values: list[str], of: str, found: list[tuple[int, str, str]]
) -> None:
    made = parts([D(value) for value in values], of=D(of))

    assert [(one.series, one.x, one.width) for one in made] == found
