-- The days of stories: one row per group of a day's articles on one happening, single articles among them, and the earlier
-- group that it continues.
--
-- episode_id: The group; the article_id of its first article.
-- published_on: Its day of publication.
-- story_id: The story.
-- continues: The episode of one of the days before that it continues; null where it begins a story.
-- similarity: How close it is to that episode, from 0 to 1, rounded to 4 places.
create table story_episodes (
    episode_id varchar not null,
    published_on date not null,
    story_id varchar not null,
    continues varchar,
    similarity double
);
