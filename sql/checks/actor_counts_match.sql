-- The counts by actor are those that the mentions give when they are counted from the beginning.
with of_the_days as (
    select article_id, version, landed_on, published_on, source_id, reprint_group_id
    from articles
    where published_on between $first_published and $last_published and is_current and tagged
),

counted as (
    select
        of_the_days.published_on,
        mentions.actor_id,
        count(distinct of_the_days.article_id) as articles,
        count(distinct of_the_days.reprint_group_id) as independent_articles,
        count(distinct of_the_days.source_id) as sources,
        count(*) as mentions,
        round(sum(cast(round(mentions.tone * 10000) as bigint)) / nullif(cast(count(mentions.tone) as double), 0) / 10000, 4)
        as tone
    from mentions
    inner join of_the_days
        on of_the_days.landed_on = mentions.landed_on
        and of_the_days.article_id = mentions.article_id
        and of_the_days.version = mentions.version
    where mentions.confidence >= (select mention_confidence from build_info)
    group by of_the_days.published_on, mentions.actor_id
),

stored as (
    select published_on, actor_id, articles, independent_articles, sources, mentions, tone
    from actor_daily
    where published_on between $first_published and $last_published
),

-- A row that both have as often adds up to nothing.
compared as (
    select
        published_on, actor_id, articles, independent_articles, sources, mentions, tone,
        sum(found) as more_stored
    from (
        select 1 as found, published_on, actor_id, articles, independent_articles, sources, mentions, tone from stored
        union all
        select -1 as found, published_on, actor_id, articles, independent_articles, sources, mentions, tone from counted
    )
    group by published_on, actor_id, articles, independent_articles, sources, mentions, tone
    having sum(found) <> 0
)

select
    case when more_stored > 0 then 'stored' else 'counted' end as found_in,
    published_on, actor_id, articles, independent_articles, sources, mentions, tone
from compared
order by published_on, actor_id, found_in
