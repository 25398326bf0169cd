-- Periods with news that a changed publication day reaches: its own, and those in whose past it lies.
insert into work_shift_periods (starts_on)
select distinct cast(date_trunc($period, day_totals.published_on) as date) as starts_on
from day_totals
inner join work_published_days
    on date_trunc($period, day_totals.published_on) >= date_trunc($period, work_published_days.published_on)
    and date_trunc($period, day_totals.published_on)
    <= date_trunc($period, work_published_days.published_on) + to_days(cast($window_days as integer))
order by starts_on
