-- What is in the numbered articles: beginnings of the words of headline and lead (so that inflections are one term) without
-- the commonest words, the actors named, and the themes. What stands in the headline weighs twice.
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
),

words as (
    select article_number, unnest(regexp_extract_all(title, '\p{L}{3,}')) as word, true as in_title
    from written
    union all
    select article_number, unnest(regexp_extract_all(lead, '\p{L}{3,}')) as word, false as in_title
    from written
),

worded as (
    select article_number, hash('w' || left(word, 6)) as term, 1.0 + max(cast(in_title as integer)) as weight
    from words
    where word not in (select word from common_words)
    group by article_number, term
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
)

select article_number, term, cast(weight as double) as weight from worded
union all
select article_number, term, cast(weight as double) as weight from named
union all
select article_number, term, cast(weight as double) as weight from about
