-- How often the tags are right on the hand-annotated samples: all of them, and those that no rule was written for.
-- The parts (by type, reading, kind of source, confidence) are in quality_scores.
with measured as (
    select
        slice,
        regexp_replace(metric, '_(f1|precision|recall)$', '') as measure,
        regexp_extract(metric, '(f1|precision|recall)$') as kind,
        n,
        round(value, 3) as value,
        round(low, 3) as low,
        round(high, 3) as high
    from quality_scores
    where slice in ('all', 'held_out')
)
select
    slice,
    measure,
    max(n) filter (where kind = 'f1') as n,
    max(value) filter (where kind = 'precision') as precision_,
    max(value) filter (where kind = 'recall') as recall,
    max(value) filter (where kind = 'f1') as f1,
    max(low) filter (where kind = 'f1') as f1_low,
    max(high) filter (where kind = 'f1') as f1_high
from measured
where kind <> ''
group by slice, measure
order by slice, measure
