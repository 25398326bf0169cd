"""Surprise: whether a count of articles departs from its own recent past.

Belongs here: the test, on counts as arrays. Does not belong here: what is counted, and DuckDB (shifts.py).

Method. A unit (actor, theme, pair) is expected in as many articles of a period as each source's articles of that period
times the rate at which the source has covered the unit in the window before; a rate from few articles is drawn to the
rate over all sources. So a source that fails, or a quiet Sunday, lowers the expectation instead of firing. Weekdays
are corrected by the unit's own record on that weekday, drawn to 1 where that is short. The count is held against the
predictive distribution of a Poisson count with a Gamma rate, the negative binomial (Gelman et al., Bayesian Data
Analysis, 2.6), whose size takes in both what a short past leaves open and the dispersion beyond Poisson that the window
shows (method of moments). Over all units of a period the false discovery rate is controlled (Benjamini and Hochberg
1995).

A period depends on the window before it only, so what changes on a day reaches no further than one window.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from assets.settings import Shifts

if TYPE_CHECKING:
    import pyarrow as pa
    from scipy.sparse import csr_array

# Articles of a source that weigh as much as what all sources together show.
RATE_PRIOR_ARTICLES = 10.0
# Articles on a weekday that weigh as much as the assumption that it is a day like others.
WEEKDAY_PRIOR_ARTICLES = 5.0
# The prior of a rate: half an article in the whole window (Jeffreys).
PRIOR_SHAPE = 0.5
# Dispersion of news about one unit where its own past is short, and the number of periods that it weighs.
PRIOR_DISPERSION, DISPERSION_PRIOR_PERIODS = 0.3, 14.0
LEAST_P = 1e-300
# Matrices of this many numbers (40 MB) are held at a time, a dozen of them.
CELLS_PER_BLOCK = 5_000_000


@dataclass(frozen=True)
class Period:
    """A length of time that is compared with those before it."""

    name: str
    days: int
    window: int  # how many periods before it are its past
    least: int  # how many of them must have news
    cycle: int | None  # after how many periods a rhythm comes round


def periods(rules: Shifts) -> tuple[Period, Period]:
    """Return the day, which knows weekdays, and the week."""
    weeks, least_weeks = rules.window_days // 7, rules.min_days // 7
    return Period("day", 1, rules.window_days, rules.min_days, 7), Period("week", 7, weeks, least_weeks, None)


def find_shifts(
    counts: pa.Table, exposure: pa.Table, tested: Mapping[date, int], period: Period, rules: Shifts
) -> pa.Table:
    """Return the shifts among the periods that begin on the days of `tested`.

    `counts` (starts_on, source_id, unit, articles) holds what is counted in these periods and in the window before
    them, `exposure` (starts_on, source_id, articles) how much each source published, `tested` how many units each
    period has: the number of tests whose false alarms are controlled. Units are numbers from 0 without gaps. Out comes
    a row for every shift: starts_on, unit, direction, observed, expected, low, high, score, q_value, baseline_periods.
    """
    import pyarrow as pa

    asked = sorted(tested)
    if not asked or counts.num_rows == 0:
        return _shift_schema().empty_table()
    cells = _Cells.read(counts, exposure, asked[-1], period)
    rows_per_block = max(1, CELLS_PER_BLOCK // cells.by_unit.shape[1])
    blocks = [asked[start : start + rows_per_block] for start in range(0, len(asked), rows_per_block)]
    return pa.concat_tables(_find_in(cells, block, tested, period, rules) for block in blocks)


def _find_in(cells: _Cells, asked: list[date], tested: Mapping[date, int], period: Period, rules: Shifts) -> pa.Table:
    import pyarrow as pa

    rows = np.array([(day - cells.first).days // period.days for day in asked])
    found = _expect(cells, rows, period).surprises(rules)
    q_values = _q_values(found, [tested[day] for day in asked])
    keep = np.flatnonzero(q_values <= rules.false_discovery_rate)
    return pa.Table.from_arrays(
        [
            pa.array([asked[row] for row in found.row[keep]], pa.date32()),
            pa.array(found.unit[keep], pa.int32()),
            pa.array(np.where(found.rise[keep], "rise", "fall"), pa.string()),
            pa.array(found.observed[keep].astype(np.int64)),
            pa.array(np.round(found.expected[keep], 3)),
            pa.array(found.quantile(keep, 0.025)),
            pa.array(found.quantile(keep, 0.975)),
            pa.array(np.round(-np.log10(np.maximum(found.p_value[keep], LEAST_P)), 2)),
            pa.array(np.round(q_values[keep], 6)),
            pa.array(found.baseline_periods[keep]),
        ],
        schema=_shift_schema(),
    )


def _shift_schema() -> pa.Schema:
    import pyarrow as pa

    kinds = {"starts_on": pa.date32(), "unit": pa.int32(), "direction": pa.string(), "observed": pa.int64()}
    kinds |= {"expected": pa.float64(), "low": pa.int64(), "high": pa.int64(), "score": pa.float64()}
    return pa.schema({**kinds, "q_value": pa.float64(), "baseline_periods": pa.int64()})


@dataclass(frozen=True)
class _Cells:
    """Counts as matrices: a row per period, a column per unit, per source, or per unit and source."""

    first: date  # on which the first row begins
    by_pair: csr_array  # period x (unit, source)
    by_unit: csr_array  # period x unit
    exposure: np.ndarray  # period x source

    @classmethod
    def read(cls, counts: pa.Table, exposure: pa.Table, last: date, period: Period) -> _Cells:
        import pyarrow as pa
        import pyarrow.compute as pc
        from scipy.sparse import coo_array

        first = pc.min(exposure["starts_on"]).as_py()
        height = (last - first).days // period.days + 1

        def row(table: pa.Table) -> np.ndarray:
            # As numbers of days: for dates pyarrow would load pandas.
            days = table["starts_on"].cast(pa.int32()).to_numpy()
            return (days - (first - date(1970, 1, 1)).days) // period.days

        sources = pc.unique(pa.chunked_array(exposure["source_id"].chunks + counts["source_id"].chunks))
        sources = sources.take(pc.sort_indices(sources))  # numbers are summed in this order

        def source(table: pa.Table) -> np.ndarray:
            return pc.index_in(table["source_id"], value_set=sources).to_numpy()

        published = np.zeros((height, len(sources)))
        np.add.at(published, (row(exposure), source(exposure)), exposure["articles"].to_numpy())

        unit = counts["unit"].to_numpy().astype(np.int64)
        units = int(unit.max()) + 1
        pair = unit * len(sources) + source(counts)
        articles = counts["articles"].to_numpy().astype(float)
        return cls(
            first=first,
            by_pair=coo_array((articles, (row(counts), pair)), shape=(height, units * len(sources))).tocsr(),
            by_unit=coo_array((articles, (row(counts), unit)), shape=(height, units)).tocsr(),
            exposure=published,
        )


@dataclass(frozen=True)
class _Surprises:
    """Counts that may be shifts, with the distribution that they are held against."""

    row: np.ndarray
    unit: np.ndarray
    observed: np.ndarray
    expected: np.ndarray
    size: np.ndarray
    baseline_periods: np.ndarray
    rise: np.ndarray
    p_value: np.ndarray

    def quantile(self, which: np.ndarray, share: float) -> np.ndarray:
        """Return, for the counts numbered `which`, the least count that `share` of such counts do not exceed."""
        size, chance = self.size[which], self.size[which] / (self.size[which] + self.expected[which])
        low, high = np.full(len(which), -1), np.ones(len(which), dtype=np.int64)
        while (short := _at_most(high, size, chance) < share).any():
            high[short] *= 2
        while (high - low > 1).any():
            middle = (low + high) // 2
            enough = _at_most(middle, size, chance) >= share
            low, high = np.where(enough, low, middle), np.where(enough, middle, high)
        return high


@dataclass(frozen=True)
class _Expectation:
    """What the past leads to expect of the periods asked: dense matrices, a row per period and a column per unit."""

    observed: np.ndarray
    expected: np.ndarray
    usual: np.ndarray  # articles of a period of the past, however much was published
    size: np.ndarray
    baseline_periods: np.ndarray  # per period

    def surprises(self, rules: Shifts) -> _Surprises:
        """Return the counts worth a test: enough articles for a rise, enough of them expected for a fall."""
        enough = self.baseline_periods >= 1
        rise = (self.observed > self.expected) & (self.observed >= rules.min_articles)
        # Where others' big news swells the total, somebody with as many articles as ever has not fallen.
        expected = np.where(rise, self.expected, np.minimum(self.expected, self.usual))
        fall = (self.observed < expected) & (expected >= 2 * rules.min_articles)
        row, unit = np.nonzero((rise | fall) & enough[:, None])
        observed, expected, size = (matrix[row, unit] for matrix in (self.observed, expected, self.size))
        chance = size / (size + expected)
        up = rise[row, unit]
        p_value = np.where(up, _at_least(observed, size, chance), _at_most(observed, size, chance))
        return _Surprises(row, unit, observed, expected, size, self.baseline_periods[row], up, p_value)


def _at_most(count: np.ndarray, size: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """Return the probability of at most `count` (from -1) by the negative binomial distribution: DLMF 8.17.24.

    From scipy.special, since scipy.stats alone takes longer to load than a day takes to count.
    """
    from scipy.special import betainc

    return np.where(count < 0, 0.0, betainc(size, np.maximum(count, 0) + 1, chance))


def _at_least(count: np.ndarray, size: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """Return the probability of at least `count` (from 1), exact where it is tiny."""
    from scipy.special import betainc

    return betainc(np.maximum(count, 1), size, 1 - chance)


def _expect(cells: _Cells, rows: np.ndarray, period: Period) -> _Expectation:
    """Return the expectation of every unit in the periods `rows`."""
    from scipy.sparse import coo_array

    height = cells.exposure.shape[0]
    past = _past(rows, height, range(1, period.window + 1))
    total = cells.exposure.sum(axis=1)
    past_total = past @ total
    baseline = np.rint(past @ (total > 0)).astype(np.int64)
    baseline = np.where((baseline >= period.least) & (total[rows] > 0), baseline, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        per_article = np.where(past_total > 0, 1 / past_total, 0.0)

    counted = (past @ cells.by_unit).toarray()
    rate = counted * per_article[:, None]
    # How many articles each source is to have, per article that names the unit in the source's past.
    past_exposure = past @ cells.exposure
    weight = cells.exposure[rows] / (past_exposure + RATE_PRIOR_ARTICLES)
    by_pair = (past @ cells.by_pair).tocoo()
    row, pair = by_pair.coords
    unit, source = np.divmod(pair, cells.exposure.shape[1])
    expected = coo_array((by_pair.data * weight[row, source], (row, unit)), shape=counted.shape).toarray()
    expected += rate * (weight.sum(axis=1) * RATE_PRIOR_ARTICLES)[:, None]
    expected += PRIOR_SHAPE * (total[rows] * per_article)[:, None]
    if period.cycle:
        expected *= _rhythm(cells, rows, period, counted, per_article)

    size = 1 / (_dispersion(cells, past, total, rate, baseline) + 1 / (counted + PRIOR_SHAPE))
    usual = counted / np.maximum(baseline, 1)[:, None]
    return _Expectation(cells.by_unit[rows].toarray(), expected, usual, size, baseline)


def _rhythm(
    cells: _Cells, rows: np.ndarray, period: Period, counted: np.ndarray, per_article: np.ndarray
) -> np.ndarray:
    """Return how much more than usual a unit is covered at this point of the cycle."""
    height = cells.exposure.shape[0]
    same = _past(rows, height, range(period.cycle, period.window + 1, period.cycle))
    usual = counted * (per_article * (same @ cells.exposure.sum(axis=1)))[:, None]
    return ((same @ cells.by_unit).toarray() + WEEKDAY_PRIOR_ARTICLES) / (usual + WEEKDAY_PRIOR_ARTICLES)


def _dispersion(
    cells: _Cells, past: csr_array, total: np.ndarray, rate: np.ndarray, baseline: np.ndarray
) -> np.ndarray:
    """Return the variance beyond Poisson in units of the squared mean, by moments, drawn to the prior."""
    squares = (past @ cells.by_unit.power(2)).toarray()
    products = (past @ cells.by_unit.multiply(total[:, None]).tocsr()).toarray()
    total_squares = (past @ total**2)[:, None]
    spread = squares - 2 * rate * products + rate**2 * total_squares
    excess = spread - rate * (past @ total)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.where(rate > 0, excess / (rate**2 * total_squares), PRIOR_DISPERSION)
    share = (baseline / (baseline + DISPERSION_PRIOR_PERIODS))[:, None]
    return share * np.clip(own, 0, 5) + (1 - share) * PRIOR_DISPERSION


def _past(rows: np.ndarray, height: int, steps: range) -> csr_array:
    """Return the matrix that sums, for each of `rows`, the periods that lie `steps` before it."""
    from scipy.sparse import coo_array

    targets = np.repeat(np.arange(len(rows)), len(steps))
    origins = np.repeat(rows, len(steps)) - np.tile(np.array(steps), len(rows))
    inside = origins >= 0
    ones = np.ones(int(inside.sum()))
    return coo_array((ones, (targets[inside], origins[inside])), shape=(len(rows), height)).tocsr()


def _q_values(found: _Surprises, units_tested: list[int]) -> np.ndarray:
    """Return the false discovery rate at which each count is a shift (Benjamini and Hochberg), period by period.

    Units that were not worth a test count among the tests of their period.
    """
    order = np.lexsort((found.p_value, found.row))
    begins = np.flatnonzero(np.diff(found.row[order], prepend=-1))
    q_values = np.empty(len(order))
    for here in np.split(order, begins[1:]):
        tests = max(units_tested[found.row[here[0]]], len(here)) if len(here) else 0
        rates = found.p_value[here] * tests / np.arange(1, len(here) + 1)
        q_values[here] = np.minimum(np.minimum.accumulate(rates[::-1])[::-1], 1)
    return q_values
