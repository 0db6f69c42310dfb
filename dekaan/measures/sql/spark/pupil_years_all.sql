WITH `t21` AS (
  SELECT
    `t19`.`school_id`,
    `t19`.`pupil_id`,
    `t19`.`academic_year`,
    MAX(`t19`.`on_roll`) AS `on_roll`,
    MAX(`t19`.`known`) AS `known`
  FROM (
    SELECT
      `t7`.`school_id`,
      `t7`.`pupil_id`,
      `t8`.`start_year` AS `academic_year`,
      IF(
        `t7`.`status` IN ('C', 'M')
        AND (
          `t7`.`starts_on` <= :today
        )
        AND (
          `t7`.`starts_on` <= `t8`.`roll_on`
        )
        AND (
          (
            `t7`.`ends_on` IS NULL
          )
          OR (
            `t7`.`ends_on` > :today
          )
          OR (
            `t7`.`ends_on` > `t8`.`roll_on`
          )
        ),
        1,
        0
      ) AS `on_roll`,
      IF(
        (
          `t7`.`starts_on` <= `t8`.`joined_by`
        )
        AND (
          (
            `t7`.`ends_on` IS NULL
          ) OR (
            `t7`.`ends_on` > `t8`.`joined_by`
          )
        ),
        1,
        0
      ) * IF(
        (
          `t9`.`records_begin` IS NULL
        )
        OR (
          `t9`.`records_begin` <= `t8`.`starts_on`
        ),
        1,
        0
      ) AS `known`
    FROM `people_enrolment` AS `t7`
    INNER JOIN `schools_academicyear` AS `t8`
      ON `t7`.`school_id` = `t8`.`school_id`
      AND `t8`.`start_year` >= :from_year
      AND `t7`.`starts_on` <= `t8`.`ends_on`
      AND (
        (
          `t7`.`ends_on` IS NULL
        ) OR (
          `t7`.`ends_on` > `t8`.`starts_on`
        )
      )
    INNER JOIN `schools_school` AS `t9`
      ON `t7`.`school_id` = `t9`.`id`
  ) AS `t19`
  GROUP BY
    1,
    2,
    3
), `t25` AS (
  SELECT
    `t15`.`school_id`,
    `t15`.`pupil_id`,
    `t15`.`academic_year`,
    SUM(
      IF((
        `t15`.`counts` = 1
      ) AND (
        (
          `t15`.`criteria` & 512
        ) <> 0
      ), 1, 0)
    ) AS `n0`,
    SUM(
      IF((
        `t15`.`counts` = 1
      ) AND (
        (
          `t15`.`criteria` & 8192
        ) <> 0
      ), 1, 0)
    ) AS `n1`,
    SUM(
      IF((
        `t15`.`counts` = 1
      ) AND (
        (
          `t15`.`criteria` & 49152
        ) <> 0
      ), 1, 0)
    ) AS `n2`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 65536
          ) <> 0
        )
        AND `t15`.`partner_kind` IN ('sixth-form', 'sixth-form-college'),
        1,
        0
      )
    ) AS `n3`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 65536
          ) <> 0
        )
        AND `t15`.`partner_kind` IN ('fe-college', 'utc'),
        1,
        0
      )
    ) AS `n4`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 65536
          ) <> 0
        )
        AND `t15`.`partner_kind` IN ('university', 'he-in-fe'),
        1,
        0
      )
    ) AS `n5`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 65536
          ) <> 0
        )
        AND `t15`.`partner_kind` IN ('itp'),
        1,
        0
      )
    ) AS `n6`,
    SUM(
      IF((
        `t15`.`counts` = 1
      ) AND (
        (
          `t15`.`criteria` & 131072
        ) <> 0
      ), 1, 0)
    ) AS `n7`,
    SUM(
      IF((
        `t15`.`counts` = 1
      ) AND (
        (
          `t15`.`criteria` & 262144
        ) <> 0
      ), 1, 0)
    ) AS `n8`,
    SUM(IF((
      `t15`.`counts` = 1
    ) AND (
      (
        `t15`.`criteria` & 1
      ) <> 0
    ), 1, 0)) AS `n9`,
    SUM(IF((
      `t15`.`counts` = 1
    ) AND (
      (
        `t15`.`criteria` & 4
      ) <> 0
    ), 1, 0)) AS `n10`,
    SUM(IF((
      `t15`.`counts` = 1
    ) AND (
      (
        `t15`.`criteria` & 8
      ) <> 0
    ), 1, 0)) AS `n11`,
    SUM(
      IF((
        `t15`.`counts` = 1
      ) AND (
        (
          `t15`.`criteria` & 48
        ) <> 0
      ), 1, 0)
    ) AS `n12`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 64
          ) <> 0
        )
        AND `t15`.`partner_kind` IN ('sixth-form', 'sixth-form-college'),
        1,
        0
      )
    ) AS `n13`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 64
          ) <> 0
        )
        AND `t15`.`partner_kind` IN ('fe-college', 'utc'),
        1,
        0
      )
    ) AS `n14`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 64
          ) <> 0
        )
        AND `t15`.`partner_kind` IN ('university', 'he-in-fe'),
        1,
        0
      )
    ) AS `n15`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 64
          ) <> 0
        )
        AND `t15`.`partner_kind` IN ('itp', 'apprenticeship-employer'),
        1,
        0
      )
    ) AS `n16`,
    SUM(
      IF((
        `t15`.`counts` = 1
      ) AND (
        (
          `t15`.`criteria` & 128
        ) <> 0
      ), 1, 0)
    ) AS `n17`,
    SUM(
      IF((
        `t15`.`counts` = 1
      ) AND (
        (
          `t15`.`criteria` & 256
        ) <> 0
      ), 1, 0)
    ) AS `n18`,
    SUM(
      IF((
        `t15`.`counts` = 1
      ) AND (
        (
          `t15`.`criteria` & 524288
        ) <> 0
      ), 1, 0)
    ) AS `n19`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 524288
          ) <> 0
        )
        AND (
          `t15`.`academic_day` <= 180
        ),
        1,
        0
      )
    ) AS `n20`,
    SUM(
      IF((
        `t15`.`counts` = 1
      ) AND (
        (
          `t15`.`criteria` & 1048576
        ) <> 0
      ), 1, 0)
    ) AS `n21`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 1048576
          ) <> 0
        )
        AND (
          `t15`.`academic_day` <= 180
        ),
        1,
        0
      )
    ) AS `n22`,
    SUM(
      IF((
        `t15`.`counts` = 1
      ) AND (
        (
          `t15`.`criteria` & 2097152
        ) <> 0
      ), 1, 0)
    ) AS `n23`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 2097152
          ) <> 0
        )
        AND (
          `t15`.`academic_day` <= 180
        ),
        1,
        0
      )
    ) AS `n24`,
    SUM(
      IF((
        `t15`.`counts` = 1
      ) AND (
        (
          `t15`.`criteria` & 16777216
        ) <> 0
      ), 1, 0)
    ) AS `n25`,
    SUM(
      IF((
        `t15`.`counts` = 1
      ) AND (
        (
          `t15`.`criteria` & 100663296
        ) <> 0
      ), 1, 0)
    ) AS `n26`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 134217728
          ) <> 0
        )
        AND `t15`.`partner_kind` IN ('sixth-form', 'sixth-form-college'),
        1,
        0
      )
    ) AS `n27`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 134217728
          ) <> 0
        )
        AND `t15`.`partner_kind` IN ('fe-college', 'utc'),
        1,
        0
      )
    ) AS `n28`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 134217728
          ) <> 0
        )
        AND `t15`.`partner_kind` IN ('university', 'he-in-fe'),
        1,
        0
      )
    ) AS `n29`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 134217728
          ) <> 0
        )
        AND `t15`.`partner_kind` IN ('itp'),
        1,
        0
      )
    ) AS `n30`,
    SUM(
      IF((
        `t15`.`counts` = 1
      ) AND (
        (
          `t15`.`criteria` & 4194304
        ) <> 0
      ), 1, 0)
    ) AS `n31`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 8388608
          ) <> 0
        )
        AND `t15`.`partner_kind` IN ('sixth-form', 'sixth-form-college'),
        1,
        0
      )
    ) AS `n32`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 8388608
          ) <> 0
        )
        AND `t15`.`partner_kind` IN ('fe-college', 'utc'),
        1,
        0
      )
    ) AS `n33`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 8388608
          ) <> 0
        )
        AND `t15`.`partner_kind` IN ('university', 'he-in-fe'),
        1,
        0
      )
    ) AS `n34`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 8388608
          ) <> 0
        )
        AND `t15`.`partner_kind` IN ('itp', 'apprenticeship-employer'),
        1,
        0
      )
    ) AS `n35`,
    SUM(
      IF((
        `t15`.`counts` = 1
      ) AND (
        (
          `t15`.`criteria` & 268435456
        ) <> 0
      ), 1, 0)
    ) AS `n36`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 268435456
          ) <> 0
        )
        AND (
          `t15`.`academic_day` <= 180
        ),
        1,
        0
      )
    ) AS `n37`,
    SUM(
      IF((
        `t15`.`counts` = 1
      ) AND (
        (
          `t15`.`criteria` & 536870912
        ) <> 0
      ), 1, 0)
    ) AS `n38`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 536870912
          ) <> 0
        )
        AND (
          `t15`.`academic_day` <= 180
        ),
        1,
        0
      )
    ) AS `n39`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        ) AND (
          (
            `t15`.`criteria` & 1073741824
          ) <> 0
        ),
        1,
        0
      )
    ) AS `n40`,
    SUM(
      IF(
        (
          `t15`.`counts` = 1
        )
        AND (
          (
            `t15`.`criteria` & 1073741824
          ) <> 0
        )
        AND (
          `t15`.`academic_day` <= 180
        ),
        1,
        0
      )
    ) AS `n41`,
    MAX(`t15`.`criteria_unknown` & 1) + MAX(`t15`.`criteria_unknown` & 4) + MAX(`t15`.`criteria_unknown` & 8) + MAX(`t15`.`criteria_unknown` & 16) + MAX(`t15`.`criteria_unknown` & 32) + MAX(`t15`.`criteria_unknown` & 64) + MAX(`t15`.`criteria_unknown` & 128) + MAX(`t15`.`criteria_unknown` & 256) + MAX(`t15`.`criteria_unknown` & 512) + MAX(`t15`.`criteria_unknown` & 8192) + MAX(`t15`.`criteria_unknown` & 16384) + MAX(`t15`.`criteria_unknown` & 32768) + MAX(`t15`.`criteria_unknown` & 65536) + MAX(`t15`.`criteria_unknown` & 131072) + MAX(`t15`.`criteria_unknown` & 262144) + MAX(`t15`.`criteria_unknown` & 524288) + MAX(`t15`.`criteria_unknown` & 1048576) + MAX(`t15`.`criteria_unknown` & 2097152) + MAX(`t15`.`criteria_unknown` & 4194304) + MAX(`t15`.`criteria_unknown` & 8388608) + MAX(`t15`.`criteria_unknown` & 16777216) + MAX(`t15`.`criteria_unknown` & 33554432) + MAX(`t15`.`criteria_unknown` & 67108864) + MAX(`t15`.`criteria_unknown` & 134217728) + MAX(`t15`.`criteria_unknown` & 268435456) + MAX(`t15`.`criteria_unknown` & 536870912) + MAX(`t15`.`criteria_unknown` & 1073741824) AS `unrecorded`,
    MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 1
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 4
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 8
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 16
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 32
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 64
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 128
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 256
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 512
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 8192
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 16384
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 32768
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 65536
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 131072
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 262144
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 524288
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 1048576
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 2097152
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 4194304
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 8388608
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 16777216
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 33554432
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 67108864
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 134217728
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 268435456
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 536870912
    ) + MAX(
      IF((
        `t15`.`counts` = 1
      ) AND (
        `t15`.`known_by` = 'assumed'
      ), `t15`.`criteria`, 0) & 1073741824
    ) AS `assumed`
  FROM (
    SELECT
      *
    FROM `participation_participation` AS `t2`
    WHERE
      `t2`.`superseded_at` IS NULL
      AND `t2`.`pupil_id` IS NOT NULL
      AND `t2`.`academic_year` >= :from_year
  ) AS `t15`
  GROUP BY
    1,
    2,
    3
)
SELECT
  `t40`.`school_id`,
  `t40`.`pupil_id`,
  `t40`.`academic_year`,
  COALESCE(
    `t40`.`year_group`,
    IF(
      `t40`.`academic_year` < `t40`.`last_year`,
      GREATEST(`t40`.`academic_year` + `t40`.`offset`, 0),
      CAST(NULL AS BIGINT)
    ),
    0
  ) AS `year_group`,
  `t40`.`tutor_group_id`,
  COALESCE(`t40`.`on_roll`, 0) * IF(`t11`.`cohort`, 1, 0) AS `in_cohort`,
  COALESCE(`t40`.`known`, 0) AS `known`,
  COALESCE(`t40`.`sex`, '') AS `sex`,
  COALESCE(`t40`.`sen`, '') AS `sen`,
  CASE
    WHEN `t40`.`pupil_premium` IS NULL
    THEN ''
    WHEN `t40`.`pupil_premium`
    THEN 'yes'
    ELSE 'no'
  END AS `pupil_premium`,
  COALESCE(`t40`.`ethnicity`, '') AS `ethnicity`,
  CASE WHEN `t40`.`eal` IS NULL THEN '' WHEN `t40`.`eal` THEN 'yes' ELSE 'no' END AS `eal`,
  CASE
    WHEN `t40`.`looked_after` IS NULL
    THEN ''
    WHEN `t40`.`looked_after`
    THEN 'yes'
    ELSE 'no'
  END AS `looked_after`,
  COALESCE(`t40`.`n0`, 0) AS `n0`,
  COALESCE(`t40`.`n1`, 0) AS `n1`,
  COALESCE(`t40`.`n2`, 0) AS `n2`,
  COALESCE(`t40`.`n3`, 0) AS `n3`,
  COALESCE(`t40`.`n4`, 0) AS `n4`,
  COALESCE(`t40`.`n5`, 0) AS `n5`,
  COALESCE(`t40`.`n6`, 0) AS `n6`,
  COALESCE(`t40`.`n7`, 0) AS `n7`,
  COALESCE(`t40`.`n8`, 0) AS `n8`,
  COALESCE(`t40`.`n9`, 0) AS `n9`,
  COALESCE(`t40`.`n10`, 0) AS `n10`,
  COALESCE(`t40`.`n11`, 0) AS `n11`,
  COALESCE(`t40`.`n12`, 0) AS `n12`,
  COALESCE(`t40`.`n13`, 0) AS `n13`,
  COALESCE(`t40`.`n14`, 0) AS `n14`,
  COALESCE(`t40`.`n15`, 0) AS `n15`,
  COALESCE(`t40`.`n16`, 0) AS `n16`,
  COALESCE(`t40`.`n17`, 0) AS `n17`,
  COALESCE(`t40`.`n18`, 0) AS `n18`,
  COALESCE(`t40`.`n19`, 0) AS `n19`,
  COALESCE(`t40`.`n20`, 0) AS `n20`,
  COALESCE(`t40`.`n21`, 0) AS `n21`,
  COALESCE(`t40`.`n22`, 0) AS `n22`,
  COALESCE(`t40`.`n23`, 0) AS `n23`,
  COALESCE(`t40`.`n24`, 0) AS `n24`,
  COALESCE(`t40`.`n25`, 0) AS `n25`,
  COALESCE(`t40`.`n26`, 0) AS `n26`,
  COALESCE(`t40`.`n27`, 0) AS `n27`,
  COALESCE(`t40`.`n28`, 0) AS `n28`,
  COALESCE(`t40`.`n29`, 0) AS `n29`,
  COALESCE(`t40`.`n30`, 0) AS `n30`,
  COALESCE(`t40`.`n31`, 0) AS `n31`,
  COALESCE(`t40`.`n32`, 0) AS `n32`,
  COALESCE(`t40`.`n33`, 0) AS `n33`,
  COALESCE(`t40`.`n34`, 0) AS `n34`,
  COALESCE(`t40`.`n35`, 0) AS `n35`,
  COALESCE(`t40`.`n36`, 0) AS `n36`,
  COALESCE(`t40`.`n37`, 0) AS `n37`,
  COALESCE(`t40`.`n38`, 0) AS `n38`,
  COALESCE(`t40`.`n39`, 0) AS `n39`,
  COALESCE(`t40`.`n40`, 0) AS `n40`,
  COALESCE(`t40`.`n41`, 0) AS `n41`,
  COALESCE(`t40`.`unrecorded`, 0) AS `unrecorded`,
  COALESCE(`t40`.`assumed`, 0) AS `assumed`
