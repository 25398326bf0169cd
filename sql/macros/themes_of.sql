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
-- usual_share: Share of all tagged articles of the period that are about the theme: what to hold share against.
create or replace macro themes_of(actor, since := null, until := null) as table
with named as (
    select
        found_actors.actor_id,
        found_actors.name,
        article_actors.article_id,
        article_actors.reprint_group_id
    from find_actor(actor) as found_actors
    inner join article_actors on article_actors.actor_id = found_actors.actor_id
    where article_actors.published_on between coalesce(cast(since as date), date '0001-01-01')
        and coalesce(cast(until as date), date '9999-12-31')
),

named_articles as (
    select named.actor_id, cast(count(*) as double) as articles
    from named
    group by named.actor_id
),

usual as (
    select theme_daily.theme_id, cast(sum(theme_daily.articles) as double) as articles
    from theme_daily
    where theme_daily.published_on between coalesce(cast(since as date), date '0001-01-01')
        and coalesce(cast(until as date), date '9999-12-31')
    group by theme_daily.theme_id
),

total as (
    select cast(sum(day_totals.tagged) as double) as tagged_articles
    from day_totals
    where day_totals.published_on between coalesce(cast(since as date), date '0001-01-01')
        and coalesce(cast(until as date), date '9999-12-31')
)

select
    named.actor_id,
    named.name,
    article_themes.theme_id,
    coalesce(themes.label, article_themes.theme_id) as label,
    count(*) as articles,
    count(distinct named.reprint_group_id) as independent_articles,
    round(count(*) / any_value(named_articles.articles), 6) as share,
    round(any_value(usual.articles) / any_value(total.tagged_articles), 6) as usual_share
from named
inner join named_articles on named_articles.actor_id = named.actor_id
inner join articles on articles.article_id = named.article_id and articles.is_current
inner join article_themes
    on article_themes.landed_on = articles.landed_on
    and article_themes.article_id = articles.article_id
    and article_themes.version = articles.version
inner join usual on usual.theme_id = article_themes.theme_id
left join themes on themes.theme_id = article_themes.theme_id
cross join total
group by named.actor_id, named.name, article_themes.theme_id, themes.label
order by named.actor_id, articles desc, article_themes.theme_id
