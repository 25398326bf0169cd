"""What machine translation broke is mended, and what it did not break stays."""

from __future__ import annotations

import pytest

from assets.cleaning.edits import EditedText
from assets.cleaning.repairs import Mender
from assets.cleaning.rules import load_repairs
from assets.config import ConfigError
from assets.home import DEFAULT_CONFIG, Home

from .conftest import Clean, landed


@pytest.fixture(scope="module")
def mender() -> Mender:
    return Mender(load_repairs(Home(data=DEFAULT_CONFIG, config=DEFAULT_CONFIG)))


def mended(mender: Mender, text: str, *, machine_translated: bool) -> tuple[str, set[str]]:
    edited = EditedText(text)
    mender.mend(edited, machine_translated)
    return edited.text, {kind for edit in edited.log for kind in edit.kind.split("+")}


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("glued_sentence", "They met on Monday.The talks were long.", "They met on Monday. The talks were long."),
        ("glued_sentence", "It ended on Monday.Michel came out.", "It ended on Monday. Michel came out."),
        ("glued_sentence", "They voted on Friday.93 countries agreed.", "They voted on Friday. 93 countries agreed."),
        ("glued_sentence", "He rejects the contracts.O.Scholz spoke.", "He rejects the contracts. O.Scholz spoke."),
        ("glued_sentence", "says the driver Rustam.“We wait.”", "says the driver Rustam. “We wait.”"),
        ("glued_word", "he agreed toMeet them", "he agreed to Meet them"),
        ("glued_word", "they blamed thecompany for it", "they blamed the company for it"),
        ("glued_word", "Parishas not answered", "Paris has not answered"),
        ("glued_word", "new oilgas contracts", "new oil gas contracts"),
        ("source_word", "a treaty of snowmutual aid", "a treaty of mutual aid"),
        ("source_word", "to Moldova snowthe measures", "against Moldova the measures"),
        ("source_word", "the weather space was closed", "the airspace was closed"),
        ("source_word", "three weather ports", "three airports"),
        ("source_word", "They fly to Moldova weather Boeing planes", "They fly to Moldova air Boeing planes"),
        ("source_word", "Baku, Ganja and s. towns", "Baku, Ganja and other towns"),
        ("source_word", "Baku, Ganja and s. They came.", "Baku, Ganja etc. They came."),
        ("source_word", "It rained. She according to nobody came.", "It rained. That is why nobody came."),
        ("source_word", "for the flour according to thanked", "for the flour thanked"),
        ("source_word", "The expert told that it is late", "The expert said that it is late"),
        ("spurious_capital", "the army and The police", "the army and the police"),
        ("spurious_capital", "The envoy thanked them For flour", "The envoy thanked them for flour"),
        ("spurious_capital", "between Russia and Between Moldova", "between Russia and between Moldova"),
        ("spurious_capital", "trade and Sanctions against them", "trade and sanctions against them"),
        ("stock_phrase", "“It simply came to our notice then that, prices rise.", "“Prices rise."),
        ("stock_phrase", "I think so that this is right", "I think that this is right"),
        ("that_comma", "He said that, During the visit he slept", "He said that during the visit he slept"),
        ("that_comma", "They noted that, Baku agreed", "They noted that Baku agreed"),
        ("quotation_mark", "“It is late. “", "“It is late.”"),
        ("quotation_mark", "He said: “ We shall come.”", "He said: “We shall come.”"),
        ("quotation_mark", "He said: ,,We shall come'' and left.", "He said: “We shall come” and left."),
        ("quotation_mark", "the minister ’s plane and Russia’ s answer", "the minister’s plane and Russia’s answer"),
        ("glued_sentence", 'He said: "We wait."They left.', 'He said: "We wait." They left.'),
        ("glued_sentence", 'They left."We wait," he said.', 'They left. "We wait," he said.'),
        ("glued_sentence", "He spoke with Aliyev.Erdogan was silent.", "He spoke with Aliyev. Erdogan was silent."),
        ("glued_sentence", "It grew by 2,008.Brokers were glad.", "It grew by 2,008. Brokers were glad."),
        ("glued_sentence", "They left the EU.It was late.", "They left the EU. It was late."),
        ("glued_sentence", "They came to Luxembourg.A company paid.", "They came to Luxembourg. A company paid."),
        ("glued_sentence", "It was signed in autumn.Çavuşoğlu agreed.", "It was signed in autumn. Çavuşoğlu agreed."),
        ("glued_sentence", "They want “no war”.Baku is silent.", "They want “no war”. Baku is silent."),
        ("glued_sentence", "(He said so in Baku.)The talks go on.", "(He said so in Baku.) The talks go on."),
        ("glued_sentence", "It ended in 1985/86.The road stayed.", "It ended in 1985/86. The road stayed."),
        (
            "glued_sentence",
            "The talks gave no result.US officials left.",
            "The talks gave no result. US officials left.",
        ),
        ("glued_sentence", "They met in 2017.US officials left.", "They met in 2017. US officials left."),
        ("glued_sentence", "He met with Aliyev.US officials left.", "He met with Aliyev. US officials left."),
        ("glued_sentence", "They left the EU.Several states stayed.", "They left the EU. Several states stayed."),
        ("glued_sentence", "He spoke with Aliyev.U.S. officials left.", "He spoke with Aliyev. U.S. officials left."),
        ("glued_sentence", "They moved the weapon.S-400 units stayed.", "They moved the weapon. S-400 units stayed."),
        ("glued_sentence", "They opened the camp.“2,500 people came.", "They opened the camp. “2,500 people came."),
        (
            "glued_sentence",
            "They paid for the road.$40 million is left.",
            "They paid for the road. $40 million is left.",
        ),
        ("source_word", "The ABŞ və BMT agreed with cənab Aliyev", "The USA and UN agreed with Mr. Aliyev"),
        ("source_word", "Sayın Cumhurbaşkanı Erdogan spoke with the ABD", "Mr. President Erdogan spoke with the USA"),
        (
            "source_word",
            "schools, roads and t. d. were built in 2021 g. near the river",
            "schools, roads and so on were built in 2021 near the river",
        ),
        ("source_word", "He came to the ՀՀ և left", "He came to the Republic of Armenia and left"),
        (
            "source_sign",
            "It ended on Monday。The men left，and he stayed。",
            "It ended on Monday. The men left, and he stayed.",
        ),
        (
            "sign_space",
            "They met in Baku .The talks,it seems , failed .",
            "They met in Baku. The talks, it seems, failed.",
        ),
        ("source_sign", "They came՝ all of them։ Who knows why،", "They came, all of them. Who knows why,"),
        ("stock_phrase", "Dear President Erdogan said that it rains", "President Erdogan said that it rains"),
        ("that_comma", "The envoy stated, that the road is open", "The envoy stated that the road is open"),
        ("that_comma", "He stayed because, The road was closed", "He stayed because the road was closed"),
        ("spurious_capital", "In the morning, The talks went on", "In the morning, the talks went on"),
        ("split_clause", "The minister noted. That the talks go on", "The minister noted that the talks go on"),
        ("split_clause", "They went to the market\nand the old town.", "They went to the market and the old town."),
        (
            "doubled_clause",
            "It was said by the head of state, by the head of state in May",
            "It was said by the head of state in May",
        ),
        ("doubled_clause", "in the the old town", "in the old town"),
        (
            "name_word",
            "The Venezuelan President Mature came, and Nicolas Mature spoke",
            "The Venezuelan President Maduro came, and Nicolas Maduro spoke",
        ),
        ("name_word", "Binali Lightning met Hakan Sapling", "Binali Yıldırım met Hakan Fidan"),
    ],
)
def test_damage_is_mended(mender: Mender, kind: str, before: str, after: str) -> None:
    text, kinds = mended(mender, before, machine_translated=True)
    assert text == after
    assert kind in kinds


