-- Every current article stands in one reprint group, and every group has exactly one lead.
with landed as (
    select article_id, version, landed_on, reprint_group_id, is_lead, linked_to
    from reprint_groups
    where landed_on between $first_landed and $last_landed
),

-- Groups reach back to articles that landed long before, so these are looked for once among all.
members as (
    select article_id, reprint_group_id, is_lead
    from reprint_groups
    where reprint_group_id in (select landed.reprint_group_id from landed)
),

grouped as (
    select
        reprint_group_id,
        count(*) filter (where is_lead) as leads
    from members
    group by reprint_group_id
),

problems as (
    select 'a group without exactly one lead' as problem, reprint_group_id, null as article_id
    from grouped
    where leads <> 1
    union all
    select 'a lead that is linked, or a copy that is not' as problem, reprint_group_id, article_id
    from landed
    where is_lead <> (linked_to is null)
    union all
    select 'a copy of an article outside its group' as problem, landed.reprint_group_id, landed.article_id
    from landed
    left join members as original
        on original.article_id = landed.linked_to
        and original.reprint_group_id = landed.reprint_group_id
    where landed.linked_to is not null and original.article_id is null
    union all
    select 'an article whose group is missing or another' as problem, articles.reprint_group_id, articles.article_id
    from articles
    left join landed
        on landed.landed_on = articles.landed_on
        and landed.article_id = articles.article_id
        and landed.version = articles.version
    where articles.landed_on between $first_landed and $last_landed
        and articles.is_current
        and (
            landed.article_id is null
            or articles.reprint_group_id is distinct from landed.reprint_group_id
            or articles.is_lead is distinct from landed.is_lead
        )
)

select problem, reprint_group_id, article_id
from problems
order by problem, reprint_group_id, article_id
