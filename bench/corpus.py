"""A generated corpus: articles made of the samples' words with invented names in them, half of them as web pages.

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
from itertools import pairwise
from pathlib import Path

from assets.home import PROJECT

FIRST_DAY = date(2022, 1, 1)
DAYS = 50
SYLLABLES = [first + second for first in "bdfgklmnrstvz" for second in ("a", "el", "or", "in")]

TEASER = (
    '<li class="teaser"><div data-sizes="PAD"><a href="/{link}"><img src="/i/{link}.jpg" alt=""></a></div>'
    "<h3><span>{headline}</span></h3></li>"
)
ELEMENTS_PER_TEASER = 6
ELEMENTS_PER_100_000 = 412
SCRIPT_SHARE = 0.41
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
    prose = _Prose(random_)
    folder.mkdir(parents=True, exist_ok=True)
    _write_aliases(folder, names)
    with (
        (folder / "texts.jsonl").open("w", encoding="utf-8") as texts,
        (folder / "pages.jsonl").open("w", encoding="utf-8") as pages,
    ):
        for number in range(articles):
            day = FIRST_DAY + timedelta(days=number * DAYS // articles)
            title = prose.sentence().rstrip(".")[:90]
            paragraphs = [_paragraph(random_, prose, names) for _ in range(6)]
            row = {
                "id": f"n{number}",
                "url": f"https://bench.example/n{number}",
                "title": title,
                "published": f"{day}T08:00:00Z",
            }
            if number % 2:
                texts.write(json.dumps({**row, "text": "\n".join(paragraphs)}) + "\n")
            else:
                page = _page(random_, row, paragraphs, prose, page_bytes)
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


class _Prose:
    """Sentences that no other has: walks along the words of the samples' news agency, from each to one that follows it.

    Shuffled whole sentences would make every article share some with hundreds of others, as no news does.
    """

    def __init__(self, random_: random.Random) -> None:
        with gzip.open(PROJECT / "samples" / "dumps" / "pontic-wire.jsonl.gz", "rt", encoding="utf-8") as wire:
            texts = [json.loads(line).get("body") or "" for line in wire]
        # Clean prose: one row of the dump is wrongly encoded on purpose.
        words = [word for word in " ".join(texts).split() if word.isascii()]
        self._random = random_
        self._first = sorted({word for before, word in pairwise(words) if before.endswith(".") and word[0].isupper()})
        self._next: dict[str, list[str]] = {}
        for word, following in pairwise(words):
            self._next.setdefault(word, []).append(following)

    def sentence(self) -> str:
        """Return a sentence of 12 to 30 words."""
        words = [self._random.choice(self._first)]
        length = self._random.randint(12, 30)
        while len(words) < length:
            following = self._random.choice(self._next.get(words[-1]) or self._first)
            words.append(following.rstrip(".?!") if following[-1] in ".?!" else following)
        return " ".join(words).rstrip(",;:") + "."


def _paragraph(random_: random.Random, prose: _Prose, names: list[str]) -> str:
    return f"{prose.sentence()} {random_.choice(names)} met {random_.choice(names)} about it. {prose.sentence()}"


def _page(random_: random.Random, row: dict[str, str], paragraphs: list[str], prose: _Prose, page_bytes: int) -> str:
    """Return a page in whose markup the paragraphs stand amid scripts, menus, teasers and a footer.

    Of the shape of real ones (medians of 126 pages of 2010 to 2024): 412 elements in 100,000 characters, one in six of
    them a link, two fifths of the characters script.
    """
    title = html.escape(row["title"])
    page = PAGE.format(
        title=title,
        published=row["published"],
        url=row["url"],
        body="".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs),
        teasers="/*teasers*/",
    )
    teasers = []
    for _ in range(page_bytes * ELEMENTS_PER_100_000 // 100_000 // ELEMENTS_PER_TEASER):
        link, headline = random_.randrange(10**6), html.escape(prose.sentence()[:70])
        teasers.append(TEASER.format(link=link, headline=headline))
    markup = page_bytes - len(page) - int(SCRIPT_SHARE * page_bytes)
    padding = max(markup - sum(map(len, teasers)), 0) // max(len(teasers), 1)
    filled = "".join(teaser.replace("PAD", "w" * max(padding, 1)) for teaser in teasers)
    page = page.replace("/*teasers*/", filled)
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
