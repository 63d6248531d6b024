-- An order had no table: it was told, and what it says stood in the audit trail. From now on it is answered.
CREATE TABLE supervision_order (
    id {uuid} PRIMARY KEY NOT NULL,
    obligation_id {uuid} NOT NULL REFERENCES obligation (id),
    enterprise_id {uuid} NOT NULL REFERENCES enterprise (id),
    department_id {uuid} REFERENCES department (id),
    about_zh text NOT NULL,
    about_en text NOT NULL,
    due_on {date} NOT NULL,
    reason varchar(1000) NOT NULL,
    ordered_at {instant} NOT NULL,
    ordered_by {uuid} REFERENCES account (id),
    reply_by {date} NOT NULL,
    state varchar(10) NOT NULL CHECK (state IN ('ORDERED', 'ANSWERED', 'SETTLED')),
    settled_at {instant},
    version integer NOT NULL,
    UNIQUE (obligation_id, due_on),
    CHECK ((state = 'SETTLED') = (settled_at IS NOT NULL))
);
CREATE INDEX supervision_order_by_reply ON supervision_order (reply_by, id);
CREATE INDEX supervision_order_by_department ON supervision_order (department_id, reply_by, id);
CREATE INDEX supervision_order_by_enterprise ON supervision_order (enterprise_id);
CREATE INDEX supervision_order_open ON supervision_order (state, reply_by, id) WHERE settled_at IS NULL;

CREATE TABLE supervision_entry (
    id {uuid} PRIMARY KEY NOT NULL,
    order_id {uuid} NOT NULL REFERENCES supervision_order (id),
    kind varchar(10) NOT NULL CHECK (kind IN ('REPLY', 'ASK_AGAIN', 'SETTLE')),
    text varchar(2000) NOT NULL CHECK (text <> ''),
    reply_by {date} NOT NULL,
    late boolean NOT NULL,
    written_at {instant} NOT NULL,
    written_by {uuid} REFERENCES account (id),
    CHECK (kind = 'REPLY' OR NOT late)
);
CREATE INDEX supervision_entry_by_order ON supervision_entry (order_id, id);

-- What was ordered before. Of what has been closed since, nobody waits for an answer.
INSERT INTO supervision_order (id, obligation_id, enterprise_id, department_id, about_zh, about_en, due_on, reason, ordered_at, ordered_by,
    reply_by, state, settled_at, version)
SELECT e.id, o.id, o.enterprise_id,
    COALESCE(c.department_id, (
        SELECT a.department_id FROM liaison l JOIN account a ON a.id = l.account_id
        WHERE l.enterprise_id = o.enterprise_id AND l.state IN ('ACTIVE', 'HANDING_OVER') LIMIT 1
    )),
    c.text_zh, c.text_en, {due_on}, COALESCE(e.reason, ''), e.at, e.actor_id, {reply_by},
    CASE WHEN o.closed_at IS NULL THEN 'ORDERED' ELSE 'SETTLED' END, o.closed_at, 1
FROM audit_entry e
JOIN obligation o ON o.id = e.subject_id
JOIN commitment c ON c.id = o.commitment_id
WHERE e.action = 'obligation.supervise' AND {due_on} IS NOT NULL AND {reply_by} IS NOT NULL
    -- Two leaders at the same moment could both give one: the first counts.
    AND NOT EXISTS (
        SELECT 1 FROM audit_entry f
        WHERE f.action = e.action AND f.subject_id = e.subject_id AND f.id < e.id AND {due_on_before} = {due_on}
    );

-- A comment belongs to a contract, and may be about one of its obligations or projects. Of what is withdrawn the audit trail alone keeps the text.
CREATE TABLE comment (
    id {uuid} PRIMARY KEY NOT NULL,
    enterprise_id {uuid} NOT NULL REFERENCES enterprise (id),
    contract_id {uuid} NOT NULL REFERENCES contract (id),
    obligation_id {uuid} REFERENCES obligation (id),
    project_id {uuid} REFERENCES project (id),
    audience varchar(10) NOT NULL CHECK (audience IN ('INTERNAL', 'SHARED')),
    text varchar(2000) CHECK (text <> ''),
    written_at {instant} NOT NULL,
    written_by {uuid} REFERENCES account (id),
    withdrawn_at {instant},
    version integer NOT NULL,
    CHECK (obligation_id IS NULL OR project_id IS NULL),
    CHECK ((withdrawn_at IS NULL) = (text IS NOT NULL))
);
CREATE INDEX comment_by_contract ON comment (contract_id, id) WHERE obligation_id IS NULL AND project_id IS NULL;
CREATE INDEX comment_by_obligation ON comment (obligation_id, id) WHERE obligation_id IS NOT NULL;
CREATE INDEX comment_by_project ON comment (project_id, id) WHERE project_id IS NOT NULL;

-- What waits for a leader is found without a look at all contracts.
CREATE INDEX contract_in_review ON contract (id) WHERE state = 'LEGAL_REVIEW';

-- What is done is told no more: the notices about it are found by its page.
CREATE INDEX notice_unread_by_path ON notice (path) WHERE read_at IS NULL;
