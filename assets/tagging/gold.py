"""Measuring the present rules on the hand-annotated samples.

The gold articles are landed, cleaned and tagged afresh in a folder of their own, with the analyst's own rules, so that
the scores hold for any installation, whatever its sources.

Two kinds of annotation, both described in samples/README.md: `samples/gold/*.yaml` point to an article of the sample
corpus and list its actors by paragraph; `samples/gold/written/*.yaml` hold an article of their own, of any year, with
the annotation in its text.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from assets.config import ConfigError, read_yaml
from assets.home import DEFAULT_CONFIG, PROJECT, Home
from assets.record import Record
from assets.settings import Source, load_settings, load_sources, parse_days

if TYPE_CHECKING:
    import pyarrow as pa

GOLD = PROJECT / "samples" / "gold"
UNKNOWN = ("person", "organisation")
# A reading that names no actor: the capital as a place.
NO_ACTOR = "place"

_MARKED = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


@dataclass(frozen=True)
class GoldQuote:
    """A direct quotation: how it begins, and whose it is: an actor's id, or the name of somebody no list knows."""

    begins: str
    speaker: str


@dataclass(frozen=True)
class GoldArticle:
    """An article as a careful reader tags it. Where a part was not annotated it is None, and nothing is counted."""

    name: str
    source_id: str
    actors: frozenset[tuple[int, str]]
    themes: frozenset[str]
    published_on: date | None
    held_out: bool
    machine_translated: bool
    locator: str | None = None
    external_id: str | None = None
    url: str | None = None
    title: str | None = None
    text: str | None = None
    readings: frozenset[tuple[int, str, str]] | None = None
    unknown: dict[str, frozenset[tuple[int, str]]] | None = None
    quotes: tuple[GoldQuote, ...] | None = None


@dataclass
class Tagged:
    """What became of the gold articles: their rows, with the article's `gold_name` in `articles`."""

    articles: pa.Table
    mentions: pa.Table
    quotes: pa.Table
    article_themes: pa.Table
    actor_types: dict[str, str] = field(default_factory=dict)
    theme_parents: dict[str, str] = field(default_factory=dict)


def measure_quality(home: Home, log: Callable[[str], None]) -> pa.Table:
    """Return `quality_scores` for the rules of `home`, measured anew only where gold or rules changed."""
    import pyarrow.parquet as pq

    from assets.cleaning.rules import cleaning_rules_version
    from assets.reference import write_reference
    from assets.tagging.quality import score_gold
    from assets.tagging.tagger import rules_version

    gold_sha256 = hash_of_gold()
    rules = f"{rules_version(home)}-{cleaning_rules_version(home)}"
    measured = home.record / "reference" / "quality_scores.parquet"
    if measured.exists():
        scores = pq.ParquetFile(measured).read()
        if (
            scores.num_rows
            and scores["gold_sha256"][0].as_py() == gold_sha256
            and scores["rules_version"][0].as_py() == rules
        ):
            log("quality: gold and rules are those of the last measurement")
            return scores
    gold = load_gold()
    with TemporaryDirectory(prefix="dateline-gold-") as folder:
        tagged = tag_gold(gold, sample_home(home, Path(folder)))
    threshold = load_settings(home).counting.mention_confidence
    scores = score_gold(gold, tagged, threshold, gold_sha256=gold_sha256, rules_version=rules)
    write_reference(home, {"quality_scores": scores})
    log(f"quality: measured on {len(gold)} gold articles")
    return scores


def load_gold() -> list[GoldArticle]:
    """Return the gold articles, those of the sample corpus first; raise ConfigError where an annotation is wrong."""
    gold = [_of_sample(path) for path in sorted(GOLD.glob("*.yaml"))]
    return gold + [_written(path) for path in sorted(GOLD.glob("written/*.yaml"))]


