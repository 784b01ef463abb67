-- The table that pekko-persistence-jdbc expects of MySQL, its payload as JSON text, and columns made of it to search by.
-- MySQL from 8.0.21, MariaDB from 10.6. The primary key is what fences two writers: it must stay.
CREATE TABLE config_journal (
    ordering           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT UNIQUE,
    deleted            BOOLEAN         NOT NULL DEFAULT FALSE,
    persistence_id     VARCHAR(255)    NOT NULL,
    sequence_number    BIGINT          NOT NULL,
    writer             VARCHAR(255)    NOT NULL,
    write_timestamp    BIGINT          NOT NULL,
    adapter_manifest   VARCHAR(255)    NOT NULL,
    event_payload      LONGTEXT        NOT NULL CHECK (JSON_VALID(event_payload)),
    event_ser_id       INTEGER         NOT NULL,
    event_ser_manifest VARCHAR(255)    NOT NULL,
    meta_payload       BLOB,
    meta_ser_id        INTEGER,
    meta_ser_manifest  VARCHAR(255),
    kind               VARCHAR(32)  AS (JSON_VALUE(event_payload, '$.kind')) STORED,
    revision           BIGINT       AS (JSON_VALUE(event_payload, '$.event.revision')) STORED,
    base_revision      BIGINT       AS (JSON_VALUE(event_payload, '$.base_revision')) STORED,
    changed_at         VARCHAR(32)  AS (JSON_VALUE(event_payload, '$.event.at')) STORED,
    changed_by         VARCHAR(255) AS (LEFT(JSON_VALUE(event_payload, '$.event.changed_by'), 255)) STORED,
    PRIMARY KEY (persistence_id, sequence_number),
    KEY by_revision (persistence_id, revision),
    KEY by_time (changed_at),
    KEY by_author (changed_by, changed_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What was changed, when, by whom and why: a row for each document that an event of the history changed. Of the events
-- stored at a revision the last one counts, and none above the last record's: the rest are orphans.
CREATE VIEW config_changes AS
SELECT SUBSTRING_INDEX(SUBSTRING_INDEX(stored.persistence_id, '|', 2), '|', -1) AS environment,
       stored.revision,
       stored.changed_at AS at,
       stored.changed_by,
       event.actor,
       event.through,
       event.reason,
       event.document,
       event.was,
       event.became,
       event.hash
FROM config_journal AS stored,
     JSON_TABLE(stored.event_payload, '$.event' COLUMNS (
         actor   VARCHAR(255) PATH '$.actor',
         through VARCHAR(32)  PATH '$.through',
         reason  TEXT         PATH '$.reason',
         hash    CHAR(64)     PATH '$.hash',
         NESTED PATH '$.changes[*]' COLUMNS (
             document VARCHAR(255) PATH '$.document',
             was      JSON         PATH '$.before',
             became   JSON         PATH '$.after'))) AS event
WHERE stored.revision <= (
        SELECT COALESCE(newest.revision, newest.base_revision)
        FROM config_journal AS newest
        WHERE newest.persistence_id = stored.persistence_id AND newest.kind <> 'claim'
        ORDER BY newest.sequence_number DESC
        LIMIT 1)
    AND NOT EXISTS (
        SELECT 1
        FROM config_journal AS later
        WHERE later.persistence_id = stored.persistence_id
            AND later.revision = stored.revision
            AND later.sequence_number > stored.sequence_number);

-- Events that were stored and are not part of the history.
CREATE VIEW config_orphans AS
SELECT SUBSTRING_INDEX(SUBSTRING_INDEX(stored.persistence_id, '|', 2), '|', -1) AS environment,
       stored.revision,
       stored.changed_at AS at,
       stored.changed_by,
       stored.sequence_number AS position,
       stored.event_payload
FROM config_journal AS stored
WHERE stored.revision > (
        SELECT COALESCE(newest.revision, newest.base_revision)
        FROM config_journal AS newest
        WHERE newest.persistence_id = stored.persistence_id AND newest.kind <> 'claim'
        ORDER BY newest.sequence_number DESC
        LIMIT 1)
    OR EXISTS (
        SELECT 1
        FROM config_journal AS later
        WHERE later.persistence_id = stored.persistence_id
            AND later.revision = stored.revision
            AND later.sequence_number > stored.sequence_number);
