-- Put the changed stories in, those of at least two articles; none has an article before $since.
insert into stories (story_id, label, started_on, ended_on, articles, independent_articles, sources)
with members as (
    select
        story_articles.story_id,
        story_articles.article_id,
        story_articles.published_on,
        story_articles.episode_id,
        story_articles.similarity,
        articles.title,
        articles.machine_translated,
        articles.source_id,
        articles.reprint_group_id
    from story_articles
    inner join articles
        on articles.published_on = story_articles.published_on
        and articles.article_id = story_articles.article_id
        and articles.version = story_articles.version
    where story_articles.story_id in (select story_id from work_stories)
        and story_articles.published_on >= $since
        and articles.published_on >= $since
    qualify count(*) over (partition by story_articles.story_id) > 1
),

sized as (
    select *, count(*) over (partition by episode_id) as episode_articles
    from members
),

-- A headline that no machine translated, where there is one, of the largest day and closest to what it says.
labelled as (
    select story_id, title
    from sized
    where title is not null
    qualify row_number() over (
        partition by story_id
        order by machine_translated, episode_articles desc, similarity desc, published_on, article_id
    ) = 1
),

measured as (
    select
        story_id,
        min(published_on) as started_on,
        max(published_on) as ended_on,
        count(*) as articles,
        count(distinct reprint_group_id) as independent_articles,
        count(distinct source_id) as sources
    from members
    group by story_id
)

select
    measured.story_id,
    labelled.title as label,
    measured.started_on,
    measured.ended_on,
    measured.articles,
    measured.independent_articles,
    measured.sources
from measured
left join labelled on labelled.story_id = measured.story_id
order by measured.started_on, measured.story_id