def hash_of_gold() -> str:
    """Return the SHA-256 of the gold files, names and contents."""
    digest = hashlib.sha256()
    for path in sorted(GOLD.rglob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def sample_home(home: Home, folder: Path) -> Home:
    """Return an installation in `folder` that has the samples as its sources and the rules of `home`."""
    shutil.copytree(DEFAULT_CONFIG, folder / "config")
    if home.config != DEFAULT_CONFIG and home.config.exists():
        shutil.copytree(home.config, folder / "config", dirs_exist_ok=True)
        shutil.copy(DEFAULT_CONFIG / "sources.yaml", folder / "config" / "sources.yaml")
    (folder / "samples").symlink_to(PROJECT / "samples")
    return Home(folder / "data", folder / "config")


def tag_gold(gold: list[GoldArticle], home: Home) -> Tagged:
    """Land, clean and tag the gold articles in `home`.

    A gold article that gave no article is missing from what is returned, and so counts as wholly missed.
    """
    import pyarrow as pa

    from assets.cleaning.articles import cleaning_kernel
    from assets.cleaning.days import distinct_documents
    from assets.ingestion.landing import land
    from assets.tagging.authority import load_authority
    from assets.tagging.tagger import tagging_kernel

    settings, sources = load_settings(home), load_sources(home)
    wanted = {one.source_id for one in gold if one.text is None}
    first, last = parse_days(str(load_settings(replace(home, config=DEFAULT_CONFIG)).run_days), date(1900, 1, 1))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    now = datetime.now(UTC)
    land(days, home, settings, {id_: sources[id_] for id_ in sorted(wanted)}, now, lambda _: None)
    land([now.date()], home, settings, {one.id: one for one in _sources_of_written(gold, home)}, now, lambda _: None)

    record = Record(home.record)
    landed = [record.read_day("landed_documents", day) for day in (*days, now.date())]
    documents = distinct_documents(pa.concat_tables(landed), set())
    by_place = {(one.source_id, one.external_id or one.url): one.name for one in gold if one.external_id or one.url}
    by_locator = {one.source_id: [] for one in gold}
    for one in gold:
        if not one.external_id and not one.url and one.locator:
            by_locator[one.source_id].append(one)
    names = []
    for row in documents.select(["source_id", "locator", "external_id", "url"]).to_pylist():
        name = by_place.get((row["source_id"], row["external_id"])) or by_place.get((row["source_id"], row["url"]))
        for one in by_locator.get(row["source_id"], ()) if name is None else ():
            name = one.name if str(one.locator).endswith("/" + row["locator"]) else name
        names.append(name)
    name_of = dict(zip(documents["document_id"].to_pylist(), names, strict=True))
    documents = documents.filter(pa.array([name is not None for name in names]))
    articles = cleaning_kernel(home)(documents)["articles"]
    tagged = tagging_kernel(home)(articles)
    named = articles.append_column("gold_name", pa.array([name_of[id_] for id_ in articles["document_id"].to_pylist()]))
    authority = load_authority(home)
    types = {row["actor_id"]: row["actor_type"] for row in authority.actors}
    parents = {theme.id: theme.parent for theme in authority.themes if theme.parent is not None}
    return Tagged(named, tagged["mentions"], tagged["quotes"], tagged["article_themes"], types, parents)


def _of_sample(path: Path) -> GoldArticle:
    annotation = dict(read_yaml(path))
    for name in ("source_id", "locator", "actors", "themes"):
        if name not in annotation:
            raise ConfigError(f"{path}:1: {name}: required field is missing; add it")
    actors = {(int(n), actor) for n, listed in (annotation["actors"] or {}).items() for actor in listed or ()}
    unknown = None
    if "unknown_persons" in annotation or "unknown_organisations" in annotation:
        unknown = {kind: frozenset(_by_paragraph(annotation.get(f"unknown_{kind}s"))) for kind in UNKNOWN}
    return GoldArticle(
        name=path.stem,
        source_id=annotation["source_id"],
        locator=annotation["locator"],
        external_id=annotation.get("external_id"),
        url=annotation.get("url"),
        actors=frozenset(actors),
        themes=frozenset(annotation["themes"] or ()),
        published_on=annotation.get("published_on"),
        held_out=annotation.get("held_out", False),
        machine_translated=annotation["source_id"] == "khazar-monitor",
        unknown=unknown,
        quotes=_quotes(path, annotation),
    )


def _by_paragraph(listed: dict[int, list[str]] | None) -> Iterator[tuple[int, str]]:
    for number, names in (listed or {}).items():
        for name in names or ():
            yield int(number), name


def _written(path: Path) -> GoldArticle:
    annotation = dict(read_yaml(path))
    for name in ("title", "text", "published_on", "machine_translated", "held_out", "themes", "quotes"):
        if name not in annotation:
            raise ConfigError(f"{path}:1: {name}: required field is missing; add it")
    readings: set[tuple[int, str, str]] = set()
    unknown: dict[str, set[tuple[int, str]]] = {kind: set() for kind in UNKNOWN}
    lines = [annotation["title"], *annotation["text"].strip().split("\n")]
    for number, line in enumerate(lines):
        for surface, meanings in _MARKED.findall(line):
            for meaning in meanings.split(";"):
                actor, _, reading = meaning.strip().rpartition(" ")
                if actor == "unknown" and reading in UNKNOWN:
                    unknown[reading].add((number, surface))
                elif actor and ":" in actor:
                    readings.add((number, actor, reading))
                else:
                    raise ConfigError(
                        f"{path}: {surface!r}: {meaning.strip()!r} is no annotation; write `actor_id reading`, "
                        "`unknown person` or `unknown organisation`"
                    )
    machine_translated = annotation["machine_translated"]
    return GoldArticle(
        name=path.stem,
        source_id="gold-translated" if machine_translated else "gold-clean",
        external_id=path.stem,
        title=_MARKED.sub(r"\1", lines[0]),
        text="\n".join(_MARKED.sub(r"\1", line) for line in lines[1:]),
        actors=frozenset((number, actor) for number, actor, reading in readings if reading != NO_ACTOR),
        themes=frozenset(annotation["themes"]),
        published_on=annotation["published_on"],
        held_out=annotation["held_out"],
        machine_translated=machine_translated,
        readings=frozenset(one for one in readings if one[2] != NO_ACTOR),
        unknown={kind: frozenset(found) for kind, found in unknown.items()},
        quotes=_quotes(path, annotation),
    )


def _quotes(path: Path, annotation: dict[str, Any]) -> tuple[GoldQuote, ...] | None:
    if "quotes" not in annotation:
        return None
    try:
        return tuple(GoldQuote(**one) for one in annotation["quotes"])
    except TypeError:
        raise ConfigError(f"{path}: quotes: each is {{begins: ..., speaker: ...}}; correct them") from None


def _sources_of_written(gold: list[GoldArticle], home: Home) -> list[Source]:
    """Write the written articles as two sources of rows, clean and translated, and return those sources."""
    columns = {"external_id": "id", "title": "title", "text": "text", "published": "published"}
    sources = []
    for source_id, translated in (("gold-clean", False), ("gold-translated", True)):
        path = home.config.parent / f"{source_id}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for one in gold:
                if one.text is not None and one.machine_translated == translated:
                    row = {"id": one.name, "title": one.title, "text": one.text, "published": str(one.published_on)}
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
        sources.append(
            Source(
                id=source_id,
                name=source_id,
                kind="table",
                path=str(path),
                columns=columns,
                machine_translated=translated,
                language="en",
            )
        )
    return sources
