-- The themes of most articles from one day to another, with their articles in the period before.
with before as (
    select theme_daily.theme_id, cast(sum(theme_daily.articles) as bigint) as articles
    from theme_daily
    where theme_daily.published_on between $before_since and $before_until
    group by theme_daily.theme_id
),

during as (
    select
        article_themes.theme_id,
        count(distinct articles.article_id) as articles,
        count(distinct articles.reprint_group_id) as independent_articles
    from article_themes
    inner join articles
        on articles.article_id = article_themes.article_id and articles.version = article_themes.version
    where articles.is_current and articles.tagged and articles.published_on between $since and $until
    group by article_themes.theme_id
),

total as (
    select cast(sum(day_totals.tagged) as double) as tagged
    from day_totals
    where day_totals.published_on between $since and $until
)

select
    during.theme_id,
    coalesce(themes.label, during.theme_id) as name,
    during.articles,
    during.independent_articles,
    round(during.articles / nullif(total.tagged, 0), 6) as share,
    coalesce(before.articles, 0) as articles_before
from during
cross join total
left join themes on themes.theme_id = during.theme_id
left join before on before.theme_id = during.theme_id
order by during.articles desc, during.independent_articles desc, during.theme_id
limit 15
