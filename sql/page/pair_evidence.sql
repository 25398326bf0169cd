-- Sentences that name a given actor and another from one day to another, of the other's mention.
select distinct
    others.sentence,
    articles.title,
    articles.url,
    articles.language,
    coalesce(sources.name, others.source_id) as source,
    others.article_id,
    others.sentence_start_char
from current_mentions as ones
inner join current_mentions as others
    on others.article_id = ones.article_id
    and others.part = ones.part
    and others.sentence_start_char = ones.sentence_start_char
inner join current_articles as articles on articles.article_id = ones.article_id
left join sources on sources.source_id = others.source_id
where ones.published_on between $since and $until and ones.actor_id = $id and others.actor_id = $other_id
order by source, others.article_id, others.sentence_start_char
limit $n
