-- The first and last publication day with an article.
select first_published_on, last_published_on
from build_info
