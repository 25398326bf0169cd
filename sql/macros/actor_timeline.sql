-- How coverage of an actor moves: one row per actor meant and day (or week, or month) from since to until, those without
-- articles included. Takes an id or any known name; without dates, from the first to the last day with an article.
-- Example: from actor_timeline('Ilham Aliyev', since := date '2022-03-01', until := date '2022-03-31', per := 'week')
--
-- published_on: Day of publication; the first day of the week or month.
-- actor_id: The actor.
-- name: Its name.
-- articles: Articles that name the actor.
-- independent_articles: The same with copies counted once over the whole day, week or month.
-- sources: Sources with such an article.
-- mentions: Times it is named in them.
-- quotes: Quotations in them whose speaker is the actor.
-- share: articles as a share of tagged_articles; null where there is nothing to have a share of.
-- tone: Mean tone of the sentences that name it, each article weighing as much as it has mentions; null without any.
-- tagged_articles: All tagged articles of the time: the denominator.
-- failed_sources: Sources of which a fetch failed in that time: the count may be low for that.
create or replace macro actor_timeline(actor, since := null, until := null, per := 'day') as table
with found as (
    select found_actors.actor_id, found_actors.name
    from find_actor(actor) as found_actors
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

failures as (
    select
        cast(date_trunc(per, source_daily.landed_on) as date) as started_on,
        count(distinct source_daily.source_id) as failed_sources
    from source_daily
    cross join span
    where source_daily.outcome = 'failed' and source_daily.landed_on between span.first_on and span.last_on
    group by cast(date_trunc(per, source_daily.landed_on) as date)
),

counted as (
    select
        cast(date_trunc(per, article_actors.published_on) as date) as started_on,
        article_actors.actor_id,
        count(*) as articles,
        count(distinct article_actors.reprint_group_id) as independent_articles,
        count(distinct article_actors.source_id) as sources,
        cast(sum(article_actors.mentions) as bigint) as mentions,
        cast(sum(article_actors.quotes) as bigint) as quotes,
        sum(cast(round(article_actors.tone * 10000) as bigint) * article_actors.mentions) as tone_sum,
        sum(article_actors.mentions) filter (where article_actors.tone is not null) as toned
    from article_actors
    cross join span
    where article_actors.actor_id in (select found.actor_id from found)
        and article_actors.published_on between span.first_on and span.last_on
    group by cast(date_trunc(per, article_actors.published_on) as date), article_actors.actor_id
)

select
    periods.started_on as published_on,
    found.actor_id,
    found.name,
    coalesce(counted.articles, 0) as articles,
    coalesce(counted.independent_articles, 0) as independent_articles,
    coalesce(counted.sources, 0) as sources,
    coalesce(counted.mentions, 0) as mentions,
    coalesce(counted.quotes, 0) as quotes,
    round(coalesce(counted.articles, 0) / nullif(cast(totals.tagged_articles as double), 0), 6) as share,
    round(cast(counted.tone_sum as double) / cast(counted.toned as double) / 10000, 4) as tone,
    coalesce(totals.tagged_articles, 0) as tagged_articles,
    coalesce(failures.failed_sources, 0) as failed_sources
from periods
cross join found
left join counted on counted.started_on = periods.started_on and counted.actor_id = found.actor_id
left join totals on totals.started_on = periods.started_on
left join failures on failures.started_on = periods.started_on
order by found.actor_id, periods.started_on
