-- Say what this file is.
insert into build_info (
    snapshot_id, schema_version, built_at, rules_version, build_rules, mention_confidence, first_published_on,
    last_published_on, last_landed_on, duckdb_version
)
with rules as (
    select count(distinct rules_version) as number, string_agg(distinct rules_version, ', ' order by rules_version) as names
    from rules_daily
),

span as (
    select min(published_on) as first_published_on, max(published_on) as last_published_on
    from day_totals
)

select
    $snapshot_id,
    $schema_version,
    cast($built_at as timestamp),
    case when rules.number > 1 then concat('mixed: ', rules.names) else rules.names end as rules_version,
    $build_rules,
    $mention_confidence,
    span.first_published_on,
    span.last_published_on,
    cast($last_day as date),
    $duckdb_version
from rules
cross join span
