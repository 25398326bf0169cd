-- The themes of most articles, with and without copies.
select
    article_themes.theme_id as id,
    coalesce(themes.label, article_themes.theme_id) as label,
    count(distinct articles.article_id) as articles,
    count(distinct articles.reprint_group_id) as independent_articles
from article_themes
inner join articles on articles.article_id = article_themes.article_id and articles.version = article_themes.version
left join themes on themes.theme_id = article_themes.theme_id
where articles.is_current and articles.tagged and articles.published_on between $since and $until
group by article_themes.theme_id, themes.label
order by articles desc, article_themes.theme_id
limit 15
