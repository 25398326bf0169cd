-- Count who is covered on what on the publication days to be counted anew.
insert into actor_theme_daily (published_on, actor_id, theme_id, articles, independent_articles)
with named as (
    select distinct article_number, actor_number
    from work_day_mentions
),

themed as (
    select distinct
        work_day_articles.article_number,
        work_day_articles.published_on,
        work_day_articles.group_number,
        article_themes.theme_id
    from article_themes
    inner join work_day_articles
        on work_day_articles.article_id = article_themes.article_id
        and work_day_articles.version = article_themes.version
    where work_day_articles.tagged
),

counted as (
    select
        themed.published_on,
        named.actor_number,
        themed.theme_id,
        count(*) as articles,
        count(distinct themed.group_number) as independent_articles
    from named
    inner join themed on themed.article_number = named.article_number
    group by themed.published_on, named.actor_number, themed.theme_id
)

select
    counted.published_on,
    work_day_actors.actor_id,
    counted.theme_id,
    counted.articles,
    counted.independent_articles
from counted
inner join work_day_actors on work_day_actors.actor_number = counted.actor_number
order by counted.published_on, counted.actor_number, counted.theme_id