@pytest.mark.parametrize(
    "text",
    [
        "E.Macron, Sh.Mustafayev and N.Pashinyan met in the U.S. Embassy at 10.30 p.m. on Dr.King Street.",
        "See www.Example.Com, report.az, Booking.com and https://example.org/A.B?c=The.End for v2.The notes.",
        "McDonald, deRose, eBay and iPhone; 1.5 per cent, No.5, approx.The same.",
        "Pashinyan, Mirkadirov and Karabakh are names; Snowden too.",
        "The snowfall, the snowstorm and the snowmobile; the snowball melts.",
        "He lives in Brussels and The Hague and reads the Sun and The Economist.",
        "The weather will be fine; according to published reports and according to Russia it rains.",
        "The minister was told that it is late. “Yes,” he said, “and I go.”",
        "The secretary and Price said that they would meet Will and Grant.",
        "A mature president, a rose for Abdullah, lightning over Binali street and the sapling of Hakan.",
        "I’ve said that; they ’ll come. The tea of g and vb-like words; one, two, three, one, two.",
        "The shares of Toshiba (TSBA.T) and of Boliden (BLDS.ST) rose; version 2.0.A is out.",
        "Organisation for Economic Cooperation and Development said so; he had had enough of all that that man did.",
        "He said. That is how it was.",
        "Banks such as JP.Morgan and firms, z.B. Siemens, met at A/B.The end.",
        "Azertag.AZ, report.Az and Booking.Com said that version 2.5 is out; P.O.W. camps, M.A.S. and the St.S-Bahn are not.",
    ],
)
def test_what_is_not_broken_is_left_alone_even_in_translations(mender: Mender, text: str) -> None:
    assert mended(mender, text, machine_translated=True) == (text, set())


