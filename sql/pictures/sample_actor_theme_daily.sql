-- The latest day's actors with their themes, by name.
select
    actor_theme_daily.published_on as day,
    coalesce(actors.name, actor_theme_daily.actor_id) as actor,
    coalesce(themes.label, actor_theme_daily.theme_id) as theme,
    actor_theme_daily.articles
from actor_theme_daily
left join actors on actors.actor_id = actor_theme_daily.actor_id
left join themes on themes.theme_id = actor_theme_daily.theme_id
where actor_theme_daily.published_on between $since and $until
order by
    actor_theme_daily.published_on desc,
    actor_theme_daily.articles desc,
    actor_theme_daily.actor_id,
    actor_theme_daily.theme_id
limit 10
