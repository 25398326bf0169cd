-- Read the reprint groups as the record has them now.
insert into work_reprints (article_id, version, reprint_group_id, is_lead, linked_to, containment, reason)
select article_id, version, reprint_group_id, is_lead, linked_to, containment, reason
from read_parquet($files, hive_partitioning = false)
order by article_id
