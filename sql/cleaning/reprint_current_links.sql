-- The links between texts of current articles, each pair of texts once.
create temp table current_links as
with current_texts as (
    select distinct text_sha256
    from current_versions
    where may_have_copies and text_sha256 not in (select text_sha256 from stubs)
)

select
    least(one_text, other_text) as one_text,
    greatest(one_text, other_text) as other_text,
    max(containment) as containment,
    max(strength) as strength
from links
where one_text in (select text_sha256 from current_texts)
    and other_text in (select text_sha256 from current_texts)
group by all
