-- Every current article stands in one reprint group, and every group has exactly one lead, to which its copies are linked.
with grouped as (
    select
        reprint_group_id,
        count(*) filter (where is_lead) as leads,
        max(article_id) filter (where is_lead) as lead_article_id
    from reprint_groups
    group by reprint_group_id
),

problems as (
    select 'a group without exactly one lead' as problem, reprint_group_id, null as article_id
    from grouped
    where leads <> 1
    union all
    select 'a copy that is not linked to its lead' as problem, grouped.reprint_group_id, reprint_groups.article_id
    from reprint_groups
    inner join grouped on grouped.reprint_group_id = reprint_groups.reprint_group_id
    where grouped.leads = 1
        and reprint_groups.linked_to is distinct from
        case when not reprint_groups.is_lead then grouped.lead_article_id end
    union all
    select 'an article whose group is missing or another' as problem, articles.reprint_group_id, articles.article_id
    from articles
    left join reprint_groups
        on reprint_groups.article_id = articles.article_id
        and reprint_groups.version = articles.version
    where articles.is_current
        and (
            reprint_groups.article_id is null
            or articles.reprint_group_id is distinct from reprint_groups.reprint_group_id
            or articles.is_lead is distinct from reprint_groups.is_lead
        )
)

select problem, reprint_group_id, article_id
from problems
order by problem, reprint_group_id, article_id
