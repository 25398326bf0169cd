-- Take out the rows of the ledger to be made anew, and those before a source's first day or after the last day on record.
delete from source_daily
where exists (
        select 1
        from work_ledger
        where work_ledger.source_id = source_daily.source_id
            and work_ledger.landed_on = source_daily.landed_on
    )
    or not exists (
        select 1
        from work_source_spans
        where work_source_spans.source_id = source_daily.source_id
            and source_daily.landed_on >= work_source_spans.first_on
    )
    or landed_on > cast($last_day as date)
