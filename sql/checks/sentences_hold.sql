-- The sentence of every mention stands in its article where it says, and the mention begins within it.
-- Where each character of a text is one byte, sentences are cut out of its bytes; otherwise characters are counted from the
-- beginning each time.
with written as (
    select
        landed_on, article_id, version, title, text, strlen(text) = length(text) as is_plain
    from articles
    where landed_on between $first_landed and $last_landed
),

placed as (
    select
        mentions.article_id,
        mentions.version,
        mentions.part,
        mentions.start_char,
        mentions.sentence_start_char,
        mentions.sentence,
        case
            when mentions.part = 'title'
                then mentions.sentence is not distinct from
                    substring(written.title, mentions.sentence_start_char + 1, length(mentions.sentence))
            when mentions.part = 'text' and written.is_plain
                then encode(mentions.sentence) is not distinct from
                    encode(written.text)[
                        mentions.sentence_start_char + 1 : mentions.sentence_start_char + strlen(mentions.sentence)
                    ]
            when mentions.part = 'text'
                then mentions.sentence is not distinct from
                    substring(written.text, mentions.sentence_start_char + 1, length(mentions.sentence))
            else false
        end as is_there,
        case mentions.part when 'title' then written.title when 'text' then written.text end as words_around
    from mentions
    inner join written
        on written.landed_on = mentions.landed_on
        and written.article_id = mentions.article_id
        and written.version = mentions.version
    where mentions.landed_on between $first_landed and $last_landed
)

select
    article_id,
    version,
    part,
    start_char,
    sentence_start_char,
    sentence,
    substring(words_around, sentence_start_char + 1, length(sentence)) as words
from placed
where not is_there
    or sentence_start_char < 0
    or start_char < sentence_start_char
    or start_char >= sentence_start_char + length(sentence)
order by article_id, version, part, start_char
