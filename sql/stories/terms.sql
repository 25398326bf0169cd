-- What is in the numbered articles: beginnings of the words of headline and lead (so that inflections are one term) without
-- the commonest words, the actors named, and the themes. What stands in the headline weighs twice. All landed between
-- $first_landed and $last_landed: by the bounds DuckDB skips the texts of other days, which a join alone would make it read.
with written as (
    select
        work_story_articles.article_number,
        lower(coalesce(articles.title, '')) as title,
        lower(left(articles.text, $lead_chars)) as lead
    from work_story_articles
    inner join articles
        on articles.landed_on = work_story_articles.landed_on
        and articles.article_id = work_story_articles.article_id
        and articles.version = work_story_articles.version
    where articles.landed_on between $first_landed and $last_landed
),

tokens as materialized (
    select article_number, token, hash(token) as token_hash, in_title
    from (
        select article_number, unnest(string_split(title, ' ')) as token, true as in_title
        from written
        union all
        select article_number, unnest(string_split(lead, ' ')) as token, false as in_title
        from written
    )
),

-- To take words out of a token is dear, and most tokens come again and again.
words as (
    select token_hash, unnest(regexp_extract_all(token, '\p{L}{3,}')) as word
    from (select token_hash, min(token) as token from tokens group by token_hash)
),

worded as (
    select tokens.article_number, terms.term, 1.0 + max(cast(tokens.in_title as integer)) as weight
    from tokens
    inner join (
        select token_hash, hash('w' || left(word, 6)) as term
        from words
        where word not in (select word from common_words)
    ) as terms on terms.token_hash = tokens.token_hash
    group by tokens.article_number, terms.term
),

named as (
    select
        work_story_articles.article_number,
        hash('a' || article_actors.actor_id) as term,
        -- Countries are named in all kinds of news; who acts in it tells more.
        (1.0 + cast(article_actors.in_title as integer))
        * case when article_actors.actor_id like 'country:%' then 0.5 else 1.0 end as weight
    from work_story_articles
    inner join article_actors
        on article_actors.published_on = work_story_articles.published_on
        and article_actors.article_id = work_story_articles.article_id
),

about as (
    select work_story_articles.article_number, hash('t' || article_themes.theme_id) as term, 1.0 as weight
    from work_story_articles
    inner join article_themes
        on article_themes.landed_on = work_story_articles.landed_on
        and article_themes.article_id = work_story_articles.article_id
        and article_themes.version = work_story_articles.version
    where article_themes.landed_on between $first_landed and $last_landed
)

select article_number, term, cast(weight as double) as weight from worded
union all
select article_number, term, cast(weight as double) as weight from named
union all
select article_number, term, cast(weight as double) as weight from about
