-- Every change that cleaning made to an article's extracted title or text; undoing them in reverse order gives it back.
--
-- article_id: The article.
-- version: Its version.
-- landed_on: UTC landing day of that version, as in articles; the rows lie in this order, so a filter on it saves reading the others.
-- part: title or text.
-- kind: What kind of damage was mended, as named in config/repairs.yaml (or encoding, invisible_characters, unicode_form, mixed_script); several joined by + where they met.
-- start_before: First character of the span in the extracted text (Unicode code points, from 0).
-- end_before: End of that span, exclusive.
-- text_before: What stood there.
-- start_after: First character of the span in the repaired text.
-- end_after: End of that span, exclusive.
-- text_after: What stands there now.
create table article_repairs (
    article_id varchar not null,
    version integer not null,
    landed_on date not null,
    part varchar not null,
    kind varchar not null,
    start_before integer not null,
    end_before integer not null,
    text_before varchar not null,
    start_after integer not null,
    end_after integer not null,
    text_after varchar not null
);
