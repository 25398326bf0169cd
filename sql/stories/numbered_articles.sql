-- The publication day and id of each numbered article.
select published_on, article_id
from work_story_articles
order by article_number
