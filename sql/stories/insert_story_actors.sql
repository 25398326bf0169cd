-- Put in who leads the changed stories.
insert into story_actors (story_id, actor_id, articles)
with named as (
    select story_articles.story_id, mentions.actor_id, count(distinct story_articles.article_id) as articles
    from story_articles
    inner join mentions
        on mentions.article_id = story_articles.article_id and mentions.version = story_articles.version
    where mentions.confidence >= $mention_confidence
        and story_articles.story_id in (
            select story_id from stories
            where story_id in (select story_id from work_stories)
        )
    group by story_articles.story_id, mentions.actor_id
)

select story_id, actor_id, articles
from named
qualify row_number() over (partition by story_id order by articles desc, actor_id) <= 5
order by story_id, articles desc, actor_id
