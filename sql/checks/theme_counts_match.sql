-- The counts by theme are those that the articles' themes give when they are counted from the beginning.
with counted as (
    select
        articles.published_on,
        article_themes.theme_id,
        count(distinct articles.article_id) as articles,
        count(distinct articles.reprint_group_id) as independent_articles,
        count(distinct articles.source_id) as sources
    from article_themes
    inner join articles on articles.article_id = article_themes.article_id and articles.version = article_themes.version
    where articles.is_current and articles.tagged and articles.published_on is not null
    group by articles.published_on, article_themes.theme_id
),

added as (
    select published_on, theme_id, articles, independent_articles, sources from theme_daily
    except all
    select published_on, theme_id, articles, independent_articles, sources from counted
),

missing as (
    select published_on, theme_id, articles, independent_articles, sources from counted
    except all
    select published_on, theme_id, articles, independent_articles, sources from theme_daily
)

select 'stored' as found_in, published_on, theme_id, articles, independent_articles, sources from added
union all
select 'counted' as found_in, published_on, theme_id, articles, independent_articles, sources from missing
order by published_on, theme_id, found_in
