"""Which blocks of a page are its main text, by markup and by where the prose stands.

Every block of text (a paragraph, heading, list item, or a run of text in a container) is looked at once. Prose weighs
for the containers around it, less with each level, so that the container that holds the article directly wins over the
page as a whole and over each box of teasers. What markup says to be something else (navigation, a link around the
block, a container whose class names it a share bar) is left out, unless it holds half of the page's prose.

Belongs here: finding the container, and judging blocks by their markup.
Does not belong here: judging lines by their words (furniture.py); parsing (web_page.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborNode

from assets.cleaning.prose import SENTENCE_END, count_words, fold_words
from assets.cleaning.rules import FurnitureRules
from assets.cleaning.web_page import WebPage

_NO_TEXT = [
    *("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "video", "audio", "canvas", "map"),
    *("button", "select", "textarea", "dialog", "nav", "aside", "footer", "figcaption", "menu"),
]
_LEAVES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "dd", "dt", "td", "th"})
_NESTING = _LEAVES - {"p"}  # leaves that may hold blocks of their own
_HOLDERS = frozenset({"div", "section", "article", "main", "center"})
_BLOCKS = ",".join(sorted(_LEAVES | _HOLDERS))
# A node is among the results of its own search, so a leaf is not searched for leaves of its kind.
_INNER_BLOCKS = {tag: ",".join(sorted((_LEAVES | _HOLDERS | {"ul", "ol", "table"}) - {tag})) for tag in _NESTING}
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd"}
    | {"mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"}
    | {"time", "tt", "u", "var", "wbr"}
)
_APART = frozenset({"a", "label", "figure", "form"})  # beside those whose text is not read at all

# The work grows with the blocks times the levels above them; the largest pages of newspapers have 3,000 and 50.
MAX_BLOCKS = 10_000
MAX_LEVELS = 250

PROSE_WORDS = 9
LONG_CHARS = 150  # so long a block is prose even if it does not end like a sentence
DECAY = 0.7  # what prose weighs for each further container around it
HOLDER_CHARS = 25  # text directly in a container, rather than in a paragraph, is a block from so many characters on
TRUST_SHARE = 0.5  # what holds this share of the page's prose is the article, whatever its class says
REPEATED_CHARS = 30  # a block so long that stands more than twice on a page is no part of its article
WHOLE_CHARS = 1_500  # a block so long can be the whole article
FIRM_REST = 300  # so many characters of prose outside the comments can be the article
HEADLINE_SHARE = 0.4  # so much of its words a heading shares with the title of which it is the headline
WING_LEVELS = 5  # so far around the article its other parts are looked for


class _Container:
    """An element around blocks: how much prose it holds, and whether markup sets it apart from the article."""

    __slots__ = ("apart", "in_header", "level", "mass", "names", "parent", "score", "tag", "word")

    def __init__(self, tag: str, names: str, parent: _Container | None, word: str | None) -> None:
        self.tag, self.names, self.parent = tag, names, parent
        self.word = word  # what sets it apart: an element or attribute, or a word in its class or id
        self.level: int = parent.level + 1 if parent is not None else 0
        self.apart = False
        self.in_header = tag == "header" or (parent is not None and parent.in_header)
        self.mass = 0  # characters of prose in it
        self.score = 0.0


@dataclass(slots=True)
class _Block:
    """A block of text, and the element that holds it."""

    holder: _Container
    tag: str
    text: str
    linked: float  # share of the text that is link
    is_prose: bool


def main_text(page: WebPage, rules: FurnitureRules) -> str | None:
    """Return the main text of `page`, one block to a line; None where it has more blocks or levels than any article.

    Uses the page's tree up.
    """
    body = page.tree.body
    if body is None:
        return ""
    page.tree.strip_tags(_NO_TEXT)
    for line_break in body.css("br"):
        line_break.replace_with("\n")
    reader = _Reader(rules.apart)
    runs = list(islice(reader.runs(body), MAX_BLOCKS + 1))
    if len(runs) > MAX_BLOCKS or any(container.level > MAX_LEVELS for container in reader.containers.values()):
        return None
    blocks = [block for block in map(reader.block, runs) if block]
    total = sum(len(block.text) for block in blocks if block.is_prose)
    _set_apart(reader, total, rules.firm)
    headline, next_headline = _headlines(blocks, page)
    root = _root(blocks, reader, headline, next_headline)
    if root is None:
        return ""
    _set_cards_apart(reader, root)
    inside = [_is_within(block.holder, root) for block in blocks]
    first = inside.index(True)
    wings = _wings(blocks, root, first, next_headline)
    own = [block for index, block in enumerate(blocks) if inside[index] or (index in wings and index > first)]
    kept = [block.text for block in (*_standfirst(blocks[:first], headline, page, wings), *_article(own))]
    return "\n".join(_once(kept))


def _once(texts: list[str]) -> Iterator[str]:
    """Yield texts without those that stand again and again (notices in place of what may not be shown).

    A block that holds several of the others is the whole article a second time, for a voice to read out.
    """
    times = Counter(texts)
    long = [text for text in times if len(text) >= REPEATED_CHARS]
    seen: set[str] = set()
    for text in texts:
        is_new = len(text) < REPEATED_CHARS or (times[text] <= 2 and text not in seen)
        is_whole = len(text) >= WHOLE_CHARS and sum(other in text for other in long) > 3
        seen.add(text)
        if is_new and not is_whole:
            yield text


class _Reader:
    """Reads blocks off the tree, and keeps the containers around them."""

    def __init__(self, apart: re.Pattern[str]) -> None:
        self.containers: dict[int, _Container] = {}
        self._apart = apart
        self._words: dict[str, str | None] = {}  # by class and id, which repeat on a page
        self._read: set[int] = set()

    def runs(self, body: LexborNode) -> Iterator[tuple[_Container, str, str, int]]:
        """Yield (holder, tag, text, characters of link) of each block, in the order of the page."""
        for node in body.css(_BLOCKS):
            if node.mem_id in self._read:
                continue
            tag = node.tag
            if tag in _HOLDERS:
                text = node.text(deep=False)
                if len(text) >= HOLDER_CHARS and len(text.strip()) >= HOLDER_CHARS:
                    yield from self._walk(node, tag)
            elif tag in _NESTING and node.css_first(_INNER_BLOCKS[tag]) is not None:
                if len(node.text(deep=False).strip()) > 2:
                    yield from self._walk(node, tag)
            else:
                text = node.text()
                if text and not text.isspace():
                    yield self.container(node), tag, text, _link_chars(node)

    def _walk(self, top: LexborNode, tag: str) -> Iterator[tuple[_Container, str, str, int]]:
        """Yield the runs of text between the blocks in a container that holds both."""
        # A stack instead of recursion, since pages may be nested deeper than Python's stack.
        stack: list[tuple[LexborNode, str, LexborNode | None]] = [(top, tag, top.child)]
        pieces: list[str] = []
        links = 0
        self._read.add(top.mem_id)
        while stack:
            node, tag, child = stack.pop()
            entered = False
            while child is not None:
                name = child.tag
                if name == "-text":
                    pieces.append(child.text())
                elif name in _INLINE and child.css_first(_BLOCKS) is None:
                    pieces.append(child.text())
                    links += len(pieces[-1]) if name == "a" else _link_chars(child)
                elif not name.startswith("-") and name != "!doctype":
                    stack.append((node, tag, child.next))
                    stack.append((child, name, child.child))
                    self._read.add(child.mem_id)
                    entered = True
                    break
                child = child.next
            yield from self._flush(node, tag, pieces, links)
            pieces, links = [], 0
            if entered:
                continue

    def _flush(self, node: LexborNode, tag: str, pieces: list[str], links: int) -> Iterator[tuple]:
        text = "".join(pieces)
        for run in text.split("\n\n") if tag not in _LEAVES else [text]:
            if run and not run.isspace():
                yield self.container(node), tag if tag in _LEAVES else "div", run, min(links, len(run))

    def block(self, run: tuple[_Container, str, str, int]) -> _Block | None:
        """Return the block of a run, its prose counted for the containers around it."""
        holder, tag, text, links = run
        if tag in ("p", "div", "pre"):
            text = "\n".join(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)
        else:
            text = " ".join(text.split())
        size = len(text)
        if not size:
            return None
        linked = links / size
        is_prose = linked < 0.4 and tag[0] != "h" and _reads_like_prose(text)
        if is_prose:
            container: _Container | None = holder
            while container is not None:
                container.mass += size
                container = container.parent
        return _Block(holder, tag, text, linked, is_prose)

    def container(self, node: LexborNode) -> _Container:
        """Return the container of an element, and make those around it."""
        found = self.containers.get(node.mem_id)
        if found is not None:
            return found
        path = []
        above: LexborNode | None = node
        while above is not None and above.mem_id not in self.containers:
            path.append(above)
            above = above.parent if above.tag != "body" else None
        parent = self.containers[above.mem_id] if above is not None else None
        for element in reversed(path):
            tag = element.tag or ""
            attributes = element.attributes
            names = attributes.get("class") or ""
            word = None
            if tag in _APART:
                word = tag
            elif "hidden" in attributes or attributes.get("aria-hidden") == "true":
                word = "hidden"
            elif tag not in ("body", "html", "main"):
                word = self._word(f"{names} {attributes.get('id') or ''}")
            parent = _Container(tag, names, parent, word)
            self.containers[element.mem_id] = parent
        return parent

    def _word(self, names: str) -> str | None:
        """Return the word in a class or id by which an element stands apart."""
        if names not in self._words:
            match = self._apart.search(names)
            self._words[names] = re.sub("[-_]", "", match[0].lower()) if match else None
        return self._words[names]


def _link_chars(node: LexborNode) -> int:
    return sum(len(link.text().strip()) for link in node.css("a"))


def _reads_like_prose(text: str) -> bool:
    if text.count(" ") < PROSE_WORDS - 1 and count_words(text[:LONG_CHARS]) < PROSE_WORDS:
        return False
    return len(text) > LONG_CHARS or SENTENCE_END.search(text) is not None


def _set_apart(reader: _Reader, total: int, firm: frozenset[str]) -> None:
    """Set the containers apart that markup sets apart, and what they hold.

    A word by which half of the page's prose would be left out says nothing on this page.
    """
    masses: dict[str, int] = {}
    for container in reader.containers.values():
        word = container.word
        if word and container.mass:
            above = container.parent
            while above is not None and above.word != word:
                above = above.parent
            if above is None:
                masses[word] = masses.get(word, 0) + container.mass
    idle = {
        word
        for word, mass in masses.items()
        if mass >= TRUST_SHARE * total and (word not in firm or total - mass < FIRM_REST)
    }
    for container in reader.containers.values():  # parents stand before their children
        if (container.word and container.word not in idle) or (container.parent is not None and container.parent.apart):
            container.apart = True


def _headlines(blocks: list[_Block], page: WebPage) -> tuple[int | None, int | None]:
    """Return where the page's headline stands, and where another article's does, below it."""
    titles = [fold_words(title) for title in page.titles]
    found: int | None = None
    best = HEADLINE_SHARE
    for index, block in enumerate(blocks):
        if block.tag in ("h1", "h2"):
            folded = fold_words(block.text)
            share = max((_shared(folded, title) for title in titles), default=0.0)
            if share > best or (share == best and found is None):
                found, best = index, share
    if found is None:
        return None, None
    own = fold_words(blocks[found].text)
    below = (index for index in range(found + 1, len(blocks)) if blocks[index].tag == "h1")
    return found, next((index for index in below if fold_words(blocks[index].text) not in ("", own)), None)


def _root(blocks: list[_Block], reader: _Reader, headline: int | None, following: int | None) -> _Container | None:
    """Return the container that holds the article most directly."""
    for index, block in enumerate(blocks):
        if not block.is_prose or block.holder.apart:
            continue
        weight = float(len(block.text))
        if headline is not None and (index < headline or (following is not None and index > following)):
            weight *= 0.4
        container = block.holder if block.tag == "div" else block.holder.parent
        while container is not None and weight > 1:
            container.score += weight
            weight *= DECAY
            container = container.parent
    scored = [container for container in reader.containers.values() if container.score]
    best = max(scored, key=lambda container: container.score, default=None)
    if best is not None and best.tag == "body":
        # The whole page can win by its many small parts.
        inner = max((one for one in scored if one.tag != "body"), key=lambda one: one.score, default=None)
        if inner is not None and inner.score >= 0.5 * best.score:
            return inner
    return best


def _set_cards_apart(reader: _Reader, root: _Container) -> None:
    """Set articles within the article apart: teasers of others, unless they hold most of it (a live blog)."""
    cards = [
        one for one in reader.containers.values() if one.tag == "article" and one is not root and _is_within(one, root)
    ]
    if cards and sum(card.mass for card in cards) < TRUST_SHARE * root.mass:
        for card in cards:
            card.apart = True
        for container in reader.containers.values():
            container.apart = container.apart or (container.parent is not None and container.parent.apart)


def _wings(blocks: list[_Block], root: _Container, first: int, next_headline: int | None) -> set[int]:
    """Return the blocks that stand beside the root and go on with it.

    Articles are cut into several containers by advertisements and by pay walls: what is marked up alike goes on with
    the article, and so does prose of the same kind above it. Below it stand comments and teasers.
    """
    own = [len(block.text) for block in blocks if block.is_prose and _is_within(block.holder, root)]
    usual = sum(own) / len(own) if own else 0
    found: set[int] = set()
    child, parent = root, root.parent
    for _ in range(WING_LEVELS):
        if parent is None or parent.tag in ("body", "html"):
            break
        for sibling, indexes in _beside(blocks, child, parent):
            is_other = next_headline is not None and indexes[0] > next_headline
            if is_other or sibling.tag == "article" or any(blocks[index].tag == "h1" for index in indexes):
                continue
            if child.names and (sibling.tag, sibling.names) == (child.tag, child.names):
                found.update(indexes)
            elif indexes[0] < first:
                found.update(_prose_like(blocks, indexes, usual))
        child, parent = parent, parent.parent
    return found


def _beside(blocks: list[_Block], child: _Container, parent: _Container) -> Iterator[tuple[_Container, list[int]]]:
    """Yield the containers in `parent` other than `child`, each with its blocks."""
    found: dict[int, tuple[_Container, list[int]]] = {}
    for index, block in enumerate(blocks):
        sibling: _Container | None = block.holder
        while sibling is not None and sibling.parent is not parent:
            sibling = sibling.parent
        if sibling is not None and sibling is not child and not block.holder.apart:
            found.setdefault(id(sibling), (sibling, []))[1].append(index)
    yield from found.values()


def _prose_like(blocks: list[_Block], indexes: list[int], usual: float) -> list[int]:
    """Return the prose among some blocks if they are mostly prose of the usual length."""
    prose = [index for index in indexes if blocks[index].is_prose and blocks[index].linked < 0.2]
    chars = sum(len(blocks[index].text) for index in prose)
    is_mostly_prose = chars >= 0.7 * sum(len(blocks[index].text) for index in indexes)
    return prose if prose and is_mostly_prose and chars / len(prose) >= 0.6 * usual else []


def _standfirst(above: list[_Block], headline: int | None, page: WebPage, wings: set[int]) -> Iterator[_Block]:
    """Yield what stands between headline and text and belongs to it: the summary that the page declares, or prose."""
    declared = {fold_words(description)[:80] for description in page.descriptions}
    seen: set[str] = set()
    start = headline + 1 if headline is not None else 0
    for index, block in enumerate(above[start:], start=start):
        folded = fold_words(block.text)
        is_declared = len(folded) > 20 and folded[:80] in declared
        is_lead = headline is not None and block.is_prose and block.linked < 0.2 and not block.holder.apart
        if (is_declared or is_lead or index in wings) and folded not in seen:
            seen.add(folded)
            yield block


def _article(blocks: list[_Block]) -> Iterator[_Block]:
    """Yield the blocks of the root that are article."""
    chars = Counter({True: 0, False: 0})
    for block in blocks:
        chars[block.tag == "p"] += len(block.text) if block.is_prose and not block.holder.apart else 0
    in_paragraphs = chars[False] < 0.2 * chars[True]
    begun = False
    for block in blocks:
        if not _belongs(block):
            continue
        begun = begun or (block.is_prose and block.tag != "li")
        is_summary = block.tag == "li" and not begun  # what the article will say, or a menu
        is_label = block.tag == "div" and not block.is_prose and in_paragraphs
        if not is_summary and not is_label:
            yield block


def _belongs(block: _Block) -> bool:
    if block.holder.apart or (block.holder.in_header and not block.is_prose):
        return False
    if block.tag in ("h1", "td", "th", "dt", "dd"):
        return block.is_prose
    return block.linked <= (0.8 if block.tag == "p" else 0.5)


def _is_within(container: _Container | None, root: _Container) -> bool:
    while container is not None and container is not root:
        container = container.parent
    return container is not None


def _shared(heading: str, title: str) -> float:
    """Return how much of a title a heading has; the site and section in a title are no words of its heading."""
    ours, theirs = set(heading.split()), set(title.split())
    return len(ours & theirs) / max(len(ours), len(theirs), 1)
