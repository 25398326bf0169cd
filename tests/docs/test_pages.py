"""The documentation is true to what there is: commands, links, variables, statements."""

from __future__ import annotations

import re

import pytest

from assets.home import PROJECT

PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md")), PROJECT / "samples" / "README.md"]
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE))


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as they are made on the web."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("http:", "https:")):
            continue
        name, _, anchor = target.partition("#")
        other = (page.parent / name).resolve() if name else page
        assert other.exists(), target
        if anchor:
            assert anchor in anchors(other.read_text(encoding="utf-8")), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_exist(page) -> None:
    named = re.findall(r"`make ([a-z-]+)|^    make ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert {one or other for one, other in named} <= TARGETS


def test_the_macros_that_the_analyst_is_told_of_exist() -> None:
    page = (PROJECT / "docs" / "sql-clients.md").read_text(encoding="utf-8")
    [table] = re.findall(r"\| to know \| ask \|\n((?:\|[^\n]*\n)+)", page)
    named = set(re.findall(r"`(\w+)`", table))
    sql = PROJECT / "sql"
    assert named <= {path.stem for folder in ("macros", "views", "tables") for path in (sql / folder).glob("*.sql")}
    assert {path.stem for path in (sql / "macros").glob("*.sql")} - named <= {"help"}


def test_every_command_and_variable_of_an_installation_is_told() -> None:
    running = (PROJECT / "docs" / "running.md").read_text(encoding="utf-8")
    assert {target for target in TARGETS if "-" not in target and target != "help"} <= set(
        re.findall(r"`make ([a-z-]+)", running)
    )
    for variable in ("DATELINE_HOME", "DATELINE_CONFIG"):
        assert variable in running
