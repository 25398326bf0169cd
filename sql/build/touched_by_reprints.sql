-- Articles whose place among the reprints is another than before.
insert into work_articles (article_id)
with added as (
    select article_id, version, reprint_group_id, is_lead, linked_to, containment, reason from work_reprints
    except
    select article_id, version, reprint_group_id, is_lead, linked_to, containment, reason from reprint_groups
),

removed as (
    select article_id, version, reprint_group_id, is_lead, linked_to, containment, reason from reprint_groups
    except
    select article_id, version, reprint_group_id, is_lead, linked_to, containment, reason from work_reprints
),

regrouped as (
    select article_id from added
    union
    select article_id from removed
)

select article_id
from regrouped
where article_id not in (select article_id from work_articles)
order by article_id
