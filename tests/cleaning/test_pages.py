"""From a landed document to an article without its furniture, or to a row that says why not."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from assets.cleaning.articles import cleaning_rules_version
from assets.cleaning.days import clean_days
from assets.config import ConfigError
from assets.home import Home
from assets.record import Record
from assets.tables import table

from .conftest import Clean, landed

PASTED = """\
Some News
Menu  Search for

Home / Region / The ferry sails again

Region

The ferry sails again
Leyla Test 16 March 2022, 18:05 0 118 1 minute read
Facebook Twitter WhatsApp

After two weeks of storm the ferry between the two ports sails again, the harbour master said.

Read also: Old ships for sale

Thirty lorries waited at the quay on Wednesday, most of them loaded with fruit and flour.
Only one of the drivers complained.

Region

Leave a Reply

Your email address will not be published. Required fields are marked *

Save my name, email, and website in this browser for the next time I comment.

Back to top button
Newsletter Signup
Subscribe to our newsletter below and never miss the latest product or an exclusive offer.
"""

BODY = [
    "After two weeks of storm the ferry between the two ports sails again, the harbour master said.",
    "Thirty lorries waited at the quay on Wednesday, most of them loaded with fruit and flour.",
    "Only one of the drivers complained.",
]

PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The ferry sails again | Some News</title>
<meta property="og:title" content="The ferry sails again | Some News"><meta property="og:site_name" content="Some News">
<meta name="author" content="Leyla Test"><meta property="article:section" content="Region">
<link rel="canonical" href="https://news.example/ferry?utm_source=feed&amp;id=7#top">
<meta property="article:published_time" content="2022-03-16T14:05:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/region">Region</a></nav>
<div class="cookie-banner"><p>We use cookies to improve your experience on this website, please accept them.</p></div>
<main><article><h1>The ferry sails again</h1><p>{BODY[0]}</p><p>{BODY[1]}</p><p>{BODY[2]}</p>
<div class="share">Facebook Twitter WhatsApp</div></article>
<aside><h3>Related articles</h3><ul><li><a href="/a">Old ships for sale</a></li></ul></aside>
<div id="comments"><h3>Leave a Reply</h3><form><p>Your email address will not be published.</p></form></div></main>
<footer><p>Copyright 2022 Some News. All rights reserved.</p></footer></body></html>"""


@pytest.mark.parametrize("content", [PASTED, PAGE], ids=["pasted as text", "as a page"])
def test_a_page_becomes_its_article(clean: Clean, content: str) -> None:
    results = clean(landed(content))
    (article,) = results["articles"]
    assert article["title"] == "The ferry sails again"
    assert article["text"] == "\n".join(BODY)
    assert (article["author"], article["section"]) == ("Leyla Test", "Region")
    assert str(article["published_on"]) == "2022-03-16"
    assert (article["language"], article["tagged"]) == ("en", True)
    assert article["word_count"] == 39
    assert results["article_repairs"] == results["rejected_documents"] == []


CARD = '<article class="card"><a href="/x"><h3>Another story of the day</h3></a><p>It is told elsewhere on this site, in full and with pictures.</p></article>'
NOTICE = "<p>This content is hosted by another company, and is shown after your consent only.</p>"


@pytest.mark.parametrize(
    "body",
    [
        f"<div class='part'><p>{BODY[0]}</p></div><div>Advertisement</div><div class='part'><p>{BODY[1]}</p><p>{BODY[2]}</p></div>",
        f"<div class='article sidebar-layout'><p>{BODY[0]}</p><p>{BODY[1]}</p><p>{BODY[2]}</p></div>",
        f"<div>{BODY[0]}<br><br>{BODY[1]}<br>{BODY[2]}</div>",
        f"<div>{BODY[0]}<p>{BODY[1]}</p>{BODY[2]}</div>",
        f"<div><p>{BODY[0]}</p>{CARD}<p>{BODY[1]}</p><p>{BODY[2]}</p></div>{CARD * 3}",
        f"<div><p>{BODY[0]}</p>{NOTICE}<p>{BODY[1]}</p>{NOTICE}<p>{BODY[2]}</p>{NOTICE}</div>",
        f"<div><p>{BODY[0]}</p><figure><img><p>A ferry at sea, seen from the tower of the old port.</p></figure><p>{BODY[1]}</p><p>{BODY[2]}</p></div>",
        f"<div><p>{BODY[0]}</p><ul><li><a href='/y'>Old ships for sale</a></li></ul><p>{BODY[1]}</p><p>{BODY[2]}</p></div>",
        f"<table><tr><td><blockquote>{BODY[0]}</blockquote><pre><p>{BODY[1]}</p></pre><h2><p>{BODY[2]}</p></h2></td></tr></table>",
        f"<header><p>{BODY[0]}</p></header><div><p>{BODY[1]}</p><p>{BODY[2]}</p></div>",
    ],
    ids=["cut by an advertisement", "a misleading class", "line breaks", "text beside paragraphs", "cards of others",
         "a notice again and again", "captions", "a list of links", "blocks in blocks", "a standfirst in the head"],
)  # fmt: skip
def test_markup_tells_the_article_from_what_stands_around_it(clean: Clean, body: str) -> None:
    page = f"<html><head><title>The ferry sails again</title></head><body><main><h1>The ferry sails again</h1>{body}</main><div class='comment-list'><p>I was there on that day and saw all of it with my own eyes.</p></div></body></html>"
    (article,) = clean(landed(page))["articles"]
    assert article["text"] == "\n".join(BODY)


