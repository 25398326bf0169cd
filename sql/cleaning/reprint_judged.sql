-- What the kept shingles say of each pair: linked, or doubtful where the sample is small or near the bound. Pairs that
-- surely are no copies are left out: too little in common, or words in common whose facts are others (a template).
create or replace temp table judged as
with rated as (
    select
        *,
        matches / shingles as containment,
        1 / sqrt(shingles) as uncertainty,
        case
            when fact_shingles >= $enough and shingles - fact_shingles >= $enough
                then (fact_matches / fact_shingles) < $facts_to_words * (matches - fact_matches) / (shingles - fact_shingles)
            else false
        end as is_template
    from pairs
)

select
    one_text,
    one_landed_on,
    other_text,
    other_landed_on,
    round(containment, 4) as containment,
    round(strength, 4) as strength,
    shingles >= $sure_sample and containment >= least($min_containment + uncertainty, 1) as is_clear
from rated
where containment >= $min_containment - uncertainty
    and shingles - matches <= $max_own
    and not (is_template and shingles >= $sure_sample)
