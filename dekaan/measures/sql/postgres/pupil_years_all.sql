WITH "t18" AS (
  SELECT
    "t17"."school_id",
    "t17"."pupil_id",
    "t17"."academic_year",
    MAX("t17"."on_roll") AS "on_roll",
    MAX("t17"."known") AS "known"
  FROM (
    SELECT
      "t6"."school_id",
      "t6"."pupil_id",
      "t7"."start_year" AS "academic_year",
      CASE
        WHEN "t6"."status" IN ('C', 'M')
        AND (
          "t6"."starts_on" <= :today
        )
        AND (
          "t6"."starts_on" <= "t7"."roll_on"
        )
        AND (
          (
            "t6"."ends_on" IS NULL
          )
          OR (
            "t6"."ends_on" > :today
          )
          OR (
            "t6"."ends_on" > "t7"."roll_on"
          )
        )
        THEN 1
        ELSE 0
      END AS "on_roll",
      CASE
        WHEN (
          "t6"."starts_on" <= "t7"."joined_by"
        )
        AND (
          (
            "t6"."ends_on" IS NULL
          ) OR (
            "t6"."ends_on" > "t7"."joined_by"
          )
        )
        THEN 1
        ELSE 0
      END * CASE
        WHEN (
          "t8"."records_begin" IS NULL
        )
        OR (
          "t8"."records_begin" <= "t7"."starts_on"
        )
        THEN 1
        ELSE 0
      END AS "known"
    FROM "people_enrolment" AS "t6"
    INNER JOIN "schools_academicyear" AS "t7"
      ON "t6"."school_id" = "t7"."school_id"
      AND "t7"."start_year" >= :from_year
      AND "t6"."starts_on" <= "t7"."ends_on"
      AND (
        (
          "t6"."ends_on" IS NULL
        ) OR (
          "t6"."ends_on" > "t7"."starts_on"
        )
      )
    INNER JOIN "schools_school" AS "t8"
      ON "t6"."school_id" = "t8"."id"
  ) AS "t17"
  GROUP BY
    1,
    2,
    3
), "t22" AS (
  SELECT
    "t13"."school_id",
    "t13"."pupil_id",
    "t13"."academic_year",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 512
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n0",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 8192
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n1",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 49152
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n2",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 65536
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('sixth-form', 'sixth-form-college')
        THEN 1
        ELSE 0
      END
    ) AS "n3",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 65536
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('fe-college', 'utc')
        THEN 1
        ELSE 0
      END
    ) AS "n4",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 65536
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('university', 'he-in-fe')
        THEN 1
        ELSE 0
      END
    ) AS "n5",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 65536
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('itp')
        THEN 1
        ELSE 0
      END
    ) AS "n6",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 131072
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n7",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 262144
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n8",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 1
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n9",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 4
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n10",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 8
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n11",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 48
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n12",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 64
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('sixth-form', 'sixth-form-college')
        THEN 1
        ELSE 0
      END
    ) AS "n13",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 64
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('fe-college', 'utc')
        THEN 1
        ELSE 0
      END
    ) AS "n14",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 64
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('university', 'he-in-fe')
        THEN 1
        ELSE 0
      END
    ) AS "n15",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 64
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('itp', 'apprenticeship-employer')
        THEN 1
        ELSE 0
      END
    ) AS "n16",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 128
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n17",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 256
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n18",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 524288
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n19",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 524288
          ) <> 0
        )
        AND (
          "t13"."academic_day" <= 180
        )
        THEN 1
        ELSE 0
      END
    ) AS "n20",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 1048576
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n21",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 1048576
          ) <> 0
        )
        AND (
          "t13"."academic_day" <= 180
        )
        THEN 1
        ELSE 0
      END
    ) AS "n22",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 2097152
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n23",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 2097152
          ) <> 0
        )
        AND (
          "t13"."academic_day" <= 180
        )
        THEN 1
        ELSE 0
      END
    ) AS "n24",
    MAX(CASE WHEN (
      "t13"."criteria_unknown" & 1
    ) <> 0 THEN 1 ELSE 0 END) + MAX(CASE WHEN (
      "t13"."criteria_unknown" & 4
    ) <> 0 THEN 4 ELSE 0 END) + MAX(CASE WHEN (
      "t13"."criteria_unknown" & 8
    ) <> 0 THEN 8 ELSE 0 END) + MAX(CASE WHEN (
      "t13"."criteria_unknown" & 16
    ) <> 0 THEN 16 ELSE 0 END) + MAX(CASE WHEN (
      "t13"."criteria_unknown" & 32
    ) <> 0 THEN 32 ELSE 0 END) + MAX(CASE WHEN (
      "t13"."criteria_unknown" & 64
    ) <> 0 THEN 64 ELSE 0 END) + MAX(CASE WHEN (
      "t13"."criteria_unknown" & 128
    ) <> 0 THEN 128 ELSE 0 END) + MAX(CASE WHEN (
      "t13"."criteria_unknown" & 256
    ) <> 0 THEN 256 ELSE 0 END) + MAX(CASE WHEN (
      "t13"."criteria_unknown" & 512
    ) <> 0 THEN 512 ELSE 0 END) + MAX(CASE WHEN (
      "t13"."criteria_unknown" & 8192
    ) <> 0 THEN 8192 ELSE 0 END) + MAX(CASE WHEN (
      "t13"."criteria_unknown" & 16384
    ) <> 0 THEN 16384 ELSE 0 END) + MAX(CASE WHEN (
      "t13"."criteria_unknown" & 32768
    ) <> 0 THEN 32768 ELSE 0 END) + MAX(CASE WHEN (
      "t13"."criteria_unknown" & 65536
    ) <> 0 THEN 65536 ELSE 0 END) + MAX(CASE WHEN (
      "t13"."criteria_unknown" & 131072
    ) <> 0 THEN 131072 ELSE 0 END) + MAX(CASE WHEN (
      "t13"."criteria_unknown" & 262144
    ) <> 0 THEN 262144 ELSE 0 END) + MAX(CASE WHEN (
      "t13"."criteria_unknown" & 524288
    ) <> 0 THEN 524288 ELSE 0 END) + MAX(CASE WHEN (
      "t13"."criteria_unknown" & 1048576
    ) <> 0 THEN 1048576 ELSE 0 END) + MAX(CASE WHEN (
      "t13"."criteria_unknown" & 2097152
    ) <> 0 THEN 2097152 ELSE 0 END) AS "unrecorded",
    MAX(
      CASE
        WHEN (
          (
            "t13"."criteria" & 1
          ) <> 0
        )
        AND (
          "t13"."counts" = 1
        )
        AND (
          "t13"."known_by" = 'assumed'
        )
        THEN 1
        ELSE 0
      END
    ) + MAX(
      CASE
        WHEN (
          (
            "t13"."criteria" & 4
          ) <> 0
        )
        AND (
          "t13"."counts" = 1
        )
        AND (
          "t13"."known_by" = 'assumed'
        )
        THEN 4
        ELSE 0
      END
    ) + MAX(
      CASE
        WHEN (
          (
            "t13"."criteria" & 8
          ) <> 0
        )
        AND (
          "t13"."counts" = 1
        )
        AND (
          "t13"."known_by" = 'assumed'
        )
        THEN 8
        ELSE 0
      END
    ) + MAX(
      CASE
        WHEN (
          (
            "t13"."criteria" & 16
          ) <> 0
        )
        AND (
          "t13"."counts" = 1
        )
        AND (
          "t13"."known_by" = 'assumed'
        )
        THEN 16
        ELSE 0
      END
    ) + MAX(
      CASE
        WHEN (
          (
            "t13"."criteria" & 32
          ) <> 0
        )
        AND (
          "t13"."counts" = 1
        )
        AND (
          "t13"."known_by" = 'assumed'
        )
        THEN 32
        ELSE 0
      END
    ) + MAX(
      CASE
        WHEN (
          (
            "t13"."criteria" & 64
          ) <> 0
        )
        AND (
          "t13"."counts" = 1
        )
        AND (
          "t13"."known_by" = 'assumed'
        )
        THEN 64
        ELSE 0
      END
    ) + MAX(
      CASE
        WHEN (
          (
            "t13"."criteria" & 128
          ) <> 0
        )
        AND (
          "t13"."counts" = 1
        )
        AND (
          "t13"."known_by" = 'assumed'
        )
        THEN 128
        ELSE 0
      END
    ) + MAX(
      CASE
        WHEN (
          (
            "t13"."criteria" & 256
          ) <> 0
        )
        AND (
          "t13"."counts" = 1
        )
        AND (
          "t13"."known_by" = 'assumed'
        )
        THEN 256
        ELSE 0
      END
    ) + MAX(
      CASE
        WHEN (
          (
            "t13"."criteria" & 512
          ) <> 0
        )
        AND (
          "t13"."counts" = 1
        )
        AND (
          "t13"."known_by" = 'assumed'
        )
        THEN 512
        ELSE 0
      END
    ) + MAX(
      CASE
        WHEN (
          (
            "t13"."criteria" & 8192
          ) <> 0
        )
        AND (
          "t13"."counts" = 1
        )
        AND (
          "t13"."known_by" = 'assumed'
        )
        THEN 8192
        ELSE 0
      END
    ) + MAX(
      CASE
        WHEN (
          (
            "t13"."criteria" & 16384
          ) <> 0
        )
        AND (
          "t13"."counts" = 1
        )
        AND (
          "t13"."known_by" = 'assumed'
        )
        THEN 16384
        ELSE 0
      END
    ) + MAX(
      CASE
        WHEN (
          (
            "t13"."criteria" & 32768
          ) <> 0
        )
        AND (
          "t13"."counts" = 1
        )
        AND (
          "t13"."known_by" = 'assumed'
        )
        THEN 32768
        ELSE 0
      END
    ) + MAX(
      CASE
        WHEN (
          (
            "t13"."criteria" & 65536
          ) <> 0
        )
        AND (
          "t13"."counts" = 1
        )
        AND (
          "t13"."known_by" = 'assumed'
        )
        THEN 65536
        ELSE 0
      END
    ) + MAX(
      CASE
        WHEN (
          (
            "t13"."criteria" & 131072
          ) <> 0
        )
        AND (
          "t13"."counts" = 1
        )
        AND (
          "t13"."known_by" = 'assumed'
        )
        THEN 131072
        ELSE 0
      END
    ) + MAX(
      CASE
        WHEN (
          (
            "t13"."criteria" & 262144
          ) <> 0
        )
        AND (
          "t13"."counts" = 1
        )
        AND (
          "t13"."known_by" = 'assumed'
        )
        THEN 262144
        ELSE 0
      END
    ) + MAX(
      CASE
        WHEN (
          (
            "t13"."criteria" & 524288
          ) <> 0
        )
        AND (
          "t13"."counts" = 1
        )
        AND (
          "t13"."known_by" = 'assumed'
        )
        THEN 524288
        ELSE 0
      END
    ) + MAX(
      CASE
        WHEN (
          (
            "t13"."criteria" & 1048576
          ) <> 0
        )
        AND (
          "t13"."counts" = 1
        )
        AND (
          "t13"."known_by" = 'assumed'
        )
        THEN 1048576
        ELSE 0
      END
    ) + MAX(
      CASE
        WHEN (
          (
            "t13"."criteria" & 2097152
          ) <> 0
        )
        AND (
          "t13"."counts" = 1
        )
        AND (
          "t13"."known_by" = 'assumed'
        )
        THEN 2097152
        ELSE 0
      END
    ) AS "assumed"
  FROM (
    SELECT
      *
    FROM "participation_participation" AS "t2"
    WHERE
      "t2"."superseded_at" IS NULL
      AND "t2"."pupil_id" IS NOT NULL
      AND "t2"."academic_year" >= :from_year
  ) AS "t13"
  GROUP BY
    1,
    2,
    3
)
SELECT
  "t37"."school_id",
  "t37"."pupil_id",
  "t37"."academic_year",
  COALESCE(
    "t37"."year_group",
    CASE
      WHEN "t37"."academic_year" < "t37"."last_year"
      THEN GREATEST("t37"."academic_year" + "t37"."offset", 0)
      ELSE CAST(NULL AS BIGINT)
    END,
    0
  ) AS "year_group",
  "t37"."tutor_group_id",
  COALESCE("t37"."on_roll", 0) * CASE WHEN "t10"."cohort" THEN 1 ELSE 0 END AS "in_cohort",
  COALESCE("t37"."known", 0) AS "known",
  COALESCE("t37"."sex", '') AS "sex",
  COALESCE("t37"."sen", '') AS "sen",
  CASE
    WHEN "t37"."pupil_premium" IS NULL
    THEN ''
    WHEN "t37"."pupil_premium"
    THEN 'yes'
    ELSE 'no'
  END AS "pupil_premium",
  COALESCE("t37"."ethnicity", '') AS "ethnicity",
  CASE WHEN "t37"."eal" IS NULL THEN '' WHEN "t37"."eal" THEN 'yes' ELSE 'no' END AS "eal",
  CASE
    WHEN "t37"."looked_after" IS NULL
    THEN ''
    WHEN "t37"."looked_after"
    THEN 'yes'
    ELSE 'no'
  END AS "looked_after",
  COALESCE("t37"."n0", 0) AS "n0",
  COALESCE("t37"."n1", 0) AS "n1",
  COALESCE("t37"."n2", 0) AS "n2",
  COALESCE("t37"."n3", 0) AS "n3",
  COALESCE("t37"."n4", 0) AS "n4",
  COALESCE("t37"."n5", 0) AS "n5",
  COALESCE("t37"."n6", 0) AS "n6",
  COALESCE("t37"."n7", 0) AS "n7",
  COALESCE("t37"."n8", 0) AS "n8",
  COALESCE("t37"."n9", 0) AS "n9",
  COALESCE("t37"."n10", 0) AS "n10",
  COALESCE("t37"."n11", 0) AS "n11",
  COALESCE("t37"."n12", 0) AS "n12",
  COALESCE("t37"."n13", 0) AS "n13",
  COALESCE("t37"."n14", 0) AS "n14",
  COALESCE("t37"."n15", 0) AS "n15",
  COALESCE("t37"."n16", 0) AS "n16",
  COALESCE("t37"."n17", 0) AS "n17",
  COALESCE("t37"."n18", 0) AS "n18",
  COALESCE("t37"."n19", 0) AS "n19",
  COALESCE("t37"."n20", 0) AS "n20",
  COALESCE("t37"."n21", 0) AS "n21",
  COALESCE("t37"."n22", 0) AS "n22",
  COALESCE("t37"."n23", 0) AS "n23",
  COALESCE("t37"."n24", 0) AS "n24",
  COALESCE("t37"."unrecorded", 0) AS "unrecorded",
  COALESCE("t37"."assumed", 0) AS "assumed"
