WITH "t13" AS (
  SELECT
    *
  FROM "people_yearrecord" AS "t2"
  WHERE
    "t2"."school_id" IN :schools
), "t29" AS (
  SELECT
    "t26"."school_id",
    "t26"."pupil_id",
    "t26"."academic_year",
    MAX("t26"."on_roll") AS "on_roll",
    MAX("t26"."known") AS "known"
  FROM (
    SELECT
      "t22"."school_id",
      "t22"."pupil_id",
      "t7"."start_year" AS "academic_year",
      IIF(
        "t22"."status" IN ('C', 'M')
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
        ),
        1,
        0
      ) AS "on_roll",
      IIF(
        (
          "t22"."starts_on" <= "t7"."joined_by"
        )
        AND (
          (
            "t22"."ends_on" IS NULL
          ) OR (
            "t22"."ends_on" > "t7"."joined_by"
          )
        ),
        1,
        0
      ) * IIF(
        (
          "t8"."records_begin" IS NULL
        )
        OR (
          "t8"."records_begin" <= "t7"."starts_on"
        ),
        1,
        0
      ) AS "known"
    FROM (
      SELECT
        *
      FROM "people_enrolment" AS "t4"
      WHERE
        "t4"."school_id" IN :schools
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
  ) AS "t26"
  GROUP BY
    1,
    2,
    3
), "t33" AS (
  SELECT
    "t16"."school_id",
    "t16"."pupil_id",
    "t16"."academic_year",
    SUM(
      IIF((
        "t16"."counts" = 1
      ) AND (
        (
          "t16"."criteria" & 512
        ) <> 0
      ), 1, 0)
    ) AS "n0",
    SUM(
      IIF((
        "t16"."counts" = 1
      ) AND (
        (
          "t16"."criteria" & 8192
        ) <> 0
      ), 1, 0)
    ) AS "n1",
    SUM(
      IIF((
        "t16"."counts" = 1
      ) AND (
        (
          "t16"."criteria" & 49152
        ) <> 0
      ), 1, 0)
    ) AS "n2",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 65536
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('sixth-form', 'sixth-form-college'),
        1,
        0
      )
    ) AS "n3",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 65536
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('fe-college', 'utc'),
        1,
        0
      )
    ) AS "n4",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 65536
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('university', 'he-in-fe'),
        1,
        0
      )
    ) AS "n5",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 65536
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('itp'),
        1,
        0
      )
    ) AS "n6",
    SUM(
      IIF((
        "t16"."counts" = 1
      ) AND (
        (
          "t16"."criteria" & 131072
        ) <> 0
      ), 1, 0)
    ) AS "n7",
    SUM(
      IIF((
        "t16"."counts" = 1
      ) AND (
        (
          "t16"."criteria" & 262144
        ) <> 0
      ), 1, 0)
    ) AS "n8",
    SUM(
      IIF((
        "t16"."counts" = 1
      ) AND (
        (
          "t16"."criteria" & 1
        ) <> 0
      ), 1, 0)
    ) AS "n9",
    SUM(
      IIF((
        "t16"."counts" = 1
      ) AND (
        (
          "t16"."criteria" & 4
        ) <> 0
      ), 1, 0)
    ) AS "n10",
    SUM(
      IIF((
        "t16"."counts" = 1
      ) AND (
        (
          "t16"."criteria" & 8
        ) <> 0
      ), 1, 0)
    ) AS "n11",
    SUM(
      IIF((
        "t16"."counts" = 1
      ) AND (
        (
          "t16"."criteria" & 48
        ) <> 0
      ), 1, 0)
    ) AS "n12",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 64
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('sixth-form', 'sixth-form-college'),
        1,
        0
      )
    ) AS "n13",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 64
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('fe-college', 'utc'),
        1,
        0
      )
    ) AS "n14",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 64
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('university', 'he-in-fe'),
        1,
        0
      )
    ) AS "n15",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 64
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('itp', 'apprenticeship-employer'),
        1,
        0
      )
    ) AS "n16",
    SUM(
      IIF((
        "t16"."counts" = 1
      ) AND (
        (
          "t16"."criteria" & 128
        ) <> 0
      ), 1, 0)
    ) AS "n17",
    SUM(
      IIF((
        "t16"."counts" = 1
      ) AND (
        (
          "t16"."criteria" & 256
        ) <> 0
      ), 1, 0)
    ) AS "n18",
    SUM(
      IIF((
        "t16"."counts" = 1
      ) AND (
        (
          "t16"."criteria" & 524288
        ) <> 0
      ), 1, 0)
    ) AS "n19",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 524288
          ) <> 0
        )
        AND (
          "t16"."academic_day" <= 180
        ),
        1,
        0
      )
    ) AS "n20",
    SUM(
      IIF((
        "t16"."counts" = 1
      ) AND (
        (
          "t16"."criteria" & 1048576
        ) <> 0
      ), 1, 0)
    ) AS "n21",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 1048576
          ) <> 0
        )
        AND (
          "t16"."academic_day" <= 180
        ),
        1,
        0
      )
    ) AS "n22",
    SUM(
      IIF((
        "t16"."counts" = 1
      ) AND (
        (
          "t16"."criteria" & 2097152
        ) <> 0
      ), 1, 0)
    ) AS "n23",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 2097152
          ) <> 0
        )
        AND (
          "t16"."academic_day" <= 180
        ),
        1,
        0
      )
    ) AS "n24",
    SUM(
      IIF((
        "t16"."counts" = 1
      ) AND (
        (
          "t16"."criteria" & 16777216
        ) <> 0
      ), 1, 0)
    ) AS "n25",
    SUM(
      IIF((
        "t16"."counts" = 1
      ) AND (
        (
          "t16"."criteria" & 100663296
        ) <> 0
      ), 1, 0)
    ) AS "n26",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 134217728
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('sixth-form', 'sixth-form-college'),
        1,
        0
      )
    ) AS "n27",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 134217728
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('fe-college', 'utc'),
        1,
        0
      )
    ) AS "n28",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 134217728
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('university', 'he-in-fe'),
        1,
        0
      )
    ) AS "n29",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 134217728
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('itp'),
        1,
        0
      )
    ) AS "n30",
    SUM(
      IIF((
        "t16"."counts" = 1
      ) AND (
        (
          "t16"."criteria" & 4194304
        ) <> 0
      ), 1, 0)
    ) AS "n31",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 8388608
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('sixth-form', 'sixth-form-college'),
        1,
        0
      )
    ) AS "n32",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 8388608
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('fe-college', 'utc'),
        1,
        0
      )
    ) AS "n33",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 8388608
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('university', 'he-in-fe'),
        1,
        0
      )
    ) AS "n34",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 8388608
          ) <> 0
        )
        AND "t16"."partner_kind" IN ('itp', 'apprenticeship-employer'),
        1,
        0
      )
    ) AS "n35",
    SUM(
      IIF((
        "t16"."counts" = 1
      ) AND (
        (
          "t16"."criteria" & 268435456
        ) <> 0
      ), 1, 0)
    ) AS "n36",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 268435456
          ) <> 0
        )
        AND (
          "t16"."academic_day" <= 180
        ),
        1,
        0
      )
    ) AS "n37",
    SUM(
      IIF((
        "t16"."counts" = 1
      ) AND (
        (
          "t16"."criteria" & 536870912
        ) <> 0
      ), 1, 0)
    ) AS "n38",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 536870912
          ) <> 0
        )
        AND (
          "t16"."academic_day" <= 180
        ),
        1,
        0
      )
    ) AS "n39",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        ) AND (
          (
            "t16"."criteria" & 1073741824
          ) <> 0
        ),
        1,
        0
      )
    ) AS "n40",
    SUM(
      IIF(
        (
          "t16"."counts" = 1
        )
        AND (
          (
            "t16"."criteria" & 1073741824
          ) <> 0
        )
        AND (
          "t16"."academic_day" <= 180
        ),
        1,
        0
      )
    ) AS "n41",
    MAX("t16"."criteria_unknown" & 1) + MAX("t16"."criteria_unknown" & 4) + MAX("t16"."criteria_unknown" & 8) + MAX("t16"."criteria_unknown" & 16) + MAX("t16"."criteria_unknown" & 32) + MAX("t16"."criteria_unknown" & 64) + MAX("t16"."criteria_unknown" & 128) + MAX("t16"."criteria_unknown" & 256) + MAX("t16"."criteria_unknown" & 512) + MAX("t16"."criteria_unknown" & 8192) + MAX("t16"."criteria_unknown" & 16384) + MAX("t16"."criteria_unknown" & 32768) + MAX("t16"."criteria_unknown" & 65536) + MAX("t16"."criteria_unknown" & 131072) + MAX("t16"."criteria_unknown" & 262144) + MAX("t16"."criteria_unknown" & 524288) + MAX("t16"."criteria_unknown" & 1048576) + MAX("t16"."criteria_unknown" & 2097152) + MAX("t16"."criteria_unknown" & 4194304) + MAX("t16"."criteria_unknown" & 8388608) + MAX("t16"."criteria_unknown" & 16777216) + MAX("t16"."criteria_unknown" & 33554432) + MAX("t16"."criteria_unknown" & 67108864) + MAX("t16"."criteria_unknown" & 134217728) + MAX("t16"."criteria_unknown" & 268435456) + MAX("t16"."criteria_unknown" & 536870912) + MAX("t16"."criteria_unknown" & 1073741824) AS "unrecorded",
    MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 1
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 4
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 8
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 16
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 32
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 64
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 128
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 256
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 512
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 8192
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 16384
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 32768
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 65536
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 131072
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 262144
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 524288
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 1048576
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 2097152
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 4194304
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 8388608
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 16777216
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 33554432
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 67108864
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 134217728
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 268435456
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 536870912
    ) + MAX(
      IIF((
        "t16"."counts" = 1
      ) AND (
        "t16"."known_by" = 'assumed'
      ), "t16"."criteria", 0) & 1073741824
    ) AS "assumed"
  FROM (
    SELECT
      *
    FROM "participation_participation" AS "t3"
    WHERE
      "t3"."school_id" IN :schools
      AND "t3"."superseded_at" IS NULL
      AND "t3"."pupil_id" IS NOT NULL
      AND "t3"."academic_year" >= :from_year
  ) AS "t16"
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
    IIF(
      "t48"."academic_year" < "t48"."last_year",
      MAX("t48"."academic_year" + "t48"."offset", 0),
      CAST(NULL AS INTEGER)
    ),
    0
  ) AS "year_group",
  "t48"."tutor_group_id",
  COALESCE("t48"."on_roll", 0) * IIF("t10"."cohort", 1, 0) AS "in_cohort",
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
      IIF(
        "t48"."academic_year" < "t48"."last_year",
        MAX("t48"."academic_year" + "t48"."offset", 0),
        CAST(NULL AS INTEGER)
      ),
      0
    ) >= 12
    THEN "t18"."says"
    WHEN "t18"."names_it" = 1
    THEN 3
    ELSE 0
  END AS "considers"
