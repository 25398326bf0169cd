-- The first and last landing day of the numbered articles.
select min(landed_on) as first_landed, max(landed_on) as last_landed
from work_story_articles
