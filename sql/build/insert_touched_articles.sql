-- Articles that had or have a document on a changed day.
insert into work_articles (article_id)
with on_changed_days as (
    select article_id from work_documents
    union
    select document_versions.article_id
    from document_versions
    inner join work_changed_days on work_changed_days.landed_on = document_versions.landed_on
)

select article_id
from on_changed_days
order by article_id
