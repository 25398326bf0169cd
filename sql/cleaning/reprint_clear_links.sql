-- Links that the kept shingles alone decide.
select one_text, one_landed_on, other_text, other_landed_on, containment, strength
from pairs
where is_clear
order by one_text, other_text, one_landed_on, other_landed_on
