"""Writing the report: one page per publication day, and the latest of them as `index.html`.

Belongs here: which pages there are, and putting them in place. A page is written anew only where it says something
else than the one that lies there, so that a daily run does not draw old days again. Pages hold sentences of
articles: a takedown deletes them all (`assets/takedowns.py`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assets.database import reading
from assets.home import Home
from assets.replacing import replacing
from assets.report.contents import Contents, Row, about, contents_of, last_day_with_news

if TYPE_CHECKING:
    import jinja2

TEMPLATE = Path(__file__).with_name("page.html")
PICTURES = TEMPLATE.parents[1] / "pictures.py"
_FINGERPRINT = re.compile(r'<meta name="dateline-page" content="([0-9a-f]+)">')


class NothingToReport(ValueError):
    """The published file holds no article of the day asked for, or none at all."""


@dataclass(frozen=True)
class ReportPages:
    """What was written: the page of which day, with what on it, and which days have a page now."""

    day: date
    index: Path
    page: Path
    contents: Contents
    written: tuple[date, ...]
    kept: tuple[date, ...]


def write_report(home: Home, day: date | None = None, keep: int = 14) -> ReportPages:
    """Write the page of `day` (or of the last day with news) and bring the kept ones up to date.

    The pages of the `keep` latest days stay, and that of the day asked for.
    """
    home.report.mkdir(parents=True, exist_ok=True)
    with reading(home.published) as connection:
        found = last_day_with_news(connection, day)
        if found is None or day not in (None, found):
            raise NothingToReport(f"no article was published on {day}" if day else "the published file has no article")
        days = sorted({*_days_with_a_page(home), found}, reverse=True)
        kept = {one for one in days if one == found or one in days[:keep]}
        pages = {one: contents_of(connection, one) for one in sorted(kept, reverse=True)}
        file = about(connection)
    pages = {one: contents for one, contents in pages.items() if contents.articles}  # a moved date empties a day
    for gone in set(days) - set(pages):
        page_of(home, gone).unlink(missing_ok=True)

    newest = max(pages)
    written = []
    for one, contents in pages.items():
        targets = {page_of(home, one): ()}
        if one == newest:
            targets[home.report / "index.html"] = tuple(sorted(pages, reverse=True))
        if _write(targets, contents, file):
            written.append(one)
    return ReportPages(
        found, home.report / "index.html", page_of(home, found), pages[found], tuple(written), tuple(pages)
    )


def page_of(home: Home, day: date) -> Path:
    """Return where the page of `day` lies."""
    return home.report / f"{day}.html"


def _days_with_a_page(home: Home) -> list[date]:
    return [date.fromisoformat(path.stem) for path in home.report.glob("????-??-??.html")]


def _write(targets: Mapping[Path, tuple[date, ...]], contents: Contents, file: Row) -> bool:
    """Write the files of one page that differ from what lies there; return whether there were any."""
    fingerprints = {path: _fingerprint(contents, days) for path, days in targets.items()}
    stale = [path for path, fingerprint in fingerprints.items() if _lies_there(path) != fingerprint]
    if not stale:
        return False
    from assets.report.illustrations import illustrations

    pictures = illustrations(contents)
    for path in stale:
        html = _template().render(
            page=contents,
            file=file,
            pictures=pictures,
            accuracy=_by_what(contents.accuracy),
            days=targets[path],
            fingerprint=fingerprints[path],
        )
        with replacing(path) as beside:
            beside.write_text(html, encoding="utf-8")
    return True


def _fingerprint(contents: Contents, days: Sequence[date]) -> str:
    said = f"{contents.fingerprint} {_template_hash()} {list(days)}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _lies_there(path: Path) -> str | None:
    """Return the fingerprint of the page at `path`."""
    found = _FINGERPRINT.search(path.read_text(encoding="utf-8")) if path.exists() else None
    return found[1] if found else None


def _by_what(scores: Sequence[Row]) -> list[tuple[str, dict[str, Row]]]:
    """Return the scores of each thing measured, by measure: (`actors`, {`precision`: ..., `recall`: ...})."""
    found: dict[str, dict[str, Row]] = {}
    for score in scores:
        what, _, measure = score["metric"].rpartition("_")
        found.setdefault(what, {})[measure] = score
    return list(found.items())


@cache
def _template() -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATE.parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": _day, "short_day": _short_day, "percent": _percent, "link": _link}
    return environment.get_template(TEMPLATE.name)


@cache
def _template_hash() -> str:
    drawn_by = (TEMPLATE, TEMPLATE.with_name("illustrations.py"), PICTURES)
    return hashlib.sha256(b"".join(path.read_bytes() for path in drawn_by)).hexdigest()


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _short_day(day: date) -> str:
    return f"{day.day} {day:%B}"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _link(url: str | None) -> str | None:
    """Return the address where a browser may follow it: a page may say `javascript:` of itself."""
    return url if url and urlsplit(url).scheme in ("http", "https") else None
