-- Who covers an actor from since to until (both included; without them, on all days): one row per actor meant and source, silent
-- sources included. Takes an id or any known name. Example: from sources_of('Azerbaijan', since := date '2022-03-01')
--
-- actor_id: The actor.
-- name: Its name.
-- source_id: The source.
-- source_name: Its name.
-- source_country: Its country; null where unknown.
-- articles: Articles of the source that name the actor.
-- own_articles: Those of them that were the first of their reprint group on their day; the others are copies of what stood elsewhere.
-- mentions: Times they name it.
-- share: articles as a share of source_articles: how much of this source's news is about the actor.
-- source_articles: Tagged articles of the source in the period.
-- tone: Mean tone of its sentences that name the actor (see mentions.tone for its limits); null without any.
-- first_on: Day of the first such article; null without any.
-- last_on: Day of the last one.
create or replace macro sources_of(actor, since := null, until := null) as table
with found as (
    select found_actors.actor_id, found_actors.name
    from find_actor(actor) as found_actors
),

published as (
    select day_totals.source_id, cast(sum(day_totals.tagged) as bigint) as source_articles
    from day_totals
    where day_totals.published_on between coalesce(cast(since as date), date '0001-01-01')
        and coalesce(cast(until as date), date '9999-12-31')
    group by day_totals.source_id
),

counted as (
    select
        article_actors.actor_id,
        article_actors.source_id,
        count(*) as articles,
        cast(sum(article_actors.mentions) as bigint) as mentions,
        sum(cast(round(article_actors.tone * 10000) as bigint) * article_actors.mentions) as tone_sum,
        sum(article_actors.mentions) filter (where article_actors.tone is not null) as toned,
        min(article_actors.published_on) as first_on,
        max(article_actors.published_on) as last_on
    from article_actors
    where article_actors.actor_id in (select found.actor_id from found)
        and article_actors.published_on between coalesce(cast(since as date), date '0001-01-01')
        and coalesce(cast(until as date), date '9999-12-31')
    group by article_actors.actor_id, article_actors.source_id
),

own as (
    select
        actor_source_daily.actor_id,
        actor_source_daily.source_id,
        cast(sum(actor_source_daily.independent_articles) as bigint) as own_articles
    from actor_source_daily
    where actor_source_daily.actor_id in (select found.actor_id from found)
        and actor_source_daily.published_on between coalesce(cast(since as date), date '0001-01-01')
        and coalesce(cast(until as date), date '9999-12-31')
    group by actor_source_daily.actor_id, actor_source_daily.source_id
)

select
    found.actor_id,
    found.name,
    published.source_id,
    coalesce(sources.name, published.source_id) as source_name,
    sources.country as source_country,
    coalesce(counted.articles, 0) as articles,
    coalesce(own.own_articles, 0) as own_articles,
    coalesce(counted.mentions, 0) as mentions,
    round(coalesce(counted.articles, 0) / nullif(cast(published.source_articles as double), 0), 6) as share,
    published.source_articles,
    round(cast(counted.tone_sum as double) / cast(counted.toned as double) / 10000, 4) as tone,
    counted.first_on,
    counted.last_on
from found
cross join published
left join counted on counted.actor_id = found.actor_id and counted.source_id = published.source_id
left join own on own.actor_id = found.actor_id and own.source_id = published.source_id
left join sources on sources.source_id = published.source_id
order by found.actor_id, articles desc, published.source_id