FROM (
  SELECT
    `t38`.`school_id`,
    `t38`.`pupil_id`,
    `t38`.`academic_year`,
    `t38`.`on_roll`,
    `t38`.`known`,
    `t38`.`n0`,
    `t38`.`n1`,
    `t38`.`n2`,
    `t38`.`n3`,
    `t38`.`n4`,
    `t38`.`n5`,
    `t38`.`n6`,
    `t38`.`n7`,
    `t38`.`n8`,
    `t38`.`n9`,
    `t38`.`n10`,
    `t38`.`n11`,
    `t38`.`n12`,
    `t38`.`n13`,
    `t38`.`n14`,
    `t38`.`n15`,
    `t38`.`n16`,
    `t38`.`n17`,
    `t38`.`n18`,
    `t38`.`n19`,
    `t38`.`n20`,
    `t38`.`n21`,
    `t38`.`n22`,
    `t38`.`n23`,
    `t38`.`n24`,
    `t38`.`n25`,
    `t38`.`n26`,
    `t38`.`n27`,
    `t38`.`n28`,
    `t38`.`n29`,
    `t38`.`n30`,
    `t38`.`n31`,
    `t38`.`n32`,
    `t38`.`n33`,
    `t38`.`n34`,
    `t38`.`n35`,
    `t38`.`n36`,
    `t38`.`n37`,
    `t38`.`n38`,
    `t38`.`n39`,
    `t38`.`n40`,
    `t38`.`n41`,
    `t38`.`unrecorded`,
    `t38`.`assumed`,
    `t38`.`year_group`,
    `t38`.`tutor_group_id`,
    `t38`.`sex`,
    `t38`.`sen`,
    `t38`.`pupil_premium`,
    `t38`.`ethnicity`,
    `t38`.`eal`,
    `t38`.`looked_after`,
    `t38`.`last_year`,
    `t38`.`offset`
  FROM (
    SELECT
      `t37`.`school_id`,
      `t37`.`pupil_id`,
      `t37`.`academic_year`,
      `t37`.`on_roll`,
      `t37`.`known`,
      `t37`.`n0`,
      `t37`.`n1`,
      `t37`.`n2`,
      `t37`.`n3`,
      `t37`.`n4`,
      `t37`.`n5`,
      `t37`.`n6`,
      `t37`.`n7`,
      `t37`.`n8`,
      `t37`.`n9`,
      `t37`.`n10`,
      `t37`.`n11`,
      `t37`.`n12`,
      `t37`.`n13`,
      `t37`.`n14`,
      `t37`.`n15`,
      `t37`.`n16`,
      `t37`.`n17`,
      `t37`.`n18`,
      `t37`.`n19`,
      `t37`.`n20`,
      `t37`.`n21`,
      `t37`.`n22`,
      `t37`.`n23`,
      `t37`.`n24`,
      `t37`.`n25`,
      `t37`.`n26`,
      `t37`.`n27`,
      `t37`.`n28`,
      `t37`.`n29`,
      `t37`.`n30`,
      `t37`.`n31`,
      `t37`.`n32`,
      `t37`.`n33`,
      `t37`.`n34`,
      `t37`.`n35`,
      `t37`.`n36`,
      `t37`.`n37`,
      `t37`.`n38`,
      `t37`.`n39`,
      `t37`.`n40`,
      `t37`.`n41`,
      `t37`.`unrecorded`,
      `t37`.`assumed`,
      `t37`.`year_group`,
      `t37`.`tutor_group_id`,
      `t37`.`sex`,
      `t37`.`sen`,
      `t37`.`pupil_premium`,
      `t37`.`ethnicity`,
      `t37`.`eal`,
      `t37`.`looked_after`,
      `t20`.`pupil_id` AS `pupil_id_right`,
      `t20`.`last_year`,
      `t20`.`offset`
    FROM (
      SELECT
        `t35`.`school_id`,
        `t35`.`pupil_id`,
        `t35`.`academic_year`,
        `t35`.`on_roll`,
        `t35`.`known`,
        `t35`.`n0`,
        `t35`.`n1`,
        `t35`.`n2`,
        `t35`.`n3`,
        `t35`.`n4`,
        `t35`.`n5`,
        `t35`.`n6`,
        `t35`.`n7`,
        `t35`.`n8`,
        `t35`.`n9`,
        `t35`.`n10`,
        `t35`.`n11`,
        `t35`.`n12`,
        `t35`.`n13`,
        `t35`.`n14`,
        `t35`.`n15`,
        `t35`.`n16`,
        `t35`.`n17`,
        `t35`.`n18`,
        `t35`.`n19`,
        `t35`.`n20`,
        `t35`.`n21`,
        `t35`.`n22`,
        `t35`.`n23`,
        `t35`.`n24`,
        `t35`.`n25`,
        `t35`.`n26`,
        `t35`.`n27`,
        `t35`.`n28`,
        `t35`.`n29`,
        `t35`.`n30`,
        `t35`.`n31`,
        `t35`.`n32`,
        `t35`.`n33`,
        `t35`.`n34`,
        `t35`.`n35`,
        `t35`.`n36`,
        `t35`.`n37`,
        `t35`.`n38`,
        `t35`.`n39`,
        `t35`.`n40`,
        `t35`.`n41`,
        `t35`.`unrecorded`,
        `t35`.`assumed`,
        `t35`.`year_group`,
        `t35`.`tutor_group_id`,
        `t35`.`sex`,
        `t35`.`sen`,
        `t35`.`pupil_premium`,
        `t35`.`ethnicity`,
        `t35`.`eal`,
        `t35`.`looked_after`
      FROM (
        SELECT
          `t34`.`school_id`,
          `t34`.`pupil_id`,
          `t34`.`academic_year`,
          `t34`.`on_roll`,
          `t34`.`known`,
          `t34`.`n0`,
          `t34`.`n1`,
          `t34`.`n2`,
          `t34`.`n3`,
          `t34`.`n4`,
          `t34`.`n5`,
          `t34`.`n6`,
          `t34`.`n7`,
          `t34`.`n8`,
          `t34`.`n9`,
          `t34`.`n10`,
          `t34`.`n11`,
          `t34`.`n12`,
          `t34`.`n13`,
          `t34`.`n14`,
          `t34`.`n15`,
          `t34`.`n16`,
          `t34`.`n17`,
          `t34`.`n18`,
          `t34`.`n19`,
          `t34`.`n20`,
          `t34`.`n21`,
          `t34`.`n22`,
          `t34`.`n23`,
          `t34`.`n24`,
          `t34`.`n25`,
          `t34`.`n26`,
          `t34`.`n27`,
          `t34`.`n28`,
          `t34`.`n29`,
          `t34`.`n30`,
          `t34`.`n31`,
          `t34`.`n32`,
          `t34`.`n33`,
          `t34`.`n34`,
          `t34`.`n35`,
          `t34`.`n36`,
          `t34`.`n37`,
          `t34`.`n38`,
          `t34`.`n39`,
          `t34`.`n40`,
          `t34`.`n41`,
          `t34`.`unrecorded`,
          `t34`.`assumed`,
          `t17`.`school_id` AS `school_id_right`,
          `t17`.`pupil_id` AS `pupil_id_right`,
          `t17`.`academic_year` AS `academic_year_right`,
          `t17`.`year_group`,
          `t17`.`tutor_group_id`,
          `t17`.`sex`,
          `t17`.`sen`,
          `t17`.`pupil_premium`,
          `t17`.`ethnicity`,
          `t17`.`eal`,
          `t17`.`looked_after`
        FROM (
          SELECT
            `t32`.`school_id`,
            `t32`.`pupil_id`,
            `t32`.`academic_year`,
            `t32`.`on_roll`,
            `t32`.`known`,
            `t32`.`n0`,
            `t32`.`n1`,
            `t32`.`n2`,
            `t32`.`n3`,
            `t32`.`n4`,
            `t32`.`n5`,
            `t32`.`n6`,
            `t32`.`n7`,
            `t32`.`n8`,
            `t32`.`n9`,
            `t32`.`n10`,
            `t32`.`n11`,
            `t32`.`n12`,
            `t32`.`n13`,
            `t32`.`n14`,
            `t32`.`n15`,
            `t32`.`n16`,
            `t32`.`n17`,
            `t32`.`n18`,
            `t32`.`n19`,
            `t32`.`n20`,
            `t32`.`n21`,
            `t32`.`n22`,
            `t32`.`n23`,
            `t32`.`n24`,
            `t32`.`n25`,
            `t32`.`n26`,
            `t32`.`n27`,
            `t32`.`n28`,
            `t32`.`n29`,
            `t32`.`n30`,
            `t32`.`n31`,
            `t32`.`n32`,
            `t32`.`n33`,
            `t32`.`n34`,
            `t32`.`n35`,
            `t32`.`n36`,
            `t32`.`n37`,
            `t32`.`n38`,
            `t32`.`n39`,
            `t32`.`n40`,
            `t32`.`n41`,
            `t32`.`unrecorded`,
            `t32`.`assumed`
          FROM (
            SELECT
              `t31`.`school_id`,
              `t31`.`pupil_id`,
              `t31`.`academic_year`,
              COALESCE(`t23`.`on_roll`, 0) AS `on_roll`,
              COALESCE(`t23`.`known`, 0) AS `known`,
              `t27`.`school_id` AS `school_id_right`,
              `t27`.`pupil_id` AS `pupil_id_right`,
              `t27`.`academic_year` AS `academic_year_right`,
              `t27`.`n0`,
              `t27`.`n1`,
              `t27`.`n2`,
              `t27`.`n3`,
              `t27`.`n4`,
              `t27`.`n5`,
              `t27`.`n6`,
              `t27`.`n7`,
              `t27`.`n8`,
              `t27`.`n9`,
              `t27`.`n10`,
              `t27`.`n11`,
              `t27`.`n12`,
              `t27`.`n13`,
              `t27`.`n14`,
              `t27`.`n15`,
              `t27`.`n16`,
              `t27`.`n17`,
              `t27`.`n18`,
              `t27`.`n19`,
              `t27`.`n20`,
              `t27`.`n21`,
              `t27`.`n22`,
              `t27`.`n23`,
              `t27`.`n24`,
              `t27`.`n25`,
              `t27`.`n26`,
              `t27`.`n27`,
              `t27`.`n28`,
              `t27`.`n29`,
              `t27`.`n30`,
              `t27`.`n31`,
              `t27`.`n32`,
              `t27`.`n33`,
              `t27`.`n34`,
              `t27`.`n35`,
              `t27`.`n36`,
              `t27`.`n37`,
              `t27`.`n38`,
              `t27`.`n39`,
              `t27`.`n40`,
              `t27`.`n41`,
              `t27`.`unrecorded`,
              `t27`.`assumed`
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  `t1`.`school_id`,
                  `t1`.`pupil_id`,
                  `t1`.`academic_year`
                FROM `people_yearrecord` AS `t1`
                WHERE
                  `t1`.`academic_year` >= :from_year
              ) AS `t14`
              UNION
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    `t22`.`school_id`,
                    `t22`.`pupil_id`,
                    `t22`.`academic_year`
                  FROM `t21` AS `t22`
                ) AS `t24`
                UNION
                SELECT
                  *
                FROM (
                  SELECT
                    `t26`.`school_id`,
                    `t26`.`pupil_id`,
                    `t26`.`academic_year`
                  FROM `t25` AS `t26`
                ) AS `t28`
              ) AS `t29`
            ) AS `t31`
            LEFT OUTER JOIN `t21` AS `t23`
              ON `t31`.`school_id` = `t23`.`school_id`
              AND `t31`.`pupil_id` = `t23`.`pupil_id`
              AND `t31`.`academic_year` = `t23`.`academic_year`
            LEFT OUTER JOIN `t25` AS `t27`
              ON `t31`.`school_id` = `t27`.`school_id`
              AND `t31`.`pupil_id` = `t27`.`pupil_id`
              AND `t31`.`academic_year` = `t27`.`academic_year`
          ) AS `t32`
        ) AS `t34`
        LEFT OUTER JOIN (
          SELECT
            *
          FROM `people_yearrecord` AS `t1`
          WHERE
            `t1`.`academic_year` >= :from_year
        ) AS `t17`
          ON `t34`.`school_id` = `t17`.`school_id`
          AND `t34`.`pupil_id` = `t17`.`pupil_id`
          AND `t34`.`academic_year` = `t17`.`academic_year`
      ) AS `t35`
    ) AS `t37`
    LEFT OUTER JOIN (
      SELECT
        `t16`.`pupil_id`,
        `t16`.`last_year`,
        `t6`.`year_group` - `t6`.`academic_year` AS `offset`
      FROM (
        SELECT
          `t1`.`pupil_id`,
          MIN(`t1`.`academic_year`) AS `first_year`,
          MAX(`t1`.`academic_year`) AS `last_year`
        FROM `people_yearrecord` AS `t1`
        GROUP BY
          1
      ) AS `t16`
      INNER JOIN `people_yearrecord` AS `t6`
        ON `t16`.`pupil_id` = `t6`.`pupil_id` AND `t16`.`first_year` = `t6`.`academic_year`
    ) AS `t20`
      ON `t37`.`pupil_id` = `t20`.`pupil_id`
  ) AS `t38`
) AS `t40`
INNER JOIN (
  SELECT
    `t0`.`id` AS `pupil`,
    `t0`.`benchmark_cohort` AS `cohort`
  FROM `people_pupil` AS `t0`
) AS `t11`
  ON `t40`.`pupil_id` = `t11`.`pupil`
