-- Pairs of texts with at least two kept shingles in common, at least one text of a day at hand, each pair once.
create or replace temp table pairs as
with hashes as materialized (
    select number, text_number, is_at_hand, first_day, last_day, shingles, true as is_fact, unnest(facts) as hash
    from texts
    union all
    select number, text_number, is_at_hand, first_day, last_day, shingles, false as is_fact, unnest(others) as hash
    from texts
),

-- Most shingles stand in one text only.
repeated as (
    select hash
    from hashes
    group by hash
    having count(*) > 1
),

joinable as materialized (
    select * from hashes
    where hash in (select hash from repeated)
),

shared as (
    select
        one.number as one_number,
        other.number as other_number,
        count(*) as matches,
        count(*) filter (case when one.shingles <= other.shingles then one.is_fact else other.is_fact end) as fact_matches
    from joinable as one
    inner join joinable as other on other.hash = one.hash
    where one.is_at_hand
        and (not other.is_at_hand or one.number < other.number)
        and one.text_number <> other.text_number
        and one.first_day <= other.last_day + $window_days
        and other.first_day <= one.last_day + $window_days
    group by one.number, other.number
    having count(*) >= 2
)

select
    shared.matches,
    shared.fact_matches,
    least(one.shingles, other.shingles) as shingles,
    case when one.shingles <= other.shingles then one.fact_shingles else other.fact_shingles end as fact_shingles,
    one.text_sha256 as one_text,
    one.landed_on as one_landed_on,
    other.text_sha256 as other_text,
    other.landed_on as other_landed_on,
    shared.matches / (one.shingles + other.shingles - shared.matches) as strength
from shared
inner join texts as one on one.number = shared.one_number
inner join texts as other on other.number = shared.other_number
