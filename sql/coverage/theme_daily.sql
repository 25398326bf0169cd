-- Count what the news is about on the publication days to be counted anew.
insert into theme_daily (published_on, theme_id, articles, independent_articles, sources, share)
with tagged_articles as (
    select published_on, count(*) as articles
    from work_day_articles
    where tagged
    group by published_on
),

themed as (
    select
        work_day_articles.published_on,
        article_themes.theme_id,
        count(distinct work_day_articles.article_number) as articles,
        count(distinct work_day_articles.group_number) as independent_articles,
        count(distinct work_day_articles.source_id) as sources
    from article_themes
    inner join work_day_articles
        on work_day_articles.article_id = article_themes.article_id
        and work_day_articles.version = article_themes.version
    where work_day_articles.tagged
    group by work_day_articles.published_on, article_themes.theme_id
)

select
    themed.published_on,
    themed.theme_id,
    themed.articles,
    themed.independent_articles,
    themed.sources,
    round(cast(themed.articles as double) / tagged_articles.articles, 6) as share
from themed
inner join tagged_articles on tagged_articles.published_on = themed.published_on
order by themed.published_on, themed.theme_id
