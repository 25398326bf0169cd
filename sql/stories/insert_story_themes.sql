-- Put in what the changed stories are about; none has an article before $since.
insert into story_themes (story_id, theme_id, articles)
with about as (
    select story_articles.story_id, article_themes.theme_id, count(*) as articles
    from story_articles
    inner join articles
        on articles.published_on = story_articles.published_on
        and articles.article_id = story_articles.article_id
        and articles.version = story_articles.version
    inner join article_themes
        on article_themes.landed_on = articles.landed_on
        and article_themes.article_id = articles.article_id
        and article_themes.version = articles.version
    where story_articles.story_id in (
        select story_id from stories
        where story_id in (select story_id from work_stories)
    )
        and story_articles.published_on >= $since
        and articles.published_on >= $since
    group by story_articles.story_id, article_themes.theme_id
)

select story_id, theme_id, articles
from about
qualify row_number() over (partition by story_id order by articles desc, theme_id) <= 3
order by story_id, articles desc, theme_id
