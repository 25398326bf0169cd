-- Take the shifts of changed periods out: those asked, and those of days that have no news any more.
delete from the_table
where period = $period
    and (
        published_on in (select starts_on from work_shift_periods)
        or published_on in (
            select cast(date_trunc($period, published_on) as date) from work_published_days
        )
    )
