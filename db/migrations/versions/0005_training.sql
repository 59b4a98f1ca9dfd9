CREATE TABLE batch (
    name TEXT NOT NULL,
    school_year TEXT NOT NULL,
    kind TEXT NOT NULL,
    form TEXT,
    start TEXT NOT NULL,
    "end" TEXT,
    visits INTEGER,
    note TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_batch PRIMARY KEY (id),
    CONSTRAINT ck_batch_school_year CHECK (school_year GLOB '20[0-9][0-9]-20[0-9][0-9]学年'),
    CONSTRAINT ck_batch_kind CHECK (kind IS NULL OR kind IN ('岗位实习', '认识实习')),
    CONSTRAINT ck_batch_form CHECK (form IS NULL OR form IN ('集中', '分段', '提前')),
    CONSTRAINT ck_batch_order CHECK ("end" IS NULL OR "end" >= start),
    CONSTRAINT uq_batch_name UNIQUE (name),
    CONSTRAINT fk_batch_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE TABLE due (
    batch_id INTEGER NOT NULL,
    student_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    student_no TEXT,
    class_name TEXT,
    exempt TEXT,
    exempt_since TEXT,
    note TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_due PRIMARY KEY (id),
    CONSTRAINT uq_due_batch_id_student_id UNIQUE (batch_id, student_id),
    CONSTRAINT ck_due_exempt CHECK (exempt IS NULL OR exempt IN ('升学', '参军', '休学', '免修', '其他')),
    CONSTRAINT fk_due_batch_id FOREIGN KEY(batch_id) REFERENCES batch (id),
    CONSTRAINT fk_due_student_id FOREIGN KEY(student_id) REFERENCES student (id),
    CONSTRAINT fk_due_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_due_student_id ON due (student_id);

CREATE TABLE batch_firm (
    batch_id INTEGER NOT NULL,
    firm_id INTEGER NOT NULL,
    new INTEGER,
    assessed TEXT,
    report TEXT,
    decided TEXT,
    published TEXT,
    published_until TEXT,
    note TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_batch_firm PRIMARY KEY (id),
    CONSTRAINT uq_batch_firm_batch_id_firm_id UNIQUE (batch_id, firm_id),
    CONSTRAINT ck_batch_firm_published CHECK (published_until >= published),
    CONSTRAINT fk_batch_firm_batch_id FOREIGN KEY(batch_id) REFERENCES batch (id),
    CONSTRAINT fk_batch_firm_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
    CONSTRAINT fk_batch_firm_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_batch_firm_firm_id ON batch_firm (firm_id);

CREATE TABLE batch_check (
    batch_id INTEGER NOT NULL,
    item TEXT NOT NULL,
    day TEXT,
    who TEXT,
    kept TEXT,
    note TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_batch_check PRIMARY KEY (id),
    CONSTRAINT uq_batch_check_batch_id_item UNIQUE (batch_id, item),
    CONSTRAINT fk_batch_check_batch_id FOREIGN KEY(batch_id) REFERENCES batch (id),
    CONSTRAINT fk_batch_check_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE TABLE post (
    firm_id INTEGER NOT NULL,
    school_year TEXT NOT NULL,
    position TEXT NOT NULL,
    offered INTEGER,
    staff INTEGER,
    note TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_post PRIMARY KEY (id),
    CONSTRAINT uq_post_firm_id_school_year_position UNIQUE (firm_id, school_year, position),
    CONSTRAINT ck_post_school_year CHECK (school_year GLOB '20[0-9][0-9]-20[0-9][0-9]学年'),
    CONSTRAINT fk_post_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
    CONSTRAINT fk_post_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE TABLE visit (
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    firm_id INTEGER NOT NULL,
    student_id INTEGER,
    name TEXT,
    visitor TEXT NOT NULL,
    visitor_no TEXT,
    way TEXT,
    state TEXT,
    remark TEXT,
    followed TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_visit PRIMARY KEY (id),
    CONSTRAINT ck_visit_kind CHECK (kind IS NULL OR kind IN ('走访', '巡查')),
    CONSTRAINT ck_visit_state CHECK (state IS NULL OR state IN ('正常', '异常')),
    CONSTRAINT fk_visit_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
    CONSTRAINT fk_visit_student_id FOREIGN KEY(student_id) REFERENCES student (id),
    CONSTRAINT fk_visit_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_visit_day ON visit (day);

CREATE INDEX ix_visit_firm_id ON visit (firm_id);

CREATE INDEX ix_visit_student_id ON visit (student_id);

CREATE TABLE incident (
    day TEXT NOT NULL,
    time TEXT,
    kind TEXT NOT NULL,
    student_id INTEGER,
    name TEXT,
    firm_id INTEGER,
    place TEXT,
    what TEXT NOT NULL,
    injury TEXT,
    hospital TEXT,
    guardian_told TEXT,
    school_told TEXT,
    authority_told TEXT,
    claim_no TEXT,
    claim_paid REAL,
    followed TEXT,
    handler TEXT,
    closed TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_incident PRIMARY KEY (id),
    CONSTRAINT ck_incident_kind CHECK (kind IS NULL OR kind IN ('事故', '来电', '投诉')),
    CONSTRAINT ck_incident_order CHECK (closed >= day),
    CONSTRAINT fk_incident_student_id FOREIGN KEY(student_id) REFERENCES student (id),
    CONSTRAINT fk_incident_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
    CONSTRAINT fk_incident_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_incident_day ON incident (day);

CREATE INDEX ix_incident_firm_id ON incident (firm_id);

CREATE INDEX ix_incident_student_id ON incident (student_id);

CREATE TABLE remedy (
    rule TEXT NOT NULL,
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    period TEXT NOT NULL,
    reason TEXT,
    measure TEXT,
    responsible TEXT,
    due TEXT,
    done TEXT,
    id INTEGER NOT NULL,
    CONSTRAINT pk_remedy PRIMARY KEY (id),
    CONSTRAINT uq_remedy_rule_table_name_row_id_period UNIQUE (rule, table_name, row_id, period),
    CONSTRAINT ck_remedy_reason CHECK (reason <> '')
)
 STRICT;

CREATE TABLE recruitment (
    year INTEGER NOT NULL,
    major_id INTEGER NOT NULL,
    firm_id INTEGER NOT NULL,
    cohort_id INTEGER,
    planned INTEGER NOT NULL,
    note TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_recruitment PRIMARY KEY (id),
    CONSTRAINT uq_recruitment_year_major_id_firm_id_cohort_id UNIQUE (year, major_id, firm_id, cohort_id),
    CONSTRAINT fk_recruitment_major_id FOREIGN KEY(major_id) REFERENCES major (id),
    CONSTRAINT fk_recruitment_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
    CONSTRAINT fk_recruitment_cohort_id FOREIGN KEY(cohort_id) REFERENCES cohort (id),
    CONSTRAINT fk_recruitment_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_recruitment_cohort_id ON recruitment (cohort_id);

CREATE INDEX ix_recruitment_firm_id ON recruitment (firm_id);

CREATE TABLE alternation (
    cohort_id INTEGER NOT NULL,
    group_name TEXT NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    place TEXT NOT NULL,
    stage TEXT,
    note TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_alternation PRIMARY KEY (id),
    CONSTRAINT uq_alternation_cohort_id_group_name_first UNIQUE (cohort_id, group_name, first),
    CONSTRAINT ck_alternation_place CHECK (place IS NULL OR place IN ('学校', '企业')),
    CONSTRAINT ck_alternation_order CHECK (last >= first),
    CONSTRAINT fk_alternation_cohort_id FOREIGN KEY(cohort_id) REFERENCES cohort (id),
    CONSTRAINT fk_alternation_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE TABLE mentorship (
    student_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    side TEXT NOT NULL,
    mentor TEXT NOT NULL,
    mentor_no TEXT,
    phone TEXT,
    qualification TEXT,
    start TEXT NOT NULL,
    "end" TEXT,
    reason TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_mentorship PRIMARY KEY (id),
    CONSTRAINT uq_mentorship_student_id_side_mentor_start UNIQUE (student_id, side, mentor, start),
    CONSTRAINT ck_mentorship_side CHECK (side IS NULL OR side IN ('企业师傅', '学校导师')),
    CONSTRAINT ck_mentorship_order CHECK ("end" IS NULL OR "end" >= start),
    CONSTRAINT fk_mentorship_student_id FOREIGN KEY(student_id) REFERENCES student (id),
    CONSTRAINT fk_mentorship_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE TABLE review (
    student_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    stage TEXT NOT NULL,
    day TEXT NOT NULL,
    school_score REAL,
    firm_score REAL,
    grade TEXT,
    comment TEXT,
    reviewer TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_review PRIMARY KEY (id),
    CONSTRAINT uq_review_student_id_stage UNIQUE (student_id, stage),
    CONSTRAINT fk_review_student_id FOREIGN KEY(student_id) REFERENCES student (id),
    CONSTRAINT fk_review_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE TABLE apprentice_event (
    student_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    until TEXT,
    reason TEXT NOT NULL,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_apprentice_event PRIMARY KEY (id),
    CONSTRAINT ck_apprentice_event_kind CHECK (kind IS NULL OR kind IN ('请假', '中断', '恢复', '转出', '退出', '结业')),
    CONSTRAINT fk_apprentice_event_student_id FOREIGN KEY(student_id) REFERENCES student (id),
    CONSTRAINT fk_apprentice_event_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_apprentice_event_student_id ON apprentice_event (student_id);

CREATE TABLE placement_event (
    placement_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    reason TEXT,
    id INTEGER NOT NULL,
    CONSTRAINT pk_placement_event PRIMARY KEY (id),
    CONSTRAINT uq_placement_event_placement_id_day_kind UNIQUE (placement_id, day, kind),
    CONSTRAINT ck_placement_event_kind CHECK (kind IS NULL OR kind IN ('调岗', '离岗', '返岗')),
    CONSTRAINT fk_placement_event_placement_id FOREIGN KEY(placement_id) REFERENCES placement (id)
)
 STRICT;

ALTER TABLE placement ADD COLUMN batch_id INTEGER CONSTRAINT fk_placement_batch_id REFERENCES batch (id);

ALTER TABLE placement ADD COLUMN follows_id INTEGER CONSTRAINT fk_placement_follows_id REFERENCES placement (id);

ALTER TABLE placement ADD COLUMN agreement_date TEXT;

ALTER TABLE placement ADD COLUMN agreement_kept TEXT;

ALTER TABLE placement ADD COLUMN consent_date TEXT;

ALTER TABLE placement ADD COLUMN consent_kept TEXT;

ALTER TABLE placement ADD COLUMN insurer TEXT;

ALTER TABLE placement ADD COLUMN insured_from TEXT;

ALTER TABLE placement ADD COLUMN insured_until TEXT;

ALTER TABLE placement ADD COLUMN filed INTEGER;

ALTER TABLE placement ADD COLUMN filed_date TEXT;

ALTER TABLE placement ADD COLUMN intermediary INTEGER;

ALTER TABLE placement ADD COLUMN heavy_work INTEGER;

ALTER TABLE placement ADD COLUMN overtime INTEGER;

ALTER TABLE placement ADD COLUMN fees INTEGER;

ALTER TABLE placement ADD COLUMN end_reason TEXT;

ALTER TABLE placement ADD COLUMN outcome TEXT;

ALTER TABLE placement ADD COLUMN outcome_date TEXT;

CREATE INDEX ix_placement_batch_id ON placement (batch_id);

CREATE INDEX ix_placement_follows_id ON placement (follows_id);

ALTER TABLE apprentice ADD COLUMN guardian_signed INTEGER;

ALTER TABLE apprentice ADD COLUMN training_start TEXT;

ALTER TABLE apprentice ADD COLUMN training_end TEXT;

ALTER TABLE apprentice ADD COLUMN subsidy REAL;

ALTER TABLE agreement ADD COLUMN replaces_id INTEGER CONSTRAINT fk_agreement_replaces_id REFERENCES agreement (id);

ALTER TABLE agreement ADD COLUMN sealed INTEGER;

ALTER TABLE agreement ADD COLUMN kept TEXT;

CREATE INDEX ix_agreement_replaces_id ON agreement (replaces_id);
