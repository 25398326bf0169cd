-- Put in what the changed stories are about.
insert into story_themes (story_id, theme_id, articles)
with about as (
    select story_articles.story_id, article_themes.theme_id, count(*) as articles
    from story_articles
    inner join article_themes
        on article_themes.article_id = story_articles.article_id and article_themes.version = story_articles.version
    where story_articles.story_id in (
        select story_id from stories
        where story_id in (select story_id from work_stories)
    )
    group by story_articles.story_id, article_themes.theme_id
)

select story_id, theme_id, articles
from about
qualify row_number() over (partition by story_id order by articles desc, theme_id) <= 3
order by story_id, articles desc, theme_id
