-- Number the actors named on the publication days to be counted anew, in the order of their ids.
insert into work_day_actors (actor_number, actor_id)
with named as (
    select distinct mentions.actor_id
    from mentions
    inner join work_day_articles
        on work_day_articles.article_id = mentions.article_id
        and work_day_articles.version = mentions.version
)

select cast(row_number() over (order by actor_id) as integer) as actor_number, actor_id
from named
