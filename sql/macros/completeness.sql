-- How complete the sources were from since to until (landing days, both included; without them, all on record): one row per source.
-- Example: from completeness(since := date '2022-03-01', until := date '2022-03-31')
--
-- source_id: The source.
-- name: Its name.
-- days: Landing days of the period, from the source's first one on.
-- days_with_landing: Those on which something landed.
-- silent_days: Those on which nothing landed though the source's own rhythm leads to expect it.
-- failed_days: Those whose last fetch failed.
-- landed: Documents that landed.
-- expected: What the source's own rhythm leads to expect, over the days for which it is known, rounded to 1 place; null where it is for none.
-- complete: landed on those days as a share of expected, at most 1, rounded to 4 places; null without an expectation.
-- rejected: Documents that could not be read.
-- undated: Landed documents without a day of publication, which no day counts.
-- duplicate: Landed documents that brought nothing new.
-- untagged: Current articles of these landing days in a language without a tagger, which no share counts.
-- last_landed_on: Last day on which something landed; null without any.
-- last_failure: What went wrong when a fetch last failed; null where none did.
create or replace macro completeness(since := null, until := null) as table
with counted as (
    select
        source_daily.source_id,
        count(*) as days,
        count(*) filter (where source_daily.landed > 0) as days_with_landing,
        count(*) filter (where source_daily.gap and coalesce(source_daily.outcome, '') <> 'failed') as silent_days,
        count(*) filter (where source_daily.outcome = 'failed') as failed_days,
        cast(sum(source_daily.landed) as bigint) as landed,
        sum(source_daily.expected) as expected,
        sum(source_daily.landed) filter (where source_daily.expected is not null) as met,
        cast(sum(source_daily.rejected) as bigint) as rejected,
        cast(sum(source_daily.undated) as bigint) as undated,
        cast(sum(source_daily.duplicate) as bigint) as duplicate,
        max(source_daily.landed_on) filter (where source_daily.landed > 0) as last_landed_on,
        max_by(source_daily.detail, source_daily.landed_on) filter (where source_daily.outcome = 'failed') as last_failure
    from source_daily
    where source_daily.landed_on between coalesce(cast(since as date), date '0001-01-01')
        and coalesce(cast(until as date), date '9999-12-31')
    group by source_daily.source_id
),

untagged as (
    select articles.source_id, count(*) as articles
    from articles
    where articles.is_current
        and not articles.tagged
        and articles.landed_on between coalesce(cast(since as date), date '0001-01-01')
        and coalesce(cast(until as date), date '9999-12-31')
    group by articles.source_id
)

select
    counted.source_id,
    coalesce(sources.name, counted.source_id) as name,
    counted.days,
    counted.days_with_landing,
    counted.silent_days,
    counted.failed_days,
    counted.landed,
    round(counted.expected, 1) as expected,
    round(least(counted.met / nullif(counted.expected, 0), 1), 4) as complete,
    counted.rejected,
    counted.undated,
    counted.duplicate,
    coalesce(untagged.articles, 0) as untagged,
    counted.last_landed_on,
    counted.last_failure
from counted
left join sources on sources.source_id = counted.source_id
left join untagged on untagged.source_id = counted.source_id
order by counted.source_id
