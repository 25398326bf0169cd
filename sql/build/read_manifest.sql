-- The files that the candidate was made from.
select table_name, landed_on, file_name, byte_count, sha256
from build_manifest
order by table_name, landed_on, file_name
