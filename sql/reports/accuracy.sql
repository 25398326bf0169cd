-- How often the tags are right on the hand-annotated samples.
select metric, slice, n, round(value, 3) as value, round(low, 3) as low, round(high, 3) as high
from quality_scores
order by metric, slice
