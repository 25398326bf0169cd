-- The day on which each source first gave something.
insert into work_source_spans (source_id, first_on)
with given as (
    select source_id, landed_on from landed_documents
    union all
    select source_id, landed_on from rejected_documents
    union all
    select source_id, landed_on from source_fetches
)

select source_id, min(landed_on) as first_on
from given
group by source_id
order by source_id
