-- Corrections that change nothing: their article is not there (any more), or its landing day has not been run since they were made.
-- Remedy: correct the article_id in config/corrections.csv, or run the landing day again (make run DAYS=...; for mentions and themes
-- make retag DAYS=... does).
with corrected as (
    select
        corrections.*,
        articles.article_id is not null as is_there,
        articles.version,
        articles.landed_on,
        articles.published_on
    from corrections
    left join articles on articles.article_id = corrections.article_id and articles.is_current
),

open_mentions as (
    select corrected.article_id, corrected.was
    from corrected
    inner join mentions
        on mentions.article_id = corrected.article_id
        and mentions.version = corrected.version
        and mentions.actor_id = corrected.was
        and (corrected.words is null or mentions.surface = corrected.words)
    where corrected.kind = 'mention'
),

open_themes as (
    select corrected.article_id, corrected.was
    from corrected
    inner join article_themes
        on article_themes.article_id = corrected.article_id
        and article_themes.version = corrected.version
        and article_themes.theme_id = corrected.was
    where corrected.kind = 'theme'
)

select
    article_id,
    kind,
    was,
    becomes,
    landed_on,
    case when is_there then 'not in effect: run its landing day again' else 'no such article' end as problem
from corrected
where not is_there
    or (kind = 'date' and published_on is distinct from cast(becomes as date))
    or (kind = 'mention' and (article_id, was) in (select article_id, was from open_mentions))
    or (kind = 'theme' and (article_id, was) in (select article_id, was from open_themes))
order by article_id, kind, was
