--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)


--
-- Name: btree_gist; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;


--
-- Name: EXTENSION btree_gist; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: absence; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.absence (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    deputy_id uuid NOT NULL,
    from_on date NOT NULL,
    until_on date NOT NULL,
    state character varying(8) NOT NULL,
    ended_at timestamp with time zone,
    recorded_by uuid,
    recorded_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    CONSTRAINT absence_check CHECK ((deputy_id <> account_id)),
    CONSTRAINT absence_check1 CHECK ((until_on >= from_on)),
    CONSTRAINT absence_check2 CHECK ((((state)::text = 'ENDED'::text) = (ended_at IS NOT NULL))),
    CONSTRAINT absence_state_check CHECK (((state)::text = ANY ((ARRAY['PLANNED'::character varying, 'CURRENT'::character varying, 'ENDED'::character varying])::text[])))
);


--
-- Name: account; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account (
    id uuid NOT NULL,
    login character varying(254) NOT NULL,
    name character varying(100) NOT NULL,
    role character varying(20) NOT NULL,
    department_id uuid,
    enterprise_id uuid,
    language character varying(8) NOT NULL,
    password_hash character varying(200),
    demonstration boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    disabled_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT account_check CHECK ((((role)::text = 'ENTERPRISE'::text) = (enterprise_id IS NOT NULL))),
    CONSTRAINT account_check1 CHECK ((((role)::text <> ALL ((ARRAY['DEPARTMENT_HEAD'::character varying, 'WINDOW_OFFICER'::character varying])::text[])) OR (department_id IS NOT NULL))),
    CONSTRAINT account_language_check CHECK (((language)::text = ANY ((ARRAY['zh-CN'::character varying, 'en'::character varying])::text[]))),
    CONSTRAINT account_login_check CHECK (((login)::text = lower((login)::text))),
    CONSTRAINT account_role_check CHECK (((role)::text = ANY ((ARRAY['ADMIN'::character varying, 'LEADER'::character varying, 'CENTRE'::character varying, 'LIAISON'::character varying, 'DEPARTMENT_HEAD'::character varying, 'WINDOW_OFFICER'::character varying, 'ENTERPRISE'::character varying, 'SUPERVISOR'::character varying, 'INSPECTOR'::character varying])::text[])))
);


--
-- Name: account_link; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account_link (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    purpose character varying(16) NOT NULL,
    secret_hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT account_link_purpose_check CHECK (((purpose)::text = ANY ((ARRAY['INVITATION'::character varying, 'PASSWORD'::character varying])::text[])))
);


--
-- Name: account_promotion; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account_promotion (
    account_id uuid NOT NULL,
    role character varying(20) NOT NULL,
    asked_by uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    CONSTRAINT account_promotion_role_check CHECK (((role)::text = ANY ((ARRAY['ADMIN'::character varying, 'LEADER'::character varying, 'SUPERVISOR'::character varying])::text[])))
);


--
-- Name: audit_entry; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit_entry (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id uuid,
    actor character varying(120) NOT NULL,
    action character varying(60) NOT NULL,
    subject_kind character varying(40) NOT NULL,
    subject_id uuid NOT NULL,
    before jsonb,
    after jsonb,
    reason character varying(2000)
);


--
-- Name: calendar_day; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calendar_day (
    import_id uuid NOT NULL,
    day date NOT NULL,
    kind character varying(8) NOT NULL,
    name_zh character varying(100) NOT NULL,
    name_en character varying(100) NOT NULL,
    CONSTRAINT calendar_day_kind_check CHECK (((kind)::text = ANY ((ARRAY['HOLIDAY'::character varying, 'WORKDAY'::character varying])::text[])))
);


--
-- Name: calendar_import; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calendar_import (
    id uuid NOT NULL,
    notice_year integer NOT NULL,
    revision integer NOT NULL,
    source character varying(300) NOT NULL,
    sha256 character varying(64) NOT NULL,
    imported_by uuid,
    imported_at timestamp with time zone NOT NULL,
    CONSTRAINT calendar_import_revision_check CHECK ((revision > 0))
);


--
-- Name: commitment; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.commitment (
    id uuid NOT NULL,
    contract_id uuid NOT NULL,
    clause_id uuid NOT NULL,
    number integer NOT NULL,
    kind character varying(10) NOT NULL,
    recurrence character varying(8),
    text_zh character varying(500) NOT NULL,
    text_en character varying(500) NOT NULL,
    start_event character varying(60) NOT NULL,
    limit_days integer NOT NULL,
    unit character varying(12) NOT NULL,
    legal_effect character varying(10) NOT NULL,
    legal_basis character varying(300),
    owner character varying(10) NOT NULL,
    department_id uuid,
    evidence_kind character varying(40) NOT NULL,
    effective_on date,
    ended_on date,
    version integer NOT NULL,
    extension_days integer DEFAULT 0 NOT NULL,
    CONSTRAINT commitment_check CHECK ((((kind)::text = 'RECURRING'::text) = (recurrence IS NOT NULL))),
    CONSTRAINT commitment_check1 CHECK ((((owner)::text = 'DEPARTMENT'::text) = (department_id IS NOT NULL))),
    CONSTRAINT commitment_check2 CHECK ((((legal_effect)::text = 'PROMISED'::text) OR (legal_basis IS NOT NULL))),
    CONSTRAINT commitment_check3 CHECK (((extension_days = 0) OR ((extension_days > 0) AND ((legal_effect)::text = 'STATUTORY'::text)))),
    CONSTRAINT commitment_kind_check CHECK (((kind)::text = ANY ((ARRAY['ONCE'::character varying, 'RECURRING'::character varying, 'ON_EVENT'::character varying])::text[]))),
    CONSTRAINT commitment_legal_effect_check CHECK (((legal_effect)::text = ANY ((ARRAY['PROMISED'::character varying, 'STATUTORY'::character varying])::text[]))),
    CONSTRAINT commitment_limit_days_check CHECK ((limit_days >= 0)),
    CONSTRAINT commitment_number_check CHECK ((number > 0)),
    CONSTRAINT commitment_owner_check CHECK (((owner)::text = ANY ((ARRAY['LIAISON'::character varying, 'CENTRE'::character varying, 'DEPARTMENT'::character varying])::text[]))),
    CONSTRAINT commitment_recurrence_check CHECK (((recurrence)::text = ANY ((ARRAY['WEEK'::character varying, 'MONTH'::character varying])::text[]))),
    CONSTRAINT commitment_unit_check CHECK (((unit)::text = ANY ((ARRAY['WORKING_DAY'::character varying, 'CALENDAR_DAY'::character varying])::text[])))
);


--
-- Name: contract; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contract (
    id uuid NOT NULL,
    number character varying(40) NOT NULL,
    enterprise_id uuid NOT NULL,
    predecessor_id uuid,
    origin character varying(12) NOT NULL,
    state character varying(16) NOT NULL,
    park_party character varying(200) NOT NULL,
    park_signatory character varying(100),
    enterprise_signatory character varying(100),
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    signed_on date,
    legality_opinion character varying(2000),
    fair_competition_opinion character varying(2000),
    approved_by uuid,
    approved_at timestamp with time zone,
    state_reason character varying(1000),
    suspension_document_id uuid,
    ended_on date,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    CONSTRAINT contract_check CHECK ((ends_on >= starts_on)),
    CONSTRAINT contract_check1 CHECK ((((state)::text = ANY ((ARRAY['DRAFT'::character varying, 'LEGAL_REVIEW'::character varying, 'LEADER_APPROVED'::character varying, 'TERMINATED'::character varying])::text[])) OR (signed_on IS NOT NULL))),
    CONSTRAINT contract_check2 CHECK ((((state)::text <> ALL ((ARRAY['SUSPENDED'::character varying, 'TERMINATED'::character varying])::text[])) OR (state_reason IS NOT NULL))),
    CONSTRAINT contract_check3 CHECK ((((state)::text = 'SUSPENDED'::text) = (suspension_document_id IS NOT NULL))),
    CONSTRAINT contract_origin_check CHECK (((origin)::text = ANY ((ARRAY['DRAFTED'::character varying, 'PAPER'::character varying])::text[]))),
    CONSTRAINT contract_state_check CHECK (((state)::text = ANY ((ARRAY['DRAFT'::character varying, 'LEGAL_REVIEW'::character varying, 'LEADER_APPROVED'::character varying, 'SIGNED'::character varying, 'ACTIVE'::character varying, 'AMENDING'::character varying, 'SUSPENDED'::character varying, 'RENEWED'::character varying, 'EXPIRED'::character varying, 'TERMINATED'::character varying])::text[])))
);


--
-- Name: contract_clause; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contract_clause (
    id uuid NOT NULL,
    contract_id uuid NOT NULL,
    number integer NOT NULL,
    revision integer NOT NULL,
    title character varying(100) NOT NULL,
    body character varying(8000) NOT NULL,
    amendment_reason character varying(1000),
    effective_on date,
    ended_on date,
    CONSTRAINT contract_clause_check CHECK (((ended_on IS NULL) OR (effective_on IS NULL) OR (ended_on >= effective_on))),
    CONSTRAINT contract_clause_number_check CHECK ((number > 0)),
    CONSTRAINT contract_clause_revision_check CHECK ((revision > 0))
);


--
-- Name: deadline; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.deadline (
    id uuid NOT NULL,
    legal_effect character varying(10) NOT NULL,
    on_expiry character varying(8) NOT NULL,
    unit character varying(12) NOT NULL,
    limit_days integer NOT NULL,
    extension_days integer NOT NULL,
    extension_reason character varying(1000),
    started_on date NOT NULL,
    consumed_days integer NOT NULL,
    running_since date,
    paused_on date,
    resume_expected_on date,
    state character varying(10) NOT NULL,
    due_on date NOT NULL,
    provisional boolean NOT NULL,
    closed_on date,
    version integer NOT NULL,
    warn_from date GENERATED ALWAYS AS ((due_on - ((2 * (((3 * (limit_days + extension_days)) + 9) / 10)) + 17))) STORED NOT NULL,
    extension_limit integer DEFAULT 0 NOT NULL,
    CONSTRAINT deadline_check CHECK ((((state)::text = 'RUNNING'::text) = (running_since IS NOT NULL))),
    CONSTRAINT deadline_check1 CHECK ((((state)::text = 'PAUSED'::text) = (paused_on IS NOT NULL))),
    CONSTRAINT deadline_check2 CHECK (((resume_expected_on IS NULL) OR (resume_expected_on >= paused_on))),
    CONSTRAINT deadline_check3 CHECK ((((state)::text = ANY ((ARRAY['MET'::character varying, 'MISSED'::character varying, 'CANCELLED'::character varying])::text[])) = (closed_on IS NOT NULL))),
    CONSTRAINT deadline_check4 CHECK (((extension_days = 0) OR (extension_reason IS NOT NULL))),
    CONSTRAINT deadline_consumed_days_check CHECK ((consumed_days >= 0)),
    CONSTRAINT deadline_extension_days_check CHECK ((extension_days >= 0)),
    CONSTRAINT deadline_extension_limit_check CHECK ((extension_limit >= 0)),
    CONSTRAINT deadline_legal_effect_check CHECK (((legal_effect)::text = ANY ((ARRAY['PLANNED'::character varying, 'PROMISED'::character varying, 'STATUTORY'::character varying])::text[]))),
    CONSTRAINT deadline_limit_days_check CHECK ((limit_days >= 0)),
    CONSTRAINT deadline_on_expiry_check CHECK (((on_expiry)::text = ANY ((ARRAY['WARN'::character varying, 'ESCALATE'::character varying, 'DEEM'::character varying])::text[]))),
    CONSTRAINT deadline_state_check CHECK (((state)::text = ANY ((ARRAY['RUNNING'::character varying, 'PAUSED'::character varying, 'MET'::character varying, 'MISSED'::character varying, 'CANCELLED'::character varying])::text[]))),
    CONSTRAINT deadline_unit_check CHECK (((unit)::text = ANY ((ARRAY['WORKING_DAY'::character varying, 'CALENDAR_DAY'::character varying])::text[])))
);


--
-- Name: deadline_pause; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.deadline_pause (
    id uuid NOT NULL,
    deadline_id uuid NOT NULL,
    kind character varying(12) NOT NULL,
    reason character varying(1000) NOT NULL,
    document_id uuid NOT NULL,
    started_on date NOT NULL,
    expected_end_on date,
    ended_on date,
    CONSTRAINT deadline_pause_check CHECK (((expected_end_on IS NULL) OR (expected_end_on >= started_on))),
    CONSTRAINT deadline_pause_check1 CHECK (((ended_on IS NULL) OR (ended_on >= started_on))),
    CONSTRAINT deadline_pause_kind_check CHECK (((kind)::text = ANY ((ARRAY['HEARING'::character varying, 'BID'::character varying, 'AUCTION'::character varying, 'INSPECT'::character varying, 'TEST'::character varying, 'QUARANTINE'::character varying, 'APPRAISE'::character varying, 'EXPERT'::character varying, 'AGREED'::character varying])::text[])))
);


--
-- Name: department; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.department (
    id uuid NOT NULL,
    number integer NOT NULL,
    name_zh character varying(100) NOT NULL,
    name_en character varying(200) NOT NULL,
    counterpart_zh character varying(200) NOT NULL,
    windows integer NOT NULL,
    ended_on date,
    version integer NOT NULL,
    CONSTRAINT department_number_check CHECK ((number > 0)),
    CONSTRAINT department_windows_check CHECK ((windows >= 0))
);


--
-- Name: document; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.document (
    id uuid NOT NULL,
    enterprise_id uuid,
    name character varying(255) NOT NULL,
    content_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    internal boolean NOT NULL,
    uploaded_by uuid,
    uploaded_at timestamp with time zone NOT NULL,
    CONSTRAINT document_size_check CHECK ((size > 0))
);


--
-- Name: document_blob; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.document_blob (
    document_id uuid NOT NULL,
    bytes bytea NOT NULL
);


--
-- Name: enterprise; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.enterprise (
    id uuid NOT NULL,
    credit_code character varying(18) NOT NULL,
    name_zh character varying(200) NOT NULL,
    name_en character varying(200),
    industry character varying(100) NOT NULL,
    remark character varying(500),
    created_at timestamp with time zone NOT NULL,
    ended_on date,
    version integer NOT NULL,
    CONSTRAINT enterprise_credit_code_check CHECK ((length((credit_code)::text) = 18))
);


--
-- Name: evaluation; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.evaluation (
    id uuid NOT NULL,
    quarter character varying(7) NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    state character varying(10) NOT NULL,
    design_id uuid NOT NULL,
    departments jsonb NOT NULL,
    compiled_on date NOT NULL,
    opens_on date NOT NULL,
    first_reminder_on date NOT NULL,
    second_reminder_on date NOT NULL,
    closes_on date NOT NULL,
    score_on date NOT NULL,
    objections_until date NOT NULL,
    approve_by date NOT NULL,
    publish_by date,
    reminders integer NOT NULL,
    invited integer NOT NULL,
    answered integer NOT NULL,
    unnamed integer NOT NULL,
    uncounted integer NOT NULL,
    approved_by uuid,
    approved_at timestamp with time zone,
    published_by uuid,
    published_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT evaluation_check CHECK (((answered >= 0) AND (answered <= invited))),
    CONSTRAINT evaluation_check1 CHECK (((unnamed >= 0) AND (unnamed <= answered))),
    CONSTRAINT evaluation_check2 CHECK ((from_on < to_on)),
    CONSTRAINT evaluation_check3 CHECK (((compiled_on < opens_on) AND (opens_on < first_reminder_on) AND (first_reminder_on < second_reminder_on) AND (second_reminder_on < closes_on) AND (closes_on < score_on) AND (score_on < objections_until) AND (objections_until < approve_by))),
    CONSTRAINT evaluation_check4 CHECK ((((state)::text = ANY ((ARRAY['APPROVED'::character varying, 'PUBLISHED'::character varying])::text[])) = (approved_at IS NOT NULL))),
    CONSTRAINT evaluation_check5 CHECK (((approved_at IS NULL) = (publish_by IS NULL))),
    CONSTRAINT evaluation_check6 CHECK ((((state)::text = 'PUBLISHED'::text) = (published_at IS NOT NULL))),
    CONSTRAINT evaluation_invited_check CHECK ((invited >= 0)),
    CONSTRAINT evaluation_reminders_check CHECK (((reminders >= 0) AND (reminders <= 2))),
    CONSTRAINT evaluation_state_check CHECK (((state)::text = ANY ((ARRAY['COMPILED'::character varying, 'OPEN'::character varying, 'CLOSED'::character varying, 'SCORED'::character varying, 'APPROVED'::character varying, 'PUBLISHED'::character varying])::text[]))),
    CONSTRAINT evaluation_uncounted_check CHECK ((uncounted >= 0))
);


--
-- Name: evaluation_design; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.evaluation_design (
    id uuid NOT NULL,
    version integer NOT NULL,
    wording jsonb NOT NULL,
    parameters jsonb NOT NULL,
    reason character varying(1000) NOT NULL,
    adopted_by uuid,
    adopted_at timestamp with time zone NOT NULL,
    CONSTRAINT evaluation_design_version_check CHECK ((version > 0))
);


--
-- Name: evaluation_form; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.evaluation_form (
    id uuid NOT NULL,
    evaluation_id uuid NOT NULL,
    enterprise_id uuid NOT NULL,
    contracted boolean NOT NULL,
    departments jsonb NOT NULL,
    facts jsonb NOT NULL,
    confidentiality character varying(10),
    submitted boolean NOT NULL,
    CONSTRAINT evaluation_form_confidentiality_check CHECK (((confidentiality)::text = ANY ((ARRAY['NAMED'::character varying, 'SUPERVISOR'::character varying, 'UNNAMED'::character varying])::text[])))
);


--
-- Name: evaluation_link; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.evaluation_link (
    secret_hash character varying(64) NOT NULL,
    form_id uuid NOT NULL
);


--
-- Name: evaluation_objection; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.evaluation_objection (
    id uuid NOT NULL,
    evaluation_id uuid NOT NULL,
    department_id uuid NOT NULL,
    state character varying(10) NOT NULL,
    reason character varying(2000) NOT NULL,
    raised_by uuid NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    uphold boolean,
    excluded jsonb NOT NULL,
    opinion character varying(2000),
    proposed_by uuid,
    proposed_at timestamp with time zone,
    decided_by uuid,
    decided_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT evaluation_objection_check CHECK ((((state)::text = 'RAISED'::text) = (proposed_at IS NULL))),
    CONSTRAINT evaluation_objection_check1 CHECK ((((state)::text = ANY ((ARRAY['UPHELD'::character varying, 'DISMISSED'::character varying])::text[])) = (decided_at IS NOT NULL))),
    CONSTRAINT evaluation_objection_check2 CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by))),
    CONSTRAINT evaluation_objection_state_check CHECK (((state)::text = ANY ((ARRAY['RAISED'::character varying, 'PROPOSED'::character varying, 'UPHELD'::character varying, 'DISMISSED'::character varying])::text[])))
);


--
-- Name: evaluation_part; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.evaluation_part (
    id uuid NOT NULL,
    evaluation_id uuid NOT NULL,
    kind character varying(10) NOT NULL,
    department_id uuid,
    content jsonb NOT NULL,
    CONSTRAINT evaluation_part_check CHECK (((department_id IS NULL) OR ((kind)::text = 'DEPARTMENT'::text))),
    CONSTRAINT evaluation_part_kind_check CHECK (((kind)::text = ANY ((ARRAY['DEPARTMENT'::character varying, 'CONTRACT'::character varying, 'CHECKS'::character varying, 'WISH'::character varying, 'COMMENT'::character varying, 'LEAD'::character varying, 'CALL_BACK'::character varying])::text[])))
);


--
-- Name: evaluation_reading; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.evaluation_reading (
    id uuid NOT NULL,
    response_id uuid NOT NULL,
    account_id uuid NOT NULL,
    at timestamp with time zone NOT NULL
);


--
-- Name: evaluation_response; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.evaluation_response (
    id uuid NOT NULL,
    evaluation_id uuid NOT NULL,
    form_id uuid NOT NULL,
    enterprise_id uuid NOT NULL,
    confidentiality character varying(10) NOT NULL,
    answers jsonb NOT NULL,
    submitted boolean NOT NULL,
    version integer NOT NULL,
    CONSTRAINT evaluation_response_confidentiality_check CHECK (((confidentiality)::text = ANY ((ARRAY['NAMED'::character varying, 'SUPERVISOR'::character varying])::text[])))
);


--
-- Name: evaluation_result; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.evaluation_result (
    evaluation_id uuid NOT NULL,
    revision integer NOT NULL,
    figures jsonb NOT NULL,
    fingerprint character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT evaluation_result_revision_check CHECK ((revision > 0))
);


--
-- Name: evaluation_sealed; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.evaluation_sealed (
    id uuid NOT NULL,
    evaluation_id uuid NOT NULL,
    content bytea NOT NULL
);


--
-- Name: evaluation_sheet; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.evaluation_sheet (
    id uuid NOT NULL,
    evaluation_id uuid NOT NULL,
    form_id uuid NOT NULL,
    code_hash character varying(64) NOT NULL,
    state character varying(10) NOT NULL,
    first jsonb,
    first_by uuid,
    second jsonb,
    second_by uuid,
    version integer NOT NULL,
    CONSTRAINT evaluation_sheet_check CHECK (((first IS NULL) = ((state)::text = 'ISSUED'::text))),
    CONSTRAINT evaluation_sheet_check1 CHECK (((first IS NULL) = (first_by IS NULL))),
    CONSTRAINT evaluation_sheet_check2 CHECK (((second IS NULL) = ((state)::text <> 'DIFFERENT'::text))),
    CONSTRAINT evaluation_sheet_check3 CHECK (((second IS NULL) = (second_by IS NULL))),
    CONSTRAINT evaluation_sheet_check4 CHECK (((second_by IS NULL) OR (second_by <> first_by))),
    CONSTRAINT evaluation_sheet_state_check CHECK (((state)::text = ANY ((ARRAY['ISSUED'::character varying, 'ENTERED'::character varying, 'DIFFERENT'::character varying])::text[])))
);


--
-- Name: feed; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.feed (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    name character varying(100) NOT NULL,
    secret_hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_read_at timestamp with time zone,
    revoked_at timestamp with time zone
);


--
-- Name: idempotency_key; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.idempotency_key (
    account_id uuid NOT NULL,
    key character varying(120) NOT NULL,
    operation character varying(60) NOT NULL,
    input_hash character varying(64) NOT NULL,
    subject_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL
);


--
-- Name: job_run; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.job_run (
    id uuid NOT NULL,
    job character varying(60) NOT NULL,
    nominal_at timestamp with time zone NOT NULL,
    cause character varying(10) NOT NULL,
    request_key character varying(120),
    requested_by uuid,
    reason character varying(1000),
    state character varying(10) NOT NULL,
    skipped_because character varying(12),
    attempt integer NOT NULL,
    failures integer NOT NULL,
    retry_at timestamp with time zone,
    holder character varying(80),
    lease_until timestamp with time zone,
    as_of timestamp with time zone,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    due integer NOT NULL,
    done integer NOT NULL,
    skipped integer NOT NULL,
    failed integer NOT NULL,
    letters integer NOT NULL,
    error character varying(4000),
    note character varying(4000),
    CONSTRAINT job_run_attempt_check CHECK ((attempt > 0)),
    CONSTRAINT job_run_cause_check CHECK (((cause)::text = ANY ((ARRAY['CLOCK'::character varying, 'CATCH_UP'::character varying, 'MANUAL'::character varying])::text[]))),
    CONSTRAINT job_run_check CHECK ((((state)::text = 'SKIPPED'::text) = (skipped_because IS NOT NULL))),
    CONSTRAINT job_run_check1 CHECK ((((state)::text <> ALL ((ARRAY['SUCCEEDED'::character varying, 'FAILED'::character varying, 'SKIPPED'::character varying, 'ABANDONED'::character varying])::text[])) OR (finished_at IS NOT NULL))),
    CONSTRAINT job_run_done_check CHECK ((done >= 0)),
    CONSTRAINT job_run_due_check CHECK ((due >= 0)),
    CONSTRAINT job_run_failed_check CHECK ((failed >= 0)),
    CONSTRAINT job_run_failures_check CHECK ((failures >= 0)),
    CONSTRAINT job_run_letters_check CHECK ((letters >= 0)),
    CONSTRAINT job_run_skipped_because_check CHECK (((skipped_because)::text = ANY ((ARRAY['OVERLAP'::character varying, 'SUPERSEDED'::character varying])::text[]))),
    CONSTRAINT job_run_skipped_check CHECK ((skipped >= 0)),
    CONSTRAINT job_run_state_check CHECK (((state)::text = ANY ((ARRAY['CLAIMED'::character varying, 'RUNNING'::character varying, 'SUCCEEDED'::character varying, 'FAILED'::character varying, 'SKIPPED'::character varying, 'ABANDONED'::character varying])::text[])))
);


--
-- Name: ledger_row; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.ledger_row (
    contract_number character varying(40) NOT NULL,
    contract_id uuid NOT NULL,
    row_hash character varying(64) NOT NULL,
    content jsonb NOT NULL,
    imported_at timestamp with time zone NOT NULL
);


--
-- Name: letter; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.letter (
    id uuid NOT NULL,
    key character varying(200) NOT NULL,
    kind character varying(40) NOT NULL,
    class character varying(16) NOT NULL,
    recipient_id uuid NOT NULL,
    address character varying(254),
    facts jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    not_before timestamp with time zone NOT NULL,
    not_after timestamp with time zone,
    state character varying(12) NOT NULL,
    attempts integer NOT NULL,
    resends integer NOT NULL,
    first_attempt_at timestamp with time zone,
    next_attempt_at timestamp with time zone NOT NULL,
    lease_until timestamp with time zone,
    holder character varying(80),
    phase character varying(8),
    message_id character varying(120) NOT NULL,
    frozen bytea,
    last_code integer,
    last_text character varying(1000),
    sent_at timestamp with time zone,
    escalated_at timestamp with time zone,
    version integer NOT NULL,
    absence_id uuid,
    CONSTRAINT letter_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT letter_class_check CHECK (((class)::text = ANY ((ARRAY['MUST_NOT_MISS'::character varying, 'MUST_NOT_DOUBLE'::character varying])::text[]))),
    CONSTRAINT letter_phase_check CHECK (((phase)::text = ANY ((ARRAY['CONNECT'::character varying, 'TLS'::character varying, 'AUTH'::character varying, 'MAIL'::character varying, 'RCPT'::character varying, 'DATA'::character varying, 'BODY'::character varying])::text[]))),
    CONSTRAINT letter_resends_check CHECK (((resends >= 0) AND (resends <= 1))),
    CONSTRAINT letter_state_check CHECK (((state)::text = ANY ((ARRAY['PENDING'::character varying, 'SENDING'::character varying, 'SENT'::character varying, 'AMBIGUOUS'::character varying, 'HELD'::character varying, 'DEAD'::character varying, 'EXPIRED'::character varying, 'SUPPRESSED'::character varying, 'CANCELLED'::character varying, 'SUPERSEDED'::character varying])::text[])))
);


--
-- Name: letter_attachment; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.letter_attachment (
    letter_id uuid NOT NULL,
    "position" integer NOT NULL,
    name character varying(200) NOT NULL,
    content_type character varying(100) NOT NULL,
    bytes bytea NOT NULL,
    CONSTRAINT letter_attachment_position_check CHECK (("position" > 0))
);


--
-- Name: letter_attempt; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.letter_attempt (
    id uuid NOT NULL,
    letter_id uuid NOT NULL,
    number integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    phase character varying(8) NOT NULL,
    code integer,
    text character varying(1000),
    holder character varying(80) NOT NULL,
    CONSTRAINT letter_attempt_number_check CHECK ((number > 0))
);


--
-- Name: liaison; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.liaison (
    id uuid NOT NULL,
    enterprise_id uuid NOT NULL,
    account_id uuid NOT NULL,
    deputy_id uuid,
    state character varying(12) NOT NULL,
    started_on date,
    ended_on date,
    handover_note character varying(2000),
    version integer NOT NULL,
    CONSTRAINT liaison_check CHECK (((deputy_id IS NULL) OR (deputy_id <> account_id))),
    CONSTRAINT liaison_check1 CHECK (((ended_on IS NULL) OR (ended_on >= started_on))),
    CONSTRAINT liaison_check2 CHECK ((((state)::text = 'PROPOSED'::text) = (started_on IS NULL))),
    CONSTRAINT liaison_check3 CHECK ((((state)::text = 'ENDED'::text) = (ended_on IS NOT NULL))),
    CONSTRAINT liaison_state_check CHECK (((state)::text = ANY ((ARRAY['PROPOSED'::character varying, 'ACTIVE'::character varying, 'HANDING_OVER'::character varying, 'ENDED'::character varying])::text[])))
);


--
-- Name: login_throttle; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.login_throttle (
    subject character varying(300) NOT NULL,
    window_started_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    failures integer NOT NULL,
    locked_until timestamp with time zone,
    CONSTRAINT login_throttle_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT login_throttle_failures_check CHECK ((failures >= 0))
);


--
-- Name: mail_state; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mail_state (
    id integer NOT NULL,
    database_id uuid NOT NULL,
    signing_key bytea NOT NULL,
    hold character varying(8),
    held_at timestamp with time zone,
    held_by uuid,
    reason character varying(1000),
    released_at timestamp with time zone,
    version integer NOT NULL,
    let_out bigint DEFAULT 0 NOT NULL,
    vouched_at timestamp with time zone,
    CONSTRAINT mail_state_check CHECK (((hold IS NULL) = (held_at IS NULL))),
    CONSTRAINT mail_state_check1 CHECK (((hold IS NULL) = (reason IS NULL))),
    CONSTRAINT mail_state_hold_check CHECK (((hold)::text = ANY ((ARRAY['PERSON'::character varying, 'RESTORE'::character varying])::text[]))),
    CONSTRAINT mail_state_id_check CHECK ((id = 1))
);


