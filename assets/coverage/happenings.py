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

from collections.abc import Sequence
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


def find_episodes(
    days: np.ndarray, terms: pa.Table, asked: Sequence[date], rules: Stories
) -> tuple[pa.Table, pa.Table]:
    """Return the episodes of the days `asked` and their members, in order; an episode bears its first article's number.

    `days` holds the publication day of each article by its number, ascending; articles of a day stand in the order of
    publication. `terms` (article_number, term, weight) says what is in them. Both must reach back `rules.reach` days
    before the first day asked. Out come an episode's number, published_on, continues (the number of an earlier one)
    and similarity, and a member's article_number, episode and similarity.
    """
    import pyarrow as pa

    episodes, members = [_episode_schema().empty_table()], [_member_schema().empty_table()]
    if not len(days) or not asked:
        return episodes[0], members[0]
    matrix = _matrix(len(days), terms)
    seen = _Seen.read(matrix, days)
    before: list[_Day] = []
    wanted = set(asked)
    reached = days[(days >= np.datetime64(min(wanted) - timedelta(days=rules.gap_days))) & (days <= max(wanted))]
    for day in np.unique(reached).astype(object):
        today = _group(matrix, days, seen, day, rules)
        before = [one for one in before if (day - one.day).days <= rules.gap_days]
        if day in wanted:
            episodes.append(_episodes(today, before, rules))
            members.append(_members(today))
        before.append(today)
    return pa.concat_tables(episodes), pa.concat_tables(members)


def _episode_schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema(
        {"number": pa.int64(), "published_on": pa.date32(), "continues": pa.int64(), "similarity": pa.float64()}
    )


def _member_schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema({"article_number": pa.int64(), "episode": pa.int64(), "similarity": pa.float64()})


@dataclass(frozen=True)
class _Day:
    """The groups of one day: the number of each one's first article, which names it, and its normed vector.

    Then their members: article numbers group by group, the place of each one's group, and how close it is to it.
    """

    day: date
    numbers: np.ndarray
    vectors: csr_array
    articles: np.ndarray
    group: np.ndarray
    closeness: np.ndarray


def _matrix(height: int, terms: pa.Table) -> csr_array:
    """Return the terms as a row for each article, its columns in the order of the terms, on which sums depend."""
    import pyarrow.compute as pc
    from scipy.sparse import coo_array

    term = terms["term"].combine_chunks().dictionary_encode()
    column = pc.rank(term.dictionary).to_numpy().astype(np.int64)[term.indices.to_numpy()] - 1
    row = terms["article_number"].to_numpy()
    width = max(len(term.dictionary), 1)
    return coo_array((terms["weight"].to_numpy(), (row, column)), shape=(height, width)).tocsr()


@dataclass(frozen=True)
class _Seen:
    """In how many articles of each day a term stands: a row for each day with news, a column for each term."""

    days: np.ndarray
    articles: np.ndarray  # per day
    counts: csr_array
    present: csr_array  # 1 for a term of the day

    @classmethod
    def read(cls, matrix: csr_array, published: np.ndarray) -> _Seen:
        from scipy.sparse import csr_array

        days, first, articles = np.unique(published, return_index=True, return_counts=True)
        stands = csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)
        of_day = csr_array((np.ones(len(published)), np.arange(len(published)), np.append(first, len(published))))
        counts = (of_day @ stands).tocsr()
        present = csr_array((np.ones(counts.nnz), counts.indices, counts.indptr), shape=counts.shape)
        return cls(days, articles, counts, present)

    def rarity(self, today: np.datetime64, window_days: int) -> np.ndarray:
        """Return how telling each term is today: rare among the articles of the window, and not there on all its days.

        The second factor takes out what belongs to a kind of article instead of a happening: words of market reports
        and weather, the capital of the country that a newspaper writes about.
        """
        first, now = np.searchsorted(self.days, [today - window_days, today])
        in_window, before = np.zeros((2, len(self.days)))
        in_window[first : now + 1] = 1
        before[first:now] = 1
        frequency = in_window @ self.counts
        often = before @ self.present / (now - first + RARITY_PRIOR_DAYS)
        articles = self.articles[first : now + 1].sum()
        return np.log((1 + articles) / np.maximum(frequency, 1)) * (1 - often) ** 2


def _group(matrix: csr_array, published: np.ndarray, seen: _Seen, day: date, rules: Stories) -> _Day:
    """Cluster the articles of `day`."""
    from scipy.sparse import csr_array

    today = np.datetime64(day)
    start, stop = np.searchsorted(published, [today, today + 1])
    weights = matrix[start:stop]
    vectors = _normed(_scaled(weights, seen.rarity(today, rules.rarity_days)[weights.indices]))
    labels = _cluster(vectors, 1 - rules.same_day_similarity)
    # Groups in the order of their first articles.
    _, first, labels = np.unique(labels, return_index=True, return_inverse=True)
    place = np.empty(len(first), dtype=np.int64)
    place[np.argsort(first)] = np.arange(len(first))
    group = place[labels]
    order = np.argsort(group, kind="stable")
    group = group[order]
    belongs = csr_array((np.ones(len(order)), (group, order)), shape=(len(first), len(order)))
    centres = _normed(belongs @ vectors)
    closeness = np.round(vectors[order].multiply(centres[group]).sum(axis=1), 4)
    return _Day(day, np.sort(first) + start, centres, order + start, group, closeness)


