-- Leave out the articles of which only an earlier version has a touched text: their group is not chosen as a whole.
delete from current_versions
where text_sha256 not in (select text_sha256 from touched_texts)
