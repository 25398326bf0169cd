-- Count by source who is covered on the publication days to be counted anew. Articles are numbered in the order of their
-- publication, so the least number of a group is its first article of the day.
insert into actor_source_daily (published_on, source_id, actor_id, articles, independent_articles)
with named as (
    select distinct published_on, source_id, group_number, actor_number, article_number
    from work_day_mentions
),

ordered as (
    select
        *,
        article_number = min(article_number) over (partition by published_on, actor_number, group_number) as is_first
    from named
)

select
    ordered.published_on,
    ordered.source_id,
    work_day_actors.actor_id,
    count(*) as articles,
    count(*) filter (where ordered.is_first and ordered.group_number is not null) as independent_articles
from ordered
inner join work_day_actors on work_day_actors.actor_number = ordered.actor_number
group by ordered.published_on, ordered.source_id, work_day_actors.actor_id
order by ordered.published_on, ordered.source_id, work_day_actors.actor_id
