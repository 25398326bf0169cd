-- Keep the reprint groups of changed landing days as they were.
insert into work_groups_before (
    article_id, version, landed_on, reprint_group_id, is_lead, linked_to, containment, reason
)
select article_id, version, landed_on, reprint_group_id, is_lead, linked_to, containment, reason
from reprint_groups
where landed_on between cast($first as date) and cast($last as date)
