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

# The shape of real pages of 100 to 260 kB (medians of 196 pages of 2010 to 2024): per 100,000 characters 575 elements,
# of them 102 links, 96 div, 16 p and 62 li, with 930 attributes; 17 levels; two fifths of the characters script.
ELEMENTS_PER_100_000 = 575
SCRIPT_SHARE = 0.41
MENU = '<li class="menu__item"><a class="menu__link" href="/s/{link}" data-level="1">{word}</a></li>'
MENU_ITEMS = 60
TEASER = (
    '<li class="teaser"><div class="teaser__box" data-sizes="PAD"><a class="teaser__link" href="/{link}" title="">'
    '<img class="teaser__image" src="/i/{link}.jpg" alt="" width="320" height="180" loading="lazy"></a>'
    '<h3 class="teaser__title"><span class="teaser__kicker">{word}</span>{headline}</h3>'
    '<time class="teaser__day" datetime="{day}">{day}</time></div></li>'
)
ELEMENTS_PER_TEASER = 7
PAGE = """<!doctype html>
<html lang="en" class="no-js"><head><meta charset="utf-8"><title>{title} | The Bench</title>
<meta name="viewport" content="width=device-width"><meta name="description" content="{summary}">
<meta property="og:type" content="article"><meta property="og:title" content="{title}">
<meta property="og:site_name" content="The Bench"><meta property="og:description" content="{summary}">
<meta property="article:published_time" content="{published}"><link rel="canonical" href="{url}">
<script type="application/ld+json">{structured}</script>
<script>/*filler*/</script></head>
<body class="page page--article"><div class="site" id="site"><div class="site__wrap"><header class="head" role="banner">
<nav class="menu" aria-label="Sections"><ul class="menu__list">{menu}</ul></nav></header>
<div class="layout"><div class="layout__row"><main class="main" id="main"><div class="main__column">
<article class="story" itemscope itemtype="https://schema.org/NewsArticle"><div class="story__head"><h1>{title}</h1>
<div class="byline"><span class="byline__name" rel="author">{author}</span></div></div>
<div class="story__wrap"><div class="story__body" itemprop="articleBody"><div class="rich-text">{body}</div></div></div>
</article></div></main><div class="layout__side"><aside class="side"><div class="side__block"><h2>More</h2>
<div class="side__inner"><ul class="teasers">{teasers}</ul></div></div></aside></div></div></div>
<footer class="foot"><div class="foot__inner"><p class="foot__note">All rights reserved.</p></div></footer></div></div>
</body></html>
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

    Shuffled whole sentences would make every article share some with hundreds of others, and so would walks of one
    choice, so that one step in four goes anywhere.
    """

    ANYWHERE = 0.25

    def __init__(self, random_: random.Random) -> None:
        with gzip.open(PROJECT / "samples" / "dumps" / "pontic-wire.jsonl.gz", "rt", encoding="utf-8") as wire:
            texts = [json.loads(line).get("body") or "" for line in wire]
        # Clean prose: one row of the dump is wrongly encoded on purpose.
        words = [word for word in " ".join(texts).split() if word.isascii()]
        self._random = random_
        self._first = sorted({word for before, word in pairwise(words) if before.endswith(".") and word[0].isupper()})
        self._small = [word for word in words if word.isalpha() and word.islower()]
        self._next: dict[str, list[str]] = {}
        for word, following in pairwise(words):
            self._next.setdefault(word, []).append(following)

    def sentence(self) -> str:
        """Return a sentence of 12 to 30 words."""
        words = [self._random.choice(self._first)]
        length = self._random.randint(12, 30)
        while len(words) < length:
            near = self._next.get(words[-1]) if self._random.random() > self.ANYWHERE else None
            following = self._random.choice(near or self._small)
            words.append(following.rstrip(".?!") if following[-1] in ".?!" else following)
        return " ".join(words).rstrip(",;:") + "."


def _paragraph(random_: random.Random, prose: _Prose, names: list[str]) -> str:
    return f"{prose.sentence()} {random_.choice(names)} met {random_.choice(names)} about it. {prose.sentence()}"


def _page(random_: random.Random, row: dict[str, str], paragraphs: list[str], prose: _Prose, page_bytes: int) -> str:
    """Return a page in whose markup the paragraphs stand amid scripts, menus, teasers and a footer."""
    author = " ".join(prose.sentence().split()[:2]).title()
    structured = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": row["title"],
        "datePublished": row["published"],
        "author": {"@type": "Person", "name": author},
    }
    menu = "".join(
        MENU.format(link=random_.randrange(10**6), word=html.escape(prose.sentence().split()[0]))
        for _ in range(MENU_ITEMS)
    )
    page = PAGE.format(
        title=html.escape(row["title"]),
        summary=html.escape(paragraphs[0][:150]),
        published=row["published"],
        url=row["url"],
        author=html.escape(author),
        structured=json.dumps(structured).replace("<", "\\u003c"),
        menu=menu,
        body="".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs),
        teasers="/*teasers*/",
    )
    elements = page_bytes * ELEMENTS_PER_100_000 // 100_000 - page.count("</")
    teasers = []
    for _ in range(elements // ELEMENTS_PER_TEASER):
        headline = html.escape(prose.sentence()[:70])
        word, link = headline.split()[0], random_.randrange(10**6)
        teasers.append(TEASER.format(link=link, headline=headline, word=word, day=row["published"][:10]))
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