--
-- Name: milestone; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.milestone (
    id uuid NOT NULL,
    project_id uuid NOT NULL,
    enterprise_id uuid NOT NULL,
    "position" integer NOT NULL,
    stage_number integer,
    name character varying(200) NOT NULL,
    weight integer NOT NULL,
    baseline_on date,
    forecast_on date,
    actual_on date,
    evidence_document_id uuid,
    version integer NOT NULL,
    CONSTRAINT milestone_check CHECK (((baseline_on IS NULL) = (forecast_on IS NULL))),
    CONSTRAINT milestone_position_check CHECK (("position" > 0)),
    CONSTRAINT milestone_stage_number_check CHECK (((stage_number >= 1) AND (stage_number <= 10))),
    CONSTRAINT milestone_weight_check CHECK ((weight > 0))
);


--
-- Name: milestone_change; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.milestone_change (
    id uuid NOT NULL,
    milestone_id uuid NOT NULL,
    forecast_from date,
    forecast_to date,
    reason character varying(1000) NOT NULL,
    changed_by uuid,
    changed_at timestamp with time zone NOT NULL
);


--
-- Name: notice; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.notice (
    id uuid NOT NULL,
    key character varying(200) NOT NULL,
    recipient_id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    title_zh character varying(500) NOT NULL,
    title_en character varying(500) NOT NULL,
    path character varying(200),
    created_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    letter_id uuid,
    waits_for_digest boolean NOT NULL,
    CONSTRAINT notice_check CHECK (((NOT waits_for_digest) OR (letter_id IS NULL)))
);


--
-- Name: obligation; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.obligation (
    id uuid NOT NULL,
    commitment_id uuid NOT NULL,
    contract_id uuid NOT NULL,
    enterprise_id uuid NOT NULL,
    deadline_id uuid NOT NULL,
    occasion character varying(80) NOT NULL,
    event_note character varying(1000),
    state character varying(10) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    closed_by uuid,
    evidence_document_id uuid,
    evidence_note character varying(1000),
    days_late integer,
    public_reason character varying(1000),
    version integer NOT NULL,
    backdating_reason character varying(1000),
    CONSTRAINT obligation_check CHECK ((((state)::text = 'OPEN'::text) = (closed_at IS NULL))),
    CONSTRAINT obligation_check1 CHECK ((((state)::text <> 'MISSED'::text) OR (public_reason IS NOT NULL))),
    CONSTRAINT obligation_check2 CHECK (((backdating_reason IS NULL) OR ((state)::text = 'FULFILLED'::text))),
    CONSTRAINT obligation_days_late_check CHECK ((days_late >= 0)),
    CONSTRAINT obligation_state_check CHECK (((state)::text = ANY ((ARRAY['OPEN'::character varying, 'FULFILLED'::character varying, 'MISSED'::character varying, 'CANCELLED'::character varying])::text[])))
);


--
-- Name: permit; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.permit (
    id uuid NOT NULL,
    enterprise_id uuid NOT NULL,
    kind character varying(20) NOT NULL,
    number character varying(100) NOT NULL,
    issuer character varying(200) NOT NULL,
    valid_until date NOT NULL,
    apply_by date NOT NULL,
    withdrawn_on date,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    CONSTRAINT permit_check CHECK ((apply_by <= valid_until)),
    CONSTRAINT permit_kind_check CHECK (((kind)::text = ANY ((ARRAY['LICENCE'::character varying, 'POLLUTANT'::character varying, 'WATER_ABSTRACTION'::character varying, 'RADIO'::character varying, 'HAZARDOUS_WASTE'::character varying, 'RADIATION'::character varying, 'SAFETY_PRODUCTION'::character varying, 'PROJECT_APPROVAL'::character varying, 'OTHER'::character varying])::text[])))
);


--
-- Name: preference; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.preference (
    account_id uuid NOT NULL,
    from_hour integer,
    until_hour integer,
    weekdays integer NOT NULL,
    paused_until date,
    switched_off jsonb NOT NULL,
    version integer NOT NULL,
    CONSTRAINT preference_check CHECK (((from_hour IS NULL) = (until_hour IS NULL))),
    CONSTRAINT preference_check1 CHECK (((from_hour >= 0) AND (from_hour < until_hour) AND (until_hour <= 24))),
    CONSTRAINT preference_weekdays_check CHECK (((weekdays >= 1) AND (weekdays <= 127)))
);


--
-- Name: progress_report; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.progress_report (
    id uuid NOT NULL,
    project_id uuid NOT NULL,
    reported_on date NOT NULL,
    percent integer NOT NULL,
    note character varying(2000) NOT NULL,
    reported_by uuid,
    reported_at timestamp with time zone NOT NULL,
    CONSTRAINT progress_report_percent_check CHECK (((percent >= 0) AND (percent <= 100)))
);


--
-- Name: project; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.project (
    id uuid NOT NULL,
    contract_id uuid NOT NULL,
    enterprise_id uuid NOT NULL,
    name character varying(200) NOT NULL,
    state character varying(8) NOT NULL,
    state_reason character varying(1000),
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    CONSTRAINT project_check CHECK ((((state)::text <> ALL ((ARRAY['ON_HOLD'::character varying, 'DROPPED'::character varying])::text[])) OR (state_reason IS NOT NULL))),
    CONSTRAINT project_state_check CHECK (((state)::text = ANY ((ARRAY['ACTIVE'::character varying, 'ON_HOLD'::character varying, 'DROPPED'::character varying, 'DONE'::character varying])::text[])))
);


--
-- Name: project_requirement; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.project_requirement (
    id uuid NOT NULL,
    project_id uuid NOT NULL,
    code character varying(40) NOT NULL,
    outcome character varying(16) NOT NULL,
    document_number character varying(100),
    document_date date,
    document_id uuid,
    reason character varying(1000),
    recorded_by uuid,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT project_requirement_check CHECK ((((outcome)::text <> 'MET'::text) OR ((document_number IS NOT NULL) AND (document_date IS NOT NULL)))),
    CONSTRAINT project_requirement_check1 CHECK ((((outcome)::text = 'MET'::text) OR (reason IS NOT NULL))),
    CONSTRAINT project_requirement_outcome_check CHECK (((outcome)::text = ANY ((ARRAY['MET'::character varying, 'NOT_APPLICABLE'::character varying, 'OVERRIDDEN'::character varying])::text[])))
);


--
-- Name: project_stage; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.project_stage (
    id uuid NOT NULL,
    project_id uuid NOT NULL,
    number integer NOT NULL,
    entered_on date,
    left_on date,
    version integer NOT NULL,
    CONSTRAINT project_stage_check CHECK (((left_on IS NULL) OR (left_on >= entered_on))),
    CONSTRAINT project_stage_number_check CHECK (((number >= 1) AND (number <= 10)))
);


--
-- Name: rating; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.rating (
    id uuid NOT NULL,
    obligation_id uuid NOT NULL,
    enterprise_id uuid NOT NULL,
    department_id uuid,
    round integer NOT NULL,
    level character varying(20) NOT NULL,
    causes jsonb NOT NULL,
    comment character varying(500),
    rated_by uuid,
    rated_at timestamp with time zone NOT NULL,
    CONSTRAINT rating_level_check CHECK (((level)::text = ANY ((ARRAY['VERY_SATISFIED'::character varying, 'SATISFIED'::character varying, 'BASICALLY_SATISFIED'::character varying, 'DISSATISFIED'::character varying, 'VERY_DISSATISFIED'::character varying])::text[]))),
    CONSTRAINT rating_round_check CHECK (((round >= 0) AND (round <= 2)))
);


--
-- Name: rectification; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.rectification (
    id uuid NOT NULL,
    evaluation_id uuid,
    obligation_id uuid,
    enterprise_id uuid,
    department_id uuid,
    about_zh character varying(1000) NOT NULL,
    about_en character varying(1000) NOT NULL,
    state character varying(10) NOT NULL,
    reopened boolean NOT NULL,
    contact_deadline_id uuid NOT NULL,
    reply_deadline_id uuid NOT NULL,
    contact character varying(2000),
    verification character varying(9),
    finding character varying(2000),
    complexity character varying(7),
    plan character varying(2000),
    reply character varying(2000),
    appeal character varying(2000),
    exclude boolean,
    opinion character varying(2000),
    proposed_by uuid,
    excluded boolean,
    decided_by uuid,
    settlement character varying(2000),
    opened_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT rectification_check10 CHECK (((evaluation_id IS NULL) OR (department_id IS NOT NULL))),
    CONSTRAINT rectification_check11 CHECK (((verification IS NULL) = (finding IS NULL))),
    CONSTRAINT rectification_check12 CHECK (((complexity IS NULL) = (plan IS NULL))),
    CONSTRAINT rectification_check13 CHECK (((exclude IS NULL) = (opinion IS NULL))),
    CONSTRAINT rectification_check14 CHECK (((excluded IS NULL) = (decided_by IS NULL))),
    CONSTRAINT rectification_check15 CHECK ((((state)::text = 'EXCLUDED'::text) = ((excluded IS NOT NULL) AND excluded))),
    CONSTRAINT rectification_check16 CHECK (((settlement IS NULL) = ((state)::text <> 'SETTLED'::text))),
    CONSTRAINT rectification_check17 CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by))),
    CONSTRAINT rectification_check18 CHECK ((((state)::text = ANY ((ARRAY['CLOSED'::character varying, 'EXCLUDED'::character varying, 'SETTLED'::character varying])::text[])) = (ended_at IS NOT NULL))),
    CONSTRAINT rectification_check8 CHECK (((evaluation_id IS NULL) <> (obligation_id IS NULL))),
    CONSTRAINT rectification_check9 CHECK (((obligation_id IS NULL) = (enterprise_id IS NULL))),
    CONSTRAINT rectification_complexity_check1 CHECK (((complexity)::text = ANY ((ARRAY['SIMPLE'::character varying, 'COMPLEX'::character varying])::text[]))),
    CONSTRAINT rectification_state_check1 CHECK (((state)::text = ANY ((ARRAY['OPEN'::character varying, 'CONTACTED'::character varying, 'VERIFIED'::character varying, 'APPEALED'::character varying, 'UPHELD'::character varying, 'EXCLUDED'::character varying, 'RECTIFYING'::character varying, 'FED_BACK'::character varying, 'REOPENED'::character varying, 'CLOSED'::character varying, 'SUPERVISED'::character varying, 'SETTLED'::character varying])::text[]))),
    CONSTRAINT rectification_verification_check1 CHECK (((verification)::text = ANY ((ARRAY['TRUE'::character varying, 'PARTLY'::character varying, 'MISTAKEN'::character varying, 'MALICIOUS'::character varying])::text[])))
);


--
-- Name: report; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.report (
    id uuid NOT NULL,
    key character varying(120) NOT NULL,
    kind character varying(20) NOT NULL,
    period character varying(10) NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    department_id uuid,
    enterprise_id uuid,
    moment timestamp with time zone NOT NULL,
    compiled_at timestamp with time zone NOT NULL,
    calendar_version character varying(200) NOT NULL,
    program_version character varying(40) NOT NULL,
    facts jsonb NOT NULL,
    fingerprint character varying(64) NOT NULL,
    CONSTRAINT report_check CHECK ((from_on <= to_on)),
    CONSTRAINT report_check1 CHECK (((department_id IS NULL) OR (enterprise_id IS NULL))),
    CONSTRAINT report_check2 CHECK ((((kind)::text = 'ENTERPRISE_PROGRESS'::text) = (enterprise_id IS NOT NULL))),
    CONSTRAINT report_kind_check CHECK (((kind)::text = ANY ((ARRAY['WEEKLY_BRIEF'::character varying, 'MONTHLY_BULLETIN'::character varying, 'QUARTERLY_REPORT'::character varying, 'ENTERPRISE_PROGRESS'::character varying])::text[])))
);


--
-- Name: report_file; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.report_file (
    id uuid NOT NULL,
    report_id uuid NOT NULL,
    format character varying(4) NOT NULL,
    language character varying(8) NOT NULL,
    name character varying(255) NOT NULL,
    size integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    bytes bytea NOT NULL,
    CONSTRAINT report_file_format_check CHECK (((format)::text = ANY ((ARRAY['XLSX'::character varying, 'PDF'::character varying])::text[]))),
    CONSTRAINT report_file_language_check CHECK (((language)::text = ANY ((ARRAY['zh-CN'::character varying, 'en'::character varying])::text[]))),
    CONSTRAINT report_file_size_check CHECK ((size > 0))
);


--
-- Name: schedule; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.schedule (
    id uuid NOT NULL,
    name character varying(60) NOT NULL,
    what_zh character varying(400) NOT NULL,
    what_en character varying(400) NOT NULL,
    plan jsonb NOT NULL,
    paused_until timestamp with time zone,
    paused_by uuid,
    pause_reason character varying(1000),
    caught_up_to timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT schedule_check CHECK (((paused_until IS NULL) = (pause_reason IS NULL)))
);


--
-- Name: seaql_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.seaql_migrations (
    version character varying NOT NULL,
    applied_at bigint NOT NULL
);


--
-- Name: session; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.session (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    kind character varying(8) NOT NULL,
    name character varying(100) NOT NULL,
    secret_hash character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    browser_hash character varying(64),
    CONSTRAINT session_kind_check CHECK (((kind)::text = ANY ((ARRAY['COOKIE'::character varying, 'TOKEN'::character varying])::text[])))
);


--
-- Name: suppressed_address; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.suppressed_address (
    address character varying(254) NOT NULL,
    since timestamp with time zone NOT NULL,
    refused_at timestamp with time zone NOT NULL,
    refusals integer NOT NULL,
    letter_id uuid NOT NULL,
    reason character varying(1000) NOT NULL,
    CONSTRAINT suppressed_address_refusals_check CHECK ((refusals > 0))
);


--
-- Name: visit; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.visit (
    id uuid NOT NULL,
    enterprise_id uuid NOT NULL,
    kind character varying(9) NOT NULL,
    state character varying(9) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    place character varying(200),
    purpose character varying(200),
    summary character varying(500),
    internal_note character varying(2000),
    document_id uuid,
    state_reason character varying(1000),
    recorded_by uuid,
    recorded_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    CONSTRAINT visit_check CHECK (((ends_at IS NULL) = (purpose IS NULL))),
    CONSTRAINT visit_check1 CHECK ((((state)::text = 'HELD'::text) OR (purpose IS NOT NULL))),
    CONSTRAINT visit_check2 CHECK ((((state)::text = 'HELD'::text) = (summary IS NOT NULL))),
    CONSTRAINT visit_check3 CHECK ((((state)::text = 'CANCELLED'::text) = (state_reason IS NOT NULL))),
    CONSTRAINT visit_kind_check CHECK (((kind)::text = ANY ((ARRAY['ON_SITE'::character varying, 'MEETING'::character varying, 'TELEPHONE'::character varying, 'MESSAGE'::character varying])::text[]))),
    CONSTRAINT visit_state_check CHECK (((state)::text = ANY ((ARRAY['AGREED'::character varying, 'HELD'::character varying, 'CANCELLED'::character varying])::text[])))
);


--
-- Name: warning; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.warning (
    id uuid NOT NULL,
    subject_kind character varying(20) NOT NULL,
    subject_id uuid NOT NULL,
    threshold character varying(20) NOT NULL,
    recipient_id uuid NOT NULL,
    superseded boolean NOT NULL,
    letter_id uuid,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT warning_subject_kind_check1 CHECK (((subject_kind)::text = ANY ((ARRAY['OBLIGATION'::character varying, 'CONTRACT'::character varying, 'PERMIT'::character varying])::text[])))
);


--
-- Name: write_probe; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.write_probe (
    id integer NOT NULL,
    beats bigint NOT NULL,
    CONSTRAINT write_probe_id_check CHECK ((id = 1))
);


--
-- Data for Name: absence; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: account; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.account VALUES
	('01a22716-7d72-785d-be80-a52ccfc88798', 'admin@park.example', '管理员', 'ADMIN', NULL, NULL, 'zh-CN', '$argon2id$v=19$m=47104,t=2,p=1$enoqsnhcSBiNIw1XwrOSvA$r98C+jG6fWtwW1HvPolILFckctjkw8yHzonpKn8Xg1k', false, '2026-11-29 11:35:15.058063+00', NULL, 1),
	('01a22716-7e81-7257-8590-6c96faec440c', 'centre@park.example', '企业服务中心', 'CENTRE', NULL, NULL, 'zh-CN', '$argon2id$v=19$m=47104,t=2,p=1$0USZV+DHymRMyK+zEy5ORw$5MVFBZFhxgehHQW2pYzZVtLTvf+JDaYqsOpYJBIOL24', false, '2026-11-29 11:35:15.329736+00', NULL, 1),
	('01a22716-7f6b-7ab3-8f70-69dd8705c299', 'leader@park.example', '分管领导', 'LEADER', NULL, NULL, 'zh-CN', '$argon2id$v=19$m=47104,t=2,p=1$ZqNU/nUjWTe+jrR041beGw$gp5oxWhD3vgSSi+KtF6jHYXbniIQMpHhQWIA15cbTmQ', false, '2026-11-29 11:35:15.563502+00', NULL, 1),
	('01a22716-802d-7dd8-b6be-e978c38ae490', 'supervisor@park.example', '监督员', 'SUPERVISOR', NULL, NULL, 'zh-CN', '$argon2id$v=19$m=47104,t=2,p=1$E+5q7JMshpLPGk41UZnXGQ$+wcgM8tRbHG6J9lYwxoisgcUTbEkpMKg1C1IE8Jqk2I', false, '2026-11-29 11:35:15.757724+00', NULL, 1),
	('01a22716-80cd-7506-9e45-13d9785a543a', 'contact1@firm.example', '示例企业1有限公司联系人', 'ENTERPRISE', NULL, '01a22716-80cd-7154-b1c8-1c5f926ea4b3', 'zh-CN', NULL, false, '2026-11-29 11:35:15.917488+00', NULL, 1),
	('01a22716-80cd-72a7-91c3-d7ae30e1da9f', 'liaison01@park.example', '专员 01', 'LIAISON', NULL, NULL, 'zh-CN', NULL, false, '2026-11-29 11:35:15.917488+00', NULL, 1),
	('01a22716-80cd-7b07-aac5-9185e5e07819', 'contact2@firm.example', '示例企业2有限公司联系人', 'ENTERPRISE', NULL, '01a22716-80cd-77cb-b246-49f5456bd2a1', 'zh-CN', NULL, false, '2026-11-29 11:35:15.917488+00', NULL, 1);


--
-- Data for Name: account_link; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.account_link VALUES
	('01a22716-8b29-71c6-a4a0-c5d84e049f7a', '01a22716-7f6b-7ab3-8f70-69dd8705c299', 'PASSWORD', '2d6180c7d06a9695a5c9646ab62cf1ec568cba4b6a577a8537154bce25c7a7b3', '2026-11-29 11:35:18.569576+00', '2026-12-02 11:35:18.569576+00', NULL);


