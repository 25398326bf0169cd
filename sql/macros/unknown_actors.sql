-- The actors that no list knows, those in most articles first, each with a sentence and the line to paste into config/actors/ that
-- puts it on the list, makes it one with another, or drops it. Example: from unknown_actors(n := 20)
--
-- place: 1 for the actor in most articles.
-- actor_id: Local id, made of the name.
-- name: The name as most articles write it.
-- actor_type: person or other.
-- articles: Articles that name it, over all days.
-- sources: Sources with such an article.
-- mentions: Times it is named in them.
-- first_on: First publication day.
-- last_on: Last publication day.
-- sentence: A sentence that names it.
-- to_promote: Line for a file of actors (header actor_id,name,actor_type,country,wikidata,plover,origin).
-- to_merge: Line for a file of links (header old_actor_id,new_actor_id,kind,linked_on,reason); put the right id in.
-- to_ban: Line for a file of links.
create or replace macro unknown_actors(n := 50) as table
with counted as (
    select
        actor_daily.actor_id,
        sum(actor_daily.articles) as articles,
        sum(actor_daily.mentions) as mentions,
        min(actor_daily.published_on) as first_on,
        max(actor_daily.published_on) as last_on
    from actor_daily
    where starts_with(actor_daily.actor_id, 'local-')
    group by actor_daily.actor_id
),

ranked as (
    select
        counted.*,
        row_number() over (order by counted.articles desc, counted.mentions desc, counted.actor_id) as place
    from counted
),

listed as (
    select
        ranked.*,
        actors.name,
        actors.actor_type,
        case when starts_with(ranked.actor_id, 'local-person:') then 'person:' else 'org:' end
        || trim(regexp_replace(lower(strip_accents(actors.name)), '[^a-z0-9]+', '-', 'g'), '-') as new_id
    from ranked
    inner join actors on actors.actor_id = ranked.actor_id
    where ranked.place <= n
),

shown as (
    select
        mentions.actor_id,
        count(distinct articles.source_id) as sources,
        min_by(mentions.sentence, abs(length(mentions.sentence) - 120)) as sentence
    from mentions
    inner join articles on articles.article_id = mentions.article_id and articles.version = mentions.version
    where mentions.actor_id in (select listed.actor_id from listed) and articles.is_current
    group by mentions.actor_id
)

select
    listed.place,
    listed.actor_id,
    listed.name,
    listed.actor_type,
    cast(listed.articles as bigint) as articles,
    shown.sources,
    cast(listed.mentions as bigint) as mentions,
    listed.first_on,
    listed.last_on,
    shown.sentence,
    concat(listed.new_id, ',', listed.name, ',', listed.actor_type, ',,,,was ', listed.actor_id) as to_promote,
    concat(listed.actor_id, ',THE-OTHER-ID,merge,', cast(current_date as varchar), ',the same') as to_merge,
    concat(listed.actor_id, ',,ban,', cast(current_date as varchar), ',no actor') as to_ban
from listed
inner join shown on shown.actor_id = listed.actor_id
order by listed.place
