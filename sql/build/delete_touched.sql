-- Take the touched articles' rows of some landing days out of a table.
delete from the_table
where landed_on between cast($first as date) and cast($last as date)
    and article_id in (select article_id from work_articles)
