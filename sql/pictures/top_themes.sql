-- The themes of most articles, with and without copies.
select
    coalesce(themes.label, article_themes.theme_id) as label,
    count(distinct current_articles.article_id) as articles,
    count(distinct current_articles.reprint_group_id) as independent_articles
from article_themes
inner join articles on articles.article_id = article_themes.article_id and articles.version = article_themes.version
inner join current_articles on current_articles.article_id = articles.article_id
left join themes on themes.theme_id = article_themes.theme_id
where articles.is_current and articles.tagged and articles.published_on is not null
group by article_themes.theme_id, themes.label
order by articles desc, article_themes.theme_id
limit 15
