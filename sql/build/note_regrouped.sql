-- Articles whose place among the reprints is another than before, with the place that they have now; none where they
-- have none any more. Articles that are put in again anyway are left out.
insert into work_regrouped (article_id, version, landed_on, reprint_group_id, is_lead)
with now as (
    select article_id, version, landed_on, reprint_group_id, is_lead
    from reprint_groups
    where landed_on between cast($first as date) and cast($last as date)
),

before as (
    select article_id, version, landed_on, reprint_group_id, is_lead
    from work_groups_before
    where landed_on between cast($first as date) and cast($last as date)
)

select
    coalesce(now.article_id, before.article_id) as article_id,
    coalesce(now.version, before.version) as version,
    coalesce(now.landed_on, before.landed_on) as landed_on,
    now.reprint_group_id,
    now.is_lead
from now
full join before
    on before.article_id = now.article_id
    and before.version = now.version
    and before.landed_on = now.landed_on
where (
        now.reprint_group_id is distinct from before.reprint_group_id
        or now.is_lead is distinct from before.is_lead
    )
    and coalesce(now.article_id, before.article_id) not in (select article_id from work_articles)
