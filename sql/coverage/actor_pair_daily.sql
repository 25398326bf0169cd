-- Count who is covered with whom on the publication days to be counted anew. Sentences are counted within each article
-- first, so that each pair of an article is one row for the counting of articles.
insert into actor_pair_daily (
    published_on, actor_id, other_actor_id, articles, independent_articles, sentences, same_sentence_articles
)
with named as (
    select distinct article_number, published_on, group_number, actor_number
    from work_day_mentions
),

named_in_sentence as (
    select distinct article_number, in_title, sentence_start_char, actor_number
    from work_day_mentions
),

sentences_together as (
    select
        one.article_number,
        one.actor_number,
        other.actor_number as other_actor_number,
        count(*) as sentences
    from named_in_sentence as one
    inner join named_in_sentence as other
        on other.article_number = one.article_number
        and other.in_title = one.in_title
        and other.sentence_start_char = one.sentence_start_char
        and other.actor_number > one.actor_number
    group by one.article_number, one.actor_number, other.actor_number
),

articles_together as (
    select
        one.published_on,
        one.article_number,
        one.group_number,
        one.actor_number,
        other.actor_number as other_actor_number
    from named as one
    inner join named as other
        on other.article_number = one.article_number
        and other.actor_number > one.actor_number
),

counted as (
    select
        articles_together.published_on,
        articles_together.actor_number,
        articles_together.other_actor_number,
        count(*) as articles,
        count(distinct articles_together.group_number) as independent_articles,
        cast(coalesce(sum(sentences_together.sentences), 0) as bigint) as sentences,
        count(sentences_together.sentences) as same_sentence_articles
    from articles_together
    left join sentences_together
        on sentences_together.article_number = articles_together.article_number
        and sentences_together.actor_number = articles_together.actor_number
        and sentences_together.other_actor_number = articles_together.other_actor_number
    group by
        articles_together.published_on, articles_together.actor_number, articles_together.other_actor_number
)

select
    counted.published_on,
    one.actor_id,
    other.actor_id as other_actor_id,
    counted.articles,
    counted.independent_articles,
    counted.sentences,
    counted.same_sentence_articles
from counted
inner join work_day_actors as one on one.actor_number = counted.actor_number
inner join work_day_actors as other on other.actor_number = counted.other_actor_number
order by counted.published_on, counted.actor_number, counted.other_actor_number
