-- Put in who leads the changed stories; none has an article before $since.
insert into story_actors (story_id, actor_id, articles)
with named as (
    select story_articles.story_id, article_actors.actor_id, count(*) as articles
    from story_articles
    inner join article_actors
        on article_actors.published_on = story_articles.published_on
        and article_actors.article_id = story_articles.article_id
    where story_articles.story_id in (
        select story_id from stories
        where story_id in (select story_id from work_stories)
    )
        and story_articles.published_on >= $since
        and article_actors.published_on >= $since
    group by story_articles.story_id, article_actors.actor_id
)

select story_id, actor_id, articles
from named
qualify row_number() over (partition by story_id order by articles desc, actor_id) <= 5
order by story_id, articles desc, actor_id
