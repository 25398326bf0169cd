-- How coverage of an actor moves: one row per actor meant and day from since to until, days without articles included.
-- Takes an id or any known name; without dates, from the first to the last day with an article.
-- Example: from actor_timeline('Ilham Aliyev', since := date '2022-03-01', until := date '2022-03-31')
--
-- published_on: Day of publication.
-- actor_id: The actor.
-- name: Its name.
-- articles: Articles that name the actor.
-- independent_articles: The same with copies counted once.
-- mentions: Times it is named in them.
-- share: articles as a share of tagged_articles; null on a day without any, where there is nothing to have a share of.
-- tagged_articles: All tagged articles of the day: the denominator.
create or replace macro actor_timeline(actor, since := null, until := null) as table
with found as (
    select found_actors.actor_id, found_actors.name
    from find_actor(actor) as found_actors
),

span as (
    select
        cast(coalesce(cast(since as date), build_info.first_published_on) as timestamp) as first_at,
        cast(coalesce(cast(until as date), build_info.last_published_on) as timestamp) as last_at
    from build_info
),

days as (
    select cast(unnest(generate_series(span.first_at, span.last_at, interval 1 day)) as date) as published_on
    from span
),

totals as (
    select day_totals.published_on, cast(sum(day_totals.tagged) as bigint) as tagged_articles
    from day_totals
    group by day_totals.published_on
)

select
    days.published_on,
    found.actor_id,
    found.name,
    coalesce(actor_daily.articles, 0) as articles,
    coalesce(actor_daily.independent_articles, 0) as independent_articles,
    coalesce(actor_daily.mentions, 0) as mentions,
    case when totals.tagged_articles > 0 then coalesce(actor_daily.share, 0) end as share,
    coalesce(totals.tagged_articles, 0) as tagged_articles
from days
cross join found
left join actor_daily on actor_daily.published_on = days.published_on and actor_daily.actor_id = found.actor_id
left join totals on totals.published_on = days.published_on
order by found.actor_id, days.published_on
