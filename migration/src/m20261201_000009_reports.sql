CREATE TABLE report (
    id {uuid} PRIMARY KEY NOT NULL,
    key varchar(120) NOT NULL UNIQUE,
    kind varchar(20) NOT NULL CHECK (kind IN ('WEEKLY_BRIEF', 'MONTHLY_BULLETIN', 'QUARTERLY_REPORT',
        'ENTERPRISE_PROGRESS')),
    period varchar(10) NOT NULL,
    from_on {date} NOT NULL,
    to_on {date} NOT NULL,
    department_id {uuid} REFERENCES department (id),
    enterprise_id {uuid} REFERENCES enterprise (id),
    moment {instant} NOT NULL,
    compiled_at {instant} NOT NULL,
    calendar_version varchar(200) NOT NULL,
    program_version varchar(40) NOT NULL,
    facts {json} NOT NULL,
    fingerprint varchar(64) NOT NULL,
    CHECK (from_on <= to_on),
    CHECK (department_id IS NULL OR enterprise_id IS NULL),
    CHECK ((kind = 'ENTERPRISE_PROGRESS') = (enterprise_id IS NOT NULL))
);
CREATE INDEX report_by_moment ON report (moment);
CREATE INDEX report_by_enterprise ON report (enterprise_id);
CREATE INDEX report_by_department ON report (department_id);

CREATE TABLE report_file (
    id {uuid} PRIMARY KEY NOT NULL,
    report_id {uuid} NOT NULL REFERENCES report (id),
    format varchar(4) NOT NULL CHECK (format IN ('XLSX', 'PDF')),
    language varchar(8) NOT NULL CHECK (language IN ('zh-CN', 'en')),
    name varchar(255) NOT NULL,
    size integer NOT NULL CHECK (size > 0),
    sha256 varchar(64) NOT NULL,
    bytes {bytes} NOT NULL,
    UNIQUE (report_id, format, language)
);
