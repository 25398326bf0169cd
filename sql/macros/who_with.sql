-- With whom an actor is named in one article from since to until (both included; without them, on all days): one row per actor
-- meant and companion. Takes an id or any known name. Example: from who_with('Ilham Aliyev', since := date '2022-03-01', n := 10)
--
-- actor_id: The actor.
-- name: Its name.
-- other_actor_id: The companion.
-- other_name: The companion's name.
-- articles: Articles that name both.
-- independent_articles: The same with copies counted once over the whole period.
-- sentences: Sentences that name both.
create or replace macro who_with(actor, since := null, until := null, n := 20) as table
with named as (
    select distinct
        found_actors.actor_id,
        found_actors.name,
        current_mentions.article_id,
        current_mentions.version,
        current_mentions.part,
        current_mentions.sentence_start_char
    from find_actor(actor) as found_actors
    inner join current_mentions on current_mentions.actor_id = found_actors.actor_id
    where (cast(since as date) is null or current_mentions.published_on >= cast(since as date))
        and (cast(until as date) is null or current_mentions.published_on <= cast(until as date))
),

named_articles as (
    select distinct named.actor_id, named.name, named.article_id, named.version
    from named
),

together as (
    select
        named_articles.actor_id,
        named_articles.name,
        current_mentions.actor_id as other_actor_id,
        count(distinct current_mentions.article_id) as articles,
        count(distinct current_mentions.reprint_group_id) as independent_articles,
        count(distinct case
            when named.article_id is not null
                then concat(current_mentions.article_id, ' ', current_mentions.part, ' ', current_mentions.sentence_start_char)
        end) as sentences
    from named_articles
    inner join current_mentions
        on current_mentions.article_id = named_articles.article_id
        and current_mentions.version = named_articles.version
        and current_mentions.actor_id <> named_articles.actor_id
    left join named
        on named.actor_id = named_articles.actor_id
        and named.article_id = current_mentions.article_id
        and named.part = current_mentions.part
        and named.sentence_start_char = current_mentions.sentence_start_char
    group by named_articles.actor_id, named_articles.name, current_mentions.actor_id
),

ranked as (
    select
        together.*,
        row_number() over (
            partition by together.actor_id
            order by together.articles desc, together.sentences desc, together.other_actor_id
        ) as place
    from together
)

select
    ranked.actor_id,
    ranked.name,
    ranked.other_actor_id,
    coalesce(actors.name, ranked.other_actor_id) as other_name,
    ranked.articles,
    ranked.independent_articles,
    ranked.sentences
from ranked
left join actors on actors.actor_id = ranked.other_actor_id
where ranked.place <= n
order by ranked.actor_id, ranked.place
