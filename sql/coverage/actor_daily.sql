-- Count who is covered on the publication days to be counted anew.
insert into actor_daily (
    published_on, actor_id, articles, independent_articles, sources, mentions, quotes, share, tone
)
with named as (
    select
        published_on,
        actor_number,
        count(distinct article_number) as articles,
        count(distinct group_number) as independent_articles,
        count(distinct source_id) as sources,
        count(*) as mentions
    from work_day_mentions
    group by published_on, actor_number
),

quoted as (
    select
        work_day_articles.published_on,
        quotes.speaker_actor_id as actor_id,
        count(*) as quotes
    from quotes
    inner join work_day_articles
        on work_day_articles.article_id = quotes.article_id
        and work_day_articles.version = quotes.version
    where work_day_articles.tagged and quotes.speaker_actor_id is not null
    group by work_day_articles.published_on, quotes.speaker_actor_id
),

tagged_articles as (
    select published_on, count(*) as articles
    from work_day_articles
    where tagged
    group by published_on
)

select
    named.published_on,
    work_day_actors.actor_id,
    named.articles,
    named.independent_articles,
    named.sources,
    named.mentions,
    coalesce(quoted.quotes, 0) as quotes,
    round(cast(named.articles as double) / tagged_articles.articles, 6) as share,
    -- Tone is not measured yet; the column stands so that its coming changes no query.
    cast(null as double) as tone
from named
inner join work_day_actors on work_day_actors.actor_number = named.actor_number
inner join tagged_articles on tagged_articles.published_on = named.published_on
left join quoted on quoted.published_on = named.published_on and quoted.actor_id = work_day_actors.actor_id
order by named.published_on, work_day_actors.actor_id
