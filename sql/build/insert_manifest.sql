-- Put in those of them that the record holds now.
insert into build_manifest (table_name, landed_on, file_name, byte_count, sha256)
select table_name, landed_on, file_name, byte_count, sha256
from changed_files
where sha256 is not null
order by table_name, landed_on, file_name
