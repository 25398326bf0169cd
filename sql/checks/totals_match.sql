-- The denominators are those that the articles give, and every share is its count over them.
with counted as (
    select
        published_on,
        source_id,
        count(*) as articles,
        count(*) filter (where tagged) as tagged,
        count(distinct reprint_group_id) as independent_articles
    from articles
    where published_on between $first_published and $last_published and is_current
    group by published_on, source_id
),

stored as (
    select published_on, source_id, articles, tagged, independent_articles
    from day_totals
    where published_on between $first_published and $last_published
),

-- A row that both have as often adds up to nothing.
compared as (
    select published_on, source_id, articles, tagged, independent_articles, sum(found) as more_stored
    from (
        select 1 as found, published_on, source_id, articles, tagged, independent_articles from stored
        union all
        select -1 as found, published_on, source_id, articles, tagged, independent_articles from counted
    )
    group by published_on, source_id, articles, tagged, independent_articles
    having sum(found) <> 0
),

denominators as (
    select published_on, sum(tagged) as tagged
    from stored
    group by published_on
),

shares as (
    select published_on, actor_id as id, articles, share
    from actor_daily
    where published_on between $first_published and $last_published
    union all
    select published_on, theme_id as id, articles, share
    from theme_daily
    where published_on between $first_published and $last_published
),

problems as (
    select
        case when more_stored > 0 then 'stored total' else 'counted total' end as problem,
        published_on, source_id as id, articles, tagged
    from compared
    union all
    select 'share' as problem, shares.published_on, shares.id, shares.articles, denominators.tagged
    from shares
    left join denominators on denominators.published_on = shares.published_on
    where shares.share is distinct from round(shares.articles / nullif(cast(denominators.tagged as double), 0), 6)
)

select problem, published_on, id, articles, cast(tagged as bigint) as tagged
from problems
order by problem, published_on, id
