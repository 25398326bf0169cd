-- The texts whose groups can have changed: those of the articles of changed days, and all that links lead to from them.
-- Input: changed_documents (what the changed days had and have), all_documents, links_before, links.
create temp table touched_texts as
with recursive neighbours as (
    select one_text as text_sha256, other_text as linked_text from links
    union
    select other_text as text_sha256, one_text as linked_text from links
    union
    select one_text as text_sha256, other_text as linked_text from links_before
    union
    select other_text as text_sha256, one_text as linked_text from links_before
),

reached as (
    select text_sha256
    from changed_documents
    union
    -- The current version of an article may be another document of it now.
    select text_sha256
    from all_documents
    where article_id in (select article_id from changed_documents)
    union
    select neighbours.linked_text as text_sha256
    from reached
    inner join neighbours on neighbours.text_sha256 = reached.text_sha256
)

select text_sha256 from reached
