-- The landing days on which a row of the chosen articles can lie.
select distinct landed_on
from documents
