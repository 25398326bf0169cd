-- The articles that count: the current version of each. Example: from current_articles where published_on = date '2022-03-16'
--
-- article_id: The article.
-- source_id: The source that published it.
-- published_on: Day of publication; null where there is no evidence.
-- title: Headline; null where none was found.
-- text: Body text.
-- url: Canonical address; null where none is known.
-- language: ISO 639-1 code of the text; 'und' where it cannot be told.
-- tagged: False where the text's language has no tagger yet.
-- word_count: Words in the text.
-- reprint_group_id: Articles that share it are copies of one text.
-- is_lead: True for the earliest article of its reprint group.
create or replace view current_articles as
select
    article_id,
    source_id,
    published_on,
    title,
    text,
    url,
    language,
    tagged,
    word_count,
    reprint_group_id,
    is_lead
from articles
where is_current
