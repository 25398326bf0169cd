-- Put in who is in which article of the publication days to be counted anew.
insert into article_actors (
    published_on, article_id, source_id, reprint_group_id, actor_id, mentions, in_title, quotes, tone
)
select
    work_day_articles.published_on,
    work_day_articles.article_id,
    work_day_articles.source_id,
    work_day_articles.reprint_group_id,
    work_day_actors.actor_id,
    named.mentions,
    named.in_title,
    named.quotes,
    round(named.tone_ten_thousandths / nullif(cast(named.toned as double), 0) / 10000, 4) as tone
from work_day_article_actors as named
inner join work_day_articles on work_day_articles.article_number = named.article_number
inner join work_day_actors on work_day_actors.actor_number = named.actor_number
order by named.article_number, named.actor_number
