-- Short texts that one source puts under many headlines at as many addresses: a paywall or an apology, no article.
create temp table stubs as
with repeated as (
    select text_sha256
    from current_versions
    where may_have_copies and word_count < $max_words
    group by text_sha256
    having count(*) >= $headlines
)

select distinct text_sha256
from (
    select source_id, text_sha256
    from documents
    where text_sha256 in (select text_sha256 from repeated)
    group by source_id, text_sha256
    having count(distinct title_hash) >= $headlines and count(distinct article_id) >= $headlines
)
