-- Copy a table of counts out of the published file, to be compared with what it becomes.
create table the_copy as
from published.the_table
