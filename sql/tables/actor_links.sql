-- Merges and promotions of actor ids: where an old id leads.
--
-- actor_id: The id that is no longer used.
-- linked_to: The id that stands for it now.
-- linked_on: Day of the decision.
-- reason: Why.
create table actor_links (
    actor_id varchar not null,
    linked_to varchar not null,
    linked_on date,
    reason varchar not null
);
