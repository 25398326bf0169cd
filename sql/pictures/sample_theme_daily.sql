-- The latest day's leading themes, by label.
select
    theme_daily.published_on as day,
    coalesce(themes.label, theme_daily.theme_id) as theme,
    theme_daily.articles,
    theme_daily.independent_articles as "no copies",
    theme_daily.sources
from theme_daily
left join themes on themes.theme_id = theme_daily.theme_id
where theme_daily.published_on between $since and $until
order by theme_daily.published_on desc, theme_daily.articles desc, theme_daily.theme_id
limit 10
