CREATE TABLE department (
    id {uuid} PRIMARY KEY NOT NULL,
    number integer NOT NULL UNIQUE CHECK (number > 0),
    name_zh varchar(100) NOT NULL UNIQUE,
    name_en varchar(200) NOT NULL,
    counterpart_zh varchar(200) NOT NULL,
    windows integer NOT NULL CHECK (windows >= 0),
    ended_on {date},
    version integer NOT NULL
);

CREATE TABLE enterprise (
    id {uuid} PRIMARY KEY NOT NULL,
    credit_code varchar(18) NOT NULL UNIQUE CHECK (length(credit_code) = 18),
    name_zh varchar(200) NOT NULL,
    name_en varchar(200),
    industry varchar(100) NOT NULL,
    remark varchar(500),
    created_at {instant} NOT NULL,
    ended_on {date},
    version integer NOT NULL
);

CREATE TABLE account (
    id {uuid} PRIMARY KEY NOT NULL,
    login varchar(254) NOT NULL UNIQUE CHECK (login = lower(login)),
    name varchar(100) NOT NULL,
    role varchar(20) NOT NULL CHECK (role IN ('ADMIN', 'LEADER', 'CENTRE', 'LIAISON', 'DEPARTMENT_HEAD',
        'WINDOW_OFFICER', 'ENTERPRISE', 'SUPERVISOR', 'INSPECTOR')),
    department_id {uuid} REFERENCES department (id),
    enterprise_id {uuid} REFERENCES enterprise (id),
    language varchar(8) NOT NULL CHECK (language IN ('zh-CN', 'en')),
    password_hash varchar(200),
    demonstration boolean NOT NULL,
    created_at {instant} NOT NULL,
    disabled_at {instant},
    version integer NOT NULL,
    CHECK ((role = 'ENTERPRISE') = (enterprise_id IS NOT NULL)),
    CHECK (role NOT IN ('DEPARTMENT_HEAD', 'WINDOW_OFFICER') OR department_id IS NOT NULL)
);
CREATE INDEX account_by_role ON account (role);
CREATE INDEX account_by_enterprise ON account (enterprise_id);
CREATE INDEX account_by_department ON account (department_id);

CREATE TABLE account_link (
    id {uuid} PRIMARY KEY NOT NULL,
    account_id {uuid} NOT NULL REFERENCES account (id),
    purpose varchar(16) NOT NULL CHECK (purpose IN ('INVITATION', 'PASSWORD')),
    secret_hash varchar(64) NOT NULL UNIQUE,
    created_at {instant} NOT NULL,
    expires_at {instant} NOT NULL,
    used_at {instant}
);
CREATE INDEX account_link_by_account ON account_link (account_id);

CREATE TABLE session (
    id {uuid} PRIMARY KEY NOT NULL,
    account_id {uuid} NOT NULL REFERENCES account (id),
    kind varchar(8) NOT NULL CHECK (kind IN ('COOKIE', 'TOKEN')),
    name varchar(100) NOT NULL,
    secret_hash varchar(64) NOT NULL UNIQUE,
    created_at {instant} NOT NULL,
    last_seen_at {instant} NOT NULL,
    expires_at {instant} NOT NULL,
    revoked_at {instant}
);
CREATE INDEX session_by_account ON session (account_id);

CREATE TABLE login_throttle (
    subject varchar(300) PRIMARY KEY NOT NULL,
    window_started_at {instant} NOT NULL,
    attempts integer NOT NULL CHECK (attempts >= 0),
    failures integer NOT NULL CHECK (failures >= 0),
    locked_until {instant}
);

CREATE TABLE liaison (
    id {uuid} PRIMARY KEY NOT NULL,
    enterprise_id {uuid} NOT NULL REFERENCES enterprise (id),
    account_id {uuid} NOT NULL REFERENCES account (id),
    deputy_id {uuid} REFERENCES account (id),
    state varchar(12) NOT NULL CHECK (state IN ('PROPOSED', 'ACTIVE', 'HANDING_OVER', 'ENDED')),
    started_on {date},
    ended_on {date},
    handover_note varchar(2000),
    version integer NOT NULL,
    CHECK (deputy_id IS NULL OR deputy_id <> account_id),
    CHECK (ended_on IS NULL OR ended_on >= started_on),
    CHECK ((state = 'PROPOSED') = (started_on IS NULL)),
    CHECK ((state = 'ENDED') = (ended_on IS NOT NULL))
);
CREATE UNIQUE INDEX liaison_one_active ON liaison (enterprise_id) WHERE state IN ('ACTIVE', 'HANDING_OVER');
CREATE UNIQUE INDEX liaison_one_proposed ON liaison (enterprise_id) WHERE state = 'PROPOSED';
CREATE INDEX liaison_by_account ON liaison (account_id);
CREATE INDEX liaison_by_deputy ON liaison (deputy_id);
CREATE INDEX liaison_by_enterprise ON liaison (enterprise_id);

CREATE TABLE document (
    id {uuid} PRIMARY KEY NOT NULL,
    enterprise_id {uuid} REFERENCES enterprise (id),
    name varchar(255) NOT NULL,
    content_type varchar(100) NOT NULL,
    size bigint NOT NULL CHECK (size > 0),
    sha256 varchar(64) NOT NULL,
    internal boolean NOT NULL,
    uploaded_by {uuid} REFERENCES account (id),
    uploaded_at {instant} NOT NULL
);
CREATE INDEX document_by_enterprise ON document (enterprise_id);

CREATE TABLE document_blob (
    document_id {uuid} PRIMARY KEY NOT NULL REFERENCES document (id),
    bytes {bytes} NOT NULL
);
