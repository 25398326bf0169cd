-- The stories with most articles from one day to another, with their whole size so far.
select
    stories.story_id,
    stories.label,
    stories.started_on,
    stories.ended_on,
    stories.articles,
    stories.independent_articles,
    stories.sources,
    count(*) as articles_in_period
from story_articles
inner join stories on stories.story_id = story_articles.story_id
where story_articles.published_on between $since and $until
group by
    stories.story_id, stories.label, stories.started_on, stories.ended_on, stories.articles,
    stories.independent_articles, stories.sources
order by articles_in_period desc, stories.articles desc, stories.story_id
limit $n
