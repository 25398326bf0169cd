"""The report page: what it says, that it stands alone, and that what it quotes stays text."""

from __future__ import annotations

import re
import shutil
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assets.coverage.publish import publish
from assets.home import Home
from assets.report.pages import NothingToReport, page_of, write_report
from tests.coverage.conftest import FILLER, Newsroom, make_newsroom, story

HOSTILE = '</title><script>alert(1)</script><img src=x onerror="alert(2)">{{ 7 * 7 }} Aliyev'
TEXT = f'Aliyev met Macron for talks on gas. Aliyev said "We agreed on <b>everything</b> & more" in France. {FILLER}'


class Parts(HTMLParser):
    """The elements of a page, and what its attributes name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def values(self, attribute: str) -> list[str]:
        """Return the values of an attribute, on whatever element."""
        return [value for _, name, value in self.attributes if name == attribute]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """Two days of news, published; the second with a copy and with a hostile headline. Only to be read."""
    made = make_newsroom(tmp_path_factory.mktemp("published") / "newsroom")
    made.land("2022-03-15", story("before", f"Macron spoke in France about gas. {FILLER}", "2022-03-15"))
    made.land(
        "2022-03-16",
        story("hostile", TEXT, title=HOSTILE),
        story("copied", TEXT, source="paper"),
        story("other", f"Erdoğan flew to France. {FILLER}", source="paper", title="Ein Flug"),
        story("evil", f"Erdoğan flew on. {FILLER} More of it.", url="javascript:alert(1)"),
        outcome="failed",
    )
    made.build()
    publish(made.home)
    write_report(made.home)
    return made


@pytest.fixture(scope="module")
def html(published: Newsroom) -> str:
    """The page of the last day."""
    return (published.home.report / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def newsroom(published: Newsroom, tmp_path: Path) -> Newsroom:
    """The same news in a folder of its own, to be changed."""
    shutil.copytree(published.home.data, tmp_path / "newsroom")
    return Newsroom(Home(tmp_path / "newsroom", tmp_path / "newsroom" / "config"))


def test_the_page_of_the_last_day_with_news_says_what_the_tables_say(published: Newsroom, html: str) -> None:
    html = unescape(html)
    assert "Who and what the news covered on Wednesday 16 March 2022" in html
    counted = published.query(
        "select name, articles, independent_articles from actor_daily join actors using (actor_id) "
        "where published_on = date '2022-03-16'"
    )
    assert ("Ilham Aliyev", 2, 1) in counted
    for name, articles, independent in counted:
        copies = f" ({independent} without copies)" if independent != articles else ""
        assert f"<strong>{name}</strong> {articles} article{'s' if articles > 1 else ''}{copies}" in html
    assert "The server did not answer." in html  # a source that failed says so
    [(snapshot,)] = published.query("select snapshot_id from build_info")
    assert snapshot in html


def test_every_number_of_an_actor_stands_on_sentences_with_the_name_marked(html: str) -> None:
    assert "<mark>Aliyev</mark> met Macron for talks on gas." in html
    assert "<mark>Erdoğan</mark> flew to France." in html


def test_markup_in_headlines_and_texts_is_shown_as_text(html: str) -> None:
    parts = Parts(html)
    assert "script" not in parts.tags and "b" not in parts.tags
    assert not [name for _, name, _ in parts.attributes if name.startswith("on")]
    assert HOSTILE in unescape(html)


def test_an_address_that_no_browser_should_follow_becomes_no_link(html: str) -> None:
    assert ">Evil<" in html and "javascript:" not in html


def test_the_page_needs_no_network_and_no_script(html: str) -> None:
    parts = Parts(html)
    assert all(source.startswith("data:image/svg+xml;base64,") for source in parts.values("src"))
    assert {"script", "iframe", "object", "embed"}.isdisjoint(parts.tags)
    assert [value for tag, name, value in parts.attributes if tag == "link" and name == "href"] == ["data:,"]
    [policy] = [value for value in parts.values("content") if "default-src" in value]
    assert "default-src 'none'" in policy


def test_pictures_have_an_alternative_text_and_their_numbers_beside_them(html: str) -> None:
    parts = Parts(html)
    assert parts.tags.count("img") == len([alt for alt in parts.values("alt") if len(alt) > 40]) >= 3
    assert parts.tags.count("figure") == parts.tags.count("img")


def test_a_page_is_written_again_only_where_it_says_something_else(newsroom: Newsroom) -> None:
    assert write_report(newsroom.home).written == ()
    assert write_report(newsroom.home, date(2022, 3, 15)).written == (date(2022, 3, 16), date(2022, 3, 15))
    before = {path: path.read_bytes() for path in newsroom.home.report.iterdir()}
    assert write_report(newsroom.home).written == ()
    assert {path: path.read_bytes() for path in newsroom.home.report.iterdir()} == before
    newsroom.land("2022-03-17", story("late", f"Aliyev spoke late. {FILLER}", "2022-03-15"))
    newsroom.build()
    publish(newsroom.home)
    assert set(write_report(newsroom.home).written) == {date(2022, 3, 15), date(2022, 3, 16)}  # one week holds both
    assert "spoke late" in page_of(newsroom.home, date(2022, 3, 15)).read_text(encoding="utf-8")


def test_the_latest_pages_are_kept_and_listed(newsroom: Newsroom) -> None:
    write_report(newsroom.home, date(2022, 3, 15))
    kept = write_report(newsroom.home, keep=2)
    links = Parts(kept.index.read_text(encoding="utf-8")).values("href")
    assert {"2022-03-15.html", "2022-03-16.html"} <= set(links)
    write_report(newsroom.home, keep=1)
    assert sorted(path.name for path in newsroom.home.report.iterdir()) == ["2022-03-16.html", "index.html"]
    assert write_report(newsroom.home, date(2022, 3, 15), keep=1).page.exists()  # asked for, so kept


def test_a_day_without_an_article_is_told_from_an_empty_file(newsroom: Newsroom, tmp_path: Path) -> None:
    with pytest.raises(NothingToReport, match="no article was published on 2022-03-20"):
        write_report(newsroom.home, date(2022, 3, 20))
    empty = make_newsroom(tmp_path / "empty")
    empty.build()
    publish(empty.home)
    with pytest.raises(NothingToReport, match="the published file has no article"):
        write_report(empty.home)
    assert not list(empty.home.report.glob("*.html"))


def test_a_full_disk_leaves_the_page_that_was_there(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(newsroom.home, date(2022, 3, 16))
    before = page.read_bytes()
    page.write_bytes(re.sub(rb'dateline-page" content="[0-9a-f]+"', b'dateline-page" content="0"', before))
    stale = page.read_bytes()

    def full(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="no space"):
            write_report(newsroom.home)
    assert page.read_bytes() == stale
    assert sorted(path.name for path in newsroom.home.report.iterdir()) == ["2022-03-16.html", "index.html"]
    write_report(newsroom.home)
    assert page.read_bytes() == before
