WITH "t26" AS (
  SELECT
    "t18"."school_id",
    "t18"."pupil_id",
    "t18"."academic_year",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 512
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n0",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 8192
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n1",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 49152
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n2",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 65536
          ) <> 0
        )
        AND "t18"."partner_kind" IN ('sixth-form', 'sixth-form-college')
        THEN 1
        ELSE 0
      END
    ) AS "n3",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 65536
          ) <> 0
        )
        AND "t18"."partner_kind" IN ('fe-college', 'utc')
        THEN 1
        ELSE 0
      END
    ) AS "n4",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 65536
          ) <> 0
        )
        AND "t18"."partner_kind" IN ('university', 'he-in-fe')
        THEN 1
        ELSE 0
      END
    ) AS "n5",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 65536
          ) <> 0
        )
        AND "t18"."partner_kind" IN ('itp')
        THEN 1
        ELSE 0
      END
    ) AS "n6",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 131072
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n7",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 262144
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n8",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 1
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n9",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 4
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n10",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 8
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n11",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 48
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n12",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 64
          ) <> 0
        )
        AND "t18"."partner_kind" IN ('sixth-form', 'sixth-form-college')
        THEN 1
        ELSE 0
      END
    ) AS "n13",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 64
          ) <> 0
        )
        AND "t18"."partner_kind" IN ('fe-college', 'utc')
        THEN 1
        ELSE 0
      END
    ) AS "n14",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 64
          ) <> 0
        )
        AND "t18"."partner_kind" IN ('university', 'he-in-fe')
        THEN 1
        ELSE 0
      END
    ) AS "n15",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 64
          ) <> 0
        )
        AND "t18"."partner_kind" IN ('itp', 'apprenticeship-employer')
        THEN 1
        ELSE 0
      END
    ) AS "n16",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 128
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n17",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 256
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n18",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 524288
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n19",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 524288
          ) <> 0
        )
        AND (
          "t18"."academic_day" <= 180
        )
        THEN 1
        ELSE 0
      END
    ) AS "n20",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 1048576
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n21",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 1048576
          ) <> 0
        )
        AND (
          "t18"."academic_day" <= 180
        )
        THEN 1
        ELSE 0
      END
    ) AS "n22",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 2097152
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n23",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 2097152
          ) <> 0
        )
        AND (
          "t18"."academic_day" <= 180
        )
        THEN 1
        ELSE 0
      END
    ) AS "n24",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 16777216
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n25",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 100663296
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n26",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 134217728
          ) <> 0
        )
        AND "t18"."partner_kind" IN ('sixth-form', 'sixth-form-college')
        THEN 1
        ELSE 0
      END
    ) AS "n27",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 134217728
          ) <> 0
        )
        AND "t18"."partner_kind" IN ('fe-college', 'utc')
        THEN 1
        ELSE 0
      END
    ) AS "n28",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 134217728
          ) <> 0
        )
        AND "t18"."partner_kind" IN ('university', 'he-in-fe')
        THEN 1
        ELSE 0
      END
    ) AS "n29",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 134217728
          ) <> 0
        )
        AND "t18"."partner_kind" IN ('itp')
        THEN 1
        ELSE 0
      END
    ) AS "n30",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 4194304
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n31",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 8388608
          ) <> 0
        )
        AND "t18"."partner_kind" IN ('sixth-form', 'sixth-form-college')
        THEN 1
        ELSE 0
      END
    ) AS "n32",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 8388608
          ) <> 0
        )
        AND "t18"."partner_kind" IN ('fe-college', 'utc')
        THEN 1
        ELSE 0
      END
    ) AS "n33",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 8388608
          ) <> 0
        )
        AND "t18"."partner_kind" IN ('university', 'he-in-fe')
        THEN 1
        ELSE 0
      END
    ) AS "n34",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 8388608
          ) <> 0
        )
        AND "t18"."partner_kind" IN ('itp', 'apprenticeship-employer')
        THEN 1
        ELSE 0
      END
    ) AS "n35",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 268435456
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n36",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 268435456
          ) <> 0
        )
        AND (
          "t18"."academic_day" <= 180
        )
        THEN 1
        ELSE 0
      END
    ) AS "n37",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 536870912
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n38",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 536870912
          ) <> 0
        )
        AND (
          "t18"."academic_day" <= 180
        )
        THEN 1
        ELSE 0
      END
    ) AS "n39",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          (
            "t18"."criteria" & 1073741824
          ) <> 0
        )
        THEN 1
        ELSE 0
      END
    ) AS "n40",
    SUM(
      CASE
        WHEN (
          "t18"."counts" = 1
        )
        AND (
          (
            "t18"."criteria" & 1073741824
          ) <> 0
        )
        AND (
          "t18"."academic_day" <= 180
        )
        THEN 1
        ELSE 0
      END
    ) AS "n41",
    BIT_OR("t18"."criteria_unknown") & 2147476477 AS "unrecorded",
    BIT_OR(
      CASE
        WHEN (
          "t18"."counts" = 1
        ) AND (
          "t18"."known_by" = 'assumed'
        )
        THEN "t18"."criteria"
        ELSE 0
      END
    ) & 2147476477 AS "assumed"
  FROM (
    SELECT
      *
    FROM "participation_participation" AS "t3"
    WHERE
      "t3"."superseded_at" IS NULL
      AND "t3"."pupil_id" IS NOT NULL
      AND "t3"."academic_year" >= :from_year
  ) AS "t18"
  GROUP BY
    1,
    2,
    3
), "t27" AS (
  SELECT
    "t24"."school_id",
    "t24"."pupil_id",
    "t24"."academic_year",
    MAX("t24"."on_roll") AS "on_roll",
    MAX("t24"."known") AS "known"
  FROM (
    SELECT
      "t8"."school_id",
      "t8"."pupil_id",
      "t9"."start_year" AS "academic_year",
      CASE
        WHEN "t8"."status" IN ('C', 'M')
        AND (
          "t8"."starts_on" <= :today
        )
        AND (
          "t8"."starts_on" <= "t9"."roll_on"
        )
        AND (
          (
            "t8"."ends_on" IS NULL
          )
          OR (
            "t8"."ends_on" > :today
          )
          OR (
            "t8"."ends_on" > "t9"."roll_on"
          )
        )
        THEN 1
        ELSE 0
      END AS "on_roll",
      CASE
        WHEN (
          "t8"."starts_on" <= "t9"."joined_by"
        )
        AND (
          (
            "t8"."ends_on" IS NULL
          ) OR (
            "t8"."ends_on" > "t9"."joined_by"
          )
        )
        THEN 1
        ELSE 0
      END * CASE
        WHEN (
          "t10"."records_begin" IS NULL
        )
        OR (
          "t10"."records_begin" <= "t9"."starts_on"
        )
        THEN 1
        ELSE 0
      END AS "known"
    FROM "people_enrolment" AS "t8"
    INNER JOIN "schools_academicyear" AS "t9"
      ON "t8"."school_id" = "t9"."school_id"
      AND "t9"."start_year" >= :from_year
      AND "t8"."starts_on" <= "t9"."ends_on"
      AND (
        (
          "t8"."ends_on" IS NULL
        ) OR (
          "t8"."ends_on" > "t9"."starts_on"
        )
      )
    INNER JOIN "schools_school" AS "t10"
      ON "t8"."school_id" = "t10"."id"
  ) AS "t24"
  GROUP BY
    1,
    2,
    3
)
SELECT
  "t45"."school_id",
  "t45"."pupil_id",
  "t45"."academic_year",
  COALESCE(
    "t45"."year_group",
    CASE
      WHEN "t45"."academic_year" < "t45"."last_year"
      THEN GREATEST("t45"."academic_year" + "t45"."offset", 0)
      ELSE CAST(NULL AS BIGINT)
    END,
    0
  ) AS "year_group",
  "t45"."tutor_group_id",
  COALESCE("t45"."on_roll", 0) * CASE WHEN "t12"."cohort" THEN 1 ELSE 0 END AS "in_cohort",
  COALESCE("t45"."known", 0) AS "known",
  COALESCE("t45"."sex", '') AS "sex",
  COALESCE("t45"."sen", '') AS "sen",
  CASE
    WHEN "t45"."pupil_premium" IS NULL
    THEN ''
    WHEN "t45"."pupil_premium"
    THEN 'yes'
    ELSE 'no'
  END AS "pupil_premium",
  COALESCE("t45"."ethnicity", '') AS "ethnicity",
  CASE WHEN "t45"."eal" IS NULL THEN '' WHEN "t45"."eal" THEN 'yes' ELSE 'no' END AS "eal",
  CASE
    WHEN "t45"."looked_after" IS NULL
    THEN ''
    WHEN "t45"."looked_after"
    THEN 'yes'
    ELSE 'no'
  END AS "looked_after",
  COALESCE("t45"."n0", 0) AS "n0",
  COALESCE("t45"."n1", 0) AS "n1",
  COALESCE("t45"."n2", 0) AS "n2",
  COALESCE("t45"."n3", 0) AS "n3",
  COALESCE("t45"."n4", 0) AS "n4",
  COALESCE("t45"."n5", 0) AS "n5",
  COALESCE("t45"."n6", 0) AS "n6",
  COALESCE("t45"."n7", 0) AS "n7",
  COALESCE("t45"."n8", 0) AS "n8",
  COALESCE("t45"."n9", 0) AS "n9",
  COALESCE("t45"."n10", 0) AS "n10",
  COALESCE("t45"."n11", 0) AS "n11",
  COALESCE("t45"."n12", 0) AS "n12",
  COALESCE("t45"."n13", 0) AS "n13",
  COALESCE("t45"."n14", 0) AS "n14",
  COALESCE("t45"."n15", 0) AS "n15",
  COALESCE("t45"."n16", 0) AS "n16",
  COALESCE("t45"."n17", 0) AS "n17",
  COALESCE("t45"."n18", 0) AS "n18",
  COALESCE("t45"."n19", 0) AS "n19",
  COALESCE("t45"."n20", 0) AS "n20",
  COALESCE("t45"."n21", 0) AS "n21",
  COALESCE("t45"."n22", 0) AS "n22",
  COALESCE("t45"."n23", 0) AS "n23",
  COALESCE("t45"."n24", 0) AS "n24",
  COALESCE("t45"."n25", 0) AS "n25",
  COALESCE("t45"."n26", 0) AS "n26",
  COALESCE("t45"."n27", 0) AS "n27",
  COALESCE("t45"."n28", 0) AS "n28",
  COALESCE("t45"."n29", 0) AS "n29",
  COALESCE("t45"."n30", 0) AS "n30",
  COALESCE("t45"."n31", 0) AS "n31",
  COALESCE("t45"."n32", 0) AS "n32",
  COALESCE("t45"."n33", 0) AS "n33",
  COALESCE("t45"."n34", 0) AS "n34",
  COALESCE("t45"."n35", 0) AS "n35",
  COALESCE("t45"."n36", 0) AS "n36",
  COALESCE("t45"."n37", 0) AS "n37",
  COALESCE("t45"."n38", 0) AS "n38",
  COALESCE("t45"."n39", 0) AS "n39",
  COALESCE("t45"."n40", 0) AS "n40",
  COALESCE("t45"."n41", 0) AS "n41",
  COALESCE("t45"."unrecorded", 0) AS "unrecorded",
  COALESCE("t45"."assumed", 0) AS "assumed",
  CASE
    WHEN "t19"."says" IS NULL
    THEN 0
    WHEN COALESCE(
      "t45"."year_group",
      CASE
        WHEN "t45"."academic_year" < "t45"."last_year"
        THEN GREATEST("t45"."academic_year" + "t45"."offset", 0)
        ELSE CAST(NULL AS BIGINT)
      END,
      0
    ) >= 12
    THEN "t19"."says"
    WHEN "t19"."names_it" = 1
    THEN 3
    ELSE 0
  END AS "considers"