FROM (
  SELECT
    "t46"."school_id",
    "t46"."pupil_id",
    "t46"."academic_year",
    "t46"."on_roll",
    "t46"."known",
    "t46"."n0",
    "t46"."n1",
    "t46"."n2",
    "t46"."n3",
    "t46"."n4",
    "t46"."n5",
    "t46"."n6",
    "t46"."n7",
    "t46"."n8",
    "t46"."n9",
    "t46"."n10",
    "t46"."n11",
    "t46"."n12",
    "t46"."n13",
    "t46"."n14",
    "t46"."n15",
    "t46"."n16",
    "t46"."n17",
    "t46"."n18",
    "t46"."n19",
    "t46"."n20",
    "t46"."n21",
    "t46"."n22",
    "t46"."n23",
    "t46"."n24",
    "t46"."n25",
    "t46"."n26",
    "t46"."n27",
    "t46"."n28",
    "t46"."n29",
    "t46"."n30",
    "t46"."n31",
    "t46"."n32",
    "t46"."n33",
    "t46"."n34",
    "t46"."n35",
    "t46"."n36",
    "t46"."n37",
    "t46"."n38",
    "t46"."n39",
    "t46"."n40",
    "t46"."n41",
    "t46"."unrecorded",
    "t46"."assumed",
    "t46"."year_group",
    "t46"."tutor_group_id",
    "t46"."sex",
    "t46"."sen",
    "t46"."pupil_premium",
    "t46"."ethnicity",
    "t46"."eal",
    "t46"."looked_after",
    "t46"."last_year",
    "t46"."offset"
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
      "t28"."pupil_id" AS "pupil_id_right",
      "t28"."last_year",
      "t28"."offset"
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
        "t43"."looked_after"
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
            "t40"."assumed"
          FROM (
            SELECT
              "t39"."school_id",
              "t39"."pupil_id",
              "t39"."academic_year",
              COALESCE("t31"."on_roll", 0) AS "on_roll",
              COALESCE("t31"."known", 0) AS "known",
              "t35"."school_id" AS "school_id_right",
              "t35"."pupil_id" AS "pupil_id_right",
              "t35"."academic_year" AS "academic_year_right",
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
              "t35"."n25",
              "t35"."n26",
              "t35"."n27",
              "t35"."n28",
              "t35"."n29",
              "t35"."n30",
              "t35"."n31",
              "t35"."n32",
              "t35"."n33",
              "t35"."n34",
              "t35"."n35",
              "t35"."n36",
              "t35"."n37",
              "t35"."n38",
              "t35"."n39",
              "t35"."n40",
              "t35"."n41",
              "t35"."unrecorded",
              "t35"."assumed"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t30"."school_id",
                    "t30"."pupil_id",
                    "t30"."academic_year"
                  FROM "t29" AS "t30"
                ) AS "t32"
                UNION
                SELECT
                  *
                FROM (
                  SELECT
                    "t34"."school_id",
                    "t34"."pupil_id",
                    "t34"."academic_year"
                  FROM "t33" AS "t34"
                ) AS "t36"
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
                    "t2"."school_id" IN :schools AND "t2"."academic_year" >= :from_year
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
                    "t1"."school_id" IN :schools AND "t1"."academic_year" >= :from_year
                ) AS "t12"
              ) AS "t21"
            ) AS "t39"
            LEFT OUTER JOIN "t29" AS "t31"
              ON "t39"."school_id" = "t31"."school_id"
              AND "t39"."pupil_id" = "t31"."pupil_id"
              AND "t39"."academic_year" = "t31"."academic_year"
            LEFT OUTER JOIN "t33" AS "t35"
              ON "t39"."school_id" = "t35"."school_id"
              AND "t39"."pupil_id" = "t35"."pupil_id"
              AND "t39"."academic_year" = "t35"."academic_year"
          ) AS "t40"
        ) AS "t42"
        LEFT OUTER JOIN (
          SELECT
            *
          FROM "people_yearrecord" AS "t2"
          WHERE
            "t2"."school_id" IN :schools AND "t2"."academic_year" >= :from_year
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
    ) AS "t28"
      ON "t45"."pupil_id" = "t28"."pupil_id"
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
    "t1"."school_id" IN :schools AND "t1"."academic_year" >= :from_year
) AS "t18"
  ON "t48"."pupil_id" = "t18"."said_of" AND "t48"."academic_year" = "t18"."said_in"
