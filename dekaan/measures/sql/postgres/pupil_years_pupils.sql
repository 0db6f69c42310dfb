WITH "t20" AS (
  SELECT
    "t19"."school_id",
    "t19"."pupil_id",
    "t19"."academic_year",
    MAX("t19"."on_roll") AS "on_roll",
    MAX("t19"."known") AS "known"
  FROM (
    SELECT
      "t16"."school_id",
      "t16"."pupil_id",
      "t6"."start_year" AS "academic_year",
      CASE
        WHEN "t16"."status" IN ('C', 'M')
        AND (
          "t16"."starts_on" <= :today
        )
        AND (
          "t16"."starts_on" <= "t6"."roll_on"
        )
        AND (
          (
            "t16"."ends_on" IS NULL
          )
          OR (
            "t16"."ends_on" > :today
          )
          OR (
            "t16"."ends_on" > "t6"."roll_on"
          )
        )
        THEN 1
        ELSE 0
      END AS "on_roll",
      CASE
        WHEN (
          "t16"."starts_on" <= "t6"."joined_by"
        )
        AND (
          (
            "t16"."ends_on" IS NULL
          ) OR (
            "t16"."ends_on" > "t6"."joined_by"
          )
        )
        THEN 1
        ELSE 0
      END * CASE
        WHEN (
          "t7"."records_begin" IS NULL
        )
        OR (
          "t7"."records_begin" <= "t6"."starts_on"
        )
        THEN 1
        ELSE 0
      END AS "known"
    FROM (
      SELECT
        *
      FROM "people_enrolment" AS "t3"
      WHERE
        "t3"."pupil_id" IN :pupils
    ) AS "t16"
    INNER JOIN "schools_academicyear" AS "t6"
      ON "t16"."school_id" = "t6"."school_id"
      AND "t6"."start_year" >= :from_year
      AND "t16"."starts_on" <= "t6"."ends_on"
      AND (
        (
          "t16"."ends_on" IS NULL
        ) OR (
          "t16"."ends_on" > "t6"."starts_on"
        )
      )
    INNER JOIN "schools_school" AS "t7"
      ON "t16"."school_id" = "t7"."id"
  ) AS "t19"
  GROUP BY
    1,
    2,
    3
), "t24" AS (
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
      "t2"."pupil_id" IN :pupils
      AND "t2"."superseded_at" IS NULL
      AND "t2"."pupil_id" IS NOT NULL
      AND "t2"."academic_year" >= :from_year
  ) AS "t13"
  GROUP BY
    1,
    2,
    3
)
SELECT
  "t39"."school_id",
  "t39"."pupil_id",
  "t39"."academic_year",
  COALESCE(
    "t39"."year_group",
    CASE
      WHEN "t39"."academic_year" < "t39"."last_year"
      THEN GREATEST("t39"."academic_year" + "t39"."offset", 0)
      ELSE CAST(NULL AS BIGINT)
    END,
    0
  ) AS "year_group",
  "t39"."tutor_group_id",
  COALESCE("t39"."on_roll", 0) * CASE WHEN "t9"."cohort" THEN 1 ELSE 0 END AS "in_cohort",
  COALESCE("t39"."known", 0) AS "known",
  COALESCE("t39"."sex", '') AS "sex",
  COALESCE("t39"."sen", '') AS "sen",
  CASE
    WHEN "t39"."pupil_premium" IS NULL
    THEN ''
    WHEN "t39"."pupil_premium"
    THEN 'yes'
    ELSE 'no'
  END AS "pupil_premium",
  COALESCE("t39"."ethnicity", '') AS "ethnicity",
  CASE WHEN "t39"."eal" IS NULL THEN '' WHEN "t39"."eal" THEN 'yes' ELSE 'no' END AS "eal",
  CASE
    WHEN "t39"."looked_after" IS NULL
    THEN ''
    WHEN "t39"."looked_after"
    THEN 'yes'
    ELSE 'no'
  END AS "looked_after",
  COALESCE("t39"."n0", 0) AS "n0",
  COALESCE("t39"."n1", 0) AS "n1",
  COALESCE("t39"."n2", 0) AS "n2",
  COALESCE("t39"."n3", 0) AS "n3",
  COALESCE("t39"."n4", 0) AS "n4",
  COALESCE("t39"."n5", 0) AS "n5",
  COALESCE("t39"."n6", 0) AS "n6",
  COALESCE("t39"."n7", 0) AS "n7",
  COALESCE("t39"."n8", 0) AS "n8",
  COALESCE("t39"."n9", 0) AS "n9",
  COALESCE("t39"."n10", 0) AS "n10",
  COALESCE("t39"."n11", 0) AS "n11",
  COALESCE("t39"."n12", 0) AS "n12",
  COALESCE("t39"."n13", 0) AS "n13",
  COALESCE("t39"."n14", 0) AS "n14",
  COALESCE("t39"."n15", 0) AS "n15",
  COALESCE("t39"."n16", 0) AS "n16",
  COALESCE("t39"."n17", 0) AS "n17",
  COALESCE("t39"."n18", 0) AS "n18",
  COALESCE("t39"."n19", 0) AS "n19",
  COALESCE("t39"."n20", 0) AS "n20",
  COALESCE("t39"."n21", 0) AS "n21",
  COALESCE("t39"."n22", 0) AS "n22",
  COALESCE("t39"."n23", 0) AS "n23",
  COALESCE("t39"."n24", 0) AS "n24",
  COALESCE("t39"."unrecorded", 0) AS "unrecorded",
  COALESCE("t39"."assumed", 0) AS "assumed"
