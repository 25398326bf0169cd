-- Articles that can be of a story, by day and in the order of their publication: one of each reprint group and day.
create or replace temp table work_story_articles as
with first_articles as (
    select published_on, published_at, reprint_group_id, article_id, version, landed_on
    from articles
    where is_current and tagged and published_on between $since and $until and reprint_group_id is not null
    qualify row_number() over (
        partition by published_on, reprint_group_id order by published_at nulls last, article_id
    ) = 1
)

select
    row_number() over (order by published_on, published_at nulls last, article_id) - 1 as article_number,
    published_on,
    reprint_group_id,
    article_id,
    version,
    landed_on
from first_articles
