"""Which articles are about one happening: grouping a day's articles, and finding what each group continues.

Belongs here: the grouping, on terms that SQL has taken from the articles. Does not belong here: the tables, and DuckDB
(stories.py).

Method. An article is a vector of terms weighted by tf-idf, rarity being measured in the news of the days up to its
own, and normed. The articles of a day are clustered by average linkage on cosine similarity (Sokal and Michener 1958),
which does not chain, within connected components. A group's vector is the mean of its articles', and each group
continues the most similar group of the days before, if there is one that is similar enough. A day's groups depend on
the articles of a bounded number of days before it and on nothing else: not on the order of arrival, and not on other
stories.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from assets.settings import Stories

if TYPE_CHECKING:
    import pyarrow as pa
    from scipy.sparse import csr_array


# Days without a term that are assumed beside those that were seen: two days of news do not yet show what is usual.
RARITY_PRIOR_DAYS = 2


@dataclass(frozen=True)
class Episode:
    """A group of one day's articles: their numbers, how close each is to the group, and what the group continues."""

    published_on: date
    members: np.ndarray
    closeness: np.ndarray
    continues: int | None  # the first member of an earlier episode
    similarity: float | None

    @property
    def number(self) -> int:
        """The number of its first article, which names it."""
        return int(self.members[0])


def find_episodes(days: Sequence[date], terms: pa.Table, asked: Sequence[date], rules: Stories) -> Iterator[Episode]:
    """Yield the episodes of the days `asked`, in order.

    `days` holds the publication day of each article by its number, ascending; articles of a day stand in the order of
    publication. `terms` (article_number, term, weight) says what is in them. Both must reach back `rules.reach` days
    before the first day asked.
    """
    if not days or not asked:
        return
    published = np.array(days, dtype="datetime64[D]")
    matrix = _matrix(len(days), terms)
    groups: dict[date, _Day] = {}
    wanted = set(asked)
    first, last = min(wanted) - timedelta(days=rules.gap_days), max(wanted)
    for day in sorted({one for one in days if first <= one <= last}):
        today = _group(matrix, published, day, rules)
        before = [groups[one] for one in groups if (day - one).days <= rules.gap_days]
        if day in wanted:
            yield from _episodes(today, before, rules)
        groups[day] = today
        groups = {one: group for one, group in groups.items() if (day - one).days < rules.gap_days}


@dataclass(frozen=True)
class _Day:
    """The groups of one day: article numbers, and the normed vector of each group."""

    day: date
    groups: list[np.ndarray]
    closeness: list[np.ndarray]
    vectors: csr_array


def _matrix(height: int, terms: pa.Table) -> csr_array:
    from scipy.sparse import coo_array

    _, column = np.unique(terms["term"].to_numpy(), return_inverse=True)
    row = terms["article_number"].to_numpy()
    width = int(column.max()) + 1 if len(column) else 1
    return coo_array((terms["weight"].to_numpy(), (row, column)), shape=(height, width)).tocsr()


def _group(matrix: csr_array, published: np.ndarray, day: date, rules: Stories) -> _Day:
    """Cluster the articles of `day`."""
    from scipy.sparse import csr_array, diags_array

    today = np.datetime64(day)
    start, stop = np.searchsorted(published, [today, today + 1])
    vectors = _normed(matrix[start:stop] @ diags_array(_rarity(matrix, published, today, stop, rules.rarity_days)))
    labels = _cluster(vectors, 1 - rules.same_day_similarity)
    order = np.argsort(labels, kind="stable")
    members = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    members.sort(key=lambda group: group[0])
    belongs = csr_array(
        (np.ones(len(order)), np.concatenate(members), np.cumsum([0, *map(len, members)])),
        shape=(len(members), len(order)),
    )
    centres = _normed(belongs @ vectors)
    centre_of = np.repeat(np.arange(len(members)), [len(group) for group in members])
    close = np.round(vectors[np.concatenate(members)].multiply(centres[centre_of]).sum(axis=1), 4)
    closeness = np.split(close, np.cumsum([len(group) for group in members])[:-1])
    return _Day(day, [group + start for group in members], closeness, centres)


def _rarity(matrix: csr_array, published: np.ndarray, today: np.datetime64, stop: int, window_days: int) -> np.ndarray:
    """Return how telling each term is today: rare among the articles of the window, and not there on every day before.

    The second factor takes out what belongs to a kind of article instead of a happening: words of market reports and
    weather, the capital of the country that a newspaper writes about.
    """
    starts = np.searchsorted(published, today - np.arange(window_days, -1, -1))
    frequency = np.bincount(matrix[starts[0] : stop].indices, minlength=matrix.shape[1])
    days_with_term = np.zeros(matrix.shape[1])
    days_with_news = 0
    for begin, end in zip(starts, starts[1:], strict=False):
        if end > begin:
            days_with_term += np.bincount(matrix[begin:end].indices, minlength=matrix.shape[1]) > 0
            days_with_news += 1
    often = days_with_term / (days_with_news + RARITY_PRIOR_DAYS)
    return np.log((1 + stop - starts[0]) / np.maximum(frequency, 1)) * (1 - often) ** 2


def _cluster(vectors: csr_array, cut: float) -> np.ndarray:
    """Return the cluster of each row: average linkage on cosine distance, cut at `cut`, within connected components."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial.distance import squareform

    similarity = (vectors @ vectors.T).tocsr()
    similarity.data = np.round(similarity.data, 9)
    linked = similarity.copy()
    linked.data = np.where(linked.data >= 1 - cut, linked.data, 0.0)
    linked.eliminate_zeros()
    count, labels = connected_components(linked, directed=False)
    sizes = np.bincount(labels, minlength=count)
    clusters = labels.copy()
    following = count
    for component in np.flatnonzero(sizes > 2):
        inside = np.flatnonzero(labels == component)
        distance = 1 - similarity[inside][:, inside].toarray()
        np.fill_diagonal(distance, 0)
        tree = linkage(squareform(np.clip(distance, 0, 1), checks=False), "average")
        clusters[inside] = following + fcluster(tree, cut, "distance")
        following = int(clusters[inside].max()) + 1
    return clusters


def _episodes(today: _Day, before: list[_Day], rules: Stories) -> Iterator[Episode]:
    from scipy.sparse import vstack

    earlier = [group for day in before for group in day.groups]
    similarity = (today.vectors @ vstack([day.vectors for day in before]).T).tocsr() if earlier else None
    for number, group in enumerate(today.groups):
        best, closest = None, None
        if similarity is not None:
            low, high = similarity.indptr[number : number + 2]
            close = np.round(similarity.data[low:high], 4)
            if len(close) and close.max() >= rules.next_day_similarity:
                closest = float(close.max())
                # Of equals the latest; of the same day the first.
                candidates = [earlier[similarity.indices[low + at]] for at in np.flatnonzero(close == close.max())]
                best = int(max(candidates, key=lambda one: one[0])[0])
        yield Episode(today.day, group, today.closeness[number], best, closest)


def _normed(vectors: csr_array) -> csr_array:
    from scipy.sparse import diags_array

    lengths = np.sqrt(vectors.power(2).sum(axis=1))
    return (diags_array(1 / np.where(lengths > 0, lengths, 1)) @ vectors).tocsr()
