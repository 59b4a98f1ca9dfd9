CREATE TABLE user (
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    active INTEGER NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_user PRIMARY KEY (id),
    CONSTRAINT ck_user_named CHECK (name <> ''),
    CONSTRAINT ck_user_role CHECK (role IS NULL OR role IN ('admin', 'clerk', 'viewer')),
    CONSTRAINT ck_user_active CHECK (active IN (0, 1)),
    CONSTRAINT uq_user_name UNIQUE (name)
)
 STRICT;

CREATE TABLE audit_entry (
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT,
    action_id INTEGER,
    changes TEXT,
    salt TEXT,
    digest TEXT NOT NULL,
    chain TEXT NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_audit_entry PRIMARY KEY (id),
    CONSTRAINT uq_audit_entry_action_id UNIQUE (action_id),
    CONSTRAINT fk_audit_entry_action_id FOREIGN KEY(action_id) REFERENCES action (id)
)
 STRICT;

CREATE TABLE attachment (
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    added TEXT NOT NULL,
    note TEXT,
    id INTEGER NOT NULL,
    CONSTRAINT pk_attachment PRIMARY KEY (id),
    CONSTRAINT ck_attachment_sha256 CHECK (length(sha256) = 64),
    CONSTRAINT ck_attachment_size CHECK (size >= 0),
    CONSTRAINT ck_attachment_named CHECK (name <> '')
)
 STRICT;

CREATE INDEX ix_attachment_record ON attachment (table_name, row_id);

ALTER TABLE change ADD COLUMN salt BLOB;

ALTER TABLE change ADD COLUMN digest TEXT;

UPDATE change SET salt = randomblob(16);

CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry BEGIN
    SELECT raise(ABORT, 'audit entries are never deleted');
END;

CREATE TRIGGER audit_entry_only_blanked BEFORE UPDATE ON audit_entry WHEN NOT (
    NEW.id IS OLD.id AND NEW.at IS OLD.at AND NEW.who IS OLD.who AND NEW.kind IS OLD.kind
    AND NEW.action_id IS OLD.action_id AND NEW.changes IS OLD.changes
    AND NEW.digest IS OLD.digest AND NEW.chain IS OLD.chain
    AND NEW.title IS NULL AND NEW.salt IS NULL
) BEGIN
    SELECT raise(ABORT, 'audit entries are only ever blanked');
END;
