-- Decisions about actor ids: which are merged, promoted to the authority, or banned. Rules of tagging: run the days again after a change.
--
-- old_actor_id: The id that is no longer used; often one of a person or body that no list knew (local-person:..., local-org:...).
-- new_actor_id: The id that stands for it now; null for a ban.
-- kind: merge (the same actor under another id), promote (now in the authority) or ban (no actor at all: its mentions are dropped).
-- linked_on: Day of the decision.
-- reason: Why.
create table actor_links (
    old_actor_id varchar not null,
    new_actor_id varchar,
    kind varchar not null,
    linked_on date,
    reason varchar not null
);
