"""From the bytes of a document to a string.

Belongs here: byte order marks, declared and guessed encodings, and telling text from what is none.
Does not belong here: mending characters that were already broken when the document was written (characters.py).
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura.utils import load_html

from assets.cleaning.rejection import Unreadable

# The longest mark first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x20)])

# A document with more control characters than this is not text; stray ones are removed and logged.
MAX_CONTROL_SHARE = 0.02

# So much is looked at to guess an encoding or know a binary file; charset_normalizer is slow on megabytes.
_GUESS_BYTES = 50_000


def decode(data: bytes, media_type: str, charset: str | None = None) -> str:
    """Return the characters of a document with line feeds as line ends; raise Unreadable where it is no text.

    `charset` is what the server declared; the bytes themselves and a page's own declaration go before it.
    """
    if not data.strip():
        raise Unreadable("empty", "the document holds no characters; land the page with its text")
    text = _decode(data, charset, html=media_type == "text/html")
    _refuse_binary(text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decode(data: bytes, charset: str | None, *, html: bool) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A page cut off in the middle of a character is UTF-8 all the same.
        if error.start >= len(data) - 3:
            return data[: error.start].decode("utf-8")
    on_page = _DECLARED.search(data[:4096]) if html else None
    for declared in (on_page and on_page[1].decode("ascii"), charset):
        try:
            if declared:
                return data.decode(_web_encoding(declared), errors="replace")
        except LookupError:
            pass
    if data.count(0) > len(data) * MAX_CONTROL_SHARE:
        raise Unreadable("not_text", "zero bytes and no byte order mark: a binary file; land text or HTML")
    guess = from_bytes(data[:_GUESS_BYTES]).best()
    if guess is None:
        raise Unreadable("unreadable", "no encoding fits the bytes; save the document as UTF-8")
    return data.decode(guess.encoding, errors="replace")


def _web_encoding(name: str) -> str:
    """Return the encoding that browsers use for a declared one: pages that say Latin-1 mean Windows-1252."""
    name = codecs.lookup(name).name
    if name.startswith("utf-"):  # the bytes are no UTF-8, whatever they say
        raise LookupError(name)
    return {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}.get(name, name)


def _refuse_binary(text: str) -> None:
    looked_at = text[:_GUESS_BYTES]
    encoded = looked_at.encode("utf-8", "replace")
    broken = len(encoded) - len(encoded.translate(None, _CONTROLS)) + looked_at.count("\ufffd")
    if broken > max(3, len(looked_at) * MAX_CONTROL_SHARE):
        raise Unreadable(
            "not_text",
            f"{broken} of {len(looked_at)} characters are control characters or broken: no text; land text or HTML",
        )


def parse_html(text: str) -> HtmlElement:
    """Return the tree of a page or fragment; raise Unreadable where no parser makes sense of it."""
    # NULs end a string for the parser; a declaration in the text would make it decode a second time.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\0", ""))
    tree = load_html(text)
    if tree is None:
        # trafilatura refuses what does not look like a page; the text of a feed item need not.
        parser = HTMLParser(collect_ids=False, encoding="utf-8", remove_comments=True, remove_pis=True)
        try:
            tree = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
        except (etree.LxmlError, ValueError, AssertionError) as error:
            raise Unreadable("no_text", "no HTML that holds text; land the whole page") from error
    return tree
