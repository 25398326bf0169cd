-- Offices that persons hold and by which texts name them.
--
-- office_id: Id of the office.
-- body: actor_id of the country or organisation whose office it is.
-- role: president, prime_minister, foreign_minister, spokesperson and so on.
-- label: Name for people.
-- titles: Titles that name the office together with its body, separated by |; null where only fixed phrases do.
-- fixed: Phrases that name the office by themselves, separated by |; null where there are none.
-- origin: Where the row comes from.
create table offices (
    office_id varchar not null,
    body varchar not null,
    role varchar not null,
    label varchar not null,
    titles varchar,
    fixed varchar,
    origin varchar not null
);
