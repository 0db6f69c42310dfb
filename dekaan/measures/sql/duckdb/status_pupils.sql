SELECT
  "t6"."school_id",
  "t6"."pupil_id",
  "t6"."academic_year",
  CASE
    WHEN (
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
    )
    THEN 512
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    THEN 8192
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (11)
    THEN 16384
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (13)
    THEN 32768
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (11)
    THEN 65536
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND (
      (
        "t6"."said" % 4
      ) <> 2
    )
    AND "t6"."year_group" IN (13)
    THEN 131072
    ELSE 0
  END + CASE
    WHEN (
      (
        "t6"."in_cohort" = 1
      ) AND "t6"."year_group" IN (11)
    )
    OR (
      (
        "t6"."in_cohort" = 1
      ) AND "t6"."year_group" IN (13)
    )
    THEN 262144
    ELSE 0
  END + CASE WHEN (
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (9) THEN 1 ELSE 0 END + CASE WHEN (
    "t6"."in_cohort" = 1
  ) AND "t6"."year_group" IN (9) THEN 4 ELSE 0 END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    THEN 8
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (11)
    THEN 16
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (13)
    THEN 32
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (11)
    THEN 64
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND (
      (
        "t6"."said" % 4
      ) <> 2
    )
    AND "t6"."year_group" IN (13)
    THEN 128
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (11)
    THEN 256
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (9)
    THEN 524288
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (11)
    THEN 1048576
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (13)
    THEN 2097152
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    THEN 16777216
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (11)
    THEN 33554432
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (13)
    THEN 67108864
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (11)
    THEN 134217728
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    THEN 4194304
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (11)
    THEN 8388608
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (9)
    THEN 268435456
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (11)
    THEN 536870912
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (13)
    THEN 1073741824
    ELSE 0
  END AS "coh",
  CASE
    WHEN (
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
    )
    THEN 512
    ELSE 0
  END + CASE WHEN (
    "t6"."in_cohort" = 1
  ) AND FALSE THEN 8192 ELSE 0 END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (7, 8, 9, 10)
    THEN 16384
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (12)
    THEN 32768
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (7, 8, 9, 10)
    THEN 65536
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND (
      (
        "t6"."said" % 4
      ) <> 2
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12)
    THEN 131072
    ELSE 0
  END + CASE
    WHEN (
      (
        "t6"."in_cohort" = 1
      ) AND "t6"."year_group" IN (7, 8, 9, 10)
    )
    OR (
      (
        "t6"."in_cohort" = 1
      ) AND "t6"."year_group" IN (12)
    )
    THEN 262144
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (7, 8)
    THEN 1
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (7, 8)
    THEN 4
    ELSE 0
  END + CASE WHEN (
    "t6"."in_cohort" = 1
  ) AND FALSE THEN 8 ELSE 0 END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (7, 8, 9, 10)
    THEN 16
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (12)
    THEN 32
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (7, 8, 9, 10)
    THEN 64
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND (
      (
        "t6"."said" % 4
      ) <> 2
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12)
    THEN 128
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (7, 8, 9, 10)
    THEN 256
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (8)
    THEN 524288
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (10)
    THEN 1048576
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (12)
    THEN 2097152
    ELSE 0
  END + CASE WHEN (
    "t6"."in_cohort" = 1
  ) AND FALSE THEN 16777216 ELSE 0 END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (7, 8, 9, 10)
    THEN 33554432
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (12)
    THEN 67108864
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (7, 8, 9, 10)
    THEN 134217728
    ELSE 0
  END + CASE WHEN (
    "t6"."in_cohort" = 1
  ) AND FALSE THEN 4194304 ELSE 0 END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (7, 8, 9, 10)
    THEN 8388608
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (8)
    THEN 268435456
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (10)
    THEN 536870912
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    ) AND "t6"."year_group" IN (12)
    THEN 1073741824
    ELSE 0
  END AS "far",
  CASE
    WHEN (
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
    )
    THEN 512
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_3_0" >= 1
    )
    THEN 8192
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      "t6"."sum_4_0" >= 2
    )
    THEN 16384
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND (
      "t6"."sum_5_0" >= 1
    )
    THEN 32768
    ELSE 0
  END + CASE
    WHEN (
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
    THEN 65536
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND (
      (
        "t6"."said" % 4
      ) <> 2
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_7_0" >= 2
    )
    AND (
      (
        "t6"."said" % 4
      ) = 3
    )
    THEN 131072
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 262144
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9)
    AND (
      "t6"."sum_10_0" >= 1
    )
    THEN 1
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9)
    AND (
      "t6"."sum_11_0" >= 1
    )
    THEN 4
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_12_0" >= 1
    )
    THEN 8
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      "t6"."sum_13_0" >= 1
    )
    THEN 16
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND (
      "t6"."sum_14_0" >= 1
    )
    THEN 32
    ELSE 0
  END + CASE
    WHEN (
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
    THEN 64
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND (
      (
        "t6"."said" % 4
      ) <> 2
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_16_0" >= 2
    )
    AND (
      (
        "t6"."said" % 4
      ) = 3
    )
    THEN 128
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      "t6"."sum_17_0" >= 1
    )
    THEN 256
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (8, 9)
    AND (
      "t6"."sum_18_0" >= 2
    )
    THEN 524288
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (10, 11)
    AND (
      "t6"."sum_19_0" >= 2
    )
    THEN 1048576
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND (
      "t6"."sum_20_0" >= 2
    )
    THEN 2097152
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_21_0" >= 1
    )
    THEN 16777216
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11)
    AND (
      "t6"."sum_22_0" >= 2
    )
    THEN 33554432
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND (
      "t6"."sum_23_0" >= 1
    )
    THEN 67108864
    ELSE 0
  END + CASE
    WHEN (
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
    THEN 134217728
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_25_0" >= 1
    )
    THEN 4194304
    ELSE 0
  END + CASE
    WHEN (
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
    THEN 8388608
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (8, 9)
    AND (
      "t6"."sum_27_0" >= 2
    )
    THEN 268435456
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (10, 11)
    AND (
      "t6"."sum_28_0" >= 2
    )
    THEN 536870912
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND "t6"."year_group" IN (12, 13)
    AND (
      "t6"."sum_29_0" >= 2
    )
    THEN 1073741824
    ELSE 0
  END AS "met",
  CASE
    WHEN (
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
    )
    THEN 512
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 8192
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 16384
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 32768
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 65536
    ELSE 0
  END + CASE
    WHEN (
      (
        "t6"."in_cohort" = 1
      )
      AND (
        (
          "t6"."said" % 4
        ) <> 2
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
        (
          "t6"."said" % 4
        ) <> 2
      )
      AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
      AND NOT (
        (
          "t6"."said" % 4
        ) = 3
      )
    )
    THEN 131072
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 262144
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 1
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 4
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 8
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 16
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 32
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 64
    ELSE 0
  END + CASE
    WHEN (
      (
        "t6"."in_cohort" = 1
      )
      AND (
        (
          "t6"."said" % 4
        ) <> 2
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
        (
          "t6"."said" % 4
        ) <> 2
      )
      AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
      AND NOT (
        (
          "t6"."said" % 4
        ) = 3
      )
    )
    THEN 128
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 256
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 524288
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 1048576
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 2097152
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 16777216
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 33554432
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 67108864
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 134217728
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 4194304
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 8388608
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 268435456
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 536870912
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 1073741824
    ELSE 0
  END AS "unk",
  CASE
    WHEN (
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
    )
    THEN 512
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 8192
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 16384
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 32768
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 65536
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND (
      (
        "t6"."said" % 4
      ) <> 2
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_7_0" >= 2
    )
    AND (
      (
        "t6"."said" % 4
      ) = 3
    )
    AND (
      (
        "t6"."assumed_7_to_13" & 131072
      ) <> 0
    )
    THEN 131072
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 262144
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 1
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 4
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 8
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 16
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 32
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 64
    ELSE 0
  END + CASE
    WHEN (
      "t6"."in_cohort" = 1
    )
    AND (
      (
        "t6"."said" % 4
      ) <> 2
    )
    AND "t6"."year_group" IN (7, 8, 9, 10, 11, 12, 13)
    AND (
      "t6"."sum_16_0" >= 2
    )
    AND (
      (
        "t6"."said" % 4
      ) = 3
    )
    AND (
      (
        "t6"."assumed_7_to_13" & 128
      ) <> 0
    )
    THEN 128
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 256
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 524288
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 1048576
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 2097152
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 16777216
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 33554432
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 67108864
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 134217728
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 4194304
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 8388608
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 268435456
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 536870912
    ELSE 0
  END + CASE
    WHEN (
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
    )
    THEN 1073741824
    ELSE 0
  END AS "asm"
FROM (
  SELECT
    "t5"."school_id",
    "t5"."pupil_id",
    "t5"."academic_year",
    "t5"."year_group",
    "t5"."in_cohort",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 9 THEN "t5"."n0" ELSE 0 END) AS "sum_0_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 10 AND 11 THEN "t5"."n0" ELSE 0 END) AS "sum_1_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 12 AND 13 THEN "t5"."n0" ELSE 0 END) AS "sum_2_0",
    SUM(CASE WHEN "t5"."past_year" = "t5"."academic_year" THEN "t5"."n1" ELSE 0 END) AS "sum_3_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n2" ELSE 0 END) AS "sum_4_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 12 AND 13 THEN "t5"."n2" ELSE 0 END) AS "sum_5_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n3" ELSE 0 END) AS "sum_6_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n4" ELSE 0 END) AS "sum_6_1",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n5" ELSE 0 END) AS "sum_6_2",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n6" ELSE 0 END) AS "sum_6_3",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 13 THEN "t5"."n7" ELSE 0 END) AS "sum_7_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n8" ELSE 0 END) AS "sum_8_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 12 AND 13 THEN "t5"."n8" ELSE 0 END) AS "sum_9_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 9 THEN "t5"."n9" ELSE 0 END) AS "sum_10_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 9 THEN "t5"."n10" ELSE 0 END) AS "sum_11_0",
    SUM(CASE WHEN "t5"."past_year" = "t5"."academic_year" THEN "t5"."n11" ELSE 0 END) AS "sum_12_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n12" ELSE 0 END) AS "sum_13_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 12 AND 13 THEN "t5"."n12" ELSE 0 END) AS "sum_14_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n13" ELSE 0 END) AS "sum_15_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n14" ELSE 0 END) AS "sum_15_1",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n15" ELSE 0 END) AS "sum_15_2",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n16" ELSE 0 END) AS "sum_15_3",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 13 THEN "t5"."n17" ELSE 0 END) AS "sum_16_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n18" ELSE 0 END) AS "sum_17_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 8 AND 8 THEN "t5"."n19" ELSE 0 END) + SUM(CASE WHEN "t5"."yg" BETWEEN 9 AND 9 THEN "t5"."n20" ELSE 0 END) AS "sum_18_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 10 AND 10 THEN "t5"."n21" ELSE 0 END) + SUM(CASE WHEN "t5"."yg" BETWEEN 11 AND 11 THEN "t5"."n22" ELSE 0 END) AS "sum_19_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 12 AND 12 THEN "t5"."n23" ELSE 0 END) + SUM(CASE WHEN "t5"."yg" BETWEEN 13 AND 13 THEN "t5"."n24" ELSE 0 END) AS "sum_20_0",
    SUM(CASE WHEN "t5"."past_year" = "t5"."academic_year" THEN "t5"."n25" ELSE 0 END) AS "sum_21_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n26" ELSE 0 END) AS "sum_22_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 12 AND 13 THEN "t5"."n26" ELSE 0 END) AS "sum_23_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n27" ELSE 0 END) AS "sum_24_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n28" ELSE 0 END) AS "sum_24_1",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n29" ELSE 0 END) AS "sum_24_2",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n30" ELSE 0 END) AS "sum_24_3",
    SUM(CASE WHEN "t5"."past_year" = "t5"."academic_year" THEN "t5"."n31" ELSE 0 END) AS "sum_25_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n32" ELSE 0 END) AS "sum_26_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n33" ELSE 0 END) AS "sum_26_1",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n34" ELSE 0 END) AS "sum_26_2",
    SUM(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."n35" ELSE 0 END) AS "sum_26_3",
    SUM(CASE WHEN "t5"."yg" BETWEEN 8 AND 8 THEN "t5"."n36" ELSE 0 END) + SUM(CASE WHEN "t5"."yg" BETWEEN 9 AND 9 THEN "t5"."n37" ELSE 0 END) AS "sum_27_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 10 AND 10 THEN "t5"."n38" ELSE 0 END) + SUM(CASE WHEN "t5"."yg" BETWEEN 11 AND 11 THEN "t5"."n39" ELSE 0 END) AS "sum_28_0",
    SUM(CASE WHEN "t5"."yg" BETWEEN 12 AND 12 THEN "t5"."n40" ELSE 0 END) + SUM(CASE WHEN "t5"."yg" BETWEEN 13 AND 13 THEN "t5"."n41" ELSE 0 END) AS "sum_29_0",
    BIT_OR(CASE WHEN "t5"."yg" BETWEEN 7 AND 9 THEN "t5"."unrecorded" ELSE 0 END) & 517 AS "unrecorded_7_to_9",
    BIT_OR(CASE WHEN "t5"."yg" BETWEEN 7 AND 9 THEN "t5"."assumed" ELSE 0 END) & 517 AS "assumed_7_to_9",
    BIT_OR(CASE WHEN "t5"."yg" BETWEEN 10 AND 11 THEN "t5"."unrecorded" ELSE 0 END) & 537920000 AS "unrecorded_10_to_11",
    BIT_OR(CASE WHEN "t5"."yg" BETWEEN 10 AND 11 THEN "t5"."assumed" ELSE 0 END) & 537920000 AS "assumed_10_to_11",
    BIT_OR(CASE WHEN "t5"."yg" BETWEEN 12 AND 13 THEN "t5"."unrecorded" ELSE 0 END) & 1176814128 AS "unrecorded_12_to_13",
    BIT_OR(CASE WHEN "t5"."yg" BETWEEN 12 AND 13 THEN "t5"."assumed" ELSE 0 END) & 1176814128 AS "assumed_12_to_13",
    BIT_OR(
      CASE WHEN "t5"."past_year" = "t5"."academic_year" THEN "t5"."unrecorded" ELSE 0 END
    ) & 20979720 AS "unrecorded_this_year",
    BIT_OR(CASE WHEN "t5"."past_year" = "t5"."academic_year" THEN "t5"."assumed" ELSE 0 END) & 20979720 AS "assumed_this_year",
    BIT_OR(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."unrecorded" ELSE 0 END) & 243646832 AS "unrecorded_7_to_11",
    BIT_OR(CASE WHEN "t5"."yg" BETWEEN 7 AND 11 THEN "t5"."assumed" ELSE 0 END) & 243646832 AS "assumed_7_to_11",
    BIT_OR(CASE WHEN "t5"."yg" BETWEEN 7 AND 13 THEN "t5"."unrecorded" ELSE 0 END) & 131200 AS "unrecorded_7_to_13",
    BIT_OR(CASE WHEN "t5"."yg" BETWEEN 7 AND 13 THEN "t5"."assumed" ELSE 0 END) & 131200 AS "assumed_7_to_13",
    BIT_OR(CASE WHEN "t5"."yg" BETWEEN 8 AND 9 THEN "t5"."unrecorded" ELSE 0 END) & 268959744 AS "unrecorded_8_to_9",
    BIT_OR(CASE WHEN "t5"."yg" BETWEEN 8 AND 9 THEN "t5"."assumed" ELSE 0 END) & 268959744 AS "assumed_8_to_9",
    MIN(CASE WHEN "t5"."yg" >= 7 THEN "t5"."past_year" ELSE 9999 END) AS "since_7",
    SUM(CASE WHEN (
      "t5"."yg" >= 7
    ) AND (
      "t5"."known" = 1
    ) THEN 1 ELSE 0 END) AS "known_7",
    MIN(CASE WHEN "t5"."yg" >= 8 THEN "t5"."past_year" ELSE 9999 END) AS "since_8",
    SUM(CASE WHEN (
      "t5"."yg" >= 8
    ) AND (
      "t5"."known" = 1
    ) THEN 1 ELSE 0 END) AS "known_8",
    MIN(CASE WHEN "t5"."yg" >= 10 THEN "t5"."past_year" ELSE 9999 END) AS "since_10",
    SUM(CASE WHEN (
      "t5"."yg" >= 10
    ) AND (
      "t5"."known" = 1
    ) THEN 1 ELSE 0 END) AS "known_10",
    MIN(CASE WHEN "t5"."yg" >= 12 THEN "t5"."past_year" ELSE 9999 END) AS "since_12",
    SUM(CASE WHEN (
      "t5"."yg" >= 12
    ) AND (
      "t5"."known" = 1
    ) THEN 1 ELSE 0 END) AS "known_12",
    MAX(
      CASE
        WHEN "t5"."considers" > 0
        THEN (
          "t5"."past_year" * 4
        ) + "t5"."considers"
        ELSE 0
      END
    ) AS "said",
    MIN(CASE WHEN "t5"."yg" > 0 THEN "t5"."yg" ELSE 9999 END) AS "lowest",
    MAX(
      CASE
        WHEN (
          "t5"."past_year" = "t5"."academic_year"
        ) AND (
          "t5"."known" = 1
        )
        THEN 1
        ELSE 0
      END
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
        "t0"."pupil_id" IN :pupils AND "t0"."academic_year" >= :from_year
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
      WHERE
        "t0"."pupil_id" IN :pupils
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
