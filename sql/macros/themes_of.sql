-- What an actor is covered on from since to until (both included; without them, on all days): one row per actor meant and theme.
-- Takes an id or any known name. Example: from themes_of('Azerbaijan', since := date '2022-03-01', until := date '2022-03-31')
--
-- actor_id: The actor.
-- name: Its name.
-- theme_id: The theme.
-- label: Its label.
-- articles: Articles that name the actor and are about the theme.
-- independent_articles: The same with copies counted once over the whole period.
-- share: articles as a share of the articles that name the actor.
create or replace macro themes_of(actor, since := null, until := null) as table
with named as (
    select distinct
        found_actors.actor_id,
        found_actors.name,
        current_mentions.article_id,
        current_mentions.version,
        current_mentions.reprint_group_id
    from find_actor(actor) as found_actors
    inner join current_mentions on current_mentions.actor_id = found_actors.actor_id
    where (cast(since as date) is null or current_mentions.published_on >= cast(since as date))
        and (cast(until as date) is null or current_mentions.published_on <= cast(until as date))
),

named_articles as (
    select named.actor_id, cast(count(*) as double) as articles
    from named
    group by named.actor_id
)

select
    named.actor_id,
    named.name,
    article_themes.theme_id,
    coalesce(themes.label, article_themes.theme_id) as label,
    count(distinct named.article_id) as articles,
    count(distinct named.reprint_group_id) as independent_articles,
    round(count(distinct named.article_id) / any_value(named_articles.articles), 6) as share
from named
inner join named_articles on named_articles.actor_id = named.actor_id
inner join article_themes
    on article_themes.article_id = named.article_id and article_themes.version = named.version
left join themes on themes.theme_id = article_themes.theme_id
group by named.actor_id, named.name, article_themes.theme_id, themes.label
order by named.actor_id, articles desc, article_themes.theme_id
