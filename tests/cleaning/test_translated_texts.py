"""Whole passages as machine translation leaves them, by source language: recognised by themselves, and mended.

The passages are invented; their damage is of the kinds that news sites of the region show.
"""

from __future__ import annotations

import pytest

from .conftest import Clean, landed

PASSAGES = {
    "az": (
        "The Ministry of Transport said that, The works on the weather port of Lenkoran will be finished in autumn.The road "
        "to the coast was closed, and The drivers had to wait. “It simply came to our notice then that, the company has "
        "not been paid. “ Fuel, spare parts and s. goods were brought from the ABŞ. Protests to the contractor snowThe "
        "measures did not help, the director told that.",
        "The Ministry of Transport said that the works on the airport of Lenkoran will be finished in autumn. The road to "
        "the coast was closed, and the drivers had to wait. “The company has not been paid.” Fuel, spare parts and other "
        "goods were brought from the USA. Protests to the contractor the measures did not help, the director said that.",
    ),
    "ru": (
        "The governor stated, that the bridge over the river will be opened in 2023 g. before the winter.Schools, roads and t. d. "
        "were promised by the head of the region, by the head of the region and his deputies. As Dmitry Sands noted. That "
        "the money is there, nobody asked in g. Moscow for more. Repairs cost 12 mlrd rubles.",
        "The governor stated that the bridge over the river will be opened in 2023 before the winter. Schools, roads and so on "
        "were promised by the head of the region and his deputies. As Dmitry Peskov noted that the money is there, nobody "
        "asked in Moscow for more. Repairs cost 12 billion rubles.",
    ),
    "tr": (
        "Dear President Erdogan said that the weather field over the strait stays open.The talks with the ABD ve Greece will "
        "go on, because, The islands are at stake. Binali Lightning and Hakan Sapling took part. In the the evening the "
        "delegation left ; tents, blankets vb. were handed out.",
        "President Erdogan said that the airspace over the strait stays open. The talks with the USA and Greece will go on, "
        "because the islands are at stake. Binali Yıldırım and Hakan Fidan took part. In the evening the delegation left ; "
        "tents, blankets etc. were handed out.",
    ),
    "hy": (
        "The parliament of the ՀՀ met on Friday։ The speaker noted, that the budget is late. “ We have waited for a month,” he "
        "said.The deputies left the hall՝ all of them, and The session was closed. Armenia ’s creditors expect an answer.",
        "The parliament of the Republic of Armenia met on Friday. The speaker noted that the budget is late. “We have waited "
        "for a month,” he said. The deputies left the hall, all of them, and the session was closed. Armenia’s creditors "
        "expect an answer.",
    ),
    "fa": (
        "Hassan Spiritual spoke in Tabriz، where ۱۲ plants were opened.The workers asked، how long the wages will be late؟ It was "
        "said that, The ministry of oil will pay in spring, and The unions will wait.",
        "Hassan Rouhani spoke in Tabriz, where 12 plants were opened. The workers asked, how long the wages will be late? It "
        "was said that the ministry of oil will pay in spring, and the unions will wait.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), PASSAGES.values(), ids=PASSAGES)
def test_a_passage_of_a_source_nobody_declared_is_recognised_and_mended(clean: Clean, before: str, after: str) -> None:
    (article,) = clean(landed(before, source_id="no-idea"))["articles"]
    assert article["machine_translated"]
    assert article["text"] == after
