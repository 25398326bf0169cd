"""Who and what Dateline knows: the analyst's actors, names, offices, terms and themes, read and checked.

Belongs here: `config/actors/*.csv` and `config/themes.yaml` as rows, and every way in which they can be wrong.
Does not belong here: how a name is looked for (lexicon.py) or what it means where it stands (the readers).
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict, Field

from assets.config import ConfigError, Strict, line_of, load_yaml, read_csv
from assets.home import Home
from assets.tables import table

if TYPE_CHECKING:
    import pyarrow as pa

CSV_TABLES = ("actors", "actor_names", "actor_links", "offices", "office_terms")

ACTOR_TYPES = frozenset(
    ("person", "country", "territory", "region", "igo", "government_body", "company", "media", "ngo", "armed_group")
    + ("party", "religious_body", "other")
)
NAME_KINDS = ("official", "short", "acronym", "transliteration", "adjective", "demonym", "metonym")

LINK_KINDS = ("merge", "promote", "ban")
# Ids of those that no list knows begin so.
LOCAL = ("local-person:", "local-org:")

# Brussels may stand for two governments and be no name of either; a name names one actor, whatever its kind.
_SORT = {kind: kind for kind in ("adjective", "demonym", "metonym")}

_ACTOR_ID = re.compile(r"[a-z][a-z-]*:\S+")
_COUNTRY = re.compile(r"[A-Z]{3}")
_DATES = frozenset({"valid_from", "valid_to", "linked_on", "started_on", "ended_on"})


class Term(Strict):
    """A word or phrase that speaks for a theme; of weight 0, one that does not though a term stands in it.

    A term `with` company counts only in an article that has one of those words too.
    """

    model_config = ConfigDict(populate_by_name=True)

    term: str
    weight: float = 1.0
    case: bool = False
    company: tuple[str, ...] = Field((), alias="with")


class Theme(Strict):
    """A theme of `config/themes.yaml`."""

    id: str
    label: str
    parent: str | None = None
    medtop: str | None = None
    gdelt: str | None = None
    definition: str
    terms: tuple[Term | str, ...] = ()

    def weighted_terms(self) -> list[Term]:
        """Return the theme's terms with their weights."""
        return [Term(term=term) if isinstance(term, str) else term for term in self.terms]


class Themes(Strict):
    """`config/themes.yaml`."""

    themes: tuple[Theme, ...]


@dataclass(slots=True, eq=False)
class Row:
    """A row of a CSV file and where it stands."""

    path: Path
    line: int
    cells: dict[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.cells[column]

    @property
    def place(self) -> str:
        """File and line, as messages name them."""
        return f"{self.path}:{self.line}"


@dataclass(frozen=True)
class Authority:
    """The checked rows of every reference table that tagging reads, in the order of the files."""

    actors: tuple[dict[str, Any], ...]
    actor_names: tuple[dict[str, Any], ...]
    actor_links: tuple[dict[str, Any], ...]
    offices: tuple[dict[str, Any], ...]
    office_terms: tuple[dict[str, Any], ...]
    themes: tuple[Theme, ...]

    def current_id(self, actor_id: str) -> str:
        """Return the id that stands for `actor_id` now, after merges and promotions."""
        return self.links.get(actor_id) or actor_id

    @cached_property
    def links(self) -> dict[str, str | None]:
        """For each id that is no longer used, the one that stands for it now; None where it is banned."""
        steps = {link["old_actor_id"]: link["new_actor_id"] for link in self.actor_links}
        ends = {}
        for old, new in steps.items():
            while new in steps:  # the validator refuses circles
                new = steps[new]
            ends[old] = new
        return ends


def load_authority(home: Home) -> Authority:
    """Return the authority of `home`; raise ConfigError naming every mistake in it."""
    files = [*sorted(home.config_file("actors").glob("*.csv")), home.config_file("themes.yaml")]
    return _load(home, tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files if path.exists()))