--
-- Data for Name: account_promotion; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: audit_entry; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.audit_entry VALUES
	('01a22716-7be0-7477-89f9-f63d07f9f3f5', '2026-11-29 11:35:14.65642+00', NULL, 'system: start', 'calendar.import', 'Calendar', '01a22716-7be0-7a96-92fd-46c312ddba6c', NULL, '{"sha256": "204cfbad019cc01ba0ab796cbde0f7a085e9ac859e5c4963cdd81b3805ceebf6", "revision": 1, "noticeYear": 2012}', '随程序提供的放假安排'),
	('01a22716-7be0-7794-9bb9-990bd8e5314a', '2026-11-29 11:35:14.65642+00', NULL, 'system: start', 'calendar.import', 'Calendar', '01a22716-7be0-7927-9ae5-44522d3a35b1', NULL, '{"sha256": "4b62bd866ae545250ea0d0868739720fa627563b33ceeec5d616c4680157446e", "revision": 1, "noticeYear": 2013}', '随程序提供的放假安排'),
	('01a22716-7be0-78e9-933c-5f42832707fd', '2026-11-29 11:35:14.65642+00', NULL, 'system: start', 'calendar.import', 'Calendar', '01a22716-7be0-7fbd-98ac-8939c35ca75a', NULL, '{"sha256": "670f15916adb4245a0b7573aa9cb651dd6afa3be1f4f929497104703d82a9fbf", "revision": 1, "noticeYear": 2014}', '随程序提供的放假安排'),
	('01a22716-7be0-7437-ab17-30b40df77e89', '2026-11-29 11:35:14.65642+00', NULL, 'system: start', 'calendar.import', 'Calendar', '01a22716-7be0-7d0d-bb9c-356b89c90bdf', NULL, '{"sha256": "374490bd71589a286d6e900f85f60f4f00009227c8227555ba88cdb4af7c51ec", "revision": 1, "noticeYear": 2015}', '随程序提供的放假安排'),
	('01a22716-7be0-7eae-9462-e8d0b3835799', '2026-11-29 11:35:14.65642+00', NULL, 'system: start', 'calendar.import', 'Calendar', '01a22716-7be0-76c5-a0fc-a15d56964546', NULL, '{"sha256": "d078654c4e2e83b0f5d618d063ed49923617e940772f3f279eade48910579795", "revision": 1, "noticeYear": 2016}', '随程序提供的放假安排'),
	('01a22716-7be0-7f95-935e-091f2fc7a6ba', '2026-11-29 11:35:14.65642+00', NULL, 'system: start', 'calendar.import', 'Calendar', '01a22716-7be0-7bf6-9774-e675e96cc201', NULL, '{"sha256": "3b8a45e3187ba856802f8290115120436d927d4a355c862e2936a5a2812b502b", "revision": 1, "noticeYear": 2017}', '随程序提供的放假安排'),
	('01a22716-7be0-7354-89a7-d64d5e0784fc', '2026-11-29 11:35:14.65642+00', NULL, 'system: start', 'calendar.import', 'Calendar', '01a22716-7be0-72cf-a93c-f2d847c25a60', NULL, '{"sha256": "763af8951991282734b1d16c15d7680df9706c9c7d2383e86b5051c35c5e4245", "revision": 1, "noticeYear": 2018}', '随程序提供的放假安排'),
	('01a22716-7be0-7f09-82f6-a1dc9fa97e86', '2026-11-29 11:35:14.65642+00', NULL, 'system: start', 'calendar.import', 'Calendar', '01a22716-7be0-72d2-9123-33b6ebfb648d', NULL, '{"sha256": "e7dc70841d1cd6b4c5047668878655d04ead8666f1c9b5af5382aa3e08264645", "revision": 1, "noticeYear": 2019}', '随程序提供的放假安排'),
	('01a22716-7be0-7212-aa12-0c87f8be2fc8', '2026-11-29 11:35:14.65642+00', NULL, 'system: start', 'calendar.import', 'Calendar', '01a22716-7be0-7d5a-b485-fb52f7d93bd0', NULL, '{"sha256": "c828fc60172b1c8c797f1493bd43d765d1d8452cd5576093db0a6090ec71c325", "revision": 1, "noticeYear": 2020}', '随程序提供的放假安排'),
	('01a22716-7be0-7ef6-92c6-2bf75051634c', '2026-11-29 11:35:14.65642+00', NULL, 'system: start', 'calendar.import', 'Calendar', '01a22716-7be0-74f2-a206-9b9ae9694423', NULL, '{"sha256": "a36ea18ee588812d8190fb4022c0a277bdcfe342d4abee1625b9399536767de5", "revision": 1, "noticeYear": 2021}', '随程序提供的放假安排'),
	('01a22716-7be0-7a19-a5a6-96da881ccfab', '2026-11-29 11:35:14.65642+00', NULL, 'system: start', 'calendar.import', 'Calendar', '01a22716-7be0-7726-8aaa-934e635daf73', NULL, '{"sha256": "09c985649e3ca9ae90400cd5d09618e88cb5628512da67a6a45bb7802493d0ff", "revision": 1, "noticeYear": 2022}', '随程序提供的放假安排'),
	('01a22716-7be0-78ad-a070-0a12fdea6adf', '2026-11-29 11:35:14.65642+00', NULL, 'system: start', 'calendar.import', 'Calendar', '01a22716-7be0-7621-8447-2f92f07f6b00', NULL, '{"sha256": "e4403e9bc0644b127698dc936fc870346301de6b106f8c2c2c510f0df47ad439", "revision": 1, "noticeYear": 2023}', '随程序提供的放假安排'),
	('01a22716-7be0-7a98-b62d-7f2e69934986', '2026-11-29 11:35:14.65642+00', NULL, 'system: start', 'calendar.import', 'Calendar', '01a22716-7be0-750e-afe6-578004f8aa9a', NULL, '{"sha256": "8d91700381499e93ecfcb8149700a859884dea04bd44589cfa22efb4259e6df9", "revision": 1, "noticeYear": 2024}', '随程序提供的放假安排'),
	('01a22716-7be0-7e63-801e-cb9048079688', '2026-11-29 11:35:14.65642+00', NULL, 'system: start', 'calendar.import', 'Calendar', '01a22716-7be0-7ffe-83c7-8ca76d207b1b', NULL, '{"sha256": "e9ee2b604b304f43ed9cdc7dc48fa491065df93c7763a937886ae4fdea367497", "revision": 1, "noticeYear": 2025}', '随程序提供的放假安排'),
	('01a22716-7be0-7a8e-a28d-7ee9c997b844', '2026-11-29 11:35:14.65642+00', NULL, 'system: start', 'calendar.import', 'Calendar', '01a22716-7be0-7600-b49e-23a1941b2dd6', NULL, '{"sha256": "07a66cc1f941a5988dbd0464c27d00067c9bc7ffc7a068c709ae123753f82e90", "revision": 1, "noticeYear": 2026}', '随程序提供的放假安排'),
	('01a22716-7c15-7779-831c-5171cfcb1001', '2026-11-29 11:35:14.709902+00', NULL, 'system: shipped data', 'department.install', 'Department', '01a22716-7c15-780c-a163-2d8a33e5d55e', NULL, '{"nameEn": "Economic Development", "nameZh": "经济发展局", "number": 1, "endedOn": null, "windows": 2, "counterpartZh": "发展改革和经济管理"}', NULL),
	('01a22716-7c15-79eb-9c84-67341688befb', '2026-11-29 11:35:14.709902+00', NULL, 'system: shipped data', 'department.install', 'Department', '01a22716-7c15-7a5c-aa54-e7869cd286b7', NULL, '{"nameEn": "Investment Promotion (Enterprise Service Centre)", "nameZh": "招商局(企业服务中心)", "number": 2, "endedOn": null, "windows": 2, "counterpartZh": "商务/投资促进"}', NULL),
	('01a22716-7c15-7819-9e7d-a9baac207e2f', '2026-11-29 11:35:14.709902+00', NULL, 'system: shipped data', 'department.install', 'Department', '01a22716-7c15-72ed-9ca7-2db436815ccc', NULL, '{"nameEn": "Science and Innovation", "nameZh": "科技创新局", "number": 3, "endedOn": null, "windows": 1, "counterpartZh": "科技"}', NULL),
	('01a22716-7c15-7b88-8626-9561acc20b95', '2026-11-29 11:35:14.709902+00', NULL, 'system: shipped data', 'department.install', 'Department', '01a22716-7c15-79f6-bef6-282ed47b885f', NULL, '{"nameEn": "Planning", "nameZh": "规划局", "number": 4, "endedOn": null, "windows": 2, "counterpartZh": "自然资源"}', NULL),
	('01a22716-7c15-7ba9-a4ea-b0dc626094b6', '2026-11-29 11:35:14.709902+00', NULL, 'system: shipped data', 'department.install', 'Department', '01a22716-7c15-756f-add3-365a7a73700a', NULL, '{"nameEn": "Land and Resources", "nameZh": "国土资源分局", "number": 5, "endedOn": null, "windows": 2, "counterpartZh": "自然资源(不动产)"}', NULL),
	('01a22716-7c15-77c0-aea4-3b5be6ee334c', '2026-11-29 11:35:14.709902+00', NULL, 'system: shipped data', 'department.install', 'Department', '01a22716-7c15-71dc-9256-27e1c21531f7', NULL, '{"nameEn": "Urban and Rural Construction (Civil Air Defence)", "nameZh": "城乡建设局(人防)", "number": 6, "endedOn": null, "windows": 2, "counterpartZh": "住建"}', NULL),
	('01a22716-7c15-7a4c-9792-93c9f3d9ab98', '2026-11-29 11:35:14.709902+00', NULL, 'system: shipped data', 'department.install', 'Department', '01a22716-7c15-702c-bebe-00f23f1e127c', NULL, '{"nameEn": "Environmental Protection", "nameZh": "环境保护局", "number": 7, "endedOn": null, "windows": 1, "counterpartZh": "生态环境分局"}', NULL),
	('01a22716-7c15-7568-a606-96827b33b8aa', '2026-11-29 11:35:14.709902+00', NULL, 'system: shipped data', 'department.install', 'Department', '01a22716-7c15-7f01-9d3c-e849b75c0c8f', NULL, '{"nameEn": "Industry and Commerce", "nameZh": "工商分局", "number": 8, "endedOn": null, "windows": 2, "counterpartZh": "市场监管"}', NULL),
	('01a22716-7c15-73c8-8259-b0d5ca7541b3', '2026-11-29 11:35:14.709902+00', NULL, 'system: shipped data', 'department.install', 'Department', '01a22716-7c15-7995-bd34-649e9690c33e', NULL, '{"nameEn": "Quality and Technical Supervision", "nameZh": "质量技术监督分局", "number": 9, "endedOn": null, "windows": 1, "counterpartZh": "市场监管"}', NULL),
	('01a22716-7c15-73d1-91d9-aa0f13826485', '2026-11-29 11:35:14.709902+00', NULL, 'system: shipped data', 'department.install', 'Department', '01a22716-7c15-7dfc-87d1-8427f05ca0c5', NULL, '{"nameEn": "City Management", "nameZh": "城市管理局", "number": 10, "endedOn": null, "windows": 1, "counterpartZh": "城管/水务"}', NULL),
	('01a22716-7c15-77eb-beac-1e5692b3238a', '2026-11-29 11:35:14.709902+00', NULL, 'system: shipped data', 'department.install', 'Department', '01a22716-7c15-7cdd-9418-ac052be965a6', NULL, '{"nameEn": "Human Resources and Social Security", "nameZh": "人力资源和社会保障局", "number": 11, "endedOn": null, "windows": 1, "counterpartZh": "人社"}', NULL),
	('01a22716-7c15-7f73-a4ea-22c995bf3ede', '2026-11-29 11:35:14.709902+00', NULL, 'system: shipped data', 'department.install', 'Department', '01a22716-7c15-7604-b1ba-4eae9b5c4d39', NULL, '{"nameEn": "Public Security (Fire)", "nameZh": "公安分局(消防大队)", "number": 12, "endedOn": null, "windows": 1, "counterpartZh": "公安/消防救援"}', NULL),
	('01a22716-8b29-71b3-b6b4-1802034fcc3e', '2026-11-29 11:35:18.569576+00', '01a22716-7e81-7257-8590-6c96faec440c', 'CENTRE', 'account.requestPasswordLink', 'Account', '01a22716-7f6b-7ab3-8f70-69dd8705c299', NULL, NULL, NULL),
	('01a22716-7c15-7abc-88da-52a95f4fac59', '2026-11-29 11:35:14.709902+00', NULL, 'system: shipped data', 'department.install', 'Department', '01a22716-7c15-75da-9235-da79c107e2a0', NULL, '{"nameEn": "Taxation", "nameZh": "税务(国税、地税)", "number": 13, "endedOn": null, "windows": 2, "counterpartZh": "税务"}', NULL),
	('01a22716-7c15-7b1d-aeba-c38f69250cf0', '2026-11-29 11:35:14.709902+00', NULL, 'system: shipped data', 'department.install', 'Department', '01a22716-7c15-7b7d-b0d4-5f41b8ece859', NULL, '{"nameEn": "Work Safety, Transport and Meteorology", "nameZh": "安监局/交通/气象综合", "number": 14, "endedOn": null, "windows": 1, "counterpartZh": "应急/交通/气象"}', NULL),
	('01a22716-7d72-7abb-b7be-beffcf1b8960', '2026-11-29 11:35:15.058063+00', NULL, 'system: command line', 'account.create', 'Account', '01a22716-7d72-785d-be80-a52ccfc88798', NULL, '{"role": "ADMIN", "login": "admin@park.example"}', NULL),
	('01a22716-7e81-7b86-b282-d6a6556bfd05', '2026-11-29 11:35:15.329736+00', NULL, 'system: command line', 'account.create', 'Account', '01a22716-7e81-7257-8590-6c96faec440c', NULL, '{"role": "CENTRE", "login": "centre@park.example"}', NULL),
	('01a22716-7f6b-7d0d-869b-1f23e16e09a0', '2026-11-29 11:35:15.563502+00', NULL, 'system: command line', 'account.create', 'Account', '01a22716-7f6b-7ab3-8f70-69dd8705c299', NULL, '{"role": "LEADER", "login": "leader@park.example"}', NULL),
	('01a22716-802d-723d-89b4-66114444b84f', '2026-11-29 11:35:15.757724+00', NULL, 'system: command line', 'account.create', 'Account', '01a22716-802d-7dd8-b6be-e978c38ae490', NULL, '{"role": "SUPERVISOR", "login": "supervisor@park.example"}', NULL),
	('01a22716-80cd-790a-9799-4d3748347d44', '2026-11-29 11:35:15.917488+00', NULL, 'system: import', 'ledger.import', 'Enterprise', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', NULL, '{"name": "示例企业1有限公司", "creditCode": "91420100TE0000016K"}', NULL),
	('01a22716-80cd-7695-a2bb-44b733a40941', '2026-11-29 11:35:15.917488+00', NULL, 'system: import', 'ledger.import', 'Account', '01a22716-80cd-7506-9e45-13d9785a543a', NULL, '{"role": "ENTERPRISE", "login": "contact1@firm.example"}', NULL),
	('01a22716-80cd-72f8-b0a0-63539f13c653', '2026-11-29 11:35:15.917488+00', NULL, 'system: import', 'ledger.import', 'Account', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', NULL, '{"role": "LIAISON", "login": "liaison01@park.example"}', NULL),
	('01a22716-80cd-7df1-b368-caf0ff42f53c', '2026-11-29 11:35:15.917488+00', NULL, 'system: import', 'ledger.import', 'Liaison', '01a22716-80cd-7d36-a1e8-277a881c1d56', NULL, '{"accountId": "01a22716-80cd-72a7-91c3-d7ae30e1da9f", "enterpriseId": "01a22716-80cd-7154-b1c8-1c5f926ea4b3"}', NULL),
	('01a22716-80cd-7b3e-b16a-14032eb2fb0a', '2026-11-29 11:35:15.917488+00', NULL, 'system: import', 'ledger.import', 'Contract', '01a22716-80cd-7821-b3bc-462caf1ab3fe', NULL, '{"row": 2, "state": "ACTIVE", "number": "QY-0001"}', NULL),
	('01a22716-80cd-795c-b321-5ca03a25473e', '2026-11-29 11:35:15.917488+00', NULL, 'system: import', 'ledger.import', 'Project', '01a22716-80cd-72d3-b61e-99880037a52b', NULL, '{"name": "示例项目1", "contractId": "01a22716-80cd-7821-b3bc-462caf1ab3fe"}', NULL),
	('01a22716-80cd-7a9e-9717-152c76811cd7', '2026-11-29 11:35:15.917488+00', NULL, 'system: import', 'ledger.import', 'Enterprise', '01a22716-80cd-77cb-b246-49f5456bd2a1', NULL, '{"name": "示例企业2有限公司", "creditCode": "91420100TE000002XU"}', NULL),
	('01a22716-80cd-73be-88e3-3a7e594f2509', '2026-11-29 11:35:15.917488+00', NULL, 'system: import', 'ledger.import', 'Account', '01a22716-80cd-7b07-aac5-9185e5e07819', NULL, '{"role": "ENTERPRISE", "login": "contact2@firm.example"}', NULL),
	('01a22716-80cd-797b-a8b7-ceb718b22351', '2026-11-29 11:35:15.917488+00', NULL, 'system: import', 'ledger.import', 'Liaison', '01a22716-80cd-71fb-9eb4-3336ce84f1ac', NULL, '{"accountId": "01a22716-80cd-72a7-91c3-d7ae30e1da9f", "enterpriseId": "01a22716-80cd-77cb-b246-49f5456bd2a1"}', NULL),
	('01a22716-80cd-7bdd-b19d-d57ded69cc71', '2026-11-29 11:35:15.917488+00', NULL, 'system: import', 'ledger.import', 'Contract', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', NULL, '{"row": 3, "state": "ACTIVE", "number": "QY-0002"}', NULL),
	('01a22716-80cd-71e3-86e0-5cdade8d8d20', '2026-11-29 11:35:15.917488+00', NULL, 'system: import', 'ledger.import', 'Project', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', NULL, '{"name": "示例项目2", "contractId": "01a22716-80cd-7d1d-9bdc-7bfb1b035729"}', NULL),
	('01a22716-819e-7039-b238-f47221383a4d', '2026-11-29 11:35:16.126859+00', NULL, 'system: job obligation_opening', 'obligation.open', 'Obligation', '01a22716-819e-7331-a29b-54c32501f550', NULL, '{"dueOn": "2026-11-27", "occasion": "2026-W48", "startedOn": "2026-11-22", "commitmentId": "01a22716-80cd-7b41-b4ac-cac196477528"}', NULL),
	('01a22716-819e-7f96-abdf-993dc1211093', '2026-11-29 11:35:16.126859+00', NULL, 'system: job obligation_opening', 'obligation.open', 'Obligation', '01a22716-819e-7248-96d5-3572ad9451c4', NULL, '{"dueOn": "2026-11-27", "occasion": "2026-11", "startedOn": "2026-10-31", "commitmentId": "01a22716-80cd-7256-84af-6bb304b9dba0"}', NULL),
	('01a22716-81ce-746b-be94-ac07331549d8', '2026-11-29 11:35:16.174586+00', NULL, 'system: job obligation_opening', 'obligation.open', 'Obligation', '01a22716-81ce-7f09-956a-4969ecc94192', NULL, '{"dueOn": "2026-11-27", "occasion": "2026-W48", "startedOn": "2026-11-22", "commitmentId": "01a22716-80cd-7adb-8f5a-516256f3f6b9"}', NULL),
	('01a22716-81ce-7a5d-be87-64143274bd17', '2026-11-29 11:35:16.174586+00', NULL, 'system: job obligation_opening', 'obligation.open', 'Obligation', '01a22716-81ce-73ed-9a0a-dc4bd8868a33', NULL, '{"dueOn": "2026-11-27", "occasion": "2026-11", "startedOn": "2026-11-08", "commitmentId": "01a22716-80cd-72b8-88d5-33783306ebc3"}', NULL),
	('01a22716-86c7-7d5d-a6a7-94ad8fc12f88', '2026-11-29 11:35:17.447398+00', '01a22716-7d72-785d-be80-a52ccfc88798', 'ADMIN', 'session.signIn', 'Session', '01a22716-86c7-7398-9f20-f6c04fd7a86b', NULL, NULL, NULL);
INSERT INTO public.audit_entry VALUES
	('01a22716-872d-7040-a00b-ad84149cdafe', '2026-11-29 11:35:17.549436+00', '01a22716-7e81-7257-8590-6c96faec440c', 'CENTRE', 'session.signIn', 'Session', '01a22716-872d-7315-a92f-f0aee4cb0592', NULL, NULL, NULL),
	('01a22716-87ba-7465-b7d5-8840879c8102', '2026-11-29 11:35:17.690122+00', '01a22716-7f6b-7ab3-8f70-69dd8705c299', 'LEADER', 'session.signIn', 'Session', '01a22716-87ba-7118-9b55-057a75c5305e', NULL, NULL, NULL),
	('01a22716-8842-78e0-939b-d55b0c19fa2c', '2026-11-29 11:35:17.826524+00', '01a22716-802d-7dd8-b6be-e978c38ae490', 'SUPERVISOR', 'session.signIn', 'Session', '01a22716-8842-7639-a512-afb784e87374', NULL, NULL, NULL),
	('01a22716-88bc-782c-8713-1cd59d23bed5', '2026-11-29 11:35:17.948587+00', '01a22716-7e81-7257-8590-6c96faec440c', 'CENTRE', 'document.store', 'Document', '01a22716-88bc-778a-9185-8ccc7c04b237', NULL, '{"name": "x.pdf", "size": 15, "sha256": "1e7313ace78f0fb481a486939b4885902663102818090805515553d84e0bbfd3", "internal": false, "contentType": "application/pdf"}', NULL),
	('01a22716-88de-75de-9482-2a67c7da281b', '2026-11-29 11:35:17.98259+00', '01a22716-7e81-7257-8590-6c96faec440c', 'CENTRE', 'obligation.open', 'Obligation', '01a22716-88de-7176-b5c9-71ad61f83068', NULL, '{"dueOn": "2026-12-01", "occasion": "event:event 5", "startedOn": "2026-11-29", "commitmentId": "01a22716-80cd-7252-869c-e8a50f3464cb"}', NULL),
	('01a22716-8912-7d34-a833-198808757d5c', '2026-11-29 11:35:18.03488+00', '01a22716-7e81-7257-8590-6c96faec440c', 'CENTRE', 'obligation.open', 'Obligation', '01a22716-8912-736e-ad84-4aaefdf7c7f9', NULL, '{"dueOn": "2026-12-04", "occasion": "event:event 6", "startedOn": "2026-11-29", "commitmentId": "01a22716-80cd-7fce-a0b6-713780b836bb"}', NULL),
	('01a22716-894c-7fbf-8ed7-235f6f1b88db', '2026-11-29 11:35:18.092128+00', '01a22716-7e81-7257-8590-6c96faec440c', 'CENTRE', 'obligation.open', 'Obligation', '01a22716-894c-7c70-93d2-d334f1bf62f8', NULL, '{"dueOn": "2026-12-04", "occasion": "event:event 7", "startedOn": "2026-11-29", "commitmentId": "01a22716-80cd-72a9-a0ba-124a53ca6da9"}', NULL),
	('01a22716-8984-7e48-83f6-0b8eca71bfc9', '2026-11-29 11:35:18.148521+00', '01a22716-7e81-7257-8590-6c96faec440c', 'CENTRE', 'obligation.open', 'Obligation', '01a22716-8984-75bd-8151-15b2619e7fee', NULL, '{"dueOn": "2026-12-02", "occasion": "event:event 13", "startedOn": "2026-11-29", "commitmentId": "01a22716-80cd-7d8d-bd6a-9db1753a5cbe"}', NULL),
	('01a22716-89c4-7d1e-aa22-298c0d753fc1', '2026-11-29 11:35:18.212267+00', '01a22716-7e81-7257-8590-6c96faec440c', 'CENTRE', 'deadline.pause', 'Deadline', '01a22716-88de-7432-8cc6-5a383528e8e6', '{"dueOn": "2026-12-01", "state": "RUNNING", "provisional": false, "consumedDays": 0, "extensionDays": 0}', '{"dueOn": "2026-12-01", "state": "PAUSED", "provisional": false, "consumedDays": 0, "extensionDays": 0}', '示例'),
	('01a22716-8a12-73e0-9828-0d2eccc06417', '2026-11-29 11:35:18.29091+00', '01a22716-7e81-7257-8590-6c96faec440c', 'CENTRE', 'deadline.extend', 'Deadline', '01a22716-8912-76e4-b51b-73b8f00eca00', '{"dueOn": "2026-12-04", "state": "RUNNING", "provisional": false, "consumedDays": 0, "extensionDays": 0}', '{"dueOn": "2026-12-08", "state": "RUNNING", "provisional": false, "consumedDays": 0, "extensionDays": 2}', '示例'),
	('01a22716-8a56-7f8c-8eec-96e072520bba', '2026-11-29 11:35:18.358126+00', '01a22716-7e81-7257-8590-6c96faec440c', 'CENTRE', 'deadline.meet', 'Deadline', '01a22716-894c-7162-8a5e-7f78b4dc334f', '{"dueOn": "2026-12-04", "state": "RUNNING", "provisional": false, "consumedDays": 0, "extensionDays": 0}', '{"dueOn": "2026-12-04", "state": "MET", "provisional": false, "consumedDays": 0, "extensionDays": 0}', NULL),
	('01a22716-8a56-7993-83d2-f9672d6f6a76', '2026-11-29 11:35:18.358126+00', '01a22716-7e81-7257-8590-6c96faec440c', 'CENTRE', 'obligation.fulfil', 'Obligation', '01a22716-894c-7c70-93d2-d334f1bf62f8', '{"state": "OPEN"}', '{"state": "FULFILLED", "doneOn": "2026-11-29", "daysLate": 0, "evidenceDocumentId": "01a22716-88bc-778a-9185-8ccc7c04b237"}', NULL),
	('01a22716-8b03-799f-a250-ed466b84fc95', '2026-11-29 11:35:18.531968+00', '01a22716-7e81-7257-8590-6c96faec440c', 'CENTRE', 'feed.create', 'Feed', '01a22716-8b03-7c89-b189-343cf7217a6d', NULL, '{"name": "示例"}', NULL),
	('01a22716-8aa2-7fb8-b2d8-3b0840af49d5', '2026-11-29 11:35:18.434983+00', '01a22716-7e81-7257-8590-6c96faec440c', 'CENTRE', 'visit.record', 'Visit', '01a22716-8aa2-7162-a090-0e8248959311', NULL, '{"kind": "TELEPHONE", "place": null, "state": "HELD", "endsAt": null, "purpose": null, "summary": "示例要点", "startsAt": "2026-11-29T11:35:18.434983Z", "documentId": null, "enterpriseId": "01a22716-80cd-7154-b1c8-1c5f926ea4b3", "internalNote": null}', NULL),
	('01a22716-8ad5-7bad-a792-d0015e2da25b', '2026-11-29 11:35:18.485686+00', '01a22716-7e81-7257-8590-6c96faec440c', 'CENTRE', 'permit.record', 'Permit', '01a22716-8ad5-70e6-b7b3-4e5ec28ce294', NULL, '{"kind": "POLLUTANT", "issuer": "示例机关", "number": "示例1号", "applyBy": "2027-11-04", "validUntil": "2028-01-03", "withdrawnOn": null}', NULL),
	('01a2cbf8-a600-74d6-ba66-826a64e4cfb7', '2026-12-31 12:00:00+00', NULL, 'system: job evaluation_cycle', 'evaluation.compile', 'Evaluation', '01a2cbf8-a600-7f5c-b8b9-e7f7c60dfefe', NULL, '{"state": "COMPILED", "quarter": "2026-Q4"}', NULL),
	('01a31938-0a00-7ee1-a875-35c2980ecd26', '2027-01-15 12:00:00+00', NULL, 'system: job evaluation_cycle', 'evaluation.open', 'Evaluation', '01a2cbf8-a600-7f5c-b8b9-e7f7c60dfefe', '{"state": "COMPILED"}', '{"state": "OPEN", "quarter": "2026-Q4"}', NULL);


--
-- Data for Name: calendar_day; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.calendar_day VALUES
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2011-12-31', 'WORKDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-01-01', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-01-02', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-01-03', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-01-21', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-01-22', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-01-23', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-01-24', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-01-25', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-01-26', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-01-27', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-01-28', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-01-29', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-03-31', 'WORKDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-04-01', 'WORKDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-04-02', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-04-03', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-04-04', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-04-28', 'WORKDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-04-29', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-04-30', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-05-01', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-06-22', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-06-24', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-09-29', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-09-30', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-10-01', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-10-02', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-10-03', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-10-04', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-10-05', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-10-06', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7a96-92fd-46c312ddba6c', '2012-10-07', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-01-01', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-01-02', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-01-03', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-01-05', 'WORKDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-01-06', 'WORKDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-02-09', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-02-10', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-02-11', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-02-12', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-02-13', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-02-14', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-02-15', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-02-16', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-02-17', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-04-04', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-04-05', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-04-06', 'HOLIDAY', '清明', 'Tomb-sweeping Day');
INSERT INTO public.calendar_day VALUES
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-04-07', 'WORKDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-04-27', 'WORKDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-04-28', 'WORKDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-04-29', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-04-30', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-05-01', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-06-08', 'WORKDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-06-09', 'WORKDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-06-10', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-06-11', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-06-12', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-09-19', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-09-20', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-09-21', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-09-22', 'WORKDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-09-29', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-10-01', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-10-02', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-10-03', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-10-04', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-10-05', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-10-06', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-10-07', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', '2013-10-12', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-01-01', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-01-26', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-01-31', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-02-01', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-02-02', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-02-03', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-02-04', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-02-05', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-02-06', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-02-08', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-04-05', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-04-06', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-04-07', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-05-01', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-05-02', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-05-03', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-05-04', 'WORKDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-06-02', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-09-08', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-09-28', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-10-01', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-10-02', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-10-03', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-10-04', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-10-05', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-10-06', 'HOLIDAY', '国庆节', 'National Day');
INSERT INTO public.calendar_day VALUES
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-10-07', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', '2014-10-11', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-01-01', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-01-02', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-01-03', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-01-04', 'WORKDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-02-15', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-02-18', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-02-19', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-02-20', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-02-21', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-02-22', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-02-23', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-02-24', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-02-28', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-04-05', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-04-06', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-05-01', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-06-20', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-06-22', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-09-03', 'HOLIDAY', '中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日', 'Anti-Fascist 70th Day'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-09-04', 'HOLIDAY', '中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日', 'Anti-Fascist 70th Day'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-09-06', 'WORKDAY', '中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日', 'Anti-Fascist 70th Day'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-09-27', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-10-01', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-10-02', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-10-03', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-10-04', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-10-05', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-10-06', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-10-07', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', '2015-10-10', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-01-01', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-02-06', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-02-07', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-02-08', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-02-09', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-02-10', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-02-11', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-02-12', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-02-13', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-02-14', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-04-04', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-05-01', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-05-02', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-06-09', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-06-10', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-06-11', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-06-12', 'WORKDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-09-15', 'HOLIDAY', '中秋', 'Mid-autumn Festival');
INSERT INTO public.calendar_day VALUES
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-09-16', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-09-17', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-09-18', 'WORKDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-10-01', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-10-02', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-10-03', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-10-04', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-10-05', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-10-06', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-10-07', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-10-08', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', '2016-10-09', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-01-01', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-01-02', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-01-22', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-01-27', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-01-28', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-01-29', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-01-30', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-01-31', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-02-01', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-02-02', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-02-04', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-04-01', 'WORKDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-04-02', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-04-03', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-04-04', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-05-01', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-05-27', 'WORKDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-05-28', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-05-29', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-05-30', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-09-30', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-10-01', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-10-02', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-10-03', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-10-04', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-10-05', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-10-06', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-10-07', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', '2017-10-08', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-01-01', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-02-11', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-02-15', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-02-16', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-02-17', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-02-18', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-02-19', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-02-20', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-02-21', 'HOLIDAY', '春节', 'Spring Festival');
INSERT INTO public.calendar_day VALUES
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-02-24', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-04-05', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-04-06', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-04-07', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-04-08', 'WORKDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-04-28', 'WORKDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-04-29', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-04-30', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-05-01', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-06-18', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-09-24', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-09-29', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-09-30', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-10-01', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-10-02', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-10-03', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-10-04', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-10-05', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-10-06', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', '2018-10-07', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2018-12-29', 'WORKDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2018-12-30', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2018-12-31', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-01-01', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-02-02', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-02-03', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-02-04', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-02-05', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-02-06', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-02-07', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-02-08', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-02-09', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-02-10', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-04-05', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-04-06', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-04-07', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-04-28', 'WORKDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-05-01', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-05-02', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-05-03', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-05-04', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-05-05', 'WORKDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-06-07', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-06-08', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-06-09', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-09-13', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-09-14', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-09-15', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-09-29', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-10-01', 'HOLIDAY', '国庆节', 'National Day');
INSERT INTO public.calendar_day VALUES
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-10-02', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-10-03', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-10-04', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-10-05', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-10-06', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-10-07', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', '2019-10-12', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-01-01', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-01-19', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-01-24', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-01-25', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-01-26', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-01-27', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-01-28', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-01-29', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-01-30', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-01-31', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-02-01', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-02-02', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-04-04', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-04-05', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-04-06', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-04-26', 'WORKDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-05-01', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-05-02', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-05-03', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-05-04', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-05-05', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-05-09', 'WORKDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-06-25', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-06-26', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-06-27', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-06-28', 'WORKDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-09-27', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-10-01', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-10-02', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-10-03', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-10-04', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-10-05', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-10-06', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-10-07', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-10-08', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', '2020-10-10', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-01-01', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-01-02', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-01-03', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-02-07', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-02-11', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-02-12', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-02-13', 'HOLIDAY', '春节', 'Spring Festival');
INSERT INTO public.calendar_day VALUES
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-02-14', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-02-15', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-02-16', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-02-17', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-02-20', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-04-03', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-04-04', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-04-05', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-04-25', 'WORKDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-05-01', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-05-02', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-05-03', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-05-04', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-05-05', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-05-08', 'WORKDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-06-12', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-06-13', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-06-14', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-09-18', 'WORKDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-09-19', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-09-20', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-09-21', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-09-26', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-10-01', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-10-02', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-10-03', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-10-04', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-10-05', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-10-06', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-10-07', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', '2021-10-09', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-01-01', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-01-02', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-01-03', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-01-29', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-01-30', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-01-31', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-02-01', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-02-02', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-02-03', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-02-04', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-02-05', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-02-06', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-04-02', 'WORKDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-04-03', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-04-04', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-04-05', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-04-24', 'WORKDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-04-30', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-05-01', 'HOLIDAY', '劳动节', 'Labour Day');
INSERT INTO public.calendar_day VALUES
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-05-02', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-05-03', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-05-04', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-05-07', 'WORKDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-06-03', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-06-04', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-06-05', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-09-10', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-09-11', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-09-12', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-10-01', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-10-02', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-10-03', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-10-04', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-10-05', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-10-06', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-10-07', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-10-08', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7726-8aaa-934e635daf73', '2022-10-09', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2022-12-31', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-01-01', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-01-02', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-01-21', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-01-22', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-01-23', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-01-24', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-01-25', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-01-26', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-01-27', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-01-28', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-01-29', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-04-05', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-04-23', 'WORKDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-04-29', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-04-30', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-05-01', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-05-02', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-05-03', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-05-06', 'WORKDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-06-22', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-06-23', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-06-24', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-06-25', 'WORKDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-09-29', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-09-30', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-10-01', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-10-02', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-10-03', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-10-04', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-10-05', 'HOLIDAY', '国庆节', 'National Day');
INSERT INTO public.calendar_day VALUES
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-10-06', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-10-07', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', '2023-10-08', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2023-12-30', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2023-12-31', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-01-01', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-02-04', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-02-10', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-02-11', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-02-12', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-02-13', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-02-14', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-02-15', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-02-16', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-02-17', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-02-18', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-04-04', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-04-05', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-04-06', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-04-07', 'WORKDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-04-28', 'WORKDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-05-01', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-05-02', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-05-03', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-05-04', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-05-05', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-05-11', 'WORKDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-06-10', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-09-14', 'WORKDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-09-15', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-09-16', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-09-17', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-09-29', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-10-01', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-10-02', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-10-03', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-10-04', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-10-05', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-10-06', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-10-07', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', '2024-10-12', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-01-01', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-01-26', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-01-28', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-01-29', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-01-30', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-01-31', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-02-01', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-02-02', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-02-03', 'HOLIDAY', '春节', 'Spring Festival');
INSERT INTO public.calendar_day VALUES
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-02-04', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-02-08', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-04-04', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-04-05', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-04-06', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-04-27', 'WORKDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-05-01', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-05-02', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-05-03', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-05-04', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-05-05', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-05-31', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-06-01', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-06-02', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-09-28', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-10-01', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-10-02', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-10-03', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-10-04', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-10-05', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-10-06', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-10-07', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-10-08', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', '2025-10-11', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-01-01', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-01-02', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-01-03', 'HOLIDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-01-04', 'WORKDAY', '元旦', 'New Year''s Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-02-14', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-02-15', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-02-16', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-02-17', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-02-18', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-02-19', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-02-20', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-02-21', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-02-22', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-02-23', 'HOLIDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-02-28', 'WORKDAY', '春节', 'Spring Festival'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-04-04', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-04-05', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-04-06', 'HOLIDAY', '清明', 'Tomb-sweeping Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-05-01', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-05-02', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-05-03', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-05-04', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-05-05', 'HOLIDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-05-09', 'WORKDAY', '劳动节', 'Labour Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-06-19', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-06-20', 'HOLIDAY', '端午', 'Dragon Boat Festival');
INSERT INTO public.calendar_day VALUES
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-06-21', 'HOLIDAY', '端午', 'Dragon Boat Festival'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-09-20', 'WORKDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-09-25', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-09-26', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-09-27', 'HOLIDAY', '中秋', 'Mid-autumn Festival'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-10-01', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-10-02', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-10-03', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-10-04', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-10-05', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-10-06', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-10-07', 'HOLIDAY', '国庆节', 'National Day'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', '2026-10-10', 'WORKDAY', '国庆节', 'National Day');


--
-- Data for Name: calendar_import; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.calendar_import VALUES
	('01a22716-7be0-7a96-92fd-46c312ddba6c', 2012, 1, '随程序提供的放假安排', '204cfbad019cc01ba0ab796cbde0f7a085e9ac859e5c4963cdd81b3805ceebf6', NULL, '2026-11-29 11:35:14.65642+00'),
	('01a22716-7be0-7927-9ae5-44522d3a35b1', 2013, 1, '随程序提供的放假安排', '4b62bd866ae545250ea0d0868739720fa627563b33ceeec5d616c4680157446e', NULL, '2026-11-29 11:35:14.65642+00'),
	('01a22716-7be0-7fbd-98ac-8939c35ca75a', 2014, 1, '随程序提供的放假安排', '670f15916adb4245a0b7573aa9cb651dd6afa3be1f4f929497104703d82a9fbf', NULL, '2026-11-29 11:35:14.65642+00'),
	('01a22716-7be0-7d0d-bb9c-356b89c90bdf', 2015, 1, '随程序提供的放假安排', '374490bd71589a286d6e900f85f60f4f00009227c8227555ba88cdb4af7c51ec', NULL, '2026-11-29 11:35:14.65642+00'),
	('01a22716-7be0-76c5-a0fc-a15d56964546', 2016, 1, '随程序提供的放假安排', 'd078654c4e2e83b0f5d618d063ed49923617e940772f3f279eade48910579795', NULL, '2026-11-29 11:35:14.65642+00'),
	('01a22716-7be0-7bf6-9774-e675e96cc201', 2017, 1, '随程序提供的放假安排', '3b8a45e3187ba856802f8290115120436d927d4a355c862e2936a5a2812b502b', NULL, '2026-11-29 11:35:14.65642+00'),
	('01a22716-7be0-72cf-a93c-f2d847c25a60', 2018, 1, '随程序提供的放假安排', '763af8951991282734b1d16c15d7680df9706c9c7d2383e86b5051c35c5e4245', NULL, '2026-11-29 11:35:14.65642+00'),
	('01a22716-7be0-72d2-9123-33b6ebfb648d', 2019, 1, '随程序提供的放假安排', 'e7dc70841d1cd6b4c5047668878655d04ead8666f1c9b5af5382aa3e08264645', NULL, '2026-11-29 11:35:14.65642+00'),
	('01a22716-7be0-7d5a-b485-fb52f7d93bd0', 2020, 1, '随程序提供的放假安排', 'c828fc60172b1c8c797f1493bd43d765d1d8452cd5576093db0a6090ec71c325', NULL, '2026-11-29 11:35:14.65642+00'),
	('01a22716-7be0-74f2-a206-9b9ae9694423', 2021, 1, '随程序提供的放假安排', 'a36ea18ee588812d8190fb4022c0a277bdcfe342d4abee1625b9399536767de5', NULL, '2026-11-29 11:35:14.65642+00'),
	('01a22716-7be0-7726-8aaa-934e635daf73', 2022, 1, '随程序提供的放假安排', '09c985649e3ca9ae90400cd5d09618e88cb5628512da67a6a45bb7802493d0ff', NULL, '2026-11-29 11:35:14.65642+00'),
	('01a22716-7be0-7621-8447-2f92f07f6b00', 2023, 1, '随程序提供的放假安排', 'e4403e9bc0644b127698dc936fc870346301de6b106f8c2c2c510f0df47ad439', NULL, '2026-11-29 11:35:14.65642+00'),
	('01a22716-7be0-750e-afe6-578004f8aa9a', 2024, 1, '随程序提供的放假安排', '8d91700381499e93ecfcb8149700a859884dea04bd44589cfa22efb4259e6df9', NULL, '2026-11-29 11:35:14.65642+00'),
	('01a22716-7be0-7ffe-83c7-8ca76d207b1b', 2025, 1, '随程序提供的放假安排', 'e9ee2b604b304f43ed9cdc7dc48fa491065df93c7763a937886ae4fdea367497', NULL, '2026-11-29 11:35:14.65642+00'),
	('01a22716-7be0-7600-b49e-23a1941b2dd6', 2026, 1, '随程序提供的放假安排', '07a66cc1f941a5988dbd0464c27d00067c9bc7ffc7a068c709ae123753f82e90', NULL, '2026-11-29 11:35:14.65642+00');


