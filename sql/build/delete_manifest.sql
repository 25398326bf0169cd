-- Take the files that were added, changed or removed out of the manifest.
delete from build_manifest
where exists (
    select 1
    from changed_files
    where changed_files.table_name = build_manifest.table_name
        and changed_files.landed_on is not distinct from build_manifest.landed_on
        and changed_files.file_name = build_manifest.file_name
)
