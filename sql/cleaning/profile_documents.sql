-- The documents that habits are learned from: the first of each source by document_id, each once.
with documents as (
    select source_id, document_id, min(landed_on) as landed_on
    from read_parquet($files)
    where media_type <> 'taken_down'
    group by source_id, document_id
)

select landed_on, document_id
from documents
qualify row_number() over (partition by source_id order by document_id) <= $max_documents
order by landed_on, document_id
