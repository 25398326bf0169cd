-- What is covered by the outlets of which country, day by day: one row per publication day, source country and theme.
-- Example: from theme_country_daily where published_on = date '2022-03-16' order by articles desc, source_country, theme_id
--
-- published_on: Day of publication.
-- source_country: Country of the outlets (sources.country); null for sources of which none is known.
-- theme_id: The theme.
-- label: Its label.
-- articles: Articles of these outlets that are about the theme.
-- independent_articles: Those of them that were the first of their reprint group on the day; they add up over countries.
-- share: articles as a share of these outlets' tagged articles of the day, rounded to 6 places.
create or replace view theme_country_daily as
with totals as (
    select day_totals.published_on, sources.country as source_country, sum(day_totals.tagged) as tagged
    from day_totals
    left join sources on sources.source_id = day_totals.source_id
    group by day_totals.published_on, sources.country
),

counted as (
    select
        theme_source_daily.published_on,
        sources.country as source_country,
        theme_source_daily.theme_id,
        cast(sum(theme_source_daily.articles) as bigint) as articles,
        cast(sum(theme_source_daily.independent_articles) as bigint) as independent_articles
    from theme_source_daily
    left join sources on sources.source_id = theme_source_daily.source_id
    group by theme_source_daily.published_on, sources.country, theme_source_daily.theme_id
)

select
    counted.published_on,
    counted.source_country,
    counted.theme_id,
    coalesce(themes.label, counted.theme_id) as label,
    counted.articles,
    counted.independent_articles,
    round(counted.articles / cast(totals.tagged as double), 6) as share
from counted
inner join totals
    on totals.published_on = counted.published_on
    and totals.source_country is not distinct from counted.source_country
left join themes on themes.theme_id = counted.theme_id
