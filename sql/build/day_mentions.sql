-- Mentions that count on the publication days to be counted anew.
insert into work_day_mentions (
    article_number, published_on, source_id, group_number, actor_number, in_title, sentence_start_char
)
select
    work_day_articles.article_number,
    work_day_articles.published_on,
    work_day_articles.source_id,
    work_day_articles.group_number,
    work_day_actors.actor_number,
    mentions.part = 'title' as in_title,
    mentions.sentence_start_char
from mentions
inner join work_day_articles
    on work_day_articles.article_id = mentions.article_id
    and work_day_articles.version = mentions.version
inner join work_day_actors on work_day_actors.actor_id = mentions.actor_id
where work_day_articles.tagged and mentions.confidence >= $mention_confidence
