-- Landing days of the touched articles' documents, as document_versions has them now.
insert into work_ledger_days (landed_on)
select distinct landed_on
from document_versions
where article_id in (select article_id from work_articles)
    and landed_on not in (select landed_on from work_ledger_days)
order by landed_on
