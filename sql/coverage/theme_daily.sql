-- Count what the news is about on the publication days to be counted anew.
insert into theme_daily (published_on, theme_id, articles, independent_articles, sources, share)
with tagged_articles as (
    select published_on, cast(count(*) as double) as articles
    from work_day_articles
    where tagged
    group by published_on
),

themed as (
    select
        published_on,
        theme_id,
        count(*) as articles,
        count(*) filter (where shared_group is null) + count(distinct shared_group) as independent_articles,
        count(distinct source_id) as sources
    from work_day_themes
    group by published_on, theme_id
)

select
    themed.published_on,
    themed.theme_id,
    themed.articles,
    themed.independent_articles,
    themed.sources,
    round(themed.articles / tagged_articles.articles, 6) as share
from themed
inner join tagged_articles on tagged_articles.published_on = themed.published_on
order by themed.published_on, themed.theme_id
