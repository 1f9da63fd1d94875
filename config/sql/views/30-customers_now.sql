-- Customers as they are today: recency counted to today and scores by the cuts in force (by the
-- thresholds of the settings where a tenant has none). A profile's own scores are as of its as_of.
SELECT
  *,
  ${segment} AS segment,
  ${segment_zh} AS segment_zh
FROM (
  SELECT
    tenant_id, customer_id, stage, stage_since, first_seen_at, last_seen_at, first_order_at,
    last_order_at, last_order_day, orders, net_spend_minor, orders_in_window,
    net_spend_in_window_minor, currency, recency_days, cuts_version,
    CASE
      WHEN last_order_day IS NULL THEN CAST(NULL AS INT)
      WHEN orders_in_window = 0 THEN 1
      ELSE 5
        - CASE WHEN recency_days > r1 THEN 1 ELSE 0 END
        - CASE WHEN recency_days > r2 THEN 1 ELSE 0 END
        - CASE WHEN recency_days > r3 THEN 1 ELSE 0 END
        - CASE WHEN recency_days > r4 THEN 1 ELSE 0 END
    END AS r_score,
    CASE
      WHEN last_order_day IS NULL THEN CAST(NULL AS INT)
      WHEN orders_in_window = 0 THEN 1
      ELSE 1
        + CASE WHEN orders_in_window > f1 THEN 1 ELSE 0 END
        + CASE WHEN orders_in_window > f2 THEN 1 ELSE 0 END
        + CASE WHEN orders_in_window > f3 THEN 1 ELSE 0 END
        + CASE WHEN orders_in_window > f4 THEN 1 ELSE 0 END
    END AS f_score,
    CASE
      WHEN last_order_day IS NULL THEN CAST(NULL AS INT)
      WHEN orders_in_window = 0 THEN 1
      ELSE 1
        + CASE WHEN net_spend_in_window_minor > m1 THEN 1 ELSE 0 END
        + CASE WHEN net_spend_in_window_minor > m2 THEN 1 ELSE 0 END
        + CASE WHEN net_spend_in_window_minor > m3 THEN 1 ELSE 0 END
        + CASE WHEN net_spend_in_window_minor > m4 THEN 1 ELSE 0 END
    END AS m_score,
    cart_value_minor, cart_lines, favourite_category, birthday, zone, level, city,
    marketing_consent, probability_alive, expected_orders_90d, as_of
  FROM (
    -- A threshold is reached, a cut is passed: a whole number reaches n where it passes n - 1.
    SELECT
      p.tenant_id, p.customer_id, p.stage, p.stage_since, p.first_seen_at, p.last_seen_at,
      p.first_order_at, p.last_order_at, p.last_order_day, p.orders, p.net_spend_minor,
      p.orders_in_window, p.net_spend_in_window_minor, p.currency, p.cart_value_minor,
      p.cart_lines, p.favourite_category, p.birthday, p.zone, p.level, p.city,
      p.marketing_consent, p.probability_alive, p.expected_orders_90d, p.as_of,
      c.version AS cuts_version,
      TIMESTAMPDIFF(DAY, p.last_order_day, ${today}) AS recency_days,
      COALESCE(c.recency_days[1], ${r1}) AS r1,
      COALESCE(c.recency_days[2], ${r2}) AS r2,
      COALESCE(c.recency_days[3], ${r3}) AS r3,
      COALESCE(c.recency_days[4], ${r4}) AS r4,
      COALESCE(c.frequency[1], ${f1} - 1) AS f1,
      COALESCE(c.frequency[2], ${f2} - 1) AS f2,
      COALESCE(c.frequency[3], ${f3} - 1) AS f3,
      COALESCE(c.frequency[4], ${f4} - 1) AS f4,
      COALESCE(c.monetary_minor[1], ${m1} - 1) AS m1,
      COALESCE(c.monetary_minor[2], ${m2} - 1) AS m2,
      COALESCE(c.monetary_minor[3], ${m3} - 1) AS m3,
      COALESCE(c.monetary_minor[4], ${m4} - 1) AS m4
    FROM customer_profiles AS p LEFT JOIN latest_cuts AS c ON p.tenant_id = c.tenant_id))
