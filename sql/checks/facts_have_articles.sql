-- Every row of a fact table belongs to an article version that is there, and lies under that version's landing day.
with facts as (
    select 'article_repairs' as table_name, article_id, version, landed_on from article_repairs
    union all
    select 'mentions' as table_name, article_id, version, landed_on from mentions
    union all
    select 'quotes' as table_name, article_id, version, landed_on from quotes
    union all
    select 'article_themes' as table_name, article_id, version, landed_on from article_themes
    union all
    select 'theme_evidence' as table_name, article_id, version, landed_on from theme_evidence
    union all
    select 'reprint_groups' as table_name, article_id, version, landed_on from reprint_groups
),

kept as (
    select article_id, version, landed_on
    from articles
    where landed_on between $first_landed and $last_landed
)

select facts.table_name, facts.article_id, facts.version, facts.landed_on, count(*) as orphans
from facts
left join kept
    on kept.landed_on = facts.landed_on
    and kept.article_id = facts.article_id
    and kept.version = facts.version
where facts.landed_on between $first_landed and $last_landed
    and kept.article_id is null
group by facts.table_name, facts.article_id, facts.version, facts.landed_on
order by facts.table_name, facts.article_id, facts.version, facts.landed_on
