-- What the articles are about.
insert into work_day_themes (article_number, published_on, source_id, shared_group, theme_id)
select distinct
    work_day_articles.article_number,
    work_day_articles.published_on,
    work_day_articles.source_id,
    work_day_articles.shared_group,
    article_themes.theme_id
from article_themes
inner join work_day_articles
    on work_day_articles.landed_on = article_themes.landed_on
    and work_day_articles.article_id = article_themes.article_id
    and work_day_articles.version = article_themes.version
where article_themes.landed_on between cast($first as date) and cast($last as date)
    and work_day_articles.tagged
