-- Count who is covered on what on the publication days to be counted anew.
insert into actor_theme_daily (published_on, actor_id, theme_id, articles, independent_articles)
with counted as (
    select
        named.published_on,
        named.actor_number,
        themed.theme_id,
        count(*) as articles,
        count(*) filter (where named.shared_group is null) + count(distinct named.shared_group) as independent_articles
    from work_day_article_actors as named
    inner join work_day_themes as themed on themed.article_number = named.article_number
    group by named.published_on, named.actor_number, themed.theme_id
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
