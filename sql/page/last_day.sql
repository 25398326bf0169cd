-- The last publication day with an article, no later than a given one.
select max(published_on) as published_on
from day_totals
where $day is null or published_on <= cast($day as date)
