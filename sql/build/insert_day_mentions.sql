-- Mentions that count, in the articles of some landing days. Tone is summed in whole numbers, which do not depend on the
-- order in which they are added.
insert into work_day_mentions (article_number, actor_number, in_title, sentence_start_char, tone_ten_thousandths)
select
    work_day_articles.article_number,
    work_day_actors.actor_number,
    mentions.part = 'title' as in_title,
    mentions.sentence_start_char,
    cast(round(mentions.tone * 10000) as integer) as tone_ten_thousandths
from mentions
inner join work_day_articles
    on work_day_articles.landed_on = mentions.landed_on
    and work_day_articles.article_id = mentions.article_id
    and work_day_articles.version = mentions.version
inner join work_day_actors on work_day_actors.actor_id = mentions.actor_id
where mentions.landed_on between cast($first as date) and cast($last as date)
    and work_day_articles.tagged
    and mentions.confidence >= $mention_confidence
