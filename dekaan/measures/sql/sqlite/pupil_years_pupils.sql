WITH "t10" AS (
  SELECT
    *
  FROM "people_yearrecord" AS "t1"
  WHERE
    "t1"."pupil_id" IN :pupils
), "t24" AS (
  SELECT
    "t21"."school_id",
    "t21"."pupil_id",
    "t21"."academic_year",
    MAX("t21"."on_roll") AS "on_roll",
    MAX("t21"."known") AS "known"
  FROM (
    SELECT
      "t17"."school_id",
      "t17"."pupil_id",
      "t6"."start_year" AS "academic_year",
      IIF(
        "t17"."status" IN ('C', 'M')
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
        ),
        1,
        0
      ) AS "on_roll",
      IIF(
        (
          "t17"."starts_on" <= "t6"."joined_by"
        )
        AND (
          (
            "t17"."ends_on" IS NULL
          ) OR (
            "t17"."ends_on" > "t6"."joined_by"
          )
        ),
        1,
        0
      ) * IIF(
        (
          "t7"."records_begin" IS NULL
        )
        OR (
          "t7"."records_begin" <= "t6"."starts_on"
        ),
        1,
        0
      ) AS "known"
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
  ) AS "t21"
  GROUP BY
    1,
    2,
    3
), "t28" AS (
  SELECT
    "t13"."school_id",
    "t13"."pupil_id",
    "t13"."academic_year",
    SUM(
      IIF((
        "t13"."counts" = 1
      ) AND (
        (
          "t13"."criteria" & 512
        ) <> 0
      ), 1, 0)
    ) AS "n0",
    SUM(
      IIF((
        "t13"."counts" = 1
      ) AND (
        (
          "t13"."criteria" & 8192
        ) <> 0
      ), 1, 0)
    ) AS "n1",
    SUM(
      IIF((
        "t13"."counts" = 1
      ) AND (
        (
          "t13"."criteria" & 49152
        ) <> 0
      ), 1, 0)
    ) AS "n2",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 65536
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('sixth-form', 'sixth-form-college'),
        1,
        0
      )
    ) AS "n3",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 65536
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('fe-college', 'utc'),
        1,
        0
      )
    ) AS "n4",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 65536
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('university', 'he-in-fe'),
        1,
        0
      )
    ) AS "n5",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 65536
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('itp'),
        1,
        0
      )
    ) AS "n6",
    SUM(
      IIF((
        "t13"."counts" = 1
      ) AND (
        (
          "t13"."criteria" & 131072
        ) <> 0
      ), 1, 0)
    ) AS "n7",
    SUM(
      IIF((
        "t13"."counts" = 1
      ) AND (
        (
          "t13"."criteria" & 262144
        ) <> 0
      ), 1, 0)
    ) AS "n8",
    SUM(
      IIF((
        "t13"."counts" = 1
      ) AND (
        (
          "t13"."criteria" & 1
        ) <> 0
      ), 1, 0)
    ) AS "n9",
    SUM(
      IIF((
        "t13"."counts" = 1
      ) AND (
        (
          "t13"."criteria" & 4
        ) <> 0
      ), 1, 0)
    ) AS "n10",
    SUM(
      IIF((
        "t13"."counts" = 1
      ) AND (
        (
          "t13"."criteria" & 8
        ) <> 0
      ), 1, 0)
    ) AS "n11",
    SUM(
      IIF((
        "t13"."counts" = 1
      ) AND (
        (
          "t13"."criteria" & 48
        ) <> 0
      ), 1, 0)
    ) AS "n12",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 64
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('sixth-form', 'sixth-form-college'),
        1,
        0
      )
    ) AS "n13",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 64
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('fe-college', 'utc'),
        1,
        0
      )
    ) AS "n14",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 64
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('university', 'he-in-fe'),
        1,
        0
      )
    ) AS "n15",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 64
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('itp', 'apprenticeship-employer'),
        1,
        0
      )
    ) AS "n16",
    SUM(
      IIF((
        "t13"."counts" = 1
      ) AND (
        (
          "t13"."criteria" & 128
        ) <> 0
      ), 1, 0)
    ) AS "n17",
    SUM(
      IIF((
        "t13"."counts" = 1
      ) AND (
        (
          "t13"."criteria" & 256
        ) <> 0
      ), 1, 0)
    ) AS "n18",
    SUM(
      IIF((
        "t13"."counts" = 1
      ) AND (
        (
          "t13"."criteria" & 524288
        ) <> 0
      ), 1, 0)
    ) AS "n19",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 524288
          ) <> 0
        )
        AND (
          "t13"."academic_day" <= 180
        ),
        1,
        0
      )
    ) AS "n20",
    SUM(
      IIF((
        "t13"."counts" = 1
      ) AND (
        (
          "t13"."criteria" & 1048576
        ) <> 0
      ), 1, 0)
    ) AS "n21",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 1048576
          ) <> 0
        )
        AND (
          "t13"."academic_day" <= 180
        ),
        1,
        0
      )
    ) AS "n22",
    SUM(
      IIF((
        "t13"."counts" = 1
      ) AND (
        (
          "t13"."criteria" & 2097152
        ) <> 0
      ), 1, 0)
    ) AS "n23",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 2097152
          ) <> 0
        )
        AND (
          "t13"."academic_day" <= 180
        ),
        1,
        0
      )
    ) AS "n24",
    SUM(
      IIF((
        "t13"."counts" = 1
      ) AND (
        (
          "t13"."criteria" & 16777216
        ) <> 0
      ), 1, 0)
    ) AS "n25",
    SUM(
      IIF((
        "t13"."counts" = 1
      ) AND (
        (
          "t13"."criteria" & 100663296
        ) <> 0
      ), 1, 0)
    ) AS "n26",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 134217728
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('sixth-form', 'sixth-form-college'),
        1,
        0
      )
    ) AS "n27",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 134217728
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('fe-college', 'utc'),
        1,
        0
      )
    ) AS "n28",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 134217728
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('university', 'he-in-fe'),
        1,
        0
      )
    ) AS "n29",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 134217728
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('itp'),
        1,
        0
      )
    ) AS "n30",
    SUM(
      IIF((
        "t13"."counts" = 1
      ) AND (
        (
          "t13"."criteria" & 4194304
        ) <> 0
      ), 1, 0)
    ) AS "n31",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 8388608
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('sixth-form', 'sixth-form-college'),
        1,
        0
      )
    ) AS "n32",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 8388608
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('fe-college', 'utc'),
        1,
        0
      )
    ) AS "n33",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 8388608
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('university', 'he-in-fe'),
        1,
        0
      )
    ) AS "n34",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 8388608
          ) <> 0
        )
        AND "t13"."partner_kind" IN ('itp', 'apprenticeship-employer'),
        1,
        0
      )
    ) AS "n35",
    SUM(
      IIF((
        "t13"."counts" = 1
      ) AND (
        (
          "t13"."criteria" & 268435456
        ) <> 0
      ), 1, 0)
    ) AS "n36",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 268435456
          ) <> 0
        )
        AND (
          "t13"."academic_day" <= 180
        ),
        1,
        0
      )
    ) AS "n37",
    SUM(
      IIF((
        "t13"."counts" = 1
      ) AND (
        (
          "t13"."criteria" & 536870912
        ) <> 0
      ), 1, 0)
    ) AS "n38",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 536870912
          ) <> 0
        )
        AND (
          "t13"."academic_day" <= 180
        ),
        1,
        0
      )
    ) AS "n39",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        ) AND (
          (
            "t13"."criteria" & 1073741824
          ) <> 0
        ),
        1,
        0
      )
    ) AS "n40",
    SUM(
      IIF(
        (
          "t13"."counts" = 1
        )
        AND (
          (
            "t13"."criteria" & 1073741824
          ) <> 0
        )
        AND (
          "t13"."academic_day" <= 180
        ),
        1,
        0
      )
    ) AS "n41",
    MAX("t13"."criteria_unknown" & 1) + MAX("t13"."criteria_unknown" & 4) + MAX("t13"."criteria_unknown" & 8) + MAX("t13"."criteria_unknown" & 16) + MAX("t13"."criteria_unknown" & 32) + MAX("t13"."criteria_unknown" & 64) + MAX("t13"."criteria_unknown" & 128) + MAX("t13"."criteria_unknown" & 256) + MAX("t13"."criteria_unknown" & 512) + MAX("t13"."criteria_unknown" & 8192) + MAX("t13"."criteria_unknown" & 16384) + MAX("t13"."criteria_unknown" & 32768) + MAX("t13"."criteria_unknown" & 65536) + MAX("t13"."criteria_unknown" & 131072) + MAX("t13"."criteria_unknown" & 262144) + MAX("t13"."criteria_unknown" & 524288) + MAX("t13"."criteria_unknown" & 1048576) + MAX("t13"."criteria_unknown" & 2097152) + MAX("t13"."criteria_unknown" & 4194304) + MAX("t13"."criteria_unknown" & 8388608) + MAX("t13"."criteria_unknown" & 16777216) + MAX("t13"."criteria_unknown" & 33554432) + MAX("t13"."criteria_unknown" & 67108864) + MAX("t13"."criteria_unknown" & 134217728) + MAX("t13"."criteria_unknown" & 268435456) + MAX("t13"."criteria_unknown" & 536870912) + MAX("t13"."criteria_unknown" & 1073741824) AS "unrecorded",
    MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 1
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 4
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 8
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 16
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 32
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 64
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 128
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 256
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 512
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 8192
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 16384
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 32768
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 65536
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 131072
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 262144
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 524288
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 1048576
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 2097152
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 4194304
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 8388608
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 16777216
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 33554432
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 67108864
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 134217728
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 268435456
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 536870912
    ) + MAX(
      IIF((
        "t13"."counts" = 1
      ) AND (
        "t13"."known_by" = 'assumed'
      ), "t13"."criteria", 0) & 1073741824
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
  "t43"."school_id",
  "t43"."pupil_id",
  "t43"."academic_year",
  COALESCE(
    "t43"."year_group",
    IIF(
      "t43"."academic_year" < "t43"."last_year",
      MAX("t43"."academic_year" + "t43"."offset", 0),
      CAST(NULL AS INTEGER)
    ),
    0
  ) AS "year_group",
  "t43"."tutor_group_id",
  COALESCE("t43"."on_roll", 0) * IIF("t9"."cohort", 1, 0) AS "in_cohort",
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
    "t41"."school_id",
    "t41"."pupil_id",
    "t41"."academic_year",
    "t41"."on_roll",
    "t41"."known",
    "t41"."n0",
    "t41"."n1",
    "t41"."n2",
    "t41"."n3",
    "t41"."n4",
    "t41"."n5",
    "t41"."n6",
    "t41"."n7",
    "t41"."n8",
    "t41"."n9",
    "t41"."n10",
    "t41"."n11",
    "t41"."n12",
    "t41"."n13",
    "t41"."n14",
    "t41"."n15",
    "t41"."n16",
    "t41"."n17",
    "t41"."n18",
    "t41"."n19",
    "t41"."n20",
    "t41"."n21",
    "t41"."n22",
    "t41"."n23",
    "t41"."n24",
    "t41"."n25",
    "t41"."n26",
    "t41"."n27",
    "t41"."n28",
    "t41"."n29",
    "t41"."n30",
    "t41"."n31",
    "t41"."n32",
    "t41"."n33",
    "t41"."n34",
    "t41"."n35",
    "t41"."n36",
    "t41"."n37",
    "t41"."n38",
    "t41"."n39",
    "t41"."n40",
    "t41"."n41",
    "t41"."unrecorded",
    "t41"."assumed",
    "t41"."year_group",
    "t41"."tutor_group_id",
    "t41"."sex",
    "t41"."sen",
    "t41"."pupil_premium",
    "t41"."ethnicity",
    "t41"."eal",
    "t41"."looked_after",
    "t41"."last_year",
    "t41"."offset"
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
      "t23"."pupil_id" AS "pupil_id_right",
      "t23"."last_year",
      "t23"."offset"
    FROM (
      SELECT
        "t38"."school_id",
        "t38"."pupil_id",
        "t38"."academic_year",
        "t38"."on_roll",
        "t38"."known",
        "t38"."n0",
        "t38"."n1",
        "t38"."n2",
        "t38"."n3",
        "t38"."n4",
        "t38"."n5",
        "t38"."n6",
        "t38"."n7",
        "t38"."n8",
        "t38"."n9",
        "t38"."n10",
        "t38"."n11",
        "t38"."n12",
        "t38"."n13",
        "t38"."n14",
        "t38"."n15",
        "t38"."n16",
        "t38"."n17",
        "t38"."n18",
        "t38"."n19",
        "t38"."n20",
        "t38"."n21",
        "t38"."n22",
        "t38"."n23",
        "t38"."n24",
        "t38"."n25",
        "t38"."n26",
        "t38"."n27",
        "t38"."n28",
        "t38"."n29",
        "t38"."n30",
        "t38"."n31",
        "t38"."n32",
        "t38"."n33",
        "t38"."n34",
        "t38"."n35",
        "t38"."n36",
        "t38"."n37",
        "t38"."n38",
        "t38"."n39",
        "t38"."n40",
        "t38"."n41",
        "t38"."unrecorded",
        "t38"."assumed",
        "t38"."year_group",
        "t38"."tutor_group_id",
        "t38"."sex",
        "t38"."sen",
        "t38"."pupil_premium",
        "t38"."ethnicity",
        "t38"."eal",
        "t38"."looked_after"
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
              "t34"."school_id",
              "t34"."pupil_id",
              "t34"."academic_year",
              COALESCE("t26"."on_roll", 0) AS "on_roll",
              COALESCE("t26"."known", 0) AS "known",
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
                    "t25"."school_id",
                    "t25"."pupil_id",
                    "t25"."academic_year"
                  FROM "t24" AS "t25"
                ) AS "t27"
                UNION
                SELECT
                  *
                FROM (
                  SELECT
                    "t29"."school_id",
                    "t29"."pupil_id",
                    "t29"."academic_year"
                  FROM "t28" AS "t29"
                ) AS "t31"
              ) AS "t32"
            ) AS "t34"
            LEFT OUTER JOIN "t24" AS "t26"
              ON "t34"."school_id" = "t26"."school_id"
              AND "t34"."pupil_id" = "t26"."pupil_id"
              AND "t34"."academic_year" = "t26"."academic_year"
            LEFT OUTER JOIN "t28" AS "t30"
              ON "t34"."school_id" = "t30"."school_id"
              AND "t34"."pupil_id" = "t30"."pupil_id"
              AND "t34"."academic_year" = "t30"."academic_year"
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
    ) AS "t23"
      ON "t40"."pupil_id" = "t23"."pupil_id"
  ) AS "t41"
) AS "t43"
INNER JOIN (
  SELECT
    "t0"."id" AS "pupil",
    "t0"."benchmark_cohort" AS "cohort"
  FROM "people_pupil" AS "t0"
) AS "t9"
  ON "t43"."pupil_id" = "t9"."pupil"
