-- What an export is a copy of.
select snapshot_id
from build_info
