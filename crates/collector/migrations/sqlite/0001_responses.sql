-- Answers, what has been sent of each, and how often the answers of a survey have changed.
-- Times are milliseconds since 1970-01-01 UTC. Every key begins with the survey, so that the
-- tables can be divided by survey.

CREATE TABLE responses (
  survey_id      TEXT    NOT NULL, -- name of the survey
  id             TEXT    NOT NULL, -- UUID in lower case, made where the answer was given
  revision       INTEGER NOT NULL, -- the highest revision stored; from 1
  complete       INTEGER NOT NULL CHECK (complete IN (0, 1)), -- 1 when Send or Skip was pressed
  survey_version INTEGER NOT NULL, -- version of the survey that was shown
  locale         TEXT    NOT NULL, -- language it was shown in, as a BCP 47 tag
  metric         TEXT    NOT NULL CHECK (metric IN ('csat', 'ces', 'nps')),
  scale_min      INTEGER NOT NULL, -- lowest point of the scale shown
  scale_max      INTEGER NOT NULL, -- highest point of the scale shown
  direction      TEXT    NOT NULL CHECK (direction IN ('higher_is_better', 'lower_is_better')),
  value          INTEGER NOT NULL, -- the rating, as seen by the person
  question       TEXT    NOT NULL, -- the question as shown
  reasons        TEXT    NOT NULL, -- JSON list of the names of the reasons chosen, each once
  comment        TEXT,             -- free text; NULL when nothing was written
  context        TEXT    NOT NULL, -- JSON object of texts that the shop attached
  source         TEXT    NOT NULL, -- address of the page that asked, without its query
  answered_at_ms INTEGER NOT NULL, -- when the answer was given, plausible by our clock
  received_at_ms INTEGER NOT NULL, -- when its first revision arrived
  updated_at_ms  INTEGER NOT NULL, -- when the stored revision arrived
  age_ms         INTEGER,          -- milliseconds from showing to sending; NULL when not told
  PRIMARY KEY (survey_id, id),
  CHECK (value BETWEEN scale_min AND scale_max)
) STRICT;

-- All that counting reads, so that a score never touches the rows themselves.
CREATE INDEX responses_by_time ON responses
  (survey_id, metric, scale_min, scale_max, direction, answered_at_ms, value);

-- The newest comments.
CREATE INDEX responses_with_comment ON responses (survey_id, answered_at_ms)
  WHERE comment IS NOT NULL;

CREATE TABLE revisions (
  survey_id      TEXT    NOT NULL, -- name of the survey
  id             TEXT    NOT NULL, -- the answer it belongs to
  revision       INTEGER NOT NULL, -- from 1
  body_hash      BLOB    NOT NULL CHECK (length(body_hash) = 32), -- SHA-256 of its contents
  received_at_ms INTEGER NOT NULL, -- when it arrived
  PRIMARY KEY (survey_id, id, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE survey_changes (
  survey_id TEXT    NOT NULL PRIMARY KEY, -- name of the survey
  n_changes INTEGER NOT NULL -- commits that changed its answers; only ever goes up
) STRICT, WITHOUT ROWID;
