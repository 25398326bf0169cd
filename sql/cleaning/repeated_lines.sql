-- Lines that stand in at least $min_articles articles and at least $min_share of the articles of one source.
-- Input: cleaned, articles as extracted. Several versions or landings of one article count once.
with lines as (
    select
        source_id,
        article_id,
        unnest(string_split(text, chr(10))) as line
    from cleaned
),

totals as (
    select source_id, count(distinct article_id) as articles
    from lines
    group by source_id
),

repeated as (
    select source_id, line, count(distinct article_id) as articles
    from lines
    where length(line) between 1 and $max_length
    group by source_id, line
    having count(distinct article_id) >= $min_articles
)

select
    repeated.source_id,
    repeated.line,
    repeated.articles,
    round(repeated.articles / totals.articles, 6) as share
from repeated
inner join totals on totals.source_id = repeated.source_id
where repeated.articles >= $min_share * totals.articles
order by repeated.source_id, repeated.line
