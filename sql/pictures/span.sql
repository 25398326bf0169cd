-- The first and last publication day with an article, and the first and last landing day of the ledger.
select
    first_published_on,
    last_published_on,
    (select min(landed_on) from source_daily) as first_landed_on,
    last_landed_on
from build_info
