"""Measuring the present rules on the hand-annotated samples.

The gold articles are landed, cleaned and tagged afresh in a folder of their own, with the analyst's own rules, so that
the scores hold for any installation, whatever its sources.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from assets.config import ConfigError, read_yaml
from assets.home import DEFAULT_CONFIG, PROJECT, Home
from assets.record import Record
from assets.settings import load_settings, load_sources, parse_days

if TYPE_CHECKING:
    import pyarrow as pa

GOLD = PROJECT / "samples" / "gold"


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
        articles, mentions, themes = tag_gold(gold, sample_home(home, Path(folder)))
    threshold = load_settings(home).counting.mention_confidence
    scores = score_gold(gold, articles, mentions, themes, threshold, gold_sha256=gold_sha256, rules_version=rules)
    write_reference(home, {"quality_scores": scores})
    log(f"quality: measured on {len(gold)} gold articles")
    return scores


def load_gold() -> list[dict[str, Any]]:
    """Return the gold annotations in `samples/gold/`, each with its file's name as `gold_name`."""
    annotations = []
    for path in sorted(GOLD.glob("*.yaml")):
        annotation = dict(read_yaml(path))
        for field in ("source_id", "locator", "actors", "themes"):
            if field not in annotation:
                raise ConfigError(f"{path}:1: {field}: required field is missing; add it")
        annotations.append({**annotation, "gold_name": path.stem})
    return annotations


def hash_of_gold() -> str:
    """Return the SHA-256 of the gold files, names and contents."""
    digest = hashlib.sha256()
    for path in sorted(GOLD.glob("*.yaml")):
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


def tag_gold(gold: list[dict[str, Any]], home: Home) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Land, clean and tag the gold articles in `home`; return their articles, mentions and themes.

    The articles carry a `gold_name` column. A gold article that gave no article is missing from them, and so counts as
    wholly missed.
    """
    import pyarrow as pa

    from assets.cleaning.articles import cleaning_kernel
    from assets.cleaning.days import distinct_documents
    from assets.ingestion.landing import land
    from assets.tagging.tagger import tagging_kernel

    settings, sources = load_settings(home), load_sources(home)
    wanted = {one["source_id"] for one in gold}
    first, last = parse_days(str(load_settings(replace(home, config=DEFAULT_CONFIG)).run_days), date(1900, 1, 1))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    land(days, home, settings, {id_: sources[id_] for id_ in wanted}, datetime.now(UTC), lambda _: None)

    record = Record(home.record)
    landed = distinct_documents(pa.concat_tables([record.read_day("landed_documents", day) for day in days]))
    names = [_gold_name(row, gold) for row in landed.select(["source_id", "locator", "external_id", "url"]).to_pylist()]
    documents = landed.filter(pa.array([name is not None for name in names]))
    name_of = dict(zip(landed["document_id"].to_pylist(), names, strict=True))
    articles = cleaning_kernel(home)(documents)["articles"]
    tagged = tagging_kernel(home)(articles)
    named = articles.append_column("gold_name", pa.array([name_of[id_] for id_ in articles["document_id"].to_pylist()]))
    return named, tagged["mentions"], tagged["article_themes"]


def _gold_name(document: dict[str, Any], gold: list[dict[str, Any]]) -> str | None:
    for one in gold:
        if one["source_id"] != document["source_id"]:
            continue
        if one.get("external_id") or one.get("url"):
            same = all(document[key] == one[key] for key in ("external_id", "url") if one.get(key))
        else:
            same = str(one["locator"]).endswith("/" + document["locator"])
        if same:
            return one["gold_name"]
    return None
