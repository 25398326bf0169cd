-- The first and last publication day with an article, and the last landing day on record.
select first_published_on, last_published_on, last_landed_on
from build_info
