-- The themes of most articles of a day, with the words that speak for each.
with evidence as (
    select
        theme_evidence.theme_id,
        list(distinct lower(theme_evidence.surface) order by lower(theme_evidence.surface)) as words
    from theme_evidence
    inner join articles
        on articles.article_id = theme_evidence.article_id and articles.version = theme_evidence.version
    inner join article_themes
        on article_themes.article_id = theme_evidence.article_id
        and article_themes.version = theme_evidence.version
        and article_themes.theme_id = theme_evidence.theme_id
    where articles.is_current and articles.published_on = $day and theme_evidence.weight > 0
    group by theme_evidence.theme_id
)

select
    theme_daily.theme_id,
    coalesce(themes.label, theme_daily.theme_id) as name,
    theme_daily.articles,
    theme_daily.independent_articles,
    theme_daily.sources,
    theme_daily.share,
    evidence.words[1:12] as words
from theme_daily
left join themes on themes.theme_id = theme_daily.theme_id
left join evidence on evidence.theme_id = theme_daily.theme_id
where theme_daily.published_on = $day
order by theme_daily.articles desc, theme_daily.independent_articles desc, theme_daily.theme_id
limit 12
