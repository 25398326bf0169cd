-- Take landing days out of a table.
delete from the_table
where landed_on between cast($first as date) and cast($last as date)
