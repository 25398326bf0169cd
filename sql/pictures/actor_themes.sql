-- The ten leading actors by the ten leading themes: articles that name the one and are about the other.
with during as (
    select actor_id, theme_id, cast(sum(articles) as bigint) as articles
    from actor_theme_daily
    where published_on between $since and $until
    group by actor_id, theme_id
),

leading_actors as (
    select actor_id, sum(articles) as weight
    from during
    group by actor_id
    order by weight desc, actor_id
    limit 10
),

leading_themes as (
    select theme_id, sum(articles) as weight
    from during
    group by theme_id
    order by weight desc, theme_id
    limit 10
)

select
    coalesce(actors.name, during.actor_id) as row_label,
    coalesce(themes.label, during.theme_id) as column_label,
    during.articles
from during
inner join leading_actors on leading_actors.actor_id = during.actor_id
inner join leading_themes on leading_themes.theme_id = during.theme_id
left join actors on actors.actor_id = during.actor_id
left join themes on themes.theme_id = during.theme_id
order by
    leading_actors.weight desc, leading_actors.actor_id, leading_themes.weight desc, leading_themes.theme_id