@pytest.mark.parametrize(
    ("head", "byline", "author"),
    [
        ('<meta name="author" content="Leyla Test">', "", "Leyla Test"),
        ('<meta name="author" content="Some News">', '<a rel="author" href="/lt">Leyla Test</a>', "Leyla Test"),
        ('<meta name="author" content="https://news.example/lt">', '<p class="byline">By Leyla Test | 16 Mar</p>', "Leyla Test"),
        ('<meta name="author" content="Leyla Test and Ilkin Test">', "", "Leyla Test; Ilkin Test"),
        ('<script type="application/ld+json">{"@type":"NewsArticle","author":[{"@type":"Organization","name":"Some News"},{"@type":"Person","name":"Leyla Test (lt)"}]}</script>', "", "Leyla Test"),
        ("", '<p class="byline">News desk</p>', None),
        ("", "", None),
    ],
)  # fmt: skip
def test_the_author_is_who_wrote_it(clean: Clean, head: str, byline: str, author: str | None) -> None:
    page = f"<html><head><title>The ferry</title><meta property='og:site_name' content='Some News'>{head}</head><body><article><h1>The ferry</h1>{byline}<p>{BODY[0]}</p><p>{BODY[1]}</p></article></body></html>"
    (article,) = clean(landed(page))["articles"]
    assert article["author"] == author


def test_a_tail_phrase_amid_the_text_does_not_cut_it(clean: Clean) -> None:
    prose = "\n".join(
        f"Paragraph {n} tells how the ferry sailed from one port to the other, and when." for n in range(12)
    )
    (article,) = clean(landed(f"The ferry\n{BODY[0]}\nRelated articles\nOld ships\n{prose}\n"))["articles"]
    assert article["text"] == f"{BODY[0]}\n{prose}"


def test_of_a_page_pasted_whole_only_the_article_is_kept(clean: Clean) -> None:
    menu = "\n".join(["Skip to content", "Menu", "Search", "Log in", "World", "Business", "Sport", "Opinion"] * 2)
    others = "\n".join(f"Another ferry, number {n}, is sold to a company abroad" for n in range(8))
    below = (
        "Most read\nNewsletter\nAnd what about the lorries that came too late on that day, I ask you all?\nReply\nShare"
    )
    text = f"{menu}\nWhy does the ferry between the two ports sail again?\n16 March 2022\nA ferry at the quay. Photo: L. Test\nShare\n"
    text += "\n".join(BODY) + f"\n{others}\n{below}\n{menu}\n"
    (article,) = clean(landed(text))["articles"]
    assert article["title"] == "Why does the ferry between the two ports sail again?"
    assert article["text"] == "\n".join(BODY)
    assert str(article["published_on"]) == "2022-03-16"


def test_lines_broken_at_a_width_are_paragraphs_again(clean: Clean) -> None:
    wrapped = (
        "After two weeks of storm the ferry between the two ports sails\nagain, the harbour master said on Wednesday "
        "morning. Thirty\nlorries waited at the quay, most of them loaded with fruit and\nflour.\n\nNobody complained at all."
    )
    (article,) = clean(landed(wrapped))["articles"]
    assert article["text"].count("\n") == 1
    assert article["text"].startswith(
        "After two weeks of storm the ferry between the two ports sails again, the harbour"
    )


@pytest.mark.parametrize(
    "fragment",
    [
        "<p>Short and <b>sweet</b>.</p><p>Twice.</p>",
        "<div>Short and sweet.<br>Twice.</div>",
        "Short and sweet.\nTwice.",
    ],
)
def test_a_short_item_of_a_feed_is_not_lost(clean: Clean, fragment: str) -> None:
    document = landed(fragment, declared_title="Brief", media_type="text/html")
    (article,) = clean(document)["articles"]
    assert article["text"].replace("\n", " ") == "Short and sweet. Twice."
    assert article["title"] == "Brief"


