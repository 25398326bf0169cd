-- Landing days tagged under other rules than the newest landing day: counts across them mix two sets of rules.
-- Remedy: run these days again.
with versions as (
    select distinct articles.landed_on, mentions.rules_version
    from mentions
    inner join articles on articles.article_id = mentions.article_id and articles.version = mentions.version
),

present as (
    select versions.rules_version
    from versions
    where versions.landed_on = (select max(latest.landed_on) from versions as latest)
)

select versions.landed_on, versions.rules_version
from versions
where versions.rules_version not in (select present.rules_version from present)
order by versions.landed_on, versions.rules_version
