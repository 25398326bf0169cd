-- How coverage of a theme moves: one row per theme meant and day (or week, or month) from since to until, those without
-- articles included. Takes an id, a label or a Media Topics code; without dates, from the first to the last day with an article.
-- Example: from theme_timeline('Oil and gas', since := date '2022-03-01', until := date '2022-03-31', per := 'week')
--
-- published_on: Day of publication; the first day of the week or month.
-- theme_id: The theme.
-- label: Its label.
-- articles: Articles about the theme.
-- independent_articles: The same with copies counted once over the whole day, week or month.
-- sources: Sources with such an article.
-- share: articles as a share of tagged_articles; null where there is nothing to have a share of.
-- tagged_articles: All tagged articles of the time: the denominator.
create or replace macro theme_timeline(theme, since := null, until := null, per := 'day') as table
with found as (
    select found_themes.theme_id, found_themes.label
    from find_theme(theme) as found_themes
),

span as (
    select
        coalesce(cast(since as date), build_info.first_published_on) as first_on,
        coalesce(cast(until as date), build_info.last_published_on) as last_on
    from build_info
),

periods as (
    select distinct cast(date_trunc(per, days.published_on) as date) as started_on
    from (
        select cast(unnest(generate_series(
            cast(span.first_on as timestamp), cast(span.last_on as timestamp), interval 1 day
        )) as date) as published_on
        from span
    ) as days
),

totals as (
    select
        cast(date_trunc(per, day_totals.published_on) as date) as started_on,
        cast(sum(day_totals.tagged) as bigint) as tagged_articles
    from day_totals
    cross join span
    where day_totals.published_on between span.first_on and span.last_on
    group by cast(date_trunc(per, day_totals.published_on) as date)
),

counted as (
    select
        cast(date_trunc(per, articles.published_on) as date) as started_on,
        article_themes.theme_id,
        count(*) as articles,
        count(distinct articles.reprint_group_id) as independent_articles,
        count(distinct articles.source_id) as sources
    from article_themes
    inner join articles
        on articles.landed_on = article_themes.landed_on
        and articles.article_id = article_themes.article_id
        and articles.version = article_themes.version
    cross join span
    where article_themes.theme_id in (select found.theme_id from found)
        and articles.is_current
        and articles.tagged
        and articles.published_on between span.first_on and span.last_on
    group by cast(date_trunc(per, articles.published_on) as date), article_themes.theme_id
)

select
    periods.started_on as published_on,
    found.theme_id,
    found.label,
    coalesce(counted.articles, 0) as articles,
    coalesce(counted.independent_articles, 0) as independent_articles,
    coalesce(counted.sources, 0) as sources,
    round(coalesce(counted.articles, 0) / nullif(cast(totals.tagged_articles as double), 0), 6) as share,
    coalesce(totals.tagged_articles, 0) as tagged_articles
from periods
cross join found
left join counted on counted.started_on = periods.started_on and counted.theme_id = found.theme_id
left join totals on totals.started_on = periods.started_on
order by found.theme_id, periods.started_on
