-- Choose the documents of the articles that changed days have or had, and of those that have, or had, a touched text.
create temp table documents as
with touched_articles as (
    select article_id
    from changed_documents
    union
    select article_id
    from all_documents
    where word_count >= $min_words and text_sha256 in (select text_sha256 from touched_texts)
)

select *
from all_documents
where article_id in (select article_id from touched_articles)
