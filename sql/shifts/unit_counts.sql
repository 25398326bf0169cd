-- Independent articles per period, source and numbered unit (an actor or a theme) from $since to $until (both included).
select
    cast(date_trunc($period, the_table.published_on) as date) as starts_on,
    the_table.source_id,
    work_shift_units.unit_number as unit,
    cast(sum(the_table.independent_articles) as bigint) as articles
from the_table
inner join work_shift_units on work_shift_units.unit_id = the_table.the_unit
where the_table.published_on between $since and $until and the_table.independent_articles > 0
group by all
