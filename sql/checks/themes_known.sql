-- Every theme found is in the taxonomy.
with found as (
    select 'article_themes' as table_name, theme_id, article_id
    from article_themes
    where landed_on between $first_landed and $last_landed
    union all
    select 'theme_evidence' as table_name, theme_id, article_id
    from theme_evidence
    where landed_on between $first_landed and $last_landed
)

select found.table_name, found.theme_id, count(*) as row_count, min(found.article_id) as article_id
from found
left join themes on themes.theme_id = found.theme_id
where themes.theme_id is null
group by found.table_name, found.theme_id
order by found.table_name, found.theme_id
