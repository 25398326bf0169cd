-- Touched documents that are not the first version of their article, so that the facts of all others need no looking up.
insert into work_odd_documents (document_id, landed_on, version)
select document_id, landed_on, version
from work_versions
where version is distinct from 1
order by landed_on, document_id
