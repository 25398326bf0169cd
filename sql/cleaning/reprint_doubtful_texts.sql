-- The texts of those pairs.
create or replace temp table doubtful_texts as
with wanted as (
    select one_text as text_sha256 from pairs where not is_clear
    union
    select other_text as text_sha256 from pairs where not is_clear
)

select text_sha256, any_value(text order by document_id) as text
from read_parquet($files)
where text_sha256 in (select text_sha256 from wanted)
group by text_sha256
