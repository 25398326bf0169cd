-- The first and last landing day of the ledger.
select min(landed_on) as first_on, max(landed_on) as last_on
from source_daily
