-- The counts by theme are those that the articles' themes give when they are counted from the beginning.
with of_the_days as (
    select article_id, version, landed_on, published_on, source_id, reprint_group_id
    from articles
    where published_on between $first_published and $last_published and is_current and tagged
),

counted as (
    select
        of_the_days.published_on,
        article_themes.theme_id,
        count(distinct of_the_days.article_id) as articles,
        count(distinct of_the_days.reprint_group_id) as independent_articles,
        count(distinct of_the_days.source_id) as sources
    from article_themes
    inner join of_the_days
        on of_the_days.landed_on = article_themes.landed_on
        and of_the_days.article_id = article_themes.article_id
        and of_the_days.version = article_themes.version
    group by of_the_days.published_on, article_themes.theme_id
),

stored as (
    select published_on, theme_id, articles, independent_articles, sources
    from theme_daily
    where published_on between $first_published and $last_published
),

-- A row that both have as often adds up to nothing.
compared as (
    select published_on, theme_id, articles, independent_articles, sources, sum(found) as more_stored
    from (
        select 1 as found, published_on, theme_id, articles, independent_articles, sources from stored
        union all
        select -1 as found, published_on, theme_id, articles, independent_articles, sources from counted
    )
    group by published_on, theme_id, articles, independent_articles, sources
    having sum(found) <> 0
)

select
    case when more_stored > 0 then 'stored' else 'counted' end as found_in,
    published_on, theme_id, articles, independent_articles, sources
from compared
order by published_on, theme_id, found_in