def test_clean_texts_are_mended_only_where_a_space_is_missing(mender: Mender) -> None:
    text = "He said that, if elected, he would stay and The mayor agreed.The vote is on Sunday."
    assert mended(mender, text, machine_translated=False) == (
        text.replace("agreed.The", "agreed. The"),
        {"glued_sentence"},
    )


def test_likely_places_are_mended_where_the_text_lacks_spaces(mender: Mender) -> None:
    prose = "The ferry left the harbour in the morning. " * 25
    doubtful, certain = "They met Aliyev.Erdogan came too. ", "It was late.The ferry left."
    assert mended(mender, prose + doubtful, machine_translated=False)[0] == prose + doubtful
    assert mended(mender, doubtful, machine_translated=False)[0] == "They met Aliyev. Erdogan came too. "
    after = "They met Aliyev. Erdogan came too. It was late. The ferry left."
    assert mended(mender, prose + doubtful + certain, machine_translated=False)[0] == prose + after


def test_a_slip_is_left_alone_but_not_where_the_text_shows_more(mender: Mender) -> None:
    prose = "The ferry left the harbour in the morning. " * 25
    slip, trace = "It was late.The ferry left.", " It was said that, The works go on."
    assert mended(mender, prose + slip, machine_translated=False) == (prose + slip, set())
    for more in (slip, trace):
        assert "late. The" in mended(mender, prose + slip + more, machine_translated=False)[0]
    edited = EditedText(prose + slip)
    mender.mend(edited, machine_translated=False, broken=True)
    assert edited.text == prose + slip.replace("late.The", "late. The")


BROKEN = (
    "The ministers met on Tuesday.They spoke about the bridge and The road to the port for two hours. "
    "It was said that, The works will begin in May and s. questions were left open until the next round of talks."
)


@pytest.mark.parametrize(
    ("source_id", "text", "expected"),
    [
        ("no-idea", BROKEN, True),
        ("by-hand", BROKEN, False),
        ("by-machine", BROKEN.replace("s. ", "some "), True),
        (
            "no-idea",
            "The ministers met on Tuesday.They spoke about the bridge and the road to the port for hours.",
            False,
        ),
    ],
)
def test_the_source_or_else_the_text_says_whether_a_machine_translated_it(
    clean: Clean, source_id: str, text: str, expected: bool
) -> None:
    (article,) = clean(landed(text, source_id=source_id))["articles"]
    assert article["machine_translated"] is expected
    assert ("and The" in article["text"]) is not expected or "and The" not in text


def test_a_mistake_in_the_rules_names_the_line_and_the_remedy(home: Home, tmp_path: object) -> None:
    config = home.config.with_name("broken")
    config.mkdir(exist_ok=True)
    rules = (home.config / "repairs.yaml").read_text(encoding="utf-8")
    (config / "repairs.yaml").write_text(rules.replace("(?P<cut>snow)", "(?P<cut>snow"), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"repairs\.yaml:\d+: .*source_word: find is no pattern"):
        load_repairs(Home(data=home.data, config=config))
