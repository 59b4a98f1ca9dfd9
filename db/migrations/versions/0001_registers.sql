CREATE TABLE action (
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT,
    undoes_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_action PRIMARY KEY (id),
    CONSTRAINT uq_action_undoes_id UNIQUE (undoes_id),
    CONSTRAINT fk_action_undoes_id FOREIGN KEY(undoes_id) REFERENCES action (id)
)
 STRICT;

CREATE TABLE calendar_day (
    day TEXT NOT NULL,
    works INTEGER NOT NULL,
    name TEXT NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_calendar_day PRIMARY KEY (id),
    CONSTRAINT uq_calendar_day_day UNIQUE (day)
)
 STRICT;

CREATE TABLE heading_mapping (
    shape TEXT NOT NULL,
    register TEXT NOT NULL,
    columns TEXT NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_heading_mapping PRIMARY KEY (id),
    CONSTRAINT uq_heading_mapping_shape UNIQUE (shape)
)
 STRICT;

CREATE TABLE school_term (
    name TEXT NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    teaching INTEGER NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_school_term PRIMARY KEY (id),
    CONSTRAINT ck_school_term_order CHECK (last >= first),
    CONSTRAINT uq_school_term_name UNIQUE (name)
)
 STRICT;

CREATE TABLE setting (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY (id),
    CONSTRAINT uq_setting_name UNIQUE (name)
)
 STRICT;

CREATE TABLE target (
    indicator TEXT NOT NULL,
    from_year INTEGER NOT NULL,
    reach REAL NOT NULL,
    strive REAL,
    source TEXT NOT NULL,
    status TEXT NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_target PRIMARY KEY (id),
    CONSTRAINT uq_target_indicator_from_year UNIQUE (indicator, from_year),
    CONSTRAINT ck_target_status CHECK (status IS NULL OR status IN ('law', 'second_hand', 'plan', 'setting'))
)
 STRICT;

CREATE TABLE word (
    list TEXT NOT NULL,
    written TEXT NOT NULL,
    meaning TEXT NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_word PRIMARY KEY (id)
)
 STRICT;

CREATE UNIQUE INDEX uq_word_list_written ON word (list, written);

CREATE TABLE change (
    action_id INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    "before" TEXT,
    "after" TEXT,
    id INTEGER NOT NULL,
    CONSTRAINT pk_change PRIMARY KEY (id),
    CONSTRAINT ck_change_something CHECK (before IS NOT NULL OR after IS NOT NULL),
    CONSTRAINT fk_change_action_id FOREIGN KEY(action_id) REFERENCES action (id)
)
 STRICT;

CREATE INDEX ix_change_action_id ON change (action_id);

CREATE INDEX ix_change_row ON change (table_name, row_id);

CREATE TABLE current_action (
    action_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_current_action PRIMARY KEY (id),
    CONSTRAINT ck_current_action_single CHECK (id = 1),
    CONSTRAINT fk_current_action_action_id FOREIGN KEY(action_id) REFERENCES action (id)
)
 STRICT;

CREATE TABLE source (
    action_id INTEGER NOT NULL,
    file TEXT NOT NULL,
    sheet TEXT NOT NULL,
    digest TEXT NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_source PRIMARY KEY (id),
    CONSTRAINT fk_source_action_id FOREIGN KEY(action_id) REFERENCES action (id)
)
 STRICT;

CREATE INDEX ix_source_action_id ON source (action_id);

