-- The latest day's themes by source, by name.
select
    counts.published_on as day,
    counts.source_id as source,
    coalesce(themes.label, counts.theme_id) as theme,
    counts.articles
from theme_source_daily as counts
left join themes on themes.theme_id = counts.theme_id
where counts.published_on between $since and $until
order by counts.published_on desc, counts.articles desc, counts.theme_id, counts.source_id
limit 10
