"""A web page, parsed once: its tree, and what its head and its structured data say.

Belongs here: parsing within bounds, meta elements, JSON-LD, title, author, section, site and address.
Does not belong here: the main text (main_text.py), dates (page_dates.py).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

# The parser's time grows with the square of the depth: 10,000 levels take 0.2 s, 100,000 take 20 s. Real pages have
# less than 50; only what has enough tags to be that deep is looked at before it is parsed.
MANY_TAGS = 20_000
MAX_DEPTH = 1_000
MAX_DECLARED_CHARS = 1_000  # of a title, name or summary

ARTICLE_TYPES = re.compile(r"Article|Posting|Report|Review|Opinion|Live|Analysis|Column", re.IGNORECASE)
_TAGS = re.compile(r"<(/?)([a-z][a-z0-9-]*)[^>]*?(/?)>", re.IGNORECASE)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
    | {"p", "li", "dt", "dd", "tr", "td", "th"}  # the next one closes them
)
_PARTS = re.compile(r"\s[|–—-]\s")
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_JOINTS = re.compile(r"\s*[,;/]\s*(?:and |und |og |och |et )?|\s+(?:and|und|og|och|et|и|та|və|ve|&)\s+")
_AUTHOR_NAMES = ("author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator")
_AUTHOR_NAMES += ("dcterms.creator", "citation_author", "cxenseparse:author", "article:author_name")
_MAY_BE_BYLINE = "[rel~=author], [itemprop~=author], [class*=author i], [class*=byline i]"
_BYLINE_CLASS = re.compile(r"(?<!\S)(?:\S*author(?:[-_]{1,2}name)?|byline)(?!\S)", re.IGNORECASE)
_MAX_LD_OBJECTS = 200


@dataclass(frozen=True)
class WebPage:
    """A parsed page."""

    tree: LexborHTMLParser
    html: str
    url: str | None = None
    meta: dict[str, str] = field(default_factory=dict)
    objects: tuple[dict[str, Any], ...] = ()  # of the page's JSON-LD

    @cached_property
    def is_whole(self) -> bool:
        """Whether this is a page, rather than a fragment such as the body of a feed item."""
        return self.tree.css_first("title") is not None

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """What the page calls itself, the most telling first; the names of sites may still stand in it."""
        title = self.tree.css_first("title")
        declared = [
            self._of_article("headline"),
            self.meta.get("og:title"),
            self.meta.get("twitter:title"),
            title.text() if title else None,
        ]
        lines = [line for line in map(one_line, declared) if line]
        if lines and _PARTS.search(lines[0]):
            # Of `Headline | Section | Site` the part is meant that stands as a heading on the page.
            headings = [one_line(heading.text()) for heading in self.tree.css("h1")[:5]]
            lines = [line for line in headings if line and len(line) > 10 and lines[0].startswith(line)][:1] + lines
        return tuple(dict.fromkeys(lines))

    @cached_property
    def descriptions(self) -> tuple[str, ...]:
        """The page's summaries of itself."""
        names = ("og:description", "description", "twitter:description")
        found = [self.meta.get(name) for name in names] + [self._of_article("description")]
        return tuple(dict.fromkeys(line for line in map(one_line, found) if line))

    @cached_property
    def authors(self) -> tuple[str, ...]:
        """The names of those who are declared, or marked up, to have written it."""
        written = [item.get("author") or item.get("creator") for item in self.articles]
        publisher = {name.casefold() for name in (self.site, self._publisher) if name}
        declared: list[str] = []
        for place in (
            lambda: [name for value in written for name in _names(value, kind="Person")],
            lambda: [name for value in written for name in _names(value)],
            lambda: [self.meta[name] for name in _AUTHOR_NAMES if name in self.meta][:1],
            self._marked_authors,
        ):
            names = [name for line in map(one_line, place()) if line for name in split_names(line) if _is_name(name)]
            persons = [name for name in names if name.casefold() not in publisher]
            if persons:
                return tuple(dict.fromkeys(persons))
            declared = declared or names
        return tuple(dict.fromkeys(declared))  # a page may name its publisher, which is better than nobody

    def _marked_authors(self) -> list[str]:
        """Return the text of the element that is most plainly the byline."""
        best: tuple[int, str] | None = None
        for element in self.tree.css(_MAY_BE_BYLINE):
            attributes = element.attributes
            of_author = (attributes.get("rel") or "", attributes.get("itemprop") or "")
            rank = next((rank for rank, value in enumerate(of_author) if "author" in value.lower().split()), None)
            if rank is None and _BYLINE_CLASS.search(attributes.get("class") or ""):
                rank = len(of_author)
            if rank is not None and (best is None or rank < best[0]):
                text = element.text(separator=" ").strip()
                best = (rank, text) if 3 < len(text) <= 80 else best
        return [best[1]] if best else []

    @cached_property
    def _publisher(self) -> str | None:
        return next((one_line(name) for item in self.articles for name in _names(item.get("publisher"))), None)

    @cached_property
    def section(self) -> str | None:
        """The part of the paper in which it stands."""
        for item in self.articles:
            found = item.get("articleSection")
            found = found[0] if isinstance(found, list) and found else found
            if isinstance(found, str) and one_line(found):
                return one_line(found)
        names = ("article:section", "og:section", "articlesection", "parsely-section", "section", "cxenseparse:section")
        declared = next((one_line(self.meta[name]) for name in names if one_line(self.meta.get(name))), None)
        return declared or next(filter(None, map(self._last_crumb, self.objects)), None)

    def _last_crumb(self, item: dict[str, Any]) -> str | None:
        """Return the last step of a way to the page, before the page itself and after the front page."""
        steps = item.get("itemListElement")
        if item.get("@type") != "BreadcrumbList" or not isinstance(steps, list):
            return None
        steps = [step for step in steps[:10] if isinstance(step, dict)]
        names = [
            next(_names(step.get("name") or (step.get("item") if isinstance(step.get("item"), dict) else None)), None)
            for step in steps
        ]
        ways = [line for line in map(one_line, names) if line]
        if len(ways) > 1 and (ways[-1] in self.titles or len(ways[-1]) > 40):
            ways.pop()
        return ways[-1] if len(ways) > 1 else None

    @cached_property
    def site(self) -> str | None:
        """The publisher's name."""
        names = [self.meta.get("og:site_name")]
        names += [name for item in self.articles for name in _names(item.get("publisher"))]
        names += [self.meta.get("application-name")]
        return next((line for line in map(one_line, names) if line), None)

    @cached_property
    def address(self) -> str | None:
        """The address that the page gives itself, unless that is the front page."""
        link = self.tree.css_first("link[rel=canonical]")
        for found in (link.attributes.get("href") if link else None, self.meta.get("og:url")):
            try:
                address = urljoin(self.url or "", (found or "").strip())
                path = urlsplit(address).path
            except ValueError:
                continue
            if re.match(r"https?://", address) and (path.strip("/") or not self.url):
                return address
        return None

    @cached_property
    def articles(self) -> list[dict[str, Any]]:
        """The JSON-LD objects that describe an article."""
        return [item for item in self.objects if ARTICLE_TYPES.search(str(item.get("@type")))]

    def _of_article(self, name: str) -> str | None:
        return next((item[name] for item in self.articles if isinstance(item.get(name), str)), None)


