-- The themes that an id, a label or an IPTC Media Topics code means, capitals and accents aside.
-- Example: from find_theme('Oil and gas')
--
-- theme_id: The theme.
-- label: Its label.
-- parent: The broader theme; null for the top topics.
-- definition: What belongs to the theme and what does not.
create or replace macro find_theme(theme) as table
select themes.theme_id, themes.label, themes.parent, themes.definition
from themes
where themes.theme_id = trim(theme)
    or themes.medtop = replace(trim(theme), 'medtop:', '')
    or strip_accents(lower(themes.label)) = strip_accents(lower(trim(theme)))
order by themes.theme_id