CREATE TABLE base (
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT,
    place TEXT,
    seats INTEGER,
    area REAL,
    major TEXT,
    owner TEXT,
    note TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_base PRIMARY KEY (id),
    CONSTRAINT ck_base_code CHECK (length(code) > 0),
    CONSTRAINT ck_base_seats CHECK (seats IS NULL OR seats >= 0),
    CONSTRAINT uq_base_code UNIQUE (code),
    CONSTRAINT fk_base_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_base_name ON base (name);

CREATE TABLE department (
    name TEXT NOT NULL,
    head TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_department PRIMARY KEY (id),
    CONSTRAINT uq_department_name UNIQUE (name),
    CONSTRAINT fk_department_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE TABLE firm (
    name TEXT NOT NULL,
    uscc TEXT,
    uscc_note TEXT,
    partner INTEGER NOT NULL,
    nature TEXT,
    industry TEXT,
    district TEXT,
    staff INTEGER,
    contact TEXT,
    phone TEXT,
    majors TEXT,
    forms TEXT,
    former_name TEXT,
    address TEXT,
    note TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_firm PRIMARY KEY (id),
    CONSTRAINT ck_firm_partner_has_uscc CHECK (partner = 0 OR uscc IS NOT NULL),
    CONSTRAINT ck_firm_uscc CHECK (uscc IS NULL OR length(uscc) = 18),
    CONSTRAINT ck_firm_name CHECK (length(name) > 0),
    CONSTRAINT ck_firm_staff CHECK (staff IS NULL OR staff >= 0),
    CONSTRAINT uq_firm_uscc UNIQUE (uscc),
    CONSTRAINT fk_firm_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_firm_name ON firm (name);

CREATE TABLE part_timer (
    id_number TEXT NOT NULL,
    name TEXT NOT NULL,
    sex TEXT,
    unit TEXT,
    title TEXT,
    course TEXT,
    start TEXT NOT NULL,
    "end" TEXT NOT NULL,
    weekly_hours REAL,
    pay REAL,
    phone TEXT,
    note TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_part_timer PRIMARY KEY (id),
    CONSTRAINT ck_part_timer_order CHECK ("end" >= start),
    CONSTRAINT ck_part_timer_id_number CHECK (length(id_number) = 18),
    CONSTRAINT uq_part_timer_id_number UNIQUE (id_number),
    CONSTRAINT fk_part_timer_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE TABLE quarantined_row (
    register TEXT NOT NULL,
    source_id INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    headings TEXT NOT NULL,
    cells TEXT NOT NULL,
    "values" TEXT NOT NULL,
    problems TEXT NOT NULL,
    context TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    state TEXT NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_quarantined_row PRIMARY KEY (id),
    CONSTRAINT ck_quarantined_row_state CHECK (state IS NULL OR state IN ('open', 'closed')),
    CONSTRAINT fk_quarantined_row_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_quarantined_row_fingerprint ON quarantined_row (fingerprint);

CREATE INDEX ix_quarantined_row_register ON quarantined_row (register);

CREATE TABLE teacher (
    staff_no TEXT NOT NULL,
    name TEXT NOT NULL,
    sex TEXT,
    id_number TEXT,
    birthday TEXT,
    education TEXT,
    title TEXT,
    category TEXT,
    major TEXT,
    entry TEXT,
    dual INTEGER,
    dual_since TEXT,
    dual_level TEXT,
    state TEXT,
    "left" TEXT,
    phone TEXT,
    note TEXT,
    provisional INTEGER NOT NULL,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_teacher PRIMARY KEY (id),
    CONSTRAINT ck_teacher_staff_no CHECK (length(staff_no) > 0),
    CONSTRAINT ck_teacher_id_number CHECK (id_number IS NULL OR length(id_number) = 18),
    CONSTRAINT ck_teacher_category CHECK (category IS NULL OR category IN ('专业课教师', '实习指导教师', '公共基础课教师')),
    CONSTRAINT uq_teacher_staff_no UNIQUE (staff_no),
    CONSTRAINT fk_teacher_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE TABLE agreement (
    code TEXT NOT NULL,
    firm_id INTEGER NOT NULL,
    signed TEXT,
    start TEXT NOT NULL,
    "end" TEXT NOT NULL,
    content TEXT,
    owner TEXT,
    note TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_agreement PRIMARY KEY (id),
    CONSTRAINT ck_agreement_order CHECK ("end" >= start),
    CONSTRAINT ck_agreement_code CHECK (length(code) > 0),
    CONSTRAINT uq_agreement_code UNIQUE (code),
    CONSTRAINT fk_agreement_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
    CONSTRAINT fk_agreement_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_agreement_firm_id ON agreement (firm_id);

CREATE TABLE booking (
    day TEXT NOT NULL,
    times TEXT NOT NULL,
    base_id INTEGER NOT NULL,
    user TEXT,
    audience TEXT,
    function TEXT,
    people INTEGER,
    content TEXT,
    owner TEXT,
    note TEXT,
    cancelled INTEGER NOT NULL,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_booking PRIMARY KEY (id),
    CONSTRAINT ck_booking_times CHECK (length(times) > 2),
    CONSTRAINT ck_booking_function CHECK (function IS NULL OR function IN ('技能实训', '技能培训', '技能鉴定', '技能大赛')),
    CONSTRAINT ck_booking_audience CHECK (audience IS NULL OR audience IN ('在校学生', '企业职工', '城乡劳动者')),
    CONSTRAINT fk_booking_base_id FOREIGN KEY(base_id) REFERENCES base (id),
    CONSTRAINT fk_booking_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_booking_day ON booking (day);

CREATE UNIQUE INDEX uq_booking_all ON booking (base_id, day, times, coalesce(user, ''), coalesce(audience, ''), coalesce(function, ''), coalesce(people, ''), coalesce(content, ''), coalesce(owner, ''));

CREATE TABLE cohort (
    name TEXT NOT NULL,
    kind TEXT,
    intake INTEGER,
    firm_id INTEGER,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_cohort PRIMARY KEY (id),
    CONSTRAINT ck_cohort_kind CHECK (kind IS NULL OR kind IN ('现代学徒制', '企业新型学徒制', '订单班')),
    CONSTRAINT uq_cohort_name UNIQUE (name),
    CONSTRAINT fk_cohort_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
    CONSTRAINT fk_cohort_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE TABLE contact (
    firm_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    role TEXT,
    phone TEXT,
    safety INTEGER NOT NULL,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_contact PRIMARY KEY (id),
    CONSTRAINT fk_contact_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
    CONSTRAINT fk_contact_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_contact_firm_id ON contact (firm_id);

CREATE UNIQUE INDEX uq_contact_safety ON contact (firm_id) WHERE safety = 1;

CREATE TABLE firm_name (
    firm_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    "key" TEXT NOT NULL,
    kind TEXT NOT NULL,
    until TEXT,
    id INTEGER NOT NULL,
    CONSTRAINT pk_firm_name PRIMARY KEY (id),
    CONSTRAINT ck_firm_name_kind CHECK (kind IS NULL OR kind IN ('current', 'former', 'spelling')),
    CONSTRAINT fk_firm_name_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
)
 STRICT;

CREATE INDEX ix_firm_name_key ON firm_name ("key");

CREATE UNIQUE INDEX uq_firm_name_firm_id_key ON firm_name (firm_id, "key");

CREATE TABLE firm_status (
    firm_id INTEGER NOT NULL,
    status TEXT NOT NULL,
    since TEXT NOT NULL,
    reason TEXT,
    id INTEGER NOT NULL,
    CONSTRAINT pk_firm_status PRIMARY KEY (id),
    CONSTRAINT ck_firm_status_status CHECK (status IS NULL OR status IN ('洽谈', '合作中', '暂停', '终止', '注销', '失信')),
    CONSTRAINT fk_firm_status_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
)
 STRICT;

CREATE INDEX ix_firm_status_firm_id ON firm_status (firm_id);

CREATE TABLE major (
    name TEXT NOT NULL,
    code TEXT,
    department_id INTEGER,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_major PRIMARY KEY (id),
    CONSTRAINT uq_major_name UNIQUE (name),
    CONSTRAINT fk_major_department_id FOREIGN KEY(department_id) REFERENCES department (id),
    CONSTRAINT fk_major_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE TABLE stint (
    teacher_id INTEGER NOT NULL,
    name TEXT,
    major TEXT,
    firm_id INTEGER,
    position TEXT,
    start TEXT NOT NULL,
    "end" TEXT NOT NULL,
    form TEXT,
    result TEXT,
    note TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_stint PRIMARY KEY (id),
    CONSTRAINT uq_stint_teacher_id_start_end UNIQUE (teacher_id, start, "end"),
    CONSTRAINT ck_stint_order CHECK ("end" >= start),
    CONSTRAINT fk_stint_teacher_id FOREIGN KEY(teacher_id) REFERENCES teacher (id),
    CONSTRAINT fk_stint_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
    CONSTRAINT fk_stint_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_stint_firm_id ON stint (firm_id);

CREATE TABLE course (
    intake INTEGER NOT NULL,
    major_id INTEGER NOT NULL,
    category TEXT,
    name TEXT NOT NULL,
    occurrence INTEGER NOT NULL,
    total REAL NOT NULL,
    theory REAL NOT NULL,
    practice REAL NOT NULL,
    credits REAL,
    exam TEXT,
    note TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_course PRIMARY KEY (id),
    CONSTRAINT uq_course_intake_major_id_name_occurrence UNIQUE (intake, major_id, name, occurrence),
    CONSTRAINT ck_course_hours_add_up CHECK (abs(total - theory - practice) < 0.01),
    CONSTRAINT fk_course_major_id FOREIGN KEY(major_id) REFERENCES major (id),
    CONSTRAINT fk_course_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_course_major_id ON course (major_id);

CREATE TABLE school_class (
    name TEXT NOT NULL,
    intake INTEGER,
    major_id INTEGER,
    class_teacher TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_school_class PRIMARY KEY (id),
    CONSTRAINT uq_school_class_name UNIQUE (name),
    CONSTRAINT fk_school_class_major_id FOREIGN KEY(major_id) REFERENCES major (id),
    CONSTRAINT fk_school_class_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE TABLE student (
    id_number TEXT NOT NULL,
    name TEXT NOT NULL,
    student_no TEXT,
    sex TEXT,
    nation TEXT,
    birthday TEXT,
    major_id INTEGER,
    major_code TEXT,
    class_id INTEGER,
    entry TEXT,
    registered INTEGER,
    phone TEXT,
    guardian_name TEXT,
    guardian_relation TEXT,
    guardian_phone TEXT,
    note TEXT,
    provisional INTEGER NOT NULL,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_student PRIMARY KEY (id),
    CONSTRAINT ck_student_id_number CHECK (length(id_number) = 18),
    CONSTRAINT ck_student_name CHECK (length(name) > 0),
    CONSTRAINT ck_student_sex CHECK (sex IS NULL OR sex IN ('男', '女')),
    CONSTRAINT uq_student_id_number UNIQUE (id_number),
    CONSTRAINT fk_student_major_id FOREIGN KEY(major_id) REFERENCES major (id),
    CONSTRAINT fk_student_class_id FOREIGN KEY(class_id) REFERENCES school_class (id),
    CONSTRAINT fk_student_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_student_class_id ON student (class_id);

CREATE INDEX ix_student_name ON student (name);

CREATE INDEX ix_student_student_no ON student (student_no);

CREATE TABLE apprentice (
    student_id INTEGER NOT NULL,
    cohort_id INTEGER,
    firm_id INTEGER,
    name TEXT NOT NULL,
    student_no TEXT,
    class_name TEXT,
    phone TEXT,
    registered INTEGER,
    contract_no TEXT,
    contract_signed TEXT,
    contract_end TEXT,
    agreement_no TEXT,
    staff_no TEXT,
    position TEXT,
    start TEXT NOT NULL,
    "end" TEXT NOT NULL,
    firm_mentor TEXT,
    school_mentor TEXT,
    pay REAL,
    note TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_apprentice PRIMARY KEY (id),
    CONSTRAINT ck_apprentice_order CHECK ("end" >= start),
    CONSTRAINT uq_apprentice_student_id UNIQUE (student_id),
    CONSTRAINT fk_apprentice_student_id FOREIGN KEY(student_id) REFERENCES student (id),
    CONSTRAINT fk_apprentice_cohort_id FOREIGN KEY(cohort_id) REFERENCES cohort (id),
    CONSTRAINT fk_apprentice_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
    CONSTRAINT fk_apprentice_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_apprentice_cohort_id ON apprentice (cohort_id);

CREATE INDEX ix_apprentice_firm_id ON apprentice (firm_id);

CREATE TABLE certificate (
    teacher_id INTEGER,
    student_id INTEGER,
    name TEXT NOT NULL,
    level TEXT,
    number TEXT,
    issued TEXT,
    expires TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_certificate PRIMARY KEY (id),
    CONSTRAINT ck_certificate_holder CHECK ((teacher_id IS NULL) <> (student_id IS NULL)),
    CONSTRAINT fk_certificate_teacher_id FOREIGN KEY(teacher_id) REFERENCES teacher (id),
    CONSTRAINT fk_certificate_student_id FOREIGN KEY(student_id) REFERENCES student (id),
    CONSTRAINT fk_certificate_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_certificate_student_id ON certificate (student_id);

CREATE INDEX ix_certificate_teacher_id ON certificate (teacher_id);

CREATE TABLE guardian (
    student_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    relation TEXT,
    phone TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_guardian PRIMARY KEY (id),
    CONSTRAINT fk_guardian_student_id FOREIGN KEY(student_id) REFERENCES student (id),
    CONSTRAINT fk_guardian_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_guardian_student_id ON guardian (student_id);

CREATE TABLE placement (
    student_id INTEGER NOT NULL,
    firm_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    student_no TEXT,
    sex TEXT,
    class_name TEXT,
    phone TEXT,
    position TEXT,
    start TEXT NOT NULL,
    "end" TEXT,
    arrangement TEXT,
    matched INTEGER,
    pay REAL,
    reference_pay REAL,
    agreement INTEGER,
    consent INTEGER,
    insurance INTEGER,
    night_shift INTEGER,
    firm_supervisor TEXT,
    firm_supervisor_phone TEXT,
    school_supervisor TEXT,
    school_supervisor_no TEXT,
    school_supervisor_phone TEXT,
    form TEXT,
    term TEXT,
    weeks REAL,
    content TEXT,
    grade TEXT,
    cross_province INTEGER,
    abroad INTEGER,
    insurance_kind TEXT,
    policy_no TEXT,
    insurance_payer TEXT,
    insurance_buyer TEXT,
    insurance_date TEXT,
    note TEXT,
    source_row INTEGER,
    source_id INTEGER,
    id INTEGER NOT NULL,
    CONSTRAINT pk_placement PRIMARY KEY (id),
    CONSTRAINT uq_placement_student_id_firm_id_start UNIQUE (student_id, firm_id, start),
    CONSTRAINT ck_placement_order CHECK ("end" IS NULL OR "end" >= start),
    CONSTRAINT ck_placement_arrangement CHECK (arrangement IS NULL OR arrangement IN ('集中', '自主')),
    CONSTRAINT fk_placement_student_id FOREIGN KEY(student_id) REFERENCES student (id),
    CONSTRAINT fk_placement_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
    CONSTRAINT fk_placement_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT;

CREATE INDEX ix_placement_firm_id ON placement (firm_id);

CREATE INDEX ix_placement_start ON placement (start);
