-- Empty a table that is put in whole.
delete from the_table
