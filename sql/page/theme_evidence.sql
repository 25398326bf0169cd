-- Articles about a given theme from one day to another, with the words that speak for it.
select
    any_value(articles.title) as title,
    any_value(articles.url) as url,
    any_value(articles.language) as language,
    any_value(coalesce(sources.name, articles.source_id)) as source,
    string_agg(distinct lower(theme_evidence.surface), ', ' order by lower(theme_evidence.surface)) as words
from article_themes
inner join articles on articles.article_id = article_themes.article_id and articles.version = article_themes.version
inner join theme_evidence
    on theme_evidence.article_id = article_themes.article_id
    and theme_evidence.version = article_themes.version
    and theme_evidence.theme_id = article_themes.theme_id
left join sources on sources.source_id = articles.source_id
where articles.is_current
    and articles.published_on between $since and $until
    and article_themes.theme_id = $id
    and theme_evidence.weight > 0
group by articles.article_id, article_themes.score
order by article_themes.score desc, articles.article_id
limit $n
