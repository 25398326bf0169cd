-- Articles of each source among the current versions, with those undated, untagged and in copies.
select
    articles.source_id,
    sources.name,
    count(*) as articles,
    count(distinct articles.reprint_group_id) as independent_articles,
    count(*) filter (where articles.published_on is null) as undated,
    count(*) filter (where not articles.tagged) as untagged,
    min(articles.published_on) as first_day,
    max(articles.published_on) as last_day
from articles
left join sources on sources.source_id = articles.source_id
where articles.is_current
group by articles.source_id, sources.name
order by articles desc, articles.source_id
