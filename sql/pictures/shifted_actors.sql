-- The actors whose coverage shifts most, by their most surprising day or week.
select shifts.actor_id as id, coalesce(any_value(actors.name), shifts.actor_id) as label
from actor_shifts as shifts
left join actors on actors.actor_id = shifts.actor_id
where shifts.published_on between $since and $until
group by shifts.actor_id
order by max(shifts.score) desc, shifts.actor_id
limit 8
