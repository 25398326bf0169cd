-- The sentences behind a number: every mention that counts for an actor on a day (or from that day to until, both included).
-- Takes an id or any known name. Example: from evidence('Charles Michel', date '2022-04-06')
--
-- published_on: Day of publication.
-- actor_id: The actor.
-- source_id: The source that published the article.
-- title: Headline of the article.
-- sentence: The sentence in which the mention stands.
-- surface: The words that name the actor.
-- reading: How they name it.
-- confidence: Probability from 0 to 1 that the mention is this actor.
-- tone: How the sentence sounds, from -1 to 1 (see mentions.tone for its limits); null where it says nothing.
-- url: Address of the article; null where none is known.
-- article_id: The article.
-- part: title or text.
-- start_char: First character of the mention (Unicode code points, from 0).
-- end_char: End of the mention, exclusive.
create or replace macro evidence(actor, day, until := null) as table
select
    current_mentions.published_on,
    current_mentions.actor_id,
    current_mentions.source_id,
    current_articles.title,
    current_mentions.sentence,
    current_mentions.surface,
    current_mentions.reading,
    current_mentions.confidence,
    current_mentions.tone,
    current_articles.url,
    current_mentions.article_id,
    current_mentions.part,
    current_mentions.start_char,
    current_mentions.end_char
from find_actor(actor) as found_actors
inner join current_mentions on current_mentions.actor_id = found_actors.actor_id
inner join current_articles on current_articles.article_id = current_mentions.article_id
where current_mentions.published_on between cast(day as date) and coalesce(cast(until as date), cast(day as date))
order by
    current_mentions.published_on, current_mentions.source_id, current_mentions.article_id, current_mentions.part desc,
    current_mentions.start_char, current_mentions.end_char, current_mentions.actor_id
