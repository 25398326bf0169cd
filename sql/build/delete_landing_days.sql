-- Take changed landing days out of a table.
delete from the_table
where list_contains(cast($days as date[]), landed_on)
