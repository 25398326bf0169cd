-- What the file is that the page was made from.
select
    snapshot_id,
    built_at,
    rules_version,
    mention_confidence,
    first_published_on,
    last_published_on,
    last_landed_on
from build_info
