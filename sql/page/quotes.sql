-- Who is quoted on a day saying what, the speakers that a list knows before others.
select
    coalesce(actors.name, quotes.speaker_surface) as speaker,
    actors.name is not null as known,
    quotes.kind,
    quotes.surface,
    articles.title,
    articles.url,
    articles.language,
    coalesce(sources.name, articles.source_id) as source
from quotes
inner join articles on articles.article_id = quotes.article_id and articles.version = quotes.version
left join actors on actors.actor_id = quotes.speaker_actor_id
left join sources on sources.source_id = articles.source_id
where articles.is_current
    and articles.published_on = $day
    and coalesce(actors.name, quotes.speaker_surface) is not null
qualify row_number() over (
    partition by articles.reprint_group_id, quotes.surface order by articles.is_lead desc, articles.article_id
) = 1
order by known desc, quotes.kind, articles.article_id, quotes.start_char
limit 12
