"""What holds for effect sizes of every study: turned round, on another scale, one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import gammaln

from umbrella_review.effects.correlation import hypergeometric
from umbrella_review.effects.escalc import escalc

counts = st.integers(0, 500)
sizes = st.integers(3, 400)
means = st.floats(-100, 100).map(lambda x: round(x, 3))
deviations = st.floats(0.1, 50)
tables = st.lists(
    st.tuples(counts, counts, counts, counts).filter(lambda t: t[0] + t[1] and t[2] + t[3]),
    min_size=1,
    max_size=6,
)
groups = st.lists(
    st.tuples(means, deviations, sizes, means, deviations, sizes), min_size=1, max_size=6
)
CELLS = ("ai", "bi", "ci", "di")
MEANS = ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")


def columns(names, rows):
    return dict(zip(names, np.array(rows, dtype=float).T, strict=True))


def equal(one, other, rtol=1e-9, atol=1e-9):
    np.testing.assert_allclose(one, other, rtol=rtol, atol=atol, equal_nan=True)


@pytest.mark.parametrize("measure", ["RR", "OR", "RD", "AS", "PETO"])
@given(rows=tables, to=st.sampled_from(["only0", "all", "if0all", "none"]), drop=st.booleans())
def test_swapping_the_groups_of_a_table_turns_the_sign(measure, rows, to, drop):
    table = columns(CELLS, rows)
    swapped = table | {"ai": table["ci"], "bi": table["di"], "ci": table["ai"], "di": table["bi"]}
    yi, vi = escalc(measure, table, to=to, drop00=drop)
    other, variance = escalc(measure, swapped, to=to, drop00=drop)
    equal(other, -yi)
    equal(variance, vi)


@pytest.mark.parametrize("measure", ["OR", "RD", "AS", "PETO"])
@given(rows=tables)
def test_swapping_event_and_no_event_turns_the_sign(measure, rows):
    table = columns(CELLS, rows)
    swapped = table | {"ai": table["bi"], "bi": table["ai"], "ci": table["di"], "di": table["ci"]}
    yi, vi = escalc(measure, table)
    other, variance = escalc(measure, swapped)
    equal(other, -yi)
    equal(variance, vi)


@pytest.mark.parametrize(
    ("measure", "vtype"),
    [("MD", "LS"), ("MD", "HO"), ("SMDH", "LS"), ("SMDH", "LS2"), ("ROM", "LS"), ("ROM", "HO")]
    + [("SMD", vtype) for vtype in ("LS", "LS2", "UB", "AV")],
)
@given(rows=groups)
def test_swapping_the_groups_of_means_turns_the_sign(measure, vtype, rows):
    data = columns(MEANS, rows)
    swapped = {name.translate(str.maketrans("12", "21")): data[name] for name in MEANS}
    yi, vi = escalc(measure, data, vtype=vtype)
    other, variance = escalc(measure, swapped, vtype=vtype)
    equal(other, -yi)
    equal(variance, vi)


@given(rows=groups, factor=st.floats(1e-3, 1e3))
def test_another_unit_scales_differences_and_leaves_standardised_ones(rows, factor):
    data = columns(MEANS, rows)
    scaled = {name: data[name] if name.startswith("n") else data[name] * factor for name in MEANS}
    yi, vi = escalc("MD", data)
    equal(escalc("MD", scaled), (yi * factor, vi * factor**2), atol=0)
    for measure in ("SMD", "SMDH", "ROM"):
        equal(escalc(measure, scaled), escalc(measure, data))


@given(rows=groups, shift=means)
def test_another_zero_leaves_differences(rows, shift):
    data = columns(MEANS, rows)
    moved = data | {"m1i": data["m1i"] + shift, "m2i": data["m2i"] + shift}
    for measure in ("MD", "SMD", "SMDH"):
        equal(escalc(measure, moved), escalc(measure, data))


@pytest.mark.parametrize("measure", ["COR", "UCOR", "ZCOR"])
@given(st.lists(st.tuples(st.floats(-0.999, 0.999), sizes), min_size=1, max_size=6))
def test_correlations_are_odd(measure, rows):
    data = columns(("ri", "ni"), rows)
    yi, vi = escalc(measure, data)
    other, variance = escalc(measure, data | {"ri": -data["ri"]})
    equal(other, -yi)
    equal(variance, vi)


@given(rows=tables)
def test_studies_do_not_depend_on_their_order_or_on_each_other(rows):
    table = columns(CELLS, rows)
    yi, vi = escalc("RR", table)
    backwards = escalc("RR", {name: column[::-1] for name, column in table.items()})
    equal(backwards[0][::-1], yi)
    for place in range(len(rows)):
        alone = escalc("RR", {name: column[place] for name, column in table.items()})
        equal(np.ravel(alone), [yi[place], vi[place]])


@given(rows=groups)
def test_a_batch_of_analyses_is_its_analyses_one_by_one(rows):
    data = columns(MEANS, rows)
    batch = {name: np.stack([column, column[::-1]]) for name, column in data.items()}
    for vtype in ("LS", "AV"):
        yi, vi = escalc("SMD", batch, vtype=vtype)
        alone = escalc("SMD", data, vtype=vtype)
        equal(yi, [alone[0], alone[0][::-1]])
        equal(vi, [alone[1], alone[1][::-1]])


@pytest.mark.parametrize("c", [1.5, 3, 20, 49.9, 50.1, 199, 5000])
@pytest.mark.parametrize("x", [0.0, 0.1, 0.9, 0.9975, 1.0])
def test_the_hypergeometric_function_is_its_integral(c, x):
    # Euler's integral for a = 1/2 with t = sin(h)^2; beyond `end` the integrand is nil.
    end = min(np.pi / 2, 12 / np.sqrt(c))
    area = quad(
        lambda h: np.cos(h) ** (2 * c - 2) / np.sqrt(1 - x * np.sin(h) ** 2),
        *(0, end),
        epsabs=0,
        epsrel=1e-13,
        limit=300,
    )[0]
    expected = 2 * np.exp(gammaln(c) - gammaln(c - 0.5) - gammaln(0.5)) * area
    found = float(hypergeometric(0.5, np.array(c), np.array(x)))
    assert found == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("c", [49.5, 50.5, 400])
def test_both_ways_to_the_hypergeometric_function_meet(c):
    # F(1, 1; c; x) satisfies x (1-x) F'' + (c - 3x) F' - F = 0; at x = 0, F' = 1/c.
    step = 1e-6
    near = hypergeometric(1.0, np.full(2, float(c)), np.array([0.0, step]))
    assert (near[1] - near[0]) / step == pytest.approx(1 / c, rel=1e-5)
    # F(1, 1; c; 1) = (c-1)/(c-2), Gauss
    at_one = float(hypergeometric(1.0, np.array(float(c)), np.array(1.0)))
    assert at_one == pytest.approx((c - 1) / (c - 2), rel=1e-12)
