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

added as (
    select published_on, source_id, articles, tagged, independent_articles from stored
    except all
    select published_on, source_id, articles, tagged, independent_articles from counted
),

missing as (
    select published_on, source_id, articles, tagged, independent_articles from counted
    except all
    select published_on, source_id, articles, tagged, independent_articles from stored
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
    select 'stored total' as problem, published_on, source_id as id, articles, tagged from added
    union all
    select 'counted total' as problem, published_on, source_id as id, articles, tagged from missing
    union all
    select 'share' as problem, shares.published_on, shares.id, shares.articles, denominators.tagged
    from shares
    left join denominators on denominators.published_on = shares.published_on
    where shares.share is distinct from round(shares.articles / nullif(cast(denominators.tagged as double), 0), 6)
)

select problem, published_on, id, articles, cast(tagged as bigint) as tagged
from problems
order by problem, published_on, id
