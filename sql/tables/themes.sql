-- The taxonomy of themes.
--
-- theme_id: Id of the theme.
-- label: Name for people.
-- parent: The broader theme; null for the top topics.
-- medtop: IPTC Media Topics code (medtop: prefix left out).
-- gdelt: GDELT theme code where one is near; null where none is.
-- definition: What belongs to the theme and what does not.
create table themes (
    theme_id varchar not null,
    label varchar not null,
    parent varchar,
    medtop varchar,
    gdelt varchar,
    definition varchar not null
);
