WITH "t10" AS (
  SELECT
    *
  FROM "people_yearrecord" AS "t1"
  WHERE
    "t1"."pupil_id" IN :pupils
), "t21" AS (
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
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 16777216
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n25",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 100663296
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n26",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 134217728
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('sixth-form', 'sixth-form-college')
        THEN 1
        ELSE 0
      END
    ) AS "n27",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 134217728
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('fe-college', 'utc')
        THEN 1
        ELSE 0
      END
    ) AS "n28",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 134217728
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('university', 'he-in-fe')
        THEN 1
        ELSE 0
      END
    ) AS "n29",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 134217728
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('itp')
        THEN 1
        ELSE 0
      END
    ) AS "n30",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 4194304
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n31",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 8388608
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('sixth-form', 'sixth-form-college')
        THEN 1
        ELSE 0
      END
    ) AS "n32",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 8388608
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('fe-college', 'utc')
        THEN 1
        ELSE 0
      END
    ) AS "n33",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 8388608
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('university', 'he-in-fe')
        THEN 1
        ELSE 0
      END
    ) AS "n34",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 8388608
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('itp', 'apprenticeship-employer')
        THEN 1
        ELSE 0
      END
    ) AS "n35",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 268435456
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n36",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 268435456
          ) <> 0
        )
        AND (
          "t13"."academic_day" <= 180
        )
        THEN 1
        ELSE 0
      END
    ) AS "n37",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 536870912
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n38",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 536870912
          ) <> 0
        )
        AND (
          "t13"."academic_day" <= 180
        )
        THEN 1
        ELSE 0
      END
    ) AS "n39",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 1073741824
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n40",
    SUM(
      CASE
        WHEN (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 1073741824
          ) <> 0
        )
        AND (
          "t13"."academic_day" <= 180
        )
        THEN 1
        ELSE 0
      END
    ) AS "n41",
    BIT_OR("t13"."criteria_unknown") & 2147476477 AS "unrecorded",
    BIT_OR(
      CASE
        WHEN (
          "t13"."counts" = 1
        ) AND (
          "t13"."known_by" = 'assumed'
        )
        THEN "t13"."criteria"
        ELSE 0
      END
    ) & 2147476477 AS "assumed"
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
), "t28" AS (
  SELECT
    "t22"."school_id",
    "t22"."pupil_id",
    "t22"."academic_year",
    MAX("t22"."on_roll") AS "on_roll",
    MAX("t22"."known") AS "known"
  FROM (
    SELECT
      "t17"."school_id",
      "t17"."pupil_id",
      "t6"."start_year" AS "academic_year",
      CASE
        WHEN "t17"."status" IN ('C', 'M')
        AND (
          "t17"."starts_on" <= :today
        )
        AND (
          "t17"."starts_on" <= "t6"."roll_on"
        )
        AND (
          (
            "t17"."ends_on" IS NULL
          )
          OR (
            "t17"."ends_on" > :today
          )
          OR (
            "t17"."ends_on" > "t6"."roll_on"
          )
        )
        THEN 1
        ELSE 0
      END AS "on_roll",
      CASE
        WHEN (
          "t17"."starts_on" <= "t6"."joined_by"
        )
        AND (
          (
            "t17"."ends_on" IS NULL
          ) OR (
            "t17"."ends_on" > "t6"."joined_by"
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
    ) AS "t17"
    INNER JOIN "schools_academicyear" AS "t6"
      ON "t17"."school_id" = "t6"."school_id"
      AND "t6"."start_year" >= :from_year
      AND "t17"."starts_on" <= "t6"."ends_on"
      AND (
        (
          "t17"."ends_on" IS NULL
        ) OR (
          "t17"."ends_on" > "t6"."starts_on"
        )
      )
    INNER JOIN "schools_school" AS "t7"
      ON "t17"."school_id" = "t7"."id"
  ) AS "t22"
  GROUP BY
    1,
    2,
    3
)
SELECT
  "t43"."school_id",
  "t43"."pupil_id",
  "t43"."academic_year",
  COALESCE(
    "t43"."year_group",
    CASE
      WHEN "t43"."academic_year" < "t43"."last_year"
      THEN GREATEST("t43"."academic_year" + "t43"."offset", 0)
      ELSE CAST(NULL AS BIGINT)
    END,
    0
  ) AS "year_group",
  "t43"."tutor_group_id",
  COALESCE("t43"."on_roll", 0) * CASE WHEN "t9"."cohort" THEN 1 ELSE 0 END AS "in_cohort",
  COALESCE("t43"."known", 0) AS "known",
  COALESCE("t43"."sex", '') AS "sex",
  COALESCE("t43"."sen", '') AS "sen",
  CASE
    WHEN "t43"."pupil_premium" IS NULL
    THEN ''
    WHEN "t43"."pupil_premium"
    THEN 'yes'
    ELSE 'no'
  END AS "pupil_premium",
  COALESCE("t43"."ethnicity", '') AS "ethnicity",
  CASE WHEN "t43"."eal" IS NULL THEN '' WHEN "t43"."eal" THEN 'yes' ELSE 'no' END AS "eal",
  CASE
    WHEN "t43"."looked_after" IS NULL
    THEN ''
    WHEN "t43"."looked_after"
    THEN 'yes'
    ELSE 'no'
  END AS "looked_after",
  COALESCE("t43"."n0", 0) AS "n0",
  COALESCE("t43"."n1", 0) AS "n1",
  COALESCE("t43"."n2", 0) AS "n2",
  COALESCE("t43"."n3", 0) AS "n3",
  COALESCE("t43"."n4", 0) AS "n4",
  COALESCE("t43"."n5", 0) AS "n5",
  COALESCE("t43"."n6", 0) AS "n6",
  COALESCE("t43"."n7", 0) AS "n7",
  COALESCE("t43"."n8", 0) AS "n8",
  COALESCE("t43"."n9", 0) AS "n9",
  COALESCE("t43"."n10", 0) AS "n10",
  COALESCE("t43"."n11", 0) AS "n11",
  COALESCE("t43"."n12", 0) AS "n12",
  COALESCE("t43"."n13", 0) AS "n13",
  COALESCE("t43"."n14", 0) AS "n14",
  COALESCE("t43"."n15", 0) AS "n15",
  COALESCE("t43"."n16", 0) AS "n16",
  COALESCE("t43"."n17", 0) AS "n17",
  COALESCE("t43"."n18", 0) AS "n18",
  COALESCE("t43"."n19", 0) AS "n19",
  COALESCE("t43"."n20", 0) AS "n20",
  COALESCE("t43"."n21", 0) AS "n21",
  COALESCE("t43"."n22", 0) AS "n22",
  COALESCE("t43"."n23", 0) AS "n23",
  COALESCE("t43"."n24", 0) AS "n24",
  COALESCE("t43"."n25", 0) AS "n25",
  COALESCE("t43"."n26", 0) AS "n26",
  COALESCE("t43"."n27", 0) AS "n27",
  COALESCE("t43"."n28", 0) AS "n28",
  COALESCE("t43"."n29", 0) AS "n29",
  COALESCE("t43"."n30", 0) AS "n30",
  COALESCE("t43"."n31", 0) AS "n31",
  COALESCE("t43"."n32", 0) AS "n32",
  COALESCE("t43"."n33", 0) AS "n33",
  COALESCE("t43"."n34", 0) AS "n34",
  COALESCE("t43"."n35", 0) AS "n35",
  COALESCE("t43"."n36", 0) AS "n36",
  COALESCE("t43"."n37", 0) AS "n37",
  COALESCE("t43"."n38", 0) AS "n38",
  COALESCE("t43"."n39", 0) AS "n39",
  COALESCE("t43"."n40", 0) AS "n40",
  COALESCE("t43"."n41", 0) AS "n41",
  COALESCE("t43"."unrecorded", 0) AS "unrecorded",
  COALESCE("t43"."assumed", 0) AS "assumed"
FROM (
  SELECT
    "t41".*
    EXCLUDE ("pupil_id_right")
  FROM (
    SELECT
      "t40"."school_id",
      "t40"."pupil_id",
      "t40"."academic_year",
      "t40"."on_roll",
      "t40"."known",
      "t40"."n0",
      "t40"."n1",
      "t40"."n2",
      "t40"."n3",
      "t40"."n4",
      "t40"."n5",
      "t40"."n6",
      "t40"."n7",
      "t40"."n8",
      "t40"."n9",
      "t40"."n10",
      "t40"."n11",
      "t40"."n12",
      "t40"."n13",
      "t40"."n14",
      "t40"."n15",
      "t40"."n16",
      "t40"."n17",
      "t40"."n18",
      "t40"."n19",
      "t40"."n20",
      "t40"."n21",
      "t40"."n22",
      "t40"."n23",
      "t40"."n24",
      "t40"."n25",
      "t40"."n26",
      "t40"."n27",
      "t40"."n28",
      "t40"."n29",
      "t40"."n30",
      "t40"."n31",
      "t40"."n32",
      "t40"."n33",
      "t40"."n34",
      "t40"."n35",
      "t40"."n36",
      "t40"."n37",
      "t40"."n38",
      "t40"."n39",
      "t40"."n40",
      "t40"."n41",
      "t40"."unrecorded",
      "t40"."assumed",
      "t40"."year_group",
      "t40"."tutor_group_id",
      "t40"."sex",
      "t40"."sen",
      "t40"."pupil_premium",
      "t40"."ethnicity",
      "t40"."eal",
      "t40"."looked_after",
      "t25"."pupil_id" AS "pupil_id_right",
      "t25"."last_year",
      "t25"."offset"
    FROM (
      SELECT
        "t38".*
        EXCLUDE ("academic_year_right", "school_id_right", "pupil_id_right")
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
          "t37"."n25",
          "t37"."n26",
          "t37"."n27",
          "t37"."n28",
          "t37"."n29",
          "t37"."n30",
          "t37"."n31",
          "t37"."n32",
          "t37"."n33",
          "t37"."n34",
          "t37"."n35",
          "t37"."n36",
          "t37"."n37",
          "t37"."n38",
          "t37"."n39",
          "t37"."n40",
          "t37"."n41",
          "t37"."unrecorded",
          "t37"."assumed",
          "t16"."school_id" AS "school_id_right",
          "t16"."pupil_id" AS "pupil_id_right",
          "t16"."academic_year" AS "academic_year_right",
          "t16"."year_group",
          "t16"."tutor_group_id",
          "t16"."sex",
          "t16"."sen",
          "t16"."pupil_premium",
          "t16"."ethnicity",
          "t16"."eal",
          "t16"."looked_after"
        FROM (
          SELECT
            "t35".*
            EXCLUDE ("academic_year_right", "school_id_right", "pupil_id_right")
          FROM (
            SELECT
              "t34"."school_id",
              "t34"."pupil_id",
              "t34"."academic_year",
              COALESCE("t30"."on_roll", 0) AS "on_roll",
              COALESCE("t30"."known", 0) AS "known",
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
              "t26"."n25",
              "t26"."n26",
              "t26"."n27",
              "t26"."n28",
              "t26"."n29",
              "t26"."n30",
              "t26"."n31",
              "t26"."n32",
              "t26"."n33",
              "t26"."n34",
              "t26"."n35",
              "t26"."n36",
              "t26"."n37",
              "t26"."n38",
              "t26"."n39",
              "t26"."n40",
              "t26"."n41",
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
                    "t29"."school_id",
                    "t29"."pupil_id",
                    "t29"."academic_year"
                  FROM "t28" AS "t29"
                ) AS "t31"
                UNION
                SELECT
                  *
                FROM (
                  SELECT
                    "t24"."school_id",
                    "t24"."pupil_id",
                    "t24"."academic_year"
                  FROM "t21" AS "t24"
                ) AS "t27"
              ) AS "t32"
            ) AS "t34"
            LEFT OUTER JOIN "t28" AS "t30"
              ON "t34"."school_id" = "t30"."school_id"
              AND "t34"."pupil_id" = "t30"."pupil_id"
              AND "t34"."academic_year" = "t30"."academic_year"
            LEFT OUTER JOIN "t21" AS "t26"
              ON "t34"."school_id" = "t26"."school_id"
              AND "t34"."pupil_id" = "t26"."pupil_id"
              AND "t34"."academic_year" = "t26"."academic_year"
          ) AS "t35"
        ) AS "t37"
        LEFT OUTER JOIN (
          SELECT
            *
          FROM "people_yearrecord" AS "t1"
          WHERE
            "t1"."pupil_id" IN :pupils AND "t1"."academic_year" >= :from_year
        ) AS "t16"
          ON "t37"."school_id" = "t16"."school_id"
          AND "t37"."pupil_id" = "t16"."pupil_id"
          AND "t37"."academic_year" = "t16"."academic_year"
      ) AS "t38"
    ) AS "t40"
    LEFT OUTER JOIN (
      SELECT
        "t20"."pupil_id",
        "t20"."last_year",
        "t18"."year_group" - "t18"."academic_year" AS "offset"
      FROM (
        SELECT
          "t15"."pupil_id",
          MIN("t15"."academic_year") AS "first_year",
          MAX("t15"."academic_year") AS "last_year"
        FROM "t10" AS "t15"
        GROUP BY
          1
      ) AS "t20"
      INNER JOIN "t10" AS "t18"
        ON "t20"."pupil_id" = "t18"."pupil_id"
        AND "t20"."first_year" = "t18"."academic_year"
    ) AS "t25"
      ON "t40"."pupil_id" = "t25"."pupil_id"
  ) AS "t41"
) AS "t43"
INNER JOIN (
  SELECT
    "t0"."id" AS "pupil",
    "t0"."benchmark_cohort" AS "cohort"
  FROM "people_pupil" AS "t0"
) AS "t9"
  ON "t43"."pupil_id" = "t9"."pupil"
