-- Take the touched articles out of a table.
delete from the_table
where article_id in (select article_id from work_articles)
