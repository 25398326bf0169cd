-- The actors and themes that share most articles; articles are additive over days, independent ones are not and left out.
select
    concat(
        coalesce(any_value(actors.name), actor_theme_daily.actor_id),
        ': ',
        coalesce(any_value(themes.label), actor_theme_daily.theme_id)
    ) as label,
    cast(sum(actor_theme_daily.articles) as bigint) as articles
from actor_theme_daily
left join actors on actors.actor_id = actor_theme_daily.actor_id
left join themes on themes.theme_id = actor_theme_daily.theme_id
group by actor_theme_daily.actor_id, actor_theme_daily.theme_id
order by articles desc, actor_theme_daily.actor_id, actor_theme_daily.theme_id
limit 15