@lru_cache(maxsize=1)
def _load(home: Home, _state_of_files: tuple[tuple[Path, int, int], ...]) -> Authority:
    """Read the files; a run does so once, though it validates, tags and puts them on record."""
    mistakes: list[str] = []
    rows = _read_tables(home.config_file("actors"), mistakes)
    themes = _read_themes(home.config_file("themes.yaml"), mistakes)
    _check_actors(rows["actors"], mistakes)
    actor_ids = {row["actor_id"] for row in rows["actors"]}
    _check_names(rows["actor_names"], rows["actors"], actor_ids, mistakes)
    _check_links(rows["actor_links"], actor_ids, mistakes)
    _check_offices(rows["offices"], actor_ids, mistakes)
    _check_terms(rows["office_terms"], rows["offices"], actor_ids, mistakes)
    if mistakes:
        raise ConfigError("\n".join(mistakes))
    return Authority(
        *(tuple(row.cells for row in rows[name]) for name in CSV_TABLES), themes=themes.themes if themes else ()
    )


def authority_tables(home: Home) -> dict[str, pa.Table]:
    """Return the reference tables that the authority holds: actors, names, links, offices, terms and themes."""
    import pyarrow as pa

    authority = load_authority(home)
    tables = {name: list(getattr(authority, name)) for name in CSV_TABLES}
    tables["themes"] = [
        {"theme_id": theme.id, **theme.model_dump(include={"label", "parent", "medtop", "gdelt", "definition"})}
        for theme in authority.themes
    ]
    return {name: pa.Table.from_pylist(rows, table(name).arrow_schema) for name, rows in tables.items()}


