-- Count who is covered with whom on the publication days to be counted anew.
insert into actor_pair_daily (
    published_on, actor_id, other_actor_id, articles, independent_articles, sentences, same_sentence_articles
)
with named_in_sentence as (
    select distinct article_number, in_title, sentence_start_char, actor_number
    from work_day_mentions
),

-- Sentences are counted within each article first, so that each pair of an article is one row for counting articles.
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

in_sentences as (
    select
        work_day_articles.published_on,
        sentences_together.actor_number,
        sentences_together.other_actor_number,
        cast(sum(sentences_together.sentences) as bigint) as sentences,
        count(*) as articles
    from sentences_together
    inner join work_day_articles on work_day_articles.article_number = sentences_together.article_number
    group by
        work_day_articles.published_on, sentences_together.actor_number, sentences_together.other_actor_number
),

in_articles as (
    select
        one.published_on,
        one.actor_number,
        other.actor_number as other_actor_number,
        count(*) as articles,
        count(*) filter (where one.shared_group is null) + count(distinct one.shared_group) as independent_articles
    from work_day_article_actors as one
    inner join work_day_article_actors as other
        on other.article_number = one.article_number
        and other.actor_number > one.actor_number
    group by one.published_on, one.actor_number, other.actor_number
)

select
    in_articles.published_on,
    one.actor_id,
    other.actor_id as other_actor_id,
    in_articles.articles,
    in_articles.independent_articles,
    coalesce(in_sentences.sentences, 0) as sentences,
    coalesce(in_sentences.articles, 0) as same_sentence_articles
from in_articles
inner join work_day_actors as one on one.actor_number = in_articles.actor_number
inner join work_day_actors as other on other.actor_number = in_articles.other_actor_number
left join in_sentences
    on in_sentences.published_on = in_articles.published_on
    and in_sentences.actor_number = in_articles.actor_number
    and in_sentences.other_actor_number = in_articles.other_actor_number
order by in_articles.published_on, in_articles.actor_number, in_articles.other_actor_number
