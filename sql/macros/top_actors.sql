-- The actors named in most articles from since to until (both included; without them, on all days).
-- Example: from top_actors(since := date '2022-03-14', until := date '2022-03-20', n := 10)
--
-- place: 1 for the actor in most articles.
-- actor_id: The actor.
-- name: Its name; the id for actors that no list knows.
-- actor_type: person, country, igo and so on; null for actors that no list knows.
-- articles: Articles that name the actor.
-- independent_articles: The same with copies counted once over the whole period.
-- mentions: Times it is named in them.
-- days: Days with at least one such article.
-- share: articles as a share of all tagged articles of the period.
create or replace macro top_actors(since := null, until := null, n := 20) as table
with named as (
    select
        current_mentions.actor_id,
        count(distinct current_mentions.article_id) as articles,
        count(distinct current_mentions.reprint_group_id) as independent_articles,
        count(*) as mentions,
        count(distinct current_mentions.published_on) as days
    from current_mentions
    where (cast(since as date) is null or current_mentions.published_on >= cast(since as date))
        and (cast(until as date) is null or current_mentions.published_on <= cast(until as date))
    group by current_mentions.actor_id
),

total as (
    select cast(sum(day_totals.tagged) as double) as tagged_articles
    from day_totals
    where (cast(since as date) is null or day_totals.published_on >= cast(since as date))
        and (cast(until as date) is null or day_totals.published_on <= cast(until as date))
),

ranked as (
    select
        named.*,
        row_number() over (order by named.articles desc, named.mentions desc, named.actor_id) as place
    from named
)

select
    ranked.place,
    ranked.actor_id,
    coalesce(actors.name, ranked.actor_id) as name,
    actors.actor_type,
    ranked.articles,
    ranked.independent_articles,
    ranked.mentions,
    ranked.days,
    round(ranked.articles / nullif(total.tagged_articles, 0), 6) as share
from ranked
cross join total
left join actors on actors.actor_id = ranked.actor_id
where ranked.place <= n
order by ranked.place
