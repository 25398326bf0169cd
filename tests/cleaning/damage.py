"""Random texts full of the damage that the repair rules look for."""

from __future__ import annotations

from hypothesis import strategies as st

# Pieces that the rules look for, so that random texts are full of damage that touches and overlaps.
DAMAGE = [
    "that, The ", "and It ", "according to", " toThanked", "snowThe", "to Kiev snowfor ", "and s.", "It simply came to our "
    "notice then that, ", "Tuesday.The ", "oilgas", " “", "”", ".\n", "\u200b", "\u00ad", "\u202e", "cafe\u0301", "Ã©",
    "â€œ", "&amp;", "\x07", "She according to they ", "I think so that, ", "Of course that, Cut ", " ", "\t", "word",
    "Аliyev", "ABŞ ", "۱۲", "and t. d.", ",,We", "the the ", "Nicolas Mature ", "noted. That the ", "because, The ", "։",
    "by the head of state, by the head of state", '."We', "Aliyev.Erdogan ", "2,008.Brokers ", "road\nand the ",
]  # fmt: skip
texts = st.lists(st.sampled_from(DAMAGE) | st.text(max_size=4), max_size=30).map("".join)
