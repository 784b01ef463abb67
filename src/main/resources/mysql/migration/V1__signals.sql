-- Signals that went out, a row each; payload is what was published. The primary key is what makes writing one again
-- change nothing: it must stay. MySQL from 8.0.21, MariaDB from 10.6.
CREATE TABLE ta_bot_signals (
    intent_id       CHAR(32)        CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    number          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT UNIQUE,
    environment     VARCHAR(32)     NOT NULL,
    strategy        VARCHAR(100)    NOT NULL,
    symbol          VARCHAR(64)     NOT NULL,
    timeframe       VARCHAR(10)     NOT NULL,
    open_time       DATETIME(3)     NOT NULL,
    action          VARCHAR(10)     NOT NULL,
    confidence      DOUBLE          NOT NULL,
    price           DOUBLE          NOT NULL,
    current_price   DOUBLE          NOT NULL,
    stop_loss       DOUBLE,
    take_profit     DOUBLE,
    config_revision BIGINT,
    parameters_hash VARCHAR(64),
    window_hash     VARCHAR(64),
    sent_at         DATETIME(3)     NOT NULL,
    payload         LONGTEXT        NOT NULL CHECK (JSON_VALID(payload)),
    PRIMARY KEY (intent_id),
    KEY by_time (environment, sent_at, number),
    KEY by_series (environment, symbol, timeframe, sent_at),
    KEY by_strategy (environment, strategy, sent_at),
    KEY by_revision (environment, config_revision)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
