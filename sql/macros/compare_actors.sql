-- Two actors side by side: one row per day, week or month from since to until, those without articles included. Takes ids or
-- any known names; where a name means several actors, their articles are taken together.
-- Example: from compare_actors('Armenia', 'Azerbaijan', since := date '2022-03-01', until := date '2022-03-31', per := 'week')
--
-- started_on: The day, or the first day of the week or month.
-- one: The first actor's name; several are separated by semicolons.
-- one_articles: Articles that name the first.
-- one_independent: The same with copies counted once.
-- one_share: one_articles as a share of tagged_articles.
-- other: The second actor's name; several are separated by semicolons.
-- other_articles: Articles that name the second.
-- other_independent: The same with copies counted once.
-- other_share: other_articles as a share of tagged_articles.
-- both_articles: Articles that name both.
-- tagged_articles: All tagged articles of the time: the denominator.
create or replace macro compare_actors(first_actor, second_actor, since := null, until := null, per := 'week') as table
with found as (
    select 1 as side, found_one.actor_id, found_one.name from find_actor(first_actor) as found_one
    union all
    select 2 as side, found_other.actor_id, found_other.name from find_actor(second_actor) as found_other
),

names as (
    select
        string_agg(found.name, '; ' order by found.name) filter (where found.side = 1) as one,
        string_agg(found.name, '; ' order by found.name) filter (where found.side = 2) as other
    from found
),

span as (
    select
        coalesce(cast(since as date), build_info.first_published_on) as first_on,
        coalesce(cast(until as date), build_info.last_published_on) as last_on
    from build_info
),

periods as (
    select distinct cast(date_trunc(per, days.published_on) as date) as started_on
    from (
        select cast(unnest(generate_series(
            cast(span.first_on as timestamp), cast(span.last_on as timestamp), interval 1 day
        )) as date) as published_on
        from span
    ) as days
),

totals as (
    select
        cast(date_trunc(per, day_totals.published_on) as date) as started_on,
        cast(sum(day_totals.tagged) as bigint) as tagged_articles
    from day_totals
    cross join span
    where day_totals.published_on between span.first_on and span.last_on
    group by cast(date_trunc(per, day_totals.published_on) as date)
),

named as (
    select
        cast(date_trunc(per, article_actors.published_on) as date) as started_on,
        article_actors.article_id,
        article_actors.reprint_group_id,
        bool_or(found.side = 1) as has_one,
        bool_or(found.side = 2) as has_other
    from article_actors
    inner join found on found.actor_id = article_actors.actor_id
    cross join span
    where article_actors.published_on between span.first_on and span.last_on
    group by
        cast(date_trunc(per, article_actors.published_on) as date), article_actors.article_id,
        article_actors.reprint_group_id
),

counted as (
    select
        named.started_on,
        count(*) filter (where named.has_one) as one_articles,
        count(distinct named.reprint_group_id) filter (where named.has_one) as one_independent,
        count(*) filter (where named.has_other) as other_articles,
        count(distinct named.reprint_group_id) filter (where named.has_other) as other_independent,
        count(*) filter (where named.has_one and named.has_other) as both_articles
    from named
    group by named.started_on
)

select
    periods.started_on,
    names.one,
    coalesce(counted.one_articles, 0) as one_articles,
    coalesce(counted.one_independent, 0) as one_independent,
    round(coalesce(counted.one_articles, 0) / nullif(cast(totals.tagged_articles as double), 0), 6) as one_share,
    names.other,
    coalesce(counted.other_articles, 0) as other_articles,
    coalesce(counted.other_independent, 0) as other_independent,
    round(coalesce(counted.other_articles, 0) / nullif(cast(totals.tagged_articles as double), 0), 6) as other_share,
    coalesce(counted.both_articles, 0) as both_articles,
    coalesce(totals.tagged_articles, 0) as tagged_articles
from periods
cross join names
left join counted on counted.started_on = periods.started_on
left join totals on totals.started_on = periods.started_on
order by periods.started_on
