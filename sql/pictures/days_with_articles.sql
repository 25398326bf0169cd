-- The days on which there is any tagged article: a day outside them says nothing about anyone.
select published_on
from day_totals
where published_on between $since and $until
group by published_on
having sum(tagged) > 0
order by published_on
