-- The latest articles of given stories, up to a day.
select
    story_articles.story_id,
    story_articles.published_on,
    articles.title,
    articles.url,
    articles.language,
    coalesce(sources.name, articles.source_id) as source
from story_articles
inner join articles
    on articles.article_id = story_articles.article_id and articles.version = story_articles.version
left join sources on sources.source_id = articles.source_id
where list_contains($stories, story_articles.story_id)
    and story_articles.published_on between $since and $until
qualify row_number() over (
    partition by story_articles.story_id
    order by story_articles.published_on desc, story_articles.similarity desc, story_articles.article_id
) <= 12
order by story_articles.story_id, story_articles.published_on, story_articles.article_id
