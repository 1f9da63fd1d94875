package io.customerpulse.domain.rule;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelVarDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.List;
import java.util.Optional;

/** The variables of a filter and the fields of each, so that a misspelt one is told at once. */
final class FilterSchema implements CelTypeProvider {
  /** Values are texts, whole numbers, numbers or truth values, as whoever sent them chose. */
  private static final MapType ATTRIBUTES = MapType.create(SimpleType.STRING, SimpleType.DYN);

  static final FilterSchema INSTANCE = new FilterSchema();

  private final ImmutableMap<String, StructType> types =
      ImmutableMap.of(
          "customer",
          struct(
              "customer",
              ImmutableMap.<String, CelType>builder()
                  .put("stage", SimpleType.STRING)
                  .put("orders", SimpleType.INT)
                  .put("net_spend_minor", SimpleType.INT)
                  .put("orders_in_window", SimpleType.INT)
                  .put("net_spend_in_window_minor", SimpleType.INT)
                  .put("recency_days", SimpleType.INT)
                  .put("segment_zh", SimpleType.STRING)
                  .put("cart_value_minor", SimpleType.INT)
                  .put("cart_lines", SimpleType.INT)
                  .put("probability_alive", SimpleType.DOUBLE)
                  .put("expected_orders_90d", SimpleType.DOUBLE)
                  .put("r_score", SimpleType.INT)
                  .put("f_score", SimpleType.INT)
                  .put("m_score", SimpleType.INT)
                  .put("segment", SimpleType.STRING)
                  .put("zone", SimpleType.STRING)
                  .put("level", SimpleType.STRING)
                  .put("city", SimpleType.STRING)
                  .put("birthday", SimpleType.STRING)
                  .put("marketing_consent", SimpleType.BOOL)
                  .put("attributes", ATTRIBUTES)
                  .put("favourite_category", SimpleType.STRING)
                  .buildOrThrow()),
          "cart",
          struct(
              "cart",
              ImmutableMap.of(
                  "value_minor", SimpleType.INT,
                  "lines", SimpleType.INT,
                  "app_id", SimpleType.STRING,
                  "cart_id", SimpleType.STRING)),
          "episode",
          struct(
              "episode",
              ImmutableMap.of(
                  "step", SimpleType.INT,
                  "rule_id", SimpleType.STRING,
                  "kind", SimpleType.STRING,
                  "product_id", SimpleType.STRING,
                  "views", SimpleType.INT,
                  "days_silent", SimpleType.INT,
                  "order_id", SimpleType.STRING)),
          "event",
          struct(
              "event",
              ImmutableMap.of(
                  "type", SimpleType.STRING,
                  "app_id", SimpleType.STRING,
                  "platform", SimpleType.STRING,
                  "scene", SimpleType.STRING,
                  "product_id", SimpleType.STRING,
                  "order_id", SimpleType.STRING,
                  "amount_minor", SimpleType.INT,
                  "name", SimpleType.STRING,
                  "attributes", ATTRIBUTES)));

  private FilterSchema() {}

  List<CelVarDecl> variables() {
    return types.entrySet().stream()
        .map(type -> CelVarDecl.newVarDeclaration(type.getKey(), type.getValue()))
        .toList();
  }

  @Override
  public ImmutableCollection<CelType> types() {
    return ImmutableList.copyOf(types.values());
  }

  @Override
  public Optional<CelType> findType(String typeName) {
    return types.values().stream()
        .filter(type -> type.name().equals(typeName))
        .<CelType>map(type -> type)
        .findFirst();
  }

  /** The type's name differs from the variable's: CEL would take the variable for the type. */
  private static StructType struct(String variable, ImmutableMap<String, CelType> fields) {
    return StructType.create(
        "customerpulse." + variable,
        fields.keySet(),
        name -> Optional.ofNullable(fields.get(name)));
  }
}