@pytest.mark.parametrize(
    ("content", "expected", "kind"),
    [
        ("Der Zug fÃ¤hrt Ã¼ber die BrÃ¼cke, sagte der Minister am Montag in Wien.".encode(), "fährt über die Brücke", "encoding"),
        ("The mini\u200bster of E\u00adnergy came by train, the \u202eagency\u202c said.".encode(), "minister of Energy came by train, the agency", "invisible_characters"),
        ("The cafe\u0301 at the corner was closed on Monday, its owner said.".encode(), "café at the corner", "unicode_form"),
        ("Der Zug fährt über die Brücke, sagte der Minister am Montag in Wien vor großem Publikum.".encode("cp1252"), "fährt über die Brücke", None),
        ("Поезд пришёл в понедельник утром, сообщил министр.".encode("utf-16"), "Поезд пришёл", None),
        ("<html><head><meta charset='windows-1251'></head><body><p>Поезд пришёл в понедельник утром, сообщил министр.</p></body></html>".encode("cp1251"), "Поезд пришёл", None),
        ("گفت که می\u200cخواهد به خانه برود و دیگر برنگردد.".encode(), "می\u200cخواهد", None),
    ],
)  # fmt: skip
def test_characters_are_read_as_they_were_written(
    clean: Clean, content: bytes, expected: str, kind: str | None
) -> None:
    results = clean(landed(content))
    assert expected in results["articles"][0]["text"]
    assert {row["kind"] for row in results["article_repairs"]} == ({kind} if kind else set())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"  \n ", "empty"),
        (bytes(range(1, 256)) * 40, "unreadable"),
        (b"PK\x03\x04" + b"\0\x01\x02abc" * 300, "not_text"),
        (b"Leave a Reply\nYour email address will not be published.\nBack to top button\n", "no_text"),
        (b"<html><head><title>Some News</title></head><body><a>Latest</a> <a>Most read</a></body></html>", "no_text"),
        (b"<html><body><script>var x = 1;</script></body></html>", "no_text"),
        (b"many words " * 50_000, "too_large"),
    ],
)
def test_what_gives_no_article_says_why(clean: Clean, content: bytes, reason: str) -> None:
    results = clean(landed(content))
    assert results["articles"] == []
    (row,) = results["rejected_documents"]
    assert row["reason"] == reason
    assert row["locator"] == "page.txt" and len(row["detail"]) > 20


P = f"<p>{BODY[0]}</p>"


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 100_000 + P,
        "<div>" * 9_000 + P * 1_000 + "</div>" * 9_000,
        P * 20_000,
        "<div>" + "some words and a line break<br>" * 20_000,
        "<ul><li>some words and more of them " * 3_000,
        "<title>" + "word " * 100_000 + "</title>" + "<h1>word word word</h1>" * 2_000 + P,
        '<script type="application/ld+json">' + "[" * 50_000 + "</script>" + P,
        '<script type="application/ld+json">[' + '{"@type":"NewsArticle"},' * 20_000 + "0]</script>" + P,
        "<b><i><a href=x>some words" * 10_000,
        "<p " + "class=x " * 50_000 + ">" + BODY[0],
        "<!--" * 50_000,
        "<p>" + "12.12.2021 yesterday " * 5_000,
        "<p>" + "many words " * 20_000,
    ],
    ids=lambda bomb: bomb[:24],
)
def test_a_page_that_is_meant_to_hurt_costs_little(clean: Clean, bomb: str) -> None:
    """Each of these cost minutes, or the process, in a way that walks trees or searches lines without a bound."""
    results = clean(landed(f"<html><head></head><body>{bomb}"))
    assert len(results["articles"]) + len(results["rejected_documents"]) == 1


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"url": "https://A.example/x?utm_source=f&id=1#top"}, {"url": "https://a.example/x?id=1&fbclid=9"}, True),
        ({"url": "https://a.example/x?id=1"}, {"url": "https://a.example/x?id=2"}, False),
        ({"external_id": "7"}, {"external_id": "7", "declared_title": "New"}, True),
        ({"external_id": "7"}, {"external_id": "7", "source_id": "by-hand"}, False),
        ({}, {}, True),
    ],
)
def test_an_article_keeps_its_id(clean: Clean, first: dict[str, Any], second: dict[str, Any], same: bool) -> None:
    ids = [clean(landed(BODY[0], **fields))["articles"][0]["article_id"] for fields in (first, second)]
    assert (ids[0] == ids[1]) is same


