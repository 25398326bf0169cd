-- Put in the articles of the episodes that were found, and with each the copies of it that its day holds.
insert into story_articles (story_id, article_id, version, published_on, episode_id, similarity)
select
    '' as story_id,
    articles.article_id,
    articles.version,
    articles.published_on,
    found_members.episode_id,
    found_members.similarity
from found_members
inner join articles
    on articles.published_on = found_members.published_on
    and articles.reprint_group_id = found_members.reprint_group_id
where articles.is_current and articles.tagged
    and articles.published_on between $since and $until
order by articles.published_on, articles.article_id
