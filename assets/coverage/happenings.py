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
    before: list[_Day] = []
    wanted = set(asked)
    reached = days[(days >= np.datetime64(min(wanted) - timedelta(days=rules.gap_days))) & (days <= max(wanted))]
    for day in np.unique(reached).astype(object):
        today = _group(matrix, days, day, rules)
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


def _group(matrix: csr_array, published: np.ndarray, day: date, rules: Stories) -> _Day:
    """Cluster the articles of `day`."""
    from scipy.sparse import csr_array, diags_array

    today = np.datetime64(day)
    start, stop = np.searchsorted(published, [today, today + 1])
    vectors = _normed(matrix[start:stop] @ diags_array(_rarity(matrix, published, today, stop, rules.rarity_days)))
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
    from scipy.sparse import diags_array

    lengths = np.sqrt(vectors.power(2).sum(axis=1))
    return (diags_array(1 / np.where(lengths > 0, lengths, 1)) @ vectors).tocsr()
