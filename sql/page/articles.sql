-- The articles of a day, copies beside the article that they are copies of.
select
    articles.article_id,
    articles.title,
    articles.url,
    articles.language,
    articles.tagged,
    articles.word_count,
    articles.machine_translated,
    coalesce(sources.name, articles.source_id) as source,
    coalesce(articles.is_lead, true) as is_lead,
    themes.labels as themes
from articles
left join sources on sources.source_id = articles.source_id
left join (
    select
        article_themes.article_id,
        article_themes.version,
        list(coalesce(themes.label, article_themes.theme_id) order by article_themes.score desc, article_themes.theme_id)
            as labels
    from article_themes
    left join themes on themes.theme_id = article_themes.theme_id
    group by article_themes.article_id, article_themes.version
) as themes on themes.article_id = articles.article_id and themes.version = articles.version
where articles.is_current and articles.published_on = $day
order by
    min(articles.first_seen_at) over (partition by coalesce(articles.reprint_group_id, articles.article_id)),
    articles.reprint_group_id,
    articles.is_lead desc,
    articles.source_id,
    articles.article_id
limit 200
