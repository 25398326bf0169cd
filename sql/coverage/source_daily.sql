-- Make the rows of the ledger anew.
insert into source_daily (
    landed_on, source_id, expected, fetched, landed, rejected, undated, duplicate, gap, outcome, detail
)
with reach as (
    select min(landed_on) - 28 as first_on, max(landed_on) as last_on
    from work_ledger
),

landed as (
    select landed_documents.source_id, landed_documents.landed_on, landed_documents.document_id
    from landed_documents
    cross join reach
    where landed_documents.landed_on between reach.first_on and reach.last_on
),

rejected as (
    select rejected_documents.source_id, rejected_documents.landed_on, rejected_documents.document_id
    from rejected_documents
    cross join reach
    where rejected_documents.landed_on between reach.first_on and reach.last_on
),

given as (
    select source_id, landed_on, document_id from landed
    union
    select source_id, landed_on, document_id from rejected
),

landed_counts as (
    select source_id, landed_on, count(distinct document_id) as documents
    from landed
    group by source_id, landed_on
),

rejected_counts as (
    select source_id, landed_on, count(distinct document_id) as documents
    from rejected
    group by source_id, landed_on
),

given_counts as (
    select source_id, landed_on, count(*) as documents
    from given
    group by source_id, landed_on
),

version_counts as (
    select
        document_versions.source_id,
        document_versions.landed_on,
        count(*) filter (where document_versions.published_on is null) as undated,
        count(*) filter (where document_versions.version is null) as duplicate
    from document_versions
    cross join reach
    where document_versions.landed_on between reach.first_on and reach.last_on
    group by document_versions.source_id, document_versions.landed_on
),

failed as (
    select distinct source_fetches.source_id, source_fetches.landed_on
    from source_fetches
    cross join reach
    where source_fetches.landed_on between reach.first_on and reach.last_on
    qualify last_value(source_fetches.outcome) over (
        partition by source_fetches.source_id, source_fetches.landed_on
        order by source_fetches.fetched_at, source_fetches.batch_id
        rows between unbounded preceding and unbounded following
    ) = 'failed'
),

-- The 28 days before each day, as far as the source goes back, zeros included.
past as (
    select
        work_ledger.source_id,
        work_ledger.landed_on,
        coalesce(landed_counts.documents, 0) as documents,
        ahead.days % 7 = 0 as same_weekday
    from work_ledger
    cross join (select unnest(generate_series(1, 28)) as days) as ahead
    inner join work_source_spans
        on work_source_spans.source_id = work_ledger.source_id
        and work_source_spans.first_on <= work_ledger.landed_on - cast(ahead.days as integer)
    left join landed_counts
        on landed_counts.source_id = work_ledger.source_id
        and landed_counts.landed_on = work_ledger.landed_on - cast(ahead.days as integer)
    left join failed
        on failed.source_id = work_ledger.source_id
        and failed.landed_on = work_ledger.landed_on - cast(ahead.days as integer)
    where failed.source_id is null
),

-- A weekday has four days at most, so the mean of all days weighs as much as two of them.
expectations as (
    select
        source_id,
        landed_on,
        round(
            (2.0 * sum(documents) / count(*) + coalesce(sum(documents) filter (where same_weekday), 0))
            / (2 + count(*) filter (where same_weekday)),
            2
        ) as expected
    from past
    group by source_id, landed_on
    having count(*) >= 7
),

last_fetches as (
    select source_id, landed_on, outcome, detail
    from source_fetches
    where landed_on in (select landed_on from work_ledger)
    qualify row_number() over (
        partition by source_id, landed_on
        order by fetched_at desc, batch_id desc, outcome, detail nulls last
    ) = 1
)

select
    work_ledger.landed_on,
    work_ledger.source_id,
    expectations.expected,
    coalesce(given_counts.documents, 0) as fetched,
    coalesce(landed_counts.documents, 0) as landed,
    coalesce(rejected_counts.documents, 0) as rejected,
    coalesce(version_counts.undated, 0) as undated,
    coalesce(version_counts.duplicate, 0) as duplicate,
    (coalesce(expectations.expected, 0) >= 3 and coalesce(landed_counts.documents, 0) = 0)
    or coalesce(last_fetches.outcome = 'failed', false) as gap,
    last_fetches.outcome,
    last_fetches.detail
from work_ledger
left join expectations
    on expectations.source_id = work_ledger.source_id and expectations.landed_on = work_ledger.landed_on
left join given_counts
    on given_counts.source_id = work_ledger.source_id and given_counts.landed_on = work_ledger.landed_on
left join landed_counts
    on landed_counts.source_id = work_ledger.source_id and landed_counts.landed_on = work_ledger.landed_on
left join rejected_counts
    on rejected_counts.source_id = work_ledger.source_id and rejected_counts.landed_on = work_ledger.landed_on
left join version_counts
    on version_counts.source_id = work_ledger.source_id and version_counts.landed_on = work_ledger.landed_on
left join last_fetches
    on last_fetches.source_id = work_ledger.source_id and last_fetches.landed_on = work_ledger.landed_on
order by work_ledger.landed_on, work_ledger.source_id
