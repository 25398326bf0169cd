-- What is counted by source adds up to what is counted over all sources.
with by_source as (
    select published_on, actor_id as id, sum(articles) as articles, sum(independent_articles) as independent_articles
    from actor_source_daily
    where published_on between $first_published and $last_published
    group by published_on, actor_id
    union all
    select published_on, theme_id, sum(articles), sum(independent_articles)
    from theme_source_daily
    where published_on between $first_published and $last_published
    group by published_on, theme_id
),

in_all as (
    select published_on, actor_id as id, articles, independent_articles
    from actor_daily
    where published_on between $first_published and $last_published
    union all
    select published_on, theme_id, articles, independent_articles
    from theme_daily
    where published_on between $first_published and $last_published
)

select
    coalesce(in_all.published_on, by_source.published_on) as published_on,
    coalesce(in_all.id, by_source.id) as id,
    in_all.articles,
    by_source.articles as articles_by_source,
    in_all.independent_articles,
    by_source.independent_articles as independent_articles_by_source
from in_all
full join by_source on by_source.published_on = in_all.published_on and by_source.id = in_all.id
where in_all.articles is distinct from by_source.articles
    or in_all.independent_articles is distinct from by_source.independent_articles
order by published_on, id
