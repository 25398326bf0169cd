"""Mails and agency items become articles with what their own fields declare."""

from __future__ import annotations

import json
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.ingestion.containers import SUFFIXES, Unreadable, read_container

if TYPE_CHECKING:
    from tests.ingestion.conftest import Installation

NEWSML = """<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:newsml:x.example:1" version="2"><itemMeta><versionCreated>2022-03-17T08:00:00Z</versionCreated>
<firstCreated>2022-03-16T20:00:00Z</firstCreated></itemMeta>
<contentMeta><by>Ann</by><language tag="en"/><subject qcode="medtop:11000000"><name>Politics</name></subject>
<headline>A <b>headline</b></headline></contentMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body><p>First &amp; foremost.</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="urn:newsml:x.example:2"><contentSet><inlineData contenttype="text/plain">Plain text.</inlineData></contentSet></newsItem>
</itemSet></newsMessage>"""
NITF = (
    '<nitf><head><docdata><doc-id id-string="n1"/><date.issue norm="20220316T200000Z"/></docdata></head><body><body.head>'
    "<hedline><hl1>Head</hl1></hedline><byline>By Ann</byline></body.head><body.content><p>Text.</p></body.content></body></nitf>"
)
NINJS = {
    "uri": "https://x.example/n", "headline": "Head", "byline": "Ann", "language": "en", "firstcreated": "2022-03-16",
    "body_text": "Text.", "body_html": "<p>Text.</p>", "subject": [{"name": "Politics"}],
}  # fmt: skip
NINJS_2 = {
    "uri": "n2",
    "headlines": [{"value": "Two"}],
    "bodies": [{"contentType": "text/plain", "value": "T"}, {"contentType": "text/html", "value": "<p>T</p>"}],
}


def mail() -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = "Straße: “news”", "Ann Example <ann@x.example>"
    message["Date"], message["Message-ID"] = "Wed, 16 Mar 2022 20:00:00 +0400", "<1@x.example>"
    message.set_content("Plain.")
    message.add_alternative("<p>Café</p>", subtype="html", charset="iso-8859-1")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    return message.as_bytes()


def test_each_kind_gives_its_article_and_its_fields(installation: Installation) -> None:
    installation.write("in/message.xml", NEWSML)
    installation.write("in/item.xml", NITF)
    installation.write("in/one.json", json.dumps(NINJS))
    installation.write("in/two.json", json.dumps([NINJS_2, NINJS_2, "odd"]))
    installation.write("in/mail.eml", mail())
    installation.write("in/mail.eml.yaml", "section: Press\n")
    installation.source("agency", kind="files", path="in/*", lands_on="published")
    installation.land("2022-03-16", "2022-03-17")
    rows = {row["locator"]: row for row in installation.rows("landed_documents")}
    fields = ("declared_title", "declared_published", "declared_author", "declared_language", "declared_section")

    def declared(locator: str) -> tuple[str | None, ...]:
        return tuple(rows[locator][field] for field in fields)

    first, second = "message.xml#urn:newsml:x.example:1", "message.xml#urn:newsml:x.example:2"
    assert declared(first) == ("A headline", "2022-03-16T20:00:00Z", "Ann", "en", "Politics")
    assert rows[first]["bytes"] == b"<div><p>First &amp; foremost.</p></div>"
    assert (rows[second]["bytes"], rows[second]["media_type"]) == (b"Plain text.", "text/plain")
    assert declared("item.xml")[:3] == ("Head", "20220316T200000Z", "By Ann")
    assert rows["item.xml"]["bytes"] == b"<div><p>Text.</p></div>"
    assert declared("one.json") == ("Head", "2022-03-16", "Ann", "en", "Politics")
    assert (rows["one.json"]["bytes"], rows["one.json"]["url"]) == (b"<p>Text.</p>", "https://x.example/n")
    assert rows["two.json#n2"]["bytes"] == b"<p>T</p>"
    assert declared("mail.eml") == (
        "Straße: “news”", "Wed, 16 Mar 2022 20:00:00 +0400", "Ann Example", None, "Press",
    )  # fmt: skip
    assert rows["mail.eml"]["bytes"] == "<p>Café</p>\n".encode("latin-1")
    assert rows["mail.eml"]["declared_charset"] == "iso-8859-1"


BOMB = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 50 + '"><!ENTITY c "' + "&b;" * 50 + '">]>'


@pytest.mark.parametrize(
    ("suffix", "data", "why"),
    [
        (".xml", b"<rss><channel/></rss>", "kind feed"),
        (".xml", b"<urlset/>", "kind sitemap"),
        (".xml", b"<a>", "no XML"),
        (".xml", f"{BOMB}<nitf><body><body.content>{'&c;' * 50}</body.content></body></nitf>".encode(), "no XML"),
        (".xml", b'<!DOCTYPE n [<!ENTITY f SYSTEM "file:///etc/passwd">]><nitf><body.content>&f;</body.content></nitf>', "no article"),
        (".xml", b"<a>" * 100_000, "no XML"),
        (".json", b"[" * 1_000_000, "nested too deeply"),
        (".json", b'{"uri": "n", "body_html": 7}', "no article"),
        (".eml", b"", "no header lines"),
        (".eml", b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n", "no article"),
    ],
)  # fmt: skip
def test_a_file_without_an_article_says_what_would_be_right(suffix: str, data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read_container(suffix, data)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(SUFFIXES),
    st.binary(max_size=200),
    st.sampled_from([mail(), NEWSML.encode(), json.dumps(NINJS).encode()]),
    st.integers(0, 900),
)
def test_damage_gives_an_article_or_a_reason(suffix: str, noise: bytes, whole: bytes, at: int) -> None:
    try:
        found = read_container(suffix, whole[:at] + noise + whole[at + len(noise) :])
    except Unreadable:
        return
    assert all(isinstance(article.data, bytes) for article in found)
