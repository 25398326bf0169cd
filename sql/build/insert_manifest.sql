-- Put in the files that the record holds now.
insert into build_manifest (table_name, landed_on, file_name, byte_count, sha256)
select table_name, landed_on, file_name, byte_count, sha256
from found_files
order by table_name, landed_on, file_name
