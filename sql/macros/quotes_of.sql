-- What an actor is quoted as saying from since to until (both included; without them, on all days), the latest first.
-- Takes an id or any known name. Example: from quotes_of('Charles Michel', since := date '2022-04-01')
--
-- published_on: Day of publication.
-- actor_id: The speaker.
-- name: The speaker's name.
-- quote: The quoted words.
-- kind: direct or indirect.
-- cue: The word that binds speaker and words.
-- speaker: The words that name the speaker.
-- source_id: The source.
-- title: Headline of the article.
-- url: Address of the article; null where none is known.
-- article_id: The article.
-- part: title or text.
-- start_char: First character of the quoted words (Unicode code points, from 0).
-- end_char: End of the quoted words, exclusive.
create or replace macro quotes_of(actor, since := null, until := null, n := 100) as table
with said as (
    select
        articles.published_on,
        found_actors.actor_id,
        found_actors.name,
        quotes.surface as quote,
        quotes.kind,
        quotes.cue,
        quotes.speaker_surface as speaker,
        articles.source_id,
        articles.title,
        articles.url,
        articles.article_id,
        quotes.part,
        quotes.start_char,
        quotes.end_char,
        row_number() over (
            order by
                articles.published_on desc, articles.article_id, quotes.part desc, quotes.start_char, quotes.end_char,
                found_actors.actor_id
        ) as place
    from find_actor(actor) as found_actors
    inner join quotes on quotes.speaker_actor_id = found_actors.actor_id
    inner join articles
        on articles.landed_on = quotes.landed_on
        and articles.article_id = quotes.article_id
        and articles.version = quotes.version
    where articles.is_current
        and articles.tagged
        and articles.published_on between coalesce(cast(since as date), date '0001-01-01')
        and coalesce(cast(until as date), date '9999-12-31')
)

select
    said.published_on,
    said.actor_id,
    said.name,
    said.quote,
    said.kind,
    said.cue,
    said.speaker,
    said.source_id,
    said.title,
    said.url,
    said.article_id,
    said.part,
    said.start_char,
    said.end_char
from said
where said.place <= n
order by said.place
