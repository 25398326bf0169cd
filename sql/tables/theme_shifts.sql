-- Days and weeks on which coverage of a theme departs from its own recent past: one row per period and theme.
-- Method: a Poisson rate per source with a Gamma prior, learned from the days before, times that source's articles of the day, so
-- that neither a silent source nor a quiet Sunday is a shift; corrected for the weekday; counts are held against the negative
-- binomial distribution with the dispersion that the past shows, and the false discovery rate is controlled (Benjamini-Hochberg).
--
-- published_on: The day, or the first day (Monday) of the week.
-- period: day or week.
-- theme_id: The theme.
-- direction: rise or fall.
-- observed: Independent articles of the period, each counted at the source that had it first.
-- expected: The number of them that the past leads to expect, given how much each source published; rounded to 3 places.
-- low: Lower bound of the interval in which 95 % of such counts would lie.
-- high: Its upper bound.
-- score: Surprise: minus the decimal logarithm of the one-sided probability of such a count, rounded to 2 places and never above 300.
-- q_value: Share of false alarms to expect among the shifts of the period that are at least this surprising, rounded to 6 places.
-- baseline_periods: Days or weeks of the past that were compared with.
create table theme_shifts (
    published_on date not null,
    period varchar not null,
    theme_id varchar not null,
    direction varchar not null,
    observed bigint not null,
    expected double not null,
    low bigint not null,
    high bigint not null,
    score double not null,
    q_value double not null,
    baseline_periods bigint not null
);
