-- Every day from the first to the last with an article, those without any included: what was published, and whether the
-- silence of a day is one of the news or of the sources. Example: from calendar where published_on between date '2022-03-14' and date '2022-03-20'
--
-- published_on: The day.
-- articles: Articles published on it; 0 on a day without any.
-- tagged: Those in a language that has a tagger: the denominator of shares.
-- untagged: The others, which no share counts.
-- independent_articles: Articles with copies counted once.
-- sources: Sources with an article of the day.
-- silent_sources: Sources of which nothing landed on the day though their own rhythm leads to expect it.
-- failed_sources: Sources whose last fetch of the day failed; a lower count may be theirs and not the news'.
-- remark: The failed and silent sources by name; null where there are none.
create or replace view calendar as
with days as (
    select cast(unnest(generate_series(
        cast(build_info.first_published_on as timestamp), cast(build_info.last_published_on as timestamp), interval 1 day
    )) as date) as published_on
    from build_info
),

published as (
    select
        articles.published_on,
        count(*) as articles,
        count(*) filter (where articles.tagged) as tagged,
        count(distinct articles.reprint_group_id) as independent_articles,
        count(distinct articles.source_id) as sources
    from articles
    where articles.is_current and articles.published_on is not null
    group by articles.published_on
),

gaps as (
    select
        source_daily.landed_on,
        count(*) filter (where coalesce(source_daily.outcome, '') <> 'failed') as silent_sources,
        count(*) filter (where source_daily.outcome = 'failed') as failed_sources,
        string_agg(
            concat(source_daily.source_id, case when source_daily.outcome = 'failed' then ' failed' else ' was silent' end),
            '; ' order by source_daily.source_id
        ) as remark
    from source_daily
    where source_daily.gap
    group by source_daily.landed_on
)

select
    days.published_on,
    coalesce(published.articles, 0) as articles,
    coalesce(published.tagged, 0) as tagged,
    coalesce(published.articles - published.tagged, 0) as untagged,
    coalesce(published.independent_articles, 0) as independent_articles,
    coalesce(published.sources, 0) as sources,
    coalesce(gaps.silent_sources, 0) as silent_sources,
    coalesce(gaps.failed_sources, 0) as failed_sources,
    gaps.remark
from days
left join published on published.published_on = days.published_on
left join gaps on gaps.landed_on = days.published_on
order by days.published_on
