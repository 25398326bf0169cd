"""A person's last word on one article: `config/corrections.csv` overrides a tag, theme, date or reprint link.

Each correction is applied where the fact is made, so that it survives every rerun and goes when its row goes: dates
when the article is cleaned, mentions and themes when it is tagged, links when the reprints are grouped. What a
correction changes depends on its article alone. This crosses the rooms, so it stands beside them.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from assets.config import ConfigError, read_csv
from assets.home import Home
from assets.tables import table

if TYPE_CHECKING:
    import pyarrow as pa

FILE = "corrections.csv"
KINDS = ("mention", "theme", "date", "reprint")
# A fact that a person has put right is sure.
CERTAIN = 1.0
RULE = "corrected"

Row = dict[str, Any]


@dataclass(frozen=True)
class Corrections:
    """The corrections, by kind and article."""

    rows: tuple[Row, ...] = ()
    _by_kind: dict[str, dict[str, list[Row]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def __post_init__(self) -> None:
        for row in self.rows:
            self._by_kind[row["kind"]][row["article_id"]].append(row)

    def of(self, kind: str) -> dict[str, list[Row]]:
        """Return the corrections of one kind, by article."""
        return dict(self._by_kind.get(kind, {}))


def load_corrections(home: Home) -> Corrections:
    """Return the corrections of `home`; raise ConfigError naming line, field and remedy of every mistake."""
    path = home.config_file(FILE)
    columns = tuple(column.name for column in table("corrections").columns)
    rows, mistakes, seen = [], [], {}
    for line, cells in read_csv(path, columns):
        place = f"{path}:{line}"
        found = list(_mistakes(cells))
        same = tuple(cells[name] for name in ("article_id", "kind", "was", "words"))
        if same in seen and cells["was"]:
            found.append(f"article_id: line {seen[same]} corrects the same; keep one of them")
        seen[same] = line
        mistakes += [f"{place}: {mistake}" for mistake in found]
        if not found:
            rows.append({**cells, "corrected_on": date.fromisoformat(cells["corrected_on"])})
    if mistakes:
        raise ConfigError("\n".join(mistakes))
    return Corrections(tuple(rows))


def check_corrections(home: Home) -> None:
    """Raise ConfigError where a correction names an actor or theme that nobody knows."""
    from assets.tagging.authority import LOCAL, load_authority

    corrections = load_corrections(home)
    if not corrections.rows:
        return
    authority = load_authority(home)
    known = {
        "mention": {actor["actor_id"] for actor in authority.actors},
        "theme": {theme.id for theme in authority.themes},
    }
    mistakes = [
        f"{home.config_file(FILE)}: becomes: {row['becomes']!r} is no {what}; correct it, or add it first"
        for row in corrections.rows
        if (what := {"mention": "actor", "theme": "theme"}.get(row["kind"])) is not None
        and row["becomes"] is not None
        and row["becomes"] not in known[row["kind"]]
        and not row["becomes"].startswith(LOCAL)
    ]
    if mistakes:
        raise ConfigError("\n".join(mistakes))


def corrections_table(home: Home) -> pa.Table:
    """Return the table `corrections`."""
    import pyarrow as pa

    return pa.Table.from_pylist(list(load_corrections(home).rows), table("corrections").arrow_schema)


def correct_date(article: Row, corrections: dict[str, list[Row]]) -> None:
    """Give an article the publication day that a person knows."""
    for correction in corrections.get(article["article_id"], ()):
        day = date.fromisoformat(correction["becomes"])
        article.update(
            published_on=day,
            published_at=None,
            date_method=RULE,
            published_earliest=day,
            published_latest=day,
            date_conflict=False,
        )


def correct_tags(tables: dict[str, pa.Table], articles: pa.Table, corrections: Corrections) -> dict[str, pa.Table]:
    """Return what tagging found in `articles` with mentions, quotes and themes put right."""
    actors, themes = corrections.of("mention"), corrections.of("theme")
    if not actors and not themes:
        return tables
    ids = set(articles["article_id"].to_pylist())
    if actors and not ids.isdisjoint(actors):
        tables["mentions"] = _corrected(tables["mentions"], actors, _mention)
        tables["quotes"] = _corrected(tables["quotes"], actors, _quote)
    if themes and not ids.isdisjoint(themes):
        tables["theme_evidence"] = _corrected(tables["theme_evidence"], themes, _theme)
        tables["article_themes"] = _with_added(_corrected(tables["article_themes"], themes, _theme), articles, themes)
    return tables


def correct_groups(groups: pa.Table, corrections: dict[str, list[Row]]) -> pa.Table:
    """Return the reprint groups with their links put right: a copy of another article, or a text of its own."""
    if not corrections:
        return groups
    import pyarrow as pa

    rows = groups.to_pylist()
    by_article = {row["article_id"]: row for row in rows}
    changed: set[str] = set()
    for article_id in sorted(corrections):
        row = by_article.get(article_id)
        other = by_article.get(corrections[article_id][-1]["becomes"] or "")
        if row is None or (other is None and corrections[article_id][-1]["becomes"]):
            continue  # a warning says so
        changed.add(row["reprint_group_id"])
        own = "article-" + hashlib.sha256(article_id.encode()).hexdigest()[:24]
        row.update(
            reprint_group_id=other["reprint_group_id"] if other else own,
            linked_to=other["article_id"] if other else None,
            is_lead=other is None,
            containment=None,
            reason=RULE,
        )
        changed.add(row["reprint_group_id"])
    _lead(rows, changed)
    return pa.Table.from_pylist(rows, groups.schema)


def _lead(rows: list[Row], changed: set[str]) -> None:
    """Give each changed group one lead: the one it has, or who came first where that has left."""
    members: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["reprint_group_id"] in changed:
            members[row["reprint_group_id"]].append(row)
    for group in members.values():
        group.sort(key=lambda row: (not row["is_lead"], row["landed_on"], row["article_id"]))
        ids = {row["article_id"] for row in group}
        for row in group:
            row["is_lead"] = row is group[0]
            if row["is_lead"]:
                row["linked_to"] = row["containment"] = None
            elif row["linked_to"] not in ids:
                row["linked_to"] = group[0]["article_id"]


def _mistakes(cells: Row) -> Iterator[str]:
    kind = cells["kind"]
    for name in ("article_id", "kind", "corrected_by", "corrected_on", "reason"):
        if cells[name] is None:
            yield f"{name}: required cell is empty; fill it"
    if kind is not None and kind not in KINDS:
        yield f"kind: {kind!r} is unknown; known are {', '.join(KINDS)}"
    if kind == "mention" and cells["was"] is None:
        yield "was: a correction of a mention says which actor is not meant; fill it"
    if kind == "theme" and cells["was"] is None and cells["becomes"] is None:
        yield "becomes: nothing is taken away and nothing added; fill was, becomes or both"
    if cells["words"] is not None and kind != "mention":
        yield "words: only a correction of a mention has words; leave it empty"
    for name in ("corrected_on", *(("becomes",) if kind == "date" else ())):
        if not _is_day(cells[name]) and (cells[name] is not None or name == "becomes"):
            yield f"{name}: {cells[name]!r} is no date; write YYYY-MM-DD"


def _is_day(text: str | None) -> bool:
    try:
        return text is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _corrected(
    rows: pa.Table, corrections: dict[str, list[Row]], correct: Callable[[Row, Row], Row | None]
) -> pa.Table:
    """Return `rows` with those of corrected articles as `correct(row, correction)` has them; None takes one away."""
    import pyarrow as pa

    kept: list[Row] = []
    seen: set[tuple] = set()
    for found in rows.to_pylist():
        row: Row | None = found
        for correction in corrections.get(found["article_id"], ()):
            row = row and correct(row, correction)
        if row is None:
            continue
        if row != found or found["article_id"] in corrections:
            key = _key(row)
            if key in seen:
                continue  # two rows that a correction made one
            seen.add(key)
        kept.append(row)
    return pa.Table.from_pylist(kept, rows.schema)


def _with_added(themes: pa.Table, articles: pa.Table, corrections: dict[str, list[Row]]) -> pa.Table:
    """Return the themes with those that a person adds, where they were not found anyway."""
    import pyarrow as pa

    rows = themes.to_pylist()
    found = {(row["document_id"], row["theme_id"]) for row in rows}
    version = next((row["rules_version"] for row in rows), RULE)
    for article in articles.select(["document_id", "article_id", "tagged"]).to_pylist():
        for correction in corrections.get(article["article_id"], ()) if article["tagged"] else ():
            key = article["document_id"], correction["becomes"]
            if correction["was"] is None and key not in found:
                ids = {"document_id": article["document_id"], "article_id": article["article_id"]}
                rows.append({**ids, "theme_id": correction["becomes"], "score": CERTAIN, "rules_version": version})
                found.add(key)
    return pa.Table.from_pylist(rows, themes.schema)


def _key(row: Row) -> tuple:
    """Return what no two rows of a table share: a correction may make one of two."""
    names = ("document_id", "part", "start_char", "end_char", "kind", "actor_id", "theme_id")
    return tuple(row.get(name) for name in names)


def _mention(row: Row, correction: Row) -> Row | None:
    if row["actor_id"] != correction["was"] or correction["words"] not in (None, row["surface"]):
        return row
    if correction["becomes"] is None:
        return None
    return {**row, "actor_id": correction["becomes"], "office_id": None, "confidence": CERTAIN, "rule": RULE}


def _quote(row: Row, correction: Row) -> Row:
    if row["speaker_actor_id"] != correction["was"] or correction["words"] not in (None, row["speaker_surface"]):
        return row
    return {**row, "speaker_actor_id": correction["becomes"]}


def _theme(row: Row, correction: Row) -> Row | None:
    if correction["was"] is None or row["theme_id"] != correction["was"]:
        return row
    return {**row, "theme_id": correction["becomes"]} if correction["becomes"] else None
