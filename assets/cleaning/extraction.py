"""From a web page to its title, main text and metadata.

Belongs here: trafilatura with the options that measured best, its bounds, and fragments of HTML.
Does not belong here: furniture that is left in the lines (furniture.py), dates (page_dates.py).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from urllib.parse import urljoin

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura import metadata

from assets.cleaning.rejection import Unreadable

# Extraction walks the tree in Python; beyond these bounds a page is read by its text nodes alone, in linear time.
MAX_ELEMENTS = 60_000
MAX_DEPTH = 200

# Shorter results are looked at again.
SHORT_CHARS = 500

# Lines with fewer words are headings and labels.
LABEL_WORDS = 9

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "fieldset"}
    | {"figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"}
    | {"nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"}
)
_NO_TEXT = frozenset(
    {"script", "style", "noscript", "template", "iframe", "svg", "head", "select", "button", "form", "nav", "footer"}
    | {"aside"}
)

# The search for an author copies the page first; most pages that name none can be told apart before that.
MAY_NAME_AUTHOR = """boolean(//author | //*[@rel = 'author' or @data-testid or @data-component or @class = 'username'
    or contains(@itemprop, 'author') or contains(@class, 'uthor') or contains(@id, 'uthor') or contains(@class, 'yl')
    or contains(@class, 'writer') or contains(@class, 'screenname') or contains(@class, 'BBL')
    or contains(@class, '-by') or contains(@class, 'journalist') or contains(@class, 'channel-name')
    or contains(@class, 'zuozhe') or contains(@class, 'bianji') or contains(@class, 'xiaobian')
    or contains(@id, 'zuozhe') or contains(@id, 'bianji') or contains(@id, 'xiaobian')])"""


@dataclass(frozen=True)
class Extracted:
    """What a page holds, as far as markup says."""

    text: str
    title: str | None = None
    author: str | None = None
    section: str | None = None
    site: str | None = None
    url: str | None = None
    leftovers: bool = False  # so little in a whole page that it may be labels and links only


def extract(tree: HtmlElement, url: str | None) -> Extracted:
    """Return the main text and metadata of a page; raise Unreadable where it holds no text."""
    elements = int(tree.xpath("count(//*)"))
    if elements > MAX_ELEMENTS or tree.xpath("boolean(" + "/*" * MAX_DEPTH + ")"):
        text = text_of(tree)
        if not text:
            detail = f"{elements} elements, deeply nested, hold no text; land the article's own page"
            raise Unreadable("no_text", detail)
        return Extracted(text=text)
    whole_page = tree.find(".//title") is not None
    try:
        found = _metadata(tree, url)
        text = _main_text(tree, url, fast=True)
        if len(text) < SHORT_CHARS or "\n" not in text or _is_mostly_labels(text):
            # The fast way seldom fails, and then gives too little, all paragraphs in one line, or the menu.
            slow = _main_text(tree, url, fast=False)
            if _is_mostly_labels(text) and not _is_mostly_labels(slow):
                text = slow
            else:
                text = max(text, slow, key=lambda found: (found.count("\n"), len(found)))
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, etree.LxmlError) as error:
        detail = f"the page breaks the extractor ({type(error).__name__}: {error}); land its text instead"
        raise Unreadable("unreadable", detail) from error
    if len(text) < SHORT_CHARS and (not text or not whole_page):
        # A fragment, such as the body of a feed item, has no page around it that would have to be taken off.
        everything = text_of(tree)
        text = everything if not text or len(text) < 0.8 * len(everything) else text
    leftovers = whole_page and len(text) < SHORT_CHARS
    return Extracted(text=text, leftovers=leftovers, **found)


def _main_text(tree: HtmlElement, url: str | None, *, fast: bool) -> str:
    document = trafilatura.bare_extraction(
        tree,
        url=url,
        fast=fast,
        favor_precision=not fast,
        include_comments=False,
        include_tables=False,
        with_metadata=False,
    )
    return (document.text if document else None) or ""


def _is_mostly_labels(text: str) -> bool:
    """Return whether most words stand in lines too short for prose."""
    words = [len(line.split()) for line in text.splitlines()]
    return sum(count for count in words if count >= LABEL_WORDS) < 0.5 * sum(words)


def _metadata(tree: HtmlElement, url: str | None) -> dict[str, str | None]:
    """Return title, author, section, site and address of a page.

    The parts of `trafilatura.extract_metadata` that are wanted: the whole takes half as long as the main text.
    """
    found = metadata.extract_meta_json(tree, metadata.examine_meta(tree))
    author = found.author or (metadata.extract_author(tree) if tree.xpath(MAY_NAME_AUTHOR) else None)
    sections = tree.xpath(
        "//meta[@property='article:section' or @name='article:section' or @itemprop='articleSection']"
    )
    address = metadata.extract_url(tree, None) or found.url
    fields = {
        "title": found.title or metadata.extract_title(tree),
        "author": author,
        "section": sections[0].get("content") if sections else None,
        "site": found.sitename or metadata.extract_sitename(tree),
        "url": urljoin(url, address) if url and address else address,
    }
    return {name: " ".join(html.unescape(text or "").split()) or None for name, text in fields.items()}


def text_of(tree: HtmlElement) -> str:
    """Return all text of a tree outside scripts, navigation and forms, one block to a line."""
    pieces: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else None
        if event == "start":
            hidden += name in _NO_TEXT
            if name in _BLOCKS:
                pieces.append("\n")
            if not hidden and element.text:
                pieces.append(_inline(element.text))
            continue
        if event == "end":
            hidden -= name in _NO_TEXT
            if name in _BLOCKS:
                pieces.append("\n")
        if not hidden and element.tail:
            pieces.append(_inline(element.tail))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _inline(text: str) -> str:
    return re.sub(r"\s+", " ", text)
