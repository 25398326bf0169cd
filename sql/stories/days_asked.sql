-- Publication days with tagged articles whose groups a changed day can alter: its own, and those within $reach days after it.
select distinct day_totals.published_on
from day_totals
inner join work_published_days
    on day_totals.published_on >= work_published_days.published_on
    and day_totals.published_on <= work_published_days.published_on + cast($reach as integer)
where day_totals.tagged > 0
order by day_totals.published_on
