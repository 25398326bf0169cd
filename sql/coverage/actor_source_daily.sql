-- Count by source who is covered on the publication days to be counted anew. Articles are numbered in the order of their
-- publication, so the least number of a shared group is its first article of the day.
insert into actor_source_daily (published_on, source_id, actor_id, articles, independent_articles)
with firsts as (
    select min(article_number) as article_number, actor_number
    from work_day_article_actors
    where shared_group is not null
    group by published_on, shared_group, actor_number
)

select
    named.published_on,
    named.source_id,
    work_day_actors.actor_id,
    count(*) as articles,
    count(*) filter (where named.shared_group is null or firsts.article_number is not null) as independent_articles
from work_day_article_actors as named
inner join work_day_actors on work_day_actors.actor_number = named.actor_number
left join firsts on firsts.article_number = named.article_number and firsts.actor_number = named.actor_number
group by named.published_on, named.source_id, work_day_actors.actor_id
order by named.published_on, named.source_id, work_day_actors.actor_id
