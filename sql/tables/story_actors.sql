-- Who leads each story: one row per story and each of the five actors named in most of its articles.
--
-- story_id: The story.
-- actor_id: The actor.
-- articles: Articles of the story that name the actor.
create table story_actors (
    story_id varchar not null,
    actor_id varchar not null,
    articles bigint not null
);