FROM (
  SELECT
    "t35"."school_id",
    "t35"."pupil_id",
    "t35"."academic_year",
    "t35"."on_roll",
    "t35"."known",
    "t35"."n0",
    "t35"."n1",
    "t35"."n2",
    "t35"."n3",
    "t35"."n4",
    "t35"."n5",
    "t35"."n6",
    "t35"."n7",
    "t35"."n8",
    "t35"."n9",
    "t35"."n10",
    "t35"."n11",
    "t35"."n12",
    "t35"."n13",
    "t35"."n14",
    "t35"."n15",
    "t35"."n16",
    "t35"."n17",
    "t35"."n18",
    "t35"."n19",
    "t35"."n20",
    "t35"."n21",
    "t35"."n22",
    "t35"."n23",
    "t35"."n24",
    "t35"."unrecorded",
    "t35"."assumed",
    "t35"."year_group",
    "t35"."tutor_group_id",
    "t35"."sex",
    "t35"."sen",
    "t35"."pupil_premium",
    "t35"."ethnicity",
    "t35"."eal",
    "t35"."looked_after",
    "t35"."offset",
    "t35"."last_year"
  FROM (
    SELECT
      "t34"."school_id",
      "t34"."pupil_id",
      "t34"."academic_year",
      "t34"."on_roll",
      "t34"."known",
      "t34"."n0",
      "t34"."n1",
      "t34"."n2",
      "t34"."n3",
      "t34"."n4",
      "t34"."n5",
      "t34"."n6",
      "t34"."n7",
      "t34"."n8",
      "t34"."n9",
      "t34"."n10",
      "t34"."n11",
      "t34"."n12",
      "t34"."n13",
      "t34"."n14",
      "t34"."n15",
      "t34"."n16",
      "t34"."n17",
      "t34"."n18",
      "t34"."n19",
      "t34"."n20",
      "t34"."n21",
      "t34"."n22",
      "t34"."n23",
      "t34"."n24",
      "t34"."unrecorded",
      "t34"."assumed",
      "t34"."year_group",
      "t34"."tutor_group_id",
      "t34"."sex",
      "t34"."sen",
      "t34"."pupil_premium",
      "t34"."ethnicity",
      "t34"."eal",
      "t34"."looked_after",
      "t16"."pupil_id" AS "pupil_id_right",
      "t16"."offset",
      "t16"."last_year"
    FROM (
      SELECT
        "t32"."school_id",
        "t32"."pupil_id",
        "t32"."academic_year",
        "t32"."on_roll",
        "t32"."known",
        "t32"."n0",
        "t32"."n1",
        "t32"."n2",
        "t32"."n3",
        "t32"."n4",
        "t32"."n5",
        "t32"."n6",
        "t32"."n7",
        "t32"."n8",
        "t32"."n9",
        "t32"."n10",
        "t32"."n11",
        "t32"."n12",
        "t32"."n13",
        "t32"."n14",
        "t32"."n15",
        "t32"."n16",
        "t32"."n17",
        "t32"."n18",
        "t32"."n19",
        "t32"."n20",
        "t32"."n21",
        "t32"."n22",
        "t32"."n23",
        "t32"."n24",
        "t32"."unrecorded",
        "t32"."assumed",
        "t32"."year_group",
        "t32"."tutor_group_id",
        "t32"."sex",
        "t32"."sen",
        "t32"."pupil_premium",
        "t32"."ethnicity",
        "t32"."eal",
        "t32"."looked_after"
      FROM (
        SELECT
          "t31"."school_id",
          "t31"."pupil_id",
          "t31"."academic_year",
          "t31"."on_roll",
          "t31"."known",
          "t31"."n0",
          "t31"."n1",
          "t31"."n2",
          "t31"."n3",
          "t31"."n4",
          "t31"."n5",
          "t31"."n6",
          "t31"."n7",
          "t31"."n8",
          "t31"."n9",
          "t31"."n10",
          "t31"."n11",
          "t31"."n12",
          "t31"."n13",
          "t31"."n14",
          "t31"."n15",
          "t31"."n16",
          "t31"."n17",
          "t31"."n18",
          "t31"."n19",
          "t31"."n20",
          "t31"."n21",
          "t31"."n22",
          "t31"."n23",
          "t31"."n24",
          "t31"."unrecorded",
          "t31"."assumed",
          "t14"."school_id" AS "school_id_right",
          "t14"."pupil_id" AS "pupil_id_right",
          "t14"."academic_year" AS "academic_year_right",
          "t14"."year_group",
          "t14"."tutor_group_id",
          "t14"."sex",
          "t14"."sen",
          "t14"."pupil_premium",
          "t14"."ethnicity",
          "t14"."eal",
          "t14"."looked_after"
        FROM (
          SELECT
            "t29"."school_id",
            "t29"."pupil_id",
            "t29"."academic_year",
            "t29"."on_roll",
            "t29"."known",
            "t29"."n0",
            "t29"."n1",
            "t29"."n2",
            "t29"."n3",
            "t29"."n4",
            "t29"."n5",
            "t29"."n6",
            "t29"."n7",
            "t29"."n8",
            "t29"."n9",
            "t29"."n10",
            "t29"."n11",
            "t29"."n12",
            "t29"."n13",
            "t29"."n14",
            "t29"."n15",
            "t29"."n16",
            "t29"."n17",
            "t29"."n18",
            "t29"."n19",
            "t29"."n20",
            "t29"."n21",
            "t29"."n22",
            "t29"."n23",
            "t29"."n24",
            "t29"."unrecorded",
            "t29"."assumed"
          FROM (
            SELECT
              "t28"."school_id",
              "t28"."pupil_id",
              "t28"."academic_year",
              COALESCE("t20"."on_roll", 0) AS "on_roll",
              COALESCE("t20"."known", 0) AS "known",
              "t24"."school_id" AS "school_id_right",
              "t24"."pupil_id" AS "pupil_id_right",
              "t24"."academic_year" AS "academic_year_right",
              "t24"."n0",
              "t24"."n1",
              "t24"."n2",
              "t24"."n3",
              "t24"."n4",
              "t24"."n5",
              "t24"."n6",
              "t24"."n7",
              "t24"."n8",
              "t24"."n9",
              "t24"."n10",
              "t24"."n11",
              "t24"."n12",
              "t24"."n13",
              "t24"."n14",
              "t24"."n15",
              "t24"."n16",
              "t24"."n17",
              "t24"."n18",
              "t24"."n19",
              "t24"."n20",
              "t24"."n21",
              "t24"."n22",
              "t24"."n23",
              "t24"."n24",
              "t24"."unrecorded",
              "t24"."assumed"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t1"."school_id",
                  "t1"."pupil_id",
                  "t1"."academic_year"
                FROM "people_yearrecord" AS "t1"
                WHERE
                  "t1"."academic_year" >= :from_year
              ) AS "t12"
              UNION
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t19"."school_id",
                    "t19"."pupil_id",
                    "t19"."academic_year"
                  FROM "t18" AS "t19"
                ) AS "t21"
                UNION
                SELECT
                  *
                FROM (
                  SELECT
                    "t23"."school_id",
                    "t23"."pupil_id",
                    "t23"."academic_year"
                  FROM "t22" AS "t23"
                ) AS "t25"
              ) AS "t26"
            ) AS "t28"
            LEFT OUTER JOIN "t18" AS "t20"
              ON "t28"."school_id" = "t20"."school_id"
              AND "t28"."pupil_id" = "t20"."pupil_id"
              AND "t28"."academic_year" = "t20"."academic_year"
            LEFT OUTER JOIN "t22" AS "t24"
              ON "t28"."school_id" = "t24"."school_id"
              AND "t28"."pupil_id" = "t24"."pupil_id"
              AND "t28"."academic_year" = "t24"."academic_year"
          ) AS "t29"
        ) AS "t31"
        LEFT OUTER JOIN (
          SELECT
            *
          FROM "people_yearrecord" AS "t1"
          WHERE
            "t1"."academic_year" >= :from_year
        ) AS "t14"
          ON "t31"."school_id" = "t14"."school_id"
          AND "t31"."pupil_id" = "t14"."pupil_id"
          AND "t31"."academic_year" = "t14"."academic_year"
      ) AS "t32"
    ) AS "t34"
    LEFT OUTER JOIN (
      SELECT
        "t1"."pupil_id",
        MAX("t1"."year_group" - "t1"."academic_year") AS "offset",
        MAX("t1"."academic_year") AS "last_year"
      FROM "people_yearrecord" AS "t1"
      GROUP BY
        1
    ) AS "t16"
      ON "t34"."pupil_id" = "t16"."pupil_id"
  ) AS "t35"
) AS "t37"
INNER JOIN (
  SELECT
    "t0"."id" AS "pupil",
    "t0"."benchmark_cohort" AS "cohort"
  FROM "people_pupil" AS "t0"
) AS "t10"
  ON "t37"."pupil_id" = "t10"."pupil"
