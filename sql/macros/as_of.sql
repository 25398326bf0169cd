-- What actor_daily said at an earlier moment (UTC): who was covered, day by day, by what had been seen until then, under the
-- present rules. What comes later changes nothing here, so that a number can be had again.
-- Example: from as_of(timestamp '2027-01-01 12:00:00', since := date '2022-03-16', until := date '2022-03-16')
--
-- published_on: Day of publication, as known then.
-- actor_id: The actor.
-- name: Its name.
-- articles: Articles that named the actor.
-- distinct_texts: The same with verbatim copies counted once (near copies are found over all articles and belong to no moment).
-- sources: Sources with such an article.
-- mentions: Times it was named in them.
-- share: articles as a share of tagged_articles, rounded to 6 places.
-- tagged_articles: Tagged articles of the day that were known.
create or replace macro as_of(moment, since := null, until := null) as table
with known as (
    select
        then_known.article_id,
        then_known.version,
        then_known.landed_on,
        then_known.published_on,
        then_known.source_id,
        then_known.text_sha256
    from articles_as_of(moment) as then_known
    where then_known.tagged
        and then_known.published_on between coalesce(cast(since as date), date '0001-01-01')
        and coalesce(cast(until as date), date '9999-12-31')
),

totals as (
    select known.published_on, count(*) as tagged_articles
    from known
    group by known.published_on
),

counted as (
    select
        known.published_on,
        mentions.actor_id,
        count(distinct known.article_id) as articles,
        count(distinct known.text_sha256) as distinct_texts,
        count(distinct known.source_id) as sources,
        count(*) as mentions
    from mentions
    inner join known
        on known.landed_on = mentions.landed_on
        and known.article_id = mentions.article_id
        and known.version = mentions.version
    where mentions.confidence >= (select build_info.mention_confidence from build_info)
    group by known.published_on, mentions.actor_id
)

select
    counted.published_on,
    counted.actor_id,
    coalesce(actors.name, counted.actor_id) as name,
    counted.articles,
    counted.distinct_texts,
    counted.sources,
    counted.mentions,
    round(counted.articles / cast(totals.tagged_articles as double), 6) as share,
    totals.tagged_articles
from counted
inner join totals on totals.published_on = counted.published_on
left join actors on actors.actor_id = counted.actor_id
order by counted.published_on, counted.articles desc, counted.mentions desc, counted.actor_id
