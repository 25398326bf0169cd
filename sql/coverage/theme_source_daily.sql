-- Count by source what is covered on the publication days to be counted anew. Articles are numbered in the order of their
-- publication, so the least number of a shared group is its first article of the day.
insert into theme_source_daily (published_on, source_id, theme_id, articles, independent_articles)
with firsts as (
    select min(article_number) as article_number, theme_id
    from work_day_themes
    where shared_group is not null
    group by published_on, shared_group, theme_id
)

select
    themed.published_on,
    themed.source_id,
    themed.theme_id,
    count(*) as articles,
    count(*) filter (where themed.shared_group is null or firsts.article_number is not null) as independent_articles
from work_day_themes as themed
left join firsts on firsts.article_number = themed.article_number and firsts.theme_id = themed.theme_id
group by themed.published_on, themed.source_id, themed.theme_id
order by themed.published_on, themed.source_id, themed.theme_id
