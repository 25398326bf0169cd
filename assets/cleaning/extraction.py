"""From a web page to its main text and what it says of itself.

The fast way (main_text.py) reads nearly all pages; those where it finds too little, or mostly labels, go to
trafilatura, which costs ten times as much. Never run this in threads: trafilatura's tree walks crash the interpreter
there.

Belongs here: the two ways, the choice between them, their bounds, and fragments of HTML.
Does not belong here: furniture that is left in the lines (furniture.py), dates (page_dates.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from assets.cleaning.decoding import parse_html
from assets.cleaning.main_text import main_text
from assets.cleaning.prose import count_words
from assets.cleaning.rejection import Unreadable
from assets.cleaning.rules import FurnitureRules
from assets.cleaning.web_page import WebPage

# Trafilatura walks the tree in Python; beyond these bounds a page is read by its text nodes alone, in linear time.
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


def extract(page: WebPage, rules: FurnitureRules) -> Extracted:
    """Return the main text and metadata of a page; raise Unreadable where it holds no text. Uses its tree up."""
    title = page.titles[0] if page.titles else None
    declared = {"author": "; ".join(page.authors) or None, "section": page.section, "site": page.site}
    whole, address = page.is_whole, page.address
    text = main_text(page, rules)
    if text is None:
        return Extracted(all_text(page.html), title, url=address, **declared)
    if len(text) < SHORT_CHARS or _is_mostly_labels(text):
        text = _second_look(page, text, whole)
    leftovers = whole and len(text) < SHORT_CHARS
    return Extracted(text, title, url=address, leftovers=leftovers, **declared)


def all_text(html: str) -> str:
    """Return all text of a page that no extractor should walk; raise Unreadable where there is none."""
    tree = parse_html(html)
    text = text_of(tree)
    if not text:
        raise Unreadable("no_text", "deeply nested elements that hold no text; land the article's own page")
    return text


def _second_look(page: WebPage, text: str, whole: bool) -> str:
    """Return the better of what the fast way found and what trafilatura finds."""
    tree = parse_html(page.html)
    elements = int(tree.xpath("count(//*)"))
    if elements > MAX_ELEMENTS or tree.xpath("boolean(" + "/*" * MAX_DEPTH + ")"):
        everything = text_of(tree)
        if not everything:
            detail = f"{elements} elements, deeply nested, hold no text; land the article's own page"
            raise Unreadable("no_text", detail)
        return text or everything
    try:
        second = _by_trafilatura(tree, page.url)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, etree.LxmlError) as error:
        detail = f"the page breaks the extractor ({type(error).__name__}: {error}); land its text instead"
        raise Unreadable("unreadable", detail) from error
    if _is_mostly_labels(text) != _is_mostly_labels(second):
        text = second if _is_mostly_labels(text) else text
    elif len(second) > 2 * len(text):
        text = second
    if len(text) < SHORT_CHARS and (not text or not whole):
        # A fragment, such as the body of a feed item, has no page around it that would have to be taken off.
        everything = text_of(tree)
        text = everything if not text or len(text) < 0.8 * len(everything) else text
    return text


def _by_trafilatura(tree: HtmlElement, url: str | None) -> str:
    document = trafilatura.bare_extraction(
        tree, url=url, fast=True, include_comments=False, include_tables=False, with_metadata=False
    )
    return (document.text if document else None) or ""


def _is_mostly_labels(text: str) -> bool:
    """Return whether most words stand in lines too short for prose."""
    words = [count_words(line) for line in text.split("\n")]
    return sum(count for count in words if count >= LABEL_WORDS) < 0.5 * sum(words)


def text_of(tree: HtmlElement, without: frozenset[str] = _NO_TEXT) -> str:
    """Return all text of a tree outside the elements `without`, one block to a line."""
    pieces: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else None
        if event == "start":
            hidden += name in without
            if name in _BLOCKS:
                pieces.append("\n")
            if not hidden and element.text:
                pieces.append(_inline(element.text))
            continue
        if event == "end":
            hidden -= name in without
            if name in _BLOCKS:
                pieces.append("\n")
        if not hidden and element.tail:
            pieces.append(_inline(element.tail))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _inline(text: str) -> str:
    return re.sub(r"\s+", " ", text)
