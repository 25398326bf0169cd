-- The latest shifts of pairs, by name.
select
    shifts.published_on as day,
    shifts.period,
    coalesce(one.name, shifts.actor_id) as actor,
    coalesce(other.name, shifts.other_actor_id) as "with",
    shifts.direction,
    shifts.observed,
    round(shifts.expected, 1) as expected,
    shifts.score
from pair_shifts as shifts
left join actors as one on one.actor_id = shifts.actor_id
left join actors as other on other.actor_id = shifts.other_actor_id
where shifts.published_on between $since and $until
order by shifts.published_on desc, shifts.score desc, shifts.actor_id, shifts.other_actor_id
limit 10