def parse_page(text: str, url: str | None = None) -> WebPage | None:
    """Return the page; None where it is nested too deep for a parser that keeps every level."""
    if text.count("<") > MANY_TAGS and _depth(text) > MAX_DEPTH:
        return None
    tree = LexborHTMLParser(text)
    meta: dict[str, str] = {}
    for element in tree.css("meta[content]"):
        attributes = element.attributes
        content = attributes.get("content")
        for kind in ("property", "name", "itemprop"):
            name = attributes.get(kind)
            if name and content:
                meta.setdefault(name.strip().lower(), content)
    return WebPage(tree, text, url, meta, tuple(_objects(tree.css('script[type*="ld+json" i]'))))


def one_line(text: str | None) -> str | None:
    """Return a declared value as text: entities resolved, spaces collapsed; None where nothing is left."""
    return " ".join(html.unescape(text[:MAX_DECLARED_CHARS]).split()) or None if text else None


def _depth(text: str) -> int:
    """Return how deep elements can be nested that have to be closed by a tag of their own."""
    depth = deepest = 0
    for match in _TAGS.finditer(text):
        if match[2].lower() not in _VOID and not match[3]:
            depth = depth - 1 if match[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _objects(scripts: list[LexborNode]) -> Iterator[dict[str, Any]]:
    """Yield the objects of JSON-LD that may describe the page, level by level."""
    for script in scripts:
        source = script.text().strip().removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")
        try:
            waiting = [json.loads(source, strict=False)]
        except (ValueError, RecursionError):
            # Broken JSON is common; one date in it is still its date.
            dates = set(re.findall(r'"datePublished"\s*:\s*"([^"]{6,60})"', source))
            waiting = [{"datePublished": only} for only in dates] if len(dates) == 1 else []
        seen = 0
        while waiting and seen < _MAX_LD_OBJECTS:
            item = waiting.pop(0)
            seen += 1
            if isinstance(item, dict):
                yield item
                waiting += [item[key] for key in ("@graph", "mainEntity", "hasPart", "liveBlogUpdate") if key in item]
            elif isinstance(item, list):
                waiting += item[:50]


def split_names(line: str) -> list[str]:
    """Return the names in a line that joins several; a line of which a part is no full name stays whole."""
    line = _IN_BRACKETS.sub("", line)  # initials, places and posts
    names = [part.strip() for part in _JOINTS.split(line)]
    return names if all(len(name.split()) > 1 for name in names) else [line]


def _is_name(line: str) -> bool:
    return not re.match(r"https?:|www\.|@", line) and "@" not in line and re.search(r"[^\W\d_]", line) is not None


def _names(value: Any, kind: str | None = None) -> Iterator[str]:
    """Yield the names in a JSON-LD value (a text, an object with a name, or a list of them), of one `kind` if given."""
    for item in value[:20] if isinstance(value, list) else [value]:
        if kind is not None and not (isinstance(item, dict) and item.get("@type") == kind):
            continue
        name = item.get("name") if isinstance(item, dict) else item
        for one in name if isinstance(name, list) else [name]:
            if isinstance(one, str):
                yield one
