-- The mentions that count, with their articles' day and source: actor_daily is counted from these.
-- Example: from current_mentions where published_on = date '2022-03-12' and reading = 'office'
--
-- article_id: The article.
-- version: Its version, the current one.
-- published_on: Day of publication.
-- source_id: The source that published the article.
-- reprint_group_id: Articles that share it are copies of one text.
-- actor_id: Who is meant.
-- part: title or text.
-- start_char: First character of the mention (Unicode code points, from 0).
-- end_char: End of the mention, exclusive.
-- surface: The words themselves.
-- reading: How the words name the actor.
-- sentence: The sentence in which the mention stands.
-- sentence_start_char: First character of that sentence in its part.
-- tone: How the sentence sounds, from -1 to 1 (see mentions.tone for its limits); null where it says nothing.
-- confidence: Probability from 0 to 1 that the mention is this actor.
create or replace view current_mentions as
select
    mentions.article_id,
    mentions.version,
    articles.published_on,
    articles.source_id,
    articles.reprint_group_id,
    mentions.actor_id,
    mentions.part,
    mentions.start_char,
    mentions.end_char,
    mentions.surface,
    mentions.reading,
    mentions.sentence,
    mentions.sentence_start_char,
    mentions.tone,
    mentions.confidence
from mentions
inner join articles
    on articles.landed_on = mentions.landed_on
    and articles.article_id = mentions.article_id
    and articles.version = mentions.version
where articles.is_current
    and articles.tagged
    and articles.published_on is not null
    and mentions.confidence >= (select mention_confidence from build_info)
