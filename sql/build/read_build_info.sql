-- What state of the data a file holds, and by which rules it was built.
select snapshot_id, build_rules
from build_info
order by snapshot_id
