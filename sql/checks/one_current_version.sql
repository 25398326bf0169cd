-- Each article has its versions once each, from 1 without a gap, and exactly its highest is current.
with counted as (
    select
        article_id,
        count(*) as row_count,
        count(distinct version) as versions,
        min(version) as first_version,
        max(version) as last_version,
        count(*) filter (where is_current) as current_rows,
        max(version) filter (where is_current) as current_version
    from articles
    where article_id in (
            select landed.article_id
            from articles as landed
            where landed.landed_on between $first_landed and $last_landed
        )
    group by article_id
)

select article_id, row_count, versions, first_version, last_version, current_rows, current_version
from counted
where row_count <> versions
    or first_version <> 1
    or last_version <> versions
    or current_rows <> 1
    or current_version is distinct from last_version
order by article_id
