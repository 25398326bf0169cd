-- Who held which office when: at most one holder of an office on a day.
--
-- office_id: The office.
-- actor_id: The holder.
-- started_on: First day of the term.
-- ended_on: Day on which it was over (that day belongs to the successor); null where it lasts, as far as known.
-- origin: Where the row comes from.
create table office_terms (
    office_id varchar not null,
    actor_id varchar not null,
    started_on date not null,
    ended_on date,
    origin varchar not null
);
