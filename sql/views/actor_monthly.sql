-- Who is covered, month by month: one row per month and actor named in it. Weeks begin on Monday; copies are counted once over
-- the whole month, so these rows are not sums of actor_daily.
-- Example: from actor_monthly where actor_id = 'country:AZE' order by started_on
--
-- started_on: First day of the month.
-- actor_id: The actor.
-- name: Its name.
-- articles: Articles that name the actor.
-- independent_articles: The same with copies counted once.
-- sources: Sources with such an article.
-- mentions: Times the actor is named in them.
-- quotes: Quotations in them whose speaker is the actor.
-- days: Days with such an article.
-- share: articles as a share of the month's tagged articles, rounded to 6 places.
create or replace view actor_monthly as
with totals as (
    select cast(date_trunc('month', day_totals.published_on) as date) as started_on, sum(day_totals.tagged) as tagged
    from day_totals
    group by cast(date_trunc('month', day_totals.published_on) as date)
),

counted as (
    select
        cast(date_trunc('month', article_actors.published_on) as date) as started_on,
        article_actors.actor_id,
        count(*) as articles,
        count(distinct article_actors.reprint_group_id) as independent_articles,
        count(distinct article_actors.source_id) as sources,
        cast(sum(article_actors.mentions) as bigint) as mentions,
        cast(sum(article_actors.quotes) as bigint) as quotes,
        count(distinct article_actors.published_on) as days
    from article_actors
    group by cast(date_trunc('month', article_actors.published_on) as date), article_actors.actor_id
)

select
    counted.started_on,
    counted.actor_id,
    coalesce(actors.name, counted.actor_id) as name,
    counted.articles,
    counted.independent_articles,
    counted.sources,
    counted.mentions,
    counted.quotes,
    counted.days,
    round(counted.articles / cast(totals.tagged as double), 6) as share
from counted
inner join totals on totals.started_on = counted.started_on
left join actors on actors.actor_id = counted.actor_id
