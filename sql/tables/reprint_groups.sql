-- Which articles are copies of one text: one row per current article.
--
-- article_id: The article.
-- version: Its version (the current one).
-- landed_on: UTC landing day of that version, as in articles; the rows lie in this order, so a filter on it saves reading the others.
-- reprint_group_id: The group; articles that share it are copies of one text. It comes from the lead's text alone.
-- is_lead: True for the group's earliest article.
-- linked_to: The article it was found to be a copy of: the lead where it can be, else the one of the group most like it; null for the lead.
-- containment: Share of the shorter of these two texts that stands in the longer one, in runs of four words, 0 to 1; null for the lead.
-- reason: lead, or why the link was made: same_text (equal once case, white space and punctuation are folded) or near_text.
create table reprint_groups (
    article_id varchar not null,
    version integer not null,
    landed_on date not null,
    reprint_group_id varchar not null,
    is_lead boolean not null,
    linked_to varchar,
    containment double,
    reason varchar not null
);
