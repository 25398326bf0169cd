-- Who is in which article adds up to the counts of each day by actor, by pair and by actor and theme.
with named as (
    select published_on, article_id, actor_id, mentions, quotes
    from article_actors
    where published_on between $first_published and $last_published
),

by_article as (
    select published_on, article_id, count(*) as actors
    from named
    group by published_on, article_id
),

themed as (
    select articles.published_on, articles.article_id, count(*) as themes
    from articles
    inner join article_themes
        on article_themes.landed_on = articles.landed_on
        and article_themes.article_id = articles.article_id
        and article_themes.version = articles.version
    where articles.published_on between $first_published and $last_published
        and articles.is_current
    group by articles.published_on, articles.article_id
),

counted as (
    select 'actor_daily' as table_name, published_on, count(*) as articles, sum(mentions) as mentions, sum(quotes) as quotes
    from named
    group by published_on
    union all
    select 'actor_pair_daily' as table_name, published_on, sum(actors * (actors - 1) // 2) as articles, 0, 0
    from by_article
    group by published_on
    having sum(actors * (actors - 1) // 2) > 0
    union all
    select 'actor_theme_daily' as table_name, by_article.published_on, sum(by_article.actors * themed.themes), 0, 0
    from by_article
    inner join themed on themed.published_on = by_article.published_on and themed.article_id = by_article.article_id
    group by by_article.published_on
),

stored as (
    select 'actor_daily' as table_name, published_on, sum(articles) as articles, sum(mentions) as mentions, sum(quotes) as quotes
    from actor_daily
    where published_on between $first_published and $last_published
    group by published_on
    union all
    select 'actor_pair_daily' as table_name, published_on, sum(articles) as articles, 0, 0
    from actor_pair_daily
    where published_on between $first_published and $last_published
    group by published_on
    union all
    select 'actor_theme_daily' as table_name, published_on, sum(articles) as articles, 0, 0
    from actor_theme_daily
    where published_on between $first_published and $last_published
    group by published_on
)

select
    coalesce(stored.table_name, counted.table_name) as table_name,
    coalesce(stored.published_on, counted.published_on) as published_on,
    stored.articles as stored_articles,
    counted.articles as counted_articles,
    stored.mentions as stored_mentions,
    counted.mentions as counted_mentions,
    stored.quotes as stored_quotes,
    counted.quotes as counted_quotes
from stored
full join counted on counted.table_name = stored.table_name and counted.published_on = stored.published_on
where stored.articles is distinct from counted.articles
    or stored.mentions is distinct from counted.mentions
    or stored.quotes is distinct from counted.quotes
order by table_name, published_on
