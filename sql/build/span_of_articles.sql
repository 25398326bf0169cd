-- The first and last landing day and publication day of the articles.
select
    min(landed_on) as first_landed,
    max(landed_on) as last_landed,
    min(published_on) as first_published,
    max(published_on) as last_published
from articles
