-- The publication day, id and reprint group of each numbered article.
select published_on, article_id, reprint_group_id
from work_story_articles
order by article_number
