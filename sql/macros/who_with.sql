-- With whom an actor is named in one article from since to until (both included; without them, on all days): one row per actor
-- meant and companion, those first that are named together most beyond chance. Takes an id or any known name.
-- Chance is what two actors would share if articles named them independently; copies of one text are one article in it.
-- Example: from who_with('Ilham Aliyev', since := date '2022-03-01', n := 10) order by articles desc
--
-- actor_id: The actor.
-- name: Its name.
-- other_actor_id: The companion.
-- other_name: The companion's name.
-- articles: Articles that name both.
-- independent_articles: The same with copies counted once over the whole period.
-- sentences: Sentences that name both.
-- expected: Independent articles that would name both by chance, rounded to 3 places.
-- g2: Log-likelihood ratio of the association (Dunning 1993): how sure it is that it is none of chance, negative where they avoid each other; from 10.8 on, fewer than one pair in a thousand would reach it by chance. Rounded to 3 places.
-- pmi: Pointwise mutual information in bits: how many times (as a power of two) more often than by chance; strong for rare pairs. Rounded to 3 places.
create or replace macro who_with(actor, since := null, until := null, n := 20) as table
with period as (
    select article_actors.article_id, article_actors.reprint_group_id, article_actors.actor_id
    from article_actors
    where article_actors.published_on between coalesce(cast(since as date), date '0001-01-01')
        and coalesce(cast(until as date), date '9999-12-31')
),

named as (
    select found_actors.actor_id, found_actors.name, period.article_id
    from find_actor(actor) as found_actors
    inner join period on period.actor_id = found_actors.actor_id
),

together as (
    select
        named.actor_id,
        named.name,
        period.actor_id as other_actor_id,
        count(*) as articles,
        count(distinct period.reprint_group_id) as independent_articles
    from named
    inner join period on period.article_id = named.article_id and period.actor_id <> named.actor_id
    group by named.actor_id, named.name, period.actor_id
),

alone as (
    select period.actor_id, cast(count(distinct period.reprint_group_id) as double) as independent_articles
    from period
    where period.actor_id in (
            select together.actor_id from together
            union
            select together.other_actor_id from together
        )
    group by period.actor_id
),

total as (
    select cast(count(distinct articles.reprint_group_id) as double) as independent_articles
    from articles
    where articles.is_current
        and articles.tagged
        and articles.published_on between coalesce(cast(since as date), date '0001-01-01')
        and coalesce(cast(until as date), date '9999-12-31')
),

spoken as (
    select actor_pair_daily.actor_id, actor_pair_daily.other_actor_id, sum(actor_pair_daily.sentences) as sentences
    from actor_pair_daily
    where actor_pair_daily.published_on between coalesce(cast(since as date), date '0001-01-01')
        and coalesce(cast(until as date), date '9999-12-31')
        and (
            actor_pair_daily.actor_id in (select together.actor_id from together)
            or actor_pair_daily.other_actor_id in (select together.actor_id from together)
        )
    group by actor_pair_daily.actor_id, actor_pair_daily.other_actor_id
),

associated as (
    select
        together.*,
        cast(together.independent_articles as double) as n11,
        one.independent_articles as n1,
        other.independent_articles as n2,
        total.independent_articles as n0
    from together
    inner join alone as one on one.actor_id = together.actor_id
    inner join alone as other on other.actor_id = together.other_actor_id
    cross join total
),

scored as (
    select
        associated.*,
        round(
            case when n11 * n0 >= n1 * n2 then 1 else -1 end
            * 2 * (
                n11 * ln(n11 * n0 / (n1 * n2))
                + case when n1 > n11 then (n1 - n11) * ln((n1 - n11) * n0 / (n1 * (n0 - n2))) else 0 end
                + case when n2 > n11 then (n2 - n11) * ln((n2 - n11) * n0 / (n2 * (n0 - n1))) else 0 end
                + case
                    when n0 - n1 - n2 + n11 > 0
                        then (n0 - n1 - n2 + n11)
                        * ln((n0 - n1 - n2 + n11) * n0 / ((n0 - n1) * (n0 - n2)))
                    else 0
                end
            ),
            3
        ) as g2,
        round(log2(n11 * n0 / (n1 * n2)), 3) as pmi
    from associated
),

ranked as (
    select
        scored.*,
        row_number() over (
            partition by scored.actor_id
            order by scored.g2 desc, scored.articles desc, scored.other_actor_id
        ) as place
    from scored
)

select
    ranked.actor_id,
    ranked.name,
    ranked.other_actor_id,
    coalesce(actors.name, ranked.other_actor_id) as other_name,
    ranked.articles,
    ranked.independent_articles,
    cast(coalesce(spoken.sentences, 0) as bigint) as sentences,
    round(ranked.n1 * ranked.n2 / ranked.n0, 3) as expected,
    ranked.g2,
    ranked.pmi
from ranked
left join actors on actors.actor_id = ranked.other_actor_id
left join spoken
    on spoken.actor_id = least(ranked.actor_id, ranked.other_actor_id)
    and spoken.other_actor_id = greatest(ranked.actor_id, ranked.other_actor_id)
where ranked.place <= n
order by ranked.actor_id, ranked.place
