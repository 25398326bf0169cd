-- Take publication days out of a coverage table.
delete from the_table
where published_on between cast($first as date) and cast($last as date)
    and published_on in (select published_on from work_days)
