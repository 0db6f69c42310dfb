WITH "t13" AS (
  SELECT
    *
  FROM "people_yearrecord" AS "t2"
  WHERE
    "t2"."pupil_id" IN :pupils
), "t26" AS (
  SELECT
    "t16"."school_id",
    "t16"."pupil_id",
    "t16"."academic_year",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 512
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n0",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 8192
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n1",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 49152
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n2",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 65536
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('sixth-form', 'sixth-form-college')
        THEN 1
        ELSE 0
      END
    ) AS "n3",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 65536
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('fe-college', 'utc')
        THEN 1
        ELSE 0
      END
    ) AS "n4",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 65536
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('university', 'he-in-fe')
        THEN 1
        ELSE 0
      END
    ) AS "n5",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 65536
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('itp')
        THEN 1
        ELSE 0
      END
    ) AS "n6",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 131072
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n7",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 262144
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n8",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 1
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n9",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 4
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n10",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 8
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n11",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 48
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n12",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 64
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('sixth-form', 'sixth-form-college')
        THEN 1
        ELSE 0
      END
    ) AS "n13",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 64
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('fe-college', 'utc')
        THEN 1
        ELSE 0
      END
    ) AS "n14",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 64
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('university', 'he-in-fe')
        THEN 1
        ELSE 0
      END
    ) AS "n15",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 64
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('itp', 'apprenticeship-employer')
        THEN 1
        ELSE 0
      END
    ) AS "n16",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 128
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n17",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 256
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n18",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 524288
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n19",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 524288
          ) <> 0
        )
        AND (
          "t16"."academic_day" <= 180
        )
        THEN 1
        ELSE 0
      END
    ) AS "n20",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 1048576
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n21",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 1048576
          ) <> 0
        )
        AND (
          "t16"."academic_day" <= 180
        )
        THEN 1
        ELSE 0
      END
    ) AS "n22",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 2097152
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n23",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 2097152
          ) <> 0
        )
        AND (
          "t16"."academic_day" <= 180
        )
        THEN 1
        ELSE 0
      END
    ) AS "n24",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 16777216
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n25",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 100663296
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n26",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 134217728
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('sixth-form', 'sixth-form-college')
        THEN 1
        ELSE 0
      END
    ) AS "n27",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 134217728
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('fe-college', 'utc')
        THEN 1
        ELSE 0
      END
    ) AS "n28",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 134217728
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('university', 'he-in-fe')
        THEN 1
        ELSE 0
      END
    ) AS "n29",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 134217728
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('itp')
        THEN 1
        ELSE 0
      END
    ) AS "n30",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 4194304
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n31",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 8388608
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('sixth-form', 'sixth-form-college')
        THEN 1
        ELSE 0
      END
    ) AS "n32",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 8388608
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('fe-college', 'utc')
        THEN 1
        ELSE 0
      END
    ) AS "n33",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 8388608
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('university', 'he-in-fe')
        THEN 1
        ELSE 0
      END
    ) AS "n34",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 8388608
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('itp', 'apprenticeship-employer')
        THEN 1
        ELSE 0
      END
    ) AS "n35",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 268435456
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n36",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 268435456
          ) <> 0
        )
        AND (
          "t16"."academic_day" <= 180
        )
        THEN 1
        ELSE 0
      END
    ) AS "n37",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 536870912
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n38",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 536870912
          ) <> 0
        )
        AND (
          "t16"."academic_day" <= 180
        )
        THEN 1
        ELSE 0
      END
    ) AS "n39",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 1073741824
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n40",
    SUM(
      CASE
        WHEN (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 1073741824
          ) <> 0
        )
        AND (
          "t16"."academic_day" <= 180
        )
        THEN 1
        ELSE 0
      END
    ) AS "n41",
    BIT_OR("t16"."criteria_unknown") & 2147476477 AS "unrecorded",
    BIT_OR(
      CASE
        WHEN (
          "t16"."counts" = 1
        ) AND (
          "t16"."known_by" = 'assumed'
        )
        THEN "t16"."criteria"
        ELSE 0
      END
    ) & 2147476477 AS "assumed"
  FROM (
    SELECT
      *
    FROM "participation_participation" AS "t3"
    WHERE
      "t3"."pupil_id" IN :pupils
      AND "t3"."superseded_at" IS NULL
      AND "t3"."pupil_id" IS NOT NULL
      AND "t3"."academic_year" >= :from_year
  ) AS "t16"
  GROUP BY
    1,
    2,
    3
), "t33" AS (
  SELECT
    "t27"."school_id",
    "t27"."pupil_id",
    "t27"."academic_year",
    MAX("t27"."on_roll") AS "on_roll",
    MAX("t27"."known") AS "known"
  FROM (
    SELECT
      "t22"."school_id",
      "t22"."pupil_id",
      "t7"."start_year" AS "academic_year",
      CASE
        WHEN "t22"."status" IN ('C', 'M')
        AND (
          "t22"."starts_on" <= :today
        )
        AND (
          "t22"."starts_on" <= "t7"."roll_on"
        )
        AND (
          (
            "t22"."ends_on" IS NULL
          )
          OR (
            "t22"."ends_on" > :today
          )
          OR (
            "t22"."ends_on" > "t7"."roll_on"
          )
        )
        THEN 1
        ELSE 0
      END AS "on_roll",
      CASE
        WHEN (
          "t22"."starts_on" <= "t7"."joined_by"
        )
        AND (
          (
            "t22"."ends_on" IS NULL
          ) OR (
            "t22"."ends_on" > "t7"."joined_by"
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
    FROM (
      SELECT
        *
      FROM "people_enrolment" AS "t4"
      WHERE
        "t4"."pupil_id" IN :pupils
    ) AS "t22"
    INNER JOIN "schools_academicyear" AS "t7"
      ON "t22"."school_id" = "t7"."school_id"
      AND "t7"."start_year" >= :from_year
      AND "t22"."starts_on" <= "t7"."ends_on"
      AND (
        (
          "t22"."ends_on" IS NULL
        ) OR (
          "t22"."ends_on" > "t7"."starts_on"
        )
      )
    INNER JOIN "schools_school" AS "t8"
      ON "t22"."school_id" = "t8"."id"
  ) AS "t27"
  GROUP BY
    1,
    2,
    3
)
SELECT
  "t48"."school_id",
  "t48"."pupil_id",
  "t48"."academic_year",
  COALESCE(
    "t48"."year_group",
    CASE
      WHEN "t48"."academic_year" < "t48"."last_year"
      THEN GREATEST("t48"."academic_year" + "t48"."offset", 0)
      ELSE CAST(NULL AS BIGINT)
    END,
    0
  ) AS "year_group",
  "t48"."tutor_group_id",
  COALESCE("t48"."on_roll", 0) * CASE WHEN "t10"."cohort" THEN 1 ELSE 0 END AS "in_cohort",
  COALESCE("t48"."known", 0) AS "known",
  COALESCE("t48"."sex", '') AS "sex",
  COALESCE("t48"."sen", '') AS "sen",
  CASE
    WHEN "t48"."pupil_premium" IS NULL
    THEN ''
    WHEN "t48"."pupil_premium"
    THEN 'yes'
    ELSE 'no'
  END AS "pupil_premium",
  COALESCE("t48"."ethnicity", '') AS "ethnicity",
  CASE WHEN "t48"."eal" IS NULL THEN '' WHEN "t48"."eal" THEN 'yes' ELSE 'no' END AS "eal",
  CASE
    WHEN "t48"."looked_after" IS NULL
    THEN ''
    WHEN "t48"."looked_after"
    THEN 'yes'
    ELSE 'no'
  END AS "looked_after",
  COALESCE("t48"."n0", 0) AS "n0",
  COALESCE("t48"."n1", 0) AS "n1",
  COALESCE("t48"."n2", 0) AS "n2",
  COALESCE("t48"."n3", 0) AS "n3",
  COALESCE("t48"."n4", 0) AS "n4",
  COALESCE("t48"."n5", 0) AS "n5",
  COALESCE("t48"."n6", 0) AS "n6",
  COALESCE("t48"."n7", 0) AS "n7",
  COALESCE("t48"."n8", 0) AS "n8",
  COALESCE("t48"."n9", 0) AS "n9",
  COALESCE("t48"."n10", 0) AS "n10",
  COALESCE("t48"."n11", 0) AS "n11",
  COALESCE("t48"."n12", 0) AS "n12",
  COALESCE("t48"."n13", 0) AS "n13",
  COALESCE("t48"."n14", 0) AS "n14",
  COALESCE("t48"."n15", 0) AS "n15",
  COALESCE("t48"."n16", 0) AS "n16",
  COALESCE("t48"."n17", 0) AS "n17",
  COALESCE("t48"."n18", 0) AS "n18",
  COALESCE("t48"."n19", 0) AS "n19",
  COALESCE("t48"."n20", 0) AS "n20",
  COALESCE("t48"."n21", 0) AS "n21",
  COALESCE("t48"."n22", 0) AS "n22",
  COALESCE("t48"."n23", 0) AS "n23",
  COALESCE("t48"."n24", 0) AS "n24",
  COALESCE("t48"."n25", 0) AS "n25",
  COALESCE("t48"."n26", 0) AS "n26",
  COALESCE("t48"."n27", 0) AS "n27",
  COALESCE("t48"."n28", 0) AS "n28",
  COALESCE("t48"."n29", 0) AS "n29",
  COALESCE("t48"."n30", 0) AS "n30",
  COALESCE("t48"."n31", 0) AS "n31",
  COALESCE("t48"."n32", 0) AS "n32",
  COALESCE("t48"."n33", 0) AS "n33",
  COALESCE("t48"."n34", 0) AS "n34",
  COALESCE("t48"."n35", 0) AS "n35",
  COALESCE("t48"."n36", 0) AS "n36",
  COALESCE("t48"."n37", 0) AS "n37",
  COALESCE("t48"."n38", 0) AS "n38",
  COALESCE("t48"."n39", 0) AS "n39",
  COALESCE("t48"."n40", 0) AS "n40",
  COALESCE("t48"."n41", 0) AS "n41",
  COALESCE("t48"."unrecorded", 0) AS "unrecorded",
  COALESCE("t48"."assumed", 0) AS "assumed",
  CASE
    WHEN "t18"."says" IS NULL
    THEN 0
    WHEN COALESCE(
      "t48"."year_group",
      CASE
        WHEN "t48"."academic_year" < "t48"."last_year"
        THEN GREATEST("t48"."academic_year" + "t48"."offset", 0)
        ELSE CAST(NULL AS BIGINT)
      END,
      0
    ) >= 12
    THEN "t18"."says"
    WHEN "t18"."names_it" = 1
    THEN 3
    ELSE 0
  END AS "considers"
FROM (
  SELECT
    "t46".*
    EXCLUDE ("pupil_id_right")
  FROM (
    SELECT
      "t45"."school_id",
      "t45"."pupil_id",
      "t45"."academic_year",
      "t45"."on_roll",
      "t45"."known",
      "t45"."n0",
      "t45"."n1",
      "t45"."n2",
      "t45"."n3",
      "t45"."n4",
      "t45"."n5",
      "t45"."n6",
      "t45"."n7",
      "t45"."n8",
      "t45"."n9",
      "t45"."n10",
      "t45"."n11",
      "t45"."n12",
      "t45"."n13",
      "t45"."n14",
      "t45"."n15",
      "t45"."n16",
      "t45"."n17",
      "t45"."n18",
      "t45"."n19",
      "t45"."n20",
      "t45"."n21",
      "t45"."n22",
      "t45"."n23",
      "t45"."n24",
      "t45"."n25",
      "t45"."n26",
      "t45"."n27",
      "t45"."n28",
      "t45"."n29",
      "t45"."n30",
      "t45"."n31",
      "t45"."n32",
      "t45"."n33",
      "t45"."n34",
      "t45"."n35",
      "t45"."n36",
      "t45"."n37",
      "t45"."n38",
      "t45"."n39",
      "t45"."n40",
      "t45"."n41",
      "t45"."unrecorded",
      "t45"."assumed",
      "t45"."year_group",
      "t45"."tutor_group_id",
      "t45"."sex",
      "t45"."sen",
      "t45"."pupil_premium",
      "t45"."ethnicity",
      "t45"."eal",
      "t45"."looked_after",
      "t30"."pupil_id" AS "pupil_id_right",
      "t30"."last_year",
      "t30"."offset"
    FROM (
      SELECT
        "t43".*
        EXCLUDE ("school_id_right", "pupil_id_right", "academic_year_right")
      FROM (
        SELECT
          "t42"."school_id",
          "t42"."pupil_id",
          "t42"."academic_year",
          "t42"."on_roll",
          "t42"."known",
          "t42"."n0",
          "t42"."n1",
          "t42"."n2",
          "t42"."n3",
          "t42"."n4",
          "t42"."n5",
          "t42"."n6",
          "t42"."n7",
          "t42"."n8",
          "t42"."n9",
          "t42"."n10",
          "t42"."n11",
          "t42"."n12",
          "t42"."n13",
          "t42"."n14",
          "t42"."n15",
          "t42"."n16",
          "t42"."n17",
          "t42"."n18",
          "t42"."n19",
          "t42"."n20",
          "t42"."n21",
          "t42"."n22",
          "t42"."n23",
          "t42"."n24",
          "t42"."n25",
          "t42"."n26",
          "t42"."n27",
          "t42"."n28",
          "t42"."n29",
          "t42"."n30",
          "t42"."n31",
          "t42"."n32",
          "t42"."n33",
          "t42"."n34",
          "t42"."n35",
          "t42"."n36",
          "t42"."n37",
          "t42"."n38",
          "t42"."n39",
          "t42"."n40",
          "t42"."n41",
          "t42"."unrecorded",
          "t42"."assumed",
          "t20"."school_id" AS "school_id_right",
          "t20"."pupil_id" AS "pupil_id_right",
          "t20"."academic_year" AS "academic_year_right",
          "t20"."year_group",
          "t20"."tutor_group_id",
          "t20"."sex",
          "t20"."sen",
          "t20"."pupil_premium",
          "t20"."ethnicity",
          "t20"."eal",
          "t20"."looked_after"
        FROM (
          SELECT
            "t40".*
            EXCLUDE ("school_id_right", "pupil_id_right", "academic_year_right")
          FROM (
            SELECT
              "t39"."school_id",
              "t39"."pupil_id",
              "t39"."academic_year",
              COALESCE("t35"."on_roll", 0) AS "on_roll",
              COALESCE("t35"."known", 0) AS "known",
              "t31"."school_id" AS "school_id_right",
              "t31"."pupil_id" AS "pupil_id_right",
              "t31"."academic_year" AS "academic_year_right",
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
              "t31"."n25",
              "t31"."n26",
              "t31"."n27",
              "t31"."n28",
              "t31"."n29",
              "t31"."n30",
              "t31"."n31",
              "t31"."n32",
              "t31"."n33",
              "t31"."n34",
              "t31"."n35",
              "t31"."n36",
              "t31"."n37",
              "t31"."n38",
              "t31"."n39",
              "t31"."n40",
              "t31"."n41",
              "t31"."unrecorded",
              "t31"."assumed"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t34"."school_id",
                    "t34"."pupil_id",
                    "t34"."academic_year"
                  FROM "t33" AS "t34"
                ) AS "t36"
                UNION
                SELECT
                  *
                FROM (
                  SELECT
                    "t29"."school_id",
                    "t29"."pupil_id",
                    "t29"."academic_year"
                  FROM "t26" AS "t29"
                ) AS "t32"
              ) AS "t37"
              UNION
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t2"."school_id",
                    "t2"."pupil_id",
                    "t2"."academic_year"
                  FROM "people_yearrecord" AS "t2"
                  WHERE
                    "t2"."pupil_id" IN :pupils AND "t2"."academic_year" >= :from_year
                ) AS "t15"
                UNION
                SELECT
                  *
                FROM (
                  SELECT
                    "t1"."school_id",
                    "t1"."pupil_id",
                    "t1"."academic_year"
                  FROM "measures_considering" AS "t1"
                  WHERE
                    "t1"."pupil_id" IN :pupils AND "t1"."academic_year" >= :from_year
                ) AS "t12"
              ) AS "t21"
            ) AS "t39"
            LEFT OUTER JOIN "t33" AS "t35"
              ON "t39"."school_id" = "t35"."school_id"
              AND "t39"."pupil_id" = "t35"."pupil_id"
              AND "t39"."academic_year" = "t35"."academic_year"
            LEFT OUTER JOIN "t26" AS "t31"
              ON "t39"."school_id" = "t31"."school_id"
              AND "t39"."pupil_id" = "t31"."pupil_id"
              AND "t39"."academic_year" = "t31"."academic_year"
          ) AS "t40"
        ) AS "t42"
        LEFT OUTER JOIN (
          SELECT
            *
          FROM "people_yearrecord" AS "t2"
          WHERE
            "t2"."pupil_id" IN :pupils AND "t2"."academic_year" >= :from_year
        ) AS "t20"
          ON "t42"."school_id" = "t20"."school_id"
          AND "t42"."pupil_id" = "t20"."pupil_id"
          AND "t42"."academic_year" = "t20"."academic_year"
      ) AS "t43"
    ) AS "t45"
    LEFT OUTER JOIN (
      SELECT
        "t25"."pupil_id",
        "t25"."last_year",
        "t23"."year_group" - "t23"."academic_year" AS "offset"
      FROM (
        SELECT
          "t19"."pupil_id",
          MIN("t19"."academic_year") AS "first_year",
          MAX("t19"."academic_year") AS "last_year"
        FROM "t13" AS "t19"
        GROUP BY
          1
      ) AS "t25"
      INNER JOIN "t13" AS "t23"
        ON "t25"."pupil_id" = "t23"."pupil_id"
        AND "t25"."first_year" = "t23"."academic_year"
    ) AS "t30"
      ON "t45"."pupil_id" = "t30"."pupil_id"
  ) AS "t46"
) AS "t48"
INNER JOIN (
  SELECT
    "t0"."id" AS "pupil",
    "t0"."benchmark_cohort" AS "cohort"
  FROM "people_pupil" AS "t0"
) AS "t10"
  ON "t48"."pupil_id" = "t10"."pupil"
LEFT OUTER JOIN (
  SELECT
    "t1"."says",
    "t1"."names_it",
    "t1"."pupil_id" AS "said_of",
    "t1"."academic_year" AS "said_in"
  FROM "measures_considering" AS "t1"
  WHERE
    "t1"."pupil_id" IN :pupils AND "t1"."academic_year" >= :from_year
) AS "t18"
  ON "t48"."pupil_id" = "t18"."said_of" AND "t48"."academic_year" = "t18"."said_in"
