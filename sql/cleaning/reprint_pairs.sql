-- Pairs of texts that their kept shingles link, or leave in doubt where the sample is small or near the bound. Pairs that
-- surely are no copies are left out: too little in common, or words in common whose facts are others (a template).
-- Input: texts, one row per text and landing day, those of the days at hand numbered last; hashes, one row for each of
-- their kept shingles.
create or replace temp table pairs as
with shared as (
    select
        one.number as one_number,
        other.number as other_number,
        count(*) as matches,
        count(*) filter (where one.is_fact) as one_facts,
        count(*) filter (where other.is_fact) as other_facts
    from hashes as one
    inner join hashes as other on other.hash = one.hash
    where one.is_at_hand and other.number < one.number
    group by one.number, other.number
    having count(*) >= 2
),

-- How much of the text with fewer shingles stands in the other.
counted as (
    select
        shared.one_number,
        shared.other_number,
        shared.matches,
        case when one.shingles <= other.shingles then shared.one_facts else shared.other_facts end as fact_matches,
        least(one.shingles, other.shingles) as shingles,
        case when one.shingles <= other.shingles then one.fact_shingles else other.fact_shingles end as fact_shingles,
        shared.matches / (one.shingles + other.shingles - shared.matches) as strength,
        one.has_furniture or other.has_furniture as has_furniture
    from shared
    inner join texts as one on one.number = shared.one_number
    inner join texts as other on other.number = shared.other_number
    where one.text_number <> other.text_number
        and one.first_day <= other.last_day + to_days($window_days)
        and other.first_day <= one.last_day + to_days($window_days)
),

rated as (
    select
        *,
        matches / shingles as containment,
        $min_containment - 1 / sqrt(shingles) as possibly_enough,
        least($min_containment + 1 / sqrt(shingles), 1) as surely_enough,
        case
            when shingles >= $sure_sample and fact_shingles >= $enough and shingles - fact_shingles >= $enough
                then (fact_matches / fact_shingles) < $facts_to_words * (matches - fact_matches) / (shingles - fact_shingles)
            else false
        end as is_template
    from counted
)

select
    one.text_sha256 as one_text,
    one.landed_on as one_landed_on,
    other.text_sha256 as other_text,
    other.landed_on as other_landed_on,
    round(rated.containment, 4) as containment,
    round(rated.strength, 4) as strength,
    rated.has_furniture
    or rated.shingles >= $sure_sample and rated.containment >= rated.surely_enough as is_clear
from rated
inner join texts as one on one.number = rated.one_number
inner join texts as other on other.number = rated.other_number
-- Where furniture was left out, the whole words can decide nothing: then the sample must be sure.
where rated.containment >= case when rated.has_furniture then rated.surely_enough else rated.possibly_enough end
    and rated.shingles - rated.matches <= $max_own
    and not rated.is_template
