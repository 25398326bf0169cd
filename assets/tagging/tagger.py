"""The tagging kernel: articles in, mentions, quotes and themes out.

Belongs here: walking articles through the readers and putting what they say into Arrow tables.
Does not belong here: any rule of reading.

The rows of an article depend on that article and the configuration alone: not on other articles, their order or the
clock. Each article is searched once, title and text together; every later step looks at bounded windows around what was
found, so that time is linear in the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from datetime import date
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from assets.collecting import no_collecting
from assets.corrections import correct_tags, load_corrections
from assets.home import Home
from assets.tables import table
from assets.tagging.acronyms import with_defined_acronyms
from assets.tagging.confidence import calibrated
from assets.tagging.document import Document, Mention, Span
from assets.tagging.forenames import ForenameReader
from assets.tagging.institutions import InstitutionReader
from assets.tagging.lexicon import Hits, Lexicon
from assets.tagging.misspellings import MisspellingReader
from assets.tagging.offices import OfficeReader
from assets.tagging.persons import PersonReader
from assets.tagging.places import PlaceReader
from assets.tagging.quotes import Quote, QuoteReader
from assets.tagging.romanisation import load_sounds
from assets.tagging.rules import load_counts, load_readings, rules_version
from assets.tagging.sentences import SentenceSplitter
from assets.tagging.themes import THRESHOLD, resolve, scores
from assets.tagging.tone import ToneReader
from assets.tagging.unknown import UnknownReader

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Tagger", "rules_version", "tagging_kernel"]

TABLES = ("mentions", "quotes", "article_themes", "theme_evidence")

# A longer sentence is no sentence (a table, a list, a hostile text); its mentions get the words around them, since the
# whole of it with every mention would take memory with the square of its length.
LONGEST_SENTENCE = 1_000
# So many articles go through the automaton, and then through each later step, one after another: what a step uses stays
# in the processor's cache, and so do the rows till they are a table.
TOGETHER = 50
COLUMNS = (
    *("document_id", "article_id", "title", "text", "tagged", "machine_translated", "word_count"),
    *("published_on", "published_latest", "landed_on"),
)


def tagging_kernel(home: Home) -> Callable[[pa.Table], dict[str, pa.Table]]:
    """Return the kernel that tags articles by the rules of `home`; raise ConfigError where those are wrong."""
    return partial(_tag, Tagger(home))


def _tag(tagger: Tagger, articles: pa.Table) -> dict[str, pa.Table]:
    return tagger.tag(articles)


class Tagger:
    """The compiled rules of one installation."""

    def __init__(self, home: Home) -> None:
        readings = load_readings(home)
        self.rules_version = rules_version(home)
        self._counts = load_counts(home)
        sounds = load_sounds(home)
        self.lexicon = Lexicon(home, readings, sounds, self.rules_version)
        self._splitter = SentenceSplitter(readings.abbreviations)
        forenames = ForenameReader(self.lexicon, readings, sounds)
        self._persons = PersonReader(self.lexicon, readings, forenames)
        self._misspellings = MisspellingReader(self.lexicon, readings, forenames)
        self._places = PlaceReader(self.lexicon, readings)
        self._institutions = InstitutionReader(readings)
        self._offices = OfficeReader(self.lexicon, readings)
        self._quotes = QuoteReader(readings)
        self._unknown = UnknownReader(home, readings, self.lexicon.given_names, self.lexicon.local_ids)
        self._tone = ToneReader()
        self._corrections = load_corrections(home)

    def tag(self, articles: pa.Table) -> dict[str, pa.Table]:
        """Return the mentions, quotes, themes and evidence of the articles that have a tagger for their language."""
        with no_collecting():
            return self._tagged(articles)

    def _tagged(self, articles: pa.Table) -> dict[str, pa.Table]:
        import pyarrow as pa

        numbers = range(0, articles.num_rows, TOGETHER)
        parts = [self._tagged_together(articles.slice(first, TOGETHER)) for first in numbers]
        tables = {
            name: pa.concat_tables([_Rows(name, self.rules_version).table(), *(part[name] for part in parts)])
            for name in TABLES
        }
        return correct_tags(tables, articles, self._corrections)

    def _tagged_together(self, articles: pa.Table) -> dict[str, pa.Table]:
        """Return the rows of a few articles."""
        tagged = [article for article in articles.select(COLUMNS).to_pylist() if article["tagged"]]
        documents = [self._document(article) for article in tagged]
        rows = {name: _Rows(name, self.rules_version) for name in TABLES}
        for article, document, hits in zip(tagged, documents, self._search(documents), strict=True):
            self._tag_article(article, document, hits, rows)
            for collected in rows.values():
                collected.end_article(article["document_id"], article["article_id"])
        return {name: collected.table() for name, collected in rows.items()}

    def _document(self, article: dict[str, Any]) -> Document:
        day = article["published_on"] or article["published_latest"] or article["landed_on"]
        title, translated = article["title"] or "", article["machine_translated"]
        return Document(title, article["text"], day, self._splitter, translated=translated)

    def _search(self, documents: list[Document]) -> list[Hits]:
        return [self.lexicon.search(document.plain) for document in documents]

    def _tag_article(self, article: dict[str, Any], document: Document, hits: Hits, rows: dict[str, _Rows]) -> None:
        mentions = self._mentions(document, hits)
        text, cut = document.text, document.title_end + 1
        sentences: dict[int, tuple[str, int, int, float | None]] = {}
        for mention in mentions:
            part, offset = ("title", 0) if mention.start < cut else ("text", cut)
            number = document.sentence_number(mention.start)
            if number not in sentences:
                start, end = document.sentence(mention.start)
                sentence = text[start : min(end, start + LONGEST_SENTENCE)]
                tone = self._tone.tone(sentence, capitalised=start < cut and document.title_is_capitalised)
                sentences[number] = (sentence, start, end, tone)
            sentence, start, end, tone = sentences[number]
            if end - start > LONGEST_SENTENCE:
                sentence, start = _window(text, start, end, mention)
                tone = None
            rows["mentions"].add((
                part, mention.start - offset, mention.end - offset, text[mention.start : mention.end],
                mention.actor_id, mention.office_id, mention.reading, sentence, start - offset,
                tone, mention.confidence, mention.rule,
            ))  # fmt: skip
        for quote in self._quotes.quotes(document, mentions):
            _add_quote(rows["quotes"], quote, text, cut)
        evidence = resolve(hits.themes)
        in_title = bisect_left(evidence, cut, key=itemgetter(0))
        for part, offset, hits_of_part in (("title", 0, evidence[:in_title]), ("text", cut, evidence[in_title:])):
            rows["theme_evidence"].extend(
                (part, term.theme_id, start - offset, end - offset, text[start:end], term.weight)
                for start, end, term in hits_of_part
            )
        for theme_id, score in scores(evidence, document.title_end, article["word_count"]).items():
            if score >= THRESHOLD:
                rows["article_themes"].add((theme_id, score))

    def read(
        self, title: str, text: str, day: date, *, translated: bool = False
    ) -> tuple[Document, Hits, list[Mention]]:
        """Return an article as read: its document, all hits of the one pass, and its mentions in order."""
        document = Document(title, text, day, self._splitter, translated=translated)
        hits = self.lexicon.search(document.plain)
        return document, hits, self._mentions(document, hits)

    def _mentions(self, document: Document, hits: Hits) -> list[Mention]:
        spans = with_defined_acronyms(document, _resolve(hits, self.lexicon, document.day))
        phrases = self._offices.phrases(document, hits.titles, spans)
        spelt = self._persons.other_spellings(document, spans)
        persons = self._persons.mentions(document, spelt, phrases)
        starts = {span.start for span in spans if span.names}
        starts.update(phrase.start for phrase in phrases)
        starts.update(person.start for person in persons)
        places = self._places.mentions(document, spans, starts)
        starts.update(hit[0] for hit in hits.themes)
        offices = self._offices.mentions(document, spans, phrases, persons, starts)
        best: dict[tuple[int, int, str], Mention] = {}
        found = sorted((*persons, *places, *offices), key=lambda mention: mention.start)
        found.extend(self._institutions.mentions(document, hits.shared, spans, found))
        found.extend(self._misspellings.mentions(document, found, spelt, phrases))
        for mention in found:
            mention.confidence = calibrated(mention.confidence, self._counts.get(mention.rule))
            key = (mention.start, mention.end, mention.actor_id)
            if key not in best or best[key].confidence < mention.confidence:
                best[key] = mention
        listed = [best[key] for key in sorted(best)]
        return self._unknown.with_unknown(document, listed, spans)


class _Rows:
    """Rows of one table, without the ids of their article before them and the version of the rules after them."""

    def __init__(self, name: str, version: str) -> None:
        self._schema = table(name).record_schema
        self._version = version
        self._rows: list[tuple[Any, ...]] = []
        self._document_ids: list[str] = []
        self._article_ids: list[str] = []
        self.add = self._rows.append
        self.extend = self._rows.extend

    def end_article(self, document_id: str, article_id: str) -> None:
        """Say whose the rows are that were added since the last article."""
        added = len(self._rows) - len(self._document_ids)
        self._document_ids.extend([document_id] * added)
        self._article_ids.extend([article_id] * added)

    def table(self) -> pa.Table:
        import pyarrow as pa

        columns = [self._document_ids, self._article_ids, *zip(*self._rows, strict=True)]
        if not self._rows:
            return self._schema.empty_table()
        arrays = [pa.array(column, field.type) for column, field in zip(columns, self._schema, strict=False)]
        arrays.append(pa.repeat(self._version, len(self._rows)))
        return pa.Table.from_arrays(arrays, schema=self._schema)


def _window(text: str, start: int, end: int, mention: Mention) -> tuple[str, int]:
    """Return what stands around a mention in the overlong sentence from `start` to `end`, and where that begins."""
    start = max(start, mention.start - LONGEST_SENTENCE // 2)
    end = min(end, max(mention.end, start + LONGEST_SENTENCE))
    while text[start].isspace():
        start += 1
    return text[start:end].rstrip(), start


def _add_quote(rows: _Rows, quote: Quote, text: str, cut: int) -> None:
    part, offset = ("title", 0) if quote.start < cut else ("text", cut)
    speaker = text[slice(*quote.speaker_span)] if quote.speaker_span else None
    rows.add((
        part, quote.start - offset, quote.end - offset, text[quote.start : quote.end], quote.kind,
        quote.cue, quote.speaker, speaker,
    ))  # fmt: skip


def _resolve(hits: Hits, lexicon: Lexicon, day: date) -> list[Span]:
    """Return the leftmost-longest names and surnames, in order; a span that is both keeps both meanings.

    A country inside the name of a body of its state (the Russian Ministry of Defence) stays a mention of its own. A
    name that was not in use on `day` names nobody, nor does what stands inside it (East Germany), but a name of that
    day that begins where it does goes before it (Serbia and Montenegro).
    """
    spans = {(start, end): Span(start, end, names, None) for start, end, names in hits.names}
    current = {start for start, _, names in hits.names if any(name.valid(day) for name in names)}
    for key in [key for key in spans if key[0] in current]:
        if not any(name.valid(day) for name in spans[key].names):
            del spans[key]
    for start, end, surname in hits.surnames:
        span = spans.setdefault((start, end), Span(start, end, [], None))
        span.surname = surname
    kept: list[Span] = []
    last = inner = 0
    states: frozenset[str] = frozenset()
    for key in sorted(spans, key=lambda key: (key[0], -key[1])):
        span = spans[key]
        if key[0] >= last:
            kept.append(span)
            last, inner = key[1], key[0]
            states = lexicon.states_in(span.names)
        elif states and key[0] >= inner and key[1] <= last and any(name.actor_id in states for name in span.names):
            kept.append(span)
            inner = key[1]
    return kept
