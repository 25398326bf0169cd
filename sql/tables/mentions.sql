-- Who is named where: one row per actor and span of an article's title or text.
-- text[start_char + 1 : end_char] is the surface, for every row. One span may carry two actors (US-Azerbaijani).
--
-- article_id: The article.
-- version: Its version.
-- landed_on: UTC landing day of that version, as in articles; the rows lie in this order, so a filter on it saves reading the others.
-- part: title or text.
-- start_char: First character of the mention (Unicode code points, from 0).
-- end_char: End of the mention, exclusive.
-- surface: The words themselves.
-- actor_id: Who is meant.
-- office_id: The office through which the actor is named; null where it is named otherwise.
-- reading: How the words name the actor: name, short_name, initials, misspelling, demonym, office, metonym, place or unknown.
-- sentence: The sentence in which the mention stands.
-- sentence_start_char: First character of that sentence in its part.
-- tone: How the sentence sounds, from -1 to 1, by the words in it (VADER's lexicon); null where it says nothing. For averages over many mentions: it knows negation, but neither irony nor who does what to whom, and takes 'war' or 'killed' as bad and 'agreement' or 'support' as good whoever speaks of them.
-- confidence: Probability from 0 to 1 that the mention is this actor; counts use those at or above a threshold in config/dateline.yaml.
-- rule: The rule that decided, for reviewing.
-- rules_version: Hash of the rules (config and code) in force.
create table mentions (
    article_id varchar using compression dictionary not null,
    version integer not null,
    landed_on date not null,
    part varchar using compression dictionary not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar using compression dictionary not null,
    actor_id varchar using compression dictionary not null,
    office_id varchar,
    reading varchar using compression dictionary not null,
    sentence varchar using compression dictionary not null,
    sentence_start_char integer not null,
    tone double,
    confidence double not null,
    rule varchar using compression dictionary not null,
    rules_version varchar using compression dictionary not null
);
