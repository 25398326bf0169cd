-- The counts by actor are those that the mentions give when they are counted from the beginning.
with counted as (
    select
        articles.published_on,
        mentions.actor_id,
        count(distinct articles.article_id) as articles,
        count(distinct articles.reprint_group_id) as independent_articles,
        count(distinct articles.source_id) as sources,
        count(*) as mentions
    from mentions
    inner join articles on articles.article_id = mentions.article_id and articles.version = mentions.version
    where articles.is_current
        and articles.tagged
        and articles.published_on is not null
        and mentions.confidence >= (select mention_confidence from build_info)
    group by articles.published_on, mentions.actor_id
),

added as (
    select published_on, actor_id, articles, independent_articles, sources, mentions from actor_daily
    except all
    select published_on, actor_id, articles, independent_articles, sources, mentions from counted
),

missing as (
    select published_on, actor_id, articles, independent_articles, sources, mentions from counted
    except all
    select published_on, actor_id, articles, independent_articles, sources, mentions from actor_daily
)

select 'stored' as found_in, published_on, actor_id, articles, independent_articles, sources, mentions from added
union all
select 'counted' as found_in, published_on, actor_id, articles, independent_articles, sources, mentions from missing
order by published_on, actor_id, found_in
