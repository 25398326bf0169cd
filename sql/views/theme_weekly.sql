-- What the news is about, week by week: one row per week and theme found in it. Weeks begin on Monday; copies are counted
-- once over the whole week, so these rows are not sums of theme_daily.
-- Example: from theme_weekly where started_on >= date '2022-03-01' order by started_on, articles desc, theme_id
--
-- started_on: Monday of the week.
-- theme_id: The theme.
-- label: Its label.
-- articles: Articles about the theme.
-- independent_articles: The same with copies counted once.
-- sources: Sources with such an article.
-- days: Days with such an article.
-- share: articles as a share of the week's tagged articles, rounded to 6 places.
create or replace view theme_weekly as
with totals as (
    select cast(date_trunc('week', day_totals.published_on) as date) as started_on, sum(day_totals.tagged) as tagged
    from day_totals
    group by cast(date_trunc('week', day_totals.published_on) as date)
),

counted as (
    select
        cast(date_trunc('week', articles.published_on) as date) as started_on,
        article_themes.theme_id,
        count(*) as articles,
        count(distinct articles.reprint_group_id) as independent_articles,
        count(distinct articles.source_id) as sources,
        count(distinct articles.published_on) as days
    from article_themes
    inner join articles
        on articles.landed_on = article_themes.landed_on
        and articles.article_id = article_themes.article_id
        and articles.version = article_themes.version
    where articles.is_current and articles.tagged and articles.published_on is not null
    group by cast(date_trunc('week', articles.published_on) as date), article_themes.theme_id
)

select
    counted.started_on,
    counted.theme_id,
    coalesce(themes.label, counted.theme_id) as label,
    counted.articles,
    counted.independent_articles,
    counted.sources,
    counted.days,
    round(counted.articles / cast(totals.tagged as double), 6) as share
from counted
inner join totals on totals.started_on = counted.started_on
left join themes on themes.theme_id = counted.theme_id
