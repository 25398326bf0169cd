-- Articles that hold all the words given, in title or text, capitals and accents aside; those first that hold them in the
-- title, then those that hold them most often. A word is found at the beginning of longer ones too: gas finds gases.
-- Example: from search('gas pipeline', since := date '2022-03-01', n := 10)
--
-- published_on: Day of publication; null where it is not known.
-- source_id: The source.
-- title: Headline; null where none was found.
-- snippet: The text around the first of the words.
-- hits: How often the words stand in title and text.
-- in_title: How many of the words stand in the title.
-- url: Address of the article; null where none is known.
-- article_id: The article.
-- reprint_group_id: Articles that share it are copies of one text.
create or replace macro search(words, since := null, until := null, n := 20) as table
with asked as (
    select distinct unnest(string_split(trim(regexp_replace(translate(strip_accents(lower(words)), 'ıøłđ', 'iold'), '[^\p{L}\p{N}]+', ' ', 'g')), ' ')) as word
),

folded as (
    select
        current_articles.article_id,
        current_articles.published_on,
        concat(' ', trim(regexp_replace(translate(strip_accents(lower(coalesce(current_articles.title, ''))), 'ıøłđ', 'iold'), '[^\p{L}\p{N}]+', ' ', 'g'))) as folded_title,
        concat(' ', translate(strip_accents(lower(current_articles.text)), 'ıøłđ', 'iold')) as folded_text
    from current_articles
    where (cast(since as date) is null or current_articles.published_on >= cast(since as date))
        and (cast(until as date) is null or current_articles.published_on <= cast(until as date))
),

found as (
    select
        folded.article_id,
        asked.word,
        contains(folded.folded_title, concat(' ', asked.word)) as in_title,
        cast(
            (length(folded.folded_title) - length(replace(folded.folded_title, concat(' ', asked.word), '')))
            // (length(asked.word) + 1) as bigint
        )
        + len(regexp_extract_all(folded.folded_text, concat('[^\p{L}\p{N}]', asked.word))) as hits,
        strpos(folded.folded_text, asked.word) as place
    from folded
    cross join asked
    where asked.word <> ''
        and (contains(folded.folded_title, asked.word) or contains(folded.folded_text, asked.word))
),

scored as (
    select
        found.article_id,
        count(*) as words_found,
        cast(sum(found.hits) as bigint) as hits,
        count(*) filter (where found.in_title) as in_title,
        min(found.place) filter (where found.place > 0) as place
    from found
    where found.hits > 0
    group by found.article_id
),

ranked as (
    select
        current_articles.published_on,
        current_articles.source_id,
        current_articles.title,
        case
            when scored.place > 81
                -- Not from the middle of a word.
                then regexp_replace(substring(current_articles.text, scored.place - 80, 200), '^\S*\s+', '… ')
            else substring(current_articles.text, 1, 200)
        end as snippet,
        scored.hits,
        scored.in_title,
        current_articles.url,
        current_articles.article_id,
        current_articles.reprint_group_id,
        row_number() over (
            order by
                scored.in_title desc, scored.hits desc, current_articles.published_on desc nulls last,
                current_articles.article_id
        ) as place
    from scored
    inner join current_articles on current_articles.article_id = scored.article_id
    where scored.words_found = (select count(*) from asked where asked.word <> '')
)

select
    ranked.published_on,
    ranked.source_id,
    ranked.title,
    ranked.snippet,
    ranked.hits,
    ranked.in_title,
    ranked.url,
    ranked.article_id,
    ranked.reprint_group_id
from ranked
where ranked.place <= n
order by ranked.place
