-- The themes whose coverage shifts most, by their most surprising day or week.
select shifts.theme_id as id, coalesce(any_value(themes.label), shifts.theme_id) as label
from theme_shifts as shifts
left join themes on themes.theme_id = shifts.theme_id
where shifts.published_on between $since and $until
group by shifts.theme_id
order by max(shifts.score) desc, shifts.theme_id
limit 8
