-- Landing days of the articles that have several documents, whose texts must be compared to know the current version.
with contested as (
    select article_id
    from documents
    group by article_id
    having count(*) > 1
)

select distinct landed_on
from documents
where article_id in (select article_id from contested)
order by landed_on
