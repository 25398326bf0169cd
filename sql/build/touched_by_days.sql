-- Articles that had or have a document on a changed day.
insert into work_articles (article_id)
with on_changed_days as (
    select article_id from work_documents
    union
    select article_id from document_versions where landed_on in (select landed_on from work_changed_days)
)

select article_id
from on_changed_days
order by article_id
