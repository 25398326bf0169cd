-- How often the tags are right on the hand-annotated samples, all of them taken together.
select metric, n, value, low, high
from quality_scores
where slice = 'all'
order by metric
