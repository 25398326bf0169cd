-- Which article belongs to which story: one row per current, tagged, dated article. One that nothing else is about is alone in
-- its story, which then has no row in stories.
--
-- story_id: The story.
-- article_id: The article.
-- version: Its version.
-- published_on: Its day of publication.
-- episode_id: The group of that day's articles in which it stands (see story_episodes).
-- similarity: How close it is to what the group says, from 0 to 1, rounded to 4 places; copies have that of their first article.
create table story_articles (
    story_id varchar not null,
    article_id varchar not null,
    version integer not null,
    published_on date not null,
    episode_id varchar not null,
    similarity double not null
);
