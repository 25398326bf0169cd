-- Count who is covered on the publication days to be counted anew.
insert into actor_daily (
    published_on, actor_id, articles, independent_articles, sources, mentions, quotes, share, tone
)
with named as (
    select
        published_on,
        actor_number,
        count(*) as articles,
        count(*) filter (where shared_group is null) + count(distinct shared_group) as independent_articles,
        count(distinct source_id) as sources,
        cast(sum(mentions) as bigint) as mentions,
        cast(sum(quotes) as bigint) as quotes,
        cast(sum(tone_ten_thousandths) as double) as tone_ten_thousandths,
        cast(sum(toned) as double) as toned
    from work_day_article_actors
    group by published_on, actor_number
),

tagged_articles as (
    select published_on, cast(count(*) as double) as articles
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
    named.quotes,
    round(named.articles / tagged_articles.articles, 6) as share,
    round(named.tone_ten_thousandths / nullif(named.toned, 0) / 10000, 4) as tone
from named
inner join work_day_actors on work_day_actors.actor_number = named.actor_number
inner join tagged_articles on tagged_articles.published_on = named.published_on
order by named.published_on, named.actor_number
