-- How often the tags are right: one row per measure and slice of the hand-annotated samples.
-- Actors and persons or organisations that no list knows are compared by paragraph, quotes by quotation, themes and dates
-- by article. Rules are written with an eye on the articles seen; those held out are only counted.
--
-- metric: What is measured: actors, persons, countries, organisations, unknown_persons, unknown_organisations, quotes, themes or dates, then _precision, _recall or _f1; reliability (the share of mentions that is right) beside claimed (their mean confidence); calibration_error (the mean distance between the two).
-- slice: Which articles or mentions: all; clean or machine_translated; seen or held_out; type and an actor type; reading and a reading; confidence and a band of it.
-- n: How many tags (precision, reliability) or annotations (recall, f1) the value rests on.
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
