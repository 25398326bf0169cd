-- The pairs of actors most surely named together from since to until (both included; without them, on all days): not those in
-- most articles, but those that share more articles than their own frequencies explain. Copies of one text are one article.
-- Example: from top_pairs(since := date '2022-03-01', until := date '2022-03-31', n := 10)
--
-- place: 1 for the surest pair.
-- actor_id: The actor whose id sorts first.
-- name: Its name.
-- other_actor_id: The other actor.
-- other_name: Its name.
-- independent_articles: Articles that name both, copies counted once.
-- expected: Those that would by chance, rounded to 3 places.
-- g2: Log-likelihood ratio of the association (see who_with), rounded to 3 places.
-- pmi: Pointwise mutual information in bits, rounded to 3 places.
create or replace macro top_pairs(since := null, until := null, n := 20, min_articles := 2) as table
with period as (
    select distinct article_actors.reprint_group_id, article_actors.actor_id
    from article_actors
    where article_actors.published_on between coalesce(cast(since as date), date '0001-01-01')
        and coalesce(cast(until as date), date '9999-12-31')
),

alone as (
    select period.actor_id, cast(count(*) as double) as articles
    from period
    group by period.actor_id
),

frequent as (
    select period.reprint_group_id, period.actor_id, alone.articles
    from period
    inner join alone on alone.actor_id = period.actor_id
    where alone.articles >= min_articles
),

together as (
    select
        one.actor_id,
        other.actor_id as other_actor_id,
        cast(count(*) as double) as n11,
        any_value(one.articles) as n1,
        any_value(other.articles) as n2
    from frequent as one
    inner join frequent as other
        on other.reprint_group_id = one.reprint_group_id
        and other.actor_id > one.actor_id
    group by one.actor_id, other.actor_id
),

total as (
    select cast(count(distinct articles.reprint_group_id) as double) as n0
    from articles
    where articles.is_current
        and articles.tagged
        and articles.published_on between coalesce(cast(since as date), date '0001-01-01')
        and coalesce(cast(until as date), date '9999-12-31')
),

scored as (
    select
        together.*,
        total.n0,
        round(
            2 * (
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
    from together
    cross join total
    where together.n11 >= min_articles and n11 * n0 > n1 * n2
),

ranked as (
    select
        scored.*,
        row_number() over (order by scored.g2 desc, scored.n11 desc, scored.actor_id, scored.other_actor_id) as place
    from scored
)

select
    ranked.place,
    ranked.actor_id,
    coalesce(one.name, ranked.actor_id) as name,
    ranked.other_actor_id,
    coalesce(other.name, ranked.other_actor_id) as other_name,
    cast(ranked.n11 as bigint) as independent_articles,
    round(ranked.n1 * ranked.n2 / ranked.n0, 3) as expected,
    ranked.g2,
    ranked.pmi
from ranked
left join actors as one on one.actor_id = ranked.actor_id
left join actors as other on other.actor_id = ranked.other_actor_id
where ranked.place <= n
order by ranked.place
