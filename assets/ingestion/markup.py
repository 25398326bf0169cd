"""Reading XML that somebody else wrote: no entities, no document types from elsewhere, no absurd nesting.

Belongs here: the parser's settings, and walking elements in bounded memory.
Does not belong here: what any vocabulary means.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator

from lxml import etree

# Entities stay unresolved (bombs, files of this machine), nothing is loaded, and libxml2's own bounds on depth and on
# the length of one text stay in force.
_SAFE = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False, "remove_pis": True}


def parse_xml(data: bytes) -> etree._Element:
    """Return the root of an XML document; raise etree.XMLSyntaxError where it has none."""
    root = etree.fromstring(data, etree.XMLParser(**_SAFE))
    if root is None:
        raise etree.XMLSyntaxError("the document has no root element", 0, 1, 1)
    etree.strip_elements(root, etree.Entity, with_tail=False)
    return root


def events(data: bytes, names: Collection[str]) -> Iterator[etree._Element]:
    """Yield each element whose local name is in `names` as it ends; damage ends the walk with what came before it."""
    tags = [f"{{*}}{name}" for name in names]
    for _, element in etree.iterparse(io.BytesIO(data), tag=tags, recover=True, remove_comments=True, **_SAFE):
        yield element
