-- Landing days on which the touched articles had documents before. An article may have had one at any time, so this reads
-- the ids of all, and nothing else of them.
select distinct landed_on
from document_versions
where article_id in (select article_id from work_articles)
order by landed_on
