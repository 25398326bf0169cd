"""A small news wire for the tests: ten articles over five days, among them a copy, a correction and an undated one."""

ANKARA = (
    "President Ilham Aliyev visited Ankara on Thursday and met President Recep Tayyip Erdogan. The two sides discussed "
    "trade, gas supplies and regional security. Turkish Foreign Minister Mevlut Cavusoglu joined the talks, officials in "
    "Baku said after the meeting, which lasted four hours."
)
CALL = (
    "US Secretary of State Antony Blinken called the President of Azerbaijan. Blinken thanked Azerbaijan for humanitarian "
    "aid to Ukraine and called for restraint on the border with Armenia, the State Department said in a statement."
)
BRUSSELS = (
    "Armenian Prime Minister Nikol Pashinyan travelled to Brussels for talks with Charles Michel and Ilham Aliyev. The "
    "meeting was to prepare a peace agreement between Armenia and Azerbaijan and to open the transport corridors."
)
GRAIN = (
    "Grain prices rose again as shipping in the Black Sea stayed closed. Egypt and Turkey looked for new suppliers of "
    "wheat, while Ukraine warned that its spring sowing would be much smaller than in other years because of the war."
)
SANCTIONS = (
    "The European Union agreed on new sanctions against Russia. The measures cover steel, luxury goods and several banks; "
    "France and Germany had asked for more time on an oil embargo, diplomats said."
)


def row(external_id: str, day: str, headline: str, body: str, **more: str) -> dict[str, str]:
    """Return a row of the wire."""
    return {
        "id": external_id,
        "url": f"https://wire.example/{external_id}",
        "headline": headline,
        "body": body,
        "date": day,
        **more,
    }


ROWS = (
    row("a1", "2022-03-10", "Aliyev in Ankara", ANKARA),
    row("a2", "2022-03-11", "Talks in Ankara lasted four hours", ANKARA),  # a copy under another headline, a day later
    row("b1", "2022-03-12", "Blinken calls Aliyev", CALL),
    row("c1", "2022-03-12", "Grain dearer", GRAIN),
    row("c2", "2022-03-13", "Brussels talks", BRUSSELS),
    row("d1", "2022-03-13", "Sanctions agreed", SANCTIONS),
    row("d2", "2022-03-14", "Sanctions agreed in Brussels", SANCTIONS + " The list is to be published on Tuesday."),
    row(
        "d2", "2022-03-14", "Sanctions agreed in Brussels", SANCTIONS + " The list was published on Tuesday."
    ),  # corrected
    row(
        "e1",
        "",
        "Without a date",
        "A text about Georgia, Armenia and their railways that nobody dated. It says little else of note today.",
    ),
    row("f1", "2022-03-14", "Empty", ""),
)

FIRST, LAST = "2022-03-10", "2022-03-14"
