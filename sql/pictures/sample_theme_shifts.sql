-- The latest shifts of themes, by name.
select
    shifts.published_on as day,
    shifts.period,
    coalesce(themes.label, shifts.theme_id) as theme,
    shifts.direction,
    shifts.observed,
    round(shifts.expected, 1) as expected,
    shifts.score
from theme_shifts as shifts
left join themes on themes.theme_id = shifts.theme_id
where shifts.published_on between $since and $until
order by shifts.published_on desc, shifts.score desc, shifts.theme_id
limit 10
