-- The latest shifts of actors, by name.
select
    shifts.published_on as day,
    shifts.period,
    coalesce(actors.name, shifts.actor_id) as actor,
    shifts.direction,
    shifts.observed,
    round(shifts.expected, 1) as expected,
    shifts.score
from actor_shifts as shifts
left join actors on actors.actor_id = shifts.actor_id
where shifts.published_on between $since and $until
order by shifts.published_on desc, shifts.score desc, shifts.actor_id
limit 10
