PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "seaql_migrations" ( "version" varchar NOT NULL PRIMARY KEY, "applied_at" integer NOT NULL );
INSERT INTO seaql_migrations VALUES('m20261201_000001_people',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000002_calendar',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000003_contracts',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000004_projects',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000005_operations',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000006_preferences',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000007_absences',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000009_reports',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000010_feeds',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000011_permits',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000013_visits',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000014_evaluations',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000015_rectifications',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000016_papers',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000017_actors',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000018_settlements',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000021_letters',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000026_bad_days',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000028_seals',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000025_promotions',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000027_known_browsers',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000024_files',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000019_limits',1795952107);
INSERT INTO seaql_migrations VALUES('m20261201_000029_beyond_the_law',1795952107);
CREATE TABLE department (
    id uuid_text PRIMARY KEY NOT NULL,
    number integer NOT NULL UNIQUE CHECK (number > 0),
    name_zh varchar(100) NOT NULL UNIQUE,
    name_en varchar(200) NOT NULL,
    counterpart_zh varchar(200) NOT NULL,
    windows integer NOT NULL CHECK (windows >= 0),
    ended_on date_text,
    version integer NOT NULL
);
INSERT INTO department VALUES(X'01a227165f1377beb97f43debe479c58',1,'经济发展局','Economic Development','发展改革和经济管理',2,NULL,1);
INSERT INTO department VALUES(X'01a227165f1375eda9ffb1a84455e5b5',2,'招商局(企业服务中心)','Investment Promotion (Enterprise Service Centre)','商务/投资促进',2,NULL,1);
INSERT INTO department VALUES(X'01a227165f137ced8c6d1b6087361126',3,'科技创新局','Science and Innovation','科技',1,NULL,1);
INSERT INTO department VALUES(X'01a227165f137592bd79b5ed0fdfd723',4,'规划局','Planning','自然资源',2,NULL,1);
INSERT INTO department VALUES(X'01a227165f1379b9a85f7a5fcaab8968',5,'国土资源分局','Land and Resources','自然资源(不动产)',2,NULL,1);
INSERT INTO department VALUES(X'01a227165f137f78a8460c641a5bb741',6,'城乡建设局(人防)','Urban and Rural Construction (Civil Air Defence)','住建',2,NULL,1);
INSERT INTO department VALUES(X'01a227165f137fb3a66750b77b3ede11',7,'环境保护局','Environmental Protection','生态环境分局',1,NULL,1);
INSERT INTO department VALUES(X'01a227165f137326bde9ed53c84ba48c',8,'工商分局','Industry and Commerce','市场监管',2,NULL,1);
INSERT INTO department VALUES(X'01a227165f13750bb383bc4b43336319',9,'质量技术监督分局','Quality and Technical Supervision','市场监管',1,NULL,1);
INSERT INTO department VALUES(X'01a227165f137211b86b085725540d9f',10,'城市管理局','City Management','城管/水务',1,NULL,1);
INSERT INTO department VALUES(X'01a227165f1373aaacae53ea74146616',11,'人力资源和社会保障局','Human Resources and Social Security','人社',1,NULL,1);
INSERT INTO department VALUES(X'01a227165f1375bb8633c0033f590ae4',12,'公安分局(消防大队)','Public Security (Fire)','公安/消防救援',1,NULL,1);
INSERT INTO department VALUES(X'01a227165f1377b6b019c26052615125',13,'税务(国税、地税)','Taxation','税务',2,NULL,1);
INSERT INTO department VALUES(X'01a227165f137ca7a6515c8815b5c681',14,'安监局/交通/气象综合','Work Safety, Transport and Meteorology','应急/交通/气象',1,NULL,1);
CREATE TABLE enterprise (
    id uuid_text PRIMARY KEY NOT NULL,
    credit_code varchar(18) NOT NULL UNIQUE CHECK (length(credit_code) = 18),
    name_zh varchar(200) NOT NULL,
    name_en varchar(200),
    industry varchar(100) NOT NULL,
    remark varchar(500),
    created_at timestamp_with_timezone_text NOT NULL,
    ended_on date_text,
    version integer NOT NULL
);
INSERT INTO enterprise VALUES(X'01a22716627c7dfcacc0157b3da7634d','91420100TE0000016K','示例企业1有限公司',NULL,'示例',NULL,'2026-11-29T11:35:08.156265+00:00',NULL,1);
INSERT INTO enterprise VALUES(X'01a22716627c771084b6ff037db05db3','91420100TE000002XU','示例企业2有限公司',NULL,'示例',NULL,'2026-11-29T11:35:08.156265+00:00',NULL,1);
CREATE TABLE account (
    id uuid_text PRIMARY KEY NOT NULL,
    login varchar(254) NOT NULL UNIQUE CHECK (login = lower(login)),
    name varchar(100) NOT NULL,
    role varchar(20) NOT NULL CHECK (role IN ('ADMIN', 'LEADER', 'CENTRE', 'LIAISON', 'DEPARTMENT_HEAD',
        'WINDOW_OFFICER', 'ENTERPRISE', 'SUPERVISOR', 'INSPECTOR')),
    department_id uuid_text REFERENCES department (id),
    enterprise_id uuid_text REFERENCES enterprise (id),
    language varchar(8) NOT NULL CHECK (language IN ('zh-CN', 'en')),
    password_hash varchar(200),
    demonstration boolean NOT NULL,
    created_at timestamp_with_timezone_text NOT NULL,
    disabled_at timestamp_with_timezone_text,
    version integer NOT NULL,
    CHECK ((role = 'ENTERPRISE') = (enterprise_id IS NOT NULL)),
    CHECK (role NOT IN ('DEPARTMENT_HEAD', 'WINDOW_OFFICER') OR department_id IS NOT NULL)
);
INSERT INTO account VALUES(X'01a227165ff9756ba108c5d48f947255','admin@park.example','管理员','ADMIN',NULL,NULL,'zh-CN','$argon2id$v=19$m=47104,t=2,p=1$tTuGyhq52rpGqus30w4iWw$9fUvxCpQ+wMkDEBnXp2eLS5LujeX9yBk4fCzIjN2OHw',0,'2026-11-29T11:35:07.513865+00:00',NULL,1);
INSERT INTO account VALUES(X'01a2271660b175e682a96a05feecfaf4','centre@park.example','企业服务中心','CENTRE',NULL,NULL,'zh-CN','$argon2id$v=19$m=47104,t=2,p=1$tgv7nhDDWD/w6KKh/ajI1g$kMg3D6rRwDOUZHkovO/J/vvqM/Zqpvwqbk7js/QbtBk',0,'2026-11-29T11:35:07.697186+00:00',NULL,1);
INSERT INTO account VALUES(X'01a22716616c7b11b858eb0599fe8ee0','leader@park.example','分管领导','LEADER',NULL,NULL,'zh-CN','$argon2id$v=19$m=47104,t=2,p=1$nnfBtclr3ei0FhJYvveJeQ$zRJ0VhU8D7lNL6254xQVa/hXGR/iHts1nELfhydoNM8',0,'2026-11-29T11:35:07.884108+00:00',NULL,1);
INSERT INTO account VALUES(X'01a2271662317d91a4318081ddaf8bf0','supervisor@park.example','监督员','SUPERVISOR',NULL,NULL,'zh-CN','$argon2id$v=19$m=47104,t=2,p=1$1MhtYoAJLf4i6MU7QdIEBQ$vgCIfgxUDWfvWX33JPT9BT5pVJEbMs4NqH+f/VJMWDc',0,'2026-11-29T11:35:08.081734+00:00',NULL,1);
INSERT INTO account VALUES(X'01a22716627c737c8bc4ec56a4664ffe','contact1@firm.example','示例企业1有限公司联系人','ENTERPRISE',NULL,X'01a22716627c7dfcacc0157b3da7634d','zh-CN',NULL,0,'2026-11-29T11:35:08.156265+00:00',NULL,1);
INSERT INTO account VALUES(X'01a22716627c75eb9f3810bff19f34fa','liaison01@park.example','专员 01','LIAISON',NULL,NULL,'zh-CN',NULL,0,'2026-11-29T11:35:08.156265+00:00',NULL,1);
INSERT INTO account VALUES(X'01a22716627c745abaaa012c3fcbd135','contact2@firm.example','示例企业2有限公司联系人','ENTERPRISE',NULL,X'01a22716627c771084b6ff037db05db3','zh-CN',NULL,0,'2026-11-29T11:35:08.156265+00:00',NULL,1);
CREATE TABLE account_link (
    id uuid_text PRIMARY KEY NOT NULL,
    account_id uuid_text NOT NULL REFERENCES account (id),
    purpose varchar(16) NOT NULL CHECK (purpose IN ('INVITATION', 'PASSWORD')),
    secret_hash varchar(64) NOT NULL UNIQUE,
    created_at timestamp_with_timezone_text NOT NULL,
    expires_at timestamp_with_timezone_text NOT NULL,
    used_at timestamp_with_timezone_text
);
INSERT INTO account_link VALUES(X'01a227166c5a77ad994e56c70f27909f',X'01a22716616c7b11b858eb0599fe8ee0','PASSWORD','eb9257f9d459268dc905e7e112cae89f4a5dfee7371e86aa799630c098d1c036','2026-11-29T11:35:10.682513+00:00','2026-12-02T11:35:10.682513+00:00',NULL);
CREATE TABLE session (
    id uuid_text PRIMARY KEY NOT NULL,
    account_id uuid_text NOT NULL REFERENCES account (id),
    kind varchar(8) NOT NULL CHECK (kind IN ('COOKIE', 'TOKEN')),
    name varchar(100) NOT NULL,
    secret_hash varchar(64) NOT NULL UNIQUE,
    created_at timestamp_with_timezone_text NOT NULL,
    last_seen_at timestamp_with_timezone_text NOT NULL,
    expires_at timestamp_with_timezone_text NOT NULL,
    revoked_at timestamp_with_timezone_text
, browser_hash varchar(64));
INSERT INTO session VALUES(X'01a227166800717d9339d21ee403429b',X'01a227165ff9756ba108c5d48f947255','COOKIE','curl/7.88.1','0012d5b4929928cc06790866dc20ff16875cd7c58abb2d277162524304f045ff','2026-11-29T11:35:09.568579+00:00','2026-11-29T11:35:09.568579+00:00','2026-11-29T23:35:09.568579+00:00',NULL,'ee91589edcfd40b8d00714ea30a5a3a52097bae8f0d16e8e0178f125ab768a66');
INSERT INTO session VALUES(X'01a22716688d7ef7a9443ad7e391ef9d',X'01a2271660b175e682a96a05feecfaf4','COOKIE','curl/7.88.1','147f3fce252a9ca31e09edb42034dd409aa7069dc42b46b3a550c16f22d58a90','2026-11-29T11:35:09.709387+00:00','2026-11-29T11:35:09.709387+00:00','2026-11-29T23:35:09.709387+00:00',NULL,'5551e56628c87e9e22071e4433153c91792af126183d0cb47c16e1d75581f6c7');
INSERT INTO session VALUES(X'01a22716690f7d42aadf0a4ba88b0fb0',X'01a22716616c7b11b858eb0599fe8ee0','COOKIE','curl/7.88.1','4234f4423d4a5c9d4bc5e7f8c58643b5d34147ab1626406eaf6c51c7f9f51495','2026-11-29T11:35:09.839472+00:00','2026-11-29T11:35:09.839472+00:00','2026-11-29T23:35:09.839472+00:00',NULL,'79483898ab4e142868281beb599fad9daa3d2ea80506544af6a547dde0d608ad');
INSERT INTO session VALUES(X'01a2271669b776bbaea8ee5b79d3901b',X'01a2271662317d91a4318081ddaf8bf0','COOKIE','curl/7.88.1','bd21e0ca98f9e7446273c775a29584809ce5988fb54925fa22e8cd71cb45a36a','2026-11-29T11:35:10.007006+00:00','2026-11-29T11:35:10.007006+00:00','2026-11-29T23:35:10.007006+00:00',NULL,'03a94ba1a349874d057df5052c213d4f6e5e17866bb98d46e94460daa6388730');
CREATE TABLE login_throttle (
    subject varchar(300) PRIMARY KEY NOT NULL,
    window_started_at timestamp_with_timezone_text NOT NULL,
    attempts integer NOT NULL CHECK (attempts >= 0),
    failures integer NOT NULL CHECK (failures >= 0),
    locked_until timestamp_with_timezone_text
);
CREATE TABLE liaison (
    id uuid_text PRIMARY KEY NOT NULL,
    enterprise_id uuid_text NOT NULL REFERENCES enterprise (id),
    account_id uuid_text NOT NULL REFERENCES account (id),
    deputy_id uuid_text REFERENCES account (id),
    state varchar(12) NOT NULL CHECK (state IN ('PROPOSED', 'ACTIVE', 'HANDING_OVER', 'ENDED')),
    started_on date_text,
    ended_on date_text,
    handover_note varchar(2000),
    version integer NOT NULL,
    CHECK (deputy_id IS NULL OR deputy_id <> account_id),
    CHECK (ended_on IS NULL OR ended_on >= started_on),
    CHECK ((state = 'PROPOSED') = (started_on IS NULL)),
    CHECK ((state = 'ENDED') = (ended_on IS NOT NULL))
);
INSERT INTO liaison VALUES(X'01a22716627c7088ade096dc3e4244c3',X'01a22716627c7dfcacc0157b3da7634d',X'01a22716627c75eb9f3810bff19f34fa',NULL,'ACTIVE','2026-10-30',NULL,NULL,1);
INSERT INTO liaison VALUES(X'01a22716627c767580b9ccd2b4cf5650',X'01a22716627c771084b6ff037db05db3',X'01a22716627c75eb9f3810bff19f34fa',NULL,'ACTIVE','2026-11-09',NULL,NULL,1);
CREATE TABLE document (
    id uuid_text PRIMARY KEY NOT NULL,
    enterprise_id uuid_text REFERENCES enterprise (id),
    name varchar(255) NOT NULL,
    content_type varchar(100) NOT NULL,
    size bigint NOT NULL CHECK (size > 0),
    sha256 varchar(64) NOT NULL,
    internal boolean NOT NULL,
    uploaded_by uuid_text REFERENCES account (id),
    uploaded_at timestamp_with_timezone_text NOT NULL
);
INSERT INTO document VALUES(X'01a227166a48792d97f750c42c40aee9',X'01a22716627c7dfcacc0157b3da7634d','x.pdf','application/pdf',15,'1e7313ace78f0fb481a486939b4885902663102818090805515553d84e0bbfd3',0,X'01a2271660b175e682a96a05feecfaf4','2026-11-29T11:35:10.152164+00:00');
CREATE TABLE document_blob (
    document_id uuid_text PRIMARY KEY NOT NULL REFERENCES document (id),
    bytes blob NOT NULL
);
INSERT INTO document_blob VALUES(X'01a227166a48792d97f750c42c40aee9',X'255044462d312e370a2525454f460a');
CREATE TABLE calendar_import (
    id uuid_text PRIMARY KEY NOT NULL,
    notice_year integer NOT NULL,
    revision integer NOT NULL CHECK (revision > 0),
    source varchar(300) NOT NULL,
    sha256 varchar(64) NOT NULL,
    imported_by uuid_text REFERENCES account (id),
    imported_at timestamp_with_timezone_text NOT NULL,
    UNIQUE (notice_year, revision)
);
INSERT INTO calendar_import VALUES(X'01a227165eef7b60a6d6ac418aab7191',2012,1,'随程序提供的放假安排','204cfbad019cc01ba0ab796cbde0f7a085e9ac859e5c4963cdd81b3805ceebf6',NULL,'2026-11-29T11:35:07.247004+00:00');
INSERT INTO calendar_import VALUES(X'01a227165eef789e91cfc3473154f664',2013,1,'随程序提供的放假安排','4b62bd866ae545250ea0d0868739720fa627563b33ceeec5d616c4680157446e',NULL,'2026-11-29T11:35:07.247004+00:00');
INSERT INTO calendar_import VALUES(X'01a227165eef7c0a97274fa76c7badad',2014,1,'随程序提供的放假安排','670f15916adb4245a0b7573aa9cb651dd6afa3be1f4f929497104703d82a9fbf',NULL,'2026-11-29T11:35:07.247004+00:00');
INSERT INTO calendar_import VALUES(X'01a227165eef786f937e04398fe2bb1f',2015,1,'随程序提供的放假安排','374490bd71589a286d6e900f85f60f4f00009227c8227555ba88cdb4af7c51ec',NULL,'2026-11-29T11:35:07.247004+00:00');
INSERT INTO calendar_import VALUES(X'01a227165eef728cb744713d9929e700',2016,1,'随程序提供的放假安排','d078654c4e2e83b0f5d618d063ed49923617e940772f3f279eade48910579795',NULL,'2026-11-29T11:35:07.247004+00:00');
INSERT INTO calendar_import VALUES(X'01a227165eef7b2eb40b95d0cf201275',2017,1,'随程序提供的放假安排','3b8a45e3187ba856802f8290115120436d927d4a355c862e2936a5a2812b502b',NULL,'2026-11-29T11:35:07.247004+00:00');
INSERT INTO calendar_import VALUES(X'01a227165eef76cdb7e0125871236998',2018,1,'随程序提供的放假安排','763af8951991282734b1d16c15d7680df9706c9c7d2383e86b5051c35c5e4245',NULL,'2026-11-29T11:35:07.247004+00:00');
INSERT INTO calendar_import VALUES(X'01a227165eef7e0bb7b5ff443e5aca20',2019,1,'随程序提供的放假安排','e7dc70841d1cd6b4c5047668878655d04ead8666f1c9b5af5382aa3e08264645',NULL,'2026-11-29T11:35:07.247004+00:00');
INSERT INTO calendar_import VALUES(X'01a227165eef7d88bccece9b7ee8fd96',2020,1,'随程序提供的放假安排','c828fc60172b1c8c797f1493bd43d765d1d8452cd5576093db0a6090ec71c325',NULL,'2026-11-29T11:35:07.247004+00:00');
INSERT INTO calendar_import VALUES(X'01a227165eef7936b8b5d64c8c71ff37',2021,1,'随程序提供的放假安排','a36ea18ee588812d8190fb4022c0a277bdcfe342d4abee1625b9399536767de5',NULL,'2026-11-29T11:35:07.247004+00:00');
INSERT INTO calendar_import VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7',2022,1,'随程序提供的放假安排','09c985649e3ca9ae90400cd5d09618e88cb5628512da67a6a45bb7802493d0ff',NULL,'2026-11-29T11:35:07.247004+00:00');
INSERT INTO calendar_import VALUES(X'01a227165eef7c3aa17a55cd6f5ca317',2023,1,'随程序提供的放假安排','e4403e9bc0644b127698dc936fc870346301de6b106f8c2c2c510f0df47ad439',NULL,'2026-11-29T11:35:07.247004+00:00');
INSERT INTO calendar_import VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3',2024,1,'随程序提供的放假安排','8d91700381499e93ecfcb8149700a859884dea04bd44589cfa22efb4259e6df9',NULL,'2026-11-29T11:35:07.247004+00:00');
INSERT INTO calendar_import VALUES(X'01a227165eef7e788065e4b0d9586537',2025,1,'随程序提供的放假安排','e9ee2b604b304f43ed9cdc7dc48fa491065df93c7763a937886ae4fdea367497',NULL,'2026-11-29T11:35:07.247004+00:00');
INSERT INTO calendar_import VALUES(X'01a227165eef7da1aa2dd318c971d2b6',2026,1,'随程序提供的放假安排','07a66cc1f941a5988dbd0464c27d00067c9bc7ffc7a068c709ae123753f82e90',NULL,'2026-11-29T11:35:07.247004+00:00');
CREATE TABLE calendar_day (
    import_id uuid_text NOT NULL REFERENCES calendar_import (id),
    day date_text NOT NULL,
    kind varchar(8) NOT NULL CHECK (kind IN ('HOLIDAY', 'WORKDAY')),
    name_zh varchar(100) NOT NULL,
    name_en varchar(100) NOT NULL,
    PRIMARY KEY (import_id, day)
);
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2011-12-31','WORKDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-01-01','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-01-02','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-01-03','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-01-21','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-01-22','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-01-23','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-01-24','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-01-25','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-01-26','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-01-27','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-01-28','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-01-29','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-03-31','WORKDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-04-01','WORKDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-04-02','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-04-03','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-04-04','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-04-28','WORKDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-04-29','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-04-30','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-05-01','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-06-22','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-06-24','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-09-29','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-09-30','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-10-01','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-10-02','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-10-03','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-10-04','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-10-05','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-10-06','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b60a6d6ac418aab7191','2012-10-07','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-01-01','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-01-02','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-01-03','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-01-05','WORKDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-01-06','WORKDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-02-09','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-02-10','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-02-11','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-02-12','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-02-13','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-02-14','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-02-15','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-02-16','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-02-17','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-04-04','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-04-05','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-04-06','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-04-07','WORKDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-04-27','WORKDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-04-28','WORKDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-04-29','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-04-30','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-05-01','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-06-08','WORKDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-06-09','WORKDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-06-10','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-06-11','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-06-12','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-09-19','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-09-20','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-09-21','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-09-22','WORKDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-09-29','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-10-01','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-10-02','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-10-03','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-10-04','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-10-05','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-10-06','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-10-07','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef789e91cfc3473154f664','2013-10-12','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-01-01','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-01-26','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-01-31','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-02-01','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-02-02','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-02-03','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-02-04','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-02-05','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-02-06','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-02-08','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-04-05','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-04-06','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-04-07','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-05-01','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-05-02','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-05-03','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-05-04','WORKDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-06-02','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-09-08','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-09-28','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-10-01','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-10-02','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-10-03','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-10-04','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-10-05','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-10-06','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-10-07','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c0a97274fa76c7badad','2014-10-11','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-01-01','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-01-02','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-01-03','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-01-04','WORKDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-02-15','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-02-18','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-02-19','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-02-20','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-02-21','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-02-22','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-02-23','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-02-24','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-02-28','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-04-05','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-04-06','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-05-01','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-06-20','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-06-22','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-09-03','HOLIDAY','中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日','Anti-Fascist 70th Day');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-09-04','HOLIDAY','中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日','Anti-Fascist 70th Day');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-09-06','WORKDAY','中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日','Anti-Fascist 70th Day');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-09-27','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-10-01','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-10-02','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-10-03','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-10-04','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-10-05','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-10-06','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-10-07','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef786f937e04398fe2bb1f','2015-10-10','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-01-01','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-02-06','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-02-07','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-02-08','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-02-09','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-02-10','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-02-11','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-02-12','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-02-13','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-02-14','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-04-04','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-05-01','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-05-02','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-06-09','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-06-10','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-06-11','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-06-12','WORKDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-09-15','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-09-16','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-09-17','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-09-18','WORKDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-10-01','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-10-02','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-10-03','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-10-04','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-10-05','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-10-06','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-10-07','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-10-08','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef728cb744713d9929e700','2016-10-09','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-01-01','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-01-02','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-01-22','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-01-27','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-01-28','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-01-29','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-01-30','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-01-31','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-02-01','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-02-02','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-02-04','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-04-01','WORKDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-04-02','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-04-03','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-04-04','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-05-01','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-05-27','WORKDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-05-28','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-05-29','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-05-30','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-09-30','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-10-01','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-10-02','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-10-03','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-10-04','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-10-05','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-10-06','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-10-07','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7b2eb40b95d0cf201275','2017-10-08','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-01-01','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-02-11','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-02-15','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-02-16','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-02-17','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-02-18','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-02-19','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-02-20','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-02-21','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-02-24','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-04-05','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-04-06','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-04-07','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-04-08','WORKDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-04-28','WORKDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-04-29','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-04-30','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-05-01','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-06-18','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-09-24','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-09-29','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-09-30','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-10-01','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-10-02','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-10-03','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-10-04','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-10-05','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-10-06','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef76cdb7e0125871236998','2018-10-07','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2018-12-29','WORKDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2018-12-30','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2018-12-31','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-01-01','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-02-02','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-02-03','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-02-04','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-02-05','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-02-06','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-02-07','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-02-08','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-02-09','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-02-10','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-04-05','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-04-06','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-04-07','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-04-28','WORKDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-05-01','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-05-02','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-05-03','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-05-04','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-05-05','WORKDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-06-07','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-06-08','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-06-09','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-09-13','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-09-14','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-09-15','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-09-29','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-10-01','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-10-02','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-10-03','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-10-04','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-10-05','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-10-06','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-10-07','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e0bb7b5ff443e5aca20','2019-10-12','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-01-01','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-01-19','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-01-24','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-01-25','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-01-26','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-01-27','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-01-28','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-01-29','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-01-30','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-01-31','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-02-01','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-02-02','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-04-04','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-04-05','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-04-06','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-04-26','WORKDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-05-01','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-05-02','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-05-03','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-05-04','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-05-05','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-05-09','WORKDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-06-25','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-06-26','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-06-27','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-06-28','WORKDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-09-27','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-10-01','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-10-02','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-10-03','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-10-04','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-10-05','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-10-06','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-10-07','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-10-08','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7d88bccece9b7ee8fd96','2020-10-10','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-01-01','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-01-02','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-01-03','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-02-07','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-02-11','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-02-12','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-02-13','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-02-14','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-02-15','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-02-16','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-02-17','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-02-20','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-04-03','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-04-04','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-04-05','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-04-25','WORKDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-05-01','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-05-02','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-05-03','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-05-04','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-05-05','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-05-08','WORKDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-06-12','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-06-13','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-06-14','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-09-18','WORKDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-09-19','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-09-20','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-09-21','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-09-26','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-10-01','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-10-02','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-10-03','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-10-04','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-10-05','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-10-06','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-10-07','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7936b8b5d64c8c71ff37','2021-10-09','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-01-01','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-01-02','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-01-03','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-01-29','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-01-30','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-01-31','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-02-01','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-02-02','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-02-03','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-02-04','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-02-05','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-02-06','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-04-02','WORKDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-04-03','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-04-04','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-04-05','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-04-24','WORKDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-04-30','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-05-01','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-05-02','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-05-03','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-05-04','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-05-07','WORKDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-06-03','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-06-04','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-06-05','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-09-10','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-09-11','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-09-12','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-10-01','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-10-02','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-10-03','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-10-04','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-10-05','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-10-06','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-10-07','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-10-08','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7725b5eb3ed7e4ee25f7','2022-10-09','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2022-12-31','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-01-01','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-01-02','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-01-21','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-01-22','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-01-23','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-01-24','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-01-25','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-01-26','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-01-27','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-01-28','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-01-29','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-04-05','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-04-23','WORKDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-04-29','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-04-30','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-05-01','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-05-02','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-05-03','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-05-06','WORKDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-06-22','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-06-23','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-06-24','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-06-25','WORKDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-09-29','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-09-30','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-10-01','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-10-02','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-10-03','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-10-04','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-10-05','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-10-06','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-10-07','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7c3aa17a55cd6f5ca317','2023-10-08','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2023-12-30','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2023-12-31','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-01-01','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-02-04','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-02-10','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-02-11','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-02-12','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-02-13','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-02-14','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-02-15','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-02-16','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-02-17','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-02-18','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-04-04','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-04-05','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-04-06','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-04-07','WORKDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-04-28','WORKDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-05-01','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-05-02','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-05-03','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-05-04','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-05-05','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-05-11','WORKDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-06-10','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-09-14','WORKDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-09-15','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-09-16','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-09-17','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-09-29','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-10-01','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-10-02','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-10-03','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-10-04','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-10-05','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-10-06','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-10-07','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef78b5b0ed24ef3ed0b3d3','2024-10-12','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-01-01','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-01-26','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-01-28','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-01-29','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-01-30','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-01-31','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-02-01','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-02-02','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-02-03','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-02-04','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-02-08','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-04-04','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-04-05','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-04-06','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-04-27','WORKDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-05-01','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-05-02','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-05-03','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-05-04','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-05-05','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-05-31','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-06-01','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-06-02','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-09-28','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-10-01','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-10-02','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-10-03','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-10-04','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-10-05','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-10-06','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-10-07','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-10-08','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7e788065e4b0d9586537','2025-10-11','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-01-01','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-01-02','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-01-03','HOLIDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-01-04','WORKDAY','元旦','New Year''s Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-02-14','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-02-15','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-02-16','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-02-17','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-02-18','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-02-19','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-02-20','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-02-21','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-02-22','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-02-23','HOLIDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-02-28','WORKDAY','春节','Spring Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-04-04','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-04-05','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-04-06','HOLIDAY','清明','Tomb-sweeping Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-05-01','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-05-02','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-05-03','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-05-04','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-05-05','HOLIDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-05-09','WORKDAY','劳动节','Labour Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-06-19','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-06-20','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-06-21','HOLIDAY','端午','Dragon Boat Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-09-20','WORKDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-09-25','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-09-26','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-09-27','HOLIDAY','中秋','Mid-autumn Festival');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-10-01','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-10-02','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-10-03','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-10-04','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-10-05','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-10-06','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-10-07','HOLIDAY','国庆节','National Day');
INSERT INTO calendar_day VALUES(X'01a227165eef7da1aa2dd318c971d2b6','2026-10-10','WORKDAY','国庆节','National Day');
CREATE TABLE deadline (
    id uuid_text PRIMARY KEY NOT NULL,
    legal_effect varchar(10) NOT NULL CHECK (legal_effect IN ('PLANNED', 'PROMISED', 'STATUTORY')),
    on_expiry varchar(8) NOT NULL CHECK (on_expiry IN ('WARN', 'ESCALATE', 'DEEM')),
    unit varchar(12) NOT NULL CHECK (unit IN ('WORKING_DAY', 'CALENDAR_DAY')),
    limit_days integer NOT NULL CHECK (limit_days >= 0),
    extension_days integer NOT NULL CHECK (extension_days >= 0),
    extension_reason varchar(1000),
    started_on date_text NOT NULL,
    consumed_days integer NOT NULL CHECK (consumed_days >= 0),
    running_since date_text,
    paused_on date_text,
    resume_expected_on date_text,
    state varchar(10) NOT NULL CHECK (state IN ('RUNNING', 'PAUSED', 'MET', 'MISSED', 'CANCELLED')),
    due_on date_text NOT NULL,
    provisional boolean NOT NULL,
    closed_on date_text,
    version integer NOT NULL,
    -- No light but green before this day: the last 30 % of the working days are fewer than twice as many days and a long holiday.
    -- The warnings look only at what has reached it.
    warn_from date_text NOT NULL GENERATED ALWAYS AS (date(due_on, '-' || (2 * ((3 * (limit_days + extension_days) + 9) / 10) + 17) || ' days')) STORED, extension_limit integer NOT NULL DEFAULT 0 CHECK (extension_limit >= 0),
    CHECK ((state = 'RUNNING') = (running_since IS NOT NULL)),
    CHECK ((state = 'PAUSED') = (paused_on IS NOT NULL)),
    CHECK (resume_expected_on IS NULL OR resume_expected_on >= paused_on),
    CHECK ((state IN ('MET', 'MISSED', 'CANCELLED')) = (closed_on IS NOT NULL)),
    CHECK (extension_days = 0 OR extension_reason IS NOT NULL)
);
INSERT INTO deadline VALUES(X'01a2271662d17b37860bfa4da88448ad','PROMISED','WARN','WORKING_DAY',5,0,NULL,'2026-11-22',0,'2026-11-22',NULL,NULL,'RUNNING','2026-11-27',0,NULL,1,0);
INSERT INTO deadline VALUES(X'01a2271662d17cfab97eb89ef3045877','PROMISED','WARN','WORKING_DAY',15,0,NULL,'2026-11-08',0,'2026-11-08',NULL,NULL,'RUNNING','2026-11-27',0,NULL,1,0);
INSERT INTO deadline VALUES(X'01a2271662ea76a6a0bc856eaff9c033','PROMISED','WARN','WORKING_DAY',5,0,NULL,'2026-11-22',0,'2026-11-22',NULL,NULL,'RUNNING','2026-11-27',0,NULL,1,0);
INSERT INTO deadline VALUES(X'01a2271662ea7b6dbcb78a1edc0443c1','PROMISED','WARN','WORKING_DAY',20,0,NULL,'2026-10-31',0,'2026-10-31',NULL,NULL,'RUNNING','2026-11-27',0,NULL,1,0);
INSERT INTO deadline VALUES(X'01a227166a737cad9398736be4246405','PROMISED','WARN','WORKING_DAY',2,0,NULL,'2026-11-29',0,NULL,'2026-11-29',NULL,'PAUSED','2026-12-01',0,NULL,2,0);
INSERT INTO deadline VALUES(X'01a227166ab579c29a2b53aac9a1131d','PROMISED','WARN','WORKING_DAY',5,2,'示例','2026-11-29',0,'2026-11-29',NULL,NULL,'RUNNING','2026-12-08',0,NULL,2,0);
INSERT INTO deadline VALUES(X'01a227166afc772fa1dc5f34413f02d6','PROMISED','WARN','WORKING_DAY',5,0,NULL,'2026-11-29',0,NULL,NULL,NULL,'MET','2026-12-04',0,'2026-11-29',2,0);
INSERT INTO deadline VALUES(X'01a227166b40785fa3063d8c9e05fbed','PROMISED','WARN','WORKING_DAY',3,0,NULL,'2026-11-29',0,'2026-11-29',NULL,NULL,'RUNNING','2026-12-02',0,NULL,1,0);
CREATE TABLE deadline_pause (
    id uuid_text PRIMARY KEY NOT NULL,
    deadline_id uuid_text NOT NULL REFERENCES deadline (id),
    kind varchar(12) NOT NULL CHECK (kind IN ('HEARING', 'BID', 'AUCTION', 'INSPECT', 'TEST', 'QUARANTINE', 'APPRAISE',
        'EXPERT', 'AGREED')),
    reason varchar(1000) NOT NULL,
    document_id uuid_text NOT NULL REFERENCES document (id),
    started_on date_text NOT NULL,
    expected_end_on date_text,
    ended_on date_text,
    CHECK (expected_end_on IS NULL OR expected_end_on >= started_on),
    CHECK (ended_on IS NULL OR ended_on >= started_on)
);
INSERT INTO deadline_pause VALUES(X'01a227166b6f7ddfb4adf58b989ba21d',X'01a227166a737cad9398736be4246405','AGREED','示例',X'01a227166a48792d97f750c42c40aee9','2026-11-29',NULL,NULL);
CREATE TABLE contract (
    id uuid_text PRIMARY KEY NOT NULL,
    number varchar(40) NOT NULL UNIQUE,
    enterprise_id uuid_text NOT NULL REFERENCES enterprise (id),
    predecessor_id uuid_text REFERENCES contract (id),
    origin varchar(12) NOT NULL CHECK (origin IN ('DRAFTED', 'PAPER')),
    state varchar(16) NOT NULL CHECK (state IN ('DRAFT', 'LEGAL_REVIEW', 'LEADER_APPROVED', 'SIGNED', 'ACTIVE', 'AMENDING',
        'SUSPENDED', 'RENEWED', 'EXPIRED', 'TERMINATED')),
    park_party varchar(200) NOT NULL,
    park_signatory varchar(100),
    enterprise_signatory varchar(100),
    starts_on date_text NOT NULL,
    ends_on date_text NOT NULL,
    signed_on date_text,
    legality_opinion varchar(2000),
    fair_competition_opinion varchar(2000),
    approved_by uuid_text REFERENCES account (id),
    approved_at timestamp_with_timezone_text,
    state_reason varchar(1000),
    suspension_document_id uuid_text REFERENCES document (id),
    ended_on date_text,
    created_at timestamp_with_timezone_text NOT NULL,
    version integer NOT NULL,
    CHECK (ends_on >= starts_on),
    CHECK (state IN ('DRAFT', 'LEGAL_REVIEW', 'LEADER_APPROVED', 'TERMINATED') OR signed_on IS NOT NULL),
    CHECK (state NOT IN ('SUSPENDED', 'TERMINATED') OR state_reason IS NOT NULL),
    CHECK ((state = 'SUSPENDED') = (suspension_document_id IS NOT NULL))
);
INSERT INTO contract VALUES(X'01a22716627c7f50a22bdea3093350f6','QY-0001',X'01a22716627c7dfcacc0157b3da7634d',NULL,'PAPER','ACTIVE','园区管理委员会（企业服务中心）',NULL,NULL,'2026-10-30','2027-10-30','2026-10-30',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-29T11:35:08.156265+00:00',1);
INSERT INTO contract VALUES(X'01a22716627c760a895c22a2bcfb44d2','QY-0002',X'01a22716627c771084b6ff037db05db3',NULL,'PAPER','ACTIVE','园区管理委员会（企业服务中心）',NULL,NULL,'2026-11-09','2027-11-09','2026-11-09',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-29T11:35:08.156265+00:00',1);
CREATE TABLE contract_clause (
    id uuid_text PRIMARY KEY NOT NULL,
    contract_id uuid_text NOT NULL REFERENCES contract (id),
    number integer NOT NULL CHECK (number > 0),
    revision integer NOT NULL CHECK (revision > 0),
    title varchar(100) NOT NULL,
    body varchar(8000) NOT NULL,
    amendment_reason varchar(1000),
    effective_on date_text,
    ended_on date_text,
    UNIQUE (contract_id, number, revision),
    CHECK (ended_on IS NULL OR effective_on IS NULL OR ended_on >= effective_on)
);
INSERT INTO contract_clause VALUES(X'01a22716627c7cb0b40ce66265c78df1',X'01a22716627c7f50a22bdea3093350f6',1,1,'当事人','甲方：园区管理委员会（企业服务中心）。乙方：示例企业1有限公司，统一社会信用代码 91420100TE0000016K。双方签署人以其职务签署本契约。',NULL,'2026-10-30',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c790fbece28ea1b078a3b',X'01a22716627c7f50a22bdea3093350f6',2,1,'目的与原则','甲方在法律、法规范围内为乙方提供服务。服务遵循平等对待、自愿、无偿的原则，不以本契约给予税费、补贴或者要素方面的特殊优惠，不影响其他经营主体公平竞争。',NULL,'2026-10-30',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c70c2bdc5fd4251eae5f9',X'01a22716627c7f50a22bdea3093350f6',3,1,'期限','本契约自2026年10月30日起至2027年10月30日止。期满前三十日双方共同评估，可以续签。',NULL,'2026-10-30',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c79929482adf98a705805',X'01a22716627c7f50a22bdea3093350f6',4,1,'服务专员','甲方为乙方确定一名服务专员和一名副专员，并告知姓名、电话和邮箱。专员变更的，甲方在三个工作日内告知乙方，并办理书面交接；专员离岗的，由副专员当日接替。',NULL,'2026-10-30',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c7c809425f46be90511db',X'01a22716627c7f50a22bdea3093350f6',5,1,'服务清单','甲方按照公布的事项目录为乙方提供咨询、预审、协调和代办服务。代办不收取费用，不代替审批机关作出决定。',NULL,'2026-10-30',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c78cf8772fcfc3856ed31',X'01a22716627c7f50a22bdea3093350f6',6,1,'服务承诺','甲方作出本契约所列的服务承诺。每项承诺载明起算事件、时限、责任人和履约凭证，自契约生效之日起履行。',NULL,'2026-10-30',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c7332a56de01704c6a664',X'01a22716627c7f50a22bdea3093350f6',7,1,'项目清单','乙方在园区实施的项目列入本契约，按照阶段和里程碑计划推进。计划调整应当说明理由。',NULL,'2026-10-30',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c7665bd3d802cdb1c379f',X'01a22716627c7f50a22bdea3093350f6',8,1,'甲方义务','甲方及时告知与乙方有关的政策变化，协调有关部门处理乙方诉求，对知悉的乙方信息保密。',NULL,'2026-10-30',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c729a8e53bfd7388c0eb0',X'01a22716627c7f50a22bdea3093350f6',9,1,'乙方义务','乙方提供真实、完整的材料，按期报告项目进展，指定一名联系人，依法经营。',NULL,'2026-10-30',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c7963bd0b63ca449ac6a5',X'01a22716627c7f50a22bdea3093350f6',10,1,'沟通机制','双方每月联系一次，每季度会商一次，每年共同评估一次。乙方可以谢绝走访。',NULL,'2026-10-30',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c7776b749d96359914975',X'01a22716627c7f50a22bdea3093350f6',11,1,'评价','甲方每季度邀请乙方对服务进行评价。评价自愿，不参加评价不影响乙方的任何权益。',NULL,'2026-10-30',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c741c8a78268bdd213820',X'01a22716627c7f50a22bdea3093350f6',12,1,'违诺处理','甲方未按期履行承诺的，在三个工作日内向乙方说明原因并采取补救措施，计入履约记录并公开原因。除另有约定外，不适用金钱违约责任。',NULL,'2026-10-30',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c7683a58653b6809d795d',X'01a22716627c7f50a22bdea3093350f6',13,1,'保密','甲方及其工作人员对乙方的商业秘密、未披露信息和保密商务信息负有保密义务，未经乙方同意不得披露，法律另有规定的除外。',NULL,'2026-10-30',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c75fcbe46d3f28f9f5bb7',X'01a22716627c7f50a22bdea3093350f6',14,1,'变更与终止','经双方协商一致可以变更或者终止本契约。乙方迁出、注销或者严重违法的，甲方可以终止本契约。甲方不得以行政区划调整、机构或者负责人更替为由违约。',NULL,'2026-10-30',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c78d183cb62646d66f573',X'01a22716627c7f50a22bdea3093350f6',15,1,'争议解决','双方先行协商；协商不成的，提请领导小组办公室协调；仍不能解决的，依法通过法律途径解决。',NULL,'2026-10-30',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c7a72a94902966359ee7f',X'01a22716627c7f50a22bdea3093350f6',16,1,'附件','服务事项清单、里程碑计划和双方联系人名单为本契约附件，与正文具有同等效力。',NULL,'2026-10-30',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c746880cc8437885780fa',X'01a22716627c760a895c22a2bcfb44d2',1,1,'当事人','甲方：园区管理委员会（企业服务中心）。乙方：示例企业2有限公司，统一社会信用代码 91420100TE000002XU。双方签署人以其职务签署本契约。',NULL,'2026-11-09',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c7a1d84e0e5de31d02641',X'01a22716627c760a895c22a2bcfb44d2',2,1,'目的与原则','甲方在法律、法规范围内为乙方提供服务。服务遵循平等对待、自愿、无偿的原则，不以本契约给予税费、补贴或者要素方面的特殊优惠，不影响其他经营主体公平竞争。',NULL,'2026-11-09',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c72f6ad6bdeac75d08dde',X'01a22716627c760a895c22a2bcfb44d2',3,1,'期限','本契约自2026年11月9日起至2027年11月9日止。期满前三十日双方共同评估，可以续签。',NULL,'2026-11-09',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c74d292681ed7545b3b20',X'01a22716627c760a895c22a2bcfb44d2',4,1,'服务专员','甲方为乙方确定一名服务专员和一名副专员，并告知姓名、电话和邮箱。专员变更的，甲方在三个工作日内告知乙方，并办理书面交接；专员离岗的，由副专员当日接替。',NULL,'2026-11-09',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c7ac3a9c0e2c836713497',X'01a22716627c760a895c22a2bcfb44d2',5,1,'服务清单','甲方按照公布的事项目录为乙方提供咨询、预审、协调和代办服务。代办不收取费用，不代替审批机关作出决定。',NULL,'2026-11-09',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c7c4796d670abf49ac559',X'01a22716627c760a895c22a2bcfb44d2',6,1,'服务承诺','甲方作出本契约所列的服务承诺。每项承诺载明起算事件、时限、责任人和履约凭证，自契约生效之日起履行。',NULL,'2026-11-09',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c74a99b7a00c02a5f239e',X'01a22716627c760a895c22a2bcfb44d2',7,1,'项目清单','乙方在园区实施的项目列入本契约，按照阶段和里程碑计划推进。计划调整应当说明理由。',NULL,'2026-11-09',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c7a98bce889f3ef0c997f',X'01a22716627c760a895c22a2bcfb44d2',8,1,'甲方义务','甲方及时告知与乙方有关的政策变化，协调有关部门处理乙方诉求，对知悉的乙方信息保密。',NULL,'2026-11-09',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c7ca39e9bacc2401ecaf8',X'01a22716627c760a895c22a2bcfb44d2',9,1,'乙方义务','乙方提供真实、完整的材料，按期报告项目进展，指定一名联系人，依法经营。',NULL,'2026-11-09',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c74e489782bdefe35c67a',X'01a22716627c760a895c22a2bcfb44d2',10,1,'沟通机制','双方每月联系一次，每季度会商一次，每年共同评估一次。乙方可以谢绝走访。',NULL,'2026-11-09',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c7a7c87d30d5849605a4f',X'01a22716627c760a895c22a2bcfb44d2',11,1,'评价','甲方每季度邀请乙方对服务进行评价。评价自愿，不参加评价不影响乙方的任何权益。',NULL,'2026-11-09',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c77b29d4d5463e7f624fd',X'01a22716627c760a895c22a2bcfb44d2',12,1,'违诺处理','甲方未按期履行承诺的，在三个工作日内向乙方说明原因并采取补救措施，计入履约记录并公开原因。除另有约定外，不适用金钱违约责任。',NULL,'2026-11-09',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c7d2ca2806b31bcb7aad3',X'01a22716627c760a895c22a2bcfb44d2',13,1,'保密','甲方及其工作人员对乙方的商业秘密、未披露信息和保密商务信息负有保密义务，未经乙方同意不得披露，法律另有规定的除外。',NULL,'2026-11-09',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c7d1685ba990d02121e7d',X'01a22716627c760a895c22a2bcfb44d2',14,1,'变更与终止','经双方协商一致可以变更或者终止本契约。乙方迁出、注销或者严重违法的，甲方可以终止本契约。甲方不得以行政区划调整、机构或者负责人更替为由违约。',NULL,'2026-11-09',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c7f33afec1d92231bf951',X'01a22716627c760a895c22a2bcfb44d2',15,1,'争议解决','双方先行协商；协商不成的，提请领导小组办公室协调；仍不能解决的，依法通过法律途径解决。',NULL,'2026-11-09',NULL);
INSERT INTO contract_clause VALUES(X'01a22716627c7e9bb28284b0753e9d65',X'01a22716627c760a895c22a2bcfb44d2',16,1,'附件','服务事项清单、里程碑计划和双方联系人名单为本契约附件，与正文具有同等效力。',NULL,'2026-11-09',NULL);
CREATE TABLE commitment (
    id uuid_text PRIMARY KEY NOT NULL,
    contract_id uuid_text NOT NULL REFERENCES contract (id),
    clause_id uuid_text NOT NULL REFERENCES contract_clause (id),
    number integer NOT NULL CHECK (number > 0),
    kind varchar(10) NOT NULL CHECK (kind IN ('ONCE', 'RECURRING', 'ON_EVENT')),
    recurrence varchar(8) CHECK (recurrence IN ('WEEK', 'MONTH')),
    text_zh varchar(500) NOT NULL,
    text_en varchar(500) NOT NULL,
    start_event varchar(60) NOT NULL,
    limit_days integer NOT NULL CHECK (limit_days >= 0),
    unit varchar(12) NOT NULL CHECK (unit IN ('WORKING_DAY', 'CALENDAR_DAY')),
    legal_effect varchar(10) NOT NULL CHECK (legal_effect IN ('PROMISED', 'STATUTORY')),
    legal_basis varchar(300),
    owner varchar(10) NOT NULL CHECK (owner IN ('LIAISON', 'CENTRE', 'DEPARTMENT')),
    department_id uuid_text REFERENCES department (id),
    evidence_kind varchar(40) NOT NULL,
    effective_on date_text,
    ended_on date_text,
    version integer NOT NULL, extension_days integer NOT NULL DEFAULT 0
    CHECK (extension_days = 0 OR (extension_days > 0 AND legal_effect = 'STATUTORY')),
    UNIQUE (contract_id, number),
    CHECK ((kind = 'RECURRING') = (recurrence IS NOT NULL)),
    CHECK ((owner = 'DEPARTMENT') = (department_id IS NOT NULL)),
    CHECK (legal_effect = 'PROMISED' OR legal_basis IS NOT NULL)
);
INSERT INTO commitment VALUES(X'01a22716627c76b3a32bdc4b158d74a0',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c78cf8772fcfc3856ed31',1,'ONCE',NULL,'签约后首次上门或电话对接','First contact after signing','contract.activated',3,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'VISIT_OR_CALL_NOTE','2026-10-30',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c75a6aa5e08ed8fc98246',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c78cf8772fcfc3856ed31',2,'ON_EVENT',NULL,'来电来函当日答复，最迟次一工作日中午前','Answer a call or letter the same day, at the latest by noon of the next working day','contact.received',1,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'REPLY_NOTE','2026-10-30',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c792aa5a430451e9452d9',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c78cf8772fcfc3856ed31',3,'ON_EVENT',NULL,'诉求首次回复','First reply to a request','request.received',1,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'REPLY_NOTE','2026-10-30',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c773bbcb2ba90712a290d',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c78cf8772fcfc3856ed31',4,'ON_EVENT',NULL,'一般诉求办结','Simple request solved','request.classified_simple',3,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'CLOSURE_CONFIRMED','2026-10-30',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c71e8984e7add86dbec42',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c78cf8772fcfc3856ed31',5,'ON_EVENT',NULL,'跨部门诉求召集协调会','Cross-department request: meeting called','request.classified_cross_department',2,'WORKING_DAY','PROMISED',NULL,'CENTRE',NULL,'MEETING_NOTE','2026-10-30',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c73f1ab163fe2e512cdd2',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c78cf8772fcfc3856ed31',6,'ON_EVENT',NULL,'跨部门诉求办结或给出方案','Cross-department request: solved or plan given','request.classified_cross_department',5,'WORKING_DAY','PROMISED',NULL,'CENTRE',NULL,'PLAN_OR_CLOSURE','2026-10-30',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c700dbcb2456f55c3ec54',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c78cf8772fcfc3856ed31',7,'ON_EVENT',NULL,'政策咨询书面答复并附条文','Policy question answered in writing with the article','request.classified_policy',5,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'WRITTEN_REPLY','2026-10-30',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c7c13a7df51b63a8f1769',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c78cf8772fcfc3856ed31',8,'ON_EVENT',NULL,'办件状态变化当日告知','State change of a case told the same day','case.state_changed',0,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'NOTICE_SENT','2026-10-30',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c7fda81d7ac8779423954',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c78cf8772fcfc3856ed31',9,'ON_EVENT',NULL,'申报材料预审','Pre-check of application materials','materials.received',2,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'CHECK_LIST','2026-10-30',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c7926acdd612f4be82b37',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c78cf8772fcfc3856ed31',10,'RECURRING','WEEK','项目进展台账更新','Project progress updated in the ledger','week.begins',5,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'PROGRESS_ENTRY','2026-10-30',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c72429cc0b317c8b12a90',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c78cf8772fcfc3856ed31',11,'RECURRING','MONTH','走访企业一次（企业可谢绝）','One visit a month (the enterprise may decline)','month.begins',20,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'VISIT_NOTE','2026-10-30',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c7537acc1e36f587be2f9',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c78cf8772fcfc3856ed31',12,'ON_EVENT',NULL,'证照到期前90日提醒','Expiring document: warning 90 days before','document.expires_in_90_days',0,'CALENDAR_DAY','PROMISED',NULL,'LIAISON',NULL,'NOTICE_SENT','2026-10-30',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c749aab92b511b80212ff',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c78cf8772fcfc3856ed31',13,'ON_EVENT',NULL,'新政策发布后推送','New policy passed on after publication','policy.published',3,'WORKING_DAY','PROMISED',NULL,'CENTRE',NULL,'NOTICE_SENT','2026-10-30',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c706c968ae0ba718096dc',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c78cf8772fcfc3856ed31',14,'ON_EVENT',NULL,'专员离岗当日由副专员接替','Deputy active the same day when the liaison is absent','liaison.absent',0,'WORKING_DAY','PROMISED',NULL,'CENTRE',NULL,'DEPUTY_ACTIVE','2026-10-30',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c716ea413ad62571c61e6',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c78cf8772fcfc3856ed31',15,'ON_EVENT',NULL,'超期事项说明原因','Reason given for an overdue matter','obligation.overdue',1,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'REASON_NOTE','2026-10-30',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c7163b748024af6f2ef8e',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c78cf8772fcfc3856ed31',16,'ONCE',NULL,'契约年度服务报告','Annual service report','contract.year_ends',20,'WORKING_DAY','PROMISED',NULL,'CENTRE',NULL,'REPORT','2026-10-30',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c769d9d330a2802c4dec9',X'01a22716627c760a895c22a2bcfb44d2',X'01a22716627c7c4796d670abf49ac559',1,'ONCE',NULL,'签约后首次上门或电话对接','First contact after signing','contract.activated',3,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'VISIT_OR_CALL_NOTE','2026-11-09',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c72b1957ee594074c9637',X'01a22716627c760a895c22a2bcfb44d2',X'01a22716627c7c4796d670abf49ac559',2,'ON_EVENT',NULL,'来电来函当日答复，最迟次一工作日中午前','Answer a call or letter the same day, at the latest by noon of the next working day','contact.received',1,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'REPLY_NOTE','2026-11-09',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c7d0799cbce617d74aea4',X'01a22716627c760a895c22a2bcfb44d2',X'01a22716627c7c4796d670abf49ac559',3,'ON_EVENT',NULL,'诉求首次回复','First reply to a request','request.received',1,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'REPLY_NOTE','2026-11-09',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c77cb8499d42536eab536',X'01a22716627c760a895c22a2bcfb44d2',X'01a22716627c7c4796d670abf49ac559',4,'ON_EVENT',NULL,'一般诉求办结','Simple request solved','request.classified_simple',3,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'CLOSURE_CONFIRMED','2026-11-09',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c7658a0c1d10b7417c342',X'01a22716627c760a895c22a2bcfb44d2',X'01a22716627c7c4796d670abf49ac559',5,'ON_EVENT',NULL,'跨部门诉求召集协调会','Cross-department request: meeting called','request.classified_cross_department',2,'WORKING_DAY','PROMISED',NULL,'CENTRE',NULL,'MEETING_NOTE','2026-11-09',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c7df890e1b54383308539',X'01a22716627c760a895c22a2bcfb44d2',X'01a22716627c7c4796d670abf49ac559',6,'ON_EVENT',NULL,'跨部门诉求办结或给出方案','Cross-department request: solved or plan given','request.classified_cross_department',5,'WORKING_DAY','PROMISED',NULL,'CENTRE',NULL,'PLAN_OR_CLOSURE','2026-11-09',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c74e498de67033dfeda7d',X'01a22716627c760a895c22a2bcfb44d2',X'01a22716627c7c4796d670abf49ac559',7,'ON_EVENT',NULL,'政策咨询书面答复并附条文','Policy question answered in writing with the article','request.classified_policy',5,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'WRITTEN_REPLY','2026-11-09',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c719dacbc13feb89c9a83',X'01a22716627c760a895c22a2bcfb44d2',X'01a22716627c7c4796d670abf49ac559',8,'ON_EVENT',NULL,'办件状态变化当日告知','State change of a case told the same day','case.state_changed',0,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'NOTICE_SENT','2026-11-09',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c70abaee122ee1f5fafcc',X'01a22716627c760a895c22a2bcfb44d2',X'01a22716627c7c4796d670abf49ac559',9,'ON_EVENT',NULL,'申报材料预审','Pre-check of application materials','materials.received',2,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'CHECK_LIST','2026-11-09',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c75af95ce5008fb2ea2d1',X'01a22716627c760a895c22a2bcfb44d2',X'01a22716627c7c4796d670abf49ac559',10,'RECURRING','WEEK','项目进展台账更新','Project progress updated in the ledger','week.begins',5,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'PROGRESS_ENTRY','2026-11-09',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c7ad49b1a0c4eb45fbc24',X'01a22716627c760a895c22a2bcfb44d2',X'01a22716627c7c4796d670abf49ac559',11,'RECURRING','MONTH','走访企业一次（企业可谢绝）','One visit a month (the enterprise may decline)','month.begins',20,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'VISIT_NOTE','2026-11-09',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c7269a8d5191ce0386fc8',X'01a22716627c760a895c22a2bcfb44d2',X'01a22716627c7c4796d670abf49ac559',12,'ON_EVENT',NULL,'证照到期前90日提醒','Expiring document: warning 90 days before','document.expires_in_90_days',0,'CALENDAR_DAY','PROMISED',NULL,'LIAISON',NULL,'NOTICE_SENT','2026-11-09',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c799cadac40c777cd2ecd',X'01a22716627c760a895c22a2bcfb44d2',X'01a22716627c7c4796d670abf49ac559',13,'ON_EVENT',NULL,'新政策发布后推送','New policy passed on after publication','policy.published',3,'WORKING_DAY','PROMISED',NULL,'CENTRE',NULL,'NOTICE_SENT','2026-11-09',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c76eb9782278b431426f3',X'01a22716627c760a895c22a2bcfb44d2',X'01a22716627c7c4796d670abf49ac559',14,'ON_EVENT',NULL,'专员离岗当日由副专员接替','Deputy active the same day when the liaison is absent','liaison.absent',0,'WORKING_DAY','PROMISED',NULL,'CENTRE',NULL,'DEPUTY_ACTIVE','2026-11-09',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c7d528fae409f04b5e0c6',X'01a22716627c760a895c22a2bcfb44d2',X'01a22716627c7c4796d670abf49ac559',15,'ON_EVENT',NULL,'超期事项说明原因','Reason given for an overdue matter','obligation.overdue',1,'WORKING_DAY','PROMISED',NULL,'LIAISON',NULL,'REASON_NOTE','2026-11-09',NULL,1,0);
INSERT INTO commitment VALUES(X'01a22716627c786f9c32df5f1210a77b',X'01a22716627c760a895c22a2bcfb44d2',X'01a22716627c7c4796d670abf49ac559',16,'ONCE',NULL,'契约年度服务报告','Annual service report','contract.year_ends',20,'WORKING_DAY','PROMISED',NULL,'CENTRE',NULL,'REPORT','2026-11-09',NULL,1,0);
CREATE TABLE obligation (
    id uuid_text PRIMARY KEY NOT NULL,
    commitment_id uuid_text NOT NULL REFERENCES commitment (id),
    contract_id uuid_text NOT NULL REFERENCES contract (id),
    enterprise_id uuid_text NOT NULL REFERENCES enterprise (id),
    deadline_id uuid_text NOT NULL UNIQUE REFERENCES deadline (id),
    occasion varchar(80) NOT NULL,
    event_note varchar(1000),
    state varchar(10) NOT NULL CHECK (state IN ('OPEN', 'FULFILLED', 'MISSED', 'CANCELLED')),
    opened_at timestamp_with_timezone_text NOT NULL,
    closed_at timestamp_with_timezone_text,
    closed_by uuid_text REFERENCES account (id),
    evidence_document_id uuid_text REFERENCES document (id),
    evidence_note varchar(1000),
    days_late integer CHECK (days_late >= 0),
    public_reason varchar(1000),
    version integer NOT NULL, backdating_reason varchar(1000) CHECK (backdating_reason IS NULL OR state = 'FULFILLED'),
    UNIQUE (commitment_id, occasion),
    CHECK ((state = 'OPEN') = (closed_at IS NULL)),
    CHECK (state <> 'MISSED' OR public_reason IS NOT NULL)
);
INSERT INTO obligation VALUES(X'01a2271662d1797eb88a2cc6382003a9',X'01a22716627c75af95ce5008fb2ea2d1',X'01a22716627c760a895c22a2bcfb44d2',X'01a22716627c771084b6ff037db05db3',X'01a2271662d17b37860bfa4da88448ad','2026-W48',NULL,'OPEN','2026-11-29T11:35:08.241632+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL);
INSERT INTO obligation VALUES(X'01a2271662d1729c9be60431637843fb',X'01a22716627c7ad49b1a0c4eb45fbc24',X'01a22716627c760a895c22a2bcfb44d2',X'01a22716627c771084b6ff037db05db3',X'01a2271662d17cfab97eb89ef3045877','2026-11',NULL,'OPEN','2026-11-29T11:35:08.241632+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL);
INSERT INTO obligation VALUES(X'01a2271662ea763eb0f1a99ec175329d',X'01a22716627c7926acdd612f4be82b37',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c7dfcacc0157b3da7634d',X'01a2271662ea76a6a0bc856eaff9c033','2026-W48',NULL,'OPEN','2026-11-29T11:35:08.266157+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL);
INSERT INTO obligation VALUES(X'01a2271662ea7e638961db97fa1152f8',X'01a22716627c72429cc0b317c8b12a90',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c7dfcacc0157b3da7634d',X'01a2271662ea7b6dbcb78a1edc0443c1','2026-11',NULL,'OPEN','2026-11-29T11:35:08.266157+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL);
INSERT INTO obligation VALUES(X'01a227166a73765691f805f73ec673dc',X'01a22716627c71e8984e7add86dbec42',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c7dfcacc0157b3da7634d',X'01a227166a737cad9398736be4246405','event:event 5',NULL,'OPEN','2026-11-29T11:35:10.195997+00:00',NULL,NULL,NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO obligation VALUES(X'01a227166ab57fb0887366454ba81cf3',X'01a22716627c73f1ab163fe2e512cdd2',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c7dfcacc0157b3da7634d',X'01a227166ab579c29a2b53aac9a1131d','event:event 6',NULL,'OPEN','2026-11-29T11:35:10.261718+00:00',NULL,NULL,NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO obligation VALUES(X'01a227166afc7fb3b94257085a46a1ae',X'01a22716627c700dbcb2456f55c3ec54',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c7dfcacc0157b3da7634d',X'01a227166afc772fa1dc5f34413f02d6','event:event 7',NULL,'FULFILLED','2026-11-29T11:35:10.332163+00:00','2026-11-29T11:35:10.546012+00:00',X'01a2271660b175e682a96a05feecfaf4',X'01a227166a48792d97f750c42c40aee9','示例',0,NULL,2,NULL);
INSERT INTO obligation VALUES(X'01a227166b407de99f0284ffef40f176',X'01a22716627c749aab92b511b80212ff',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c7dfcacc0157b3da7634d',X'01a227166b40785fa3063d8c9e05fbed','event:event 13',NULL,'OPEN','2026-11-29T11:35:10.400594+00:00',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL);
CREATE TABLE project (
    id uuid_text PRIMARY KEY NOT NULL,
    contract_id uuid_text NOT NULL REFERENCES contract (id),
    enterprise_id uuid_text NOT NULL REFERENCES enterprise (id),
    name varchar(200) NOT NULL,
    state varchar(8) NOT NULL CHECK (state IN ('ACTIVE', 'ON_HOLD', 'DROPPED', 'DONE')),
    state_reason varchar(1000),
    created_at timestamp_with_timezone_text NOT NULL,
    version integer NOT NULL,
    UNIQUE (contract_id, name),
    CHECK (state NOT IN ('ON_HOLD', 'DROPPED') OR state_reason IS NOT NULL)
);
INSERT INTO project VALUES(X'01a22716627c7f568dde23b08c04b091',X'01a22716627c7f50a22bdea3093350f6',X'01a22716627c7dfcacc0157b3da7634d','示例项目1','ACTIVE',NULL,'2026-11-29T11:35:08.156265+00:00',1);
INSERT INTO project VALUES(X'01a22716627c76c4a7397eab1d236b09',X'01a22716627c760a895c22a2bcfb44d2',X'01a22716627c771084b6ff037db05db3','示例项目2','ACTIVE',NULL,'2026-11-29T11:35:08.156265+00:00',1);
CREATE TABLE project_stage (
    id uuid_text PRIMARY KEY NOT NULL,
    project_id uuid_text NOT NULL REFERENCES project (id),
    number integer NOT NULL CHECK (number BETWEEN 1 AND 10),
    entered_on date_text,
    left_on date_text,
    version integer NOT NULL,
    UNIQUE (project_id, number),
    CHECK (left_on IS NULL OR left_on >= entered_on)
);
INSERT INTO project_stage VALUES(X'01a22716627c79e28070d883bb27c4ad',X'01a22716627c7f568dde23b08c04b091',1,NULL,NULL,1);
INSERT INTO project_stage VALUES(X'01a22716627c76c9819c9cb32bdf9f8d',X'01a22716627c7f568dde23b08c04b091',2,NULL,NULL,1);
INSERT INTO project_stage VALUES(X'01a22716627c7e90834713183118d07d',X'01a22716627c7f568dde23b08c04b091',3,NULL,NULL,1);
INSERT INTO project_stage VALUES(X'01a22716627c71178b29cfffdd54946d',X'01a22716627c7f568dde23b08c04b091',4,NULL,NULL,1);
INSERT INTO project_stage VALUES(X'01a22716627c77d185a30f27f0e610fa',X'01a22716627c7f568dde23b08c04b091',5,NULL,NULL,1);
INSERT INTO project_stage VALUES(X'01a22716627c77018bac05065326ac85',X'01a22716627c7f568dde23b08c04b091',6,NULL,NULL,1);
INSERT INTO project_stage VALUES(X'01a22716627c7f7bb644edffbdef603b',X'01a22716627c7f568dde23b08c04b091',7,NULL,NULL,1);
INSERT INTO project_stage VALUES(X'01a22716627c7ed8a9ae53306178dc34',X'01a22716627c7f568dde23b08c04b091',8,NULL,NULL,1);
INSERT INTO project_stage VALUES(X'01a22716627c708494bfe625a9234815',X'01a22716627c7f568dde23b08c04b091',9,NULL,NULL,1);
INSERT INTO project_stage VALUES(X'01a22716627c7159ab0611d66b84d21d',X'01a22716627c7f568dde23b08c04b091',10,NULL,NULL,1);
INSERT INTO project_stage VALUES(X'01a22716627c794a9e52d507ff42ce0c',X'01a22716627c76c4a7397eab1d236b09',1,NULL,NULL,1);
INSERT INTO project_stage VALUES(X'01a22716627c74d0b662df3a74d5566c',X'01a22716627c76c4a7397eab1d236b09',2,NULL,NULL,1);
INSERT INTO project_stage VALUES(X'01a22716627c7210be46c5a9f287a5c1',X'01a22716627c76c4a7397eab1d236b09',3,NULL,NULL,1);
INSERT INTO project_stage VALUES(X'01a22716627c78188b990cd64f85266f',X'01a22716627c76c4a7397eab1d236b09',4,NULL,NULL,1);
INSERT INTO project_stage VALUES(X'01a22716627c76eb8c51420238ace55a',X'01a22716627c76c4a7397eab1d236b09',5,NULL,NULL,1);
INSERT INTO project_stage VALUES(X'01a22716627c7fa98dc9630aa61d5eb8',X'01a22716627c76c4a7397eab1d236b09',6,NULL,NULL,1);
INSERT INTO project_stage VALUES(X'01a22716627c77bfa54f4265cea4bf2f',X'01a22716627c76c4a7397eab1d236b09',7,NULL,NULL,1);
INSERT INTO project_stage VALUES(X'01a22716627c7c359d475ee40a30d69f',X'01a22716627c76c4a7397eab1d236b09',8,NULL,NULL,1);
INSERT INTO project_stage VALUES(X'01a22716627c7f48ae5145d2011947e8',X'01a22716627c76c4a7397eab1d236b09',9,NULL,NULL,1);
INSERT INTO project_stage VALUES(X'01a22716627c7915b9a97b5bb870c783',X'01a22716627c76c4a7397eab1d236b09',10,NULL,NULL,1);
CREATE TABLE project_requirement (
    id uuid_text PRIMARY KEY NOT NULL,
    project_id uuid_text NOT NULL REFERENCES project (id),
    code varchar(40) NOT NULL,
    outcome varchar(16) NOT NULL CHECK (outcome IN ('MET', 'NOT_APPLICABLE', 'OVERRIDDEN')),
    document_number varchar(100),
    document_date date_text,
    document_id uuid_text REFERENCES document (id),
    reason varchar(1000),
    recorded_by uuid_text REFERENCES account (id),
    recorded_at timestamp_with_timezone_text NOT NULL,
    UNIQUE (project_id, code),
    CHECK (outcome <> 'MET' OR (document_number IS NOT NULL AND document_date IS NOT NULL)),
    CHECK (outcome = 'MET' OR reason IS NOT NULL)
);
CREATE TABLE milestone (
    id uuid_text PRIMARY KEY NOT NULL,
    project_id uuid_text NOT NULL REFERENCES project (id),
    enterprise_id uuid_text NOT NULL REFERENCES enterprise (id),
    position integer NOT NULL CHECK (position > 0),
    stage_number integer CHECK (stage_number BETWEEN 1 AND 10),
    name varchar(200) NOT NULL,
    weight integer NOT NULL CHECK (weight > 0),
    baseline_on date_text,
    forecast_on date_text,
    actual_on date_text,
    evidence_document_id uuid_text REFERENCES document (id),
    version integer NOT NULL,
    UNIQUE (project_id, position),
    CHECK ((baseline_on IS NULL) = (forecast_on IS NULL))
);
INSERT INTO milestone VALUES(X'01a22716627c792ba0087c6781f837d2',X'01a22716627c7f568dde23b08c04b091',X'01a22716627c7dfcacc0157b3da7634d',1,1,'洽谈',1,NULL,NULL,NULL,NULL,1);
INSERT INTO milestone VALUES(X'01a22716627c761fb2e3a5ff7a5175e5',X'01a22716627c7f568dde23b08c04b091',X'01a22716627c7dfcacc0157b3da7634d',2,2,'签约',1,NULL,NULL,NULL,NULL,1);
INSERT INTO milestone VALUES(X'01a22716627c750cb97afa45fff343c3',X'01a22716627c7f568dde23b08c04b091',X'01a22716627c7dfcacc0157b3da7634d',3,3,'备案/立项',1,NULL,NULL,NULL,NULL,1);
INSERT INTO milestone VALUES(X'01a22716627c735d8e14721b03f8efa5',X'01a22716627c7f568dde23b08c04b091',X'01a22716627c7dfcacc0157b3da7634d',4,4,'用地',1,NULL,NULL,NULL,NULL,1);
INSERT INTO milestone VALUES(X'01a22716627c78cea9c717cac5771b85',X'01a22716627c7f568dde23b08c04b091',X'01a22716627c7dfcacc0157b3da7634d',5,5,'规划',1,NULL,NULL,NULL,NULL,1);
INSERT INTO milestone VALUES(X'01a22716627c725282b298a628d858fd',X'01a22716627c7f568dde23b08c04b091',X'01a22716627c7dfcacc0157b3da7634d',6,6,'环评等评价',1,NULL,NULL,NULL,NULL,1);
INSERT INTO milestone VALUES(X'01a22716627c7b039abbc8cc6d239f43',X'01a22716627c7f568dde23b08c04b091',X'01a22716627c7dfcacc0157b3da7634d',7,7,'施工许可',1,NULL,NULL,NULL,NULL,1);
INSERT INTO milestone VALUES(X'01a22716627c76d09a7ea879b1012aa7',X'01a22716627c7f568dde23b08c04b091',X'01a22716627c7dfcacc0157b3da7634d',8,8,'开工',1,NULL,NULL,NULL,NULL,1);
INSERT INTO milestone VALUES(X'01a22716627c76bc810a5c28b50696c6',X'01a22716627c7f568dde23b08c04b091',X'01a22716627c7dfcacc0157b3da7634d',9,9,'竣工',1,NULL,NULL,NULL,NULL,1);
INSERT INTO milestone VALUES(X'01a22716627c7148a76ab0e4c2923ff0',X'01a22716627c7f568dde23b08c04b091',X'01a22716627c7dfcacc0157b3da7634d',10,10,'投产',1,NULL,NULL,NULL,NULL,1);
INSERT INTO milestone VALUES(X'01a22716627c707c82789621b462d6c3',X'01a22716627c76c4a7397eab1d236b09',X'01a22716627c771084b6ff037db05db3',1,1,'洽谈',1,NULL,NULL,NULL,NULL,1);
INSERT INTO milestone VALUES(X'01a22716627c798c88cf4d1bc8b3c340',X'01a22716627c76c4a7397eab1d236b09',X'01a22716627c771084b6ff037db05db3',2,2,'签约',1,NULL,NULL,NULL,NULL,1);
INSERT INTO milestone VALUES(X'01a22716627c769aab9ef7da078cdadc',X'01a22716627c76c4a7397eab1d236b09',X'01a22716627c771084b6ff037db05db3',3,3,'备案/立项',1,NULL,NULL,NULL,NULL,1);
INSERT INTO milestone VALUES(X'01a22716627c712b9d1425ade5efce71',X'01a22716627c76c4a7397eab1d236b09',X'01a22716627c771084b6ff037db05db3',4,4,'用地',1,NULL,NULL,NULL,NULL,1);
INSERT INTO milestone VALUES(X'01a22716627c7e708d39c3fa1e746984',X'01a22716627c76c4a7397eab1d236b09',X'01a22716627c771084b6ff037db05db3',5,5,'规划',1,NULL,NULL,NULL,NULL,1);
INSERT INTO milestone VALUES(X'01a22716627c78dea1eba3b070496b05',X'01a22716627c76c4a7397eab1d236b09',X'01a22716627c771084b6ff037db05db3',6,6,'环评等评价',1,NULL,NULL,NULL,NULL,1);
INSERT INTO milestone VALUES(X'01a22716627c7be395ee41ec1ebdafbf',X'01a22716627c76c4a7397eab1d236b09',X'01a22716627c771084b6ff037db05db3',7,7,'施工许可',1,NULL,NULL,NULL,NULL,1);
INSERT INTO milestone VALUES(X'01a22716627c7d0289883ad7a3c3f44c',X'01a22716627c76c4a7397eab1d236b09',X'01a22716627c771084b6ff037db05db3',8,8,'开工',1,NULL,NULL,NULL,NULL,1);
INSERT INTO milestone VALUES(X'01a22716627c76dc90dc9758649b3d4c',X'01a22716627c76c4a7397eab1d236b09',X'01a22716627c771084b6ff037db05db3',9,9,'竣工',1,NULL,NULL,NULL,NULL,1);
INSERT INTO milestone VALUES(X'01a22716627c7dfdb2fcaf320924d57c',X'01a22716627c76c4a7397eab1d236b09',X'01a22716627c771084b6ff037db05db3',10,10,'投产',1,NULL,NULL,NULL,NULL,1);
CREATE TABLE milestone_change (
    id uuid_text PRIMARY KEY NOT NULL,
    milestone_id uuid_text NOT NULL REFERENCES milestone (id),
    forecast_from date_text,
    forecast_to date_text,
    reason varchar(1000) NOT NULL,
    changed_by uuid_text REFERENCES account (id),
    changed_at timestamp_with_timezone_text NOT NULL
);
CREATE TABLE progress_report (
    id uuid_text PRIMARY KEY NOT NULL,
    project_id uuid_text NOT NULL REFERENCES project (id),
    reported_on date_text NOT NULL,
    percent integer NOT NULL CHECK (percent BETWEEN 0 AND 100),
    note varchar(2000) NOT NULL,
    reported_by uuid_text REFERENCES account (id),
    reported_at timestamp_with_timezone_text NOT NULL
);
CREATE TABLE audit_entry (
    id uuid_text PRIMARY KEY NOT NULL,
    at timestamp_with_timezone_text NOT NULL,
    actor_id uuid_text REFERENCES account (id),
    actor varchar(120) NOT NULL,
    action varchar(60) NOT NULL,
    subject_kind varchar(40) NOT NULL,
    subject_id uuid_text NOT NULL,
    before json_text,
    after json_text,
    reason varchar(2000)
);
INSERT INTO audit_entry VALUES(X'01a227165eef7cc0bbb43704d589eb44','2026-11-29T11:35:07.247004+00:00',NULL,'system: start','calendar.import','Calendar',X'01a227165eef7b60a6d6ac418aab7191',NULL,'{"noticeYear":2012,"revision":1,"sha256":"204cfbad019cc01ba0ab796cbde0f7a085e9ac859e5c4963cdd81b3805ceebf6"}','随程序提供的放假安排');
INSERT INTO audit_entry VALUES(X'01a227165eef7af9b8a90d0964530e29','2026-11-29T11:35:07.247004+00:00',NULL,'system: start','calendar.import','Calendar',X'01a227165eef789e91cfc3473154f664',NULL,'{"noticeYear":2013,"revision":1,"sha256":"4b62bd866ae545250ea0d0868739720fa627563b33ceeec5d616c4680157446e"}','随程序提供的放假安排');
INSERT INTO audit_entry VALUES(X'01a227165eef71a6b7ea5bb596e4d2d0','2026-11-29T11:35:07.247004+00:00',NULL,'system: start','calendar.import','Calendar',X'01a227165eef7c0a97274fa76c7badad',NULL,'{"noticeYear":2014,"revision":1,"sha256":"670f15916adb4245a0b7573aa9cb651dd6afa3be1f4f929497104703d82a9fbf"}','随程序提供的放假安排');
INSERT INTO audit_entry VALUES(X'01a227165eef7db3b5ec2a96484f661e','2026-11-29T11:35:07.247004+00:00',NULL,'system: start','calendar.import','Calendar',X'01a227165eef786f937e04398fe2bb1f',NULL,'{"noticeYear":2015,"revision":1,"sha256":"374490bd71589a286d6e900f85f60f4f00009227c8227555ba88cdb4af7c51ec"}','随程序提供的放假安排');
INSERT INTO audit_entry VALUES(X'01a227165eef7b5991a8bd4064334163','2026-11-29T11:35:07.247004+00:00',NULL,'system: start','calendar.import','Calendar',X'01a227165eef728cb744713d9929e700',NULL,'{"noticeYear":2016,"revision":1,"sha256":"d078654c4e2e83b0f5d618d063ed49923617e940772f3f279eade48910579795"}','随程序提供的放假安排');
INSERT INTO audit_entry VALUES(X'01a227165eef788399065f97f369b05d','2026-11-29T11:35:07.247004+00:00',NULL,'system: start','calendar.import','Calendar',X'01a227165eef7b2eb40b95d0cf201275',NULL,'{"noticeYear":2017,"revision":1,"sha256":"3b8a45e3187ba856802f8290115120436d927d4a355c862e2936a5a2812b502b"}','随程序提供的放假安排');
INSERT INTO audit_entry VALUES(X'01a227165eef7d1a89e755410425b6ec','2026-11-29T11:35:07.247004+00:00',NULL,'system: start','calendar.import','Calendar',X'01a227165eef76cdb7e0125871236998',NULL,'{"noticeYear":2018,"revision":1,"sha256":"763af8951991282734b1d16c15d7680df9706c9c7d2383e86b5051c35c5e4245"}','随程序提供的放假安排');
INSERT INTO audit_entry VALUES(X'01a227165eef7df0ac56105b20663f6c','2026-11-29T11:35:07.247004+00:00',NULL,'system: start','calendar.import','Calendar',X'01a227165eef7e0bb7b5ff443e5aca20',NULL,'{"noticeYear":2019,"revision":1,"sha256":"e7dc70841d1cd6b4c5047668878655d04ead8666f1c9b5af5382aa3e08264645"}','随程序提供的放假安排');
INSERT INTO audit_entry VALUES(X'01a227165eef7dfd8462ed3c1f44dcc9','2026-11-29T11:35:07.247004+00:00',NULL,'system: start','calendar.import','Calendar',X'01a227165eef7d88bccece9b7ee8fd96',NULL,'{"noticeYear":2020,"revision":1,"sha256":"c828fc60172b1c8c797f1493bd43d765d1d8452cd5576093db0a6090ec71c325"}','随程序提供的放假安排');
INSERT INTO audit_entry VALUES(X'01a227165eef78f2850aeb23eac4450d','2026-11-29T11:35:07.247004+00:00',NULL,'system: start','calendar.import','Calendar',X'01a227165eef7936b8b5d64c8c71ff37',NULL,'{"noticeYear":2021,"revision":1,"sha256":"a36ea18ee588812d8190fb4022c0a277bdcfe342d4abee1625b9399536767de5"}','随程序提供的放假安排');
INSERT INTO audit_entry VALUES(X'01a227165eef7818ba08a329c8f6f983','2026-11-29T11:35:07.247004+00:00',NULL,'system: start','calendar.import','Calendar',X'01a227165eef7725b5eb3ed7e4ee25f7',NULL,'{"noticeYear":2022,"revision":1,"sha256":"09c985649e3ca9ae90400cd5d09618e88cb5628512da67a6a45bb7802493d0ff"}','随程序提供的放假安排');
INSERT INTO audit_entry VALUES(X'01a227165eef7c048d32ecefc83e44d0','2026-11-29T11:35:07.247004+00:00',NULL,'system: start','calendar.import','Calendar',X'01a227165eef7c3aa17a55cd6f5ca317',NULL,'{"noticeYear":2023,"revision":1,"sha256":"e4403e9bc0644b127698dc936fc870346301de6b106f8c2c2c510f0df47ad439"}','随程序提供的放假安排');
INSERT INTO audit_entry VALUES(X'01a227165eef7be4a800494063ae61c0','2026-11-29T11:35:07.247004+00:00',NULL,'system: start','calendar.import','Calendar',X'01a227165eef78b5b0ed24ef3ed0b3d3',NULL,'{"noticeYear":2024,"revision":1,"sha256":"8d91700381499e93ecfcb8149700a859884dea04bd44589cfa22efb4259e6df9"}','随程序提供的放假安排');
INSERT INTO audit_entry VALUES(X'01a227165eef7ddd909f80d7577fc713','2026-11-29T11:35:07.247004+00:00',NULL,'system: start','calendar.import','Calendar',X'01a227165eef7e788065e4b0d9586537',NULL,'{"noticeYear":2025,"revision":1,"sha256":"e9ee2b604b304f43ed9cdc7dc48fa491065df93c7763a937886ae4fdea367497"}','随程序提供的放假安排');
INSERT INTO audit_entry VALUES(X'01a227165eef7d9b8870ee9cb2774038','2026-11-29T11:35:07.247004+00:00',NULL,'system: start','calendar.import','Calendar',X'01a227165eef7da1aa2dd318c971d2b6',NULL,'{"noticeYear":2026,"revision":1,"sha256":"07a66cc1f941a5988dbd0464c27d00067c9bc7ffc7a068c709ae123753f82e90"}','随程序提供的放假安排');
INSERT INTO audit_entry VALUES(X'01a227165f137e2db698d22ade2f0d6e','2026-11-29T11:35:07.283032+00:00',NULL,'system: shipped data','department.install','Department',X'01a227165f1377beb97f43debe479c58',NULL,'{"number":1,"nameZh":"经济发展局","nameEn":"Economic Development","counterpartZh":"发展改革和经济管理","windows":2,"endedOn":null}',NULL);
INSERT INTO audit_entry VALUES(X'01a227165f1372a4aac68b6eb2b02e2e','2026-11-29T11:35:07.283032+00:00',NULL,'system: shipped data','department.install','Department',X'01a227165f1375eda9ffb1a84455e5b5',NULL,'{"number":2,"nameZh":"招商局(企业服务中心)","nameEn":"Investment Promotion (Enterprise Service Centre)","counterpartZh":"商务/投资促进","windows":2,"endedOn":null}',NULL);
INSERT INTO audit_entry VALUES(X'01a227165f137abaa420c9139f56e7fb','2026-11-29T11:35:07.283032+00:00',NULL,'system: shipped data','department.install','Department',X'01a227165f137ced8c6d1b6087361126',NULL,'{"number":3,"nameZh":"科技创新局","nameEn":"Science and Innovation","counterpartZh":"科技","windows":1,"endedOn":null}',NULL);
INSERT INTO audit_entry VALUES(X'01a227165f1370389029be6b9611beb0','2026-11-29T11:35:07.283032+00:00',NULL,'system: shipped data','department.install','Department',X'01a227165f137592bd79b5ed0fdfd723',NULL,'{"number":4,"nameZh":"规划局","nameEn":"Planning","counterpartZh":"自然资源","windows":2,"endedOn":null}',NULL);
INSERT INTO audit_entry VALUES(X'01a227165f137eec98488dfae451c690','2026-11-29T11:35:07.283032+00:00',NULL,'system: shipped data','department.install','Department',X'01a227165f1379b9a85f7a5fcaab8968',NULL,'{"number":5,"nameZh":"国土资源分局","nameEn":"Land and Resources","counterpartZh":"自然资源(不动产)","windows":2,"endedOn":null}',NULL);
INSERT INTO audit_entry VALUES(X'01a227165f13741c993363106ef44c49','2026-11-29T11:35:07.283032+00:00',NULL,'system: shipped data','department.install','Department',X'01a227165f137f78a8460c641a5bb741',NULL,'{"number":6,"nameZh":"城乡建设局(人防)","nameEn":"Urban and Rural Construction (Civil Air Defence)","counterpartZh":"住建","windows":2,"endedOn":null}',NULL);
INSERT INTO audit_entry VALUES(X'01a227165f137cce912a00cb906aa161','2026-11-29T11:35:07.283032+00:00',NULL,'system: shipped data','department.install','Department',X'01a227165f137fb3a66750b77b3ede11',NULL,'{"number":7,"nameZh":"环境保护局","nameEn":"Environmental Protection","counterpartZh":"生态环境分局","windows":1,"endedOn":null}',NULL);
INSERT INTO audit_entry VALUES(X'01a227165f137c4c93e50cf9c59a541e','2026-11-29T11:35:07.283032+00:00',NULL,'system: shipped data','department.install','Department',X'01a227165f137326bde9ed53c84ba48c',NULL,'{"number":8,"nameZh":"工商分局","nameEn":"Industry and Commerce","counterpartZh":"市场监管","windows":2,"endedOn":null}',NULL);
INSERT INTO audit_entry VALUES(X'01a227165f137b1fb0afe2bdea5951ce','2026-11-29T11:35:07.283032+00:00',NULL,'system: shipped data','department.install','Department',X'01a227165f13750bb383bc4b43336319',NULL,'{"number":9,"nameZh":"质量技术监督分局","nameEn":"Quality and Technical Supervision","counterpartZh":"市场监管","windows":1,"endedOn":null}',NULL);
INSERT INTO audit_entry VALUES(X'01a227165f137d4589b7bca1b2a982e3','2026-11-29T11:35:07.283032+00:00',NULL,'system: shipped data','department.install','Department',X'01a227165f137211b86b085725540d9f',NULL,'{"number":10,"nameZh":"城市管理局","nameEn":"City Management","counterpartZh":"城管/水务","windows":1,"endedOn":null}',NULL);
INSERT INTO audit_entry VALUES(X'01a227165f13734192d43a9ce7487dfa','2026-11-29T11:35:07.283032+00:00',NULL,'system: shipped data','department.install','Department',X'01a227165f1373aaacae53ea74146616',NULL,'{"number":11,"nameZh":"人力资源和社会保障局","nameEn":"Human Resources and Social Security","counterpartZh":"人社","windows":1,"endedOn":null}',NULL);
INSERT INTO audit_entry VALUES(X'01a227165f137454b5c4b39c87e2138b','2026-11-29T11:35:07.283032+00:00',NULL,'system: shipped data','department.install','Department',X'01a227165f1375bb8633c0033f590ae4',NULL,'{"number":12,"nameZh":"公安分局(消防大队)","nameEn":"Public Security (Fire)","counterpartZh":"公安/消防救援","windows":1,"endedOn":null}',NULL);
INSERT INTO audit_entry VALUES(X'01a227165f137907afc6750b936c8810','2026-11-29T11:35:07.283032+00:00',NULL,'system: shipped data','department.install','Department',X'01a227165f1377b6b019c26052615125',NULL,'{"number":13,"nameZh":"税务(国税、地税)","nameEn":"Taxation","counterpartZh":"税务","windows":2,"endedOn":null}',NULL);
INSERT INTO audit_entry VALUES(X'01a227165f137ca8b3044884c83c84a1','2026-11-29T11:35:07.283032+00:00',NULL,'system: shipped data','department.install','Department',X'01a227165f137ca7a6515c8815b5c681',NULL,'{"number":14,"nameZh":"安监局/交通/气象综合","nameEn":"Work Safety, Transport and Meteorology","counterpartZh":"应急/交通/气象","windows":1,"endedOn":null}',NULL);
INSERT INTO audit_entry VALUES(X'01a227165ff97c3d85a1181b630ffdce','2026-11-29T11:35:07.513865+00:00',NULL,'system: command line','account.create','Account',X'01a227165ff9756ba108c5d48f947255',NULL,'{"login":"admin@park.example","role":"ADMIN"}',NULL);
INSERT INTO audit_entry VALUES(X'01a2271660b176f2af8f61df821a43d2','2026-11-29T11:35:07.697186+00:00',NULL,'system: command line','account.create','Account',X'01a2271660b175e682a96a05feecfaf4',NULL,'{"login":"centre@park.example","role":"CENTRE"}',NULL);
INSERT INTO audit_entry VALUES(X'01a22716616c77cd8c13d05849f89c1b','2026-11-29T11:35:07.884108+00:00',NULL,'system: command line','account.create','Account',X'01a22716616c7b11b858eb0599fe8ee0',NULL,'{"login":"leader@park.example","role":"LEADER"}',NULL);
INSERT INTO audit_entry VALUES(X'01a2271662317004acc62891ca51605c','2026-11-29T11:35:08.081734+00:00',NULL,'system: command line','account.create','Account',X'01a2271662317d91a4318081ddaf8bf0',NULL,'{"login":"supervisor@park.example","role":"SUPERVISOR"}',NULL);
INSERT INTO audit_entry VALUES(X'01a22716627c74fcbafbb4556d818f7b','2026-11-29T11:35:08.156265+00:00',NULL,'system: import','ledger.import','Enterprise',X'01a22716627c7dfcacc0157b3da7634d',NULL,'{"creditCode":"91420100TE0000016K","name":"示例企业1有限公司"}',NULL);
INSERT INTO audit_entry VALUES(X'01a22716627c7af2ae7ac1e9d2ec1e22','2026-11-29T11:35:08.156265+00:00',NULL,'system: import','ledger.import','Account',X'01a22716627c737c8bc4ec56a4664ffe',NULL,'{"login":"contact1@firm.example","role":"ENTERPRISE"}',NULL);
INSERT INTO audit_entry VALUES(X'01a22716627c7524a986b81caf375495','2026-11-29T11:35:08.156265+00:00',NULL,'system: import','ledger.import','Account',X'01a22716627c75eb9f3810bff19f34fa',NULL,'{"login":"liaison01@park.example","role":"LIAISON"}',NULL);
INSERT INTO audit_entry VALUES(X'01a22716627c717db186458b3ea5ecab','2026-11-29T11:35:08.156265+00:00',NULL,'system: import','ledger.import','Liaison',X'01a22716627c7088ade096dc3e4244c3',NULL,'{"enterpriseId":"01a22716-627c-7dfc-acc0-157b3da7634d","accountId":"01a22716-627c-75eb-9f38-10bff19f34fa"}',NULL);
INSERT INTO audit_entry VALUES(X'01a22716627c7e83930fd642f93d69a6','2026-11-29T11:35:08.156265+00:00',NULL,'system: import','ledger.import','Contract',X'01a22716627c7f50a22bdea3093350f6',NULL,'{"number":"QY-0001","state":"ACTIVE","row":2}',NULL);
INSERT INTO audit_entry VALUES(X'01a22716627c7720b99640ed176776fa','2026-11-29T11:35:08.156265+00:00',NULL,'system: import','ledger.import','Project',X'01a22716627c7f568dde23b08c04b091',NULL,'{"contractId":"01a22716-627c-7f50-a22b-dea3093350f6","name":"示例项目1"}',NULL);
INSERT INTO audit_entry VALUES(X'01a22716627c74bb915ad58d01fbbd3f','2026-11-29T11:35:08.156265+00:00',NULL,'system: import','ledger.import','Enterprise',X'01a22716627c771084b6ff037db05db3',NULL,'{"creditCode":"91420100TE000002XU","name":"示例企业2有限公司"}',NULL);
INSERT INTO audit_entry VALUES(X'01a22716627c71dc9d6a979e3a90eed9','2026-11-29T11:35:08.156265+00:00',NULL,'system: import','ledger.import','Account',X'01a22716627c745abaaa012c3fcbd135',NULL,'{"login":"contact2@firm.example","role":"ENTERPRISE"}',NULL);
INSERT INTO audit_entry VALUES(X'01a22716627c7ed2a97ca4e6136c7bf8','2026-11-29T11:35:08.156265+00:00',NULL,'system: import','ledger.import','Liaison',X'01a22716627c767580b9ccd2b4cf5650',NULL,'{"enterpriseId":"01a22716-627c-7710-84b6-ff037db05db3","accountId":"01a22716-627c-75eb-9f38-10bff19f34fa"}',NULL);
INSERT INTO audit_entry VALUES(X'01a22716627c74289c6ddb48ebd1c924','2026-11-29T11:35:08.156265+00:00',NULL,'system: import','ledger.import','Contract',X'01a22716627c760a895c22a2bcfb44d2',NULL,'{"number":"QY-0002","state":"ACTIVE","row":3}',NULL);
INSERT INTO audit_entry VALUES(X'01a22716627c7952a40df39c33942863','2026-11-29T11:35:08.156265+00:00',NULL,'system: import','ledger.import','Project',X'01a22716627c76c4a7397eab1d236b09',NULL,'{"contractId":"01a22716-627c-760a-895c-22a2bcfb44d2","name":"示例项目2"}',NULL);
INSERT INTO audit_entry VALUES(X'01a2271662d17a26b1e9527e2fd243f2','2026-11-29T11:35:08.241632+00:00',NULL,'system: job obligation_opening','obligation.open','Obligation',X'01a2271662d1797eb88a2cc6382003a9',NULL,'{"commitmentId":"01a22716-627c-75af-95ce-5008fb2ea2d1","occasion":"2026-W48","startedOn":"2026-11-22","dueOn":"2026-11-27"}',NULL);
INSERT INTO audit_entry VALUES(X'01a2271662d17379a046ca18992f0901','2026-11-29T11:35:08.241632+00:00',NULL,'system: job obligation_opening','obligation.open','Obligation',X'01a2271662d1729c9be60431637843fb',NULL,'{"commitmentId":"01a22716-627c-7ad4-9b1a-0c4eb45fbc24","occasion":"2026-11","startedOn":"2026-11-08","dueOn":"2026-11-27"}',NULL);
INSERT INTO audit_entry VALUES(X'01a2271662ea7a1cabe8e1ac4d0dcec3','2026-11-29T11:35:08.266157+00:00',NULL,'system: job obligation_opening','obligation.open','Obligation',X'01a2271662ea763eb0f1a99ec175329d',NULL,'{"commitmentId":"01a22716-627c-7926-acdd-612f4be82b37","occasion":"2026-W48","startedOn":"2026-11-22","dueOn":"2026-11-27"}',NULL);
INSERT INTO audit_entry VALUES(X'01a2271662ea7c45ac6f1b28a9bcae7f','2026-11-29T11:35:08.266157+00:00',NULL,'system: job obligation_opening','obligation.open','Obligation',X'01a2271662ea7e638961db97fa1152f8',NULL,'{"commitmentId":"01a22716-627c-7242-9cc0-b317c8b12a90","occasion":"2026-11","startedOn":"2026-10-31","dueOn":"2026-11-27"}',NULL);
INSERT INTO audit_entry VALUES(X'01a2271668007e0d984473898258d2e4','2026-11-29T11:35:09.568579+00:00',X'01a227165ff9756ba108c5d48f947255','ADMIN','session.signIn','Session',X'01a227166800717d9339d21ee403429b',NULL,NULL,NULL);
INSERT INTO audit_entry VALUES(X'01a22716688d7bdebdaa25bd0ba03969','2026-11-29T11:35:09.709387+00:00',X'01a2271660b175e682a96a05feecfaf4','CENTRE','session.signIn','Session',X'01a22716688d7ef7a9443ad7e391ef9d',NULL,NULL,NULL);
INSERT INTO audit_entry VALUES(X'01a22716690f72fab792dec446f426a6','2026-11-29T11:35:09.839472+00:00',X'01a22716616c7b11b858eb0599fe8ee0','LEADER','session.signIn','Session',X'01a22716690f7d42aadf0a4ba88b0fb0',NULL,NULL,NULL);
INSERT INTO audit_entry VALUES(X'01a2271669b771f38cc75a87d69b47c4','2026-11-29T11:35:10.007006+00:00',X'01a2271662317d91a4318081ddaf8bf0','SUPERVISOR','session.signIn','Session',X'01a2271669b776bbaea8ee5b79d3901b',NULL,NULL,NULL);
INSERT INTO audit_entry VALUES(X'01a227166a487497a2fbed76050fe353','2026-11-29T11:35:10.152164+00:00',X'01a2271660b175e682a96a05feecfaf4','CENTRE','document.store','Document',X'01a227166a48792d97f750c42c40aee9',NULL,'{"name":"x.pdf","contentType":"application/pdf","size":15,"sha256":"1e7313ace78f0fb481a486939b4885902663102818090805515553d84e0bbfd3","internal":false}',NULL);
INSERT INTO audit_entry VALUES(X'01a227166a7376408c781233dff93421','2026-11-29T11:35:10.195997+00:00',X'01a2271660b175e682a96a05feecfaf4','CENTRE','obligation.open','Obligation',X'01a227166a73765691f805f73ec673dc',NULL,'{"commitmentId":"01a22716-627c-71e8-984e-7add86dbec42","occasion":"event:event 5","startedOn":"2026-11-29","dueOn":"2026-12-01"}',NULL);
INSERT INTO audit_entry VALUES(X'01a227166ab57f8798d7a09f4f70a014','2026-11-29T11:35:10.261718+00:00',X'01a2271660b175e682a96a05feecfaf4','CENTRE','obligation.open','Obligation',X'01a227166ab57fb0887366454ba81cf3',NULL,'{"commitmentId":"01a22716-627c-73f1-ab16-3fe2e512cdd2","occasion":"event:event 6","startedOn":"2026-11-29","dueOn":"2026-12-04"}',NULL);
INSERT INTO audit_entry VALUES(X'01a227166afc7dcd8aa1aef40f69202a','2026-11-29T11:35:10.332163+00:00',X'01a2271660b175e682a96a05feecfaf4','CENTRE','obligation.open','Obligation',X'01a227166afc7fb3b94257085a46a1ae',NULL,'{"commitmentId":"01a22716-627c-700d-bcb2-456f55c3ec54","occasion":"event:event 7","startedOn":"2026-11-29","dueOn":"2026-12-04"}',NULL);
INSERT INTO audit_entry VALUES(X'01a227166b4078a584a3791c2b98cfe6','2026-11-29T11:35:10.400594+00:00',X'01a2271660b175e682a96a05feecfaf4','CENTRE','obligation.open','Obligation',X'01a227166b407de99f0284ffef40f176',NULL,'{"commitmentId":"01a22716-627c-749a-ab92-b511b80212ff","occasion":"event:event 13","startedOn":"2026-11-29","dueOn":"2026-12-02"}',NULL);
INSERT INTO audit_entry VALUES(X'01a227166b6f72edb33d438117345bb0','2026-11-29T11:35:10.447922+00:00',X'01a2271660b175e682a96a05feecfaf4','CENTRE','deadline.pause','Deadline',X'01a227166a737cad9398736be4246405','{"state":"RUNNING","dueOn":"2026-12-01","provisional":false,"consumedDays":0,"extensionDays":0}','{"state":"PAUSED","dueOn":"2026-12-01","provisional":false,"consumedDays":0,"extensionDays":0}','示例');
INSERT INTO audit_entry VALUES(X'01a227166ba07e81af46a63633e5b1a4','2026-11-29T11:35:10.496513+00:00',X'01a2271660b175e682a96a05feecfaf4','CENTRE','deadline.extend','Deadline',X'01a227166ab579c29a2b53aac9a1131d','{"state":"RUNNING","dueOn":"2026-12-04","provisional":false,"consumedDays":0,"extensionDays":0}','{"state":"RUNNING","dueOn":"2026-12-08","provisional":false,"consumedDays":0,"extensionDays":2}','示例');
INSERT INTO audit_entry VALUES(X'01a227166bd27ff6a81d532a8e20cca5','2026-11-29T11:35:10.546012+00:00',X'01a2271660b175e682a96a05feecfaf4','CENTRE','deadline.meet','Deadline',X'01a227166afc772fa1dc5f34413f02d6','{"state":"RUNNING","dueOn":"2026-12-04","provisional":false,"consumedDays":0,"extensionDays":0}','{"state":"MET","dueOn":"2026-12-04","provisional":false,"consumedDays":0,"extensionDays":0}',NULL);
INSERT INTO audit_entry VALUES(X'01a227166bd271e482592891074f2318','2026-11-29T11:35:10.546012+00:00',X'01a2271660b175e682a96a05feecfaf4','CENTRE','obligation.fulfil','Obligation',X'01a227166afc7fb3b94257085a46a1ae','{"state":"OPEN"}','{"state":"FULFILLED","doneOn":"2026-11-29","evidenceDocumentId":"01a22716-6a48-792d-97f7-50c42c40aee9","daysLate":0}',NULL);
INSERT INTO audit_entry VALUES(X'01a227166bfb7ab3b54676371bb15915','2026-11-29T11:35:10.587788+00:00',X'01a2271660b175e682a96a05feecfaf4','CENTRE','visit.record','Visit',X'01a227166bfb7705a22629009f96e7a8',NULL,'{"enterpriseId":"01a22716-627c-7dfc-acc0-157b3da7634d","kind":"TELEPHONE","state":"HELD","startsAt":"2026-11-29T11:35:10.587788Z","endsAt":null,"place":null,"purpose":null,"summary":"示例要点","internalNote":null,"documentId":null}',NULL);
INSERT INTO audit_entry VALUES(X'01a227166c1a7690b73624a2b537966d','2026-11-29T11:35:10.618493+00:00',X'01a2271660b175e682a96a05feecfaf4','CENTRE','permit.record','Permit',X'01a227166c1a7205b7e81e54c65d9a9a',NULL,'{"kind":"POLLUTANT","number":"示例1号","issuer":"示例机关","validUntil":"2028-01-03","applyBy":"2027-11-04","withdrawnOn":null}',NULL);
INSERT INTO audit_entry VALUES(X'01a227166c417a5c8e7a42544da34b8a','2026-11-29T11:35:10.657115+00:00',X'01a2271660b175e682a96a05feecfaf4','CENTRE','feed.create','Feed',X'01a227166c4179d18c0fca935a2e4afd',NULL,'{"name":"示例"}',NULL);
INSERT INTO audit_entry VALUES(X'01a227166c5a7d409fbf78ba7efad76d','2026-11-29T11:35:10.682513+00:00',X'01a2271660b175e682a96a05feecfaf4','CENTRE','account.requestPasswordLink','Account',X'01a22716616c7b11b858eb0599fe8ee0',NULL,NULL,NULL);
INSERT INTO audit_entry VALUES(X'01a2cbf8a6007d02b67a8c2fc422a3aa','2026-12-31T12:00:00+00:00',NULL,'system: job evaluation_cycle','evaluation.compile','Evaluation',X'01a2cbf8a6007b15b15d8155459ea768',NULL,'{"state":"COMPILED","quarter":"2026-Q4"}',NULL);
INSERT INTO audit_entry VALUES(X'01a319380a007813a36452de56d3e0a6','2027-01-15T12:00:00+00:00',NULL,'system: job evaluation_cycle','evaluation.open','Evaluation',X'01a2cbf8a6007b15b15d8155459ea768','{"state":"COMPILED"}','{"state":"OPEN","quarter":"2026-Q4"}',NULL);
CREATE TABLE letter (
    id uuid_text PRIMARY KEY NOT NULL,
    key varchar(200) NOT NULL UNIQUE,
    kind varchar(40) NOT NULL,
    class varchar(16) NOT NULL CHECK (class IN ('MUST_NOT_MISS', 'MUST_NOT_DOUBLE')),
    recipient_id uuid_text NOT NULL REFERENCES account (id),
    address varchar(254),
    facts json_text NOT NULL,
    created_at timestamp_with_timezone_text NOT NULL,
    not_before timestamp_with_timezone_text NOT NULL,
    not_after timestamp_with_timezone_text,
    state varchar(12) NOT NULL CHECK (state IN ('PENDING', 'SENDING', 'SENT', 'AMBIGUOUS', 'HELD', 'DEAD', 'EXPIRED',
        'SUPPRESSED', 'CANCELLED', 'SUPERSEDED')),
    attempts integer NOT NULL CHECK (attempts >= 0),
    resends integer NOT NULL CHECK (resends BETWEEN 0 AND 1),
    first_attempt_at timestamp_with_timezone_text,
    next_attempt_at timestamp_with_timezone_text NOT NULL,
    lease_until timestamp_with_timezone_text,
    holder varchar(80),
    phase varchar(8) CHECK (phase IN ('CONNECT', 'TLS', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'BODY')),
    message_id varchar(120) NOT NULL UNIQUE,
    frozen blob,
    last_code integer,
    last_text varchar(1000),
    sent_at timestamp_with_timezone_text,
    escalated_at timestamp_with_timezone_text,
    version integer NOT NULL
, absence_id uuid_text REFERENCES absence (id));
INSERT INTO letter VALUES(X'01a227166b6f72b7ac8111a3eba9fbfd','limit:01a22716-6a73-7656-91f8-05f73ec673dc:2:01a22716-627c-737c-8bc4-ec56a4664ffe','LIMIT_CHANGED','MUST_NOT_MISS',X'01a22716627c737c8bc4ec56a4664ffe',NULL,'{"name":"示例企业1有限公司联系人","enterprise":"示例企业1有限公司","step":"PAUSED","on":"2026-11-29","until":null,"ground":{"zh":"双方约定","en":"agreed by both sides"},"reason":"示例","lines":[{"item":{"zh":"跨部门诉求召集协调会","en":"Cross-department request: meeting called"},"occasion":"event:event 5","before":"2026-12-01","due_on":"2026-12-01","provisional":false,"path":"/obligations/01a22716-6a73-7656-91f8-05f73ec673dc"}],"why":{"zh":"这是对贵企业的承诺","en":"it was promised to your enterprise"}}','2026-11-29T11:35:10.447922+00:00','2026-11-29T11:35:10.447922+00:00',NULL,'PENDING',0,0,NULL,'2026-11-30T00:00:00+00:00',NULL,NULL,NULL,'f85562ac3f6349cfa76df3d469c86ecb.1',NULL,NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO letter VALUES(X'01a227166b6f7c72adac18c86f4ee2ed','limit:01a22716-6a73-7656-91f8-05f73ec673dc:2:01a22716-627c-75eb-9f38-10bff19f34fa','LIMIT_CHANGED','MUST_NOT_MISS',X'01a22716627c75eb9f3810bff19f34fa',NULL,'{"name":"专员 01","enterprise":"示例企业1有限公司","step":"PAUSED","on":"2026-11-29","until":null,"ground":{"zh":"双方约定","en":"agreed by both sides"},"reason":"示例","lines":[{"item":{"zh":"跨部门诉求召集协调会","en":"Cross-department request: meeting called"},"occasion":"event:event 5","before":"2026-12-01","due_on":"2026-12-01","provisional":false,"path":"/obligations/01a22716-6a73-7656-91f8-05f73ec673dc"}],"why":{"zh":"您是该企业的服务专员","en":"you are the liaison of the enterprise"}}','2026-11-29T11:35:10.447922+00:00','2026-11-29T11:35:10.447922+00:00',NULL,'PENDING',0,0,NULL,'2026-11-30T00:00:00+00:00',NULL,NULL,NULL,'7cc5b28240463b96a5d0da0d2bb81c1b.1',NULL,NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO letter VALUES(X'01a227166ba07c939c0b104af61d6781','limit:01a22716-6ab5-7fb0-8873-66454ba81cf3:2:01a22716-627c-737c-8bc4-ec56a4664ffe','LIMIT_CHANGED','MUST_NOT_MISS',X'01a22716627c737c8bc4ec56a4664ffe',NULL,'{"name":"示例企业1有限公司联系人","enterprise":"示例企业1有限公司","step":"EXTENDED","on":"2026-11-29","until":null,"ground":null,"reason":"示例","lines":[{"item":{"zh":"跨部门诉求办结或给出方案","en":"Cross-department request: solved or plan given"},"occasion":"event:event 6","before":"2026-12-04","due_on":"2026-12-08","provisional":false,"path":"/obligations/01a22716-6ab5-7fb0-8873-66454ba81cf3"}],"why":{"zh":"这是对贵企业的承诺","en":"it was promised to your enterprise"}}','2026-11-29T11:35:10.496513+00:00','2026-11-29T11:35:10.496513+00:00',NULL,'PENDING',0,0,NULL,'2026-11-30T00:00:00+00:00',NULL,NULL,NULL,'e08aeb22a5318e169536b35ba8f20fef.1',NULL,NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO letter VALUES(X'01a227166ba0790a984d92f9541636b9','limit:01a22716-6ab5-7fb0-8873-66454ba81cf3:2:01a22716-627c-75eb-9f38-10bff19f34fa','LIMIT_CHANGED','MUST_NOT_MISS',X'01a22716627c75eb9f3810bff19f34fa',NULL,'{"name":"专员 01","enterprise":"示例企业1有限公司","step":"EXTENDED","on":"2026-11-29","until":null,"ground":null,"reason":"示例","lines":[{"item":{"zh":"跨部门诉求办结或给出方案","en":"Cross-department request: solved or plan given"},"occasion":"event:event 6","before":"2026-12-04","due_on":"2026-12-08","provisional":false,"path":"/obligations/01a22716-6ab5-7fb0-8873-66454ba81cf3"}],"why":{"zh":"您是该企业的服务专员","en":"you are the liaison of the enterprise"}}','2026-11-29T11:35:10.496513+00:00','2026-11-29T11:35:10.496513+00:00',NULL,'PENDING',0,0,NULL,'2026-11-30T00:00:00+00:00',NULL,NULL,NULL,'20fcf85b70cc1d8e3ecac2dfdcb3042b.1',NULL,NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO letter VALUES(X'01a227166c5a753db63e3088ade2af2b','account-link:01a22716-6c5a-77ad-994e-56c70f27909f','PASSWORD','MUST_NOT_MISS',X'01a22716616c7b11b858eb0599fe8ee0','leader@park.example','{}','2026-11-29T11:35:10.682513+00:00','2026-11-29T11:35:10.682513+00:00','2026-12-02T11:35:10.682513+00:00','SENT',1,0,'2026-11-29T11:35:13.377565+00:00','2026-11-29T11:35:13.383710+00:00',NULL,'6496/01a22716769677f094875c3edcef6429','BODY','247057d67509003f8b4ff3d4e2771ce1.1',NULL,250,'in the local mailbox','2026-11-29T11:35:13.383710+00:00',NULL,3,NULL);
INSERT INTO letter VALUES(X'01a272104a807c13821a87046c8d6cc1','digest:2026-12-14:01a22716-60b1-75e6-82a9-6a05feecfaf4','DIGEST','MUST_NOT_DOUBLE',X'01a2271660b175e682a96a05feecfaf4',NULL,'{"name":"企业服务中心","date":"2026-12-14","late":false,"lines":[{"urgency":"RED","new":true,"enterprise":"示例企业2有限公司","item":{"zh":"走访企业一次（企业可谢绝）","en":"One visit a month (the enterprise may decline)"},"occasion":"2026-11","due_on":"2026-11-27","remaining":-11,"provisional":false,"why":{"zh":"已超过承诺时限；红灯事项同时通知部门负责人","en":"its promised limit has passed; red matters go to the head of department too"},"path":"/obligations/01a22716-62d1-729c-9be6-0431637843fb"},{"urgency":"RED","new":true,"enterprise":"示例企业2有限公司","item":{"zh":"项目进展台账更新","en":"Project progress updated in the ledger"},"occasion":"2026-W48","due_on":"2026-11-27","remaining":-11,"provisional":false,"why":{"zh":"已超过承诺时限；红灯事项同时通知部门负责人","en":"its promised limit has passed; red matters go to the head of department too"},"path":"/obligations/01a22716-62d1-797e-b88a-2cc6382003a9"},{"urgency":"RED","new":true,"enterprise":"示例企业1有限公司","item":{"zh":"项目进展台账更新","en":"Project progress updated in the ledger"},"occasion":"2026-W48","due_on":"2026-11-27","remaining":-11,"provisional":false,"why":{"zh":"已超过承诺时限；红灯事项同时通知部门负责人","en":"its promised limit has passed; red matters go to the head of department too"},"path":"/obligations/01a22716-62ea-763e-b0f1-a99ec175329d"},{"urgency":"RED","new":true,"enterprise":"示例企业1有限公司","item":{"zh":"走访企业一次（企业可谢绝）","en":"One visit a month (the enterprise may decline)"},"occasion":"2026-11","due_on":"2026-11-27","remaining":-11,"provisional":false,"why":{"zh":"已超过承诺时限；红灯事项同时通知部门负责人","en":"its promised limit has passed; red matters go to the head of department too"},"path":"/obligations/01a22716-62ea-7e63-8961-db97fa1152f8"},{"urgency":"RED","new":true,"enterprise":"示例企业1有限公司","item":{"zh":"新政策发布后推送","en":"New policy passed on after publication"},"occasion":"event:event 13","due_on":"2026-12-02","remaining":-8,"provisional":false,"why":{"zh":"已超过承诺时限；由企业服务中心办理","en":"its promised limit has passed; it is for the service centre"},"path":"/obligations/01a22716-6b40-7de9-9f02-84ffef40f176"},{"urgency":"RED","new":true,"enterprise":"示例企业1有限公司","item":{"zh":"跨部门诉求办结或给出方案","en":"Cross-department request: solved or plan given"},"occasion":"event:event 6","due_on":"2026-12-08","remaining":-4,"provisional":false,"why":{"zh":"已超过承诺时限；由企业服务中心办理","en":"its promised limit has passed; it is for the service centre"},"path":"/obligations/01a22716-6ab5-7fb0-8873-66454ba81cf3"}],"left_out":0,"notices":[]}','2026-12-14T01:00:00+00:00','2026-12-14T01:00:00+00:00',NULL,'SUPERSEDED',0,0,NULL,'2026-12-14T01:00:00+00:00',NULL,NULL,NULL,'c99fc75b0bff3e3afa578e607a77a122.1',NULL,NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO letter VALUES(X'01a272104a8070f99e468587c0a23a9f','digest:2026-12-14:01a22716-627c-75eb-9f38-10bff19f34fa','DIGEST','MUST_NOT_DOUBLE',X'01a22716627c75eb9f3810bff19f34fa',NULL,'{"name":"专员 01","date":"2026-12-14","late":false,"lines":[{"urgency":"RED","new":true,"enterprise":"示例企业2有限公司","item":{"zh":"走访企业一次（企业可谢绝）","en":"One visit a month (the enterprise may decline)"},"occasion":"2026-11","due_on":"2026-11-27","remaining":-11,"provisional":false,"why":{"zh":"已超过承诺时限；您是该企业的服务专员","en":"its promised limit has passed; you are the liaison of the enterprise"},"path":"/obligations/01a22716-62d1-729c-9be6-0431637843fb"},{"urgency":"RED","new":true,"enterprise":"示例企业2有限公司","item":{"zh":"项目进展台账更新","en":"Project progress updated in the ledger"},"occasion":"2026-W48","due_on":"2026-11-27","remaining":-11,"provisional":false,"why":{"zh":"已超过承诺时限；您是该企业的服务专员","en":"its promised limit has passed; you are the liaison of the enterprise"},"path":"/obligations/01a22716-62d1-797e-b88a-2cc6382003a9"},{"urgency":"RED","new":true,"enterprise":"示例企业1有限公司","item":{"zh":"项目进展台账更新","en":"Project progress updated in the ledger"},"occasion":"2026-W48","due_on":"2026-11-27","remaining":-11,"provisional":false,"why":{"zh":"已超过承诺时限；您是该企业的服务专员","en":"its promised limit has passed; you are the liaison of the enterprise"},"path":"/obligations/01a22716-62ea-763e-b0f1-a99ec175329d"},{"urgency":"RED","new":true,"enterprise":"示例企业1有限公司","item":{"zh":"走访企业一次（企业可谢绝）","en":"One visit a month (the enterprise may decline)"},"occasion":"2026-11","due_on":"2026-11-27","remaining":-11,"provisional":false,"why":{"zh":"已超过承诺时限；您是该企业的服务专员","en":"its promised limit has passed; you are the liaison of the enterprise"},"path":"/obligations/01a22716-62ea-7e63-8961-db97fa1152f8"}],"left_out":0,"notices":[]}','2026-12-14T01:00:00+00:00','2026-12-14T01:00:00+00:00',NULL,'SUPERSEDED',0,0,NULL,'2026-12-14T01:00:00+00:00',NULL,NULL,NULL,'54b3a9be1850a2f71db77405a3eb5b43.1',NULL,NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO letter VALUES(X'01a27736a6807b03965dce2463f6981b','digest:2026-12-15:01a22716-60b1-75e6-82a9-6a05feecfaf4','DIGEST','MUST_NOT_DOUBLE',X'01a2271660b175e682a96a05feecfaf4',NULL,'{"name":"企业服务中心","date":"2026-12-15","late":true,"lines":[{"urgency":"RED","new":true,"enterprise":"示例企业2有限公司","item":{"zh":"走访企业一次（企业可谢绝）","en":"One visit a month (the enterprise may decline)"},"occasion":"2026-11","due_on":"2026-11-27","remaining":-12,"provisional":false,"why":{"zh":"已超过承诺时限；红灯事项同时通知部门负责人","en":"its promised limit has passed; red matters go to the head of department too"},"path":"/obligations/01a22716-62d1-729c-9be6-0431637843fb"},{"urgency":"RED","new":true,"enterprise":"示例企业2有限公司","item":{"zh":"项目进展台账更新","en":"Project progress updated in the ledger"},"occasion":"2026-W48","due_on":"2026-11-27","remaining":-12,"provisional":false,"why":{"zh":"已超过承诺时限；红灯事项同时通知部门负责人","en":"its promised limit has passed; red matters go to the head of department too"},"path":"/obligations/01a22716-62d1-797e-b88a-2cc6382003a9"},{"urgency":"RED","new":true,"enterprise":"示例企业1有限公司","item":{"zh":"项目进展台账更新","en":"Project progress updated in the ledger"},"occasion":"2026-W48","due_on":"2026-11-27","remaining":-12,"provisional":false,"why":{"zh":"已超过承诺时限；红灯事项同时通知部门负责人","en":"its promised limit has passed; red matters go to the head of department too"},"path":"/obligations/01a22716-62ea-763e-b0f1-a99ec175329d"},{"urgency":"RED","new":true,"enterprise":"示例企业1有限公司","item":{"zh":"走访企业一次（企业可谢绝）","en":"One visit a month (the enterprise may decline)"},"occasion":"2026-11","due_on":"2026-11-27","remaining":-12,"provisional":false,"why":{"zh":"已超过承诺时限；红灯事项同时通知部门负责人","en":"its promised limit has passed; red matters go to the head of department too"},"path":"/obligations/01a22716-62ea-7e63-8961-db97fa1152f8"},{"urgency":"RED","new":true,"enterprise":"示例企业1有限公司","item":{"zh":"新政策发布后推送","en":"New policy passed on after publication"},"occasion":"event:event 13","due_on":"2026-12-02","remaining":-9,"provisional":false,"why":{"zh":"已超过承诺时限；由企业服务中心办理","en":"its promised limit has passed; it is for the service centre"},"path":"/obligations/01a22716-6b40-7de9-9f02-84ffef40f176"},{"urgency":"RED","new":true,"enterprise":"示例企业1有限公司","item":{"zh":"跨部门诉求办结或给出方案","en":"Cross-department request: solved or plan given"},"occasion":"event:event 6","due_on":"2026-12-08","remaining":-5,"provisional":false,"why":{"zh":"已超过承诺时限；由企业服务中心办理","en":"its promised limit has passed; it is for the service centre"},"path":"/obligations/01a22716-6ab5-7fb0-8873-66454ba81cf3"}],"left_out":0,"notices":[]}','2026-12-15T01:00:00+00:00','2026-12-15T01:00:00+00:00',NULL,'PENDING',0,0,NULL,'2026-12-15T01:00:00+00:00',NULL,NULL,NULL,'82f8c03dd238d3813fb22ba7d914bbff.1',NULL,NULL,NULL,NULL,NULL,1,NULL);
INSERT INTO letter VALUES(X'01a27736a6807aaca4d2ce08e72591fc','digest:2026-12-15:01a22716-627c-75eb-9f38-10bff19f34fa','DIGEST','MUST_NOT_DOUBLE',X'01a22716627c75eb9f3810bff19f34fa',NULL,'{"name":"专员 01","date":"2026-12-15","late":true,"lines":[{"urgency":"RED","new":true,"enterprise":"示例企业2有限公司","item":{"zh":"走访企业一次（企业可谢绝）","en":"One visit a month (the enterprise may decline)"},"occasion":"2026-11","due_on":"2026-11-27","remaining":-12,"provisional":false,"why":{"zh":"已超过承诺时限；您是该企业的服务专员","en":"its promised limit has passed; you are the liaison of the enterprise"},"path":"/obligations/01a22716-62d1-729c-9be6-0431637843fb"},{"urgency":"RED","new":true,"enterprise":"示例企业2有限公司","item":{"zh":"项目进展台账更新","en":"Project progress updated in the ledger"},"occasion":"2026-W48","due_on":"2026-11-27","remaining":-12,"provisional":false,"why":{"zh":"已超过承诺时限；您是该企业的服务专员","en":"its promised limit has passed; you are the liaison of the enterprise"},"path":"/obligations/01a22716-62d1-797e-b88a-2cc6382003a9"},{"urgency":"RED","new":true,"enterprise":"示例企业1有限公司","item":{"zh":"项目进展台账更新","en":"Project progress updated in the ledger"},"occasion":"2026-W48","due_on":"2026-11-27","remaining":-12,"provisional":false,"why":{"zh":"已超过承诺时限；您是该企业的服务专员","en":"its promised limit has passed; you are the liaison of the enterprise"},"path":"/obligations/01a22716-62ea-763e-b0f1-a99ec175329d"},{"urgency":"RED","new":true,"enterprise":"示例企业1有限公司","item":{"zh":"走访企业一次（企业可谢绝）","en":"One visit a month (the enterprise may decline)"},"occasion":"2026-11","due_on":"2026-11-27","remaining":-12,"provisional":false,"why":{"zh":"已超过承诺时限；您是该企业的服务专员","en":"its promised limit has passed; you are the liaison of the enterprise"},"path":"/obligations/01a22716-62ea-7e63-8961-db97fa1152f8"}],"left_out":0,"notices":[]}','2026-12-15T01:00:00+00:00','2026-12-15T01:00:00+00:00',NULL,'PENDING',0,0,NULL,'2026-12-15T01:00:00+00:00',NULL,NULL,NULL,'886dd4b11f062f763ec1e66ee105884b.1',NULL,NULL,NULL,NULL,NULL,1,NULL);
INSERT INTO letter VALUES(X'01a319380a007ea7942534bf0bf5e768','evaluation:2026-Q4:0:01a22716-627c-737c-8bc4-ec56a4664ffe','EVALUATION_INVITATION','MUST_NOT_DOUBLE',X'01a22716627c737c8bc4ec56a4664ffe',NULL,'{"sealed":"AWwqMfmkn5ugAfilx5CXs-Wkq1JLjO6oyvszSEr3KZML2N7hjwHTgX2HuEN0sQQr5X6-XtFMQnAZT3KPuce80oaz3lD8w1uDob-0jzC-CO2GcoA9PCav2nc_QxwKCD69RYWFlGlPgsxUrfW5kbuOQT0AhYVw0JTJo8lAxH5Q6jS6hHeZV1vYTNmYobqehXlxkI9yKNdSZYLq5d26C0nznxUgMkoUcW_43kop5okHFMF6sDRqBGVUU1o91WiQPGXBBlBmaaq4xA6iUpHR9fsWqHzJJ7rpWu6H79WZEZzRWLgZXMbqUneWWiWGumLWX540WAo"}','2027-01-15T12:00:00+00:00','2027-01-15T12:00:00+00:00','2027-01-28T10:00:00+00:00','PENDING',0,0,NULL,'2027-01-15T12:00:00+00:00',NULL,NULL,NULL,'a92fce2176c5f149675384eeb9feca97.1',NULL,NULL,NULL,NULL,NULL,1,NULL);
INSERT INTO letter VALUES(X'01a319380a0070238178c2770fe258fc','evaluation:2026-Q4:0:01a22716-627c-745a-baaa-012c3fcbd135','EVALUATION_INVITATION','MUST_NOT_DOUBLE',X'01a22716627c745abaaa012c3fcbd135',NULL,'{"sealed":"AWwqMfmkn5ugY9I6UY4GPSETwVRxNCPwPXiKm4TlU2OtlvK3gMQkkLv77ZYPwX6da4B9amZ8srCr9EiRw6XDfmQAUqyvgOlaof6sHwBGY3tbiLeZ3MI8T2WnMaMoSO-YFO2Zx7j7OVuR0-Yryi1GkvY8arVfIqgpP784j_1kedYsIoN-E1dD6O9JkkC_Vkq8gydNYBrqFi9GvobeWSDVIJxplAISV6BZr8AGLqjO-6dygZv3jI6a3lkyHFlSIR_mGL-3DNnp1JYqssCuyCUExTg7pxdCGJeg4JGUCTZJjTNf9DZcdFvg2RTQboqOiUPIM1k"}','2027-01-15T12:00:00+00:00','2027-01-15T12:00:00+00:00','2027-01-28T10:00:00+00:00','PENDING',0,0,NULL,'2027-01-15T12:00:00+00:00',NULL,NULL,NULL,'e8744d4a31efcca1dfb2fcdd6df2a195.1',NULL,NULL,NULL,NULL,NULL,1,NULL);
CREATE TABLE letter_attachment (
    letter_id uuid_text NOT NULL REFERENCES letter (id),
    position integer NOT NULL CHECK (position > 0),
    name varchar(200) NOT NULL,
    content_type varchar(100) NOT NULL,
    bytes blob NOT NULL,
    PRIMARY KEY (letter_id, position)
);
CREATE TABLE letter_attempt (
    id uuid_text PRIMARY KEY NOT NULL,
    letter_id uuid_text NOT NULL REFERENCES letter (id),
    number integer NOT NULL CHECK (number > 0),
    started_at timestamp_with_timezone_text NOT NULL,
    ended_at timestamp_with_timezone_text,
    phase varchar(8) NOT NULL,
    code integer,
    text varchar(1000),
    holder varchar(80) NOT NULL,
    UNIQUE (letter_id, number)
);
INSERT INTO letter_attempt VALUES(X'01a2271676e17747b4563bedb2e14bc4',X'01a227166c5a753db63e3088ade2af2b',1,'2026-11-29T11:35:13.377565+00:00','2026-11-29T11:35:13.383710+00:00','BODY',250,'in the local mailbox','6496/01a22716769677f094875c3edcef6429');
CREATE TABLE mail_state (
    id integer PRIMARY KEY NOT NULL CHECK (id = 1),
    database_id uuid_text NOT NULL,
    signing_key blob NOT NULL,
    hold varchar(8) CHECK (hold IN ('PERSON', 'RESTORE')),
    held_at timestamp_with_timezone_text,
    held_by uuid_text REFERENCES account (id),
    reason varchar(1000),
    released_at timestamp_with_timezone_text,
    version integer NOT NULL, let_out bigint NOT NULL DEFAULT 0, vouched_at timestamp_with_timezone_text,
    CHECK ((hold IS NULL) = (held_at IS NULL)),
    CHECK ((hold IS NULL) = (reason IS NULL))
);
INSERT INTO mail_state VALUES(1,X'005d231066fb61e6f439eaaa37e39426',X'5f510b8684e7482871bf13ae24c2ad7ebb65d5728c748670120abfa33ff84f07',NULL,NULL,NULL,NULL,NULL,1,0,NULL);
CREATE TABLE suppressed_address (
    address varchar(254) PRIMARY KEY NOT NULL,
    since timestamp_with_timezone_text NOT NULL,
    refused_at timestamp_with_timezone_text NOT NULL,
    refusals integer NOT NULL CHECK (refusals > 0),
    letter_id uuid_text NOT NULL REFERENCES letter (id),
    reason varchar(1000) NOT NULL
);
CREATE TABLE schedule (
    id uuid_text PRIMARY KEY NOT NULL,
    name varchar(60) NOT NULL UNIQUE,
    what_zh varchar(400) NOT NULL,
    what_en varchar(400) NOT NULL,
    plan json_text NOT NULL,
    paused_until timestamp_with_timezone_text,
    paused_by uuid_text REFERENCES account (id),
    pause_reason varchar(1000),
    caught_up_to timestamp_with_timezone_text,
    version integer NOT NULL,
    CHECK ((paused_until IS NULL) = (pause_reason IS NULL))
);
INSERT INTO schedule VALUES(X'01a227165f19712fad5af51d6108f952','obligation_opening','为新的周期开立履约事项','opens the obligations of periods that have begun','{"when":{"kind":"DAILY","at":{"hour":0,"minute":10},"days":"ALL"},"catch_up":"SWEEP"}',NULL,NULL,NULL,'2026-11-28T16:10:00+00:00',1);
INSERT INTO schedule VALUES(X'01a227165f197e3dad4f5ad5c7772e74','contract_expiry','契约生效与到期；到期前 60、30、10 日提醒','starts and ends contracts; letters 60, 30 and 10 days before the end','{"when":{"kind":"DAILY","at":{"hour":0,"minute":5},"days":"ALL"},"catch_up":"SWEEP"}',NULL,NULL,NULL,'2026-11-28T16:05:00+00:00',1);
INSERT INTO schedule VALUES(X'01a227165f1976d58d213992a407897d','deadline_warnings','每人每个工作日一份待办清单：将到期和已超期的事项','one digest per person and working day: what falls due and what is overdue','{"when":{"kind":"DAILY","at":{"hour":8,"minute":30},"days":"WORKING"},"catch_up":"SWEEP"}',NULL,NULL,NULL,'2026-11-28T15:59:59+00:00',1);
INSERT INTO schedule VALUES(X'01a227165f19726aaa2a29626ce032d1','completeness','核对近七日到期事项是否都已通知，遗漏的立即补发','counts anew what fell due in the last seven days, and tells what nobody was told','{"when":{"kind":"DAILY","at":{"hour":10,"minute":0},"days":"WORKING"},"catch_up":"SWEEP"}',NULL,NULL,NULL,'2026-11-28T15:59:59+00:00',1);
INSERT INTO schedule VALUES(X'01a227165f19725cbb3a2840d8da18dd','statutory_overdue','超过法定时限的事项立即通知监督机构、部门负责人和领导','tells the supervisor, the head of department and the leaders at once that a statutory limit has passed','{"when":{"kind":"MINUTES","every":10,"from":8,"until":18,"days":"WORKING"},"catch_up":"SWEEP"}',NULL,NULL,NULL,'2026-11-28T15:59:59+00:00',1);
INSERT INTO schedule VALUES(X'01a227165f19789ca55197c91ca56b5d','calendar_check','12 月起提醒管理员导入下一年的工作日历','from December on asks the administrator for next year''s calendar','{"when":{"kind":"DAILY","at":{"hour":3,"minute":0},"days":"ALL"},"catch_up":"SWEEP"}',NULL,NULL,NULL,'2026-11-28T19:00:00+00:00',1);
INSERT INTO schedule VALUES(X'01a227165f197710b8d455afe8075e41','leader_report','向领导呈送报告：每周首个工作日周报，每月第三个工作日月报，每季第五个工作日季报；季报公开部分同时发特邀监察员','reports to the leaders: a brief on the first working day of the week, a bulletin on the third of the month, a report on the fifth of the quarter; its public part goes to the special inspectors','{"when":{"kind":"DAILY","at":{"hour":8,"minute":0},"days":"WORKING"},"catch_up":"SWEEP"}',NULL,NULL,NULL,'2026-11-28T15:59:59+00:00',1);
INSERT INTO schedule VALUES(X'01a227165f197330bb4f84701eb73e6c','enterprise_progress','每月第三个工作日向企业发送其项目和承诺的进展','on the third working day of the month tells each enterprise how its projects and promises stand','{"when":{"kind":"NTH_WORKING_DAY","nth":3,"of":"MONTH","at":{"hour":9,"minute":0}},"catch_up":"REPORT"}',NULL,NULL,NULL,'2026-11-28T15:59:59+00:00',1);
INSERT INTO schedule VALUES(X'01a227165f1977eeb36116791b7ca326','absence_turn','请假开始与结束，代理人接替与交还','begins and ends leaves: deputies stand in, and give back','{"when":{"kind":"DAILY","at":{"hour":0,"minute":1},"days":"ALL"},"catch_up":"SWEEP"}',NULL,NULL,NULL,'2026-11-28T16:01:00+00:00',1);
INSERT INTO schedule VALUES(X'01a227165f197918a74639fc4821a1d6','last_day','到期当日 14:00 提醒责任人尚未办结的事项','at two in the afternoon reminds owners of what is due today and still open','{"when":{"kind":"DAILY","at":{"hour":14,"minute":0},"days":"WORKING"},"catch_up":"SWEEP"}',NULL,NULL,NULL,'2026-11-28T15:59:59+00:00',1);
INSERT INTO schedule VALUES(X'01a227165f1975dfa5cfbdacf65176c8','escalation','承诺超期一个工作日后向部门负责人催办，催办满五个工作日仍未办结的向监督机构提交通报草稿','chases at the head of the department what has been overdue for a working day; five working days after that drafts a criticism for the supervisor','{"when":{"kind":"DAILY","at":{"hour":9,"minute":0},"days":"WORKING"},"catch_up":"SWEEP"}',NULL,NULL,NULL,'2026-11-28T15:59:59+00:00',1);
INSERT INTO schedule VALUES(X'01a227165f1971fda813633fe2544389','permit_expiry','证照到期前 90、60、30 日及申请期限前 10、3 个工作日提醒企业和专员','tells enterprises and liaisons of permits 90, 60 and 30 days before they end, and 10 and 3 working days before the last day of applying','{"when":{"kind":"DAILY","at":{"hour":9,"minute":0},"days":"WORKING"},"catch_up":"SWEEP"}',NULL,NULL,NULL,'2026-11-28T15:59:59+00:00',1);
INSERT INTO schedule VALUES(X'01a227165f1977d1954420f6f8602f7e','undelivered','信件无法送达时告知代理人、部门负责人、监督机构或管理员','tells deputies, heads, the supervisor or the administrator of letters that reach nobody','{"when":{"kind":"MINUTES","every":10,"from":0,"until":24,"days":"ALL"},"catch_up":"SWEEP"}',NULL,NULL,NULL,'2026-11-29T11:30:00+00:00',1);
INSERT INTO schedule VALUES(X'01a227165f19752c9e06aa3895bff2c6','job_watch','任务失败时立即告知管理员，之后每四小时一次；退信过多时每天告知一次','tells the administrators of a failed job at once, then every four hours; once a day that too many letters come back','{"when":{"kind":"MINUTES","every":10,"from":0,"until":24,"days":"ALL"},"catch_up":"SWEEP"}',NULL,NULL,NULL,'2026-11-29T11:30:00+00:00',1);
INSERT INTO schedule VALUES(X'01a227165f1976bd8eb4056aae486a3f','evaluation_cycle','季度企业评议：编制、发放、催评、截止、计分，均按工作日','the quarterly evaluation: compiles, opens, reminds, closes and scores it, each on its working day','{"when":{"kind":"MINUTES","every":30,"from":8,"until":19,"days":"WORKING"},"catch_up":"SWEEP"}',NULL,NULL,NULL,'2026-11-28T15:59:59+00:00',1);
INSERT INTO schedule VALUES(X'01a227165f197fbf83df0b2237e38ed4','red_list','每个工作日向监督机构报送全园区超期事项清单','tells the supervisor every working morning of all that is overdue in the park','{"when":{"kind":"DAILY","at":{"hour":8,"minute":15},"days":"WORKING"},"catch_up":"SWEEP"}',NULL,NULL,NULL,'2026-11-28T15:59:59+00:00',1);
INSERT INTO schedule VALUES(X'01a227165f197dfc956ce4add5fd95f7','rectification_watch','整改的回访或答复超期时告知被评价单位和监督机构','tells those who were rated and the supervisor that a call-back or the reply to a low mark is overdue','{"when":{"kind":"DAILY","at":{"hour":9,"minute":0},"days":"WORKING"},"catch_up":"SWEEP"}',NULL,NULL,NULL,'2026-11-28T15:59:59+00:00',1);
INSERT INTO schedule VALUES(X'01a227165f19766c9363550a9336c68a','outbox_delivery','投递发件箱中的信件','delivers the letters of the outbox','{"when":{"kind":"MINUTES","every":1,"from":0,"until":24,"days":"ALL"},"catch_up":"SWEEP"}',NULL,NULL,NULL,'2026-11-29T11:35:00+00:00',1);
CREATE TABLE job_run (
    id uuid_text PRIMARY KEY NOT NULL,
    job varchar(60) NOT NULL,
    nominal_at timestamp_with_timezone_text NOT NULL,
    cause varchar(10) NOT NULL CHECK (cause IN ('CLOCK', 'CATCH_UP', 'MANUAL')),
    request_key varchar(120),
    requested_by uuid_text REFERENCES account (id),
    reason varchar(1000),
    state varchar(10) NOT NULL CHECK (state IN ('CLAIMED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'SKIPPED', 'ABANDONED')),
    skipped_because varchar(12) CHECK (skipped_because IN ('OVERLAP', 'SUPERSEDED')),
    attempt integer NOT NULL CHECK (attempt > 0),
    failures integer NOT NULL CHECK (failures >= 0),
    retry_at timestamp_with_timezone_text,
    holder varchar(80),
    lease_until timestamp_with_timezone_text,
    as_of timestamp_with_timezone_text,
    started_at timestamp_with_timezone_text NOT NULL,
    finished_at timestamp_with_timezone_text,
    due integer NOT NULL CHECK (due >= 0),
    done integer NOT NULL CHECK (done >= 0),
    skipped integer NOT NULL CHECK (skipped >= 0),
    failed integer NOT NULL CHECK (failed >= 0),
    letters integer NOT NULL CHECK (letters >= 0),
    error varchar(4000),
    note varchar(4000),
    CHECK ((state = 'SKIPPED') = (skipped_because IS NOT NULL)),
    CHECK (state NOT IN ('SUCCEEDED', 'FAILED', 'SKIPPED', 'ABANDONED') OR finished_at IS NOT NULL)
);
INSERT INTO job_run VALUES(X'01a2271662cc7367b0a7d0a40d7d92bf','obligation_opening','2026-11-29T11:35:08.236811+00:00','MANUAL',NULL,NULL,NULL,'SUCCEEDED',NULL,1,0,NULL,'6362/01a2271662cc7526a9fd6fe2831aeae9',NULL,NULL,'2026-11-29T11:35:08.236821+00:00','2026-11-29T11:35:08.280881+00:00',2,2,0,0,0,NULL,NULL);
INSERT INTO job_run VALUES(X'01a2271662fe7671a55bb27706dd324d','outbox_delivery','2026-11-29T11:35:08.286775+00:00','MANUAL',NULL,NULL,NULL,'SUCCEEDED',NULL,1,0,NULL,'6362/01a2271662cc7526a9fd6fe2831aeae9',NULL,NULL,'2026-11-29T11:35:08.286787+00:00','2026-11-29T11:35:08.300556+00:00',0,0,0,0,0,NULL,NULL);
INSERT INTO job_run VALUES(X'01a22716637c7d5b9db3300ef768424b','obligation_opening','2026-11-28T16:10:00+00:00','CATCH_UP',NULL,NULL,NULL,'SUCCEEDED',NULL,1,0,NULL,'6369/01a227166344753bb08741d47a012547',NULL,NULL,'2026-11-29T11:35:08.412227+00:00','2026-11-29T11:35:08.472649+00:00',2,2,0,0,0,NULL,'late: covers everything since 2026-11-28 15:59:59 UTC');
INSERT INTO job_run VALUES(X'01a2271663be7046b8143d4a1f542401','contract_expiry','2026-11-28T16:05:00+00:00','CATCH_UP',NULL,NULL,NULL,'SUCCEEDED',NULL,1,0,NULL,'6369/01a227166344753bb08741d47a012547',NULL,NULL,'2026-11-29T11:35:08.478727+00:00','2026-11-29T11:35:08.494512+00:00',0,0,0,0,0,NULL,'late: covers everything since 2026-11-28 15:59:59 UTC');
INSERT INTO job_run VALUES(X'01a2271663d27a31b037bcb589a151b8','calendar_check','2026-11-28T19:00:00+00:00','CATCH_UP',NULL,NULL,NULL,'SUCCEEDED',NULL,1,0,NULL,'6369/01a227166344753bb08741d47a012547',NULL,NULL,'2026-11-29T11:35:08.498193+00:00','2026-11-29T11:35:08.510158+00:00',0,0,0,0,0,NULL,'late: covers everything since 2026-11-28 15:59:59 UTC');
INSERT INTO job_run VALUES(X'01a2271663df7ab5991cc1ba9d2d1033','absence_turn','2026-11-28T16:01:00+00:00','CATCH_UP',NULL,NULL,NULL,'SUCCEEDED',NULL,1,0,NULL,'6369/01a227166344753bb08741d47a012547',NULL,NULL,'2026-11-29T11:35:08.511868+00:00','2026-11-29T11:35:08.518881+00:00',0,0,0,0,0,NULL,'late: covers everything since 2026-11-28 15:59:59 UTC');
INSERT INTO job_run VALUES(X'01a2271663ea71d0b63a3fe3e36133bf','undelivered','2026-11-29T11:30:00+00:00','CATCH_UP',NULL,NULL,NULL,'SUCCEEDED',NULL,1,0,NULL,'6369/01a227166344753bb08741d47a012547',NULL,NULL,'2026-11-29T11:35:08.522228+00:00','2026-11-29T11:35:08.531047+00:00',0,0,0,0,0,NULL,'late: covers everything since 2026-11-28 15:59:59 UTC');
INSERT INTO job_run VALUES(X'01a2271663f472b090ec65b65b3b8cf3','job_watch','2026-11-29T11:30:00+00:00','CATCH_UP',NULL,NULL,NULL,'SUCCEEDED',NULL,1,0,NULL,'6369/01a227166344753bb08741d47a012547',NULL,NULL,'2026-11-29T11:35:08.532648+00:00','2026-11-29T11:35:08.540072+00:00',0,0,0,0,0,NULL,'late: covers everything since 2026-11-28 15:59:59 UTC');
INSERT INTO job_run VALUES(X'01a22716769777999917e50b6051a6f7','calendar_check','2026-11-29T11:35:13.303173+00:00','MANUAL',NULL,NULL,NULL,'SUCCEEDED',NULL,1,0,NULL,'6496/01a22716769677f094875c3edcef6429',NULL,NULL,'2026-11-29T11:35:13.303185+00:00','2026-11-29T11:35:13.328150+00:00',0,0,0,0,0,NULL,NULL);
INSERT INTO job_run VALUES(X'01a2271676c37353b926e29976042979','outbox_delivery','2026-11-29T11:35:13.347277+00:00','MANUAL',NULL,NULL,NULL,'SUCCEEDED',NULL,1,0,NULL,'6496/01a22716769677f094875c3edcef6429',NULL,NULL,'2026-11-29T11:35:13.347301+00:00','2026-11-29T11:35:13.388105+00:00',5,5,0,0,0,NULL,NULL);
INSERT INTO job_run VALUES(X'01a22716774e7b60b273c8be43bb6f5d','deadline_warnings','2026-12-13T01:00:00+00:00','MANUAL',NULL,NULL,NULL,'SUCCEEDED',NULL,1,0,NULL,'6508/01a22716774d7d3db4dfcc73c887905b',NULL,'2026-12-13T01:00:00+00:00','2026-11-29T11:35:13.486371+00:00','2026-11-29T11:35:13.501543+00:00',0,0,0,0,0,NULL,'as of 2026-12-13 01:00:00 UTC');
INSERT INTO job_run VALUES(X'01a2271677b77258adf8f07d8afdd47a','deadline_warnings','2026-12-14T01:00:00+00:00','MANUAL',NULL,NULL,NULL,'SUCCEEDED',NULL,1,0,NULL,'6515/01a2271677b67695bcf1ecb7d33a2f7b',NULL,'2026-12-14T01:00:00+00:00','2026-11-29T11:35:13.591732+00:00','2026-11-29T11:35:13.674121+00:00',2,2,0,0,2,NULL,'as of 2026-12-14 01:00:00 UTC');
INSERT INTO job_run VALUES(X'01a2271678597cff885aef7dd00818cf','deadline_warnings','2026-12-15T01:00:00+00:00','MANUAL',NULL,NULL,NULL,'SUCCEEDED',NULL,1,0,NULL,'6526/01a2271678587ed3837c6a8423a6736b',NULL,'2026-12-15T01:00:00+00:00','2026-11-29T11:35:13.753066+00:00','2026-11-29T11:35:13.832048+00:00',2,2,0,0,2,NULL,'as of 2026-12-15 01:00:00 UTC');
INSERT INTO job_run VALUES(X'01a227167936781780d13251e60c0c85','evaluation_cycle','2026-12-31T12:00:00+00:00','MANUAL',NULL,NULL,NULL,'SUCCEEDED',NULL,1,0,NULL,'6539/01a2271679337a249af278dcccb31240',NULL,'2026-12-31T12:00:00+00:00','2026-11-29T11:35:13.974342+00:00','2026-11-29T11:35:14.074878+00:00',2,1,1,0,0,NULL,'as of 2026-12-31 12:00:00 UTC');
INSERT INTO job_run VALUES(X'01a2271679f576f68213601d9fea96d6','evaluation_cycle','2027-01-15T12:00:00+00:00','MANUAL',NULL,NULL,NULL,'SUCCEEDED',NULL,1,0,NULL,'6546/01a2271679f47c629a1b0755226af7d0',NULL,'2027-01-15T12:00:00+00:00','2026-11-29T11:35:14.165095+00:00','2026-11-29T11:35:14.197695+00:00',1,1,0,0,0,NULL,'as of 2027-01-15 12:00:00 UTC');
CREATE TABLE idempotency_key (
    account_id uuid_text NOT NULL REFERENCES account (id),
    key varchar(120) NOT NULL,
    operation varchar(60) NOT NULL,
    input_hash varchar(64) NOT NULL,
    subject_id uuid_text NOT NULL,
    created_at timestamp_with_timezone_text NOT NULL,
    PRIMARY KEY (account_id, key)
);
INSERT INTO idempotency_key VALUES(X'01a2271660b175e682a96a05feecfaf4','event 5','obligationOpen','eaf8d20e7048d159d90e687980735a22a1a231b5839f5d46573ee011a282ddf2',X'01a227166a73765691f805f73ec673dc','2026-11-29T11:35:10.195997+00:00');
INSERT INTO idempotency_key VALUES(X'01a2271660b175e682a96a05feecfaf4','event 6','obligationOpen','2a27e7ff4e31610248361cf596b283577e15f379688ba56e0219eb91ad42ddc2',X'01a227166ab57fb0887366454ba81cf3','2026-11-29T11:35:10.261718+00:00');
INSERT INTO idempotency_key VALUES(X'01a2271660b175e682a96a05feecfaf4','event 7','obligationOpen','178f869c93fe4050079404bd6d8c3bf414676c5f2491b5602c8512203034c6a5',X'01a227166afc7fb3b94257085a46a1ae','2026-11-29T11:35:10.332163+00:00');
INSERT INTO idempotency_key VALUES(X'01a2271660b175e682a96a05feecfaf4','event 13','obligationOpen','2c90456bdddbc216a4fea1e04fd1864913027a94d46e8664e38adb4a909688ff',X'01a227166b407de99f0284ffef40f176','2026-11-29T11:35:10.400594+00:00');
CREATE TABLE ledger_row (
    contract_number varchar(40) PRIMARY KEY NOT NULL,
    contract_id uuid_text NOT NULL REFERENCES contract (id),
    row_hash varchar(64) NOT NULL,
    content json_text NOT NULL,
    imported_at timestamp_with_timezone_text NOT NULL
);
INSERT INTO ledger_row VALUES('QY-0001',X'01a22716627c7f50a22bdea3093350f6','1b6cdd8307390a63e9bb632d4fbc3428648c5df9dfc70466c3548e71e96702bf','{"enterprise_name":"示例企业1有限公司","credit_code":"91420100TE0000016K","industry":"示例","liaison_name":"专员 01","liaison_login":"liaison01@park.example","contact_login":"contact1@firm.example","contract_number":"QY-0001","starts_on":"2026-10-30","ends_on":"2027-10-30","project_name":"示例项目1","remark":null}','2026-11-29T11:35:08.156265+00:00');
INSERT INTO ledger_row VALUES('QY-0002',X'01a22716627c760a895c22a2bcfb44d2','e833165b4bb98eb6622b7dc97f2f0266d48ca0804ade47e1c067fde9712ee746','{"enterprise_name":"示例企业2有限公司","credit_code":"91420100TE000002XU","industry":"示例","liaison_name":"专员 01","liaison_login":"liaison01@park.example","contact_login":"contact2@firm.example","contract_number":"QY-0002","starts_on":"2026-11-09","ends_on":"2027-11-09","project_name":"示例项目2","remark":null}','2026-11-29T11:35:08.156265+00:00');
CREATE TABLE preference (
    account_id uuid_text PRIMARY KEY NOT NULL REFERENCES account (id),
    from_hour integer,
    until_hour integer,
    weekdays integer NOT NULL CHECK (weekdays BETWEEN 1 AND 127),
    paused_until date_text,
    switched_off json_text NOT NULL,
    version integer NOT NULL,
    CHECK ((from_hour IS NULL) = (until_hour IS NULL)),
    CHECK (from_hour >= 0 AND from_hour < until_hour AND until_hour <= 24)
);
CREATE TABLE notice (
    id uuid_text PRIMARY KEY NOT NULL,
    key varchar(200) NOT NULL UNIQUE,
    recipient_id uuid_text NOT NULL REFERENCES account (id),
    kind varchar(40) NOT NULL,
    title_zh varchar(500) NOT NULL,
    title_en varchar(500) NOT NULL,
    path varchar(200),
    created_at timestamp_with_timezone_text NOT NULL,
    read_at timestamp_with_timezone_text,
    letter_id uuid_text REFERENCES letter (id),
    waits_for_digest boolean NOT NULL,
    CHECK (NOT waits_for_digest OR letter_id IS NULL)
);
INSERT INTO notice VALUES(X'01a227166b6f72bdb9a232815bbe50c2','limit:01a22716-6a73-7656-91f8-05f73ec673dc:2:01a22716-627c-737c-8bc4-ec56a4664ffe',X'01a22716627c737c8bc4ec56a4664ffe','limit_changed','暂停计时：示例企业1有限公司 2026-12-01 到期','Time limit paused: 示例企业1有限公司, due 2026-12-01','/obligations/01a22716-6a73-7656-91f8-05f73ec673dc','2026-11-29T11:35:10.447922+00:00',NULL,X'01a227166b6f72b7ac8111a3eba9fbfd',0);
INSERT INTO notice VALUES(X'01a227166b6f75389c2c105014dcf460','limit:01a22716-6a73-7656-91f8-05f73ec673dc:2:01a22716-627c-75eb-9f38-10bff19f34fa',X'01a22716627c75eb9f3810bff19f34fa','limit_changed','暂停计时：示例企业1有限公司 2026-12-01 到期','Time limit paused: 示例企业1有限公司, due 2026-12-01','/obligations/01a22716-6a73-7656-91f8-05f73ec673dc','2026-11-29T11:35:10.447922+00:00',NULL,X'01a227166b6f7c72adac18c86f4ee2ed',0);
INSERT INTO notice VALUES(X'01a227166ba07b0a8b601f409f504b27','limit:01a22716-6ab5-7fb0-8873-66454ba81cf3:2:01a22716-627c-737c-8bc4-ec56a4664ffe',X'01a22716627c737c8bc4ec56a4664ffe','limit_changed','时限延期：示例企业1有限公司 2026-12-08 到期','Time limit extended: 示例企业1有限公司, due 2026-12-08','/obligations/01a22716-6ab5-7fb0-8873-66454ba81cf3','2026-11-29T11:35:10.496513+00:00',NULL,X'01a227166ba07c939c0b104af61d6781',0);
INSERT INTO notice VALUES(X'01a227166ba074109cc32484e45ab014','limit:01a22716-6ab5-7fb0-8873-66454ba81cf3:2:01a22716-627c-75eb-9f38-10bff19f34fa',X'01a22716627c75eb9f3810bff19f34fa','limit_changed','时限延期：示例企业1有限公司 2026-12-08 到期','Time limit extended: 示例企业1有限公司, due 2026-12-08','/obligations/01a22716-6ab5-7fb0-8873-66454ba81cf3','2026-11-29T11:35:10.496513+00:00',NULL,X'01a227166ba0790a984d92f9541636b9',0);
INSERT INTO notice VALUES(X'01a272104a807525863ff33bc139eddc','digest:2026-12-14:01a22716-60b1-75e6-82a9-6a05feecfaf4',X'01a2271660b175e682a96a05feecfaf4','digest','2026-12-14 待办清单：6 项','To do on 2026-12-14: 6 items',NULL,'2026-12-14T01:00:00+00:00',NULL,X'01a272104a807c13821a87046c8d6cc1',0);
INSERT INTO notice VALUES(X'01a272104a807f988fbeba2af7829f7a','digest:2026-12-14:01a22716-627c-75eb-9f38-10bff19f34fa',X'01a22716627c75eb9f3810bff19f34fa','digest','2026-12-14 待办清单：4 项','To do on 2026-12-14: 4 items',NULL,'2026-12-14T01:00:00+00:00',NULL,X'01a272104a8070f99e468587c0a23a9f',0);
INSERT INTO notice VALUES(X'01a27736a68071cd9aeb489a751e441e','digest:2026-12-15:01a22716-60b1-75e6-82a9-6a05feecfaf4',X'01a2271660b175e682a96a05feecfaf4','digest','【补发】2026-12-15 待办清单：6 项','[Late] To do on 2026-12-15: 6 items',NULL,'2026-12-15T01:00:00+00:00',NULL,X'01a27736a6807b03965dce2463f6981b',0);
INSERT INTO notice VALUES(X'01a27736a6807103b98c5c5915f90308','digest:2026-12-15:01a22716-627c-75eb-9f38-10bff19f34fa',X'01a22716627c75eb9f3810bff19f34fa','digest','【补发】2026-12-15 待办清单：4 项','[Late] To do on 2026-12-15: 4 items',NULL,'2026-12-15T01:00:00+00:00',NULL,X'01a27736a6807aaca4d2ce08e72591fc',0);
INSERT INTO notice VALUES(X'01a319380a0079c983055d648497916d','evaluation:2026-Q4:0:01a22716-627c-737c-8bc4-ec56a4664ffe',X'01a22716627c737c8bc4ec56a4664ffe','evaluation_invitation','请评议 2026-Q4 政府服务，2027-01-28 截止','how was the park''s service in 2026-Q4? Until 2027-01-28','/evaluations/01a2cbf8-a600-7b15-b15d-8155459ea768','2027-01-15T12:00:00+00:00',NULL,NULL,0);
INSERT INTO notice VALUES(X'01a319380a007d64b4b6109f438a5e59','evaluation:2026-Q4:0:01a22716-627c-745a-baaa-012c3fcbd135',X'01a22716627c745abaaa012c3fcbd135','evaluation_invitation','请评议 2026-Q4 政府服务，2027-01-28 截止','how was the park''s service in 2026-Q4? Until 2027-01-28','/evaluations/01a2cbf8-a600-7b15-b15d-8155459ea768','2027-01-15T12:00:00+00:00',NULL,NULL,0);
CREATE TABLE absence (
    id uuid_text PRIMARY KEY NOT NULL,
    account_id uuid_text NOT NULL REFERENCES account (id),
    deputy_id uuid_text NOT NULL REFERENCES account (id),
    from_on date_text NOT NULL,
    until_on date_text NOT NULL,
    state varchar(8) NOT NULL CHECK (state IN ('PLANNED', 'CURRENT', 'ENDED')),
    ended_at timestamp_with_timezone_text,
    recorded_by uuid_text REFERENCES account (id),
    recorded_at timestamp_with_timezone_text NOT NULL,
    version integer NOT NULL,
    CHECK (deputy_id <> account_id),
    CHECK (until_on >= from_on),
    CHECK ((state = 'ENDED') = (ended_at IS NOT NULL))
);
CREATE TABLE report (
    id uuid_text PRIMARY KEY NOT NULL,
    key varchar(120) NOT NULL UNIQUE,
    kind varchar(20) NOT NULL CHECK (kind IN ('WEEKLY_BRIEF', 'MONTHLY_BULLETIN', 'QUARTERLY_REPORT',
        'ENTERPRISE_PROGRESS')),
    period varchar(10) NOT NULL,
    from_on date_text NOT NULL,
    to_on date_text NOT NULL,
    department_id uuid_text REFERENCES department (id),
    enterprise_id uuid_text REFERENCES enterprise (id),
    moment timestamp_with_timezone_text NOT NULL,
    compiled_at timestamp_with_timezone_text NOT NULL,
    calendar_version varchar(200) NOT NULL,
    program_version varchar(40) NOT NULL,
    facts json_text NOT NULL,
    fingerprint varchar(64) NOT NULL,
    CHECK (from_on <= to_on),
    CHECK (department_id IS NULL OR enterprise_id IS NULL),
    CHECK ((kind = 'ENTERPRISE_PROGRESS') = (enterprise_id IS NOT NULL))
);
CREATE TABLE report_file (
    id uuid_text PRIMARY KEY NOT NULL,
    report_id uuid_text NOT NULL REFERENCES report (id),
    format varchar(4) NOT NULL CHECK (format IN ('XLSX', 'PDF')),
    language varchar(8) NOT NULL CHECK (language IN ('zh-CN', 'en')),
    name varchar(255) NOT NULL,
    size integer NOT NULL CHECK (size > 0),
    sha256 varchar(64) NOT NULL,
    bytes blob NOT NULL,
    UNIQUE (report_id, format, language)
);
CREATE TABLE feed (
    id uuid_text PRIMARY KEY NOT NULL,
    account_id uuid_text NOT NULL REFERENCES account (id),
    name varchar(100) NOT NULL,
    secret_hash varchar(64) NOT NULL UNIQUE,
    created_at timestamp_with_timezone_text NOT NULL,
    last_read_at timestamp_with_timezone_text,
    revoked_at timestamp_with_timezone_text
);
INSERT INTO feed VALUES(X'01a227166c4179d18c0fca935a2e4afd',X'01a2271660b175e682a96a05feecfaf4','示例','1575a5d39dc4e7aad76c323e2674e94d43b2f7549532a297f8900195211035ec','2026-11-29T11:35:10.657115+00:00',NULL,NULL);
CREATE TABLE permit (
    id uuid_text PRIMARY KEY NOT NULL,
    enterprise_id uuid_text NOT NULL REFERENCES enterprise (id),
    kind varchar(20) NOT NULL CHECK (kind IN ('LICENCE', 'POLLUTANT', 'WATER_ABSTRACTION', 'RADIO', 'HAZARDOUS_WASTE', 'RADIATION',
        'SAFETY_PRODUCTION', 'PROJECT_APPROVAL', 'OTHER')),
    number varchar(100) NOT NULL,
    issuer varchar(200) NOT NULL,
    valid_until date_text NOT NULL,
    apply_by date_text NOT NULL,
    withdrawn_on date_text,
    created_at timestamp_with_timezone_text NOT NULL,
    version integer NOT NULL,
    CHECK (apply_by <= valid_until)
);
INSERT INTO permit VALUES(X'01a227166c1a7205b7e81e54c65d9a9a',X'01a22716627c7dfcacc0157b3da7634d','POLLUTANT','示例1号','示例机关','2028-01-03','2027-11-04',NULL,'2026-11-29T11:35:10.618493+00:00',1);
CREATE TABLE warning (
    id uuid_text PRIMARY KEY NOT NULL,
    subject_kind varchar(20) NOT NULL CHECK (subject_kind IN ('OBLIGATION', 'CONTRACT', 'PERMIT')),
    subject_id uuid_text NOT NULL,
    threshold varchar(20) NOT NULL,
    recipient_id uuid_text NOT NULL REFERENCES account (id),
    superseded boolean NOT NULL,
    letter_id uuid_text REFERENCES letter (id),
    recorded_at timestamp_with_timezone_text NOT NULL,
    UNIQUE (subject_id, threshold, recipient_id)
);
INSERT INTO warning VALUES(X'01a27736a680732aa6708a3be30dadc0','OBLIGATION',X'01a2271662d1729c9be60431637843fb','YELLOW:2026-11-27',X'01a2271660b175e682a96a05feecfaf4',1,X'01a27736a6807b03965dce2463f6981b','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a680761e885b22bbebb2b6c0','OBLIGATION',X'01a2271662d1729c9be60431637843fb','ORANGE:2026-11-27',X'01a2271660b175e682a96a05feecfaf4',1,X'01a27736a6807b03965dce2463f6981b','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a68074389164ba06c5d06e0f','OBLIGATION',X'01a2271662d1729c9be60431637843fb','RED:2026-11-27',X'01a2271660b175e682a96a05feecfaf4',0,X'01a27736a6807b03965dce2463f6981b','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a6807ef6b01ee87b3b354b46','OBLIGATION',X'01a2271662d1797eb88a2cc6382003a9','YELLOW:2026-11-27',X'01a2271660b175e682a96a05feecfaf4',1,X'01a27736a6807b03965dce2463f6981b','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a68074339580f89f70e63a27','OBLIGATION',X'01a2271662d1797eb88a2cc6382003a9','ORANGE:2026-11-27',X'01a2271660b175e682a96a05feecfaf4',1,X'01a27736a6807b03965dce2463f6981b','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a6807481b3fd9ac70d7bec18','OBLIGATION',X'01a2271662d1797eb88a2cc6382003a9','RED:2026-11-27',X'01a2271660b175e682a96a05feecfaf4',0,X'01a27736a6807b03965dce2463f6981b','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a680726883d98063c35445d9','OBLIGATION',X'01a2271662ea763eb0f1a99ec175329d','YELLOW:2026-11-27',X'01a2271660b175e682a96a05feecfaf4',1,X'01a27736a6807b03965dce2463f6981b','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a6807bf984cea0aedde628b3','OBLIGATION',X'01a2271662ea763eb0f1a99ec175329d','ORANGE:2026-11-27',X'01a2271660b175e682a96a05feecfaf4',1,X'01a27736a6807b03965dce2463f6981b','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a6807629859209c23933e882','OBLIGATION',X'01a2271662ea763eb0f1a99ec175329d','RED:2026-11-27',X'01a2271660b175e682a96a05feecfaf4',0,X'01a27736a6807b03965dce2463f6981b','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a680774e8a41dc95e6b470d0','OBLIGATION',X'01a2271662ea7e638961db97fa1152f8','YELLOW:2026-11-27',X'01a2271660b175e682a96a05feecfaf4',1,X'01a27736a6807b03965dce2463f6981b','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a68073c1ae4eb95ae717682b','OBLIGATION',X'01a2271662ea7e638961db97fa1152f8','ORANGE:2026-11-27',X'01a2271660b175e682a96a05feecfaf4',1,X'01a27736a6807b03965dce2463f6981b','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a6807f2691e717dc39d693e8','OBLIGATION',X'01a2271662ea7e638961db97fa1152f8','RED:2026-11-27',X'01a2271660b175e682a96a05feecfaf4',0,X'01a27736a6807b03965dce2463f6981b','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a6807118bb66cc9fcf914671','OBLIGATION',X'01a227166b407de99f0284ffef40f176','YELLOW:2026-12-02',X'01a2271660b175e682a96a05feecfaf4',1,X'01a27736a6807b03965dce2463f6981b','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a68075688dbd69a885f0f684','OBLIGATION',X'01a227166b407de99f0284ffef40f176','ORANGE:2026-12-02',X'01a2271660b175e682a96a05feecfaf4',1,X'01a27736a6807b03965dce2463f6981b','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a6807421af5ed694943e17b0','OBLIGATION',X'01a227166b407de99f0284ffef40f176','RED:2026-12-02',X'01a2271660b175e682a96a05feecfaf4',0,X'01a27736a6807b03965dce2463f6981b','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a6807b86bf01556d85dc7604','OBLIGATION',X'01a227166ab57fb0887366454ba81cf3','YELLOW:2026-12-08',X'01a2271660b175e682a96a05feecfaf4',1,X'01a27736a6807b03965dce2463f6981b','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a680723ca469ae78df5a84b5','OBLIGATION',X'01a227166ab57fb0887366454ba81cf3','ORANGE:2026-12-08',X'01a2271660b175e682a96a05feecfaf4',1,X'01a27736a6807b03965dce2463f6981b','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a6807668922189ce692211f4','OBLIGATION',X'01a227166ab57fb0887366454ba81cf3','RED:2026-12-08',X'01a2271660b175e682a96a05feecfaf4',0,X'01a27736a6807b03965dce2463f6981b','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a68075ce8ae301855a35f88f','OBLIGATION',X'01a2271662d1729c9be60431637843fb','YELLOW:2026-11-27',X'01a22716627c75eb9f3810bff19f34fa',1,X'01a27736a6807aaca4d2ce08e72591fc','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a6807085815e9e957b03c3e9','OBLIGATION',X'01a2271662d1729c9be60431637843fb','ORANGE:2026-11-27',X'01a22716627c75eb9f3810bff19f34fa',1,X'01a27736a6807aaca4d2ce08e72591fc','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a68071b0b46668c67338cb82','OBLIGATION',X'01a2271662d1729c9be60431637843fb','RED:2026-11-27',X'01a22716627c75eb9f3810bff19f34fa',0,X'01a27736a6807aaca4d2ce08e72591fc','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a68071688f99382d4b2fb111','OBLIGATION',X'01a2271662d1797eb88a2cc6382003a9','YELLOW:2026-11-27',X'01a22716627c75eb9f3810bff19f34fa',1,X'01a27736a6807aaca4d2ce08e72591fc','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a6807ca6afc4b6c5fc3dc0c5','OBLIGATION',X'01a2271662d1797eb88a2cc6382003a9','ORANGE:2026-11-27',X'01a22716627c75eb9f3810bff19f34fa',1,X'01a27736a6807aaca4d2ce08e72591fc','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a6807698add5d7544ee880de','OBLIGATION',X'01a2271662d1797eb88a2cc6382003a9','RED:2026-11-27',X'01a22716627c75eb9f3810bff19f34fa',0,X'01a27736a6807aaca4d2ce08e72591fc','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a6807de7a207bd998a72a81e','OBLIGATION',X'01a2271662ea763eb0f1a99ec175329d','YELLOW:2026-11-27',X'01a22716627c75eb9f3810bff19f34fa',1,X'01a27736a6807aaca4d2ce08e72591fc','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a68075eeafbef6753edbbe73','OBLIGATION',X'01a2271662ea763eb0f1a99ec175329d','ORANGE:2026-11-27',X'01a22716627c75eb9f3810bff19f34fa',1,X'01a27736a6807aaca4d2ce08e72591fc','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a6807ce9a3c51c5828c82706','OBLIGATION',X'01a2271662ea763eb0f1a99ec175329d','RED:2026-11-27',X'01a22716627c75eb9f3810bff19f34fa',0,X'01a27736a6807aaca4d2ce08e72591fc','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a6807dc0b21a70f114678985','OBLIGATION',X'01a2271662ea7e638961db97fa1152f8','YELLOW:2026-11-27',X'01a22716627c75eb9f3810bff19f34fa',1,X'01a27736a6807aaca4d2ce08e72591fc','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a6807169ade8d204a26cea42','OBLIGATION',X'01a2271662ea7e638961db97fa1152f8','ORANGE:2026-11-27',X'01a22716627c75eb9f3810bff19f34fa',1,X'01a27736a6807aaca4d2ce08e72591fc','2026-12-15T01:00:00+00:00');
INSERT INTO warning VALUES(X'01a27736a6807b9c81ef0536675d4142','OBLIGATION',X'01a2271662ea7e638961db97fa1152f8','RED:2026-11-27',X'01a22716627c75eb9f3810bff19f34fa',0,X'01a27736a6807aaca4d2ce08e72591fc','2026-12-15T01:00:00+00:00');
CREATE TABLE visit (
    id uuid_text PRIMARY KEY NOT NULL,
    enterprise_id uuid_text NOT NULL REFERENCES enterprise (id),
    kind varchar(9) NOT NULL CHECK (kind IN ('ON_SITE', 'MEETING', 'TELEPHONE', 'MESSAGE')),
    state varchar(9) NOT NULL CHECK (state IN ('AGREED', 'HELD', 'CANCELLED')),
    starts_at timestamp_with_timezone_text NOT NULL,
    ends_at timestamp_with_timezone_text,
    place varchar(200),
    purpose varchar(200),
    summary varchar(500),
    internal_note varchar(2000),
    document_id uuid_text REFERENCES document (id),
    state_reason varchar(1000),
    recorded_by uuid_text REFERENCES account (id),
    recorded_at timestamp_with_timezone_text NOT NULL,
    version integer NOT NULL,
    CHECK ((ends_at IS NULL) = (purpose IS NULL)),
    CHECK (state = 'HELD' OR purpose IS NOT NULL),
    CHECK ((state = 'HELD') = (summary IS NOT NULL)),
    CHECK ((state = 'CANCELLED') = (state_reason IS NOT NULL))
);
INSERT INTO visit VALUES(X'01a227166bfb7705a22629009f96e7a8',X'01a22716627c7dfcacc0157b3da7634d','TELEPHONE','HELD','2026-11-29T11:35:10.587788+00:00',NULL,NULL,NULL,'示例要点',NULL,NULL,NULL,X'01a2271660b175e682a96a05feecfaf4','2026-11-29T11:35:10.587788+00:00',1);
CREATE TABLE evaluation_design (
    id uuid_text PRIMARY KEY NOT NULL,
    version integer NOT NULL UNIQUE CHECK (version > 0),
    wording json_text NOT NULL,
    parameters json_text NOT NULL,
    reason varchar(1000) NOT NULL,
    adopted_by uuid_text REFERENCES account (id),
    adopted_at timestamp_with_timezone_text NOT NULL
);
INSERT INTO evaluation_design VALUES(X'01a2cbf8a600759ab93aee7e2a972765',1,'{"0":{"zh":"本问卷自愿填写，约5分钟；可匿名；评议结果只用于改进工作，任何单位不得追查填写人","en":"This form is voluntary and takes about five minutes; it may be unnamed. The result serves improvement only; nobody may search for who filled it in."},"A1":{"zh":"企业类别(签约重点企业/其他企业)","en":"Kind of enterprise (contracted / other)"},"A2":{"zh":"本季度是否与下列部门打过交道(可多选，仅评议打过交道的部门)","en":"Departments dealt with this quarter (only these are rated)"},"B1":{"zh":"服务态度：是否热情、耐心、不推诿","en":"Attitude: friendly, patient, no passing on"},"B2":{"zh":"办事效率：是否在承诺时限内办结","en":"Efficiency: finished within the promised limit"},"B3":{"zh":"依法行政：是否依法办事、标准一致、程序规范","en":"Lawfulness: by law, one standard, orderly procedure"},"B4":{"zh":"政务公开：条件、期限、收费、结果是否公开清楚","en":"Openness: conditions, limits, fees and results public and clear"},"B5":{"zh":"廉洁自律：对该部门人员廉洁守规(无吃拿卡要、无指定中介)的满意程度","en":"Integrity: satisfaction with clean conduct (no gifts or meals taken, no intermediary imposed)"},"B6":{"zh":"解决问题：反映的问题是否真正得到解决","en":"Solution: the problem raised was really solved"},"B7":{"zh":"总体评价","en":"Overall"},"B8":{"zh":"不满意的主要原因(仅B任一项为不满意及以下时出现，可多选)：一次没有告知清楚/多次补件/超过承诺时限/互相推诿/态度生硬/收费不清/指定中介/系统不好用/其他","en":"Main causes of dissatisfaction (shown only when an answer in B is dissatisfied or worse): not told clearly at once / asked for materials repeatedly / over the promised limit / passed around / rude / fees unclear / intermediary imposed / system hard to use / other"},"C1":{"zh":"专员能否及时联系到","en":"The liaison can be reached in time"},"C2":{"zh":"专员是否主动告知项目进展","en":"The liaison reports project progress unasked"},"C3":{"zh":"反映的问题是否在约定时限内答复","en":"Problems are answered within the agreed limit"},"C4":{"zh":"服务契约约定的事项落实情况","en":"What the contract promises is carried out"},"C5":{"zh":"走访次数：偏少/合适/偏多","en":"Number of visits: too few / right / too many"},"D1":{"zh":"是否遇到要求补交未列明材料","en":"Were materials asked for that are not on the list?"},"D2":{"zh":"是否遇到同一事项被要求补正两次以上","en":"Was the same matter sent back for correction more than once?"},"D3":{"zh":"是否遇到超过承诺时限未办结","en":"Was anything not finished within the promised limit?"},"D4":{"zh":"是否被指定或变相指定中介","en":"Was an intermediary imposed, openly or not?"},"D5":{"zh":"是否遇到无依据收费或摊派","en":"Was there a fee or a levy without basis?"},"E1":{"zh":"最希望政府帮助解决的一件事 (≤500字)","en":"The one thing that government should help to solve (up to 500 characters)"},"E2":{"zh":"意见建议或表扬 (≤500字)","en":"Comments, suggestions or praise (up to 500 characters)"},"F1":{"zh":"是否愿意接受回访(愿意则另行填写联系方式，与答卷分开保存)","en":"May we call back? (contact details are then filled in apart and kept apart from the answers)"}}','{"points":{"VERY_SATISFIED":100,"SATISFIED":85,"BASICALLY_SATISFIED":70,"DISSATISFIED":40,"VERY_DISSATISFIED":0},"weights":{"ATTITUDE":15,"EFFICIENCY":20,"LAWFULNESS":15,"OPENNESS":10,"INTEGRITY":15,"SOLUTION":15,"OVERALL":10},"publishFrom":5,"rankFrom":10,"bands":{"excellentFrom":95,"goodFrom":85,"passedFrom":60},"confidence":90,"lowBelow":60,"performance":{"weights":{"SATISFACTION":35,"ON_TIME":25,"COMPRESSION":10,"REQUESTS":15,"OPENNESS":10,"DUTIES":5},"perStatutoryOverdue":5,"mostDeducted":20}}','随系统提供',NULL,'2026-12-31T12:00:00+00:00');
CREATE TABLE evaluation (
    id uuid_text PRIMARY KEY NOT NULL,
    quarter varchar(7) NOT NULL UNIQUE,
    from_on date_text NOT NULL,
    to_on date_text NOT NULL,
    state varchar(10) NOT NULL CHECK (state IN ('COMPILED', 'OPEN', 'CLOSED', 'SCORED', 'APPROVED', 'PUBLISHED')),
    design_id uuid_text NOT NULL REFERENCES evaluation_design (id),
    departments json_text NOT NULL,
    compiled_on date_text NOT NULL,
    opens_on date_text NOT NULL,
    first_reminder_on date_text NOT NULL,
    second_reminder_on date_text NOT NULL,
    closes_on date_text NOT NULL,
    score_on date_text NOT NULL,
    objections_until date_text NOT NULL,
    approve_by date_text NOT NULL,
    publish_by date_text,
    reminders integer NOT NULL CHECK (reminders BETWEEN 0 AND 2),
    invited integer NOT NULL CHECK (invited >= 0),
    answered integer NOT NULL CHECK (answered BETWEEN 0 AND invited),
    unnamed integer NOT NULL CHECK (unnamed BETWEEN 0 AND answered),
    uncounted integer NOT NULL CHECK (uncounted >= 0),
    approved_by uuid_text REFERENCES account (id),
    approved_at timestamp_with_timezone_text,
    published_by uuid_text REFERENCES account (id),
    published_at timestamp_with_timezone_text,
    version integer NOT NULL,
    CHECK (from_on < to_on),
    CHECK (compiled_on < opens_on AND opens_on < first_reminder_on AND first_reminder_on < second_reminder_on
        AND second_reminder_on < closes_on AND closes_on < score_on AND score_on < objections_until
        AND objections_until < approve_by),
    CHECK ((state IN ('APPROVED', 'PUBLISHED')) = (approved_at IS NOT NULL)),
    CHECK ((approved_at IS NULL) = (publish_by IS NULL)),
    CHECK ((state = 'PUBLISHED') = (published_at IS NOT NULL))
);
INSERT INTO evaluation VALUES(X'01a2cbf8a6007b15b15d8155459ea768','2026-Q4','2026-10-01','2026-12-31','OPEN',X'01a2cbf8a600759ab93aee7e2a972765','[{"id":"01a22716-5f13-77be-b97f-43debe479c58","number":1,"name_zh":"经济发展局","name_en":"Economic Development"},{"id":"01a22716-5f13-75ed-a9ff-b1a84455e5b5","number":2,"name_zh":"招商局(企业服务中心)","name_en":"Investment Promotion (Enterprise Service Centre)"},{"id":"01a22716-5f13-7ced-8c6d-1b6087361126","number":3,"name_zh":"科技创新局","name_en":"Science and Innovation"},{"id":"01a22716-5f13-7592-bd79-b5ed0fdfd723","number":4,"name_zh":"规划局","name_en":"Planning"},{"id":"01a22716-5f13-79b9-a85f-7a5fcaab8968","number":5,"name_zh":"国土资源分局","name_en":"Land and Resources"},{"id":"01a22716-5f13-7f78-a846-0c641a5bb741","number":6,"name_zh":"城乡建设局(人防)","name_en":"Urban and Rural Construction (Civil Air Defence)"},{"id":"01a22716-5f13-7fb3-a667-50b77b3ede11","number":7,"name_zh":"环境保护局","name_en":"Environmental Protection"},{"id":"01a22716-5f13-7326-bde9-ed53c84ba48c","number":8,"name_zh":"工商分局","name_en":"Industry and Commerce"},{"id":"01a22716-5f13-750b-b383-bc4b43336319","number":9,"name_zh":"质量技术监督分局","name_en":"Quality and Technical Supervision"},{"id":"01a22716-5f13-7211-b86b-085725540d9f","number":10,"name_zh":"城市管理局","name_en":"City Management"},{"id":"01a22716-5f13-73aa-acae-53ea74146616","number":11,"name_zh":"人力资源和社会保障局","name_en":"Human Resources and Social Security"},{"id":"01a22716-5f13-75bb-8633-c0033f590ae4","number":12,"name_zh":"公安分局(消防大队)","name_en":"Public Security (Fire)"},{"id":"01a22716-5f13-77b6-b019-c26052615125","number":13,"name_zh":"税务(国税、地税)","name_en":"Taxation"},{"id":"01a22716-5f13-7ca7-a651-5c8815b5c681","number":14,"name_zh":"安监局/交通/气象综合","name_en":"Work Safety, Transport and Meteorology"}]','2026-12-31','2027-01-15','2027-01-21','2027-01-27','2027-01-28','2027-02-02','2027-02-09','2027-02-11',NULL,0,2,0,0,0,NULL,NULL,NULL,NULL,2);
CREATE TABLE evaluation_form (
    id uuid_text PRIMARY KEY NOT NULL,
    evaluation_id uuid_text NOT NULL REFERENCES evaluation (id),
    enterprise_id uuid_text NOT NULL REFERENCES enterprise (id),
    contracted boolean NOT NULL,
    departments json_text NOT NULL,
    facts json_text NOT NULL,
    confidentiality varchar(10) CHECK (confidentiality IN ('NAMED', 'SUPERVISOR', 'UNNAMED')),
    submitted boolean NOT NULL,
    UNIQUE (evaluation_id, enterprise_id)
);
INSERT INTO evaluation_form VALUES(X'01a2cbf8a6007951bfeff1bd4f2dc0f7',X'01a2cbf8a6007b15b15d8155459ea768',X'01a22716627c771084b6ff037db05db3',1,'[]','{"promises":[],"milestones":[]}',NULL,0);
INSERT INTO evaluation_form VALUES(X'01a2cbf8a60078e6b0f4916a5d669366',X'01a2cbf8a6007b15b15d8155459ea768',X'01a22716627c7dfcacc0157b3da7634d',1,'[]','{"promises":[{"commitment_id":"01a22716-627c-700d-bcb2-456f55c3ec54","item":{"zh":"政策咨询书面答复并附条文","en":"Policy question answered in writing with the article"},"department_id":null,"due":1,"in_time":1,"late":0,"days_late":0,"broken":0,"paused":0,"running":0,"proven":1,"pauses":0},{"commitment_id":"01a22716-627c-749a-ab92-b511b80212ff","item":{"zh":"新政策发布后推送","en":"New policy passed on after publication"},"department_id":null,"due":1,"in_time":0,"late":0,"days_late":0,"broken":1,"paused":0,"running":0,"proven":0,"pauses":0},{"commitment_id":"01a22716-627c-73f1-ab16-3fe2e512cdd2","item":{"zh":"跨部门诉求办结或给出方案","en":"Cross-department request: solved or plan given"},"department_id":null,"due":1,"in_time":0,"late":0,"days_late":0,"broken":1,"paused":0,"running":0,"proven":0,"pauses":0},{"commitment_id":"01a22716-627c-71e8-984e-7add86dbec42","item":{"zh":"跨部门诉求召集协调会","en":"Cross-department request: meeting called"},"department_id":null,"due":0,"in_time":0,"late":0,"days_late":0,"broken":0,"paused":1,"running":0,"proven":0,"pauses":1}],"milestones":[]}',NULL,0);
CREATE TABLE evaluation_link (
    secret_hash varchar(64) PRIMARY KEY NOT NULL,
    form_id uuid_text NOT NULL REFERENCES evaluation_form (id)
);
INSERT INTO evaluation_link VALUES('ea11c92453312b9368536b38057c514c93f193538432e4afa96a5e9aeb64d688',X'01a2cbf8a60078e6b0f4916a5d669366');
INSERT INTO evaluation_link VALUES('4341f63fad847d43819abb07e56ad2cb9d1007dfdb4635cc89a061ad08bd3103',X'01a2cbf8a6007951bfeff1bd4f2dc0f7');
CREATE TABLE evaluation_response (
    id uuid_text PRIMARY KEY NOT NULL,
    evaluation_id uuid_text NOT NULL REFERENCES evaluation (id),
    form_id uuid_text NOT NULL UNIQUE REFERENCES evaluation_form (id),
    enterprise_id uuid_text NOT NULL REFERENCES enterprise (id),
    confidentiality varchar(10) NOT NULL CHECK (confidentiality IN ('NAMED', 'SUPERVISOR')),
    answers json_text NOT NULL,
    submitted boolean NOT NULL,
    version integer NOT NULL
);
CREATE TABLE evaluation_part (
    id uuid_text PRIMARY KEY NOT NULL,
    evaluation_id uuid_text NOT NULL REFERENCES evaluation (id),
    kind varchar(10) NOT NULL CHECK (kind IN ('DEPARTMENT', 'CONTRACT', 'CHECKS', 'WISH', 'COMMENT', 'LEAD', 'CALL_BACK')),
    department_id uuid_text REFERENCES department (id),
    content json_text NOT NULL,
    CHECK (department_id IS NULL OR kind = 'DEPARTMENT')
);
CREATE TABLE evaluation_reading (
    id uuid_text PRIMARY KEY NOT NULL,
    response_id uuid_text NOT NULL REFERENCES evaluation_response (id),
    account_id uuid_text NOT NULL REFERENCES account (id),
    at timestamp_with_timezone_text NOT NULL
);
CREATE TABLE evaluation_result (
    evaluation_id uuid_text NOT NULL REFERENCES evaluation (id),
    revision integer NOT NULL CHECK (revision > 0),
    figures json_text NOT NULL,
    fingerprint varchar(64) NOT NULL,
    made_at timestamp_with_timezone_text NOT NULL,
    PRIMARY KEY (evaluation_id, revision)
);
CREATE TABLE evaluation_objection (
    id uuid_text PRIMARY KEY NOT NULL,
    evaluation_id uuid_text NOT NULL REFERENCES evaluation (id),
    department_id uuid_text NOT NULL REFERENCES department (id),
    state varchar(10) NOT NULL CHECK (state IN ('RAISED', 'PROPOSED', 'UPHELD', 'DISMISSED')),
    reason varchar(2000) NOT NULL,
    raised_by uuid_text NOT NULL REFERENCES account (id),
    raised_at timestamp_with_timezone_text NOT NULL,
    uphold boolean,
    excluded json_text NOT NULL,
    opinion varchar(2000),
    proposed_by uuid_text REFERENCES account (id),
    proposed_at timestamp_with_timezone_text,
    decided_by uuid_text REFERENCES account (id),
    decided_at timestamp_with_timezone_text,
    version integer NOT NULL,
    UNIQUE (evaluation_id, department_id),
    CHECK ((state = 'RAISED') = (proposed_at IS NULL)),
    CHECK ((state IN ('UPHELD', 'DISMISSED')) = (decided_at IS NOT NULL)),
    CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
CREATE TABLE rating (
    id uuid_text PRIMARY KEY NOT NULL,
    obligation_id uuid_text NOT NULL REFERENCES obligation (id),
    enterprise_id uuid_text NOT NULL REFERENCES enterprise (id),
    department_id uuid_text REFERENCES department (id),
    round integer NOT NULL CHECK (round BETWEEN 0 AND 2),
    level varchar(20) NOT NULL CHECK (level IN ('VERY_SATISFIED', 'SATISFIED', 'BASICALLY_SATISFIED', 'DISSATISFIED',
        'VERY_DISSATISFIED')),
    causes json_text NOT NULL,
    comment varchar(500),
    rated_by uuid_text REFERENCES account (id),
    rated_at timestamp_with_timezone_text NOT NULL,
    UNIQUE (obligation_id, round)
);
CREATE TABLE evaluation_sheet (
    id uuid_text PRIMARY KEY NOT NULL,
    evaluation_id uuid_text NOT NULL REFERENCES evaluation (id),
    form_id uuid_text NOT NULL UNIQUE REFERENCES evaluation_form (id),
    code_hash varchar(64) NOT NULL UNIQUE,
    state varchar(10) NOT NULL CHECK (state IN ('ISSUED', 'ENTERED', 'DIFFERENT')),
    first json_text,
    first_by uuid_text REFERENCES account (id),
    second json_text,
    second_by uuid_text REFERENCES account (id),
    version integer NOT NULL,
    CHECK ((first IS NULL) = (state = 'ISSUED')),
    CHECK ((first IS NULL) = (first_by IS NULL)),
    CHECK ((second IS NULL) = (state <> 'DIFFERENT')),
    CHECK ((second IS NULL) = (second_by IS NULL)),
    CHECK (second_by IS NULL OR second_by <> first_by)
);
CREATE TABLE rectification (
    id uuid_text PRIMARY KEY NOT NULL,
    evaluation_id uuid_text REFERENCES evaluation (id),
    obligation_id uuid_text UNIQUE REFERENCES obligation (id),
    enterprise_id uuid_text REFERENCES enterprise (id),
    department_id uuid_text REFERENCES department (id),
    about_zh varchar(1000) NOT NULL,
    about_en varchar(1000) NOT NULL,
    state varchar(10) NOT NULL CHECK (state IN ('OPEN', 'CONTACTED', 'VERIFIED', 'APPEALED', 'UPHELD', 'EXCLUDED', 'RECTIFYING',
        'FED_BACK', 'REOPENED', 'CLOSED', 'SUPERVISED', 'SETTLED')),
    reopened boolean NOT NULL,
    contact_deadline_id uuid_text NOT NULL REFERENCES deadline (id),
    reply_deadline_id uuid_text NOT NULL REFERENCES deadline (id),
    contact varchar(2000),
    verification varchar(9) CHECK (verification IN ('TRUE', 'PARTLY', 'MISTAKEN', 'MALICIOUS')),
    finding varchar(2000),
    complexity varchar(7) CHECK (complexity IN ('SIMPLE', 'COMPLEX')),
    plan varchar(2000),
    reply varchar(2000),
    appeal varchar(2000),
    exclude boolean,
    opinion varchar(2000),
    proposed_by uuid_text REFERENCES account (id),
    excluded boolean,
    decided_by uuid_text REFERENCES account (id),
    settlement varchar(2000),
    opened_at timestamp_with_timezone_text NOT NULL,
    ended_at timestamp_with_timezone_text,
    version integer NOT NULL,
    UNIQUE (evaluation_id, department_id),
    CHECK ((evaluation_id IS NULL) <> (obligation_id IS NULL)),
    CHECK ((obligation_id IS NULL) = (enterprise_id IS NULL)),
    CHECK (evaluation_id IS NULL OR department_id IS NOT NULL),
    CHECK ((verification IS NULL) = (finding IS NULL)),
    CHECK ((complexity IS NULL) = (plan IS NULL)),
    CHECK ((exclude IS NULL) = (opinion IS NULL)),
    CHECK ((excluded IS NULL) = (decided_by IS NULL)),
    CHECK ((state = 'EXCLUDED') = (excluded IS NOT NULL AND excluded)),
    CHECK ((settlement IS NULL) = (state <> 'SETTLED')),
    CHECK (decided_by IS NULL OR decided_by <> proposed_by),
    CHECK ((state IN ('CLOSED', 'EXCLUDED', 'SETTLED')) = (ended_at IS NOT NULL))
);
CREATE TABLE write_probe (
    id integer PRIMARY KEY NOT NULL CHECK (id = 1),
    beats bigint NOT NULL
);
INSERT INTO write_probe VALUES(1,1);
CREATE TABLE evaluation_sealed (
    id uuid_text PRIMARY KEY NOT NULL,
    evaluation_id uuid_text NOT NULL REFERENCES evaluation (id),
    content blob NOT NULL
);
CREATE TABLE account_promotion (
    account_id uuid_text PRIMARY KEY NOT NULL REFERENCES account (id),
    role varchar(20) NOT NULL CHECK (role IN ('ADMIN', 'LEADER', 'SUPERVISOR')),
    asked_by uuid_text NOT NULL REFERENCES account (id),
    asked_at timestamp_with_timezone_text NOT NULL
);
CREATE INDEX account_by_role ON account (role);
CREATE INDEX account_by_enterprise ON account (enterprise_id);
CREATE INDEX account_by_department ON account (department_id);
CREATE INDEX account_link_by_account ON account_link (account_id);
CREATE INDEX session_by_account ON session (account_id);
CREATE UNIQUE INDEX liaison_one_active ON liaison (enterprise_id) WHERE state IN ('ACTIVE', 'HANDING_OVER');
CREATE UNIQUE INDEX liaison_one_proposed ON liaison (enterprise_id) WHERE state = 'PROPOSED';
CREATE INDEX liaison_by_account ON liaison (account_id);
CREATE INDEX liaison_by_deputy ON liaison (deputy_id);
CREATE INDEX liaison_by_enterprise ON liaison (enterprise_id);
CREATE INDEX document_by_enterprise ON document (enterprise_id);
CREATE INDEX deadline_open ON deadline (due_on) WHERE state IN ('RUNNING', 'PAUSED');
CREATE INDEX deadline_to_warn ON deadline (warn_from, id) WHERE state = 'RUNNING';
CREATE UNIQUE INDEX deadline_pause_one_open ON deadline_pause (deadline_id) WHERE ended_on IS NULL;
CREATE INDEX deadline_pause_by_deadline ON deadline_pause (deadline_id);
CREATE UNIQUE INDEX contract_one_active ON contract (enterprise_id) WHERE state IN ('ACTIVE', 'AMENDING', 'SUSPENDED');
CREATE INDEX contract_by_enterprise ON contract (enterprise_id);
CREATE INDEX contract_by_end ON contract (ends_on) WHERE state IN ('SIGNED', 'ACTIVE', 'AMENDING', 'SUSPENDED');
CREATE UNIQUE INDEX contract_clause_one_in_force ON contract_clause (contract_id, number) WHERE ended_on IS NULL;
CREATE INDEX commitment_by_contract ON commitment (contract_id);
CREATE INDEX commitment_by_clause ON commitment (clause_id);
CREATE INDEX obligation_by_contract ON obligation (contract_id);
CREATE INDEX obligation_by_enterprise ON obligation (enterprise_id);
CREATE INDEX obligation_open ON obligation (deadline_id) WHERE state = 'OPEN';
CREATE INDEX project_by_enterprise ON project (enterprise_id);
CREATE INDEX milestone_by_enterprise ON milestone (enterprise_id);
CREATE INDEX milestone_change_by_milestone ON milestone_change (milestone_id);
CREATE INDEX progress_report_by_project ON progress_report (project_id, reported_on);
CREATE INDEX audit_entry_by_subject ON audit_entry (subject_id);
CREATE INDEX audit_entry_by_time ON audit_entry (at);
CREATE INDEX letter_due ON letter (next_attempt_at) WHERE state IN ('PENDING', 'SENDING', 'AMBIGUOUS');
CREATE INDEX letter_undelivered ON letter (created_at) WHERE state IN ('HELD', 'DEAD', 'EXPIRED', 'SUPPRESSED');
CREATE INDEX letter_by_recipient ON letter (recipient_id);
CREATE UNIQUE INDEX job_run_one_per_tick ON job_run (job, nominal_at) WHERE cause <> 'MANUAL';
CREATE UNIQUE INDEX job_run_one_per_request ON job_run (job, request_key) WHERE request_key IS NOT NULL;
CREATE UNIQUE INDEX job_run_no_overlap ON job_run (job) WHERE state IN ('CLAIMED', 'RUNNING');
CREATE INDEX job_run_to_retry ON job_run (retry_at) WHERE retry_at IS NOT NULL;
CREATE INDEX job_run_by_job ON job_run (job, started_at);
CREATE INDEX job_run_by_time ON job_run (started_at);
CREATE INDEX notice_by_recipient ON notice (recipient_id, created_at);
CREATE INDEX notice_unread ON notice (recipient_id) WHERE read_at IS NULL;
CREATE INDEX notice_waiting ON notice (recipient_id) WHERE waits_for_digest;
CREATE UNIQUE INDEX absence_one_current ON absence (account_id) WHERE state = 'CURRENT';
CREATE INDEX absence_by_account ON absence (account_id);
CREATE INDEX absence_by_deputy ON absence (deputy_id) WHERE state = 'CURRENT';
CREATE INDEX absence_to_turn ON absence (state) WHERE state <> 'ENDED';
CREATE INDEX report_by_moment ON report (moment);
CREATE INDEX report_by_enterprise ON report (enterprise_id);
CREATE INDEX report_by_department ON report (department_id);
CREATE INDEX feed_by_account ON feed (account_id);
CREATE UNIQUE INDEX permit_one_per_number ON permit (enterprise_id, kind, number) WHERE withdrawn_on IS NULL;
CREATE INDEX permit_by_end ON permit (valid_until) WHERE withdrawn_on IS NULL;
CREATE INDEX visit_by_enterprise ON visit (enterprise_id, starts_at);
CREATE INDEX visit_by_start ON visit (starts_at);
CREATE INDEX evaluation_under_way ON evaluation (state) WHERE state IN ('COMPILED', 'OPEN', 'CLOSED');
CREATE INDEX evaluation_form_by_enterprise ON evaluation_form (enterprise_id);
CREATE INDEX evaluation_link_by_form ON evaluation_link (form_id);
CREATE INDEX evaluation_response_by_evaluation ON evaluation_response (evaluation_id);
CREATE INDEX evaluation_response_by_enterprise ON evaluation_response (enterprise_id);
CREATE INDEX evaluation_reading_by_response ON evaluation_reading (response_id);
CREATE INDEX rating_by_enterprise ON rating (enterprise_id);
CREATE INDEX rating_by_department ON rating (department_id);
CREATE INDEX evaluation_sheet_by_evaluation ON evaluation_sheet (evaluation_id);
CREATE INDEX audit_entry_by_actor ON audit_entry (actor_id);
CREATE INDEX rectification_by_department ON rectification (department_id);
CREATE INDEX rectification_by_enterprise ON rectification (enterprise_id);
CREATE INDEX rectification_under_way ON rectification (state) WHERE ended_at IS NULL;
CREATE INDEX letter_waiting_by_kind ON letter (kind) WHERE state = 'PENDING';
CREATE INDEX obligation_opened ON obligation (opened_at) WHERE state = 'OPEN';
CREATE INDEX evaluation_sealed_by_evaluation ON evaluation_sealed (evaluation_id);
CREATE INDEX evaluation_part_by_evaluation ON evaluation_part (evaluation_id);
CREATE INDEX session_by_browser ON session (browser_hash);
CREATE INDEX document_by_uploader ON document (uploaded_by, uploaded_at);
CREATE INDEX deadline_beyond_its_rule ON deadline (id) WHERE extension_days > extension_limit;
CREATE TRIGGER contract_terms_insert BEFORE INSERT ON contract
WHEN NEW.state IN ('SIGNED', 'ACTIVE', 'AMENDING', 'SUSPENDED', 'RENEWED', 'EXPIRED')
BEGIN
    SELECT RAISE(ABORT, 'QIYUE_OVERLAP') WHERE EXISTS (
        SELECT 1 FROM contract other
        WHERE other.enterprise_id = NEW.enterprise_id AND other.id <> NEW.id
          AND other.state IN ('SIGNED', 'ACTIVE', 'AMENDING', 'SUSPENDED', 'RENEWED', 'EXPIRED')
          AND other.starts_on <= NEW.ends_on AND other.ends_on >= NEW.starts_on);
END;
CREATE TRIGGER contract_terms_update BEFORE UPDATE OF state, starts_on, ends_on ON contract
WHEN NEW.state IN ('SIGNED', 'ACTIVE', 'AMENDING', 'SUSPENDED', 'RENEWED', 'EXPIRED')
BEGIN
    SELECT RAISE(ABORT, 'QIYUE_OVERLAP') WHERE EXISTS (
        SELECT 1 FROM contract other
        WHERE other.enterprise_id = NEW.enterprise_id AND other.id <> NEW.id
          AND other.state IN ('SIGNED', 'ACTIVE', 'AMENDING', 'SUSPENDED', 'RENEWED', 'EXPIRED')
          AND other.starts_on <= NEW.ends_on AND other.ends_on >= NEW.starts_on);
END;
COMMIT;
