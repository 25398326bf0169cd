-- How often the tags are right on annotated articles that no rule was written for; on all of them where none were held out.
select metric, slice, n, value, low, high
from quality_scores
where slice = case when (select count(*) from quality_scores where slice = 'held_out') > 0 then 'held_out' else 'all' end
    and regexp_matches(metric, '_(precision|recall|f1)$')
order by metric
