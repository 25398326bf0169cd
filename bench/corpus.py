"""A generated corpus: articles made of the samples' sentences with invented names in them, half of them as web pages.

Everything follows from the seed, so that two programs, or two days, are measured on the same bytes.
"""

from __future__ import annotations

import csv
import gzip
import html
import json
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from assets.home import PROJECT

FIRST_DAY = date(2022, 1, 1)
DAYS = 50
SYLLABLES = [first + second for first in "bdfgklmnrstvz" for second in ("a", "el", "or", "in")]

TEASER = '<li class="teaser"><a href="/{link}"><img src="/i/{link}.jpg" alt=""><h3>{headline}</h3></a></li>'
PAGE = """<!doctype html>
<html lang="en"><head><title>{title}</title>
<meta property="article:published_time" content="{published}"><link rel="canonical" href="{url}">
<script>/*filler*/</script></head>
<body><header><nav><ul><li>Home</li><li>Politics</li><li>Economy</li></ul></nav></header>
<main><article><h1>{title}</h1><div class="body">{body}</div></article></main>
<aside><ul>{teasers}</ul></aside><footer><p>All rights reserved.</p></footer></body></html>
"""


@dataclass(frozen=True)
class Corpus:
    """Where the generated files lie."""

    pages: Path
    texts: Path
    aliases: Path
    actors: Path
    first: date
    last: date
    articles: int


def generate(folder: Path, articles: int, aliases: int, page_bytes: int) -> Corpus:
    """Write `articles` articles (half pages of about `page_bytes` bytes, half rows of text) and `aliases` names."""
    random_ = random.Random(20220316)
    names = invented_names(random_, aliases)
    sentences = _sentences()
    folder.mkdir(parents=True, exist_ok=True)
    _write_aliases(folder, names)
    with (
        (folder / "texts.jsonl").open("w", encoding="utf-8") as texts,
        (folder / "pages.jsonl").open("w", encoding="utf-8") as pages,
    ):
        for number in range(articles):
            day = FIRST_DAY + timedelta(days=number * DAYS // articles)
            title = random_.choice(sentences).rstrip(".")[:90]
            paragraphs = [_paragraph(random_, sentences, names) for _ in range(6)]
            row = {
                "id": f"n{number}",
                "url": f"https://bench.example/n{number}",
                "title": title,
                "published": f"{day}T08:00:00Z",
            }
            if number % 2:
                texts.write(json.dumps({**row, "text": "\n".join(paragraphs)}) + "\n")
            else:
                page = _page(random_, row, paragraphs, sentences, page_bytes)
                pages.write(json.dumps({**row, "html": page}) + "\n")
    return Corpus(
        pages=folder / "pages.jsonl",
        texts=folder / "texts.jsonl",
        aliases=folder / "aliases.csv",
        actors=folder / "bench_actors.csv",
        first=FIRST_DAY,
        last=FIRST_DAY + timedelta(days=DAYS - 1),
        articles=articles,
    )


def invented_names(random_: random.Random, count: int) -> list[str]:
    """Return `count` names of persons, each once, in no order."""
    names = sorted({_name(random_) for _ in range(count * 11 // 10)})[:count]
    random_.shuffle(names)
    return names


def _name(random_: random.Random) -> str:
    return " ".join("".join(random_.choices(SYLLABLES, k=random_.randint(2, 3))).capitalize() for _ in range(2))


def _sentences() -> list[str]:
    """Return the sentences of the samples' news agency: clean prose, as most news is."""
    with gzip.open(PROJECT / "samples" / "dumps" / "pontic-wire.jsonl.gz", "rt", encoding="utf-8") as wire:
        texts = [json.loads(line).get("body") or "" for line in wire]
    text = " ".join(texts).replace("\n", " ")
    found = sorted({one.strip() for one in text.split(". ") if 60 < len(one) < 260 and one[:1].isupper()})
    return [f"{one.rstrip('.')}." for one in found]


def _paragraph(random_: random.Random, sentences: list[str], names: list[str]) -> str:
    chosen = random_.sample(sentences, 2)
    return f"{chosen[0]} {random_.choice(names)} met {random_.choice(names)} about it. {chosen[1]}"


def _page(
    random_: random.Random, row: dict[str, str], paragraphs: list[str], sentences: list[str], page_bytes: int
) -> str:
    """Return a page in whose markup the paragraphs stand amid scripts, menus, teasers and a footer."""
    title = html.escape(row["title"])
    page = PAGE.format(
        title=title,
        published=row["published"],
        url=row["url"],
        body="".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs),
        teasers="".join(
            TEASER.format(link=random_.randrange(10**6), headline=html.escape(random_.choice(sentences)[:70]))
            for _ in range(40)
        ),
    )
    missing = max(page_bytes - len(page), 0)
    filler = "".join(f"var v{n}={random_.randrange(10**9)};" for n in range(missing // 18))
    return page.replace("/*filler*/", filler)


def _write_aliases(folder: Path, names: list[str]) -> None:
    with (folder / "aliases.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["alias", "entity_id", "kind"])
        writer.writerows([name, f"person:bench-{number}", "actor"] for number, name in enumerate(names))
    with (folder / "bench_actors.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["actor_id", "name", "actor_type", "country", "wikidata", "plover", "origin"])
        writer.writerows(
            [f"person:bench-{number}", name, "person", "", "", "", "generated"] for number, name in enumerate(names)
        )
