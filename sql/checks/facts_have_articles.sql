-- Every row of a fact table belongs to an article version that is there.
with facts as (
    select 'article_repairs' as table_name, article_id, version from article_repairs
    union all
    select 'mentions' as table_name, article_id, version from mentions
    union all
    select 'quotes' as table_name, article_id, version from quotes
    union all
    select 'article_themes' as table_name, article_id, version from article_themes
    union all
    select 'theme_evidence' as table_name, article_id, version from theme_evidence
    union all
    select 'reprint_groups' as table_name, article_id, version from reprint_groups
)

select facts.table_name, facts.article_id, facts.version, count(*) as orphans
from facts
left join articles on articles.article_id = facts.article_id and articles.version = facts.version
where articles.article_id is null
group by facts.table_name, facts.article_id, facts.version
order by facts.table_name, facts.article_id, facts.version
