-- Pairs that only their words can decide.
select one_text, one_landed_on, other_text, other_landed_on, containment, strength
from pairs
where not is_clear
order by one_text, other_text, one_landed_on, other_landed_on