FROM (
  SELECT
    "t37"."school_id",
    "t37"."pupil_id",
    "t37"."academic_year",
    "t37"."on_roll",
    "t37"."known",
    "t37"."n0",
    "t37"."n1",
    "t37"."n2",
    "t37"."n3",
    "t37"."n4",
    "t37"."n5",
    "t37"."n6",
    "t37"."n7",
    "t37"."n8",
    "t37"."n9",
    "t37"."n10",
    "t37"."n11",
    "t37"."n12",
    "t37"."n13",
    "t37"."n14",
    "t37"."n15",
    "t37"."n16",
    "t37"."n17",
    "t37"."n18",
    "t37"."n19",
    "t37"."n20",
    "t37"."n21",
    "t37"."n22",
    "t37"."n23",
    "t37"."n24",
    "t37"."unrecorded",
    "t37"."assumed",
    "t37"."year_group",
    "t37"."tutor_group_id",
    "t37"."sex",
    "t37"."sen",
    "t37"."pupil_premium",
    "t37"."ethnicity",
    "t37"."eal",
    "t37"."looked_after",
    "t37"."offset",
    "t37"."last_year"
  FROM (
    SELECT
      "t36"."school_id",
      "t36"."pupil_id",
      "t36"."academic_year",
      "t36"."on_roll",
      "t36"."known",
      "t36"."n0",
      "t36"."n1",
      "t36"."n2",
      "t36"."n3",
      "t36"."n4",
      "t36"."n5",
      "t36"."n6",
      "t36"."n7",
      "t36"."n8",
      "t36"."n9",
      "t36"."n10",
      "t36"."n11",
      "t36"."n12",
      "t36"."n13",
      "t36"."n14",
      "t36"."n15",
      "t36"."n16",
      "t36"."n17",
      "t36"."n18",
      "t36"."n19",
      "t36"."n20",
      "t36"."n21",
      "t36"."n22",
      "t36"."n23",
      "t36"."n24",
      "t36"."unrecorded",
      "t36"."assumed",
      "t36"."year_group",
      "t36"."tutor_group_id",
      "t36"."sex",
      "t36"."sen",
      "t36"."pupil_premium",
      "t36"."ethnicity",
      "t36"."eal",
      "t36"."looked_after",
      "t18"."pupil_id" AS "pupil_id_right",
      "t18"."offset",
      "t18"."last_year"
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
        "t34"."looked_after"
      FROM (
        SELECT
          "t33"."school_id",
          "t33"."pupil_id",
          "t33"."academic_year",
          "t33"."on_roll",
          "t33"."known",
          "t33"."n0",
          "t33"."n1",
          "t33"."n2",
          "t33"."n3",
          "t33"."n4",
          "t33"."n5",
          "t33"."n6",
          "t33"."n7",
          "t33"."n8",
          "t33"."n9",
          "t33"."n10",
          "t33"."n11",
          "t33"."n12",
          "t33"."n13",
          "t33"."n14",
          "t33"."n15",
          "t33"."n16",
          "t33"."n17",
          "t33"."n18",
          "t33"."n19",
          "t33"."n20",
          "t33"."n21",
          "t33"."n22",
          "t33"."n23",
          "t33"."n24",
          "t33"."unrecorded",
          "t33"."assumed",
          "t15"."school_id" AS "school_id_right",
          "t15"."pupil_id" AS "pupil_id_right",
          "t15"."academic_year" AS "academic_year_right",
          "t15"."year_group",
          "t15"."tutor_group_id",
          "t15"."sex",
          "t15"."sen",
          "t15"."pupil_premium",
          "t15"."ethnicity",
          "t15"."eal",
          "t15"."looked_after"
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
            "t31"."assumed"
          FROM (
            SELECT
              "t30"."school_id",
              "t30"."pupil_id",
              "t30"."academic_year",
              COALESCE("t22"."on_roll", 0) AS "on_roll",
              COALESCE("t22"."known", 0) AS "known",
              "t26"."school_id" AS "school_id_right",
              "t26"."pupil_id" AS "pupil_id_right",
              "t26"."academic_year" AS "academic_year_right",
              "t26"."n0",
              "t26"."n1",
              "t26"."n2",
              "t26"."n3",
              "t26"."n4",
              "t26"."n5",
              "t26"."n6",
              "t26"."n7",
              "t26"."n8",
              "t26"."n9",
              "t26"."n10",
              "t26"."n11",
              "t26"."n12",
              "t26"."n13",
              "t26"."n14",
              "t26"."n15",
              "t26"."n16",
              "t26"."n17",
              "t26"."n18",
              "t26"."n19",
              "t26"."n20",
              "t26"."n21",
              "t26"."n22",
              "t26"."n23",
              "t26"."n24",
              "t26"."unrecorded",
              "t26"."assumed"
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
                  "t1"."pupil_id" IN :pupils AND "t1"."academic_year" >= :from_year
              ) AS "t12"
              UNION
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t21"."school_id",
                    "t21"."pupil_id",
                    "t21"."academic_year"
                  FROM "t20" AS "t21"
                ) AS "t23"
                UNION
                SELECT
                  *
                FROM (
                  SELECT
                    "t25"."school_id",
                    "t25"."pupil_id",
                    "t25"."academic_year"
                  FROM "t24" AS "t25"
                ) AS "t27"
              ) AS "t28"
            ) AS "t30"
            LEFT OUTER JOIN "t20" AS "t22"
              ON "t30"."school_id" = "t22"."school_id"
              AND "t30"."pupil_id" = "t22"."pupil_id"
              AND "t30"."academic_year" = "t22"."academic_year"
            LEFT OUTER JOIN "t24" AS "t26"
              ON "t30"."school_id" = "t26"."school_id"
              AND "t30"."pupil_id" = "t26"."pupil_id"
              AND "t30"."academic_year" = "t26"."academic_year"
          ) AS "t31"
        ) AS "t33"
        LEFT OUTER JOIN (
          SELECT
            *
          FROM "people_yearrecord" AS "t1"
          WHERE
            "t1"."pupil_id" IN :pupils AND "t1"."academic_year" >= :from_year
        ) AS "t15"
          ON "t33"."school_id" = "t15"."school_id"
          AND "t33"."pupil_id" = "t15"."pupil_id"
          AND "t33"."academic_year" = "t15"."academic_year"
      ) AS "t34"
    ) AS "t36"
    LEFT OUTER JOIN (
      SELECT
        "t10"."pupil_id",
        MAX("t10"."year_group" - "t10"."academic_year") AS "offset",
        MAX("t10"."academic_year") AS "last_year"
      FROM (
        SELECT
          *
        FROM "people_yearrecord" AS "t1"
        WHERE
          "t1"."pupil_id" IN :pupils
      ) AS "t10"
      GROUP BY
        1
    ) AS "t18"
      ON "t36"."pupil_id" = "t18"."pupil_id"
  ) AS "t37"
) AS "t39"
INNER JOIN (
  SELECT
    "t0"."id" AS "pupil",
    "t0"."benchmark_cohort" AS "cohort"
  FROM "people_pupil" AS "t0"
) AS "t9"
  ON "t39"."pupil_id" = "t9"."pupil"
