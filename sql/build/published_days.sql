-- Publication days to be counted anew: those on which the touched articles counted or count now, and those of the
-- regrouped ones.
insert into work_published_days (published_on)
with before as (
    select published_on
    from work_before
    where version is not null
    qualify row_number() over (partition by article_id order by version desc) = 1
),

now as (
    select published_on
    from work_versions
    where version is not null
    qualify row_number() over (partition by article_id order by version desc) = 1
),

regrouped as (
    select articles.published_on
    from work_regrouped
    inner join articles
        on articles.landed_on = work_regrouped.landed_on
        and articles.article_id = work_regrouped.article_id
        and articles.version = work_regrouped.version
    where articles.is_current
),

days as (
    select published_on from before
    union
    select published_on from now
    union
    select published_on from regrouped
)

select published_on
from days
where published_on is not null
order by published_on
