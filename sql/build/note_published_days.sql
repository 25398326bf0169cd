-- Publication days on which the touched articles count, as the articles table has them now.
insert into work_published_days (published_on)
select distinct published_on
from articles
where is_current
    and published_on is not null
    and article_id in (select article_id from work_articles)
    and published_on not in (select published_on from work_published_days)
order by published_on
