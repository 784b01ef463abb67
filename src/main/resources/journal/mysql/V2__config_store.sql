-- Who a journal is: written once when it is first opened here. A database that was emptied, or exchanged for another,
-- no longer has it, and that is how the service notices.
CREATE TABLE config_store (
    persistence_id VARCHAR(255) NOT NULL,
    identity       CHAR(36)     NOT NULL,
    PRIMARY KEY (persistence_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
