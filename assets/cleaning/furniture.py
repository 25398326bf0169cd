"""Telling the article from the page around it, line by line, where no markup says which is which.

Belongs here: what the lines of a page are (title, byline, category, share bar, tail, prose), by the phrases of
`config/furniture.yaml`.
Does not belong here: HTML (extraction.py); what repeats from article to article of a source (source profiles).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from unicodedata import normalize

from assets.cleaning.characters import visible
from assets.cleaning.dates import Written, written_dates
from assets.cleaning.prose import SENTENCE_END, count_words
from assets.cleaning.rules import DateRules, FurnitureRules

_SENTENCE_END = re.compile(SENTENCE_END.pattern + r"|:\s*$")
_SEPARATOR = re.compile(r"\s+(?:[/>»›→·•])\s+")
_SUFFIX = re.compile(r"\s+[|–—·»:-]\s+|\s+\|\s*")
_WIRE_DATELINE = re.compile(r"\s(?:[–—]|--?)\s")  # `BAKU, March 16, 2022 (Agency) - `

FURNITURE_CHARS = 350  # no notice of a page is longer; trying the phrases on long paragraphs costs half of the reading

# A text of so many short lines, so many of them known furniture, is a whole page that was pasted. Its article is the
# run of lines with most words of prose, each counted up to a cap, when each short line takes so many away.
PASTED_SHORT_LINES = 12
PASTED_MARKS = 3
PROSE_CAP = 60
SHORT_LINE_COST = 8
LEAD_LINES = 12
HEADLINE_WORDS = 12


@dataclass
class Page:
    """What the lines of a page say."""

    title: str | None = None
    paragraphs: list[str] = field(default_factory=list)
    author: str | None = None
    section: str | None = None
    dates: list[Written] = field(default_factory=list)


@dataclass(frozen=True)
class LineReader:
    """Reads pages by the furniture and date rules."""

    furniture: FurnitureRules
    date_rules: DateRules

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        actions = ("tail", "teaser", "line", "section", "no_author", "byline", "updated")
        return {action: self.furniture.pattern(action) for action in actions}

    @cached_property
    def _byline_words(self) -> re.Pattern[str]:
        return re.compile(r"(?<!\w)" + self.furniture.pattern("byline_word").pattern + r"(?!\w)", re.IGNORECASE)

    @cached_property
    def _byline_start(self) -> re.Pattern[str]:
        return re.compile(r"^(?:" + self.furniture.pattern("byline_start").pattern + r")\s*:?\s+", re.IGNORECASE)

    def read(self, text: str, title: str | None, sites: Iterable[str], *, is_page: bool) -> Page:
        """Return what the lines of `text` are; `title` is the headline if known, `sites` name the publisher.

        `is_page` says that markup has already told the article from what stands around it.
        """
        lines = paragraphs_of(text)
        folded = [fold(line) if len(line) <= FURNITURE_CHARS else line for line in lines]
        names = {fold(site) for site in sites if site}
        is_prose = [
            self._is_prose(line) and not self._matches("line", low) for line, low in zip(lines, folded, strict=True)
        ]
        core = None if is_page else self._core(folded, lines, is_prose)
        repeated: set[str] | None = None
        if core is not None:
            # A whole page was pasted: only what stands right above its densest prose can belong to that.
            start, stop = core
            top = max(0, start - LEAD_LINES)
            repeated = {low for low, times in Counter(folded).items() if times > 1 and low.count(" ") >= 3}
            lines, folded, is_prose = lines[top:stop], folded[top:stop], is_prose[top:stop]
            is_prose[: start - top] = [False] * (start - top)
            if title is None and sum(is_prose) > 1 and _is_long_headline(lines[start - top]):
                is_prose[start - top] = False
        first = is_prose.index(True) if True in is_prose else self._start_of_brief(lines, folded, title)
        if core is None and title is None and self._is_asking_headline(lines, folded, is_prose, first):
            is_prose[first] = False
            first = is_prose.index(True)
        end = self._tail_starts_at(lines, folded, is_prose, first)
        page = Page(title=title)
        kept_lead = self._read_lead(page, lines[:first], folded, names, repeated, is_page)
        wanted = fold(page.title or "")
        lead = set(folded[:first])
        body: list[str] = []
        skip_headlines = False
        for index in range(first, end):
            line, low = lines[index], folded[index]
            if not is_prose[index] and self._begins_tail(low):
                skip_headlines = True  # "Read also:" amid the text, with its headlines below
                continue
            skip_headlines = skip_headlines and not is_prose[index]
            is_repeated = low in lead and len(low.split()) <= 6
            if skip_headlines or is_repeated or low == wanted or low in names:
                continue
            if not is_prose[index] and self._matches("line", low):  # what is prose was tried before
                continue
            if not is_prose[index] and (index <= first + 1 or index >= end - 2) and self._read_byline(page, line):
                continue
            body.append(line)
        while body and self._matches("section", fold(body[-1])) and len(body) > 1:
            body.pop()
        page.paragraphs = [line for line in (*kept_lead, *body) if _holds_words(line)]
        if page.paragraphs and (match := _WIRE_DATELINE.search(page.paragraphs[0][:80])):
            page.dates += written_dates(page.paragraphs[0][: match.start()], self.date_rules)
        return page

    def _core(self, folded: list[str], lines: list[str], is_prose: list[bool]) -> tuple[int, int] | None:
        """Return where the densest prose of a whole pasted page begins and ends; None for a text that is no such page.

        A whole page shows by its many short lines, of which some are known to be furniture.
        """
        if len(lines) - sum(is_prose) < PASTED_SHORT_LINES or True not in is_prose:
            return None
        marks = sum(
            self._matches("line", low) or self._begins_tail(low)
            for low, prose in zip(folded, is_prose, strict=True)
            if not prose
        )
        if marks < PASTED_MARKS:
            return None
        best, begun, total = (0, 0, 0), 0, 0
        for index, (line, prose) in enumerate(zip(lines, is_prose, strict=True)):
            total += min(line.count(" ") + 1, PROSE_CAP) if prose else -SHORT_LINE_COST
            if total <= 0:
                begun, total = index + 1, 0
            elif total > best[0]:
                best = (total, begun, index + 1)
        _, start, stop = best
        while stop < len(lines) and _SENTENCE_END.search(lines[stop]) and not self._matches("line", folded[stop]):
            stop += 1  # a short sentence ends the article
        return start, stop

    def _read_lead(
        self, page: Page, lines: list[str], folded: list[str], names: set[str], repeated: set[str] | None, is_page: bool
    ) -> list[str]:
        """Fill `page` from what stands above the prose; return the lines of it that belong to the text.

        `repeated` are the lines that stand twice on a page that was pasted whole.
        """
        after = set(folded[len(lines) :])
        candidates: list[str] = []
        crumbs: set[str] = set()
        fallback = None
        for line, low in zip(lines, folded, strict=False):
            pieces = _SEPARATOR.split(line)
            if self._matches("line", low) or low in names:
                continue
            if len(pieces) > 2:
                crumbs.add(fold(pieces[-1]))
                page.section = page.section or pieces[-2].strip()
            elif self._read_byline(page, line):
                fallback = fallback or line
            elif self._matches("section", low) or (low in after and len(low.split()) <= 4):
                page.section = page.section or line
            else:
                candidates.append(line)
        if page.title is None:
            page.title = _best_headline(candidates, crumbs, repeated) or fallback
        elif len(candidates) == len(lines) and not is_page:
            return lines  # a row of an archive that begins with a table
        wanted = fold(page.title or "")
        heads = [index for index, line in enumerate(candidates) if fold(line) == wanted]
        below = candidates[heads[-1] + 1 :] if heads else candidates
        # A standfirst belongs to the text; a stray word or two does not.
        return [line for line in below if len(line.split()) >= 6 and fold(line) not in crumbs]

    def _is_asking_headline(self, lines: list[str], folded: list[str], is_prose: list[bool], first: int) -> bool:
        """Return whether the first line that looks like prose is a headline that asks or calls."""
        if sum(is_prose) < 2 or len(lines[first].split()) > 2 * self.furniture.prose_words:
            return False
        above = [
            low
            for line, low in zip(lines[:first], folded[:first], strict=True)
            if len(low.split()) >= 3 and not self._matches("line", low) and not written_dates(line, self.date_rules)
        ]
        return not above and re.search(r"[?!]\W*$", lines[first]) is not None

    def _start_of_brief(self, lines: list[str], folded: list[str], title: str | None) -> int:
        """Return where the text begins in a page without a single line of prose."""
        for index, low in enumerate(folded):
            if self._begins_tail(low):
                return 0
            if title is not None and low == fold(title):
                return index
            if not self._matches("line", low) and not self._matches("section", low):
                # Of several lines the first is the headline, unless it ends like a sentence.
                headline = title is None and len(lines) > index + 1 and not _SENTENCE_END.search(lines[index])
                return index + 1 if headline else index
        return 0

    def _tail_starts_at(self, lines: list[str], folded: list[str], is_prose: list[bool], first: int) -> int:
        """Return the line at which the article is over: a tail phrase after which hardly any prose follows."""
        words = [line.count(" ") + 1 if prose else 0 for line, prose in zip(lines, is_prose, strict=True)]
        for index in range(first + 1 if first < len(lines) and is_prose[first] else first, len(lines)):
            if is_prose[index] or not self._begins_tail(folded[index]):
                continue
            before, following = sum(words[:index]), sum(words[index:])
            teaser = self._matches("teaser", folded[index])
            least = self.furniture.teaser_prose_words if teaser else self.furniture.tail_prose_words
            if following <= max(least, before * self.furniture.tail_prose_share):
                return index
        return len(lines)

    def _read_byline(self, page: Page, line: str) -> bool:
        """Return whether a line is a byline or date line, and take author and dates from it."""
        if len(line) > 200:
            return False
        byline = self._patterns["byline"].match(fold(line) + " ")
        dates = written_dates(line, self.date_rules)
        if not dates and not byline:
            return False
        rest = line
        for written in reversed(dates):
            rest = rest[: written.start] + " \n " + rest[written.end :]
        leftover = self._byline_words.sub(" ", re.sub(r"[\d:|/.,;()\[\]&•·–—-]+", " ", rest))
        if byline and not dates:
            leftover = re.sub(r"\s+", " ", line)[byline.end() - (len(byline[0]) - len(byline[0].rstrip())) :]
            leftover = re.sub(r"[|,;•·–—/].*", "", leftover)
        names = leftover.split()
        if len(names) > 6 or any(not name[0].isupper() for name in names) or (byline and _SENTENCE_END.search(line)):
            return False
        for index, written in enumerate(dates):
            before = line[dates[index - 1].end if index else 0 : written.start]
            if not re.search(self._patterns["updated"].pattern, before.casefold()):
                page.dates.append(written)
        author = " ".join(leftover.split("\n")[0].split()) or " ".join(names)
        if 2 <= len(author.split()) <= 4 and not self._matches("no_author", fold(author)):
            page.author = page.author or author
        return True

    def holds_prose(self, paragraphs: Iterable[str]) -> bool:
        """Return whether any paragraph is a sentence."""
        return any(
            self._is_prose(paragraph) or (len(paragraph.split()) >= 5 and _SENTENCE_END.search(paragraph))
            for paragraph in paragraphs
        )

    def author(self, name: str | None) -> str | None:
        """Return the names in a byline, without what it begins with; None where it names a desk or an account."""
        name = self._byline_start.sub("", " ".join((name or "").split()))
        for written in written_dates(name, self.date_rules)[:1]:
            name = name[: written.start].rstrip(" |,;•·–—-")
        return None if not name or self._matches("no_author", fold(name)) else name

    def _is_prose(self, line: str) -> bool:
        words, least = count_words(line), self.furniture.prose_words
        if words < least:
            return False
        return words >= 3 * least or _SENTENCE_END.search(line) is not None

    def _begins_tail(self, folded_line: str) -> bool:
        return self._matches("tail", folded_line) or self._matches("teaser", folded_line)

    def _matches(self, action: str, folded_line: str) -> bool:
        return 0 < len(folded_line) <= FURNITURE_CHARS and self._patterns[action].fullmatch(folded_line) is not None


def fold(line: str) -> str:
    """Return a line as furniture is compared: visible, case folded, without marks at its edges."""
    if not line.isprintable():
        line = visible(line)
    elif not line.isascii():
        line = normalize("NFC", line)
    line = " ".join(line.casefold().split())
    start, end = 0, len(line)
    while start < end and not line[start].isalnum():
        start += 1
    while end > start and not line[end - 1].isalnum():
        end -= 1
    return line[start:end]


def _holds_words(line: str) -> bool:
    return re.search(r"\w", line if line.isprintable() else visible(line)) is not None


def without_site_name(title: str | None, sites: Iterable[str]) -> str | None:
    """Return a headline without the publisher's name before or after it."""
    title = " ".join((title or "").split())
    names = {fold(site) for site in sites if site}
    for match in reversed(list(_SUFFIX.finditer(title))):
        if fold(title[match.end() :]) in names and match.start() > 0:
            title = title[: match.start()]
    first = _SUFFIX.search(title)
    if first and fold(title[: first.start()]) in names:
        title = title[first.end() :]
    return title or None


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a text, spaces collapsed; lines broken at a fixed width are joined again."""
    paragraphs: list[str] = []
    block: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.strip():
            block.append(line)
            continue
        if _is_wrapped(block):
            for index, wrapped in enumerate(block):
                if index == 0 or wrapped.startswith(("  ", "\t")):
                    paragraphs.append(wrapped)
                else:
                    paragraphs[-1] += " " + wrapped
        else:
            paragraphs += block
        block = []
    collapsed = (" ".join(paragraph.split()) for paragraph in paragraphs)
    return [paragraph for paragraph in collapsed if paragraph]


def _is_wrapped(block: list[str]) -> bool:
    """Return whether lines were broken at a width: all but a paragraph's last are long, and sentences run on."""
    if len(block) < 3:
        return False
    width = max(len(line.rstrip()) for line in block)
    if not 50 <= width <= 100:
        return False
    full = [line for line in block[:-1] if len(line.rstrip()) >= 0.7 * width]
    running = [line for line, following in zip(block, block[1:], strict=False) if following.lstrip()[:1].islower()]
    return len(full) >= 0.6 * (len(block) - 1) and bool(running)


def _best_headline(candidates: list[str], crumbs: set[str], repeated: set[str] | None) -> str | None:
    named = [line for line in candidates if fold(line) in crumbs]
    long_enough = [line for line in candidates if len(line.split()) >= 3]
    if repeated is not None:
        # Above the headline of a pasted page stand its menus, below it captions and the like. Headlines stand in lists
        # of what is read most as well.
        named += [line for line in reversed(candidates) if fold(line) in repeated]
        long_enough = [line for line in long_enough if len(line.split()) <= 25 and not line.endswith((".", "。"))]
        long_enough.sort(key=lambda line: -min(line.count(" ") + 1, HEADLINE_WORDS))
    by_length = sorted(candidates, key=lambda line: -len(line))
    return next(iter((*named, *long_enough, *by_length)), None)


def _is_long_headline(line: str) -> bool:
    """Return whether a line that looks like prose can be the headline of the prose below it."""
    return line.count(" ") < 20 and not re.search(r"[.。:।۔][\"'”’»“)\]]*$", line)
