-- Count by source what is covered on the publication days to be counted anew. Articles are numbered in the order of their
-- publication, so the least number of a group is its first article of the day.
insert into theme_source_daily (published_on, source_id, theme_id, articles, independent_articles)
with about as (
    select
        work_day_articles.published_on,
        work_day_articles.source_id,
        work_day_articles.group_number,
        article_themes.theme_id,
        work_day_articles.article_number = min(work_day_articles.article_number) over (
            partition by work_day_articles.published_on, article_themes.theme_id, work_day_articles.group_number
        ) as is_first
    from work_day_articles
    inner join article_themes
        on article_themes.article_id = work_day_articles.article_id
        and article_themes.version = work_day_articles.version
    where work_day_articles.tagged
)

select
    published_on,
    source_id,
    theme_id,
    count(*) as articles,
    count(*) filter (where is_first and group_number is not null) as independent_articles
from about
group by published_on, source_id, theme_id
order by published_on, source_id, theme_id
