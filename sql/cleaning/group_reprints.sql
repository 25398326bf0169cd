-- Group the current versions of all articles: one row per article.
-- The id of a group comes from its lead's text alone, so verbatim copies may come and go without changing it.
with grouped as (
    select
        current_versions.*,
        case
            when not may_have_copies or stubs.text_sha256 is not null
                then 'article-' || substr(sha256(article_id), 1, 24)
            else coalesce(clustered.cluster, current_versions.text_sha256)
        end as cluster
    from current_versions
    left join stubs on stubs.text_sha256 = current_versions.text_sha256
    left join clustered on clustered.text_sha256 = current_versions.text_sha256
),

ranked as (
    select
        article_id,
        version,
        landed_on,
        text_sha256,
        cluster,
        row_number() over (partition by cluster order by published_on nulls last, published_at nulls last, landed_on, first_seen_at, article_id) as place
    from grouped
),

leads as (
    select cluster, article_id as lead_article_id, text_sha256 as lead_text
    from ranked
    where place = 1
),

-- Of each text of a group, its earliest article: the one that others are linked to.
firsts as (
    select cluster, text_sha256, arg_min(article_id, place) as article_id, min(place) as place
    from ranked
    group by cluster, text_sha256
),

both_ways as (
    select one_text as text_sha256, other_text as linked_text, containment from current_links
    union all
    select other_text as text_sha256, one_text as linked_text, containment from current_links
),

-- The text that each other text of a group was linked by: the lead's where it can be, else the one most alike.
linked_texts as (
    select
        texts.cluster,
        texts.text_sha256,
        linked.article_id as linked_to,
        both_ways.containment
    from firsts as texts
    inner join both_ways on both_ways.text_sha256 = texts.text_sha256
    inner join firsts as linked on linked.cluster = texts.cluster and linked.text_sha256 = both_ways.linked_text
    qualify row_number() over (
        partition by texts.cluster, texts.text_sha256
        order by linked.place > 1, both_ways.containment desc, linked.place
    ) = 1
)

select
    ranked.article_id,
    ranked.version,
    ranked.landed_on,
    case
        when ranked.cluster like 'article-%' then ranked.cluster
        else 'text-' || substr(leads.lead_text, 1, 24)
    end as reprint_group_id,
    ranked.place = 1 as is_lead,
    case
        when ranked.place = 1 then null
        when ranked.text_sha256 = leads.lead_text then leads.lead_article_id
        else linked_texts.linked_to
    end as linked_to,
    case
        when ranked.place = 1 then null
        when ranked.text_sha256 = leads.lead_text then cast(1 as double)
        else linked_texts.containment
    end as containment,
    case
        when ranked.place = 1 then 'lead'
        when ranked.text_sha256 = leads.lead_text then 'same_text'
        else 'near_text'
    end as reason
from ranked
inner join leads on leads.cluster = ranked.cluster
left join linked_texts on linked_texts.cluster = ranked.cluster and linked_texts.text_sha256 = ranked.text_sha256
order by ranked.landed_on, ranked.article_id
