-- How often the tags are right: one row per measure and slice of the hand-annotated samples.
-- Actors are compared by paragraph, themes and dates by article.
--
-- metric: What is measured: actors, persons, countries, organisations, themes or dates, then _precision, _recall or _f1.
-- slice: Which gold articles: all, clean or machine_translated.
-- n: How many tags (precision) or annotations (recall, f1) the value rests on.
-- value: The measure, from 0 to 1; rounded to 4 places.
-- low: Lower end of its 95 % interval (Wilson; for f1 a bootstrap over articles).
-- high: Upper end of its 95 % interval.
-- gold_sha256: Hash of the annotations it was measured on.
-- rules_version: Hash of the rules it was measured with.
create table quality_scores (
    metric varchar not null,
    slice varchar not null,
    n integer not null,
    value double not null,
    low double not null,
    high double not null,
    gold_sha256 varchar not null,
    rules_version varchar not null
);