def test_copies_have_one_hash_whatever_their_marks_and_case(clean: Clean) -> None:
    articles = clean(landed(BODY[0]), landed(BODY[0].upper().replace(",", " -")))["articles"]
    assert articles[0]["text_sha256"] == articles[1]["text_sha256"]


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        (BODY[0], "de", "en"),
        ("Der Zug fährt am Montag über die neue Brücke nach Wien, sagte der Minister.", None, "de"),
        ("Prezident dünən Bakıda çıxış edib və yeni körpünün açılışında iştirak edib.", None, "az"),
        ("Baku 12.5", "en-GB", "en"),
        ("Baku 12.5", None, "und"),
    ],
)
def test_the_text_says_its_language_and_else_the_source(
    clean: Clean, text: str, declared: str | None, language: str
) -> None:
    (article,) = clean(landed(text, declared_language=declared))["articles"]
    assert article["language"] == language
    assert article["tagged"] is (language == "en")


def test_a_row_depends_on_nothing_but_its_document(kernel: Any) -> None:
    schema = table("landed_documents").record_schema
    documents = [landed(PASTED), landed(PAGE), landed(b"\0" * 99), landed(BODY[1])]
    together = kernel(pa.Table.from_pylist(documents, schema=schema))
    alone = [kernel(pa.Table.from_pylist([document], schema=schema)) for document in documents]
    for name, rows in together.items():
        assert rows.schema == table(name).record_schema
        assert rows.equals(pa.concat_tables([result[name] for result in alone]))


@pytest.mark.parametrize("batches", [1, 30])
def test_days_are_cleaned_in_worker_processes(home: Home, tmp_path: Path, batches: int) -> None:
    """One day with all documents is cut up for the workers; days that are each a part of all go to one of them."""
    alone, together = Home(tmp_path / "alone", home.config), Home(tmp_path / "together", home.config)
    days = [landed(BODY[0])["landed_on"] + timedelta(days=number) for number in range(batches)]
    for number, day in enumerate(days):
        names = [f"{number}-{n}" for n in range(450 // batches)]
        documents = [landed(BODY[0], document_id=name, external_id=name, landed_on=day) for name in names]
        rows = pa.Table.from_pylist(documents, schema=table("landed_documents").record_schema)
        for place in (alone, together):
            Record(place.record).add_batch("landed_documents", day, "batch", rows)
    list(clean_days(alone, days, workers=1))
    written = dict(clean_days(together, days, workers=2))
    assert list(written) == days
    for day in days:
        for name, glimpse in written[day].items():
            rows = Record(together.record).read_day(name, day)
            assert rows.equals(Record(alone.record).read_day(name, day))
            assert rows.num_rows == glimpse.row_count
    assert sum(tables["articles"].row_count for tables in written.values()) == 450


def test_a_mistake_in_the_configuration_is_told_by_the_workers(home: Home, tmp_path: Path) -> None:
    wrong = Home(tmp_path / "data", tmp_path / "config")
    shutil.copytree(home.config, wrong.config)
    (wrong.config / "dates.yaml").write_text("orders: 3\n", encoding="utf-8")
    day = landed(BODY[0])["landed_on"]
    documents = [landed(BODY[0], document_id=str(n)) for n in range(450)]
    rows = pa.Table.from_pylist(documents, schema=table("landed_documents").record_schema)
    Record(wrong.record).add_batch("landed_documents", day, "batch", rows)
    with pytest.raises(ConfigError, match=r"dates\.yaml:1"):
        list(clean_days(wrong, [day], workers=2))


def test_a_document_that_two_batches_of_a_day_hold_is_cleaned_once(home: Home, tmp_path: Path) -> None:
    place = Home(tmp_path / "data", home.config)
    day = landed(BODY[0])["landed_on"]
    rows = pa.Table.from_pylist([landed(BODY[0])], schema=table("landed_documents").record_schema)
    for batch in ("first", "second"):
        Record(place.record).add_batch("landed_documents", day, batch, rows)
    ((_, written),) = clean_days(place, [day], workers=1)
    assert written["articles"].row_count == 1


def test_the_version_follows_the_rules(home: Home, tmp_path: Any) -> None:
    version = cleaning_rules_version(home)
    assert version == cleaning_rules_version(home)
    (tmp_path / "dates.yaml").write_text((home.config / "dates.yaml").read_text(encoding="utf-8") + "\n# changed")
    assert cleaning_rules_version(Home(data=home.data, config=tmp_path)) != version
