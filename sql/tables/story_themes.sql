-- What each story is about: one row per story and each of the three themes of most of its articles.
--
-- story_id: The story.
-- theme_id: The theme.
-- articles: Articles of the story that are about the theme.
create table story_themes (
    story_id varchar not null,
    theme_id varchar not null,
    articles bigint not null
);
