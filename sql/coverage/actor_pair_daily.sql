-- Count who is covered with whom on the publication days to be counted anew.
insert into actor_pair_daily (
    published_on, actor_id, other_actor_id, articles, independent_articles, sentences, same_sentence_articles
)
with named as (
    select distinct article_number, published_on, reprint_group_id, actor_id
    from work_day_mentions
),

named_in_sentence as (
    select distinct article_number, published_on, part, sentence_start_char, actor_id
    from work_day_mentions
),

in_one_article as (
    select
        one.published_on,
        one.actor_id,
        other.actor_id as other_actor_id,
        count(*) as articles,
        count(distinct one.reprint_group_id) as independent_articles
    from named as one
    inner join named as other on other.article_number = one.article_number and other.actor_id > one.actor_id
    group by one.published_on, one.actor_id, other.actor_id
),

in_one_sentence as (
    select
        one.published_on,
        one.actor_id,
        other.actor_id as other_actor_id,
        count(*) as sentences,
        count(distinct one.article_number) as articles
    from named_in_sentence as one
    inner join named_in_sentence as other
        on other.article_number = one.article_number
        and other.part = one.part
        and other.sentence_start_char = one.sentence_start_char
        and other.actor_id > one.actor_id
    group by one.published_on, one.actor_id, other.actor_id
)

select
    in_one_article.published_on,
    in_one_article.actor_id,
    in_one_article.other_actor_id,
    in_one_article.articles,
    in_one_article.independent_articles,
    coalesce(in_one_sentence.sentences, 0) as sentences,
    coalesce(in_one_sentence.articles, 0) as same_sentence_articles
from in_one_article
left join in_one_sentence
    on in_one_sentence.published_on = in_one_article.published_on
    and in_one_sentence.actor_id = in_one_article.actor_id
    and in_one_sentence.other_actor_id = in_one_article.other_actor_id
order by in_one_article.published_on, in_one_article.actor_id, in_one_article.other_actor_id
