-- The files that the candidate was made from.
select table_name, landed_on, file_name, sha256
from build_manifest
