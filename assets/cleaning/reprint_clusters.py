"""From links between texts to groups of copies, without chains.

A digest holds two short articles whole, and each of them is linked to it, but they are no copies of each other. So two
groups become one only where most pairs between them are linked.

Belongs here: grouping by links. Does not belong here: making links (reprint_links.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

# Linked pairs between two groups must be more than this share of all pairs between them.
LINKED_SHARE = 0.5


def clusters(links: Iterable[tuple[str, str, float]]) -> dict[str, str]:
    """Return the group of every linked text, named by its first text; links are (text, text, strength).

    The strongest links come first, equal ones by the names of their texts: the order in which they are given is
    without effect.
    """
    ordered = sorted((-strength, min(one, other), max(one, other)) for one, other, strength in links)
    between: dict[str, Counter[str]] = defaultdict(Counter)  # group -> group -> linked pairs
    for _, one, other in ordered:
        between[one][other] += 1
        between[other][one] += 1
    group = {text: text for text in between}
    members = {text: [text] for text in between}
    for _, one, other in ordered:
        first, second = group[one], group[other]
        pairs = len(members[first]) * len(members[second])
        if first == second or between[first][second] <= LINKED_SHARE * pairs:
            continue
        if len(between[first]) < len(between[second]):
            first, second = second, first
        _merge(between, first, second)
        for text in members.pop(second):
            group[text] = first
            members[first].append(text)
    names = {name: min(texts) for name, texts in members.items() if len(texts) > 1}
    return {text: names[name] for text, name in group.items() if name in names}


def _merge(between: dict[str, Counter[str]], kept: str, gone: str) -> None:
    for neighbour, linked in between.pop(gone).items():
        del between[neighbour][gone]
        if neighbour != kept:
            between[kept][neighbour] += linked
            between[neighbour][kept] += linked
