-- Texts that may have to be compared: those of the days at hand, and those published within the window of them. Days whose
-- turn comes later are left out; they will look back at these.
create or replace temp table texts as
select
    cast(row_number() over (order by landed_on, text_sha256) as integer) as number,
    cast(dense_rank() over (order by text_sha256) as integer) as text_number,
    landed_on,
    text_sha256,
    cast(first_day - date '1970-01-01' as integer) as first_day,
    cast(last_day - date '1970-01-01' as integer) as last_day,
    landed_on in (select unnest($days)) as is_at_hand,
    cast(len(facts) + len(others) as integer) as shingles,
    cast(len(facts) as integer) as fact_shingles,
    facts,
    others
from read_parquet($files)
where last_day >= $since - to_days($window_days)
    and first_day <= $until + to_days($window_days)
    and landed_on not in (select unnest($later))
