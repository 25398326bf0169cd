-- Give the regrouped articles their new place.
update articles
set reprint_group_id = work_regrouped.reprint_group_id, is_lead = work_regrouped.is_lead
from work_regrouped
where articles.landed_on between cast($first as date) and cast($last as date)
    and work_regrouped.landed_on = articles.landed_on
    and work_regrouped.article_id = articles.article_id
    and work_regrouped.version = articles.version
