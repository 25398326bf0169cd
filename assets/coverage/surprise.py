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

from collections.abc import Iterator, Mapping
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
# Units are looked at in blocks: a matrix of a block, all periods by its units, has this many numbers (8 MB).
CELLS_PER_BLOCK = 1_000_000


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
    past = _Past.read(counts, exposure, asked, period)
    found = _Surprises.together([_find_in(cells, past, period, rules) for cells in past.blocks()])
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
    """Counts of the units from number `first` on: a row per period, a column per unit, or per unit and source."""

    first: int
    by_unit: np.ndarray
    by_pair: csr_array


@dataclass(frozen=True)
class _Past:
    """What is counted and what was published, by numbers of periods, units and sources; and the periods asked."""

    rows: np.ndarray  # numbers of the periods asked
    published: np.ndarray  # period x source
    period: np.ndarray  # of each count, as are unit, source and articles
    unit: np.ndarray
    source: np.ndarray
    articles: np.ndarray

    @classmethod
    def read(cls, counts: pa.Table, exposure: pa.Table, asked: list[date], period: Period) -> _Past:
        import pyarrow as pa
        import pyarrow.compute as pc

        first = pc.min(exposure["starts_on"]).as_py()

        def number(table: pa.Table) -> np.ndarray:
            # As numbers of days: for dates pyarrow would load pandas.
            days = table["starts_on"].cast(pa.int32()).to_numpy()
            return (days - (first - date(1970, 1, 1)).days) // period.days

        sources = pc.unique(pa.chunked_array(exposure["source_id"].chunks + counts["source_id"].chunks))
        sources = sources.take(pc.sort_indices(sources))  # numbers are summed in this order

        def source(table: pa.Table) -> np.ndarray:
            return pc.index_in(table["source_id"], value_set=sources).to_numpy()

        rows = np.array([(day - first).days // period.days for day in asked])
        published = np.zeros((rows[-1] + 1, len(sources)))
        np.add.at(published, (number(exposure), source(exposure)), exposure["articles"].to_numpy())
        counts = counts.sort_by("unit")
        unit, articles = counts["unit"].to_numpy().astype(np.int64), counts["articles"].to_numpy().astype(float)
        return cls(rows, published, number(counts), unit, source(counts), articles)

    def blocks(self) -> Iterator[_Cells]:
        """Yield the counts in blocks of units."""
        from scipy.sparse import coo_array

        height, sources = self.published.shape
        units = int(self.unit[-1]) + 1
        step = max(1, CELLS_PER_BLOCK // height)
        for first in range(0, units, step):
            width = min(step, units - first)
            here = slice(*np.searchsorted(self.unit, [first, first + width]))
            period, unit, articles = self.period[here], self.unit[here] - first, self.articles[here]
            by_unit = np.bincount(period * width + unit, articles, minlength=height * width).reshape(height, width)
            pair = unit * sources + self.source[here]
            by_pair = coo_array((articles, (period, pair)), shape=(height, width * sources)).tocsr()
            yield _Cells(first, by_unit, by_pair)


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

    @classmethod
    def together(cls, parts: list[_Surprises]) -> _Surprises:
        """Return all of them in one."""
        return cls(*(np.concatenate(columns) for columns in zip(*(vars(part).values() for part in parts), strict=True)))

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


def _find_in(cells: _Cells, past: _Past, period: Period, rules: Shifts) -> _Surprises:
    """Return the counts of a block that are worth a test: enough articles for a rise, enough expected for a fall."""
    rows, total = past.rows, past.published.sum(axis=1)
    baseline = _window(total > 0, rows, period).astype(np.int64)
    baseline = np.where((baseline >= period.least) & (total[rows] > 0), baseline, 0)
    counted = _window(cells.by_unit, rows, period)
    usual = counted / np.maximum(baseline, 1)[:, None]  # articles of a period of the past, however much was published
    may_be = (cells.by_unit[rows] >= rules.min_articles) | (usual >= 2 * rules.min_articles)
    row, unit = np.nonzero(may_be & (baseline >= 1)[:, None])
    observed, usual, counted = cells.by_unit[rows][row, unit], usual[row, unit], counted[row, unit]

    expected, rate = _expect(cells, past, row, unit, counted, period)
    dispersion = _dispersion(cells, past, row, unit, rate, baseline, period)
    size = 1 / (dispersion + 1 / (counted + PRIOR_SHAPE))
    rise = (observed > expected) & (observed >= rules.min_articles)
    # Where others' big news swells the total, somebody with as many articles as ever has not fallen.
    expected = np.where(rise, expected, np.minimum(expected, usual))
    fall = (observed < expected) & (expected >= 2 * rules.min_articles)

    tested = np.flatnonzero(rise | fall)
    row, unit, observed, expected, size, rise = (
        column[tested] for column in (row, unit, observed, expected, size, rise)
    )
    chance = size / (size + expected)
    p_value = np.where(rise, _at_least(observed, size, chance), _at_most(observed, size, chance))
    return _Surprises(row, unit + cells.first, observed, expected, size, baseline[row], rise, p_value)


def _expect(
    cells: _Cells, past: _Past, row: np.ndarray, unit: np.ndarray, counted: np.ndarray, period: Period
) -> tuple[np.ndarray, np.ndarray]:
    """Return in how many articles the units are expected, and the rate over all sources, for pairs of row and unit."""
    from scipy.sparse import coo_array

    rows, published = past.rows, past.published
    total = published.sum(axis=1)
    past_total = _window(total, rows, period)
    with np.errstate(divide="ignore", invalid="ignore"):
        per_article = np.where(past_total > 0, 1 / past_total, 0.0)
    rate = counted * per_article[row]
    # How many articles each source is to have, per article that names the unit in the source's past.
    weight = published[rows] / (_window(published, rows, period) + RATE_PRIOR_ARTICLES)
    by_pair = (_sums(rows, len(published), period) @ cells.by_pair).tocoo()
    in_row, pair = by_pair.coords
    of_unit, source = np.divmod(pair, published.shape[1])
    shape = len(rows), cells.by_unit.shape[1]
    expected = coo_array((by_pair.data * weight[in_row, source], (in_row, of_unit)), shape=shape).toarray()[row, unit]
    expected += rate * (weight.sum(axis=1) * RATE_PRIOR_ARTICLES)[row]
    expected += PRIOR_SHAPE * (total[rows] * per_article)[row]
    if period.cycle:
        # How much more than usual a unit is covered at this point of the cycle.
        same = _window(cells.by_unit, rows, period, every=period.cycle)[row, unit]
        usual = counted * (per_article * _window(total, rows, period, every=period.cycle))[row]
        expected *= (same + WEEKDAY_PRIOR_ARTICLES) / (usual + WEEKDAY_PRIOR_ARTICLES)
    return expected, rate


def _dispersion(
    cells: _Cells,
    past: _Past,
    row: np.ndarray,
    unit: np.ndarray,
    rate: np.ndarray,
    baseline: np.ndarray,
    period: Period,
) -> np.ndarray:
    """Return the variance beyond Poisson in units of the squared mean, by moments, drawn to the prior."""
    rows, total = past.rows, past.published.sum(axis=1)
    squares = _window(cells.by_unit**2, rows, period)[row, unit]
    products = _window(cells.by_unit * total[:, None], rows, period)[row, unit]
    total_squares = _window(total**2, rows, period)[row]
    spread = squares - 2 * rate * products + rate**2 * total_squares
    excess = spread - rate * _window(total, rows, period)[row]
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.where(rate > 0, excess / (rate**2 * total_squares), PRIOR_DISPERSION)
    share = (baseline / (baseline + DISPERSION_PRIOR_PERIODS))[row]
    return share * np.clip(own, 0, 5) + (1 - share) * PRIOR_DISPERSION


def _window(numbers: np.ndarray, rows: np.ndarray, period: Period, every: int = 1) -> np.ndarray:
    """Return for each of `rows` the sum of the periods in its past, or of every so many of them: whole numbers."""
    if every > 1:
        sums = np.zeros((len(rows), *numbers.shape[1:]))
        for steps in range(every, period.window + 1, every):
            reached = rows >= steps
            sums[reached] += numbers[rows[reached] - steps]
        return sums
    summed = np.concatenate([np.zeros((1, *numbers.shape[1:])), np.cumsum(numbers, axis=0)])
    return summed[rows] - summed[np.maximum(rows - period.window, 0)]


def _sums(rows: np.ndarray, height: int, period: Period) -> csr_array:
    """Return the matrix that sums, for each of `rows`, the periods in its past."""
    from scipy.sparse import csr_array

    starts = np.maximum(rows - period.window, 0)
    lengths = rows - starts
    ends = np.cumsum(lengths)
    origins = np.arange(ends[-1]) + np.repeat(starts - ends + lengths, lengths)
    return csr_array((np.ones(len(origins)), origins, np.append(0, ends)), shape=(len(rows), height))


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
