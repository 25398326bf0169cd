-- A person's last word: what config/corrections.csv overrides, by whom and why. In effect once the article's landing day has been run again.
--
-- article_id: The article.
-- kind: mention, theme, date or reprint.
-- was: What was wrong: the actor or theme that is not meant; null where something is only added.
-- becomes: What is right: an actor, a theme, a day, the article that this one copies; null where nothing stands in its place.
-- words: For mentions: the words that mean another actor; null for all words of the article that did.
-- corrected_by: Who says so.
-- corrected_on: On which day.
-- reason: Why.
create table corrections (
    article_id varchar not null,
    kind varchar not null,
    was varchar,
    becomes varchar,
    words varchar,
    corrected_by varchar not null,
    corrected_on date not null,
    reason varchar not null
);
