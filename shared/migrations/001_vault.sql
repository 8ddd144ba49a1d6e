-- The vault's first shape. Plain columns hold ids, states, times, sizes, numbers and holds; every word a person said is
-- inside an envelope (see docs/PROTOCOL.md).

-- One row: what must be known before anything is opened.
CREATE TABLE vault (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    account BLOB NOT NULL,              -- the vault's random name
    master_epoch INTEGER NOT NULL,
    local_key_epoch INTEGER NOT NULL,
    local_key_check BLOB NOT NULL,      -- tells a right local key from a wrong one
    by_words BLOB NOT NULL,             -- the master key, wrapped by the recovery words
    by_passcode BLOB,                   -- the same, wrapped by the passcode
    passcode_salt BLOB,
    by_device_key BLOB,                 -- the same, wrapped by the key of the device's key store
    secrets BLOB NOT NULL,              -- letterbox and signing secrets, wrapped under the master key
    letterbox_public BLOB NOT NULL,
    device BLOB NOT NULL,               -- this device's random name
    device_public BLOB NOT NULL,
    device_seq INTEGER NOT NULL,        -- the device's chain of records: number and hash of the latest
    device_hash BLOB NOT NULL,
    failed_tries INTEGER NOT NULL,
    failed_at INTEGER NOT NULL
);

-- Apart from the vault, because it is written before there is one.
CREATE TABLE seen_time (one INTEGER PRIMARY KEY CHECK (one = 1), latest INTEGER NOT NULL);

-- All keys that open something: wrapped by their parent, and once more by the local key of the current epoch.
CREATE TABLE record_keys (
    number INTEGER PRIMARY KEY,
    owner BLOB NOT NULL,
    wrap INTEGER NOT NULL,              -- 1 record, 2 process note, 3 workbench text, 4 workbench audio
    wrapped BLOB NOT NULL
);
CREATE INDEX record_keys_by_owner ON record_keys (owner, wrap);

CREATE TABLE captures (
    id BLOB PRIMARY KEY NOT NULL,
    state INTEGER NOT NULL,
    source INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    audio_ms INTEGER NOT NULL
);
CREATE TABLE segments (
    capture BLOB NOT NULL REFERENCES captures (id),
    number INTEGER NOT NULL,
    key INTEGER NOT NULL REFERENCES record_keys (number),
    audio_ms INTEGER NOT NULL,
    envelope BLOB NOT NULL,
    PRIMARY KEY (capture, number)
);
CREATE INDEX segments_by_key ON segments (key);
CREATE TABLE texts (
    capture BLOB PRIMARY KEY NOT NULL REFERENCES captures (id),
    key INTEGER NOT NULL REFERENCES record_keys (number),
    transcript BLOB NOT NULL,
    review BLOB
);
CREATE INDEX texts_by_key ON texts (key);

CREATE TABLE notes (
    id BLOB PRIMARY KEY NOT NULL,
    key INTEGER NOT NULL REFERENCES record_keys (number),
    approved_at INTEGER NOT NULL,
    held INTEGER NOT NULL DEFAULT 0,
    deletes_at INTEGER,
    addenda INTEGER NOT NULL DEFAULT 0,
    line BLOB NOT NULL,                 -- what the list shows, sealed apart so that a list never opens notes
    envelope BLOB NOT NULL
);
CREATE INDEX notes_newest ON notes (approved_at, id);
CREATE INDEX notes_due ON notes (deletes_at) WHERE deletes_at IS NOT NULL AND held = 0;
CREATE INDEX notes_by_key ON notes (key);
CREATE TABLE addenda (
    id BLOB PRIMARY KEY NOT NULL,
    note BLOB NOT NULL REFERENCES notes (id),
    key INTEGER NOT NULL REFERENCES record_keys (number),
    written_at INTEGER NOT NULL,
    envelope BLOB NOT NULL
);
CREATE INDEX addenda_by_note ON addenda (note, written_at);
CREATE INDEX addenda_by_key ON addenda (key);
CREATE TABLE process_notes (
    id BLOB PRIMARY KEY NOT NULL,
    note BLOB,
    key INTEGER NOT NULL REFERENCES record_keys (number),
    written_at INTEGER NOT NULL,
    envelope BLOB NOT NULL
);
CREATE INDEX process_notes_by_note ON process_notes (note);
CREATE INDEX process_notes_by_key ON process_notes (key);
CREATE TABLE settings (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    key INTEGER NOT NULL REFERENCES record_keys (number),
    envelope BLOB NOT NULL
);
CREATE INDEX settings_by_key ON settings (key);

-- What is left of what was deleted: content-free.
CREATE TABLE receipts (
    number INTEGER PRIMARY KEY,
    what TEXT NOT NULL,
    id BLOB NOT NULL,
    deleted_at INTEGER NOT NULL,
    key_fingerprint TEXT NOT NULL,
    local_key_epoch INTEGER NOT NULL,
    why TEXT NOT NULL
);

-- The audit log: each line's hash covers the line before it.
CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    act TEXT NOT NULL,
    id BLOB,
    detail TEXT NOT NULL,
    hash BLOB NOT NULL
);
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER audit_is_never_cut BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append only'); END;
