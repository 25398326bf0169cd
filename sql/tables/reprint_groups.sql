-- Which articles are copies of one text: one row per current article.
--
-- article_id: The article.
-- version: Its version (the current one).
-- landed_on: UTC landing day of that version, as in articles; the rows lie in this order, so a filter on it saves reading the others.
-- reprint_group_id: The group; articles that share it are copies of one text.
-- is_lead: True for the group's earliest article.
-- linked_to: The article that this one was found to copy (the lead, for exact copies); null for the lead itself.
-- containment: Share of the shorter text that both have in common, 0 to 1; 1 for exact copies; null for the lead.
-- reason: lead, or why the link was made: same_text.
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
