"""Sidecars: `<file>.yaml` beside a file says what its bytes do not (date, address, title, ...).

Belongs here: the fields of a sidecar, and reading one with errors that name file, line, field and remedy.
Does not belong here: deciding what happens to a file whose sidecar is bad.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict

from assets.config import ConfigError, Strict, load_yaml
from assets.ingestion.documents import Declared

SIDECAR_SUFFIX = ".yaml"
_LARGEST = 64_000
# The YAML reader is quadratic in nesting (3,000 brackets take seconds), and a sidecar needs none.
_MOST_BRACKETS = 200


def _as_written(value: Any) -> Any:
    """Undo what YAML makes of a date: a person wrote text, and dates are read in one place only."""
    return value.isoformat() if isinstance(value, date | datetime) else value


Text = Annotated[str, BeforeValidator(_as_written)]


class Sidecar(Strict):
    """The fields of a sidecar."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True, str_strip_whitespace=True)

    published: Text | None = None
    url: Text | None = None
    title: Text | None = None
    external_id: Text | None = None
    language: Text | None = None
    author: Text | None = None
    section: Text | None = None
    source: Text | None = None

    def declared(self) -> Declared:
        """Return what the sidecar declares about its document."""
        return Declared(
            url=self.url or None,
            external_id=self.external_id or None,
            title=self.title or None,
            published=self.published or None,
            by="declared" if self.published else None,
            language=self.language or None,
            author=self.author or None,
            section=self.section or None,
        )


def sidecar_path(path: Path) -> Path:
    """Return where the sidecar of `path` stands."""
    return path.with_name(path.name + SIDECAR_SUFFIX)


def read_sidecar(path: Path) -> Sidecar | None:
    """Return the sidecar of the file `path`, None where it has none; raise ConfigError naming file, line and field."""
    beside = sidecar_path(path)
    try:
        size = beside.stat().st_size
        if size > _LARGEST:
            raise ConfigError(f"{beside}: {size} bytes; a sidecar is a few lines of YAML")
        content = beside.read_bytes()
        if not content.strip():
            return Sidecar()
        if content.count(b"[") + content.count(b"{") > _MOST_BRACKETS:
            raise RecursionError
        return load_yaml(beside, Sidecar)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError(f"{beside}: cannot be read: {error.strerror or error}") from None
    except RecursionError:
        raise ConfigError(f"{beside}: nested too deeply; a sidecar is a few lines of `field: value`") from None
