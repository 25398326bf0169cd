-- Sentences that name given actors from one day to another, one row per actor and sentence: the surest mention of each.
-- The first sentence of every article stands before the second of any.
with sentences as (
    select
        mentions.actor_id,
        mentions.article_id,
        mentions.source_id,
        mentions.part,
        mentions.sentence,
        mentions.sentence_start_char,
        mentions.surface,
        mentions.start_char - mentions.sentence_start_char as starts_at,
        row_number() over (
            partition by mentions.actor_id, mentions.article_id
            order by mentions.part desc, mentions.sentence_start_char
        ) as place
    from current_mentions as mentions
    where mentions.published_on between $since and $until and list_contains($actors, mentions.actor_id)
    qualify row_number() over (
        partition by mentions.actor_id, mentions.article_id, mentions.part, mentions.sentence_start_char
        order by mentions.confidence desc, mentions.start_char, mentions.end_char
    ) = 1
)

select
    sentences.actor_id as id,
    sentences.sentence,
    sentences.surface,
    sentences.starts_at,
    articles.title,
    articles.url,
    articles.language,
    coalesce(sources.name, sentences.source_id) as source,
    count(*) over (partition by sentences.actor_id) as sentences
from sentences
inner join current_articles as articles on articles.article_id = sentences.article_id
left join sources on sources.source_id = sentences.source_id
qualify row_number() over (
    partition by sentences.actor_id order by sentences.place, sentences.source_id, sentences.article_id
) <= $n
order by sentences.actor_id, sentences.place, sentences.source_id, sentences.article_id
