-- Articles: one row per article version. The current version of each article is the one that counts.
--
-- article_id: Source plus hash of the canonical URL (or of the external id, or of the bytes where there is neither).
-- version: 1 for the text first landed under this article_id, 2 for the first changed one, and so on.
-- is_current: True for the newest version, the only one that counts.
-- document_id: The landed document that this version was read from.
-- source_id: The source that published it.
-- url: Canonical address, without trackers; null where none is known.
-- title: Headline, cleaned and repaired; null where none was found.
-- text: Body text, cleaned and repaired; paragraphs stand one to a line, separated by a single line feed.
-- language: ISO 639-1 code of the text; 'und' where it cannot be told.
-- author: Author as the page or source names it; null where none is named.
-- section: Section or category as the page or source names it; null where none is named.
-- machine_translated: True where the source says so or the text shows it.
-- tagged: False where the text's language has no tagger yet; such articles are kept but left out of shares.
-- published_at: UTC instant of publication; null where only the day, or nothing, is known.
-- published_on: Day of publication in the publisher's own time zone where known, else UTC; null where there is no evidence.
-- date_method: Where that day comes from: declared, feed, page_metadata, url, text, observed, corrected (by a person) or none.
-- published_earliest: First day on which it can have been published: the day itself, the first of the days that disagreeing evidence names, or the last day that an undated text tells of as past; null where unbounded.
-- published_latest: Last day on which it can have been published: the day itself, the last of the days that disagreeing evidence names, or the day on which an undated text was changed or fetched; null where unbounded.
-- date_conflict: True where two good pieces of evidence name days more than one day apart; published_on is the day that most of it supports.
-- landed_on: UTC day on which Dateline first had the document.
-- first_seen_at: UTC instant at which Dateline first had it.
-- word_count: Words in the text.
-- text_sha256: SHA-256 of the text with case, white space and punctuation folded; equal for verbatim copies.
-- reprint_group_id: The group of copies of one text that the article belongs to (joined in when published).
-- is_lead: True for the earliest article of its reprint group (joined in when published).
create table articles (
    article_id varchar not null,
    version integer not null,
    is_current boolean not null,
    document_id varchar not null,
    source_id varchar not null,
    url varchar,
    title varchar,
    text varchar not null,
    language varchar not null,
    author varchar,
    section varchar,
    machine_translated boolean not null,
    tagged boolean not null,
    published_at timestamp,
    published_on date,
    date_method varchar not null,
    published_earliest date,
    published_latest date,
    date_conflict boolean not null,
    landed_on date not null,
    first_seen_at timestamp not null,
    word_count integer not null,
    text_sha256 varchar not null,
    reprint_group_id varchar,
    is_lead boolean
);
