-- Counts of themes that a retag moved: one row per publication day and theme.
with moved as (
    select
        coalesce(before.published_on, after.published_on) as published_on,
        coalesce(before.theme_id, after.theme_id) as theme_id,
        coalesce(before.articles, 0) as articles_before,
        coalesce(after.articles, 0) as articles_after
    from theme_daily_before as before
    full join theme_daily_after as after
        on after.published_on = before.published_on and after.theme_id = before.theme_id
)

select published_on, theme_id as theme, articles_before, articles_after
from moved
where articles_before <> articles_after
order by abs(articles_after - articles_before) desc, published_on, theme_id
