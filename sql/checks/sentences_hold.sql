-- The sentence of every mention stands in its article where it says, and the mention begins within it.
with cut as (
    select
        mentions.article_id,
        mentions.version,
        mentions.part,
        mentions.start_char,
        mentions.sentence_start_char,
        mentions.sentence,
        case mentions.part
            when 'title'
                then articles.title[
                    mentions.sentence_start_char + 1 : mentions.sentence_start_char + length(mentions.sentence)
                ]
            when 'text'
                then articles.text[
                    mentions.sentence_start_char + 1 : mentions.sentence_start_char + length(mentions.sentence)
                ]
        end as words
    from mentions
    inner join articles
        on articles.landed_on = mentions.landed_on
        and articles.article_id = mentions.article_id
        and articles.version = mentions.version
    where mentions.landed_on between $first_landed and $last_landed
        and articles.landed_on between $first_landed and $last_landed
)

select article_id, version, part, start_char, sentence_start_char, sentence, words
from cut
where sentence is distinct from words
    or start_char < sentence_start_char
    or start_char >= sentence_start_char + length(sentence)
order by article_id, version, part, start_char
