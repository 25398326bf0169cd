-- The actors named in most articles from since to until (both included; without them, on all days), of all types or of one.
-- Example: from top_actors(since := date '2022-03-14', until := date '2022-03-20', n := 10, kind := 'person')
--
-- place: 1 for the actor in most articles.
-- actor_id: The actor.
-- name: Its name.
-- actor_type: person, country, igo and so on.
-- articles: Articles that name the actor.
-- independent_articles: The same with copies counted once over the whole period.
-- sources: Sources with such an article.
-- mentions: Times it is named in them.
-- days: Days with at least one such article.
-- share: articles as a share of all tagged articles of the period.
create or replace macro top_actors(since := null, until := null, n := 20, kind := null) as table
with named as (
    select
        article_actors.actor_id,
        count(*) as articles,
        count(distinct article_actors.reprint_group_id) as independent_articles,
        count(distinct article_actors.source_id) as sources,
        cast(sum(article_actors.mentions) as bigint) as mentions,
        count(distinct article_actors.published_on) as days
    from article_actors
    where article_actors.published_on between coalesce(cast(since as date), date '0001-01-01')
        and coalesce(cast(until as date), date '9999-12-31')
    group by article_actors.actor_id
),

total as (
    select cast(sum(day_totals.tagged) as double) as tagged_articles
    from day_totals
    where day_totals.published_on between coalesce(cast(since as date), date '0001-01-01')
        and coalesce(cast(until as date), date '9999-12-31')
),

ranked as (
    select
        named.*,
        coalesce(actors.name, named.actor_id) as name,
        actors.actor_type,
        row_number() over (order by named.articles desc, named.mentions desc, named.actor_id) as place
    from named
    left join actors on actors.actor_id = named.actor_id
    where cast(kind as varchar) is null or actors.actor_type = kind
)

select
    ranked.place,
    ranked.actor_id,
    ranked.name,
    ranked.actor_type,
    ranked.articles,
    ranked.independent_articles,
    ranked.sources,
    ranked.mentions,
    ranked.days,
    round(ranked.articles / nullif(total.tagged_articles, 0), 6) as share
from ranked
cross join total
where ranked.place <= n
order by ranked.place