--
-- Data for Name: commitment; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.commitment VALUES
	('01a22716-80cd-7ac5-9377-1e8817991f83', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-743e-b7d4-9ca3776bb16f', 1, 'ONCE', NULL, '签约后首次上门或电话对接', 'First contact after signing', 'contract.activated', 3, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'VISIT_OR_CALL_NOTE', '2026-10-30', NULL, 1, 0),
	('01a22716-80cd-761b-b389-73327b2b1d5b', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-743e-b7d4-9ca3776bb16f', 2, 'ON_EVENT', NULL, '来电来函当日答复，最迟次一工作日中午前', 'Answer a call or letter the same day, at the latest by noon of the next working day', 'contact.received', 1, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'REPLY_NOTE', '2026-10-30', NULL, 1, 0),
	('01a22716-80cd-74b7-848f-d8a30b45a0bd', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-743e-b7d4-9ca3776bb16f', 3, 'ON_EVENT', NULL, '诉求首次回复', 'First reply to a request', 'request.received', 1, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'REPLY_NOTE', '2026-10-30', NULL, 1, 0),
	('01a22716-80cd-7ec0-ae24-d3a02ce1db66', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-743e-b7d4-9ca3776bb16f', 4, 'ON_EVENT', NULL, '一般诉求办结', 'Simple request solved', 'request.classified_simple', 3, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'CLOSURE_CONFIRMED', '2026-10-30', NULL, 1, 0),
	('01a22716-80cd-7252-869c-e8a50f3464cb', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-743e-b7d4-9ca3776bb16f', 5, 'ON_EVENT', NULL, '跨部门诉求召集协调会', 'Cross-department request: meeting called', 'request.classified_cross_department', 2, 'WORKING_DAY', 'PROMISED', NULL, 'CENTRE', NULL, 'MEETING_NOTE', '2026-10-30', NULL, 1, 0),
	('01a22716-80cd-7fce-a0b6-713780b836bb', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-743e-b7d4-9ca3776bb16f', 6, 'ON_EVENT', NULL, '跨部门诉求办结或给出方案', 'Cross-department request: solved or plan given', 'request.classified_cross_department', 5, 'WORKING_DAY', 'PROMISED', NULL, 'CENTRE', NULL, 'PLAN_OR_CLOSURE', '2026-10-30', NULL, 1, 0),
	('01a22716-80cd-72a9-a0ba-124a53ca6da9', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-743e-b7d4-9ca3776bb16f', 7, 'ON_EVENT', NULL, '政策咨询书面答复并附条文', 'Policy question answered in writing with the article', 'request.classified_policy', 5, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'WRITTEN_REPLY', '2026-10-30', NULL, 1, 0),
	('01a22716-80cd-7bc5-878e-5e3627e576d5', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-743e-b7d4-9ca3776bb16f', 8, 'ON_EVENT', NULL, '办件状态变化当日告知', 'State change of a case told the same day', 'case.state_changed', 0, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'NOTICE_SENT', '2026-10-30', NULL, 1, 0),
	('01a22716-80cd-7843-b542-8ab941203179', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-743e-b7d4-9ca3776bb16f', 9, 'ON_EVENT', NULL, '申报材料预审', 'Pre-check of application materials', 'materials.received', 2, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'CHECK_LIST', '2026-10-30', NULL, 1, 0),
	('01a22716-80cd-7b41-b4ac-cac196477528', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-743e-b7d4-9ca3776bb16f', 10, 'RECURRING', 'WEEK', '项目进展台账更新', 'Project progress updated in the ledger', 'week.begins', 5, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'PROGRESS_ENTRY', '2026-10-30', NULL, 1, 0),
	('01a22716-80cd-7256-84af-6bb304b9dba0', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-743e-b7d4-9ca3776bb16f', 11, 'RECURRING', 'MONTH', '走访企业一次（企业可谢绝）', 'One visit a month (the enterprise may decline)', 'month.begins', 20, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'VISIT_NOTE', '2026-10-30', NULL, 1, 0),
	('01a22716-80cd-7914-a9c6-225a82b448d5', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-743e-b7d4-9ca3776bb16f', 12, 'ON_EVENT', NULL, '证照到期前90日提醒', 'Expiring document: warning 90 days before', 'document.expires_in_90_days', 0, 'CALENDAR_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'NOTICE_SENT', '2026-10-30', NULL, 1, 0),
	('01a22716-80cd-7d8d-bd6a-9db1753a5cbe', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-743e-b7d4-9ca3776bb16f', 13, 'ON_EVENT', NULL, '新政策发布后推送', 'New policy passed on after publication', 'policy.published', 3, 'WORKING_DAY', 'PROMISED', NULL, 'CENTRE', NULL, 'NOTICE_SENT', '2026-10-30', NULL, 1, 0),
	('01a22716-80cd-7b4d-b318-3c879e949889', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-743e-b7d4-9ca3776bb16f', 14, 'ON_EVENT', NULL, '专员离岗当日由副专员接替', 'Deputy active the same day when the liaison is absent', 'liaison.absent', 0, 'WORKING_DAY', 'PROMISED', NULL, 'CENTRE', NULL, 'DEPUTY_ACTIVE', '2026-10-30', NULL, 1, 0),
	('01a22716-80cd-73ae-b2ad-1bd1a5fd8aa9', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-743e-b7d4-9ca3776bb16f', 15, 'ON_EVENT', NULL, '超期事项说明原因', 'Reason given for an overdue matter', 'obligation.overdue', 1, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'REASON_NOTE', '2026-10-30', NULL, 1, 0),
	('01a22716-80cd-77c2-9315-b773232aab99', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-743e-b7d4-9ca3776bb16f', 16, 'ONCE', NULL, '契约年度服务报告', 'Annual service report', 'contract.year_ends', 20, 'WORKING_DAY', 'PROMISED', NULL, 'CENTRE', NULL, 'REPORT', '2026-10-30', NULL, 1, 0),
	('01a22716-80cd-7c29-9c2a-7d18b6fbfc23', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', '01a22716-80cd-77c7-b858-3f784fc1f7c5', 1, 'ONCE', NULL, '签约后首次上门或电话对接', 'First contact after signing', 'contract.activated', 3, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'VISIT_OR_CALL_NOTE', '2026-11-09', NULL, 1, 0),
	('01a22716-80cd-7e10-9770-f7887bddfab1', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', '01a22716-80cd-77c7-b858-3f784fc1f7c5', 2, 'ON_EVENT', NULL, '来电来函当日答复，最迟次一工作日中午前', 'Answer a call or letter the same day, at the latest by noon of the next working day', 'contact.received', 1, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'REPLY_NOTE', '2026-11-09', NULL, 1, 0),
	('01a22716-80cd-7604-9771-c542bc3a6d0a', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', '01a22716-80cd-77c7-b858-3f784fc1f7c5', 3, 'ON_EVENT', NULL, '诉求首次回复', 'First reply to a request', 'request.received', 1, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'REPLY_NOTE', '2026-11-09', NULL, 1, 0),
	('01a22716-80cd-78bb-8f72-920ad753ba7e', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', '01a22716-80cd-77c7-b858-3f784fc1f7c5', 4, 'ON_EVENT', NULL, '一般诉求办结', 'Simple request solved', 'request.classified_simple', 3, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'CLOSURE_CONFIRMED', '2026-11-09', NULL, 1, 0),
	('01a22716-80cd-7ec7-99f1-87424433b975', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', '01a22716-80cd-77c7-b858-3f784fc1f7c5', 5, 'ON_EVENT', NULL, '跨部门诉求召集协调会', 'Cross-department request: meeting called', 'request.classified_cross_department', 2, 'WORKING_DAY', 'PROMISED', NULL, 'CENTRE', NULL, 'MEETING_NOTE', '2026-11-09', NULL, 1, 0),
	('01a22716-80cd-77b4-b4f6-b6fc1a625e80', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', '01a22716-80cd-77c7-b858-3f784fc1f7c5', 6, 'ON_EVENT', NULL, '跨部门诉求办结或给出方案', 'Cross-department request: solved or plan given', 'request.classified_cross_department', 5, 'WORKING_DAY', 'PROMISED', NULL, 'CENTRE', NULL, 'PLAN_OR_CLOSURE', '2026-11-09', NULL, 1, 0),
	('01a22716-80cd-74b0-9161-281b91624976', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', '01a22716-80cd-77c7-b858-3f784fc1f7c5', 7, 'ON_EVENT', NULL, '政策咨询书面答复并附条文', 'Policy question answered in writing with the article', 'request.classified_policy', 5, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'WRITTEN_REPLY', '2026-11-09', NULL, 1, 0),
	('01a22716-80cd-7931-8c9e-84a7d0232024', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', '01a22716-80cd-77c7-b858-3f784fc1f7c5', 8, 'ON_EVENT', NULL, '办件状态变化当日告知', 'State change of a case told the same day', 'case.state_changed', 0, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'NOTICE_SENT', '2026-11-09', NULL, 1, 0),
	('01a22716-80cd-7776-870b-ff74eb4bd2b0', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', '01a22716-80cd-77c7-b858-3f784fc1f7c5', 9, 'ON_EVENT', NULL, '申报材料预审', 'Pre-check of application materials', 'materials.received', 2, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'CHECK_LIST', '2026-11-09', NULL, 1, 0),
	('01a22716-80cd-7adb-8f5a-516256f3f6b9', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', '01a22716-80cd-77c7-b858-3f784fc1f7c5', 10, 'RECURRING', 'WEEK', '项目进展台账更新', 'Project progress updated in the ledger', 'week.begins', 5, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'PROGRESS_ENTRY', '2026-11-09', NULL, 1, 0),
	('01a22716-80cd-72b8-88d5-33783306ebc3', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', '01a22716-80cd-77c7-b858-3f784fc1f7c5', 11, 'RECURRING', 'MONTH', '走访企业一次（企业可谢绝）', 'One visit a month (the enterprise may decline)', 'month.begins', 20, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'VISIT_NOTE', '2026-11-09', NULL, 1, 0),
	('01a22716-80cd-7a30-876c-5088ac09ac77', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', '01a22716-80cd-77c7-b858-3f784fc1f7c5', 12, 'ON_EVENT', NULL, '证照到期前90日提醒', 'Expiring document: warning 90 days before', 'document.expires_in_90_days', 0, 'CALENDAR_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'NOTICE_SENT', '2026-11-09', NULL, 1, 0),
	('01a22716-80cd-72a8-969e-f1325c6a8bcb', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', '01a22716-80cd-77c7-b858-3f784fc1f7c5', 13, 'ON_EVENT', NULL, '新政策发布后推送', 'New policy passed on after publication', 'policy.published', 3, 'WORKING_DAY', 'PROMISED', NULL, 'CENTRE', NULL, 'NOTICE_SENT', '2026-11-09', NULL, 1, 0),
	('01a22716-80cd-7907-8fc9-cf85599930c0', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', '01a22716-80cd-77c7-b858-3f784fc1f7c5', 14, 'ON_EVENT', NULL, '专员离岗当日由副专员接替', 'Deputy active the same day when the liaison is absent', 'liaison.absent', 0, 'WORKING_DAY', 'PROMISED', NULL, 'CENTRE', NULL, 'DEPUTY_ACTIVE', '2026-11-09', NULL, 1, 0),
	('01a22716-80cd-72b2-8933-b68c3f03fdd0', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', '01a22716-80cd-77c7-b858-3f784fc1f7c5', 15, 'ON_EVENT', NULL, '超期事项说明原因', 'Reason given for an overdue matter', 'obligation.overdue', 1, 'WORKING_DAY', 'PROMISED', NULL, 'LIAISON', NULL, 'REASON_NOTE', '2026-11-09', NULL, 1, 0),
	('01a22716-80cd-71af-ac91-c5db72ba9976', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', '01a22716-80cd-77c7-b858-3f784fc1f7c5', 16, 'ONCE', NULL, '契约年度服务报告', 'Annual service report', 'contract.year_ends', 20, 'WORKING_DAY', 'PROMISED', NULL, 'CENTRE', NULL, 'REPORT', '2026-11-09', NULL, 1, 0);


--
-- Data for Name: contract; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.contract VALUES
	('01a22716-80cd-7821-b3bc-462caf1ab3fe', 'QY-0001', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', NULL, 'PAPER', 'ACTIVE', '园区管理委员会（企业服务中心）', NULL, NULL, '2026-10-30', '2027-10-30', '2026-10-30', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-29 11:35:15.917488+00', 1),
	('01a22716-80cd-7d1d-9bdc-7bfb1b035729', 'QY-0002', '01a22716-80cd-77cb-b246-49f5456bd2a1', NULL, 'PAPER', 'ACTIVE', '园区管理委员会（企业服务中心）', NULL, NULL, '2026-11-09', '2027-11-09', '2026-11-09', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-29 11:35:15.917488+00', 1);


--
-- Data for Name: contract_clause; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.contract_clause VALUES
	('01a22716-80cd-7709-8375-926d00204e47', '01a22716-80cd-7821-b3bc-462caf1ab3fe', 1, 1, '当事人', '甲方：园区管理委员会（企业服务中心）。乙方：示例企业1有限公司，统一社会信用代码 91420100TE0000016K。双方签署人以其职务签署本契约。', NULL, '2026-10-30', NULL),
	('01a22716-80cd-7e3a-a62c-53f585fa4eec', '01a22716-80cd-7821-b3bc-462caf1ab3fe', 2, 1, '目的与原则', '甲方在法律、法规范围内为乙方提供服务。服务遵循平等对待、自愿、无偿的原则，不以本契约给予税费、补贴或者要素方面的特殊优惠，不影响其他经营主体公平竞争。', NULL, '2026-10-30', NULL),
	('01a22716-80cd-7957-9d90-d9c17891e831', '01a22716-80cd-7821-b3bc-462caf1ab3fe', 3, 1, '期限', '本契约自2026年10月30日起至2027年10月30日止。期满前三十日双方共同评估，可以续签。', NULL, '2026-10-30', NULL),
	('01a22716-80cd-7f39-9b21-c94bc05b610e', '01a22716-80cd-7821-b3bc-462caf1ab3fe', 4, 1, '服务专员', '甲方为乙方确定一名服务专员和一名副专员，并告知姓名、电话和邮箱。专员变更的，甲方在三个工作日内告知乙方，并办理书面交接；专员离岗的，由副专员当日接替。', NULL, '2026-10-30', NULL),
	('01a22716-80cd-7c69-9a2e-d1214ab8380e', '01a22716-80cd-7821-b3bc-462caf1ab3fe', 5, 1, '服务清单', '甲方按照公布的事项目录为乙方提供咨询、预审、协调和代办服务。代办不收取费用，不代替审批机关作出决定。', NULL, '2026-10-30', NULL),
	('01a22716-80cd-743e-b7d4-9ca3776bb16f', '01a22716-80cd-7821-b3bc-462caf1ab3fe', 6, 1, '服务承诺', '甲方作出本契约所列的服务承诺。每项承诺载明起算事件、时限、责任人和履约凭证，自契约生效之日起履行。', NULL, '2026-10-30', NULL),
	('01a22716-80cd-71ff-bcff-3aeae274d93b', '01a22716-80cd-7821-b3bc-462caf1ab3fe', 7, 1, '项目清单', '乙方在园区实施的项目列入本契约，按照阶段和里程碑计划推进。计划调整应当说明理由。', NULL, '2026-10-30', NULL),
	('01a22716-80cd-727f-aa25-9a487c811b7c', '01a22716-80cd-7821-b3bc-462caf1ab3fe', 8, 1, '甲方义务', '甲方及时告知与乙方有关的政策变化，协调有关部门处理乙方诉求，对知悉的乙方信息保密。', NULL, '2026-10-30', NULL),
	('01a22716-80cd-791a-8497-6849a50eda82', '01a22716-80cd-7821-b3bc-462caf1ab3fe', 9, 1, '乙方义务', '乙方提供真实、完整的材料，按期报告项目进展，指定一名联系人，依法经营。', NULL, '2026-10-30', NULL),
	('01a22716-80cd-769c-918e-5d5e1b99d616', '01a22716-80cd-7821-b3bc-462caf1ab3fe', 10, 1, '沟通机制', '双方每月联系一次，每季度会商一次，每年共同评估一次。乙方可以谢绝走访。', NULL, '2026-10-30', NULL),
	('01a22716-80cd-7e1e-b9a8-bbb869108e16', '01a22716-80cd-7821-b3bc-462caf1ab3fe', 11, 1, '评价', '甲方每季度邀请乙方对服务进行评价。评价自愿，不参加评价不影响乙方的任何权益。', NULL, '2026-10-30', NULL),
	('01a22716-80cd-7989-83c4-809e815932df', '01a22716-80cd-7821-b3bc-462caf1ab3fe', 12, 1, '违诺处理', '甲方未按期履行承诺的，在三个工作日内向乙方说明原因并采取补救措施，计入履约记录并公开原因。除另有约定外，不适用金钱违约责任。', NULL, '2026-10-30', NULL),
	('01a22716-80cd-7e81-a1c3-ff42f999b67f', '01a22716-80cd-7821-b3bc-462caf1ab3fe', 13, 1, '保密', '甲方及其工作人员对乙方的商业秘密、未披露信息和保密商务信息负有保密义务，未经乙方同意不得披露，法律另有规定的除外。', NULL, '2026-10-30', NULL),
	('01a22716-80cd-77ae-bc31-ddd13736e7e7', '01a22716-80cd-7821-b3bc-462caf1ab3fe', 14, 1, '变更与终止', '经双方协商一致可以变更或者终止本契约。乙方迁出、注销或者严重违法的，甲方可以终止本契约。甲方不得以行政区划调整、机构或者负责人更替为由违约。', NULL, '2026-10-30', NULL),
	('01a22716-80cd-7502-a048-9b4963853fa6', '01a22716-80cd-7821-b3bc-462caf1ab3fe', 15, 1, '争议解决', '双方先行协商；协商不成的，提请领导小组办公室协调；仍不能解决的，依法通过法律途径解决。', NULL, '2026-10-30', NULL),
	('01a22716-80cd-7344-8a41-89e457f0e24a', '01a22716-80cd-7821-b3bc-462caf1ab3fe', 16, 1, '附件', '服务事项清单、里程碑计划和双方联系人名单为本契约附件，与正文具有同等效力。', NULL, '2026-10-30', NULL),
	('01a22716-80cd-765d-a80a-e539ba74efee', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', 1, 1, '当事人', '甲方：园区管理委员会（企业服务中心）。乙方：示例企业2有限公司，统一社会信用代码 91420100TE000002XU。双方签署人以其职务签署本契约。', NULL, '2026-11-09', NULL),
	('01a22716-80cd-7f72-9197-0ea3dc1de7f6', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', 2, 1, '目的与原则', '甲方在法律、法规范围内为乙方提供服务。服务遵循平等对待、自愿、无偿的原则，不以本契约给予税费、补贴或者要素方面的特殊优惠，不影响其他经营主体公平竞争。', NULL, '2026-11-09', NULL),
	('01a22716-80cd-7f2d-ac74-dcf8298b3d4d', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', 3, 1, '期限', '本契约自2026年11月9日起至2027年11月9日止。期满前三十日双方共同评估，可以续签。', NULL, '2026-11-09', NULL),
	('01a22716-80cd-7b76-96ad-24f660c84611', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', 4, 1, '服务专员', '甲方为乙方确定一名服务专员和一名副专员，并告知姓名、电话和邮箱。专员变更的，甲方在三个工作日内告知乙方，并办理书面交接；专员离岗的，由副专员当日接替。', NULL, '2026-11-09', NULL),
	('01a22716-80cd-7eb0-b385-51d59b14ccae', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', 5, 1, '服务清单', '甲方按照公布的事项目录为乙方提供咨询、预审、协调和代办服务。代办不收取费用，不代替审批机关作出决定。', NULL, '2026-11-09', NULL),
	('01a22716-80cd-77c7-b858-3f784fc1f7c5', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', 6, 1, '服务承诺', '甲方作出本契约所列的服务承诺。每项承诺载明起算事件、时限、责任人和履约凭证，自契约生效之日起履行。', NULL, '2026-11-09', NULL),
	('01a22716-80cd-761f-9703-a9173ce29e27', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', 7, 1, '项目清单', '乙方在园区实施的项目列入本契约，按照阶段和里程碑计划推进。计划调整应当说明理由。', NULL, '2026-11-09', NULL),
	('01a22716-80cd-78a4-9393-dc933e350338', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', 8, 1, '甲方义务', '甲方及时告知与乙方有关的政策变化，协调有关部门处理乙方诉求，对知悉的乙方信息保密。', NULL, '2026-11-09', NULL),
	('01a22716-80cd-75ec-ab7d-33d184fd064a', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', 9, 1, '乙方义务', '乙方提供真实、完整的材料，按期报告项目进展，指定一名联系人，依法经营。', NULL, '2026-11-09', NULL),
	('01a22716-80cd-7322-a56b-947c8437f8ce', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', 10, 1, '沟通机制', '双方每月联系一次，每季度会商一次，每年共同评估一次。乙方可以谢绝走访。', NULL, '2026-11-09', NULL),
	('01a22716-80cd-70af-b214-afdfeeb6fd97', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', 11, 1, '评价', '甲方每季度邀请乙方对服务进行评价。评价自愿，不参加评价不影响乙方的任何权益。', NULL, '2026-11-09', NULL),
	('01a22716-80cd-7c1b-953c-7f61cc1fe703', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', 12, 1, '违诺处理', '甲方未按期履行承诺的，在三个工作日内向乙方说明原因并采取补救措施，计入履约记录并公开原因。除另有约定外，不适用金钱违约责任。', NULL, '2026-11-09', NULL),
	('01a22716-80cd-721c-ac0b-acf4257ea856', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', 13, 1, '保密', '甲方及其工作人员对乙方的商业秘密、未披露信息和保密商务信息负有保密义务，未经乙方同意不得披露，法律另有规定的除外。', NULL, '2026-11-09', NULL),
	('01a22716-80cd-7723-b5ab-46cefc072bb8', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', 14, 1, '变更与终止', '经双方协商一致可以变更或者终止本契约。乙方迁出、注销或者严重违法的，甲方可以终止本契约。甲方不得以行政区划调整、机构或者负责人更替为由违约。', NULL, '2026-11-09', NULL),
	('01a22716-80cd-7a16-96b3-0207729f6acf', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', 15, 1, '争议解决', '双方先行协商；协商不成的，提请领导小组办公室协调；仍不能解决的，依法通过法律途径解决。', NULL, '2026-11-09', NULL),
	('01a22716-80cd-791f-bd59-a0b7590a3dc7', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', 16, 1, '附件', '服务事项清单、里程碑计划和双方联系人名单为本契约附件，与正文具有同等效力。', NULL, '2026-11-09', NULL);


--
-- Data for Name: deadline; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.deadline VALUES
	('01a22716-819e-78a5-b829-b091dcc65cb9', 'PROMISED', 'WARN', 'WORKING_DAY', 5, 0, NULL, '2026-11-22', 0, '2026-11-22', NULL, NULL, 'RUNNING', '2026-11-27', false, NULL, 1, DEFAULT, 0),
	('01a22716-819e-7635-b0ff-7d4291c29b82', 'PROMISED', 'WARN', 'WORKING_DAY', 20, 0, NULL, '2026-10-31', 0, '2026-10-31', NULL, NULL, 'RUNNING', '2026-11-27', false, NULL, 1, DEFAULT, 0),
	('01a22716-81ce-73cb-949d-f1a8c7c9350b', 'PROMISED', 'WARN', 'WORKING_DAY', 5, 0, NULL, '2026-11-22', 0, '2026-11-22', NULL, NULL, 'RUNNING', '2026-11-27', false, NULL, 1, DEFAULT, 0),
	('01a22716-81ce-7eee-a1a1-61be553f1ed1', 'PROMISED', 'WARN', 'WORKING_DAY', 15, 0, NULL, '2026-11-08', 0, '2026-11-08', NULL, NULL, 'RUNNING', '2026-11-27', false, NULL, 1, DEFAULT, 0),
	('01a22716-8984-75e9-b613-97d790c9bbcb', 'PROMISED', 'WARN', 'WORKING_DAY', 3, 0, NULL, '2026-11-29', 0, '2026-11-29', NULL, NULL, 'RUNNING', '2026-12-02', false, NULL, 1, DEFAULT, 0),
	('01a22716-88de-7432-8cc6-5a383528e8e6', 'PROMISED', 'WARN', 'WORKING_DAY', 2, 0, NULL, '2026-11-29', 0, NULL, '2026-11-29', NULL, 'PAUSED', '2026-12-01', false, NULL, 2, DEFAULT, 0),
	('01a22716-8912-76e4-b51b-73b8f00eca00', 'PROMISED', 'WARN', 'WORKING_DAY', 5, 2, '示例', '2026-11-29', 0, '2026-11-29', NULL, NULL, 'RUNNING', '2026-12-08', false, NULL, 2, DEFAULT, 0),
	('01a22716-894c-7162-8a5e-7f78b4dc334f', 'PROMISED', 'WARN', 'WORKING_DAY', 5, 0, NULL, '2026-11-29', 0, NULL, NULL, NULL, 'MET', '2026-12-04', false, '2026-11-29', 2, DEFAULT, 0);


--
-- Data for Name: deadline_pause; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.deadline_pause VALUES
	('01a22716-89c4-7dd7-9914-ff70f5b4f649', '01a22716-88de-7432-8cc6-5a383528e8e6', 'AGREED', '示例', '01a22716-88bc-778a-9185-8ccc7c04b237', '2026-11-29', NULL, NULL);


--
-- Data for Name: department; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.department VALUES
	('01a22716-7c15-780c-a163-2d8a33e5d55e', 1, '经济发展局', 'Economic Development', '发展改革和经济管理', 2, NULL, 1),
	('01a22716-7c15-7a5c-aa54-e7869cd286b7', 2, '招商局(企业服务中心)', 'Investment Promotion (Enterprise Service Centre)', '商务/投资促进', 2, NULL, 1),
	('01a22716-7c15-72ed-9ca7-2db436815ccc', 3, '科技创新局', 'Science and Innovation', '科技', 1, NULL, 1),
	('01a22716-7c15-79f6-bef6-282ed47b885f', 4, '规划局', 'Planning', '自然资源', 2, NULL, 1),
	('01a22716-7c15-756f-add3-365a7a73700a', 5, '国土资源分局', 'Land and Resources', '自然资源(不动产)', 2, NULL, 1),
	('01a22716-7c15-71dc-9256-27e1c21531f7', 6, '城乡建设局(人防)', 'Urban and Rural Construction (Civil Air Defence)', '住建', 2, NULL, 1),
	('01a22716-7c15-702c-bebe-00f23f1e127c', 7, '环境保护局', 'Environmental Protection', '生态环境分局', 1, NULL, 1),
	('01a22716-7c15-7f01-9d3c-e849b75c0c8f', 8, '工商分局', 'Industry and Commerce', '市场监管', 2, NULL, 1),
	('01a22716-7c15-7995-bd34-649e9690c33e', 9, '质量技术监督分局', 'Quality and Technical Supervision', '市场监管', 1, NULL, 1),
	('01a22716-7c15-7dfc-87d1-8427f05ca0c5', 10, '城市管理局', 'City Management', '城管/水务', 1, NULL, 1),
	('01a22716-7c15-7cdd-9418-ac052be965a6', 11, '人力资源和社会保障局', 'Human Resources and Social Security', '人社', 1, NULL, 1),
	('01a22716-7c15-7604-b1ba-4eae9b5c4d39', 12, '公安分局(消防大队)', 'Public Security (Fire)', '公安/消防救援', 1, NULL, 1),
	('01a22716-7c15-75da-9235-da79c107e2a0', 13, '税务(国税、地税)', 'Taxation', '税务', 2, NULL, 1),
	('01a22716-7c15-7b7d-b0d4-5f41b8ece859', 14, '安监局/交通/气象综合', 'Work Safety, Transport and Meteorology', '应急/交通/气象', 1, NULL, 1);


--
-- Data for Name: document; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.document VALUES
	('01a22716-88bc-778a-9185-8ccc7c04b237', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', 'x.pdf', 'application/pdf', 15, '1e7313ace78f0fb481a486939b4885902663102818090805515553d84e0bbfd3', false, '01a22716-7e81-7257-8590-6c96faec440c', '2026-11-29 11:35:17.948587+00');


--
-- Data for Name: document_blob; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.document_blob VALUES
	('01a22716-88bc-778a-9185-8ccc7c04b237', '\x255044462d312e370a2525454f460a');


--
-- Data for Name: enterprise; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.enterprise VALUES
	('01a22716-80cd-7154-b1c8-1c5f926ea4b3', '91420100TE0000016K', '示例企业1有限公司', NULL, '示例', NULL, '2026-11-29 11:35:15.917488+00', NULL, 1),
	('01a22716-80cd-77cb-b246-49f5456bd2a1', '91420100TE000002XU', '示例企业2有限公司', NULL, '示例', NULL, '2026-11-29 11:35:15.917488+00', NULL, 1);


--
-- Data for Name: evaluation; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.evaluation VALUES
	('01a2cbf8-a600-7f5c-b8b9-e7f7c60dfefe', '2026-Q4', '2026-10-01', '2026-12-31', 'OPEN', '01a2cbf8-a600-7d64-9276-47ec8376823f', '[{"id": "01a22716-7c15-780c-a163-2d8a33e5d55e", "number": 1, "name_en": "Economic Development", "name_zh": "经济发展局"}, {"id": "01a22716-7c15-7a5c-aa54-e7869cd286b7", "number": 2, "name_en": "Investment Promotion (Enterprise Service Centre)", "name_zh": "招商局(企业服务中心)"}, {"id": "01a22716-7c15-72ed-9ca7-2db436815ccc", "number": 3, "name_en": "Science and Innovation", "name_zh": "科技创新局"}, {"id": "01a22716-7c15-79f6-bef6-282ed47b885f", "number": 4, "name_en": "Planning", "name_zh": "规划局"}, {"id": "01a22716-7c15-756f-add3-365a7a73700a", "number": 5, "name_en": "Land and Resources", "name_zh": "国土资源分局"}, {"id": "01a22716-7c15-71dc-9256-27e1c21531f7", "number": 6, "name_en": "Urban and Rural Construction (Civil Air Defence)", "name_zh": "城乡建设局(人防)"}, {"id": "01a22716-7c15-702c-bebe-00f23f1e127c", "number": 7, "name_en": "Environmental Protection", "name_zh": "环境保护局"}, {"id": "01a22716-7c15-7f01-9d3c-e849b75c0c8f", "number": 8, "name_en": "Industry and Commerce", "name_zh": "工商分局"}, {"id": "01a22716-7c15-7995-bd34-649e9690c33e", "number": 9, "name_en": "Quality and Technical Supervision", "name_zh": "质量技术监督分局"}, {"id": "01a22716-7c15-7dfc-87d1-8427f05ca0c5", "number": 10, "name_en": "City Management", "name_zh": "城市管理局"}, {"id": "01a22716-7c15-7cdd-9418-ac052be965a6", "number": 11, "name_en": "Human Resources and Social Security", "name_zh": "人力资源和社会保障局"}, {"id": "01a22716-7c15-7604-b1ba-4eae9b5c4d39", "number": 12, "name_en": "Public Security (Fire)", "name_zh": "公安分局(消防大队)"}, {"id": "01a22716-7c15-75da-9235-da79c107e2a0", "number": 13, "name_en": "Taxation", "name_zh": "税务(国税、地税)"}, {"id": "01a22716-7c15-7b7d-b0d4-5f41b8ece859", "number": 14, "name_en": "Work Safety, Transport and Meteorology", "name_zh": "安监局/交通/气象综合"}]', '2026-12-31', '2027-01-15', '2027-01-21', '2027-01-27', '2027-01-28', '2027-02-02', '2027-02-09', '2027-02-11', NULL, 0, 2, 0, 0, 0, NULL, NULL, NULL, NULL, 2);


--
-- Data for Name: evaluation_design; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.evaluation_design VALUES
	('01a2cbf8-a600-7d64-9276-47ec8376823f', 1, '{"0": {"en": "This form is voluntary and takes about five minutes; it may be unnamed. The result serves improvement only; nobody may search for who filled it in.", "zh": "本问卷自愿填写，约5分钟；可匿名；评议结果只用于改进工作，任何单位不得追查填写人"}, "A1": {"en": "Kind of enterprise (contracted / other)", "zh": "企业类别(签约重点企业/其他企业)"}, "A2": {"en": "Departments dealt with this quarter (only these are rated)", "zh": "本季度是否与下列部门打过交道(可多选，仅评议打过交道的部门)"}, "B1": {"en": "Attitude: friendly, patient, no passing on", "zh": "服务态度：是否热情、耐心、不推诿"}, "B2": {"en": "Efficiency: finished within the promised limit", "zh": "办事效率：是否在承诺时限内办结"}, "B3": {"en": "Lawfulness: by law, one standard, orderly procedure", "zh": "依法行政：是否依法办事、标准一致、程序规范"}, "B4": {"en": "Openness: conditions, limits, fees and results public and clear", "zh": "政务公开：条件、期限、收费、结果是否公开清楚"}, "B5": {"en": "Integrity: satisfaction with clean conduct (no gifts or meals taken, no intermediary imposed)", "zh": "廉洁自律：对该部门人员廉洁守规(无吃拿卡要、无指定中介)的满意程度"}, "B6": {"en": "Solution: the problem raised was really solved", "zh": "解决问题：反映的问题是否真正得到解决"}, "B7": {"en": "Overall", "zh": "总体评价"}, "B8": {"en": "Main causes of dissatisfaction (shown only when an answer in B is dissatisfied or worse): not told clearly at once / asked for materials repeatedly / over the promised limit / passed around / rude / fees unclear / intermediary imposed / system hard to use / other", "zh": "不满意的主要原因(仅B任一项为不满意及以下时出现，可多选)：一次没有告知清楚/多次补件/超过承诺时限/互相推诿/态度生硬/收费不清/指定中介/系统不好用/其他"}, "C1": {"en": "The liaison can be reached in time", "zh": "专员能否及时联系到"}, "C2": {"en": "The liaison reports project progress unasked", "zh": "专员是否主动告知项目进展"}, "C3": {"en": "Problems are answered within the agreed limit", "zh": "反映的问题是否在约定时限内答复"}, "C4": {"en": "What the contract promises is carried out", "zh": "服务契约约定的事项落实情况"}, "C5": {"en": "Number of visits: too few / right / too many", "zh": "走访次数：偏少/合适/偏多"}, "D1": {"en": "Were materials asked for that are not on the list?", "zh": "是否遇到要求补交未列明材料"}, "D2": {"en": "Was the same matter sent back for correction more than once?", "zh": "是否遇到同一事项被要求补正两次以上"}, "D3": {"en": "Was anything not finished within the promised limit?", "zh": "是否遇到超过承诺时限未办结"}, "D4": {"en": "Was an intermediary imposed, openly or not?", "zh": "是否被指定或变相指定中介"}, "D5": {"en": "Was there a fee or a levy without basis?", "zh": "是否遇到无依据收费或摊派"}, "E1": {"en": "The one thing that government should help to solve (up to 500 characters)", "zh": "最希望政府帮助解决的一件事 (≤500字)"}, "E2": {"en": "Comments, suggestions or praise (up to 500 characters)", "zh": "意见建议或表扬 (≤500字)"}, "F1": {"en": "May we call back? (contact details are then filled in apart and kept apart from the answers)", "zh": "是否愿意接受回访(愿意则另行填写联系方式，与答卷分开保存)"}}', '{"bands": {"goodFrom": 85, "passedFrom": 60, "excellentFrom": 95}, "points": {"SATISFIED": 85, "DISSATISFIED": 40, "VERY_SATISFIED": 100, "VERY_DISSATISFIED": 0, "BASICALLY_SATISFIED": 70}, "weights": {"OVERALL": 10, "ATTITUDE": 15, "OPENNESS": 10, "SOLUTION": 15, "INTEGRITY": 15, "EFFICIENCY": 20, "LAWFULNESS": 15}, "lowBelow": 60, "rankFrom": 10, "confidence": 90, "performance": {"weights": {"DUTIES": 5, "ON_TIME": 25, "OPENNESS": 10, "REQUESTS": 15, "COMPRESSION": 10, "SATISFACTION": 35}, "mostDeducted": 20, "perStatutoryOverdue": 5}, "publishFrom": 5}', '随系统提供', NULL, '2026-12-31 12:00:00+00');


--
-- Data for Name: evaluation_form; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.evaluation_form VALUES
	('01a2cbf8-a600-7bc7-92a5-b4252d5b036b', '01a2cbf8-a600-7f5c-b8b9-e7f7c60dfefe', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', true, '[]', '{"promises": [{"due": 1, "item": {"en": "Policy question answered in writing with the article", "zh": "政策咨询书面答复并附条文"}, "late": 0, "broken": 0, "paused": 0, "pauses": 0, "proven": 1, "in_time": 1, "running": 0, "days_late": 0, "commitment_id": "01a22716-80cd-72a9-a0ba-124a53ca6da9", "department_id": null}, {"due": 1, "item": {"en": "New policy passed on after publication", "zh": "新政策发布后推送"}, "late": 0, "broken": 1, "paused": 0, "pauses": 0, "proven": 0, "in_time": 0, "running": 0, "days_late": 0, "commitment_id": "01a22716-80cd-7d8d-bd6a-9db1753a5cbe", "department_id": null}, {"due": 1, "item": {"en": "Cross-department request: solved or plan given", "zh": "跨部门诉求办结或给出方案"}, "late": 0, "broken": 1, "paused": 0, "pauses": 0, "proven": 0, "in_time": 0, "running": 0, "days_late": 0, "commitment_id": "01a22716-80cd-7fce-a0b6-713780b836bb", "department_id": null}, {"due": 0, "item": {"en": "Cross-department request: meeting called", "zh": "跨部门诉求召集协调会"}, "late": 0, "broken": 0, "paused": 1, "pauses": 1, "proven": 0, "in_time": 0, "running": 0, "days_late": 0, "commitment_id": "01a22716-80cd-7252-869c-e8a50f3464cb", "department_id": null}], "milestones": []}', NULL, false),
	('01a2cbf8-a600-75e5-8fb0-8f9b238f6c8e', '01a2cbf8-a600-7f5c-b8b9-e7f7c60dfefe', '01a22716-80cd-77cb-b246-49f5456bd2a1', true, '[]', '{"promises": [], "milestones": []}', NULL, false);


--
-- Data for Name: evaluation_link; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.evaluation_link VALUES
	('75b504b0119b7534ed502112752470159c9d2c2d68611519d27ce17536180d6d', '01a2cbf8-a600-75e5-8fb0-8f9b238f6c8e'),
	('eb84402b40aa9fb4c39ca9fa1b774032e8b707fa96ab391019a47ff29feaf3bc', '01a2cbf8-a600-7bc7-92a5-b4252d5b036b');


--
-- Data for Name: evaluation_objection; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: evaluation_part; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: evaluation_reading; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: evaluation_response; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: evaluation_result; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: evaluation_sealed; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: evaluation_sheet; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: feed; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.feed VALUES
	('01a22716-8b03-7c89-b189-343cf7217a6d', '01a22716-7e81-7257-8590-6c96faec440c', '示例', 'bc8c017f29d6262f65abb7bd6bd211e34bbbbf8a99861fd01296e6464e043c3c', '2026-11-29 11:35:18.531968+00', NULL, NULL);


--
-- Data for Name: idempotency_key; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.idempotency_key VALUES
	('01a22716-7e81-7257-8590-6c96faec440c', 'event 5', 'obligationOpen', '7e3028560f13a27344baa3e2f7b072f55c132e5011c04b0ba4e3588f2414578e', '01a22716-88de-7176-b5c9-71ad61f83068', '2026-11-29 11:35:17.98259+00'),
	('01a22716-7e81-7257-8590-6c96faec440c', 'event 6', 'obligationOpen', '47c7ccec88342e358320d8313809e48c40221040f4202694ed6cdfd3ba012321', '01a22716-8912-736e-ad84-4aaefdf7c7f9', '2026-11-29 11:35:18.03488+00'),
	('01a22716-7e81-7257-8590-6c96faec440c', 'event 7', 'obligationOpen', '185151408218d5fe1673bd812a53d8fbfe6ea76346cbd7646e64bdca9c859aeb', '01a22716-894c-7c70-93d2-d334f1bf62f8', '2026-11-29 11:35:18.092128+00'),
	('01a22716-7e81-7257-8590-6c96faec440c', 'event 13', 'obligationOpen', '686286a66312e44860ad6557a819a36677d0c124fdc92bd975f7544a0e1c26cc', '01a22716-8984-75bd-8151-15b2619e7fee', '2026-11-29 11:35:18.148521+00');


--
-- Data for Name: job_run; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.job_run VALUES
	('01a22716-9860-7d83-a521-c40b20a9f8e0', 'deadline_warnings', '2026-12-15 01:00:00+00', 'MANUAL', NULL, NULL, NULL, 'SUCCEEDED', NULL, 1, 0, NULL, '6850/01a2271698577f02a96ae5caa672ab5a', NULL, '2026-12-15 01:00:00+00', '2026-11-29 11:35:21.952499+00', '2026-11-29 11:35:22.05435+00', 2, 2, 0, 0, 2, NULL, 'as of 2026-12-15 01:00:00 UTC'),
	('01a22716-8195-794a-8fe6-eb94d750a4ec', 'obligation_opening', '2026-11-29 11:35:16.116412+00', 'MANUAL', NULL, NULL, NULL, 'SUCCEEDED', NULL, 1, 0, NULL, '6639/01a22716818c7e93aeb45aecba8fe7b4', NULL, NULL, '2026-11-29 11:35:16.117127+00', '2026-11-29 11:35:16.195927+00', 2, 2, 0, 0, 0, NULL, NULL),
	('01a22716-81e7-705e-a052-e8455fb71070', 'outbox_delivery', '2026-11-29 11:35:16.199198+00', 'MANUAL', NULL, NULL, NULL, 'SUCCEEDED', NULL, 1, 0, NULL, '6639/01a22716818c7e93aeb45aecba8fe7b4', NULL, NULL, '2026-11-29 11:35:16.199469+00', '2026-11-29 11:35:16.214833+00', 0, 0, 0, 0, 0, NULL, NULL),
	('01a22716-9942-7bac-8668-923162a05343', 'evaluation_cycle', '2026-12-31 12:00:00+00', 'MANUAL', NULL, NULL, NULL, 'SUCCEEDED', NULL, 1, 0, NULL, '6864/01a22716993f7b0b8ba1add95972801f', NULL, '2026-12-31 12:00:00+00', '2026-11-29 11:35:22.178459+00', '2026-11-29 11:35:22.242233+00', 2, 1, 1, 0, 0, NULL, 'as of 2026-12-31 12:00:00 UTC'),
	('01a22716-82cf-7ee5-8ff1-4c2a892382df', 'obligation_opening', '2026-11-28 16:10:00+00', 'CATCH_UP', NULL, NULL, NULL, 'SUCCEEDED', NULL, 1, 0, NULL, '6649/01a22716828570c7aab85e24e0e6e2ce', NULL, NULL, '2026-11-29 11:35:16.431626+00', '2026-11-29 11:35:16.487664+00', 2, 2, 0, 0, 0, NULL, 'late: covers everything since 2026-11-28 15:59:59 UTC'),
	('01a22716-830a-7402-814b-48052b0c036f', 'contract_expiry', '2026-11-28 16:05:00+00', 'CATCH_UP', NULL, NULL, NULL, 'SUCCEEDED', NULL, 1, 0, NULL, '6649/01a22716828570c7aab85e24e0e6e2ce', NULL, NULL, '2026-11-29 11:35:16.490838+00', '2026-11-29 11:35:16.512771+00', 0, 0, 0, 0, 0, NULL, 'late: covers everything since 2026-11-28 15:59:59 UTC'),
	('01a22716-8328-7f84-95a6-5e96f381c1db', 'calendar_check', '2026-11-28 19:00:00+00', 'CATCH_UP', NULL, NULL, NULL, 'SUCCEEDED', NULL, 1, 0, NULL, '6649/01a22716828570c7aab85e24e0e6e2ce', NULL, NULL, '2026-11-29 11:35:16.520817+00', '2026-11-29 11:35:16.533985+00', 0, 0, 0, 0, 0, NULL, 'late: covers everything since 2026-11-28 15:59:59 UTC'),
	('01a22716-833d-78ba-819d-0670b2348c7c', 'absence_turn', '2026-11-28 16:01:00+00', 'CATCH_UP', NULL, NULL, NULL, 'SUCCEEDED', NULL, 1, 0, NULL, '6649/01a22716828570c7aab85e24e0e6e2ce', NULL, NULL, '2026-11-29 11:35:16.541125+00', '2026-11-29 11:35:16.545371+00', 0, 0, 0, 0, 0, NULL, 'late: covers everything since 2026-11-28 15:59:59 UTC'),
	('01a22716-8347-7f97-a86f-5f91a0dd5016', 'undelivered', '2026-11-29 11:30:00+00', 'CATCH_UP', NULL, NULL, NULL, 'SUCCEEDED', NULL, 1, 0, NULL, '6649/01a22716828570c7aab85e24e0e6e2ce', NULL, NULL, '2026-11-29 11:35:16.551754+00', '2026-11-29 11:35:16.56255+00', 0, 0, 0, 0, 0, NULL, 'late: covers everything since 2026-11-28 15:59:59 UTC'),
	('01a22716-8354-7fa4-b500-edf229c71c3a', 'job_watch', '2026-11-29 11:30:00+00', 'CATCH_UP', NULL, NULL, NULL, 'SUCCEEDED', NULL, 1, 0, NULL, '6649/01a22716828570c7aab85e24e0e6e2ce', NULL, NULL, '2026-11-29 11:35:16.564598+00', '2026-11-29 11:35:16.574055+00', 0, 0, 0, 0, 0, NULL, 'late: covers everything since 2026-11-28 15:59:59 UTC'),
	('01a22716-95ad-7709-ab4b-7e3e39278ec1', 'calendar_check', '2026-11-29 11:35:21.256374+00', 'MANUAL', NULL, NULL, NULL, 'SUCCEEDED', NULL, 1, 0, NULL, '6813/01a22716959c7c438798476e39d38015', NULL, NULL, '2026-11-29 11:35:21.261427+00', '2026-11-29 11:35:21.290627+00', 0, 0, 0, 0, 0, NULL, NULL),
	('01a22716-95dc-7a5e-9936-2a626e67859a', 'outbox_delivery', '2026-11-29 11:35:21.307374+00', 'MANUAL', NULL, NULL, NULL, 'SUCCEEDED', NULL, 1, 0, NULL, '6813/01a22716959c7c438798476e39d38015', NULL, NULL, '2026-11-29 11:35:21.308619+00', '2026-11-29 11:35:21.407489+00', 5, 5, 0, 0, 0, NULL, NULL),
	('01a22716-96e8-747d-8741-187d01d05b2f', 'deadline_warnings', '2026-12-13 01:00:00+00', 'MANUAL', NULL, NULL, NULL, 'SUCCEEDED', NULL, 1, 0, NULL, '6833/01a2271696e07ef18db2b686bd586833', NULL, '2026-12-13 01:00:00+00', '2026-11-29 11:35:21.57639+00', '2026-11-29 11:35:21.587355+00', 0, 0, 0, 0, 0, NULL, 'as of 2026-12-13 01:00:00 UTC'),
	('01a22716-975e-7b60-901e-7ce064466ade', 'deadline_warnings', '2026-12-14 01:00:00+00', 'MANUAL', NULL, NULL, NULL, 'SUCCEEDED', NULL, 1, 0, NULL, '6842/01a2271697597c1bb62277c9327ed5e4', NULL, '2026-12-14 01:00:00+00', '2026-11-29 11:35:21.694532+00', '2026-11-29 11:35:21.818566+00', 2, 2, 0, 0, 2, NULL, 'as of 2026-12-14 01:00:00 UTC'),
	('01a22716-9a2e-7d99-b2f2-e290bf22401e', 'evaluation_cycle', '2027-01-15 12:00:00+00', 'MANUAL', NULL, NULL, NULL, 'SUCCEEDED', NULL, 1, 0, NULL, '6872/01a227169a2b77838291003639bfd3ed', NULL, '2027-01-15 12:00:00+00', '2026-11-29 11:35:22.414188+00', '2026-11-29 11:35:22.470879+00', 1, 1, 0, 0, 0, NULL, 'as of 2027-01-15 12:00:00 UTC');


--
-- Data for Name: ledger_row; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.ledger_row VALUES
	('QY-0001', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '1b6cdd8307390a63e9bb632d4fbc3428648c5df9dfc70466c3548e71e96702bf', '{"remark": null, "ends_on": "2027-10-30", "industry": "示例", "starts_on": "2026-10-30", "credit_code": "91420100TE0000016K", "liaison_name": "专员 01", "project_name": "示例项目1", "contact_login": "contact1@firm.example", "liaison_login": "liaison01@park.example", "contract_number": "QY-0001", "enterprise_name": "示例企业1有限公司"}', '2026-11-29 11:35:15.917488+00'),
	('QY-0002', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', 'e833165b4bb98eb6622b7dc97f2f0266d48ca0804ade47e1c067fde9712ee746', '{"remark": null, "ends_on": "2027-11-09", "industry": "示例", "starts_on": "2026-11-09", "credit_code": "91420100TE000002XU", "liaison_name": "专员 01", "project_name": "示例项目2", "contact_login": "contact2@firm.example", "liaison_login": "liaison01@park.example", "contract_number": "QY-0002", "enterprise_name": "示例企业2有限公司"}', '2026-11-29 11:35:15.917488+00');


--
-- Data for Name: letter; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.letter VALUES
	('01a22716-89c4-7a32-af90-c42e1d79992e', 'limit:01a22716-88de-7176-b5c9-71ad61f83068:2:01a22716-80cd-7506-9e45-13d9785a543a', 'LIMIT_CHANGED', 'MUST_NOT_MISS', '01a22716-80cd-7506-9e45-13d9785a543a', NULL, '{"on": "2026-11-29", "why": {"en": "it was promised to your enterprise", "zh": "这是对贵企业的承诺"}, "name": "示例企业1有限公司联系人", "step": "PAUSED", "lines": [{"item": {"en": "Cross-department request: meeting called", "zh": "跨部门诉求召集协调会"}, "path": "/obligations/01a22716-88de-7176-b5c9-71ad61f83068", "before": "2026-12-01", "due_on": "2026-12-01", "occasion": "event:event 5", "provisional": false}], "until": null, "ground": {"en": "agreed by both sides", "zh": "双方约定"}, "reason": "示例", "enterprise": "示例企业1有限公司"}', '2026-11-29 11:35:18.212267+00', '2026-11-29 11:35:18.212267+00', NULL, 'PENDING', 0, 0, NULL, '2026-11-30 00:00:00+00', NULL, NULL, NULL, 'ce38f0920a6289bbbc827257adb2d62c.1', NULL, NULL, NULL, NULL, NULL, 2, NULL),
	('01a22716-8a12-7c11-baf1-645a14d8c835', 'limit:01a22716-8912-736e-ad84-4aaefdf7c7f9:2:01a22716-80cd-7506-9e45-13d9785a543a', 'LIMIT_CHANGED', 'MUST_NOT_MISS', '01a22716-80cd-7506-9e45-13d9785a543a', NULL, '{"on": "2026-11-29", "why": {"en": "it was promised to your enterprise", "zh": "这是对贵企业的承诺"}, "name": "示例企业1有限公司联系人", "step": "EXTENDED", "lines": [{"item": {"en": "Cross-department request: solved or plan given", "zh": "跨部门诉求办结或给出方案"}, "path": "/obligations/01a22716-8912-736e-ad84-4aaefdf7c7f9", "before": "2026-12-04", "due_on": "2026-12-08", "occasion": "event:event 6", "provisional": false}], "until": null, "ground": null, "reason": "示例", "enterprise": "示例企业1有限公司"}', '2026-11-29 11:35:18.29091+00', '2026-11-29 11:35:18.29091+00', NULL, 'PENDING', 0, 0, NULL, '2026-11-30 00:00:00+00', NULL, NULL, NULL, 'f587025a4d4f9a161f9d1c77d99beb34.1', NULL, NULL, NULL, NULL, NULL, 2, NULL),
	('01a22716-8a12-74de-bdc3-da29ed52ec0a', 'limit:01a22716-8912-736e-ad84-4aaefdf7c7f9:2:01a22716-80cd-72a7-91c3-d7ae30e1da9f', 'LIMIT_CHANGED', 'MUST_NOT_MISS', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', NULL, '{"on": "2026-11-29", "why": {"en": "you are the liaison of the enterprise", "zh": "您是该企业的服务专员"}, "name": "专员 01", "step": "EXTENDED", "lines": [{"item": {"en": "Cross-department request: solved or plan given", "zh": "跨部门诉求办结或给出方案"}, "path": "/obligations/01a22716-8912-736e-ad84-4aaefdf7c7f9", "before": "2026-12-04", "due_on": "2026-12-08", "occasion": "event:event 6", "provisional": false}], "until": null, "ground": null, "reason": "示例", "enterprise": "示例企业1有限公司"}', '2026-11-29 11:35:18.29091+00', '2026-11-29 11:35:18.29091+00', NULL, 'PENDING', 0, 0, NULL, '2026-11-30 00:00:00+00', NULL, NULL, NULL, '3eb24cdd7c950069eebbb07bd5a1cff6.1', NULL, NULL, NULL, NULL, NULL, 2, NULL),
	('01a22716-89c4-7c74-a2d8-c8b3a3239032', 'limit:01a22716-88de-7176-b5c9-71ad61f83068:2:01a22716-80cd-72a7-91c3-d7ae30e1da9f', 'LIMIT_CHANGED', 'MUST_NOT_MISS', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', NULL, '{"on": "2026-11-29", "why": {"en": "you are the liaison of the enterprise", "zh": "您是该企业的服务专员"}, "name": "专员 01", "step": "PAUSED", "lines": [{"item": {"en": "Cross-department request: meeting called", "zh": "跨部门诉求召集协调会"}, "path": "/obligations/01a22716-88de-7176-b5c9-71ad61f83068", "before": "2026-12-01", "due_on": "2026-12-01", "occasion": "event:event 5", "provisional": false}], "until": null, "ground": {"en": "agreed by both sides", "zh": "双方约定"}, "reason": "示例", "enterprise": "示例企业1有限公司"}', '2026-11-29 11:35:18.212267+00', '2026-11-29 11:35:18.212267+00', NULL, 'PENDING', 0, 0, NULL, '2026-11-30 00:00:00+00', NULL, NULL, NULL, '6bf224c0a0c419e34027a97be5674f45.1', NULL, NULL, NULL, NULL, NULL, 2, NULL),
	('01a22716-8b29-72e3-8fd2-6718315cf9ef', 'account-link:01a22716-8b29-71c6-a4a0-c5d84e049f7a', 'PASSWORD', 'MUST_NOT_MISS', '01a22716-7f6b-7ab3-8f70-69dd8705c299', 'leader@park.example', '{}', '2026-11-29 11:35:18.569576+00', '2026-11-29 11:35:18.569576+00', '2026-12-02 11:35:18.569576+00', 'SENT', 1, 0, '2026-11-29 11:35:21.387897+00', '2026-11-29 11:35:21.39542+00', NULL, '6813/01a22716959c7c438798476e39d38015', 'BODY', '1cc65bab544c40fa5acb838264d867e1.1', NULL, 250, 'in the local mailbox', '2026-11-29 11:35:21.39542+00', NULL, 3, NULL),
	('01a27210-4a80-7927-8bd6-d4f7a9a7a258', 'digest:2026-12-14:01a22716-80cd-72a7-91c3-d7ae30e1da9f', 'DIGEST', 'MUST_NOT_DOUBLE', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', NULL, '{"date": "2026-12-14", "late": false, "name": "专员 01", "lines": [{"new": true, "why": {"en": "its promised limit has passed; you are the liaison of the enterprise", "zh": "已超过承诺时限；您是该企业的服务专员"}, "item": {"en": "One visit a month (the enterprise may decline)", "zh": "走访企业一次（企业可谢绝）"}, "path": "/obligations/01a22716-819e-7248-96d5-3572ad9451c4", "due_on": "2026-11-27", "urgency": "RED", "occasion": "2026-11", "remaining": -11, "enterprise": "示例企业1有限公司", "provisional": false}, {"new": true, "why": {"en": "its promised limit has passed; you are the liaison of the enterprise", "zh": "已超过承诺时限；您是该企业的服务专员"}, "item": {"en": "Project progress updated in the ledger", "zh": "项目进展台账更新"}, "path": "/obligations/01a22716-819e-7331-a29b-54c32501f550", "due_on": "2026-11-27", "urgency": "RED", "occasion": "2026-W48", "remaining": -11, "enterprise": "示例企业1有限公司", "provisional": false}, {"new": true, "why": {"en": "its promised limit has passed; you are the liaison of the enterprise", "zh": "已超过承诺时限；您是该企业的服务专员"}, "item": {"en": "One visit a month (the enterprise may decline)", "zh": "走访企业一次（企业可谢绝）"}, "path": "/obligations/01a22716-81ce-73ed-9a0a-dc4bd8868a33", "due_on": "2026-11-27", "urgency": "RED", "occasion": "2026-11", "remaining": -11, "enterprise": "示例企业2有限公司", "provisional": false}, {"new": true, "why": {"en": "its promised limit has passed; you are the liaison of the enterprise", "zh": "已超过承诺时限；您是该企业的服务专员"}, "item": {"en": "Project progress updated in the ledger", "zh": "项目进展台账更新"}, "path": "/obligations/01a22716-81ce-7f09-956a-4969ecc94192", "due_on": "2026-11-27", "urgency": "RED", "occasion": "2026-W48", "remaining": -11, "enterprise": "示例企业2有限公司", "provisional": false}], "notices": [], "left_out": 0}', '2026-12-14 01:00:00+00', '2026-12-14 01:00:00+00', NULL, 'SUPERSEDED', 0, 0, NULL, '2026-12-14 01:00:00+00', NULL, NULL, NULL, 'ef1a6994a07ca69c6944012f14479317.1', NULL, NULL, NULL, NULL, NULL, 2, NULL),
	('01a27210-4a80-734e-88b2-ae2bcf442c33', 'digest:2026-12-14:01a22716-7e81-7257-8590-6c96faec440c', 'DIGEST', 'MUST_NOT_DOUBLE', '01a22716-7e81-7257-8590-6c96faec440c', NULL, '{"date": "2026-12-14", "late": false, "name": "企业服务中心", "lines": [{"new": true, "why": {"en": "its promised limit has passed; red matters go to the head of department too", "zh": "已超过承诺时限；红灯事项同时通知部门负责人"}, "item": {"en": "One visit a month (the enterprise may decline)", "zh": "走访企业一次（企业可谢绝）"}, "path": "/obligations/01a22716-819e-7248-96d5-3572ad9451c4", "due_on": "2026-11-27", "urgency": "RED", "occasion": "2026-11", "remaining": -11, "enterprise": "示例企业1有限公司", "provisional": false}, {"new": true, "why": {"en": "its promised limit has passed; red matters go to the head of department too", "zh": "已超过承诺时限；红灯事项同时通知部门负责人"}, "item": {"en": "Project progress updated in the ledger", "zh": "项目进展台账更新"}, "path": "/obligations/01a22716-819e-7331-a29b-54c32501f550", "due_on": "2026-11-27", "urgency": "RED", "occasion": "2026-W48", "remaining": -11, "enterprise": "示例企业1有限公司", "provisional": false}, {"new": true, "why": {"en": "its promised limit has passed; red matters go to the head of department too", "zh": "已超过承诺时限；红灯事项同时通知部门负责人"}, "item": {"en": "One visit a month (the enterprise may decline)", "zh": "走访企业一次（企业可谢绝）"}, "path": "/obligations/01a22716-81ce-73ed-9a0a-dc4bd8868a33", "due_on": "2026-11-27", "urgency": "RED", "occasion": "2026-11", "remaining": -11, "enterprise": "示例企业2有限公司", "provisional": false}, {"new": true, "why": {"en": "its promised limit has passed; red matters go to the head of department too", "zh": "已超过承诺时限；红灯事项同时通知部门负责人"}, "item": {"en": "Project progress updated in the ledger", "zh": "项目进展台账更新"}, "path": "/obligations/01a22716-81ce-7f09-956a-4969ecc94192", "due_on": "2026-11-27", "urgency": "RED", "occasion": "2026-W48", "remaining": -11, "enterprise": "示例企业2有限公司", "provisional": false}, {"new": true, "why": {"en": "its promised limit has passed; it is for the service centre", "zh": "已超过承诺时限；由企业服务中心办理"}, "item": {"en": "New policy passed on after publication", "zh": "新政策发布后推送"}, "path": "/obligations/01a22716-8984-75bd-8151-15b2619e7fee", "due_on": "2026-12-02", "urgency": "RED", "occasion": "event:event 13", "remaining": -8, "enterprise": "示例企业1有限公司", "provisional": false}, {"new": true, "why": {"en": "its promised limit has passed; it is for the service centre", "zh": "已超过承诺时限；由企业服务中心办理"}, "item": {"en": "Cross-department request: solved or plan given", "zh": "跨部门诉求办结或给出方案"}, "path": "/obligations/01a22716-8912-736e-ad84-4aaefdf7c7f9", "due_on": "2026-12-08", "urgency": "RED", "occasion": "event:event 6", "remaining": -4, "enterprise": "示例企业1有限公司", "provisional": false}], "notices": [], "left_out": 0}', '2026-12-14 01:00:00+00', '2026-12-14 01:00:00+00', NULL, 'SUPERSEDED', 0, 0, NULL, '2026-12-14 01:00:00+00', NULL, NULL, NULL, 'ef81ae905ddf163508a09d692f404ae0.1', NULL, NULL, NULL, NULL, NULL, 2, NULL),
	('01a27736-a680-756b-89ff-3444e22eed5f', 'digest:2026-12-15:01a22716-7e81-7257-8590-6c96faec440c', 'DIGEST', 'MUST_NOT_DOUBLE', '01a22716-7e81-7257-8590-6c96faec440c', NULL, '{"date": "2026-12-15", "late": true, "name": "企业服务中心", "lines": [{"new": true, "why": {"en": "its promised limit has passed; red matters go to the head of department too", "zh": "已超过承诺时限；红灯事项同时通知部门负责人"}, "item": {"en": "One visit a month (the enterprise may decline)", "zh": "走访企业一次（企业可谢绝）"}, "path": "/obligations/01a22716-819e-7248-96d5-3572ad9451c4", "due_on": "2026-11-27", "urgency": "RED", "occasion": "2026-11", "remaining": -12, "enterprise": "示例企业1有限公司", "provisional": false}, {"new": true, "why": {"en": "its promised limit has passed; red matters go to the head of department too", "zh": "已超过承诺时限；红灯事项同时通知部门负责人"}, "item": {"en": "Project progress updated in the ledger", "zh": "项目进展台账更新"}, "path": "/obligations/01a22716-819e-7331-a29b-54c32501f550", "due_on": "2026-11-27", "urgency": "RED", "occasion": "2026-W48", "remaining": -12, "enterprise": "示例企业1有限公司", "provisional": false}, {"new": true, "why": {"en": "its promised limit has passed; red matters go to the head of department too", "zh": "已超过承诺时限；红灯事项同时通知部门负责人"}, "item": {"en": "One visit a month (the enterprise may decline)", "zh": "走访企业一次（企业可谢绝）"}, "path": "/obligations/01a22716-81ce-73ed-9a0a-dc4bd8868a33", "due_on": "2026-11-27", "urgency": "RED", "occasion": "2026-11", "remaining": -12, "enterprise": "示例企业2有限公司", "provisional": false}, {"new": true, "why": {"en": "its promised limit has passed; red matters go to the head of department too", "zh": "已超过承诺时限；红灯事项同时通知部门负责人"}, "item": {"en": "Project progress updated in the ledger", "zh": "项目进展台账更新"}, "path": "/obligations/01a22716-81ce-7f09-956a-4969ecc94192", "due_on": "2026-11-27", "urgency": "RED", "occasion": "2026-W48", "remaining": -12, "enterprise": "示例企业2有限公司", "provisional": false}, {"new": true, "why": {"en": "its promised limit has passed; it is for the service centre", "zh": "已超过承诺时限；由企业服务中心办理"}, "item": {"en": "New policy passed on after publication", "zh": "新政策发布后推送"}, "path": "/obligations/01a22716-8984-75bd-8151-15b2619e7fee", "due_on": "2026-12-02", "urgency": "RED", "occasion": "event:event 13", "remaining": -9, "enterprise": "示例企业1有限公司", "provisional": false}, {"new": true, "why": {"en": "its promised limit has passed; it is for the service centre", "zh": "已超过承诺时限；由企业服务中心办理"}, "item": {"en": "Cross-department request: solved or plan given", "zh": "跨部门诉求办结或给出方案"}, "path": "/obligations/01a22716-8912-736e-ad84-4aaefdf7c7f9", "due_on": "2026-12-08", "urgency": "RED", "occasion": "event:event 6", "remaining": -5, "enterprise": "示例企业1有限公司", "provisional": false}], "notices": [], "left_out": 0}', '2026-12-15 01:00:00+00', '2026-12-15 01:00:00+00', NULL, 'PENDING', 0, 0, NULL, '2026-12-15 01:00:00+00', NULL, NULL, NULL, '2740b6bddd5ab03d4d213243628785c5.1', NULL, NULL, NULL, NULL, NULL, 1, NULL),
	('01a27736-a680-7e63-9b3e-433e08704adc', 'digest:2026-12-15:01a22716-80cd-72a7-91c3-d7ae30e1da9f', 'DIGEST', 'MUST_NOT_DOUBLE', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', NULL, '{"date": "2026-12-15", "late": true, "name": "专员 01", "lines": [{"new": true, "why": {"en": "its promised limit has passed; you are the liaison of the enterprise", "zh": "已超过承诺时限；您是该企业的服务专员"}, "item": {"en": "One visit a month (the enterprise may decline)", "zh": "走访企业一次（企业可谢绝）"}, "path": "/obligations/01a22716-819e-7248-96d5-3572ad9451c4", "due_on": "2026-11-27", "urgency": "RED", "occasion": "2026-11", "remaining": -12, "enterprise": "示例企业1有限公司", "provisional": false}, {"new": true, "why": {"en": "its promised limit has passed; you are the liaison of the enterprise", "zh": "已超过承诺时限；您是该企业的服务专员"}, "item": {"en": "Project progress updated in the ledger", "zh": "项目进展台账更新"}, "path": "/obligations/01a22716-819e-7331-a29b-54c32501f550", "due_on": "2026-11-27", "urgency": "RED", "occasion": "2026-W48", "remaining": -12, "enterprise": "示例企业1有限公司", "provisional": false}, {"new": true, "why": {"en": "its promised limit has passed; you are the liaison of the enterprise", "zh": "已超过承诺时限；您是该企业的服务专员"}, "item": {"en": "One visit a month (the enterprise may decline)", "zh": "走访企业一次（企业可谢绝）"}, "path": "/obligations/01a22716-81ce-73ed-9a0a-dc4bd8868a33", "due_on": "2026-11-27", "urgency": "RED", "occasion": "2026-11", "remaining": -12, "enterprise": "示例企业2有限公司", "provisional": false}, {"new": true, "why": {"en": "its promised limit has passed; you are the liaison of the enterprise", "zh": "已超过承诺时限；您是该企业的服务专员"}, "item": {"en": "Project progress updated in the ledger", "zh": "项目进展台账更新"}, "path": "/obligations/01a22716-81ce-7f09-956a-4969ecc94192", "due_on": "2026-11-27", "urgency": "RED", "occasion": "2026-W48", "remaining": -12, "enterprise": "示例企业2有限公司", "provisional": false}], "notices": [], "left_out": 0}', '2026-12-15 01:00:00+00', '2026-12-15 01:00:00+00', NULL, 'PENDING', 0, 0, NULL, '2026-12-15 01:00:00+00', NULL, NULL, NULL, '9990313cb3f67dc10873c135a1a91560.1', NULL, NULL, NULL, NULL, NULL, 1, NULL),
	('01a31938-0a00-78c6-8de2-309fda144e4d', 'evaluation:2026-Q4:0:01a22716-80cd-7b07-aac5-9185e5e07819', 'EVALUATION_INVITATION', 'MUST_NOT_DOUBLE', '01a22716-80cd-7b07-aac5-9185e5e07819', NULL, '{"sealed": "Afg9yLCrQNdo6DYop-OsIPpCfDuEnbG26MVaww-yYtMZPikW1MZyFGTKQXwexEgFrPkyBcSw09JxDQ7j07wZFHYEpmp9bITItyPsJnj7CtWo9FC_1phe3r2yvGk4UkA4USYgnMNmX60dpwCl65C3Q4cNAFm5uhkL3i6-tSh91_qCDInyrxATVUPhjZiZIeydawsv1ZPZOx0m16Y07yJFuNnn4Jtzwgw2F1sK-AJRDcn61Mae1Km8sbKESqB5BrMPLhCBxkOmWUBxlrahd_u-BCmlS8aWCpp_egKkeSyNI-uT38_jdiXcXU5eBtHYAXEy9vk"}', '2027-01-15 12:00:00+00', '2027-01-15 12:00:00+00', '2027-01-28 10:00:00+00', 'PENDING', 0, 0, NULL, '2027-01-15 12:00:00+00', NULL, NULL, NULL, 'fbe9b81e2ba5c7112d9048443fe14c6e.1', NULL, NULL, NULL, NULL, NULL, 1, NULL),
	('01a31938-0a00-7f92-bc32-f7ca74a4fb05', 'evaluation:2026-Q4:0:01a22716-80cd-7506-9e45-13d9785a543a', 'EVALUATION_INVITATION', 'MUST_NOT_DOUBLE', '01a22716-80cd-7506-9e45-13d9785a543a', NULL, '{"sealed": "Afg9yLCrQNdoGD2c5QsjyvYNN9l9-PiQAf-Wi6mQJ6iUrkmuA7L8bvRNR6WXLUDD_0KjmCQ4krbDOrkg3vbLl5dnwoi9NxS5vGgkO0E9qThdFuiUrNgGr7-JdwUPTl9qz32hIJyvfcPV1cqVBQw8paXJq6Jin0rYCoPRVAUSeG6yNSHVW7tWFJDZ0vdjXp7cmJVmFWE5i48PmoYzp7ZCBIfPfAsermGEGyVL1BME1tYRTjVkAI-Icynmh1HYRm49x4wMTbBn-oTHDbtZ9yli8iRg8D8vVdvFufyOVNYvUTHnf127_9r8MaUjTqpMg2ktkzI"}', '2027-01-15 12:00:00+00', '2027-01-15 12:00:00+00', '2027-01-28 10:00:00+00', 'PENDING', 0, 0, NULL, '2027-01-15 12:00:00+00', NULL, NULL, NULL, '44f1dd4f9bee7095b19706e23b0c11cd.1', NULL, NULL, NULL, NULL, NULL, 1, NULL);


--
-- Data for Name: letter_attachment; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: letter_attempt; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.letter_attempt VALUES
	('01a22716-962b-7867-a6e2-dd412007addb', '01a22716-8b29-72e3-8fd2-6718315cf9ef', 1, '2026-11-29 11:35:21.387897+00', '2026-11-29 11:35:21.39542+00', 'BODY', 250, 'in the local mailbox', '6813/01a22716959c7c438798476e39d38015');


--
-- Data for Name: liaison; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.liaison VALUES
	('01a22716-80cd-7d36-a1e8-277a881c1d56', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', NULL, 'ACTIVE', '2026-10-30', NULL, NULL, 1),
	('01a22716-80cd-71fb-9eb4-3336ce84f1ac', '01a22716-80cd-77cb-b246-49f5456bd2a1', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', NULL, 'ACTIVE', '2026-11-09', NULL, NULL, 1);


--
-- Data for Name: login_throttle; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: mail_state; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.mail_state VALUES
	(1, 'becbd5ce-975f-4c68-ae23-afc2118b2c2c', '\x7424c0d91e8348feb98e12d61a78b85ff9e7d4f6032d4c4ab61c0df627987e18', NULL, NULL, NULL, NULL, NULL, 1, 0, NULL);


--
-- Data for Name: milestone; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.milestone VALUES
	('01a22716-80cd-7358-99e9-98cdcb36a656', '01a22716-80cd-72d3-b61e-99880037a52b', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', 1, 1, '洽谈', 1, NULL, NULL, NULL, NULL, 1),
	('01a22716-80cd-74c4-8ef3-635e8645ba77', '01a22716-80cd-72d3-b61e-99880037a52b', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', 2, 2, '签约', 1, NULL, NULL, NULL, NULL, 1),
	('01a22716-80cd-7978-afdf-784bc43ae75d', '01a22716-80cd-72d3-b61e-99880037a52b', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', 3, 3, '备案/立项', 1, NULL, NULL, NULL, NULL, 1),
	('01a22716-80cd-735d-bcf7-2620eef0715d', '01a22716-80cd-72d3-b61e-99880037a52b', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', 4, 4, '用地', 1, NULL, NULL, NULL, NULL, 1),
	('01a22716-80cd-7d80-8b4a-09842dd0f97f', '01a22716-80cd-72d3-b61e-99880037a52b', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', 5, 5, '规划', 1, NULL, NULL, NULL, NULL, 1),
	('01a22716-80cd-741a-8225-c3de5e391f82', '01a22716-80cd-72d3-b61e-99880037a52b', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', 6, 6, '环评等评价', 1, NULL, NULL, NULL, NULL, 1),
	('01a22716-80cd-7ea1-84e2-d538b88dfd49', '01a22716-80cd-72d3-b61e-99880037a52b', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', 7, 7, '施工许可', 1, NULL, NULL, NULL, NULL, 1),
	('01a22716-80cd-7221-bcd5-2e4a8c8c1122', '01a22716-80cd-72d3-b61e-99880037a52b', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', 8, 8, '开工', 1, NULL, NULL, NULL, NULL, 1),
	('01a22716-80cd-74d3-9164-8d224c94288b', '01a22716-80cd-72d3-b61e-99880037a52b', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', 9, 9, '竣工', 1, NULL, NULL, NULL, NULL, 1),
	('01a22716-80cd-706c-99f5-a53d792032bc', '01a22716-80cd-72d3-b61e-99880037a52b', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', 10, 10, '投产', 1, NULL, NULL, NULL, NULL, 1),
	('01a22716-80cd-7b14-b5ec-ce25df96c8f4', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', '01a22716-80cd-77cb-b246-49f5456bd2a1', 1, 1, '洽谈', 1, NULL, NULL, NULL, NULL, 1),
	('01a22716-80cd-7fcb-9daf-9d638cb4a7a2', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', '01a22716-80cd-77cb-b246-49f5456bd2a1', 2, 2, '签约', 1, NULL, NULL, NULL, NULL, 1),
	('01a22716-80cd-754a-b693-347bec05e83a', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', '01a22716-80cd-77cb-b246-49f5456bd2a1', 3, 3, '备案/立项', 1, NULL, NULL, NULL, NULL, 1),
	('01a22716-80cd-7b13-aac6-9d09a8dc4639', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', '01a22716-80cd-77cb-b246-49f5456bd2a1', 4, 4, '用地', 1, NULL, NULL, NULL, NULL, 1),
	('01a22716-80cd-7c5b-9aec-262b0de1a013', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', '01a22716-80cd-77cb-b246-49f5456bd2a1', 5, 5, '规划', 1, NULL, NULL, NULL, NULL, 1),
	('01a22716-80cd-796c-953d-e0d9d4b806ae', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', '01a22716-80cd-77cb-b246-49f5456bd2a1', 6, 6, '环评等评价', 1, NULL, NULL, NULL, NULL, 1),
	('01a22716-80cd-79fc-aca4-faea6c8e844d', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', '01a22716-80cd-77cb-b246-49f5456bd2a1', 7, 7, '施工许可', 1, NULL, NULL, NULL, NULL, 1),
	('01a22716-80cd-7330-a288-fa63eaa41556', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', '01a22716-80cd-77cb-b246-49f5456bd2a1', 8, 8, '开工', 1, NULL, NULL, NULL, NULL, 1),
	('01a22716-80cd-7ca8-ae3a-21adf79c76f1', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', '01a22716-80cd-77cb-b246-49f5456bd2a1', 9, 9, '竣工', 1, NULL, NULL, NULL, NULL, 1),
	('01a22716-80cd-757e-9087-b28f72dd9817', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', '01a22716-80cd-77cb-b246-49f5456bd2a1', 10, 10, '投产', 1, NULL, NULL, NULL, NULL, 1);


--
-- Data for Name: milestone_change; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: notice; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.notice VALUES
	('01a22716-89c4-7038-9009-02488e044a1e', 'limit:01a22716-88de-7176-b5c9-71ad61f83068:2:01a22716-80cd-7506-9e45-13d9785a543a', '01a22716-80cd-7506-9e45-13d9785a543a', 'limit_changed', '暂停计时：示例企业1有限公司 2026-12-01 到期', 'Time limit paused: 示例企业1有限公司, due 2026-12-01', '/obligations/01a22716-88de-7176-b5c9-71ad61f83068', '2026-11-29 11:35:18.212267+00', NULL, '01a22716-89c4-7a32-af90-c42e1d79992e', false),
	('01a22716-89c4-7077-a165-d0545527e15c', 'limit:01a22716-88de-7176-b5c9-71ad61f83068:2:01a22716-80cd-72a7-91c3-d7ae30e1da9f', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', 'limit_changed', '暂停计时：示例企业1有限公司 2026-12-01 到期', 'Time limit paused: 示例企业1有限公司, due 2026-12-01', '/obligations/01a22716-88de-7176-b5c9-71ad61f83068', '2026-11-29 11:35:18.212267+00', NULL, '01a22716-89c4-7c74-a2d8-c8b3a3239032', false),
	('01a22716-8a12-7621-8a5b-f0f11996d235', 'limit:01a22716-8912-736e-ad84-4aaefdf7c7f9:2:01a22716-80cd-7506-9e45-13d9785a543a', '01a22716-80cd-7506-9e45-13d9785a543a', 'limit_changed', '时限延期：示例企业1有限公司 2026-12-08 到期', 'Time limit extended: 示例企业1有限公司, due 2026-12-08', '/obligations/01a22716-8912-736e-ad84-4aaefdf7c7f9', '2026-11-29 11:35:18.29091+00', NULL, '01a22716-8a12-7c11-baf1-645a14d8c835', false),
	('01a22716-8a12-786d-9dc4-f184de68734b', 'limit:01a22716-8912-736e-ad84-4aaefdf7c7f9:2:01a22716-80cd-72a7-91c3-d7ae30e1da9f', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', 'limit_changed', '时限延期：示例企业1有限公司 2026-12-08 到期', 'Time limit extended: 示例企业1有限公司, due 2026-12-08', '/obligations/01a22716-8912-736e-ad84-4aaefdf7c7f9', '2026-11-29 11:35:18.29091+00', NULL, '01a22716-8a12-74de-bdc3-da29ed52ec0a', false),
	('01a27210-4a80-7859-b41a-326d0b415434', 'digest:2026-12-14:01a22716-7e81-7257-8590-6c96faec440c', '01a22716-7e81-7257-8590-6c96faec440c', 'digest', '2026-12-14 待办清单：6 项', 'To do on 2026-12-14: 6 items', NULL, '2026-12-14 01:00:00+00', NULL, '01a27210-4a80-734e-88b2-ae2bcf442c33', false),
	('01a27210-4a80-7356-8ea6-d172d7fcaaad', 'digest:2026-12-14:01a22716-80cd-72a7-91c3-d7ae30e1da9f', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', 'digest', '2026-12-14 待办清单：4 项', 'To do on 2026-12-14: 4 items', NULL, '2026-12-14 01:00:00+00', NULL, '01a27210-4a80-7927-8bd6-d4f7a9a7a258', false),
	('01a27736-a680-7eb9-abae-bb820f81baa2', 'digest:2026-12-15:01a22716-7e81-7257-8590-6c96faec440c', '01a22716-7e81-7257-8590-6c96faec440c', 'digest', '【补发】2026-12-15 待办清单：6 项', '[Late] To do on 2026-12-15: 6 items', NULL, '2026-12-15 01:00:00+00', NULL, '01a27736-a680-756b-89ff-3444e22eed5f', false),
	('01a27736-a680-78b5-a023-7f4d035acc3e', 'digest:2026-12-15:01a22716-80cd-72a7-91c3-d7ae30e1da9f', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', 'digest', '【补发】2026-12-15 待办清单：4 项', '[Late] To do on 2026-12-15: 4 items', NULL, '2026-12-15 01:00:00+00', NULL, '01a27736-a680-7e63-9b3e-433e08704adc', false),
	('01a31938-0a00-7ed6-a791-73e3c28595b0', 'evaluation:2026-Q4:0:01a22716-80cd-7b07-aac5-9185e5e07819', '01a22716-80cd-7b07-aac5-9185e5e07819', 'evaluation_invitation', '请评议 2026-Q4 政府服务，2027-01-28 截止', 'how was the park''s service in 2026-Q4? Until 2027-01-28', '/evaluations/01a2cbf8-a600-7f5c-b8b9-e7f7c60dfefe', '2027-01-15 12:00:00+00', NULL, NULL, false),
	('01a31938-0a00-7ca1-8768-3874eb158a68', 'evaluation:2026-Q4:0:01a22716-80cd-7506-9e45-13d9785a543a', '01a22716-80cd-7506-9e45-13d9785a543a', 'evaluation_invitation', '请评议 2026-Q4 政府服务，2027-01-28 截止', 'how was the park''s service in 2026-Q4? Until 2027-01-28', '/evaluations/01a2cbf8-a600-7f5c-b8b9-e7f7c60dfefe', '2027-01-15 12:00:00+00', NULL, NULL, false);


--
-- Data for Name: obligation; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.obligation VALUES
	('01a22716-819e-7331-a29b-54c32501f550', '01a22716-80cd-7b41-b4ac-cac196477528', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', '01a22716-819e-78a5-b829-b091dcc65cb9', '2026-W48', NULL, 'OPEN', '2026-11-29 11:35:16.126859+00', NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL),
	('01a22716-819e-7248-96d5-3572ad9451c4', '01a22716-80cd-7256-84af-6bb304b9dba0', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', '01a22716-819e-7635-b0ff-7d4291c29b82', '2026-11', NULL, 'OPEN', '2026-11-29 11:35:16.126859+00', NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL),
	('01a22716-81ce-7f09-956a-4969ecc94192', '01a22716-80cd-7adb-8f5a-516256f3f6b9', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', '01a22716-80cd-77cb-b246-49f5456bd2a1', '01a22716-81ce-73cb-949d-f1a8c7c9350b', '2026-W48', NULL, 'OPEN', '2026-11-29 11:35:16.174586+00', NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL),
	('01a22716-81ce-73ed-9a0a-dc4bd8868a33', '01a22716-80cd-72b8-88d5-33783306ebc3', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', '01a22716-80cd-77cb-b246-49f5456bd2a1', '01a22716-81ce-7eee-a1a1-61be553f1ed1', '2026-11', NULL, 'OPEN', '2026-11-29 11:35:16.174586+00', NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL),
	('01a22716-8984-75bd-8151-15b2619e7fee', '01a22716-80cd-7d8d-bd6a-9db1753a5cbe', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', '01a22716-8984-75e9-b613-97d790c9bbcb', 'event:event 13', NULL, 'OPEN', '2026-11-29 11:35:18.148521+00', NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL),
	('01a22716-88de-7176-b5c9-71ad61f83068', '01a22716-80cd-7252-869c-e8a50f3464cb', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', '01a22716-88de-7432-8cc6-5a383528e8e6', 'event:event 5', NULL, 'OPEN', '2026-11-29 11:35:17.98259+00', NULL, NULL, NULL, NULL, NULL, NULL, 2, NULL),
	('01a22716-8912-736e-ad84-4aaefdf7c7f9', '01a22716-80cd-7fce-a0b6-713780b836bb', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', '01a22716-8912-76e4-b51b-73b8f00eca00', 'event:event 6', NULL, 'OPEN', '2026-11-29 11:35:18.03488+00', NULL, NULL, NULL, NULL, NULL, NULL, 2, NULL),
	('01a22716-894c-7c70-93d2-d334f1bf62f8', '01a22716-80cd-72a9-a0ba-124a53ca6da9', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', '01a22716-894c-7162-8a5e-7f78b4dc334f', 'event:event 7', NULL, 'FULFILLED', '2026-11-29 11:35:18.092128+00', '2026-11-29 11:35:18.358126+00', '01a22716-7e81-7257-8590-6c96faec440c', '01a22716-88bc-778a-9185-8ccc7c04b237', '示例', 0, NULL, 2, NULL);


--
-- Data for Name: permit; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.permit VALUES
	('01a22716-8ad5-70e6-b7b3-4e5ec28ce294', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', 'POLLUTANT', '示例1号', '示例机关', '2028-01-03', '2027-11-04', NULL, '2026-11-29 11:35:18.485686+00', 1);


--
-- Data for Name: preference; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: progress_report; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: project; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.project VALUES
	('01a22716-80cd-72d3-b61e-99880037a52b', '01a22716-80cd-7821-b3bc-462caf1ab3fe', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', '示例项目1', 'ACTIVE', NULL, '2026-11-29 11:35:15.917488+00', 1),
	('01a22716-80cd-74c5-9fc8-e3c53b766ca3', '01a22716-80cd-7d1d-9bdc-7bfb1b035729', '01a22716-80cd-77cb-b246-49f5456bd2a1', '示例项目2', 'ACTIVE', NULL, '2026-11-29 11:35:15.917488+00', 1);


--
-- Data for Name: project_requirement; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: project_stage; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.project_stage VALUES
	('01a22716-80cd-724a-9245-7976a21e7925', '01a22716-80cd-72d3-b61e-99880037a52b', 1, NULL, NULL, 1),
	('01a22716-80cd-7354-984b-693e983472f1', '01a22716-80cd-72d3-b61e-99880037a52b', 2, NULL, NULL, 1),
	('01a22716-80cd-7c44-8af9-c851c1b31f16', '01a22716-80cd-72d3-b61e-99880037a52b', 3, NULL, NULL, 1),
	('01a22716-80cd-7355-9f7b-1ed735ad68b2', '01a22716-80cd-72d3-b61e-99880037a52b', 4, NULL, NULL, 1),
	('01a22716-80cd-7125-8c1c-7235ea5c8c8f', '01a22716-80cd-72d3-b61e-99880037a52b', 5, NULL, NULL, 1),
	('01a22716-80cd-7575-bb71-1aa3a03ca740', '01a22716-80cd-72d3-b61e-99880037a52b', 6, NULL, NULL, 1),
	('01a22716-80cd-7c13-bad1-2d1a5e173754', '01a22716-80cd-72d3-b61e-99880037a52b', 7, NULL, NULL, 1),
	('01a22716-80cd-789c-9fab-15607f97ba31', '01a22716-80cd-72d3-b61e-99880037a52b', 8, NULL, NULL, 1),
	('01a22716-80cd-7ee1-966b-0ce23c9a3679', '01a22716-80cd-72d3-b61e-99880037a52b', 9, NULL, NULL, 1),
	('01a22716-80cd-7aea-a5f9-b258638f5c6f', '01a22716-80cd-72d3-b61e-99880037a52b', 10, NULL, NULL, 1),
	('01a22716-80cd-7faf-ad6e-50b112d93120', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', 1, NULL, NULL, 1),
	('01a22716-80cd-77c3-a18a-f250e9f604fc', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', 2, NULL, NULL, 1),
	('01a22716-80cd-7cd9-9741-beccd7130cad', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', 3, NULL, NULL, 1),
	('01a22716-80cd-7c16-945f-cd29e6b9a5f3', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', 4, NULL, NULL, 1),
	('01a22716-80cd-790f-a741-6f824ac6ef5c', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', 5, NULL, NULL, 1),
	('01a22716-80cd-7436-8c05-49a362997ce8', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', 6, NULL, NULL, 1),
	('01a22716-80cd-7161-a37f-07071b948b56', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', 7, NULL, NULL, 1),
	('01a22716-80cd-7cf9-ad98-aa10b2ac1d64', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', 8, NULL, NULL, 1),
	('01a22716-80cd-7f56-a521-c23f9ff8293e', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', 9, NULL, NULL, 1),
	('01a22716-80cd-7d11-98dc-a887c25278cb', '01a22716-80cd-74c5-9fc8-e3c53b766ca3', 10, NULL, NULL, 1);


--
-- Data for Name: rating; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: rectification; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: report; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: report_file; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: schedule; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.schedule VALUES
	('01a22716-7c23-7d86-b7fa-c0da4ad65115', 'deadline_warnings', '每人每个工作日一份待办清单：将到期和已超期的事项', 'one digest per person and working day: what falls due and what is overdue', '{"when": {"at": {"hour": 8, "minute": 30}, "days": "WORKING", "kind": "DAILY"}, "catch_up": "SWEEP"}', NULL, NULL, NULL, '2026-11-28 15:59:59+00', 1),
	('01a22716-7c23-79c8-b7f1-6912f4c1dda3', 'completeness', '核对近七日到期事项是否都已通知，遗漏的立即补发', 'counts anew what fell due in the last seven days, and tells what nobody was told', '{"when": {"at": {"hour": 10, "minute": 0}, "days": "WORKING", "kind": "DAILY"}, "catch_up": "SWEEP"}', NULL, NULL, NULL, '2026-11-28 15:59:59+00', 1),
	('01a22716-7c23-72a4-b7bc-3050d9203913', 'statutory_overdue', '超过法定时限的事项立即通知监督机构、部门负责人和领导', 'tells the supervisor, the head of department and the leaders at once that a statutory limit has passed', '{"when": {"days": "WORKING", "from": 8, "kind": "MINUTES", "every": 10, "until": 18}, "catch_up": "SWEEP"}', NULL, NULL, NULL, '2026-11-28 15:59:59+00', 1),
	('01a22716-7c23-77ab-a0f8-30d52e6f5d3d', 'leader_report', '向领导呈送报告：每周首个工作日周报，每月第三个工作日月报，每季第五个工作日季报；季报公开部分同时发特邀监察员', 'reports to the leaders: a brief on the first working day of the week, a bulletin on the third of the month, a report on the fifth of the quarter; its public part goes to the special inspectors', '{"when": {"at": {"hour": 8, "minute": 0}, "days": "WORKING", "kind": "DAILY"}, "catch_up": "SWEEP"}', NULL, NULL, NULL, '2026-11-28 15:59:59+00', 1),
	('01a22716-7c23-76bb-83bd-15619d38edf2', 'enterprise_progress', '每月第三个工作日向企业发送其项目和承诺的进展', 'on the third working day of the month tells each enterprise how its projects and promises stand', '{"when": {"at": {"hour": 9, "minute": 0}, "of": "MONTH", "nth": 3, "kind": "NTH_WORKING_DAY"}, "catch_up": "REPORT"}', NULL, NULL, NULL, '2026-11-28 15:59:59+00', 1),
	('01a22716-7c23-75b7-b23d-ecd8f1899435', 'last_day', '到期当日 14:00 提醒责任人尚未办结的事项', 'at two in the afternoon reminds owners of what is due today and still open', '{"when": {"at": {"hour": 14, "minute": 0}, "days": "WORKING", "kind": "DAILY"}, "catch_up": "SWEEP"}', NULL, NULL, NULL, '2026-11-28 15:59:59+00', 1),
	('01a22716-7c23-796f-b10e-de5539272fca', 'escalation', '承诺超期一个工作日后向部门负责人催办，催办满五个工作日仍未办结的向监督机构提交通报草稿', 'chases at the head of the department what has been overdue for a working day; five working days after that drafts a criticism for the supervisor', '{"when": {"at": {"hour": 9, "minute": 0}, "days": "WORKING", "kind": "DAILY"}, "catch_up": "SWEEP"}', NULL, NULL, NULL, '2026-11-28 15:59:59+00', 1),
	('01a22716-7c23-7893-a65c-47f2625ba325', 'permit_expiry', '证照到期前 90、60、30 日及申请期限前 10、3 个工作日提醒企业和专员', 'tells enterprises and liaisons of permits 90, 60 and 30 days before they end, and 10 and 3 working days before the last day of applying', '{"when": {"at": {"hour": 9, "minute": 0}, "days": "WORKING", "kind": "DAILY"}, "catch_up": "SWEEP"}', NULL, NULL, NULL, '2026-11-28 15:59:59+00', 1),
	('01a22716-7c23-70d0-8d3f-cfdb079d0a98', 'evaluation_cycle', '季度企业评议：编制、发放、催评、截止、计分，均按工作日', 'the quarterly evaluation: compiles, opens, reminds, closes and scores it, each on its working day', '{"when": {"days": "WORKING", "from": 8, "kind": "MINUTES", "every": 30, "until": 19}, "catch_up": "SWEEP"}', NULL, NULL, NULL, '2026-11-28 15:59:59+00', 1),
	('01a22716-7c23-715f-bd32-89e8feaf813f', 'red_list', '每个工作日向监督机构报送全园区超期事项清单', 'tells the supervisor every working morning of all that is overdue in the park', '{"when": {"at": {"hour": 8, "minute": 15}, "days": "WORKING", "kind": "DAILY"}, "catch_up": "SWEEP"}', NULL, NULL, NULL, '2026-11-28 15:59:59+00', 1),
	('01a22716-7c23-79fa-8813-399be4bb426e', 'rectification_watch', '整改的回访或答复超期时告知被评价单位和监督机构', 'tells those who were rated and the supervisor that a call-back or the reply to a low mark is overdue', '{"when": {"at": {"hour": 9, "minute": 0}, "days": "WORKING", "kind": "DAILY"}, "catch_up": "SWEEP"}', NULL, NULL, NULL, '2026-11-28 15:59:59+00', 1),
	('01a22716-7c23-7e3a-98e7-731ef6b65bb8', 'obligation_opening', '为新的周期开立履约事项', 'opens the obligations of periods that have begun', '{"when": {"at": {"hour": 0, "minute": 10}, "days": "ALL", "kind": "DAILY"}, "catch_up": "SWEEP"}', NULL, NULL, NULL, '2026-11-28 16:10:00+00', 1),
	('01a22716-7c23-7552-b956-ac7897a3628f', 'contract_expiry', '契约生效与到期；到期前 60、30、10 日提醒', 'starts and ends contracts; letters 60, 30 and 10 days before the end', '{"when": {"at": {"hour": 0, "minute": 5}, "days": "ALL", "kind": "DAILY"}, "catch_up": "SWEEP"}', NULL, NULL, NULL, '2026-11-28 16:05:00+00', 1),
	('01a22716-7c23-71b3-b8dc-6f859ce60def', 'calendar_check', '12 月起提醒管理员导入下一年的工作日历', 'from December on asks the administrator for next year''s calendar', '{"when": {"at": {"hour": 3, "minute": 0}, "days": "ALL", "kind": "DAILY"}, "catch_up": "SWEEP"}', NULL, NULL, NULL, '2026-11-28 19:00:00+00', 1),
	('01a22716-7c23-754e-848e-deef6f4737d4', 'absence_turn', '请假开始与结束，代理人接替与交还', 'begins and ends leaves: deputies stand in, and give back', '{"when": {"at": {"hour": 0, "minute": 1}, "days": "ALL", "kind": "DAILY"}, "catch_up": "SWEEP"}', NULL, NULL, NULL, '2026-11-28 16:01:00+00', 1),
	('01a22716-7c23-7285-b112-7ea30b7507d5', 'undelivered', '信件无法送达时告知代理人、部门负责人、监督机构或管理员', 'tells deputies, heads, the supervisor or the administrator of letters that reach nobody', '{"when": {"days": "ALL", "from": 0, "kind": "MINUTES", "every": 10, "until": 24}, "catch_up": "SWEEP"}', NULL, NULL, NULL, '2026-11-29 11:30:00+00', 1),
	('01a22716-7c23-790f-b3da-79e65146ed92', 'job_watch', '任务失败时立即告知管理员，之后每四小时一次；退信过多时每天告知一次', 'tells the administrators of a failed job at once, then every four hours; once a day that too many letters come back', '{"when": {"days": "ALL", "from": 0, "kind": "MINUTES", "every": 10, "until": 24}, "catch_up": "SWEEP"}', NULL, NULL, NULL, '2026-11-29 11:30:00+00', 1),
	('01a22716-7c23-7032-99c9-704f2b125ad8', 'outbox_delivery', '投递发件箱中的信件', 'delivers the letters of the outbox', '{"when": {"days": "ALL", "from": 0, "kind": "MINUTES", "every": 1, "until": 24}, "catch_up": "SWEEP"}', NULL, NULL, NULL, '2026-11-29 11:35:00+00', 1);


--
-- Data for Name: seaql_migrations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.seaql_migrations VALUES
	('m20261201_000001_people', 1795952114),
	('m20261201_000002_calendar', 1795952114),
	('m20261201_000003_contracts', 1795952114),
	('m20261201_000004_projects', 1795952114),
	('m20261201_000005_operations', 1795952114),
	('m20261201_000006_preferences', 1795952114),
	('m20261201_000007_absences', 1795952114),
	('m20261201_000009_reports', 1795952114),
	('m20261201_000010_feeds', 1795952114),
	('m20261201_000011_permits', 1795952114),
	('m20261201_000013_visits', 1795952114),
	('m20261201_000014_evaluations', 1795952114),
	('m20261201_000015_rectifications', 1795952114),
	('m20261201_000016_papers', 1795952114),
	('m20261201_000017_actors', 1795952114),
	('m20261201_000018_settlements', 1795952114),
	('m20261201_000021_letters', 1795952114),
	('m20261201_000026_bad_days', 1795952114),
	('m20261201_000028_seals', 1795952114),
	('m20261201_000025_promotions', 1795952114),
	('m20261201_000027_known_browsers', 1795952114),
	('m20261201_000024_files', 1795952114),
	('m20261201_000019_limits', 1795952114),
	('m20261201_000029_beyond_the_law', 1795952114);


--
-- Data for Name: session; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.session VALUES
	('01a22716-86c7-7398-9f20-f6c04fd7a86b', '01a22716-7d72-785d-be80-a52ccfc88798', 'COOKIE', 'curl/7.88.1', 'f43e594adf1688d32c3372cde74a847c6a958ae695e01d93d22e36bcc92f79b8', '2026-11-29 11:35:17.447398+00', '2026-11-29 11:35:17.447398+00', '2026-11-29 23:35:17.447398+00', NULL, '276e603f4b66e0424a2b963a33d27c25998156e57dd116b6f70f2ef5e8915673'),
	('01a22716-872d-7315-a92f-f0aee4cb0592', '01a22716-7e81-7257-8590-6c96faec440c', 'COOKIE', 'curl/7.88.1', 'ccbc0a8adca248aa3d92d08a6d264756a3e4d41f1f545bf71b760063265de559', '2026-11-29 11:35:17.549436+00', '2026-11-29 11:35:17.549436+00', '2026-11-29 23:35:17.549436+00', NULL, '237b5e57eed13aeab826a42cc6233292973d9479f9b54688a82a40174d9935b1'),
	('01a22716-87ba-7118-9b55-057a75c5305e', '01a22716-7f6b-7ab3-8f70-69dd8705c299', 'COOKIE', 'curl/7.88.1', '97f157eab8c153445a27457a71b0b28cc5eebafa176b244ba2738beba3926f89', '2026-11-29 11:35:17.690122+00', '2026-11-29 11:35:17.690122+00', '2026-11-29 23:35:17.690122+00', NULL, 'f1476ef0f7aa35bf1e0751740524b42a833d90ea52d14737ad00d3f9585ada89'),
	('01a22716-8842-7639-a512-afb784e87374', '01a22716-802d-7dd8-b6be-e978c38ae490', 'COOKIE', 'curl/7.88.1', 'e5a6cd111961368dfaa28a3dc59a5b2614e50fc3678565f64f1394c618d36f36', '2026-11-29 11:35:17.826524+00', '2026-11-29 11:35:17.826524+00', '2026-11-29 23:35:17.826524+00', NULL, '9fcc2ac99bcbc4153cf2debe4bf4536821afc433d365d2eba9526dfb211a6485');


--
-- Data for Name: suppressed_address; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: visit; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.visit VALUES
	('01a22716-8aa2-7162-a090-0e8248959311', '01a22716-80cd-7154-b1c8-1c5f926ea4b3', 'TELEPHONE', 'HELD', '2026-11-29 11:35:18.434983+00', NULL, NULL, NULL, '示例要点', NULL, NULL, NULL, '01a22716-7e81-7257-8590-6c96faec440c', '2026-11-29 11:35:18.434983+00', 1);


--
-- Data for Name: warning; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.warning VALUES
	('01a27736-a680-7248-96aa-e7554137328b', 'OBLIGATION', '01a22716-819e-7248-96d5-3572ad9451c4', 'YELLOW:2026-11-27', '01a22716-7e81-7257-8590-6c96faec440c', true, '01a27736-a680-756b-89ff-3444e22eed5f', '2026-12-15 01:00:00+00'),
	('01a27736-a680-764c-a89c-e0920ba64365', 'OBLIGATION', '01a22716-819e-7248-96d5-3572ad9451c4', 'ORANGE:2026-11-27', '01a22716-7e81-7257-8590-6c96faec440c', true, '01a27736-a680-756b-89ff-3444e22eed5f', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7a3e-affc-aa5b5cc6e49b', 'OBLIGATION', '01a22716-819e-7248-96d5-3572ad9451c4', 'RED:2026-11-27', '01a22716-7e81-7257-8590-6c96faec440c', false, '01a27736-a680-756b-89ff-3444e22eed5f', '2026-12-15 01:00:00+00'),
	('01a27736-a680-73f4-aea7-cdf91ab85ea8', 'OBLIGATION', '01a22716-819e-7331-a29b-54c32501f550', 'YELLOW:2026-11-27', '01a22716-7e81-7257-8590-6c96faec440c', true, '01a27736-a680-756b-89ff-3444e22eed5f', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7f52-b89b-2dd045beb74b', 'OBLIGATION', '01a22716-819e-7331-a29b-54c32501f550', 'ORANGE:2026-11-27', '01a22716-7e81-7257-8590-6c96faec440c', true, '01a27736-a680-756b-89ff-3444e22eed5f', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7bbb-a224-aa6b1eacb335', 'OBLIGATION', '01a22716-819e-7331-a29b-54c32501f550', 'RED:2026-11-27', '01a22716-7e81-7257-8590-6c96faec440c', false, '01a27736-a680-756b-89ff-3444e22eed5f', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7335-9335-1f6baf208d6a', 'OBLIGATION', '01a22716-81ce-73ed-9a0a-dc4bd8868a33', 'YELLOW:2026-11-27', '01a22716-7e81-7257-8590-6c96faec440c', true, '01a27736-a680-756b-89ff-3444e22eed5f', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7856-9492-c6430f5d25ae', 'OBLIGATION', '01a22716-81ce-73ed-9a0a-dc4bd8868a33', 'ORANGE:2026-11-27', '01a22716-7e81-7257-8590-6c96faec440c', true, '01a27736-a680-756b-89ff-3444e22eed5f', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7967-8283-ec74725f432a', 'OBLIGATION', '01a22716-81ce-73ed-9a0a-dc4bd8868a33', 'RED:2026-11-27', '01a22716-7e81-7257-8590-6c96faec440c', false, '01a27736-a680-756b-89ff-3444e22eed5f', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7b96-9e2a-8bf2b45ca031', 'OBLIGATION', '01a22716-81ce-7f09-956a-4969ecc94192', 'YELLOW:2026-11-27', '01a22716-7e81-7257-8590-6c96faec440c', true, '01a27736-a680-756b-89ff-3444e22eed5f', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7fd4-868c-1b9b64a50e83', 'OBLIGATION', '01a22716-81ce-7f09-956a-4969ecc94192', 'ORANGE:2026-11-27', '01a22716-7e81-7257-8590-6c96faec440c', true, '01a27736-a680-756b-89ff-3444e22eed5f', '2026-12-15 01:00:00+00'),
	('01a27736-a680-778b-90ca-96ac7cf7a0ab', 'OBLIGATION', '01a22716-81ce-7f09-956a-4969ecc94192', 'RED:2026-11-27', '01a22716-7e81-7257-8590-6c96faec440c', false, '01a27736-a680-756b-89ff-3444e22eed5f', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7a39-99d6-d4c5567fb8a9', 'OBLIGATION', '01a22716-8984-75bd-8151-15b2619e7fee', 'YELLOW:2026-12-02', '01a22716-7e81-7257-8590-6c96faec440c', true, '01a27736-a680-756b-89ff-3444e22eed5f', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7af7-bb70-0008beee466b', 'OBLIGATION', '01a22716-8984-75bd-8151-15b2619e7fee', 'ORANGE:2026-12-02', '01a22716-7e81-7257-8590-6c96faec440c', true, '01a27736-a680-756b-89ff-3444e22eed5f', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7d26-9a0e-0b816312c2bc', 'OBLIGATION', '01a22716-8984-75bd-8151-15b2619e7fee', 'RED:2026-12-02', '01a22716-7e81-7257-8590-6c96faec440c', false, '01a27736-a680-756b-89ff-3444e22eed5f', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7408-924d-5740f1128246', 'OBLIGATION', '01a22716-8912-736e-ad84-4aaefdf7c7f9', 'YELLOW:2026-12-08', '01a22716-7e81-7257-8590-6c96faec440c', true, '01a27736-a680-756b-89ff-3444e22eed5f', '2026-12-15 01:00:00+00'),
	('01a27736-a680-76fe-b5b2-a503b047326f', 'OBLIGATION', '01a22716-8912-736e-ad84-4aaefdf7c7f9', 'ORANGE:2026-12-08', '01a22716-7e81-7257-8590-6c96faec440c', true, '01a27736-a680-756b-89ff-3444e22eed5f', '2026-12-15 01:00:00+00'),
	('01a27736-a680-78c8-a8d6-8b69a19ba9f6', 'OBLIGATION', '01a22716-8912-736e-ad84-4aaefdf7c7f9', 'RED:2026-12-08', '01a22716-7e81-7257-8590-6c96faec440c', false, '01a27736-a680-756b-89ff-3444e22eed5f', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7f39-bdd9-3b05539ac35a', 'OBLIGATION', '01a22716-819e-7248-96d5-3572ad9451c4', 'YELLOW:2026-11-27', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', true, '01a27736-a680-7e63-9b3e-433e08704adc', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7147-b70f-621d4ae15946', 'OBLIGATION', '01a22716-819e-7248-96d5-3572ad9451c4', 'ORANGE:2026-11-27', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', true, '01a27736-a680-7e63-9b3e-433e08704adc', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7b0d-9daf-f38b01f33448', 'OBLIGATION', '01a22716-819e-7248-96d5-3572ad9451c4', 'RED:2026-11-27', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', false, '01a27736-a680-7e63-9b3e-433e08704adc', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7ffe-a6f1-fa5471732967', 'OBLIGATION', '01a22716-819e-7331-a29b-54c32501f550', 'YELLOW:2026-11-27', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', true, '01a27736-a680-7e63-9b3e-433e08704adc', '2026-12-15 01:00:00+00'),
	('01a27736-a680-795f-99eb-0982862ded62', 'OBLIGATION', '01a22716-819e-7331-a29b-54c32501f550', 'ORANGE:2026-11-27', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', true, '01a27736-a680-7e63-9b3e-433e08704adc', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7d6e-989c-64c8c3f979b2', 'OBLIGATION', '01a22716-819e-7331-a29b-54c32501f550', 'RED:2026-11-27', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', false, '01a27736-a680-7e63-9b3e-433e08704adc', '2026-12-15 01:00:00+00'),
	('01a27736-a680-74ec-8c43-0c18733357cc', 'OBLIGATION', '01a22716-81ce-73ed-9a0a-dc4bd8868a33', 'YELLOW:2026-11-27', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', true, '01a27736-a680-7e63-9b3e-433e08704adc', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7502-ba93-a0f81999fba8', 'OBLIGATION', '01a22716-81ce-73ed-9a0a-dc4bd8868a33', 'ORANGE:2026-11-27', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', true, '01a27736-a680-7e63-9b3e-433e08704adc', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7198-a72f-321671734c99', 'OBLIGATION', '01a22716-81ce-73ed-9a0a-dc4bd8868a33', 'RED:2026-11-27', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', false, '01a27736-a680-7e63-9b3e-433e08704adc', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7f70-8edb-3cdbd117b1d0', 'OBLIGATION', '01a22716-81ce-7f09-956a-4969ecc94192', 'YELLOW:2026-11-27', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', true, '01a27736-a680-7e63-9b3e-433e08704adc', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7e2b-b031-a32100a4877c', 'OBLIGATION', '01a22716-81ce-7f09-956a-4969ecc94192', 'ORANGE:2026-11-27', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', true, '01a27736-a680-7e63-9b3e-433e08704adc', '2026-12-15 01:00:00+00'),
	('01a27736-a680-7365-8f36-f4822066f1ca', 'OBLIGATION', '01a22716-81ce-7f09-956a-4969ecc94192', 'RED:2026-11-27', '01a22716-80cd-72a7-91c3-d7ae30e1da9f', false, '01a27736-a680-7e63-9b3e-433e08704adc', '2026-12-15 01:00:00+00');


--
-- Data for Name: write_probe; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.write_probe VALUES
	(1, 1);


--
-- Name: absence absence_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.absence
    ADD CONSTRAINT absence_pkey PRIMARY KEY (id);


--
-- Name: account_link account_link_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_link
    ADD CONSTRAINT account_link_pkey PRIMARY KEY (id);


--
-- Name: account_link account_link_secret_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_link
    ADD CONSTRAINT account_link_secret_hash_key UNIQUE (secret_hash);


--
-- Name: account account_login_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_login_key UNIQUE (login);


--
-- Name: account account_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);


--
-- Name: account_promotion account_promotion_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_promotion
    ADD CONSTRAINT account_promotion_pkey PRIMARY KEY (account_id);


--
-- Name: audit_entry audit_entry_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (id);


--
-- Name: calendar_day calendar_day_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calendar_day
    ADD CONSTRAINT calendar_day_pkey PRIMARY KEY (import_id, day);


--
-- Name: calendar_import calendar_import_notice_year_revision_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calendar_import
    ADD CONSTRAINT calendar_import_notice_year_revision_key UNIQUE (notice_year, revision);


--
-- Name: calendar_import calendar_import_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calendar_import
    ADD CONSTRAINT calendar_import_pkey PRIMARY KEY (id);


--
-- Name: commitment commitment_contract_id_number_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.commitment
    ADD CONSTRAINT commitment_contract_id_number_key UNIQUE (contract_id, number);


--
-- Name: commitment commitment_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.commitment
    ADD CONSTRAINT commitment_pkey PRIMARY KEY (id);


--
-- Name: contract_clause contract_clause_contract_id_number_revision_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contract_clause
    ADD CONSTRAINT contract_clause_contract_id_number_revision_key UNIQUE (contract_id, number, revision);


--
-- Name: contract_clause contract_clause_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contract_clause
    ADD CONSTRAINT contract_clause_pkey PRIMARY KEY (id);


--
-- Name: contract contract_number_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_number_key UNIQUE (number);


--
-- Name: contract contract_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_pkey PRIMARY KEY (id);


--
-- Name: contract contract_terms_never_overlap; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_terms_never_overlap EXCLUDE USING gist (enterprise_id WITH =, daterange(starts_on, ends_on, '[]'::text) WITH &&) WHERE (((state)::text = ANY ((ARRAY['SIGNED'::character varying, 'ACTIVE'::character varying, 'AMENDING'::character varying, 'SUSPENDED'::character varying, 'RENEWED'::character varying, 'EXPIRED'::character varying])::text[])));


--
-- Name: deadline_pause deadline_pause_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.deadline_pause
    ADD CONSTRAINT deadline_pause_pkey PRIMARY KEY (id);


--
-- Name: deadline deadline_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.deadline
    ADD CONSTRAINT deadline_pkey PRIMARY KEY (id);


--
-- Name: department department_name_zh_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.department
    ADD CONSTRAINT department_name_zh_key UNIQUE (name_zh);


--
-- Name: department department_number_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.department
    ADD CONSTRAINT department_number_key UNIQUE (number);


--
-- Name: department department_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.department
    ADD CONSTRAINT department_pkey PRIMARY KEY (id);


--
-- Name: document_blob document_blob_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.document_blob
    ADD CONSTRAINT document_blob_pkey PRIMARY KEY (document_id);


--
-- Name: document document_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (id);


--
-- Name: enterprise enterprise_credit_code_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.enterprise
    ADD CONSTRAINT enterprise_credit_code_key UNIQUE (credit_code);


--
-- Name: enterprise enterprise_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.enterprise
    ADD CONSTRAINT enterprise_pkey PRIMARY KEY (id);


--
-- Name: evaluation_design evaluation_design_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_design
    ADD CONSTRAINT evaluation_design_pkey PRIMARY KEY (id);


--
-- Name: evaluation_design evaluation_design_version_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_design
    ADD CONSTRAINT evaluation_design_version_key UNIQUE (version);


--
-- Name: evaluation_form evaluation_form_evaluation_id_enterprise_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_form
    ADD CONSTRAINT evaluation_form_evaluation_id_enterprise_id_key UNIQUE (evaluation_id, enterprise_id);


--
-- Name: evaluation_form evaluation_form_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_form
    ADD CONSTRAINT evaluation_form_pkey PRIMARY KEY (id);


--
-- Name: evaluation_link evaluation_link_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_link
    ADD CONSTRAINT evaluation_link_pkey PRIMARY KEY (secret_hash);


--
-- Name: evaluation_objection evaluation_objection_evaluation_id_department_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_objection
    ADD CONSTRAINT evaluation_objection_evaluation_id_department_id_key UNIQUE (evaluation_id, department_id);


--
-- Name: evaluation_objection evaluation_objection_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_objection
    ADD CONSTRAINT evaluation_objection_pkey PRIMARY KEY (id);


--
-- Name: evaluation_part evaluation_part_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_part
    ADD CONSTRAINT evaluation_part_pkey PRIMARY KEY (id);


--
-- Name: evaluation evaluation_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation
    ADD CONSTRAINT evaluation_pkey PRIMARY KEY (id);


--
-- Name: evaluation evaluation_quarter_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation
    ADD CONSTRAINT evaluation_quarter_key UNIQUE (quarter);


--
-- Name: evaluation_reading evaluation_reading_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_reading
    ADD CONSTRAINT evaluation_reading_pkey PRIMARY KEY (id);


--
-- Name: evaluation_response evaluation_response_form_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_response
    ADD CONSTRAINT evaluation_response_form_id_key UNIQUE (form_id);


--
-- Name: evaluation_response evaluation_response_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_response
    ADD CONSTRAINT evaluation_response_pkey PRIMARY KEY (id);


--
-- Name: evaluation_result evaluation_result_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_result
    ADD CONSTRAINT evaluation_result_pkey PRIMARY KEY (evaluation_id, revision);


--
-- Name: evaluation_sealed evaluation_sealed_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_sealed
    ADD CONSTRAINT evaluation_sealed_pkey PRIMARY KEY (id);


--
-- Name: evaluation_sheet evaluation_sheet_code_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_sheet
    ADD CONSTRAINT evaluation_sheet_code_hash_key UNIQUE (code_hash);


--
-- Name: evaluation_sheet evaluation_sheet_form_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_sheet
    ADD CONSTRAINT evaluation_sheet_form_id_key UNIQUE (form_id);


--
-- Name: evaluation_sheet evaluation_sheet_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_sheet
    ADD CONSTRAINT evaluation_sheet_pkey PRIMARY KEY (id);


--
-- Name: feed feed_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.feed
    ADD CONSTRAINT feed_pkey PRIMARY KEY (id);


--
-- Name: feed feed_secret_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.feed
    ADD CONSTRAINT feed_secret_hash_key UNIQUE (secret_hash);


--
-- Name: idempotency_key idempotency_key_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.idempotency_key
    ADD CONSTRAINT idempotency_key_pkey PRIMARY KEY (account_id, key);


--
-- Name: job_run job_run_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.job_run
    ADD CONSTRAINT job_run_pkey PRIMARY KEY (id);


--
-- Name: ledger_row ledger_row_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ledger_row
    ADD CONSTRAINT ledger_row_pkey PRIMARY KEY (contract_number);


--
-- Name: letter_attachment letter_attachment_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.letter_attachment
    ADD CONSTRAINT letter_attachment_pkey PRIMARY KEY (letter_id, "position");


--
-- Name: letter_attempt letter_attempt_letter_id_number_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.letter_attempt
    ADD CONSTRAINT letter_attempt_letter_id_number_key UNIQUE (letter_id, number);


--
-- Name: letter_attempt letter_attempt_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.letter_attempt
    ADD CONSTRAINT letter_attempt_pkey PRIMARY KEY (id);


--
-- Name: letter letter_key_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_key_key UNIQUE (key);


--
-- Name: letter letter_message_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_message_id_key UNIQUE (message_id);


--
-- Name: letter letter_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_pkey PRIMARY KEY (id);


--
-- Name: liaison liaison_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.liaison
    ADD CONSTRAINT liaison_pkey PRIMARY KEY (id);


--
-- Name: login_throttle login_throttle_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.login_throttle
    ADD CONSTRAINT login_throttle_pkey PRIMARY KEY (subject);


--
-- Name: mail_state mail_state_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail_state
    ADD CONSTRAINT mail_state_pkey PRIMARY KEY (id);


--
-- Name: milestone_change milestone_change_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.milestone_change
    ADD CONSTRAINT milestone_change_pkey PRIMARY KEY (id);


--
-- Name: milestone milestone_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.milestone
    ADD CONSTRAINT milestone_pkey PRIMARY KEY (id);


--
-- Name: milestone milestone_project_id_position_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.milestone
    ADD CONSTRAINT milestone_project_id_position_key UNIQUE (project_id, "position");


--
-- Name: notice notice_key_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_key_key UNIQUE (key);


--
-- Name: notice notice_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_pkey PRIMARY KEY (id);


--
-- Name: obligation obligation_commitment_id_occasion_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.obligation
    ADD CONSTRAINT obligation_commitment_id_occasion_key UNIQUE (commitment_id, occasion);


--
-- Name: obligation obligation_deadline_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.obligation
    ADD CONSTRAINT obligation_deadline_id_key UNIQUE (deadline_id);


--
-- Name: obligation obligation_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.obligation
    ADD CONSTRAINT obligation_pkey PRIMARY KEY (id);


--
-- Name: permit permit_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.permit
    ADD CONSTRAINT permit_pkey PRIMARY KEY (id);


--
-- Name: preference preference_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.preference
    ADD CONSTRAINT preference_pkey PRIMARY KEY (account_id);


--
-- Name: progress_report progress_report_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.progress_report
    ADD CONSTRAINT progress_report_pkey PRIMARY KEY (id);


--
-- Name: project project_contract_id_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.project
    ADD CONSTRAINT project_contract_id_name_key UNIQUE (contract_id, name);


--
-- Name: project project_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.project
    ADD CONSTRAINT project_pkey PRIMARY KEY (id);


--
-- Name: project_requirement project_requirement_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.project_requirement
    ADD CONSTRAINT project_requirement_pkey PRIMARY KEY (id);


--
-- Name: project_requirement project_requirement_project_id_code_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.project_requirement
    ADD CONSTRAINT project_requirement_project_id_code_key UNIQUE (project_id, code);


--
-- Name: project_stage project_stage_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.project_stage
    ADD CONSTRAINT project_stage_pkey PRIMARY KEY (id);


--
-- Name: project_stage project_stage_project_id_number_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.project_stage
    ADD CONSTRAINT project_stage_project_id_number_key UNIQUE (project_id, number);


--
-- Name: rating rating_obligation_id_round_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rating
    ADD CONSTRAINT rating_obligation_id_round_key UNIQUE (obligation_id, round);


--
-- Name: rating rating_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rating
    ADD CONSTRAINT rating_pkey PRIMARY KEY (id);


--
-- Name: rectification rectification_evaluation_id_department_id_key1; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rectification
    ADD CONSTRAINT rectification_evaluation_id_department_id_key1 UNIQUE (evaluation_id, department_id);


--
-- Name: rectification rectification_obligation_id_key1; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rectification
    ADD CONSTRAINT rectification_obligation_id_key1 UNIQUE (obligation_id);


--
-- Name: rectification rectification_pkey1; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rectification
    ADD CONSTRAINT rectification_pkey1 PRIMARY KEY (id);


--
-- Name: report_file report_file_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.report_file
    ADD CONSTRAINT report_file_pkey PRIMARY KEY (id);


--
-- Name: report_file report_file_report_id_format_language_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.report_file
    ADD CONSTRAINT report_file_report_id_format_language_key UNIQUE (report_id, format, language);


--
-- Name: report report_key_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_key_key UNIQUE (key);


--
-- Name: report report_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_pkey PRIMARY KEY (id);


--
-- Name: schedule schedule_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.schedule
    ADD CONSTRAINT schedule_name_key UNIQUE (name);


--
-- Name: schedule schedule_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.schedule
    ADD CONSTRAINT schedule_pkey PRIMARY KEY (id);


--
-- Name: seaql_migrations seaql_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.seaql_migrations
    ADD CONSTRAINT seaql_migrations_pkey PRIMARY KEY (version);


--
-- Name: session session_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);


--
-- Name: session session_secret_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_secret_hash_key UNIQUE (secret_hash);


--
-- Name: suppressed_address suppressed_address_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suppressed_address
    ADD CONSTRAINT suppressed_address_pkey PRIMARY KEY (address);


--
-- Name: visit visit_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.visit
    ADD CONSTRAINT visit_pkey PRIMARY KEY (id);


--
-- Name: warning warning_pkey1; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.warning
    ADD CONSTRAINT warning_pkey1 PRIMARY KEY (id);


--
-- Name: warning warning_subject_id_threshold_recipient_id_key1; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.warning
    ADD CONSTRAINT warning_subject_id_threshold_recipient_id_key1 UNIQUE (subject_id, threshold, recipient_id);


--
-- Name: write_probe write_probe_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.write_probe
    ADD CONSTRAINT write_probe_pkey PRIMARY KEY (id);


--
-- Name: absence_by_account; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX absence_by_account ON public.absence USING btree (account_id);


--
-- Name: absence_by_deputy; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX absence_by_deputy ON public.absence USING btree (deputy_id) WHERE ((state)::text = 'CURRENT'::text);


--
-- Name: absence_one_current; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX absence_one_current ON public.absence USING btree (account_id) WHERE ((state)::text = 'CURRENT'::text);


--
-- Name: absence_to_turn; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX absence_to_turn ON public.absence USING btree (state) WHERE ((state)::text <> 'ENDED'::text);


--
-- Name: account_by_department; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_by_department ON public.account USING btree (department_id);


--
-- Name: account_by_enterprise; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_by_enterprise ON public.account USING btree (enterprise_id);


--
-- Name: account_by_role; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_by_role ON public.account USING btree (role);


--
-- Name: account_link_by_account; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_link_by_account ON public.account_link USING btree (account_id);


--
-- Name: audit_entry_by_actor; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_entry_by_actor ON public.audit_entry USING btree (actor_id);


--
-- Name: audit_entry_by_subject; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_entry_by_subject ON public.audit_entry USING btree (subject_id);


--
-- Name: audit_entry_by_time; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_entry_by_time ON public.audit_entry USING btree (at);


--
-- Name: commitment_by_clause; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX commitment_by_clause ON public.commitment USING btree (clause_id);


--
-- Name: commitment_by_contract; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX commitment_by_contract ON public.commitment USING btree (contract_id);


--
-- Name: contract_by_end; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contract_by_end ON public.contract USING btree (ends_on) WHERE ((state)::text = ANY ((ARRAY['SIGNED'::character varying, 'ACTIVE'::character varying, 'AMENDING'::character varying, 'SUSPENDED'::character varying])::text[]));


--
-- Name: contract_by_enterprise; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX contract_by_enterprise ON public.contract USING btree (enterprise_id);


--
-- Name: contract_clause_one_in_force; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX contract_clause_one_in_force ON public.contract_clause USING btree (contract_id, number) WHERE (ended_on IS NULL);


--
-- Name: contract_one_active; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX contract_one_active ON public.contract USING btree (enterprise_id) WHERE ((state)::text = ANY ((ARRAY['ACTIVE'::character varying, 'AMENDING'::character varying, 'SUSPENDED'::character varying])::text[]));


--
-- Name: deadline_beyond_its_rule; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX deadline_beyond_its_rule ON public.deadline USING btree (id) WHERE (extension_days > extension_limit);


--
-- Name: deadline_open; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX deadline_open ON public.deadline USING btree (due_on) WHERE ((state)::text = ANY ((ARRAY['RUNNING'::character varying, 'PAUSED'::character varying])::text[]));


--
-- Name: deadline_pause_by_deadline; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX deadline_pause_by_deadline ON public.deadline_pause USING btree (deadline_id);


--
-- Name: deadline_pause_one_open; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX deadline_pause_one_open ON public.deadline_pause USING btree (deadline_id) WHERE (ended_on IS NULL);


--
-- Name: deadline_to_warn; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX deadline_to_warn ON public.deadline USING btree (warn_from, id) WHERE ((state)::text = 'RUNNING'::text);


--
-- Name: document_by_enterprise; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX document_by_enterprise ON public.document USING btree (enterprise_id);


--
-- Name: document_by_uploader; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX document_by_uploader ON public.document USING btree (uploaded_by, uploaded_at);


--
-- Name: evaluation_form_by_enterprise; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX evaluation_form_by_enterprise ON public.evaluation_form USING btree (enterprise_id);


--
-- Name: evaluation_link_by_form; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX evaluation_link_by_form ON public.evaluation_link USING btree (form_id);


--
-- Name: evaluation_part_by_evaluation; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX evaluation_part_by_evaluation ON public.evaluation_part USING btree (evaluation_id);


--
-- Name: evaluation_reading_by_response; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX evaluation_reading_by_response ON public.evaluation_reading USING btree (response_id);


--
-- Name: evaluation_response_by_enterprise; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX evaluation_response_by_enterprise ON public.evaluation_response USING btree (enterprise_id);


--
-- Name: evaluation_response_by_evaluation; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX evaluation_response_by_evaluation ON public.evaluation_response USING btree (evaluation_id);


--
-- Name: evaluation_sealed_by_evaluation; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX evaluation_sealed_by_evaluation ON public.evaluation_sealed USING btree (evaluation_id);


--
-- Name: evaluation_sheet_by_evaluation; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX evaluation_sheet_by_evaluation ON public.evaluation_sheet USING btree (evaluation_id);


--
-- Name: evaluation_under_way; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX evaluation_under_way ON public.evaluation USING btree (state) WHERE ((state)::text = ANY ((ARRAY['COMPILED'::character varying, 'OPEN'::character varying, 'CLOSED'::character varying])::text[]));


--
-- Name: feed_by_account; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX feed_by_account ON public.feed USING btree (account_id);


--
-- Name: job_run_by_job; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_run_by_job ON public.job_run USING btree (job, started_at);


--
-- Name: job_run_by_time; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_run_by_time ON public.job_run USING btree (started_at);


--
-- Name: job_run_no_overlap; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX job_run_no_overlap ON public.job_run USING btree (job) WHERE ((state)::text = ANY ((ARRAY['CLAIMED'::character varying, 'RUNNING'::character varying])::text[]));


--
-- Name: job_run_one_per_request; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX job_run_one_per_request ON public.job_run USING btree (job, request_key) WHERE (request_key IS NOT NULL);


--
-- Name: job_run_one_per_tick; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX job_run_one_per_tick ON public.job_run USING btree (job, nominal_at) WHERE ((cause)::text <> 'MANUAL'::text);


--
-- Name: job_run_to_retry; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_run_to_retry ON public.job_run USING btree (retry_at) WHERE (retry_at IS NOT NULL);


--
-- Name: letter_by_recipient; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX letter_by_recipient ON public.letter USING btree (recipient_id);


--
-- Name: letter_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX letter_due ON public.letter USING btree (next_attempt_at) WHERE ((state)::text = ANY ((ARRAY['PENDING'::character varying, 'SENDING'::character varying, 'AMBIGUOUS'::character varying])::text[]));


--
-- Name: letter_undelivered; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX letter_undelivered ON public.letter USING btree (created_at) WHERE ((state)::text = ANY ((ARRAY['HELD'::character varying, 'DEAD'::character varying, 'EXPIRED'::character varying, 'SUPPRESSED'::character varying])::text[]));


--
-- Name: letter_waiting_by_kind; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX letter_waiting_by_kind ON public.letter USING btree (kind) WHERE ((state)::text = 'PENDING'::text);


--
-- Name: liaison_by_account; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX liaison_by_account ON public.liaison USING btree (account_id);


--
-- Name: liaison_by_deputy; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX liaison_by_deputy ON public.liaison USING btree (deputy_id);


--
-- Name: liaison_by_enterprise; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX liaison_by_enterprise ON public.liaison USING btree (enterprise_id);


--
-- Name: liaison_one_active; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX liaison_one_active ON public.liaison USING btree (enterprise_id) WHERE ((state)::text = ANY ((ARRAY['ACTIVE'::character varying, 'HANDING_OVER'::character varying])::text[]));


--
-- Name: liaison_one_proposed; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX liaison_one_proposed ON public.liaison USING btree (enterprise_id) WHERE ((state)::text = 'PROPOSED'::text);


--
-- Name: milestone_by_enterprise; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX milestone_by_enterprise ON public.milestone USING btree (enterprise_id);


--
-- Name: milestone_change_by_milestone; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX milestone_change_by_milestone ON public.milestone_change USING btree (milestone_id);


--
-- Name: notice_by_recipient; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notice_by_recipient ON public.notice USING btree (recipient_id, created_at);


--
-- Name: notice_unread; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notice_unread ON public.notice USING btree (recipient_id) WHERE (read_at IS NULL);


--
-- Name: notice_waiting; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notice_waiting ON public.notice USING btree (recipient_id) WHERE waits_for_digest;


--
-- Name: obligation_by_contract; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX obligation_by_contract ON public.obligation USING btree (contract_id);


--
-- Name: obligation_by_enterprise; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX obligation_by_enterprise ON public.obligation USING btree (enterprise_id);


--
-- Name: obligation_open; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX obligation_open ON public.obligation USING btree (deadline_id) WHERE ((state)::text = 'OPEN'::text);


--
-- Name: obligation_opened; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX obligation_opened ON public.obligation USING btree (opened_at) WHERE ((state)::text = 'OPEN'::text);


--
-- Name: permit_by_end; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX permit_by_end ON public.permit USING btree (valid_until) WHERE (withdrawn_on IS NULL);


--
-- Name: permit_one_per_number; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX permit_one_per_number ON public.permit USING btree (enterprise_id, kind, number) WHERE (withdrawn_on IS NULL);


--
-- Name: progress_report_by_project; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX progress_report_by_project ON public.progress_report USING btree (project_id, reported_on);


--
-- Name: project_by_enterprise; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX project_by_enterprise ON public.project USING btree (enterprise_id);


--
-- Name: rating_by_department; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX rating_by_department ON public.rating USING btree (department_id);


--
-- Name: rating_by_enterprise; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX rating_by_enterprise ON public.rating USING btree (enterprise_id);


--
-- Name: rectification_by_department; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX rectification_by_department ON public.rectification USING btree (department_id);


--
-- Name: rectification_by_enterprise; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX rectification_by_enterprise ON public.rectification USING btree (enterprise_id);


--
-- Name: rectification_under_way; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX rectification_under_way ON public.rectification USING btree (state) WHERE (ended_at IS NULL);


--
-- Name: report_by_department; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX report_by_department ON public.report USING btree (department_id);


--
-- Name: report_by_enterprise; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX report_by_enterprise ON public.report USING btree (enterprise_id);


--
-- Name: report_by_moment; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX report_by_moment ON public.report USING btree (moment);


--
-- Name: session_by_account; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX session_by_account ON public.session USING btree (account_id);


--
-- Name: session_by_browser; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX session_by_browser ON public.session USING btree (browser_hash);


--
-- Name: visit_by_enterprise; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX visit_by_enterprise ON public.visit USING btree (enterprise_id, starts_at);


--
-- Name: visit_by_start; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX visit_by_start ON public.visit USING btree (starts_at);


--
-- Name: absence absence_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.absence
    ADD CONSTRAINT absence_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);


--
-- Name: absence absence_deputy_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.absence
    ADD CONSTRAINT absence_deputy_id_fkey FOREIGN KEY (deputy_id) REFERENCES public.account(id);


--
-- Name: absence absence_recorded_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.absence
    ADD CONSTRAINT absence_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.account(id);


--
-- Name: account account_department_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_department_id_fkey FOREIGN KEY (department_id) REFERENCES public.department(id);


--
-- Name: account account_enterprise_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES public.enterprise(id);


--
-- Name: account_link account_link_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_link
    ADD CONSTRAINT account_link_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);


--
-- Name: account_promotion account_promotion_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_promotion
    ADD CONSTRAINT account_promotion_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);


--
-- Name: account_promotion account_promotion_asked_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_promotion
    ADD CONSTRAINT account_promotion_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.account(id);


--
-- Name: audit_entry audit_entry_actor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.account(id);


--
-- Name: calendar_day calendar_day_import_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calendar_day
    ADD CONSTRAINT calendar_day_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.calendar_import(id);


--
-- Name: calendar_import calendar_import_imported_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calendar_import
    ADD CONSTRAINT calendar_import_imported_by_fkey FOREIGN KEY (imported_by) REFERENCES public.account(id);


--
-- Name: commitment commitment_clause_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.commitment
    ADD CONSTRAINT commitment_clause_id_fkey FOREIGN KEY (clause_id) REFERENCES public.contract_clause(id);


--
-- Name: commitment commitment_contract_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.commitment
    ADD CONSTRAINT commitment_contract_id_fkey FOREIGN KEY (contract_id) REFERENCES public.contract(id);


--
-- Name: commitment commitment_department_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.commitment
    ADD CONSTRAINT commitment_department_id_fkey FOREIGN KEY (department_id) REFERENCES public.department(id);


--
-- Name: contract contract_approved_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES public.account(id);


--
-- Name: contract_clause contract_clause_contract_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contract_clause
    ADD CONSTRAINT contract_clause_contract_id_fkey FOREIGN KEY (contract_id) REFERENCES public.contract(id);


--
-- Name: contract contract_enterprise_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES public.enterprise(id);


--
-- Name: contract contract_predecessor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_predecessor_id_fkey FOREIGN KEY (predecessor_id) REFERENCES public.contract(id);


--
-- Name: contract contract_suspension_document_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT contract_suspension_document_id_fkey FOREIGN KEY (suspension_document_id) REFERENCES public.document(id);


--
-- Name: deadline_pause deadline_pause_deadline_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.deadline_pause
    ADD CONSTRAINT deadline_pause_deadline_id_fkey FOREIGN KEY (deadline_id) REFERENCES public.deadline(id);


--
-- Name: deadline_pause deadline_pause_document_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.deadline_pause
    ADD CONSTRAINT deadline_pause_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.document(id);


--
-- Name: document_blob document_blob_document_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.document_blob
    ADD CONSTRAINT document_blob_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.document(id);


--
-- Name: document document_enterprise_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES public.enterprise(id);


--
-- Name: document document_uploaded_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES public.account(id);


--
-- Name: evaluation evaluation_approved_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation
    ADD CONSTRAINT evaluation_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES public.account(id);


--
-- Name: evaluation_design evaluation_design_adopted_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_design
    ADD CONSTRAINT evaluation_design_adopted_by_fkey FOREIGN KEY (adopted_by) REFERENCES public.account(id);


--
-- Name: evaluation evaluation_design_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation
    ADD CONSTRAINT evaluation_design_id_fkey FOREIGN KEY (design_id) REFERENCES public.evaluation_design(id);


--
-- Name: evaluation_form evaluation_form_enterprise_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_form
    ADD CONSTRAINT evaluation_form_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES public.enterprise(id);


--
-- Name: evaluation_form evaluation_form_evaluation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_form
    ADD CONSTRAINT evaluation_form_evaluation_id_fkey FOREIGN KEY (evaluation_id) REFERENCES public.evaluation(id);


--
-- Name: evaluation_link evaluation_link_form_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_link
    ADD CONSTRAINT evaluation_link_form_id_fkey FOREIGN KEY (form_id) REFERENCES public.evaluation_form(id);


--
-- Name: evaluation_objection evaluation_objection_decided_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_objection
    ADD CONSTRAINT evaluation_objection_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.account(id);


--
-- Name: evaluation_objection evaluation_objection_department_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_objection
    ADD CONSTRAINT evaluation_objection_department_id_fkey FOREIGN KEY (department_id) REFERENCES public.department(id);


--
-- Name: evaluation_objection evaluation_objection_evaluation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_objection
    ADD CONSTRAINT evaluation_objection_evaluation_id_fkey FOREIGN KEY (evaluation_id) REFERENCES public.evaluation(id);


--
-- Name: evaluation_objection evaluation_objection_proposed_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_objection
    ADD CONSTRAINT evaluation_objection_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.account(id);


--
-- Name: evaluation_objection evaluation_objection_raised_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_objection
    ADD CONSTRAINT evaluation_objection_raised_by_fkey FOREIGN KEY (raised_by) REFERENCES public.account(id);


--
-- Name: evaluation_part evaluation_part_department_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_part
    ADD CONSTRAINT evaluation_part_department_id_fkey FOREIGN KEY (department_id) REFERENCES public.department(id);


--
-- Name: evaluation_part evaluation_part_evaluation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_part
    ADD CONSTRAINT evaluation_part_evaluation_id_fkey FOREIGN KEY (evaluation_id) REFERENCES public.evaluation(id);


--
-- Name: evaluation evaluation_published_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation
    ADD CONSTRAINT evaluation_published_by_fkey FOREIGN KEY (published_by) REFERENCES public.account(id);


--
-- Name: evaluation_reading evaluation_reading_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_reading
    ADD CONSTRAINT evaluation_reading_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);


--
-- Name: evaluation_reading evaluation_reading_response_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_reading
    ADD CONSTRAINT evaluation_reading_response_id_fkey FOREIGN KEY (response_id) REFERENCES public.evaluation_response(id);


--
-- Name: evaluation_response evaluation_response_enterprise_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_response
    ADD CONSTRAINT evaluation_response_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES public.enterprise(id);


--
-- Name: evaluation_response evaluation_response_evaluation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_response
    ADD CONSTRAINT evaluation_response_evaluation_id_fkey FOREIGN KEY (evaluation_id) REFERENCES public.evaluation(id);


--
-- Name: evaluation_response evaluation_response_form_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_response
    ADD CONSTRAINT evaluation_response_form_id_fkey FOREIGN KEY (form_id) REFERENCES public.evaluation_form(id);


--
-- Name: evaluation_result evaluation_result_evaluation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_result
    ADD CONSTRAINT evaluation_result_evaluation_id_fkey FOREIGN KEY (evaluation_id) REFERENCES public.evaluation(id);


--
-- Name: evaluation_sealed evaluation_sealed_evaluation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_sealed
    ADD CONSTRAINT evaluation_sealed_evaluation_id_fkey FOREIGN KEY (evaluation_id) REFERENCES public.evaluation(id);


--
-- Name: evaluation_sheet evaluation_sheet_evaluation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_sheet
    ADD CONSTRAINT evaluation_sheet_evaluation_id_fkey FOREIGN KEY (evaluation_id) REFERENCES public.evaluation(id);


--
-- Name: evaluation_sheet evaluation_sheet_first_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_sheet
    ADD CONSTRAINT evaluation_sheet_first_by_fkey FOREIGN KEY (first_by) REFERENCES public.account(id);


--
-- Name: evaluation_sheet evaluation_sheet_form_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_sheet
    ADD CONSTRAINT evaluation_sheet_form_id_fkey FOREIGN KEY (form_id) REFERENCES public.evaluation_form(id);


--
-- Name: evaluation_sheet evaluation_sheet_second_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_sheet
    ADD CONSTRAINT evaluation_sheet_second_by_fkey FOREIGN KEY (second_by) REFERENCES public.account(id);


--
-- Name: feed feed_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.feed
    ADD CONSTRAINT feed_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);


--
-- Name: idempotency_key idempotency_key_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.idempotency_key
    ADD CONSTRAINT idempotency_key_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);


--
-- Name: job_run job_run_requested_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.job_run
    ADD CONSTRAINT job_run_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES public.account(id);


--
-- Name: ledger_row ledger_row_contract_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ledger_row
    ADD CONSTRAINT ledger_row_contract_id_fkey FOREIGN KEY (contract_id) REFERENCES public.contract(id);


--
-- Name: letter letter_absence_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_absence_id_fkey FOREIGN KEY (absence_id) REFERENCES public.absence(id);


--
-- Name: letter_attachment letter_attachment_letter_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.letter_attachment
    ADD CONSTRAINT letter_attachment_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES public.letter(id);


--
-- Name: letter_attempt letter_attempt_letter_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.letter_attempt
    ADD CONSTRAINT letter_attempt_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES public.letter(id);


--
-- Name: letter letter_recipient_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES public.account(id);


--
-- Name: liaison liaison_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.liaison
    ADD CONSTRAINT liaison_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);


--
-- Name: liaison liaison_deputy_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.liaison
    ADD CONSTRAINT liaison_deputy_id_fkey FOREIGN KEY (deputy_id) REFERENCES public.account(id);


--
-- Name: liaison liaison_enterprise_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.liaison
    ADD CONSTRAINT liaison_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES public.enterprise(id);


--
-- Name: mail_state mail_state_held_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail_state
    ADD CONSTRAINT mail_state_held_by_fkey FOREIGN KEY (held_by) REFERENCES public.account(id);


--
-- Name: milestone_change milestone_change_changed_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.milestone_change
    ADD CONSTRAINT milestone_change_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES public.account(id);


--
-- Name: milestone_change milestone_change_milestone_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.milestone_change
    ADD CONSTRAINT milestone_change_milestone_id_fkey FOREIGN KEY (milestone_id) REFERENCES public.milestone(id);


--
-- Name: milestone milestone_enterprise_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.milestone
    ADD CONSTRAINT milestone_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES public.enterprise(id);


--
-- Name: milestone milestone_evidence_document_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.milestone
    ADD CONSTRAINT milestone_evidence_document_id_fkey FOREIGN KEY (evidence_document_id) REFERENCES public.document(id);


--
-- Name: milestone milestone_project_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.milestone
    ADD CONSTRAINT milestone_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);


--
-- Name: notice notice_letter_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES public.letter(id);


--
-- Name: notice notice_recipient_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES public.account(id);


--
-- Name: obligation obligation_closed_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.obligation
    ADD CONSTRAINT obligation_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES public.account(id);


--
-- Name: obligation obligation_commitment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.obligation
    ADD CONSTRAINT obligation_commitment_id_fkey FOREIGN KEY (commitment_id) REFERENCES public.commitment(id);


--
-- Name: obligation obligation_contract_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.obligation
    ADD CONSTRAINT obligation_contract_id_fkey FOREIGN KEY (contract_id) REFERENCES public.contract(id);


--
-- Name: obligation obligation_deadline_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.obligation
    ADD CONSTRAINT obligation_deadline_id_fkey FOREIGN KEY (deadline_id) REFERENCES public.deadline(id);


--
-- Name: obligation obligation_enterprise_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.obligation
    ADD CONSTRAINT obligation_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES public.enterprise(id);


--
-- Name: obligation obligation_evidence_document_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.obligation
    ADD CONSTRAINT obligation_evidence_document_id_fkey FOREIGN KEY (evidence_document_id) REFERENCES public.document(id);


--
-- Name: permit permit_enterprise_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.permit
    ADD CONSTRAINT permit_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES public.enterprise(id);


--
-- Name: preference preference_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.preference
    ADD CONSTRAINT preference_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);


--
-- Name: progress_report progress_report_project_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.progress_report
    ADD CONSTRAINT progress_report_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);


--
-- Name: progress_report progress_report_reported_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.progress_report
    ADD CONSTRAINT progress_report_reported_by_fkey FOREIGN KEY (reported_by) REFERENCES public.account(id);


--
-- Name: project project_contract_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.project
    ADD CONSTRAINT project_contract_id_fkey FOREIGN KEY (contract_id) REFERENCES public.contract(id);


--
-- Name: project project_enterprise_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.project
    ADD CONSTRAINT project_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES public.enterprise(id);


--
-- Name: project_requirement project_requirement_document_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.project_requirement
    ADD CONSTRAINT project_requirement_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.document(id);


--
-- Name: project_requirement project_requirement_project_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.project_requirement
    ADD CONSTRAINT project_requirement_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);


--
-- Name: project_requirement project_requirement_recorded_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.project_requirement
    ADD CONSTRAINT project_requirement_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.account(id);


--
-- Name: project_stage project_stage_project_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.project_stage
    ADD CONSTRAINT project_stage_project_id_fkey FOREIGN KEY (project_id) REFERENCES public.project(id);


--
-- Name: rating rating_department_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rating
    ADD CONSTRAINT rating_department_id_fkey FOREIGN KEY (department_id) REFERENCES public.department(id);


--
-- Name: rating rating_enterprise_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rating
    ADD CONSTRAINT rating_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES public.enterprise(id);


--
-- Name: rating rating_obligation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rating
    ADD CONSTRAINT rating_obligation_id_fkey FOREIGN KEY (obligation_id) REFERENCES public.obligation(id);


--
-- Name: rating rating_rated_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rating
    ADD CONSTRAINT rating_rated_by_fkey FOREIGN KEY (rated_by) REFERENCES public.account(id);


--
-- Name: rectification rectification_contact_deadline_id_fkey1; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rectification
    ADD CONSTRAINT rectification_contact_deadline_id_fkey1 FOREIGN KEY (contact_deadline_id) REFERENCES public.deadline(id);


--
-- Name: rectification rectification_decided_by_fkey1; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rectification
    ADD CONSTRAINT rectification_decided_by_fkey1 FOREIGN KEY (decided_by) REFERENCES public.account(id);


--
-- Name: rectification rectification_department_id_fkey1; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rectification
    ADD CONSTRAINT rectification_department_id_fkey1 FOREIGN KEY (department_id) REFERENCES public.department(id);


--
-- Name: rectification rectification_enterprise_id_fkey1; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rectification
    ADD CONSTRAINT rectification_enterprise_id_fkey1 FOREIGN KEY (enterprise_id) REFERENCES public.enterprise(id);


--
-- Name: rectification rectification_evaluation_id_fkey1; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rectification
    ADD CONSTRAINT rectification_evaluation_id_fkey1 FOREIGN KEY (evaluation_id) REFERENCES public.evaluation(id);


--
-- Name: rectification rectification_obligation_id_fkey1; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rectification
    ADD CONSTRAINT rectification_obligation_id_fkey1 FOREIGN KEY (obligation_id) REFERENCES public.obligation(id);


--
-- Name: rectification rectification_proposed_by_fkey1; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rectification
    ADD CONSTRAINT rectification_proposed_by_fkey1 FOREIGN KEY (proposed_by) REFERENCES public.account(id);


--
-- Name: rectification rectification_reply_deadline_id_fkey1; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rectification
    ADD CONSTRAINT rectification_reply_deadline_id_fkey1 FOREIGN KEY (reply_deadline_id) REFERENCES public.deadline(id);


--
-- Name: report report_department_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_department_id_fkey FOREIGN KEY (department_id) REFERENCES public.department(id);


--
-- Name: report report_enterprise_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES public.enterprise(id);


--
-- Name: report_file report_file_report_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.report_file
    ADD CONSTRAINT report_file_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.report(id);


--
-- Name: schedule schedule_paused_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.schedule
    ADD CONSTRAINT schedule_paused_by_fkey FOREIGN KEY (paused_by) REFERENCES public.account(id);


--
-- Name: session session_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);


--
-- Name: suppressed_address suppressed_address_letter_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suppressed_address
    ADD CONSTRAINT suppressed_address_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES public.letter(id);


--
-- Name: visit visit_document_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.visit
    ADD CONSTRAINT visit_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.document(id);


--
-- Name: visit visit_enterprise_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.visit
    ADD CONSTRAINT visit_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES public.enterprise(id);


--
-- Name: visit visit_recorded_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.visit
    ADD CONSTRAINT visit_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.account(id);


--
-- Name: warning warning_letter_id_fkey1; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.warning
    ADD CONSTRAINT warning_letter_id_fkey1 FOREIGN KEY (letter_id) REFERENCES public.letter(id);


--
-- Name: warning warning_recipient_id_fkey1; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.warning
    ADD CONSTRAINT warning_recipient_id_fkey1 FOREIGN KEY (recipient_id) REFERENCES public.account(id);


--
-- PostgreSQL database dump complete
--


