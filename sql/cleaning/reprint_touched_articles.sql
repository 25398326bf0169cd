-- The articles whose rows are replaced: those that changed days have or had, and those that were grouped anew.
select article_id
from changed_documents
union
select article_id
from current_versions
