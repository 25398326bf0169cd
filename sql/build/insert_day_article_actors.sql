-- Count the mentions by article and actor.
insert into work_day_article_actors (
    article_number, published_on, source_id, shared_group, actor_number, mentions, in_title, tone_ten_thousandths, toned,
    quotes
)
with named as (
    select
        article_number,
        actor_number,
        cast(count(*) as integer) as mentions,
        bool_or(in_title) as in_title,
        cast(sum(tone_ten_thousandths) as bigint) as tone_ten_thousandths,
        cast(count(tone_ten_thousandths) as integer) as toned
    from work_day_mentions
    group by article_number, actor_number
),

quoted as (
    select
        work_day_articles.article_number,
        work_day_actors.actor_number,
        cast(count(*) as integer) as quotes
    from quotes
    inner join work_day_articles
        on work_day_articles.landed_on = quotes.landed_on
        and work_day_articles.article_id = quotes.article_id
        and work_day_articles.version = quotes.version
    inner join work_day_actors on work_day_actors.actor_id = quotes.speaker_actor_id
    group by work_day_articles.article_number, work_day_actors.actor_number
)

select
    named.article_number,
    work_day_articles.published_on,
    work_day_articles.source_id,
    work_day_articles.shared_group,
    named.actor_number,
    named.mentions,
    named.in_title,
    named.tone_ten_thousandths,
    named.toned,
    coalesce(quoted.quotes, 0) as quotes
from named
inner join work_day_articles on work_day_articles.article_number = named.article_number
left join quoted on quoted.article_number = named.article_number and quoted.actor_number = named.actor_number
order by named.article_number, named.actor_number
