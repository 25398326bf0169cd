-- Put in the reprint groups of the touched articles.
insert into reprint_groups (article_id, version, reprint_group_id, is_lead, linked_to, containment, reason)
select article_id, version, reprint_group_id, is_lead, linked_to, containment, reason
from work_reprints
where article_id in (select article_id from work_articles)
order by article_id
