-- The shifts of days and weeks that begin from one day to another, of actors, themes and pairs, by name.
with found as (
    select published_on, period, 'actor' as kind, actor_id as id, null as other_id, direction, observed, expected, low, high, score
    from actor_shifts
    where published_on between $since and $until
    union all
    select published_on, period, 'theme' as kind, theme_id as id, null as other_id, direction, observed, expected, low, high, score
    from theme_shifts
    where published_on between $since and $until
    union all
    select published_on, period, 'pair' as kind, actor_id as id, other_actor_id as other_id, direction, observed, expected, low, high, score
    from pair_shifts
    where published_on between $since and $until
)

select
    found.published_on,
    found.period,
    found.kind,
    found.id,
    found.other_id,
    concat(
        coalesce(themes.label, actors.name, found.id),
        case when found.kind = 'pair' then concat(' and ', coalesce(others.name, found.other_id)) else '' end
    ) as name,
    found.direction,
    found.observed,
    found.expected,
    found.low,
    found.high,
    found.score
from found
left join actors on found.kind <> 'theme' and actors.actor_id = found.id
left join actors as others on others.actor_id = found.other_id
left join themes on found.kind = 'theme' and themes.theme_id = found.id
order by found.published_on, found.period, found.score desc, found.kind, found.id, found.other_id