def _read_tables(folder: Path, mistakes: list[str]) -> dict[str, list[Row]]:
    columns = {tuple(column.name for column in table(name).columns): name for name in CSV_TABLES}
    required = {name: tuple(c.name for c in table(name).columns if not c.nullable) for name in CSV_TABLES}
    rows: dict[str, list[Row]] = {name: [] for name in CSV_TABLES}
    for path in sorted(folder.glob("*.csv")):
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                header = tuple(next(csv.reader(file), ()))
            if header not in columns:
                known = "; ".join(",".join(one) for one in columns)
                mistakes.append(f"{path}:1: header: {','.join(header)!r} is that of no table; known headers: {known}")
                continue
            name = columns[header]
            dated = _DATES.intersection(header)
            for line, cells in read_csv(path, header):
                row = Row(path, line, cells)
                if name == "offices" and cells["fixed"]:
                    cells["titles"] = cells["titles"] or ""  # an office may have phrases of its own only
                if _complete(row, required[name], mistakes) & _dates(row, dated, mistakes):
                    rows[name].append(row)
        except ConfigError as error:
            mistakes.append(str(error))
        except UnicodeDecodeError as error:
            mistakes.append(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8")
    return rows


def _complete(row: Row, required: Iterable[str], mistakes: list[str]) -> bool:
    cells = row.cells
    if None not in cells.values():
        return True
    missing = [column for column in required if cells[column] is None]
    for column in missing:
        mistakes.append(f"{row.place}: {column}: required cell is empty; fill it")
    return not missing


def _dates(row: Row, columns: Iterable[str], mistakes: list[str]) -> bool:
    """Turn the row's dates into dates; note those that are none."""
    good = True
    for column in columns:
        cell = row.cells[column]
        if cell is not None:
            try:
                row.cells[column] = date.fromisoformat(cell)
            except ValueError:
                mistakes.append(f"{row.place}: {column}: {cell!r} is no date; write YYYY-MM-DD")
                good = False
    return good


def _read_themes(path: Path, mistakes: list[str]) -> Themes | None:
    try:
        themes = load_yaml(path, Themes)
    except ConfigError as error:
        mistakes.append(str(error))
        return None
    ids: dict[str, int] = {}
    wrong = []
    for index, theme in enumerate(themes.themes):
        if theme.id in ids:
            wrong.append((index, "id", f"{theme.id!r} is also theme {ids[theme.id] + 1}; give each theme its own id"))
        ids.setdefault(theme.id, index)
    for index, theme in enumerate(themes.themes):
        if theme.parent is not None and theme.parent not in ids:
            wrong.append((index, "parent", f"{theme.parent!r} is no theme's id; correct it or add that theme"))
        for term in theme.weighted_terms():
            if not term.term.strip():
                wrong.append((index, "terms", "a term is empty; write a word or remove it"))
            if not 0 <= term.weight <= 10:
                wrong.append((index, "terms", f"weight {term.weight} of {term.term!r}; it must be from 0 to 10"))
    for index, field, problem in wrong:
        line = line_of(path, ("themes", index, field))
        mistakes.append(f"{path}:{line}: themes.{index + 1}.{field}: {problem}")
    return themes


def _check_actors(actors: list[Row], mistakes: list[str]) -> None:
    _unique(actors, "actor_id", "give each actor its own id", mistakes)
    for row in actors:
        cells = row.cells
        actor_id, actor_type, country = cells["actor_id"], cells["actor_type"], cells["country"]
        if not _ACTOR_ID.fullmatch(actor_id):
            mistakes.append(f"{row.place}: actor_id: {actor_id!r} is no id; write kind:name, as in country:AZE")
        if actor_type not in ACTOR_TYPES:
            mistakes.append(
                f"{row.place}: actor_type: {actor_type!r} is unknown; known are {', '.join(sorted(ACTOR_TYPES))}"
            )
        if country is not None and not _COUNTRY.fullmatch(country):
            mistakes.append(f"{row.place}: country: {country!r} is no ISO 3166-1 alpha-3 code; write e.g. AZE")


def _check_names(names: list[Row], actors: list[Row], actor_ids: set[str], mistakes: list[str]) -> None:
    persons = {row["actor_id"] for row in actors if row["actor_type"] == "person"}
    first: dict[Any, Row] = {row.cells["name"]: row for row in reversed(actors)}
    shared: dict[Any, list[Row]] = defaultdict(list)  # only names that stand more than once: few
    for row in actors if len(first) < len(actors) else ():
        name = row.cells["name"]
        if first[name] is not row:
            shared[name].append(row)
    for row in names:
        cells = row.cells
        _known(row, "actor_id", actor_ids, "actors", mistakes)
        if cells["name_kind"] not in NAME_KINDS:
            mistakes.append(
                f"{row.place}: name_kind: {cells['name_kind']!r} is unknown; known are {', '.join(NAME_KINDS)}"
            )
        _in_order(row, "valid_from", "valid_to", mistakes)
        if cells["actor_id"] in persons and " " not in cells["name"]:
            continue  # several persons may bear one surname
        kind = _SORT.get(cells["name_kind"])
        key = cells["name"] if kind is None else (kind, cells["name"])
        if first.setdefault(key, row) is not row:
            shared[key].append(row)
    for key, rows in shared.items():
        kind, name = key if isinstance(key, tuple) else ("name", key)
        for other, row in combinations([first[key], *rows], 2):
            if other["actor_id"] != row["actor_id"] and _overlap(other, row, "valid_from", "valid_to"):
                mistakes.append(
                    f"{row.place}: name: {name!r} ({kind}) names {row['actor_id']}, and {other['actor_id']} at "
                    f"{other.place}; remove one, or make one longer or dated"
                )


def _check_links(links: list[Row], actor_ids: set[str], mistakes: list[str]) -> None:
    _unique(links, "old_actor_id", "an id can lead to one other only", mistakes)
    leads = {row["old_actor_id"]: row["new_actor_id"] for row in links}
    for row in links:
        old, new, kind = row["old_actor_id"], row["new_actor_id"], row["kind"]
        if kind not in LINK_KINDS:
            mistakes.append(f"{row.place}: kind: {kind!r} is unknown; known are {', '.join(LINK_KINDS)}")
        if kind == "ban":
            if new is not None:
                mistakes.append(f"{row.place}: new_actor_id: a banned id leads nowhere; leave it empty")
            if not old.startswith(LOCAL):
                mistakes.append(
                    f"{row.place}: old_actor_id: {old!r} is on a list; remove it there instead of banning it"
                )
            continue
        if new is None:
            mistakes.append(f"{row.place}: new_actor_id: required cell is empty; fill it, or make it a ban")
        elif kind == "promote" or (not new.startswith(LOCAL) and new not in leads):
            _known(row, "new_actor_id", actor_ids, "actors", mistakes)
        seen, step = {old}, new
        while step in leads and step not in seen:
            seen.add(step)
            step = leads[step]
        if step == old:
            mistakes.append(f"{row.place}: new_actor_id: the links of {step!r} lead back to it; remove one of them")


def _check_offices(offices: list[Row], actor_ids: set[str], mistakes: list[str]) -> None:
    _unique(offices, "office_id", "give each office its own id", mistakes)
    titles: dict[tuple[str, str], Row] = {}
    fixed: dict[str, Row] = {}
    for row in offices:
        _known(row, "body", actor_ids, "actors", mistakes)
        for title in phrases(row["titles"]):
            _double(titles, (row["body"], title), row, "titles", title, mistakes)
        for phrase in phrases(row["fixed"]):
            _double(fixed, phrase, row, "fixed", phrase, mistakes)


def _check_terms(terms: list[Row], offices: list[Row], actor_ids: set[str], mistakes: list[str]) -> None:
    office_ids = {row["office_id"] for row in offices}
    by_office: dict[str, list[Row]] = defaultdict(list)
    for row in terms:
        _known(row, "office_id", office_ids, "offices", mistakes)
        _known(row, "actor_id", actor_ids, "actors", mistakes)
        if _in_order(row, "started_on", "ended_on", mistakes):
            by_office[row["office_id"]].append(row)
    for office_id, rows in by_office.items():
        rows.sort(key=lambda row: row["started_on"])
        for other, row in zip(rows, rows[1:], strict=False):
            if _overlap(other, row, "started_on", "ended_on"):
                mistakes.append(
                    f"{row.place}: started_on: {office_id} is held by {row['actor_id']} from {row['started_on']} while "
                    f"{other['actor_id']} holds it until {other['ended_on'] or 'now'} ({other.place}); "
                    "a term ends on the day the next begins"
                )


def phrases(cell: str | None) -> list[str]:
    """Return the phrases of a cell that separates them by |."""
    return [phrase.strip() for phrase in (cell or "").split("|") if phrase.strip()]


def _unique(rows: list[Row], column: str, remedy: str, mistakes: list[str]) -> None:
    first: dict[str, Row] = {}
    for row in rows:
        other = first.setdefault(row.cells[column], row)
        if other is not row:
            mistakes.append(f"{row.place}: {column}: {row[column]!r} stands at {other.place} too; {remedy}")


def _double(seen: dict, key: Any, row: Row, field: str, phrase: str, mistakes: list[str]) -> None:
    other = seen.setdefault(key, row)
    if other["office_id"] != row["office_id"]:
        mistakes.append(
            f"{row.place}: {field}: {phrase!r} names {row['office_id']}, and {other['office_id']} at {other.place}; "
            "keep it with one of them"
        )


def _known(row: Row, column: str, ids: set[str], where: str, mistakes: list[str]) -> None:
    if row[column] not in ids:
        mistakes.append(f"{row.place}: {column}: {row[column]!r} is not among the {where}; correct it or add it there")


def _in_order(row: Row, first: str, last: str, mistakes: list[str]) -> bool:
    if row[first] is not None and row[last] is not None and row[last] <= row[first]:
        mistakes.append(f"{row.place}: {last}: {row[last]} is not after {first} {row[first]}; swap or correct them")
        return False
    return True


def _overlap(one: Row, other: Row, first: str, last: str) -> bool:
    """Tell whether two half-open periods share a day; a side that is empty or absent is unbounded."""
    start_one, end_one = one.cells.get(first), one.cells.get(last)
    start_other, end_other = other.cells.get(first), other.cells.get(last)
    one_ends_first = end_one is not None and start_other is not None and end_one <= start_other
    other_ends_first = end_other is not None and start_one is not None and end_other <= start_one
    return not one_ends_first and not other_ends_first
