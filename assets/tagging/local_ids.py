"""Ids of actors that no list knows, made of their names: one id for Tofig Paşinyan and Tofiq Pashinian.

Belongs here: folding a name by what romanisations do to it, the ids made of that, and who stands for such an id now.
Does not belong here: whether something is a name (names.py, unknown.py), whether two spellings are one listed person
(romanisation.py), misspellings. The folding is what the ids are: it stands here and in no configuration, since another
one would break every link that an analyst has made.
"""

from __future__ import annotations

import hashlib
import re

from assets.tagging.authority import Authority
from assets.tagging.folding import lower, plain

# Written differently by different papers for one letter of the original; longer ones first.
_SAME = {
    "shch": "s", "tsch": "c", "dzh": "j", "sch": "s", "tch": "c", "sh": "s", "ch": "c", "zh": "z", "dj": "j",
    "kh": "h", "gh": "g", "ph": "f", "th": "t", "ck": "k", "ts": "c", "tz": "c", "ks": "x",
    "iya": "a", "ia": "a", "ya": "a", "ja": "a", "iyu": "u", "iu": "u", "yu": "u", "ju": "u",
    "ie": "e", "ye": "e", "je": "e", "ae": "e", "io": "o", "yo": "o", "oe": "o", "oo": "u", "ou": "u", "ue": "u",
    "iy": "i", "ij": "i", "yi": "i", "ii": "i", "ee": "i", "y": "i", "q": "g", "w": "v", "ß": "s",
}  # fmt: skip
_SPELT = re.compile("|".join(sorted(_SAME, key=lambda letters: (-len(letters), letters))))
_ENDING = re.compile("(?<=[oe])f$", re.MULTILINE)  # Ivanof, Sergeef
_DOUBLED = re.compile(r"(.)\1+")
_TRIPLED = re.compile(r"(.)\1{2,}")
_NO_LETTER = re.compile(r"[^\w\n]")


def spelling_key(word: str) -> str:
    """Return what the spellings of one name, a single word, have in common."""
    return _folded(word) or lower(word)


def _folded(words: str) -> str:
    """Fold words, each on a line of its own: all names of an authority at once take a third of the time."""
    letters = _NO_LETTER.sub("", lower(plain(words)))
    spelt = _SPELT.sub(lambda match: _SAME[match[0]], _TRIPLED.sub(r"\1\1", letters))
    return _ENDING.sub("v", _DOUBLED.sub(r"\1", spelt))


def local_id(kind: str, keys: list[str]) -> str:
    """Return the id of an actor that no list knows: the same for the same words in whatever order and spelling."""
    return f"local-{kind}:{hashlib.sha256(_in_order(keys).encode()).hexdigest()[:12]}"


def _in_order(keys: list[str]) -> str:
    return " ".join(sorted(keys))


class LocalIds:
    """Whose a name is that stands on no list as it is written: a listed person's, or an actor's with an id of its own.

    So whoever is added to the lists keeps what was found under a name of his before; what a link says goes first.
    """

    def __init__(self, listed: dict[str, str], links: dict[str, str | None]) -> None:
        self._listed = listed
        self._links = links

    def of(self, kind: str, keys: list[str]) -> str | None:
        """Return the id of the actor with the name whose words have `keys`; None where a link bans it."""
        own = local_id(kind, keys)
        if own in self._links:
            return self._links[own]
        return self._listed.get(_in_order(keys), own) if kind == "person" else own


def listed_names(authority: Authority) -> dict[str, str]:
    """Return the listed person of each name, by the keys of its words in order. A name of two persons is nobody's."""
    persons = {row["actor_id"] for row in authority.actors if row["actor_type"] == "person"}
    named = [
        (authority.current_id(row["actor_id"]), words)
        for row in (*authority.actors, *authority.actor_names)
        if row["actor_id"] in persons and len(words := row["name"].split()) > 1
    ]
    every = list(dict.fromkeys(word for _, words in named for word in words))
    key_of = {word: key or lower(word) for word, key in zip(every, _folded("\n".join(every)).split("\n"), strict=True)}
    listed: dict[str, str] = {}
    shared = set()
    for actor_id, words in named:
        name = _in_order([key_of[word] for word in words])
        if listed.setdefault(name, actor_id) != actor_id:
            shared.add(name)
    for name in shared:
        del listed[name]
    return listed
