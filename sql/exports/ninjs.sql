-- The articles that count, with who is named in them and what they are about: one row per article.
select
    articles.article_id,
    articles.version,
    articles.url,
    articles.title,
    articles.text,
    articles.language,
    articles.author,
    articles.published_at,
    articles.published_on,
    articles.date_method,
    min(articles.first_seen_at) over (partition by articles.article_id) as first_seen_at,
    articles.first_seen_at as version_seen_at,
    articles.word_count,
    articles.source_id,
    coalesce(sources.name, articles.source_id) as source,
    named.actors,
    about.themes
from articles
left join sources on sources.source_id = articles.source_id
left join (
    select
        mentioned.article_id,
        mentioned.version,
        list(
            struct_pack(
                actor_id := mentioned.actor_id,
                name := coalesce(actors.name, mentioned.actor_id),
                actor_type := coalesce(actors.actor_type, 'other'),
                wikidata := actors.wikidata
            )
            order by mentioned.actor_id
        ) as actors
    from (
        select distinct mentions.article_id, mentions.version, mentions.actor_id
        from mentions
        where mentions.confidence >= (select build_info.mention_confidence from build_info)
    ) as mentioned
    left join actors on actors.actor_id = mentioned.actor_id
    group by mentioned.article_id, mentioned.version
) as named on named.article_id = articles.article_id and named.version = articles.version
left join (
    select
        article_themes.article_id,
        article_themes.version,
        list(
            struct_pack(
                theme_id := article_themes.theme_id,
                label := coalesce(themes.label, article_themes.theme_id),
                medtop := themes.medtop,
                score := article_themes.score
            )
            order by article_themes.theme_id
        ) as themes
    from article_themes
    left join themes on themes.theme_id = article_themes.theme_id
    group by article_themes.article_id, article_themes.version
) as about on about.article_id = articles.article_id and about.version = articles.version
qualify articles.is_current
order by articles.article_id
