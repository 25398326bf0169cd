-- How often the tags are right, as measured on the hand-annotated samples: of all measures, or of those whose name begins so.
-- Example: from accuracy(measure := 'actors')
--
-- metric: What is measured, then _precision (of what was found, how much is right), _recall (of what is there, how much was found) or _f1.
-- slice: Which annotated articles.
-- n: How many tags (precision) or annotations (recall, f1) the value rests on.
-- value: The measure, from 0 to 1.
-- low: Lower end of its 95 % interval.
-- high: Upper end of its 95 % interval.
-- same_rules: True where it was measured under the rules that made this file's mentions; null where these are mixed.
create or replace macro accuracy(measure := '') as table
select
    quality_scores.metric,
    quality_scores.slice,
    quality_scores.n,
    quality_scores.value,
    quality_scores.low,
    quality_scores.high,
    case
        when not starts_with(build_info.rules_version, 'mixed') then starts_with(quality_scores.rules_version, build_info.rules_version)
    end as same_rules
from quality_scores
cross join build_info
where starts_with(quality_scores.metric, lower(measure))
order by quality_scores.metric, quality_scores.slice
