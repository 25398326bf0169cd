-- Every current, tagged, dated article is in one story, and the stories are as large as their articles say.
with of_the_days as (
    select article_id, version, published_on
    from articles
    where published_on between $first_published and $last_published
        and is_current and tagged and reprint_group_id is not null
),

placed as (
    select article_id, version, published_on, story_id
    from story_articles
    where published_on between $first_published and $last_published
),

astray as (
    select
        coalesce(of_the_days.published_on, placed.published_on) as published_on,
        coalesce(of_the_days.article_id, placed.article_id) as id,
        count(placed.story_id) as found,
        1 as wanted
    from of_the_days
    full join placed on placed.article_id = of_the_days.article_id and placed.version = of_the_days.version
    group by all
    having count(placed.story_id) <> 1 or count(of_the_days.article_id) <> 1
),

sizes as (
    select story_id, count(*) as articles
    from story_articles
    where story_id in (select story_id from placed)
    group by story_id
),

missized as (
    select cast(null as date) as published_on, sizes.story_id as id, coalesce(stories.articles, 0) as found, sizes.articles as wanted
    from sizes
    left join stories on stories.story_id = sizes.story_id
    where coalesce(stories.articles, 1) <> sizes.articles
)

select published_on, id, found, wanted from astray
union all
select published_on, id, found, wanted from missized
order by published_on, id
