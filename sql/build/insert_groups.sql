-- Put in the reprint groups of changed landing days.
insert into reprint_groups (
    article_id, version, landed_on, reprint_group_id, is_lead, linked_to, containment, reason
)
select
    article_id,
    version,
    cast(regexp_extract(filename, '([0-9]{4}-[0-9]{2}-[0-9]{2})/[^/]*$', 1) as date) as landed_on,
    reprint_group_id,
    is_lead,
    linked_to,
    containment,
    reason
from read_parquet($files, filename = true, hive_partitioning = false)
order by landed_on, article_id