def _cluster(vectors: csr_array, cut: float) -> np.ndarray:
    """Return the cluster of each row: average linkage on cosine distance, cut at `cut`, within connected components."""
    from scipy.sparse.csgraph import connected_components

    similarity = (vectors @ vectors.T).tocsr()
    similarity.data = np.round(similarity.data, 9)
    linked = similarity.copy()
    linked.data = np.where(linked.data >= 1 - cut, linked.data, 0.0)
    linked.eliminate_zeros()
    count, labels = connected_components(linked, directed=False)
    by_component = np.argsort(labels, kind="stable")
    ends = np.cumsum(np.bincount(labels, minlength=count))
    clusters = labels
    for component in np.flatnonzero(np.diff(ends, prepend=0) > 2):
        inside = by_component[ends[component - 1] if component else 0 : ends[component]]
        clusters[inside] = count + inside[_cut(1 - _block(similarity, inside), cut)]
    return clusters


def _block(matrix: csr_array, rows: np.ndarray) -> np.ndarray:
    """Return `rows` and the same columns as a dense matrix: scipy would take ten times as long for a small one."""
    starts, lengths = matrix.indptr[rows], np.diff(matrix.indptr)[rows]
    row = np.repeat(np.arange(len(rows)), lengths)
    stored = np.arange(len(row)) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
    place = np.full(matrix.shape[1], -1)
    place[rows] = np.arange(len(rows))
    column = place[matrix.indices[stored]]
    dense = np.zeros((len(rows), len(rows)))
    dense[row[column >= 0], column[column >= 0]] = matrix.data[stored][column >= 0]
    return dense


def _cut(distance: np.ndarray, cut: float) -> np.ndarray:
    """Return for each row the one that stands for its cluster: average linkage, which never inverts, cut at `cut`."""
    from scipy.cluster.hierarchy import linkage

    above = np.triu_indices(len(distance), 1)
    tree = linkage(np.clip(distance[above], 0, 1), "average")
    merged = np.arange(2 * len(distance) - 1)
    for number in range(len(tree) - 1, -1, -1):
        if tree[number, 2] <= cut:
            merged[tree[number, :2].astype(int)] = merged[len(distance) + number]
    _, first, cluster = np.unique(merged[: len(distance)], return_index=True, return_inverse=True)
    return first[cluster]


def _episodes(today: _Day, before: list[_Day], rules: Stories) -> pa.Table:
    """Return a row for each group of `today`, with the group of the days before that it continues."""
    import pyarrow as pa
    from scipy.sparse import vstack

    closest = np.full(len(today.numbers), -1.0)
    continues = np.full(len(today.numbers), -1)
    if before:
        similarity = (today.vectors @ vstack([day.vectors for day in before], format="csr").T).tocsr()
        earlier = np.concatenate([day.numbers for day in before])[similarity.indices]
        close = np.round(similarity.data, 4)
        with_any = np.flatnonzero(np.diff(similarity.indptr))
        if len(with_any):
            starts = similarity.indptr[with_any]
            closest[with_any] = np.maximum.reduceat(close, starts)
            # Of equals the latest.
            equal = close == np.repeat(closest, np.diff(similarity.indptr))
            continues[with_any] = np.maximum.reduceat(np.where(equal, earlier, -1), starts)
    begins = closest < rules.next_day_similarity
    return pa.Table.from_arrays(
        [
            pa.array(today.numbers),
            pa.array([today.day] * len(today.numbers), pa.date32()),
            pa.array(continues, mask=begins),
            pa.array(closest, mask=begins),
        ],
        schema=_episode_schema(),
    )


def _members(today: _Day) -> pa.Table:
    import pyarrow as pa

    columns = (today.articles, today.numbers[today.group], today.closeness)
    return pa.Table.from_arrays([pa.array(column) for column in columns], schema=_member_schema())


def _normed(vectors: csr_array) -> csr_array:
    """Return the rows at length 1."""
    lengths = np.sqrt(vectors.power(2).sum(axis=1))
    return _scaled(vectors, np.repeat(1 / np.where(lengths > 0, lengths, 1), np.diff(vectors.indptr)))


def _scaled(vectors: csr_array, by: np.ndarray) -> csr_array:
    """Return the rows with each stored number multiplied by one of `by`."""
    from scipy.sparse import csr_array

    return csr_array((vectors.data * by, vectors.indices, vectors.indptr), shape=vectors.shape)
