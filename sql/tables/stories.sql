-- Stories: groups of articles on one happening, across sources and days; one row per story of at least two articles.
-- The view story_overview adds the names of the leading actors and themes.
-- The articles of one day are grouped by what they say (words of headline and lead, actors, themes, each weighted by how rare it
-- is in the news of the days before), and each group continues the most similar group of the days before.
--
-- story_id: The story; named after its first article, so a late earlier article may rename it.
-- label: The headline that is closest to what the story's largest day says.
-- started_on: Publication day of its first article.
-- ended_on: Publication day of its last article so far.
-- articles: Articles of the story.
-- independent_articles: The same with copies counted once: distinct reprint groups.
-- sources: Sources with such an article.
create table stories (
    story_id varchar not null,
    label varchar,
    started_on date not null,
    ended_on date not null,
    articles bigint not null,
    independent_articles bigint not null,
    sources bigint not null
);
