-- Every mention, quote and theme term is exactly the words that its span cuts out of its article.
-- A mention is cut out of its sentence, which sentences_hold holds against the text; only one that reaches beyond its
-- sentence is cut out of the text, whose characters must be counted from the beginning each time.
with spans as (
    select
        'mentions' as table_name, article_id, version, landed_on, part, start_char, end_char, surface,
        sentence as words_around, sentence_start_char as starts_at
    from mentions
    where landed_on between $first_landed and $last_landed
        and start_char >= sentence_start_char
        and end_char <= sentence_start_char + length(sentence)
    union all
    select
        'mentions' as table_name, article_id, version, landed_on, part, start_char, end_char, surface,
        null as words_around, 0 as starts_at
    from mentions
    where landed_on between $first_landed and $last_landed
        and not (start_char >= sentence_start_char and end_char <= sentence_start_char + length(sentence))
    union all
    select
        'quotes' as table_name, article_id, version, landed_on, part, start_char, end_char, surface,
        null as words_around, 0 as starts_at
    from quotes
    where landed_on between $first_landed and $last_landed
    union all
    select
        'theme_evidence' as table_name, article_id, version, landed_on, part, start_char, end_char, surface,
        null as words_around, 0 as starts_at
    from theme_evidence
    where landed_on between $first_landed and $last_landed
),

in_sentences as (
    select
        table_name, article_id, version, part, start_char, end_char, surface,
        substring(words_around, start_char - starts_at + 1, end_char - start_char) as words
    from spans
    where words_around is not null
),

-- Where each character of a text is one byte, its bytes are cut: its characters would be counted from the beginning.
written as (
    select
        landed_on, article_id, version, title, text, strlen(text) = length(text) as is_plain
    from articles
    where landed_on between $first_landed and $last_landed
),

in_articles as (
    select
        spans.table_name, spans.article_id, spans.version, spans.part, spans.start_char, spans.end_char, spans.surface,
        case
            when spans.part = 'title'
                then substring(written.title, spans.start_char + 1, spans.end_char - spans.start_char)
            when spans.part = 'text' and written.is_plain
                then decode(encode(written.text)[spans.start_char + 1 : spans.end_char])
            when spans.part = 'text'
                then substring(written.text, spans.start_char + 1, spans.end_char - spans.start_char)
        end as words
    from spans
    inner join written
        on written.landed_on = spans.landed_on
        and written.article_id = spans.article_id
        and written.version = spans.version
    where spans.words_around is null
),

cut as (
    select table_name, article_id, version, part, start_char, end_char, surface, words from in_sentences
    union all
    select table_name, article_id, version, part, start_char, end_char, surface, words from in_articles
)

select table_name, article_id, version, part, start_char, end_char, surface, words
from cut
where surface is distinct from words or start_char < 0 or end_char <= start_char
order by table_name, article_id, version, part, start_char, end_char, surface