FROM (
  SELECT
    "t43"."school_id",
    "t43"."pupil_id",
    "t43"."academic_year",
    "t43"."on_roll",
    "t43"."known",
    "t43"."n0",
    "t43"."n1",
    "t43"."n2",
    "t43"."n3",
    "t43"."n4",
    "t43"."n5",
    "t43"."n6",
    "t43"."n7",
    "t43"."n8",
    "t43"."n9",
    "t43"."n10",
    "t43"."n11",
    "t43"."n12",
    "t43"."n13",
    "t43"."n14",
    "t43"."n15",
    "t43"."n16",
    "t43"."n17",
    "t43"."n18",
    "t43"."n19",
    "t43"."n20",
    "t43"."n21",
    "t43"."n22",
    "t43"."n23",
    "t43"."n24",
    "t43"."n25",
    "t43"."n26",
    "t43"."n27",
    "t43"."n28",
    "t43"."n29",
    "t43"."n30",
    "t43"."n31",
    "t43"."n32",
    "t43"."n33",
    "t43"."n34",
    "t43"."n35",
    "t43"."n36",
    "t43"."n37",
    "t43"."n38",
    "t43"."n39",
    "t43"."n40",
    "t43"."n41",
    "t43"."unrecorded",
    "t43"."assumed",
    "t43"."year_group",
    "t43"."tutor_group_id",
    "t43"."sex",
    "t43"."sen",
    "t43"."pupil_premium",
    "t43"."ethnicity",
    "t43"."eal",
    "t43"."looked_after",
    "t43"."last_year",
    "t43"."offset"
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
      "t42"."year_group",
      "t42"."tutor_group_id",
      "t42"."sex",
      "t42"."sen",
      "t42"."pupil_premium",
      "t42"."ethnicity",
      "t42"."eal",
      "t42"."looked_after",
      "t25"."pupil_id" AS "pupil_id_right",
      "t25"."last_year",
      "t25"."offset"
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
        "t40"."looked_after"
      FROM (
        SELECT
          "t39"."school_id",
          "t39"."pupil_id",
          "t39"."academic_year",
          "t39"."on_roll",
          "t39"."known",
          "t39"."n0",
          "t39"."n1",
          "t39"."n2",
          "t39"."n3",
          "t39"."n4",
          "t39"."n5",
          "t39"."n6",
          "t39"."n7",
          "t39"."n8",
          "t39"."n9",
          "t39"."n10",
          "t39"."n11",
          "t39"."n12",
          "t39"."n13",
          "t39"."n14",
          "t39"."n15",
          "t39"."n16",
          "t39"."n17",
          "t39"."n18",
          "t39"."n19",
          "t39"."n20",
          "t39"."n21",
          "t39"."n22",
          "t39"."n23",
          "t39"."n24",
          "t39"."n25",
          "t39"."n26",
          "t39"."n27",
          "t39"."n28",
          "t39"."n29",
          "t39"."n30",
          "t39"."n31",
          "t39"."n32",
          "t39"."n33",
          "t39"."n34",
          "t39"."n35",
          "t39"."n36",
          "t39"."n37",
          "t39"."n38",
          "t39"."n39",
          "t39"."n40",
          "t39"."n41",
          "t39"."unrecorded",
          "t39"."assumed",
          "t21"."school_id" AS "school_id_right",
          "t21"."pupil_id" AS "pupil_id_right",
          "t21"."academic_year" AS "academic_year_right",
          "t21"."year_group",
          "t21"."tutor_group_id",
          "t21"."sex",
          "t21"."sen",
          "t21"."pupil_premium",
          "t21"."ethnicity",
          "t21"."eal",
          "t21"."looked_after"
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
            "t37"."assumed"
          FROM (
            SELECT
              "t36"."school_id",
              "t36"."pupil_id",
              "t36"."academic_year",
              COALESCE("t31"."on_roll", 0) AS "on_roll",
              COALESCE("t31"."known", 0) AS "known",
              "t30"."school_id" AS "school_id_right",
              "t30"."pupil_id" AS "pupil_id_right",
              "t30"."academic_year" AS "academic_year_right",
              "t30"."n0",
              "t30"."n1",
              "t30"."n2",
              "t30"."n3",
              "t30"."n4",
              "t30"."n5",
              "t30"."n6",
              "t30"."n7",
              "t30"."n8",
              "t30"."n9",
              "t30"."n10",
              "t30"."n11",
              "t30"."n12",
              "t30"."n13",
              "t30"."n14",
              "t30"."n15",
              "t30"."n16",
              "t30"."n17",
              "t30"."n18",
              "t30"."n19",
              "t30"."n20",
              "t30"."n21",
              "t30"."n22",
              "t30"."n23",
              "t30"."n24",
              "t30"."n25",
              "t30"."n26",
              "t30"."n27",
              "t30"."n28",
              "t30"."n29",
              "t30"."n30",
              "t30"."n31",
              "t30"."n32",
              "t30"."n33",
              "t30"."n34",
              "t30"."n35",
              "t30"."n36",
              "t30"."n37",
              "t30"."n38",
              "t30"."n39",
              "t30"."n40",
              "t30"."n41",
              "t30"."unrecorded",
              "t30"."assumed"
            FROM (
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
                  FROM "t27" AS "t29"
                ) AS "t33"
                UNION
                SELECT
                  *
                FROM (
                  SELECT
                    "t28"."school_id",
                    "t28"."pupil_id",
                    "t28"."academic_year"
                  FROM "t26" AS "t28"
                ) AS "t32"
              ) AS "t34"
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
                    "t2"."academic_year" >= :from_year
                ) AS "t17"
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
                    "t1"."academic_year" >= :from_year
                ) AS "t14"
              ) AS "t22"
            ) AS "t36"
            LEFT OUTER JOIN "t27" AS "t31"
              ON "t36"."school_id" = "t31"."school_id"
              AND "t36"."pupil_id" = "t31"."pupil_id"
              AND "t36"."academic_year" = "t31"."academic_year"
            LEFT OUTER JOIN "t26" AS "t30"
              ON "t36"."school_id" = "t30"."school_id"
              AND "t36"."pupil_id" = "t30"."pupil_id"
              AND "t36"."academic_year" = "t30"."academic_year"
          ) AS "t37"
        ) AS "t39"
        LEFT OUTER JOIN (
          SELECT
            *
          FROM "people_yearrecord" AS "t2"
          WHERE
            "t2"."academic_year" >= :from_year
        ) AS "t21"
          ON "t39"."school_id" = "t21"."school_id"
          AND "t39"."pupil_id" = "t21"."pupil_id"
          AND "t39"."academic_year" = "t21"."academic_year"
      ) AS "t40"
    ) AS "t42"
    LEFT OUTER JOIN (
      SELECT
        "t20"."pupil_id",
        "t20"."last_year",
        "t7"."year_group" - "t7"."academic_year" AS "offset"
      FROM (
        SELECT
          "t2"."pupil_id",
          MIN("t2"."academic_year") AS "first_year",
          MAX("t2"."academic_year") AS "last_year"
        FROM "people_yearrecord" AS "t2"
        GROUP BY
          1
      ) AS "t20"
      INNER JOIN "people_yearrecord" AS "t7"
        ON "t20"."pupil_id" = "t7"."pupil_id" AND "t20"."first_year" = "t7"."academic_year"
    ) AS "t25"
      ON "t42"."pupil_id" = "t25"."pupil_id"
  ) AS "t43"
) AS "t45"
INNER JOIN (
  SELECT
    "t0"."id" AS "pupil",
    "t0"."benchmark_cohort" AS "cohort"
  FROM "people_pupil" AS "t0"
) AS "t12"
  ON "t45"."pupil_id" = "t12"."pupil"
LEFT OUTER JOIN (
  SELECT
    "t1"."says",
    "t1"."names_it",
    "t1"."pupil_id" AS "said_of",
    "t1"."academic_year" AS "said_in"
  FROM "measures_considering" AS "t1"
  WHERE
    "t1"."academic_year" >= :from_year
) AS "t19"
  ON "t45"."pupil_id" = "t19"."said_of" AND "t45"."academic_year" = "t19"."said_in"
