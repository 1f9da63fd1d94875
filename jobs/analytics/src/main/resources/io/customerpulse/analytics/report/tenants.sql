-- Whose customers these are.
SELECT tenant_id, COUNT(*) AS customers FROM customer_profiles GROUP BY tenant_id ORDER BY tenant_id
