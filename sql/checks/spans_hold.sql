-- Every mention, quote and theme term is exactly the words that its span cuts out of its article.
with spans as (
    select 'mentions' as table_name, article_id, version, part, start_char, end_char, surface from mentions
    union all
    select 'quotes' as table_name, article_id, version, part, start_char, end_char, surface from quotes
    union all
    select 'theme_evidence' as table_name, article_id, version, part, start_char, end_char, surface from theme_evidence
),

cut as (
    select
        spans.table_name,
        spans.article_id,
        spans.version,
        spans.part,
        spans.start_char,
        spans.end_char,
        spans.surface,
        case spans.part
            when 'title' then articles.title[spans.start_char + 1 : spans.end_char]
            when 'text' then articles.text[spans.start_char + 1 : spans.end_char]
        end as words
    from spans
    inner join articles on articles.article_id = spans.article_id and articles.version = spans.version
)

select table_name, article_id, version, part, start_char, end_char, surface, words
from cut
where surface is distinct from words or start_char < 0 or end_char <= start_char
order by table_name, article_id, version, part, start_char, end_char, surface
