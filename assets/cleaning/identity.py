"""What makes two documents one article, and two texts one text.

Belongs here: canonical addresses, article ids, text hashes.
Does not belong here: reprint groups, which need more than one article.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit, urlunsplit

from courlan import clean_url

_TRACKER = re.compile(
    r"(?:^|(?<=&))(?:utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|igshid|twclid|mc_[ce]id|_ga|ref_src|cmpid|"
    r"ns_\w+|at_(?:medium|campaign|custom\d)|mkt_tok|spm|s_cid|cid|ocid|smid|wt_mc|xtor|feature)=[^&]*(?:&|$)",
    re.IGNORECASE,
)


def canonical_url(url: str | None) -> str | None:
    """Return a web address without trackers and fragment, host in lower case; None where it is no address."""
    url = (url or "").strip()
    if not re.match(r"https?://[^\s/]+", url, re.IGNORECASE) or len(url) > 2000:
        return None
    try:
        cleaned = clean_url(url) or url
        parts = urlsplit(cleaned)
    except ValueError:
        return None
    query = _TRACKER.sub("", parts.query).rstrip("&")
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", query, ""))


def article_id(source_id: str, url: str | None, external_id: str | None, data: bytes) -> str:
    """Return the id that all versions of an article share: by its address, else the source's own id, else its bytes."""
    if url:
        key = b"url\0" + url.encode()
    elif external_id:
        key = b"id\0" + external_id.encode()
    else:
        key = b"bytes\0" + hashlib.sha256(data).digest()
    return f"{source_id}:{hashlib.sha256(key).hexdigest()[:16]}"


def text_sha256(text: str) -> str:
    """Return the hash of a text's letters and digits: equal for copies that differ in case, spaces or punctuation."""
    return hashlib.sha256(" ".join(re.findall(r"[^\W_]+", text.casefold())).encode()).hexdigest()
