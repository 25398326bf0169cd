-- Who is covered by the outlets of which country, day by day: one row per publication day, source country and actor.
-- Example: from actor_country_daily where published_on = date '2022-03-16' order by articles desc, source_country, actor_id
--
-- published_on: Day of publication.
-- source_country: Country of the outlets (sources.country); null for sources of which none is known.
-- actor_id: The actor.
-- name: Its name.
-- articles: Articles of these outlets that name the actor.
-- independent_articles: Those of them that were the first of their reprint group on the day; they add up over countries.
-- share: articles as a share of these outlets' tagged articles of the day, rounded to 6 places.
create or replace view actor_country_daily as
with totals as (
    select day_totals.published_on, sources.country as source_country, sum(day_totals.tagged) as tagged
    from day_totals
    left join sources on sources.source_id = day_totals.source_id
    group by day_totals.published_on, sources.country
),

counted as (
    select
        actor_source_daily.published_on,
        sources.country as source_country,
        actor_source_daily.actor_id,
        cast(sum(actor_source_daily.articles) as bigint) as articles,
        cast(sum(actor_source_daily.independent_articles) as bigint) as independent_articles
    from actor_source_daily
    left join sources on sources.source_id = actor_source_daily.source_id
    group by actor_source_daily.published_on, sources.country, actor_source_daily.actor_id
)

select
    counted.published_on,
    counted.source_country,
    counted.actor_id,
    coalesce(actors.name, counted.actor_id) as name,
    counted.articles,
    counted.independent_articles,
    round(counted.articles / cast(totals.tagged as double), 6) as share
from counted
inner join totals
    on totals.published_on = counted.published_on
    and totals.source_country is not distinct from counted.source_country
left join actors on actors.actor_id = counted.actor_id
