"""The tagging kernel: articles in, mentions, quotes and themes out.

Belongs here: walking articles through the readers and putting what they say into Arrow tables.
Does not belong here: any rule of reading.

The rows of an article depend on that article and the configuration alone: not on other articles, their order or the
clock. Each article is searched once, title and text together; every later step looks at bounded windows around what was
found, so that time is linear in the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from operator import attrgetter, itemgetter
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
from assets.tagging.lexicon import Hits, Lexicon, Name
from assets.tagging.misspellings import MisspellingReader
from assets.tagging.offices import OfficeReader
from assets.tagging.persons import PersonReader
from assets.tagging.places import PlaceReader
from assets.tagging.quotes import QuoteReader
from assets.tagging.romanisation import load_sounds
from assets.tagging.rules import load_counts, load_readings, rules_version
from assets.tagging.sentences import SentenceSplitter
from assets.tagging.themes import THRESHOLD, Evidence, resolve, scores
from assets.tagging.tone import ToneReader
from assets.tagging.unknown import UnknownReader

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Tagger", "rules_version", "tagging_kernel"]

TABLES = ("mentions", "quotes", "article_themes", "theme_evidence")

# A longer sentence is no sentence (a table, a list, a hostile text); its mentions get the words around them, since the
# whole of it with every mention would take memory with the square of its length.
LONGEST_SENTENCE = 1_000
_PLACE = itemgetter(0)
# A row without the ids of its article before it and the version of the rules after it.
Row = tuple[Any, ...]

# So many articles go through the automaton, and then through each later step, one after another: what a step uses stays
# in the processor's cache, and so do the rows till they are a table.
TOGETHER = 200
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
        counts = load_counts(home)
        self._calibrated = cache(lambda expected, rule: calibrated(expected, counts.get(rule)))
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

        none = {name: [table(name).record_schema.empty_table()] for name in TABLES}
        numbers = range(0, articles.num_rows, TOGETHER)
        some = [self._tagged_together(articles.slice(first, TOGETHER)) for first in numbers]
        tables = {name: pa.concat_tables([*none[name], *(one[name] for one in some)]) for name in TABLES}
        return correct_tags(tables, articles, self._corrections)

    def _tagged_together(self, articles: pa.Table) -> dict[str, pa.Table]:
        """Return the rows of a few articles."""
        tagged = [article for article in articles.select(COLUMNS).to_pylist() if article["tagged"]]
        documents = [self._document(article) for article in tagged]
        hits, rows = [], {name: [] for name in TABLES}
        for article, document in zip(tagged, documents, strict=True):
            hits.append(self.lexicon.search(document.plain))
            evidence = resolve(hits[-1].themes)
            rows["theme_evidence"].append(_evidence_rows(document, evidence))
            rows["article_themes"].append(_theme_rows(article, document, evidence))
        listed = [self._listed(*one) for one in zip(documents, hits, strict=True)]
        mentions = [self._unknown.with_unknown(document, *one) for document, one in zip(documents, listed, strict=True)]
        rows["mentions"] = list(map(self._mention_rows, documents, mentions))
        rows["quotes"] = list(map(self._quote_rows, documents, mentions))
        return {name: _table(name, self.rules_version, tagged, rows[name]) for name in TABLES}

    def _document(self, article: dict[str, Any]) -> Document:
        day = article["published_on"] or article["published_latest"] or article["landed_on"]
        title, translated = article["title"] or "", article["machine_translated"]
        return Document(title, article["text"], day, self._splitter, translated=translated)

    def _mention_rows(self, document: Document, mentions: list[Mention]) -> list[Row]:
        text, cut, starts = document.text, document.title_end + 1, document.starts
        rows, known = [], 0
        for mention in mentions:
            start, end = mention.start, mention.end
            part, offset = ("title", 0) if start < cut else ("text", cut)
            if (number := bisect_right(starts, start)) != known:
                known = number
                first, last = document.sentence(start)
                sentence = text[first : min(last, first + LONGEST_SENTENCE)]
                tone = self._tone.tone(sentence, capitalised=first < cut and document.title_is_capitalised)
            place = first
            if last - first > LONGEST_SENTENCE:
                sentence, place = _window(text, first, last, mention)
                tone = None
            rows.append((
                part, start - offset, end - offset, text[start:end], mention.actor_id, mention.office_id,
                mention.reading, sentence, place - offset, tone, mention.confidence, mention.rule,
            ))  # fmt: skip
        return rows

    def _quote_rows(self, document: Document, mentions: list[Mention]) -> list[Row]:
        text, cut = document.text, document.title_end + 1
        rows = []
        for quote in self._quotes.quotes(document, mentions):
            part, offset = ("title", 0) if quote.start < cut else ("text", cut)
            speaker = text[slice(*quote.speaker_span)] if quote.speaker_span else None
            rows.append((
                part, quote.start - offset, quote.end - offset, text[quote.start : quote.end], quote.kind,
                quote.cue, quote.speaker, speaker,
            ))  # fmt: skip
        return rows

    def read(
        self, title: str, text: str, day: date, *, translated: bool = False
    ) -> tuple[Document, Hits, list[Mention]]:
        """Return an article as read: its document, all hits of the one pass, and its mentions in order."""
        document = Document(title, text, day, self._splitter, translated=translated)
        hits = self.lexicon.search(document.plain)
        return document, hits, self._unknown.with_unknown(document, *self._listed(document, hits))

    def _listed(self, document: Document, hits: Hits) -> tuple[list[Mention], list[Span]]:
        """Return the mentions of listed actors, in order, and where their names and surnames stand."""
        spans = with_defined_acronyms(document, _resolve(hits, self.lexicon, document.day))
        phrases = self._offices.phrases(document, hits.titles, spans)
        spelt = self._persons.other_spellings(document, spans)
        persons = self._persons.mentions(document, spelt, phrases)
        starts = {span.start for span in spans if span.names}
        starts.update(phrase.start for phrase in phrases)
        starts.update(person.start for person in persons)
        places = self._places.mentions(document, spans, starts)
        starts.update(map(_PLACE, hits.themes))
        offices = self._offices.mentions(document, spans, phrases, persons, starts)
        best: dict[tuple[int, int, str], Mention] = {}
        found = sorted((*persons, *places, *offices), key=attrgetter("start"))
        found.extend(self._institutions.mentions(document, hits.shared, spans, found))
        found.extend(self._misspellings.mentions(document, found, spelt, phrases))
        for mention in found:
            mention.confidence = self._calibrated(mention.confidence, mention.rule)
            key = (mention.start, mention.end, mention.actor_id)
            if key not in best or best[key].confidence < mention.confidence:
                best[key] = mention
        return [best[key] for key in sorted(best)], spans


def _theme_rows(article: dict[str, Any], document: Document, evidence: list[Evidence]) -> list[Row]:
    found = scores(evidence, document.title_end, article["word_count"])
    return [(theme_id, score) for theme_id, score in found.items() if score >= THRESHOLD]


def _evidence_rows(document: Document, evidence: list[Evidence]) -> list[Row]:
    text, cut = document.text, document.title_end + 1
    in_title = bisect_left(evidence, cut, key=_PLACE)
    return [
        (part, term.theme_id, start - offset, end - offset, text[start:end], term.weight)
        for part, offset, hits in (("title", 0, evidence[:in_title]), ("text", cut, evidence[in_title:]))
        for start, end, term in hits
    ]


def _table(name: str, version: str, articles: list[dict[str, Any]], rows: list[list[Row]]) -> pa.Table:
    """Return the rows of all articles, with the ids of the article before each and the version of the rules after."""
    import pyarrow as pa

    schema = table(name).record_schema
    every = [row for of_one in rows for row in of_one]
    if not every:
        return schema.empty_table()
    owners = [number for number, of_one in enumerate(rows) for _ in of_one]
    ids = [pa.array([article[key] for article in articles], pa.string()).take(owners) for key in schema.names[:2]]
    columns = zip(zip(*every, strict=True), list(schema)[2:], strict=False)
    arrays = [pa.array(column, field.type) for column, field in columns]
    return pa.Table.from_arrays([*ids, *arrays, pa.repeat(version, len(every))], schema=schema)


def _window(text: str, start: int, end: int, mention: Mention) -> tuple[str, int]:
    """Return what stands around a mention in the overlong sentence from `start` to `end`, and where that begins."""
    start = max(start, mention.start - LONGEST_SENTENCE // 2)
    end = min(end, max(mention.end, start + LONGEST_SENTENCE))
    while text[start].isspace():
        start += 1
    return text[start:end].rstrip(), start


def _resolve(hits: Hits, lexicon: Lexicon, day: date) -> list[Span]:
    """Return the leftmost-longest names and surnames, in order; a span that is both keeps both meanings.

    A country inside the name of a body of its state (the Russian Ministry of Defence) stays a mention of its own. A
    name that was not in use on `day` names nobody, nor does what stands inside it (East Germany), but a name of that
    day that begins where it does goes before it (Serbia and Montenegro).
    """
    former = {(start, end) for start, end, names in hits.names if not [name for name in names if name.valid(day)]}
    current = {start for start, end, _ in hits.names if (start, end) not in former} if former else ()
    names_at = {
        (start, end): names for start, end, names in hits.names if (start, end) not in former or start not in current
    }
    surnames_at = {(start, end): surname for start, end, surname in hits.surnames}
    kept: list[Span] = []
    last = inner = 0
    whole: list[Name] = []
    for start, end in sorted({**names_at, **surnames_at}, key=lambda place: (place[0], -place[1])):
        names = names_at.get((start, end), [])
        if start >= last:
            last, inner, whole = end, start, names
        elif start >= inner and end <= last and lexicon.states_in(whole).intersection(name.actor_id for name in names):
            inner = end
        else:
            continue
        kept.append(Span(start, end, names, surnames_at.get((start, end))))
    return kept
