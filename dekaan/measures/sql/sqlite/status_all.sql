SELECT
  "t6"."school_id",
  "t6"."pupil_id",
  "t6"."academic_year",
  IIF(
    (
      (
        "t6"."in_cohort" = 1
      ) AND "t6"."year_group" IN (9)
    )
    OR (
      (
        "t6"."in_cohort" = 1
      ) AND "t6"."year_group" IN (11)
    )
    OR (
      (
        "t6"."in_cohort" = 1
      ) AND "t6"."year_group" IN (13)
    ),
    512,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13),
    8192,
    0
  ) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (11), 16384, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (13), 32768, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (11), 65536, 0) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND (
      MOD("t6"."said", 4) <> 2
    )
    AND "t6"."year_group" IN (13),
    131072,
    0
  ) + IIF(
    (
      (
        "t6"."in_cohort" = 1
      ) AND "t6"."year_group" IN (11)
    )
    OR (
      (
        "t6"."in_cohort" = 1
      ) AND "t6"."year_group" IN (13)
    ),
    262144,
    0
  ) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (9), 1, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (9), 4, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13), 8, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (11), 16, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (13), 32, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (11), 64, 0) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND (
      MOD("t6"."said", 4) <> 2
    )
    AND "t6"."year_group" IN (13),
    128,
    0
  ) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (11), 256, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (9), 524288, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (11), 1048576, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (13), 2097152, 0) + IIF(
    (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13),
    16777216,
    0
  ) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (11), 33554432, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (13), 67108864, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (11), 134217728, 0) + IIF(
    (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13),
    4194304,
    0
  ) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (11), 8388608, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (9), 268435456, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (11), 536870912, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (13), 1073741824, 0) AS "coh",
  IIF(
    (
      (
        "t6"."in_cohort" = 1
      ) AND "t6"."year_group" IN (7, 8)
    )
    OR (
      (
        "t6"."in_cohort" = 1
      ) AND "t6"."year_group" IN (10)
    )
    OR (
      (
        "t6"."in_cohort" = 1
      ) AND "t6"."year_group" IN (12)
    ),
    512,
    0
  ) + IIF((
    "t6"."in_cohort" = 1
  ) AND FALSE, 8192, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (7, 8, 9, 10), 16384, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (12), 32768, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (7, 8, 9, 10), 65536, 0) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND (
      MOD("t6"."said", 4) <> 2
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12),
    131072,
    0
  ) + IIF(
    (
      (
        "t6"."in_cohort" = 1
      ) AND "t6"."year_group" IN (7, 8, 9, 10)
    )
    OR (
      (
        "t6"."in_cohort" = 1
      ) AND "t6"."year_group" IN (12)
    ),
    262144,
    0
  ) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (7, 8), 1, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (7, 8), 4, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND FALSE, 8, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (7, 8, 9, 10), 16, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (12), 32, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (7, 8, 9, 10), 64, 0) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND (
      MOD("t6"."said", 4) <> 2
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12),
    128,
    0
  ) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (7, 8, 9, 10), 256, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (8), 524288, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (10), 1048576, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (12), 2097152, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND FALSE, 16777216, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (7, 8, 9, 10), 33554432, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (12), 67108864, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (7, 8, 9, 10), 134217728, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND FALSE, 4194304, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (7, 8, 9, 10), 8388608, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (8), 268435456, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (10), 536870912, 0) + IIF((
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (12), 1073741824, 0) AS "far",
  IIF(
    (
      (
        "t6"."in_cohort" = 1
      )
      AND "t6"."year_group" IN (7, 8, 9)
      AND (
        "t6"."sum_0_0" >= 1
      )
    )
    OR (
      (
        "t6"."in_cohort" = 1
      )
      AND "t6"."year_group" IN (10, 11)
      AND (
        "t6"."sum_1_0" >= 1
      )
    )
    OR (
      (
        "t6"."in_cohort" = 1
      )
      AND "t6"."year_group" IN (12, 13)
      AND (
        "t6"."sum_2_0" >= 1
      )
    ),
    512,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_3_0" >= 1
    ),
    8192,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      "t6"."sum_4_0" >= 2
    ),
    16384,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND (
      "t6"."sum_5_0" >= 1
    ),
    32768,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      (
        "t6"."sum_6_0" >= 1
      )
      AND (
        "t6"."sum_6_1" >= 1
      )
      AND (
        "t6"."sum_6_2" >= 1
      )
      AND (
        "t6"."sum_6_3" >= 1
      )
    ),
    65536,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND (
      MOD("t6"."said", 4) <> 2
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_7_0" >= 2
    )
    AND (
      MOD("t6"."said", 4) = 3
    ),
    131072,
    0
  ) + IIF(
    (
      (
        "t6"."in_cohort" = 1
      )
      AND "t6"."year_group" IN (7, 8, 9, 10, 11)
      AND (
        "t6"."sum_8_0" >= 1
      )
    )
    OR (
      (
        "t6"."in_cohort" = 1
      )
      AND "t6"."year_group" IN (12, 13)
      AND (
        "t6"."sum_9_0" >= 1
      )
    ),
    262144,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9)
    AND (
      "t6"."sum_10_0" >= 1
    ),
    1,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9)
    AND (
      "t6"."sum_11_0" >= 1
    ),
    4,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_12_0" >= 1
    ),
    8,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      "t6"."sum_13_0" >= 1
    ),
    16,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND (
      "t6"."sum_14_0" >= 1
    ),
    32,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      (
        "t6"."sum_15_0" >= 1
      )
      AND (
        "t6"."sum_15_1" >= 1
      )
      AND (
        "t6"."sum_15_2" >= 1
      )
      AND (
        "t6"."sum_15_3" >= 1
      )
    ),
    64,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND (
      MOD("t6"."said", 4) <> 2
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_16_0" >= 2
    )
    AND (
      MOD("t6"."said", 4) = 3
    ),
    128,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      "t6"."sum_17_0" >= 1
    ),
    256,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (8, 9)
    AND (
      "t6"."sum_18_0" >= 2
    ),
    524288,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (10, 11)
    AND (
      "t6"."sum_19_0" >= 2
    ),
    1048576,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND (
      "t6"."sum_20_0" >= 2
    ),
    2097152,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_21_0" >= 1
    ),
    16777216,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      "t6"."sum_22_0" >= 2
    ),
    33554432,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND (
      "t6"."sum_23_0" >= 1
    ),
    67108864,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      (
        "t6"."sum_24_0" >= 1
      )
      AND (
        "t6"."sum_24_1" >= 1
      )
      AND (
        "t6"."sum_24_2" >= 1
      )
      AND (
        "t6"."sum_24_3" >= 1
      )
    ),
    134217728,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_25_0" >= 1
    ),
    4194304,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      (
        "t6"."sum_26_0" >= 1
      )
      AND (
        "t6"."sum_26_1" >= 1
      )
      AND (
        "t6"."sum_26_2" >= 1
      )
      AND (
        "t6"."sum_26_3" >= 1
      )
    ),
    8388608,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (8, 9)
    AND (
      "t6"."sum_27_0" >= 2
    ),
    268435456,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (10, 11)
    AND (
      "t6"."sum_28_0" >= 2
    ),
    536870912,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND (
      "t6"."sum_29_0" >= 2
    ),
    1073741824,
    0
  ) AS "met",
  IIF(
    (
      (
        "t6"."in_cohort" = 1
      )
      AND "t6"."year_group" IN (7, 8, 9)
      AND NOT (
        "t6"."sum_0_0" >= 1
      )
      AND (
        (
          (
            "t6"."unrecorded_7_to_9" & 512
          ) <> 0
        )
        OR (
          "t6"."lowest" > 7
        )
        OR (
          "t6"."known_7" < (
            (
              "t6"."academic_year" - "t6"."since_7"
            ) + 1
          )
        )
      )
    )
    OR (
      (
        "t6"."in_cohort" = 1
      )
      AND "t6"."year_group" IN (10, 11)
      AND NOT (
        "t6"."sum_1_0" >= 1
      )
      AND (
        (
          (
            "t6"."unrecorded_10_to_11" & 512
          ) <> 0
        )
        OR (
          "t6"."lowest" > 10
        )
        OR (
          "t6"."known_10" < (
            (
              "t6"."academic_year" - "t6"."since_10"
            ) + 1
          )
        )
      )
    )
    OR (
      (
        "t6"."in_cohort" = 1
      )
      AND "t6"."year_group" IN (12, 13)
      AND NOT (
        "t6"."sum_2_0" >= 1
      )
      AND (
        (
          (
            "t6"."unrecorded_12_to_13" & 512
          ) <> 0
        )
        OR (
          "t6"."lowest" > 12
        )
        OR (
          "t6"."known_12" < (
            (
              "t6"."academic_year" - "t6"."since_12"
            ) + 1
          )
        )
      )
    ),
    512,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND NOT (
      "t6"."sum_3_0" >= 1
    )
    AND (
      (
        (
          "t6"."unrecorded_this_year" & 8192
        ) <> 0
      )
      OR (
        "t6"."known_now" = 0
      )
    ),
    8192,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND NOT (
      "t6"."sum_4_0" >= 2
    )
    AND (
      (
        (
          "t6"."unrecorded_7_to_11" & 49152
        ) <> 0
      )
      OR (
        "t6"."lowest" > 7
      )
      OR (
        "t6"."known_7" < (
          (
            "t6"."academic_year" - "t6"."since_7"
          ) + 1
        )
      )
    ),
    16384,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND NOT (
      "t6"."sum_5_0" >= 1
    )
    AND (
      (
        (
          "t6"."unrecorded_12_to_13" & 49152
        ) <> 0
      )
      OR (
        "t6"."lowest" > 12
      )
      OR (
        "t6"."known_12" < (
          (
            "t6"."academic_year" - "t6"."since_12"
          ) + 1
        )
      )
    ),
    32768,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND NOT (
      (
        "t6"."sum_6_0" >= 1
      )
      AND (
        "t6"."sum_6_1" >= 1
      )
      AND (
        "t6"."sum_6_2" >= 1
      )
      AND (
        "t6"."sum_6_3" >= 1
      )
    )
    AND (
      (
        (
          "t6"."unrecorded_7_to_11" & 65536
        ) <> 0
      )
      OR (
        "t6"."lowest" > 7
      )
      OR (
        "t6"."known_7" < (
          (
            "t6"."academic_year" - "t6"."since_7"
          ) + 1
        )
      )
    ),
    65536,
    0
  ) + IIF(
    (
      (
        "t6"."in_cohort" = 1
      )
      AND (
        MOD("t6"."said", 4) <> 2
      )
      AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
      AND NOT (
        "t6"."sum_7_0" >= 2
      )
      AND (
        (
          (
            "t6"."unrecorded_7_to_13" & 131072
          ) <> 0
        )
        OR (
          "t6"."lowest" > 7
        )
        OR (
          "t6"."known_7" < (
            (
              "t6"."academic_year" - "t6"."since_7"
            ) + 1
          )
        )
      )
    )
    OR (
      (
        "t6"."in_cohort" = 1
      )
      AND (
        MOD("t6"."said", 4) <> 2
      )
      AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
      AND NOT (
        MOD("t6"."said", 4) = 3
      )
    ),
    131072,
    0
  ) + IIF(
    (
      (
        "t6"."in_cohort" = 1
      )
      AND "t6"."year_group" IN (7, 8, 9, 10, 11)
      AND NOT (
        "t6"."sum_8_0" >= 1
      )
      AND (
        (
          (
            "t6"."unrecorded_7_to_11" & 262144
          ) <> 0
        )
        OR (
          "t6"."lowest" > 7
        )
        OR (
          "t6"."known_7" < (
            (
              "t6"."academic_year" - "t6"."since_7"
            ) + 1
          )
        )
      )
    )
    OR (
      (
        "t6"."in_cohort" = 1
      )
      AND "t6"."year_group" IN (12, 13)
      AND NOT (
        "t6"."sum_9_0" >= 1
      )
      AND (
        (
          (
            "t6"."unrecorded_12_to_13" & 262144
          ) <> 0
        )
        OR (
          "t6"."lowest" > 12
        )
        OR (
          "t6"."known_12" < (
            (
              "t6"."academic_year" - "t6"."since_12"
            ) + 1
          )
        )
      )
    ),
    262144,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9)
    AND NOT (
      "t6"."sum_10_0" >= 1
    )
    AND (
      (
        (
          "t6"."unrecorded_7_to_9" & 1
        ) <> 0
      )
      OR (
        "t6"."lowest" > 7
      )
      OR (
        "t6"."known_7" < (
          (
            "t6"."academic_year" - "t6"."since_7"
          ) + 1
        )
      )
    ),
    1,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9)
    AND NOT (
      "t6"."sum_11_0" >= 1
    )
    AND (
      (
        (
          "t6"."unrecorded_7_to_9" & 4
        ) <> 0
      )
      OR (
        "t6"."lowest" > 7
      )
      OR (
        "t6"."known_7" < (
          (
            "t6"."academic_year" - "t6"."since_7"
          ) + 1
        )
      )
    ),
    4,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND NOT (
      "t6"."sum_12_0" >= 1
    )
    AND (
      (
        (
          "t6"."unrecorded_this_year" & 8
        ) <> 0
      )
      OR (
        "t6"."known_now" = 0
      )
    ),
    8,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND NOT (
      "t6"."sum_13_0" >= 1
    )
    AND (
      (
        (
          "t6"."unrecorded_7_to_11" & 48
        ) <> 0
      )
      OR (
        "t6"."lowest" > 7
      )
      OR (
        "t6"."known_7" < (
          (
            "t6"."academic_year" - "t6"."since_7"
          ) + 1
        )
      )
    ),
    16,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND NOT (
      "t6"."sum_14_0" >= 1
    )
    AND (
      (
        (
          "t6"."unrecorded_12_to_13" & 48
        ) <> 0
      )
      OR (
        "t6"."lowest" > 12
      )
      OR (
        "t6"."known_12" < (
          (
            "t6"."academic_year" - "t6"."since_12"
          ) + 1
        )
      )
    ),
    32,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND NOT (
      (
        "t6"."sum_15_0" >= 1
      )
      AND (
        "t6"."sum_15_1" >= 1
      )
      AND (
        "t6"."sum_15_2" >= 1
      )
      AND (
        "t6"."sum_15_3" >= 1
      )
    )
    AND (
      (
        (
          "t6"."unrecorded_7_to_11" & 64
        ) <> 0
      )
      OR (
        "t6"."lowest" > 7
      )
      OR (
        "t6"."known_7" < (
          (
            "t6"."academic_year" - "t6"."since_7"
          ) + 1
        )
      )
    ),
    64,
    0
  ) + IIF(
    (
      (
        "t6"."in_cohort" = 1
      )
      AND (
        MOD("t6"."said", 4) <> 2
      )
      AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
      AND NOT (
        "t6"."sum_16_0" >= 2
      )
      AND (
        (
          (
            "t6"."unrecorded_7_to_13" & 128
          ) <> 0
        )
        OR (
          "t6"."lowest" > 7
        )
        OR (
          "t6"."known_7" < (
            (
              "t6"."academic_year" - "t6"."since_7"
            ) + 1
          )
        )
      )
    )
    OR (
      (
        "t6"."in_cohort" = 1
      )
      AND (
        MOD("t6"."said", 4) <> 2
      )
      AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
      AND NOT (
        MOD("t6"."said", 4) = 3
      )
    ),
    128,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND NOT (
      "t6"."sum_17_0" >= 1
    )
    AND (
      (
        (
          "t6"."unrecorded_7_to_11" & 256
        ) <> 0
      )
      OR (
        "t6"."lowest" > 7
      )
      OR (
        "t6"."known_7" < (
          (
            "t6"."academic_year" - "t6"."since_7"
          ) + 1
        )
      )
    ),
    256,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (8, 9)
    AND NOT (
      "t6"."sum_18_0" >= 2
    )
    AND (
      (
        (
          "t6"."unrecorded_8_to_9" & 524288
        ) <> 0
      )
      OR (
        "t6"."lowest" > 8
      )
      OR (
        "t6"."known_8" < (
          (
            "t6"."academic_year" - "t6"."since_8"
          ) + 1
        )
      )
    ),
    524288,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (10, 11)
    AND NOT (
      "t6"."sum_19_0" >= 2
    )
    AND (
      (
        (
          "t6"."unrecorded_10_to_11" & 1048576
        ) <> 0
      )
      OR (
        "t6"."lowest" > 10
      )
      OR (
        "t6"."known_10" < (
          (
            "t6"."academic_year" - "t6"."since_10"
          ) + 1
        )
      )
    ),
    1048576,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND NOT (
      "t6"."sum_20_0" >= 2
    )
    AND (
      (
        (
          "t6"."unrecorded_12_to_13" & 2097152
        ) <> 0
      )
      OR (
        "t6"."lowest" > 12
      )
      OR (
        "t6"."known_12" < (
          (
            "t6"."academic_year" - "t6"."since_12"
          ) + 1
        )
      )
    ),
    2097152,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND NOT (
      "t6"."sum_21_0" >= 1
    )
    AND (
      (
        (
          "t6"."unrecorded_this_year" & 16777216
        ) <> 0
      )
      OR (
        "t6"."known_now" = 0
      )
    ),
    16777216,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND NOT (
      "t6"."sum_22_0" >= 2
    )
    AND (
      (
        (
          "t6"."unrecorded_7_to_11" & 100663296
        ) <> 0
      )
      OR (
        "t6"."lowest" > 7
      )
      OR (
        "t6"."known_7" < (
          (
            "t6"."academic_year" - "t6"."since_7"
          ) + 1
        )
      )
    ),
    33554432,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND NOT (
      "t6"."sum_23_0" >= 1
    )
    AND (
      (
        (
          "t6"."unrecorded_12_to_13" & 100663296
        ) <> 0
      )
      OR (
        "t6"."lowest" > 12
      )
      OR (
        "t6"."known_12" < (
          (
            "t6"."academic_year" - "t6"."since_12"
          ) + 1
        )
      )
    ),
    67108864,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND NOT (
      (
        "t6"."sum_24_0" >= 1
      )
      AND (
        "t6"."sum_24_1" >= 1
      )
      AND (
        "t6"."sum_24_2" >= 1
      )
      AND (
        "t6"."sum_24_3" >= 1
      )
    )
    AND (
      (
        (
          "t6"."unrecorded_7_to_11" & 134217728
        ) <> 0
      )
      OR (
        "t6"."lowest" > 7
      )
      OR (
        "t6"."known_7" < (
          (
            "t6"."academic_year" - "t6"."since_7"
          ) + 1
        )
      )
    ),
    134217728,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND NOT (
      "t6"."sum_25_0" >= 1
    )
    AND (
      (
        (
          "t6"."unrecorded_this_year" & 4194304
        ) <> 0
      )
      OR (
        "t6"."known_now" = 0
      )
    ),
    4194304,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND NOT (
      (
        "t6"."sum_26_0" >= 1
      )
      AND (
        "t6"."sum_26_1" >= 1
      )
      AND (
        "t6"."sum_26_2" >= 1
      )
      AND (
        "t6"."sum_26_3" >= 1
      )
    )
    AND (
      (
        (
          "t6"."unrecorded_7_to_11" & 8388608
        ) <> 0
      )
      OR (
        "t6"."lowest" > 7
      )
      OR (
        "t6"."known_7" < (
          (
            "t6"."academic_year" - "t6"."since_7"
          ) + 1
        )
      )
    ),
    8388608,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (8, 9)
    AND NOT (
      "t6"."sum_27_0" >= 2
    )
    AND (
      (
        (
          "t6"."unrecorded_8_to_9" & 268435456
        ) <> 0
      )
      OR (
        "t6"."lowest" > 8
      )
      OR (
        "t6"."known_8" < (
          (
            "t6"."academic_year" - "t6"."since_8"
          ) + 1
        )
      )
    ),
    268435456,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (10, 11)
    AND NOT (
      "t6"."sum_28_0" >= 2
    )
    AND (
      (
        (
          "t6"."unrecorded_10_to_11" & 536870912
        ) <> 0
      )
      OR (
        "t6"."lowest" > 10
      )
      OR (
        "t6"."known_10" < (
          (
            "t6"."academic_year" - "t6"."since_10"
          ) + 1
        )
      )
    ),
    536870912,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND NOT (
      "t6"."sum_29_0" >= 2
    )
    AND (
      (
        (
          "t6"."unrecorded_12_to_13" & 1073741824
        ) <> 0
      )
      OR (
        "t6"."lowest" > 12
      )
      OR (
        "t6"."known_12" < (
          (
            "t6"."academic_year" - "t6"."since_12"
          ) + 1
        )
      )
    ),
    1073741824,
    0
  ) AS "unk",
  IIF(
    (
      (
        "t6"."in_cohort" = 1
      )
      AND "t6"."year_group" IN (7, 8, 9)
      AND (
        "t6"."sum_0_0" >= 1
      )
      AND (
        (
          "t6"."assumed_7_to_9" & 512
        ) <> 0
      )
    )
    OR (
      (
        "t6"."in_cohort" = 1
      )
      AND "t6"."year_group" IN (10, 11)
      AND (
        "t6"."sum_1_0" >= 1
      )
      AND (
        (
          "t6"."assumed_10_to_11" & 512
        ) <> 0
      )
    )
    OR (
      (
        "t6"."in_cohort" = 1
      )
      AND "t6"."year_group" IN (12, 13)
      AND (
        "t6"."sum_2_0" >= 1
      )
      AND (
        (
          "t6"."assumed_12_to_13" & 512
        ) <> 0
      )
    ),
    512,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_3_0" >= 1
    )
    AND (
      (
        "t6"."assumed_this_year" & 8192
      ) <> 0
    ),
    8192,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      "t6"."sum_4_0" >= 2
    )
    AND (
      (
        "t6"."assumed_7_to_11" & 49152
      ) <> 0
    ),
    16384,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND (
      "t6"."sum_5_0" >= 1
    )
    AND (
      (
        "t6"."assumed_12_to_13" & 49152
      ) <> 0
    ),
    32768,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      (
        "t6"."sum_6_0" >= 1
      )
      AND (
        "t6"."sum_6_1" >= 1
      )
      AND (
        "t6"."sum_6_2" >= 1
      )
      AND (
        "t6"."sum_6_3" >= 1
      )
    )
    AND (
      (
        "t6"."assumed_7_to_11" & 65536
      ) <> 0
    ),
    65536,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND (
      MOD("t6"."said", 4) <> 2
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_7_0" >= 2
    )
    AND (
      MOD("t6"."said", 4) = 3
    )
    AND (
      (
        "t6"."assumed_7_to_13" & 131072
      ) <> 0
    ),
    131072,
    0
  ) + IIF(
    (
      (
        "t6"."in_cohort" = 1
      )
      AND "t6"."year_group" IN (7, 8, 9, 10, 11)
      AND (
        "t6"."sum_8_0" >= 1
      )
      AND (
        (
          "t6"."assumed_7_to_11" & 262144
        ) <> 0
      )
    )
    OR (
      (
        "t6"."in_cohort" = 1
      )
      AND "t6"."year_group" IN (12, 13)
      AND (
        "t6"."sum_9_0" >= 1
      )
      AND (
        (
          "t6"."assumed_12_to_13" & 262144
        ) <> 0
      )
    ),
    262144,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9)
    AND (
      "t6"."sum_10_0" >= 1
    )
    AND (
      (
        "t6"."assumed_7_to_9" & 1
      ) <> 0
    ),
    1,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9)
    AND (
      "t6"."sum_11_0" >= 1
    )
    AND (
      (
        "t6"."assumed_7_to_9" & 4
      ) <> 0
    ),
    4,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_12_0" >= 1
    )
    AND (
      (
        "t6"."assumed_this_year" & 8
      ) <> 0
    ),
    8,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      "t6"."sum_13_0" >= 1
    )
    AND (
      (
        "t6"."assumed_7_to_11" & 48
      ) <> 0
    ),
    16,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND (
      "t6"."sum_14_0" >= 1
    )
    AND (
      (
        "t6"."assumed_12_to_13" & 48
      ) <> 0
    ),
    32,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      (
        "t6"."sum_15_0" >= 1
      )
      AND (
        "t6"."sum_15_1" >= 1
      )
      AND (
        "t6"."sum_15_2" >= 1
      )
      AND (
        "t6"."sum_15_3" >= 1
      )
    )
    AND (
      (
        "t6"."assumed_7_to_11" & 64
      ) <> 0
    ),
    64,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND (
      MOD("t6"."said", 4) <> 2
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_16_0" >= 2
    )
    AND (
      MOD("t6"."said", 4) = 3
    )
    AND (
      (
        "t6"."assumed_7_to_13" & 128
      ) <> 0
    ),
    128,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      "t6"."sum_17_0" >= 1
    )
    AND (
      (
        "t6"."assumed_7_to_11" & 256
      ) <> 0
    ),
    256,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (8, 9)
    AND (
      "t6"."sum_18_0" >= 2
    )
    AND (
      (
        "t6"."assumed_8_to_9" & 524288
      ) <> 0
    ),
    524288,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (10, 11)
    AND (
      "t6"."sum_19_0" >= 2
    )
    AND (
      (
        "t6"."assumed_10_to_11" & 1048576
      ) <> 0
    ),
    1048576,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND (
      "t6"."sum_20_0" >= 2
    )
    AND (
      (
        "t6"."assumed_12_to_13" & 2097152
      ) <> 0
    ),
    2097152,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_21_0" >= 1
    )
    AND (
      (
        "t6"."assumed_this_year" & 16777216
      ) <> 0
    ),
    16777216,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      "t6"."sum_22_0" >= 2
    )
    AND (
      (
        "t6"."assumed_7_to_11" & 100663296
      ) <> 0
    ),
    33554432,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND (
      "t6"."sum_23_0" >= 1
    )
    AND (
      (
        "t6"."assumed_12_to_13" & 100663296
      ) <> 0
    ),
    67108864,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      (
        "t6"."sum_24_0" >= 1
      )
      AND (
        "t6"."sum_24_1" >= 1
      )
      AND (
        "t6"."sum_24_2" >= 1
      )
      AND (
        "t6"."sum_24_3" >= 1
      )
    )
    AND (
      (
        "t6"."assumed_7_to_11" & 134217728
      ) <> 0
    ),
    134217728,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_25_0" >= 1
    )
    AND (
      (
        "t6"."assumed_this_year" & 4194304
      ) <> 0
    ),
    4194304,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      (
        "t6"."sum_26_0" >= 1
      )
      AND (
        "t6"."sum_26_1" >= 1
      )
      AND (
        "t6"."sum_26_2" >= 1
      )
      AND (
        "t6"."sum_26_3" >= 1
      )
    )
    AND (
      (
        "t6"."assumed_7_to_11" & 8388608
      ) <> 0
    ),
    8388608,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (8, 9)
    AND (
      "t6"."sum_27_0" >= 2
    )
    AND (
      (
        "t6"."assumed_8_to_9" & 268435456
      ) <> 0
    ),
    268435456,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (10, 11)
    AND (
      "t6"."sum_28_0" >= 2
    )
    AND (
      (
        "t6"."assumed_10_to_11" & 536870912
      ) <> 0
    ),
    536870912,
    0
  ) + IIF(
    (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND (
      "t6"."sum_29_0" >= 2
    )
    AND (
      (
        "t6"."assumed_12_to_13" & 1073741824
      ) <> 0
    ),
    1073741824,
    0
  ) AS "asm"
FROM (
  SELECT
    "t5"."school_id",
    "t5"."pupil_id",
    "t5"."academic_year",
    "t5"."year_group",
    "t5"."in_cohort",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 9, "t5"."n0", 0)) AS "sum_0_0",
    SUM(IIF("t5"."yg" BETWEEN 10 AND 11, "t5"."n0", 0)) AS "sum_1_0",
    SUM(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."n0", 0)) AS "sum_2_0",
    SUM(IIF("t5"."past_year" = "t5"."academic_year", "t5"."n1", 0)) AS "sum_3_0",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n2", 0)) AS "sum_4_0",
    SUM(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."n2", 0)) AS "sum_5_0",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n3", 0)) AS "sum_6_0",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n4", 0)) AS "sum_6_1",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n5", 0)) AS "sum_6_2",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n6", 0)) AS "sum_6_3",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 13, "t5"."n7", 0)) AS "sum_7_0",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n8", 0)) AS "sum_8_0",
    SUM(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."n8", 0)) AS "sum_9_0",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 9, "t5"."n9", 0)) AS "sum_10_0",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 9, "t5"."n10", 0)) AS "sum_11_0",
    SUM(IIF("t5"."past_year" = "t5"."academic_year", "t5"."n11", 0)) AS "sum_12_0",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n12", 0)) AS "sum_13_0",
    SUM(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."n12", 0)) AS "sum_14_0",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n13", 0)) AS "sum_15_0",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n14", 0)) AS "sum_15_1",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n15", 0)) AS "sum_15_2",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n16", 0)) AS "sum_15_3",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 13, "t5"."n17", 0)) AS "sum_16_0",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n18", 0)) AS "sum_17_0",
    SUM(IIF("t5"."yg" BETWEEN 8 AND 8, "t5"."n19", 0)) + SUM(IIF("t5"."yg" BETWEEN 9 AND 9, "t5"."n20", 0)) AS "sum_18_0",
    SUM(IIF("t5"."yg" BETWEEN 10 AND 10, "t5"."n21", 0)) + SUM(IIF("t5"."yg" BETWEEN 11 AND 11, "t5"."n22", 0)) AS "sum_19_0",
    SUM(IIF("t5"."yg" BETWEEN 12 AND 12, "t5"."n23", 0)) + SUM(IIF("t5"."yg" BETWEEN 13 AND 13, "t5"."n24", 0)) AS "sum_20_0",
    SUM(IIF("t5"."past_year" = "t5"."academic_year", "t5"."n25", 0)) AS "sum_21_0",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n26", 0)) AS "sum_22_0",
    SUM(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."n26", 0)) AS "sum_23_0",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n27", 0)) AS "sum_24_0",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n28", 0)) AS "sum_24_1",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n29", 0)) AS "sum_24_2",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n30", 0)) AS "sum_24_3",
    SUM(IIF("t5"."past_year" = "t5"."academic_year", "t5"."n31", 0)) AS "sum_25_0",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n32", 0)) AS "sum_26_0",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n33", 0)) AS "sum_26_1",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n34", 0)) AS "sum_26_2",
    SUM(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."n35", 0)) AS "sum_26_3",
    SUM(IIF("t5"."yg" BETWEEN 8 AND 8, "t5"."n36", 0)) + SUM(IIF("t5"."yg" BETWEEN 9 AND 9, "t5"."n37", 0)) AS "sum_27_0",
    SUM(IIF("t5"."yg" BETWEEN 10 AND 10, "t5"."n38", 0)) + SUM(IIF("t5"."yg" BETWEEN 11 AND 11, "t5"."n39", 0)) AS "sum_28_0",
    SUM(IIF("t5"."yg" BETWEEN 12 AND 12, "t5"."n40", 0)) + SUM(IIF("t5"."yg" BETWEEN 13 AND 13, "t5"."n41", 0)) AS "sum_29_0",
    MAX(IIF("t5"."yg" BETWEEN 7 AND 9, "t5"."unrecorded", 0) & 1) + MAX(IIF("t5"."yg" BETWEEN 7 AND 9, "t5"."unrecorded", 0) & 4) + MAX(IIF("t5"."yg" BETWEEN 7 AND 9, "t5"."unrecorded", 0) & 512) AS "unrecorded_7_to_9",
    MAX(IIF("t5"."yg" BETWEEN 7 AND 9, "t5"."assumed", 0) & 1) + MAX(IIF("t5"."yg" BETWEEN 7 AND 9, "t5"."assumed", 0) & 4) + MAX(IIF("t5"."yg" BETWEEN 7 AND 9, "t5"."assumed", 0) & 512) AS "assumed_7_to_9",
    MAX(IIF("t5"."yg" BETWEEN 10 AND 11, "t5"."unrecorded", 0) & 512) + MAX(IIF("t5"."yg" BETWEEN 10 AND 11, "t5"."unrecorded", 0) & 1048576) + MAX(IIF("t5"."yg" BETWEEN 10 AND 11, "t5"."unrecorded", 0) & 536870912) AS "unrecorded_10_to_11",
    MAX(IIF("t5"."yg" BETWEEN 10 AND 11, "t5"."assumed", 0) & 512) + MAX(IIF("t5"."yg" BETWEEN 10 AND 11, "t5"."assumed", 0) & 1048576) + MAX(IIF("t5"."yg" BETWEEN 10 AND 11, "t5"."assumed", 0) & 536870912) AS "assumed_10_to_11",
    MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."unrecorded", 0) & 16) + MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."unrecorded", 0) & 32) + MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."unrecorded", 0) & 512) + MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."unrecorded", 0) & 16384) + MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."unrecorded", 0) & 32768) + MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."unrecorded", 0) & 262144) + MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."unrecorded", 0) & 2097152) + MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."unrecorded", 0) & 33554432) + MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."unrecorded", 0) & 67108864) + MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."unrecorded", 0) & 1073741824) AS "unrecorded_12_to_13",
    MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."assumed", 0) & 16) + MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."assumed", 0) & 32) + MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."assumed", 0) & 512) + MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."assumed", 0) & 16384) + MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."assumed", 0) & 32768) + MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."assumed", 0) & 262144) + MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."assumed", 0) & 2097152) + MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."assumed", 0) & 33554432) + MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."assumed", 0) & 67108864) + MAX(IIF("t5"."yg" BETWEEN 12 AND 13, "t5"."assumed", 0) & 1073741824) AS "assumed_12_to_13",
    MAX(IIF("t5"."past_year" = "t5"."academic_year", "t5"."unrecorded", 0) & 8) + MAX(IIF("t5"."past_year" = "t5"."academic_year", "t5"."unrecorded", 0) & 8192) + MAX(IIF("t5"."past_year" = "t5"."academic_year", "t5"."unrecorded", 0) & 4194304) + MAX(IIF("t5"."past_year" = "t5"."academic_year", "t5"."unrecorded", 0) & 16777216) AS "unrecorded_this_year",
    MAX(IIF("t5"."past_year" = "t5"."academic_year", "t5"."assumed", 0) & 8) + MAX(IIF("t5"."past_year" = "t5"."academic_year", "t5"."assumed", 0) & 8192) + MAX(IIF("t5"."past_year" = "t5"."academic_year", "t5"."assumed", 0) & 4194304) + MAX(IIF("t5"."past_year" = "t5"."academic_year", "t5"."assumed", 0) & 16777216) AS "assumed_this_year",
    MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."unrecorded", 0) & 16) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."unrecorded", 0) & 32) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."unrecorded", 0) & 64) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."unrecorded", 0) & 256) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."unrecorded", 0) & 16384) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."unrecorded", 0) & 32768) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."unrecorded", 0) & 65536) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."unrecorded", 0) & 262144) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."unrecorded", 0) & 8388608) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."unrecorded", 0) & 33554432) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."unrecorded", 0) & 67108864) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."unrecorded", 0) & 134217728) AS "unrecorded_7_to_11",
    MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."assumed", 0) & 16) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."assumed", 0) & 32) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."assumed", 0) & 64) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."assumed", 0) & 256) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."assumed", 0) & 16384) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."assumed", 0) & 32768) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."assumed", 0) & 65536) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."assumed", 0) & 262144) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."assumed", 0) & 8388608) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."assumed", 0) & 33554432) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."assumed", 0) & 67108864) + MAX(IIF("t5"."yg" BETWEEN 7 AND 11, "t5"."assumed", 0) & 134217728) AS "assumed_7_to_11",
    MAX(IIF("t5"."yg" BETWEEN 7 AND 13, "t5"."unrecorded", 0) & 128) + MAX(IIF("t5"."yg" BETWEEN 7 AND 13, "t5"."unrecorded", 0) & 131072) AS "unrecorded_7_to_13",
    MAX(IIF("t5"."yg" BETWEEN 7 AND 13, "t5"."assumed", 0) & 128) + MAX(IIF("t5"."yg" BETWEEN 7 AND 13, "t5"."assumed", 0) & 131072) AS "assumed_7_to_13",
    MAX(IIF("t5"."yg" BETWEEN 8 AND 9, "t5"."unrecorded", 0) & 524288) + MAX(IIF("t5"."yg" BETWEEN 8 AND 9, "t5"."unrecorded", 0) & 268435456) AS "unrecorded_8_to_9",
    MAX(IIF("t5"."yg" BETWEEN 8 AND 9, "t5"."assumed", 0) & 524288) + MAX(IIF("t5"."yg" BETWEEN 8 AND 9, "t5"."assumed", 0) & 268435456) AS "assumed_8_to_9",
    MIN(IIF("t5"."yg" >= 7, "t5"."past_year", 9999)) AS "since_7",
    SUM(IIF((
      "t5"."yg" >= 7
    ) AND (
      "t5"."known" = 1
    ), 1, 0)) AS "known_7",
    MIN(IIF("t5"."yg" >= 8, "t5"."past_year", 9999)) AS "since_8",
    SUM(IIF((
      "t5"."yg" >= 8
    ) AND (
      "t5"."known" = 1
    ), 1, 0)) AS "known_8",
    MIN(IIF("t5"."yg" >= 10, "t5"."past_year", 9999)) AS "since_10",
    SUM(IIF((
      "t5"."yg" >= 10
    ) AND (
      "t5"."known" = 1
    ), 1, 0)) AS "known_10",
    MIN(IIF("t5"."yg" >= 12, "t5"."past_year", 9999)) AS "since_12",
    SUM(IIF((
      "t5"."yg" >= 12
    ) AND (
      "t5"."known" = 1
    ), 1, 0)) AS "known_12",
    MAX(IIF("t5"."considers" > 0, (
      "t5"."past_year" * 4
    ) + "t5"."considers", 0)) AS "said",
    MIN(IIF("t5"."yg" > 0, "t5"."yg", 9999)) AS "lowest",
    MAX(
      IIF((
        "t5"."past_year" = "t5"."academic_year"
      ) AND (
        "t5"."known" = 1
      ), 1, 0)
    ) AS "known_now"
  FROM (
    SELECT
      "t4"."school_id",
      "t4"."pupil_id",
      "t4"."academic_year",
      "t4"."year_group",
      "t4"."in_cohort",
      "t3"."past_pupil",
      "t3"."past_year",
      "t3"."yg",
      "t3"."known",
      "t3"."unrecorded",
      "t3"."assumed",
      "t3"."considers",
      "t3"."n0",
      "t3"."n1",
      "t3"."n2",
      "t3"."n3",
      "t3"."n4",
      "t3"."n5",
      "t3"."n6",
      "t3"."n7",
      "t3"."n8",
      "t3"."n9",
      "t3"."n10",
      "t3"."n11",
      "t3"."n12",
      "t3"."n13",
      "t3"."n14",
      "t3"."n15",
      "t3"."n16",
      "t3"."n17",
      "t3"."n18",
      "t3"."n19",
      "t3"."n20",
      "t3"."n21",
      "t3"."n22",
      "t3"."n23",
      "t3"."n24",
      "t3"."n25",
      "t3"."n26",
      "t3"."n27",
      "t3"."n28",
      "t3"."n29",
      "t3"."n30",
      "t3"."n31",
      "t3"."n32",
      "t3"."n33",
      "t3"."n34",
      "t3"."n35",
      "t3"."n36",
      "t3"."n37",
      "t3"."n38",
      "t3"."n39",
      "t3"."n40",
      "t3"."n41"
    FROM (
      SELECT
        "t0"."school_id",
        "t0"."pupil_id",
        "t0"."academic_year",
        "t0"."year_group",
        "t0"."in_cohort"
      FROM "measures_pupil_year" AS "t0"
      WHERE
        "t0"."academic_year" >= :from_year
    ) AS "t4"
    INNER JOIN (
      SELECT
        "t0"."pupil_id" AS "past_pupil",
        "t0"."academic_year" AS "past_year",
        "t0"."year_group" AS "yg",
        "t0"."known",
        "t0"."unrecorded",
        "t0"."assumed",
        "t0"."considers",
        "t0"."n0",
        "t0"."n1",
        "t0"."n2",
        "t0"."n3",
        "t0"."n4",
        "t0"."n5",
        "t0"."n6",
        "t0"."n7",
        "t0"."n8",
        "t0"."n9",
        "t0"."n10",
        "t0"."n11",
        "t0"."n12",
        "t0"."n13",
        "t0"."n14",
        "t0"."n15",
        "t0"."n16",
        "t0"."n17",
        "t0"."n18",
        "t0"."n19",
        "t0"."n20",
        "t0"."n21",
        "t0"."n22",
        "t0"."n23",
        "t0"."n24",
        "t0"."n25",
        "t0"."n26",
        "t0"."n27",
        "t0"."n28",
        "t0"."n29",
        "t0"."n30",
        "t0"."n31",
        "t0"."n32",
        "t0"."n33",
        "t0"."n34",
        "t0"."n35",
        "t0"."n36",
        "t0"."n37",
        "t0"."n38",
        "t0"."n39",
        "t0"."n40",
        "t0"."n41"
      FROM "measures_pupil_year" AS "t0"
    ) AS "t3"
      ON "t4"."pupil_id" = "t3"."past_pupil" AND "t4"."academic_year" >= "t3"."past_year"
  ) AS "t5"
  GROUP BY
    1,
    2,
    3,
    4,
    5
) AS "t6"
