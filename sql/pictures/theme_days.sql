-- Given themes day by day; days without an article about a theme have no row.
select theme_id as id, published_on, articles, independent_articles
from theme_daily
where published_on between $since and $until and list_contains($ids, theme_id)
order by theme_id, published_on
