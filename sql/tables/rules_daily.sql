-- Under which rules the mentions of each landing day were made: one row per landing day and rules version.
--
-- landed_on: UTC landing day.
-- rules_version: Hash of the tagging rules, as in mentions.
-- mentions: Mentions of that day made under them.
create table rules_daily (
    landed_on date not null,
    rules_version varchar not null,
    mentions bigint not null
);
