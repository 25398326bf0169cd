-- Who is covered more than in their own past: independent articles of the days up to until (without it, the last day with
-- an article), held against the window before them, each as a share of what was published. G2 is the log-likelihood ratio of the
-- two rates (Dunning 1993), which suits small counts: from 10.8 on, fewer than one in a thousand would rise so by chance.
-- actor_shifts holds the same question, answered by source, for all days. Example: from rising_actors(until := date '2022-04-06', days := 7, n := 10)
--
-- place: 1 for the actor that rises most.
-- actor_id: The actor.
-- name: Its name.
-- actor_type: person, country, igo and so on.
-- articles: Articles that name the actor in the days asked.
-- independent_articles: The same with copies counted once.
-- expected: Independent articles to expect if the actor were covered at the rate of the window before.
-- past_articles: Independent articles of that window.
-- lift: How many times the past rate the present one is, half an article added to either count; rounded to 2 places.
-- g2: Log-likelihood ratio of the rise, rounded to 3 places.
-- is_new: True where the window before has none of the actor.
create or replace macro rising_actors(until := null, days := 7, past_days := 56, n := 20, min_articles := 2) as table
with span as (
    select
        coalesce(cast(until as date), build_info.last_published_on) as last_on,
        coalesce(cast(until as date), build_info.last_published_on) - cast(days as integer) as past_until,
        coalesce(cast(until as date), build_info.last_published_on) - cast(days as integer) - cast(past_days as integer)
        as before_on
    from build_info
),

published as (
    select
        articles.published_on > span.past_until as is_now,
        articles.reprint_group_id
    from articles
    cross join span
    where articles.is_current
        and articles.tagged
        and articles.published_on > span.before_on
        and articles.published_on <= span.last_on
),

totals as (
    select
        cast(count(distinct published.reprint_group_id) filter (where published.is_now) as double) as now_total,
        cast(count(distinct published.reprint_group_id) filter (where not published.is_now) as double) as past_total
    from published
),

counted as (
    select
        article_actors.actor_id,
        count(*) filter (where article_actors.published_on > span.past_until) as articles,
        count(distinct article_actors.reprint_group_id) filter (where article_actors.published_on > span.past_until)
        as independent_articles,
        count(distinct article_actors.reprint_group_id) filter (where article_actors.published_on <= span.past_until)
        as past_articles
    from article_actors
    cross join span
    where article_actors.published_on > span.before_on and article_actors.published_on <= span.last_on
    group by article_actors.actor_id
),

expected as (
    select
        counted.*,
        totals.now_total,
        totals.past_total,
        counted.past_articles * totals.now_total / nullif(totals.past_total, 0) as expected,
        -- Both counts shared out as if the two rates were one.
        (counted.independent_articles + counted.past_articles) * totals.now_total / (totals.now_total + totals.past_total)
        as now_alike,
        (counted.independent_articles + counted.past_articles) * totals.past_total / (totals.now_total + totals.past_total)
        as past_alike
    from counted
    cross join totals
    where counted.independent_articles >= min_articles and totals.past_total > 0
),

scored as (
    select
        expected.*,
        round(
            ((expected.independent_articles + 0.5) / (expected.now_total + 1))
            / ((expected.past_articles + 0.5) / (expected.past_total + 1)),
            2
        ) as lift,
        round(
            2 * (
                expected.independent_articles * ln(expected.independent_articles / expected.now_alike)
                + case
                    when expected.past_articles > 0
                        then expected.past_articles * ln(expected.past_articles / expected.past_alike)
                    else 0
                end
            ),
            3
        ) as g2
    from expected
    where expected.independent_articles > expected.expected
),

ranked as (
    select
        scored.*,
        row_number() over (order by scored.g2 desc, scored.articles desc, scored.actor_id) as place
    from scored
)

select
    ranked.place,
    ranked.actor_id,
    coalesce(actors.name, ranked.actor_id) as name,
    actors.actor_type,
    ranked.articles,
    ranked.independent_articles,
    round(ranked.expected, 3) as expected,
    ranked.past_articles,
    ranked.lift,
    ranked.g2,
    ranked.past_articles = 0 as is_new
from ranked
left join actors on actors.actor_id = ranked.actor_id
where ranked.place <= n
order by ranked.place
