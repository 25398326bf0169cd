-- The rows of the ledger to be made anew: those that a changed landing day reaches (a day's expectation looks back
-- 28 days), those that are not there yet, and all of a source whose first day is another than before.
insert into work_ledger (source_id, landed_on)
with all_rows as (
    select
        source_id,
        cast(unnest(generate_series(
            cast(first_on as timestamp), cast(cast($last_day as date) as timestamp), interval 1 day
        )) as date) as landed_on
    from work_source_spans
),

reached as (
    select distinct cast(work_ledger_days.landed_on + cast(ahead.days as integer) as date) as landed_on
    from work_ledger_days
    cross join (select unnest(generate_series(0, 28)) as days) as ahead
),

begins_elsewhere as (
    select work_source_spans.source_id
    from work_source_spans
    left join (
        select source_id, min(landed_on) as first_on from source_daily group by source_id
    ) as before on before.source_id = work_source_spans.source_id
    where before.first_on is distinct from work_source_spans.first_on
)

select all_rows.source_id, all_rows.landed_on
from all_rows
left join source_daily
    on source_daily.source_id = all_rows.source_id
    and source_daily.landed_on = all_rows.landed_on
where source_daily.landed_on is null
    or all_rows.source_id in (select source_id from begins_elsewhere)
    or all_rows.landed_on in (select landed_on from reached)
order by all_rows.landed_on, all_rows.source_id
