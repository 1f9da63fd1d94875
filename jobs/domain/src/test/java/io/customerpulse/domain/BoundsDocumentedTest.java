package io.customerpulse.domain;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The tables of bounds say what the code does: every row has the number of a constant, and every
 * constant that is a bound has a row. Who adds a bound adds a row to the table of its kind, and its
 * name here.
 */
class BoundsDocumentedTest {
  private static final String DOMAIN = "io.customerpulse.domain.";

  /** Of what is sent, of what is kept, of settings and rules. */
  private static final Set<Path> DOCUMENTS =
      Set.of(
          Path.of("../../schemas/README.md"),
          Path.of("../README.md"),
          Path.of("../../config/README.md"));

  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z_]+)` \\| ([0-9][0-9,]*(?: (?:d|h|min|s))?) \\| .*");

  /** A row's name → the constant. */
  private static final Map<String, String> CONSTANTS =
      Map.ofEntries(
          entry("record_bytes", "ingest.JsonRecord.MAX_BYTES"),
          entry("nesting", "ingest.JsonRecord.MAX_DEPTH"),
          entry("number_characters", "ingest.JsonRecord.MAX_NUMBER_LENGTH"),
          entry("exponent", "ingest.JsonRecord.MAX_EXPONENT"),
          entry("id_characters", "ingest.Fields.MAX_ID"),
          entry("tenant_characters", "ingest.TrackingEventReader.MAX_TENANT"),
          entry("address_characters", "ingest.PayloadReader.MAX_ADDRESS"),
          entry("error_characters", "ingest.PayloadReader.MAX_WORDS"),
          entry("attributes", "ingest.Attributes.MAX_ATTRIBUTES"),
          entry("attribute_name_characters", "ingest.Attributes.MAX_NAME"),
          entry("attribute_characters", "ingest.Attributes.MAX_VALUE"),
          entry("extras", "ingest.Extras.MAX_FIELDS"),
          entry("extra_name_characters", "ingest.Extras.MAX_NAME"),
          entry("extra_characters", "ingest.Extras.MAX_VALUE"),
          entry("lines", "ingest.LineReader.MAX_LINES"),
          entry("quantity", "ingest.LineReader.MAX_QUANTITY"),
          entry("money_minor", "ingest.Fields.MAX_MINOR"),
          entry("position", "ingest.PayloadReader.MAX_POSITION"),
          entry("dwell_ms", "ingest.PayloadReader.MAX_DWELL_MILLIS"),
          entry("events_of_a_customer", "customer.RateWindow.LIMIT"),
          entry("rate_window", "customer.RateWindow.LENGTH"),
          entry("sending_delay", "ingest.EventClock.MAX_SENDING_DELAY"),
          entry("tolerated_skew", "ingest.EventClock.TOLERATED_SKEW"),
          entry("raw_bytes", "deadletter.DeadLetter.MAX_WHOLE_BYTES"),
          entry("raw_bytes_of_a_cut_one", "deadletter.DeadLetter.CUT_BYTES"),
          entry("message_characters", "deadletter.DeadLetter.MAX_MESSAGE"),
          entry("identifiers", "profile.KnownIdentifiers.LIMIT"),
          entry("attributes_kept", "profile.SelfReported.ATTRIBUTE_LIMIT"),
          entry("orders", "order.OrderBook.ORDER_LIMIT"),
          entry("order_traces", "order.OrderTraces.LIMIT"),
          entry("older_net_minor", "order.OlderOrders.NET_LIMIT_MINOR"),
          entry("refunds_of_an_order", "order.Order.REFUND_LIMIT"),
          entry("refunds_waiting", "order.OrderBook.WAITING_LIMIT"),
          entry("recent_purchases", "order.RecentPurchases.LIMIT"),
          entry("recent_purchase_life", "order.RecentPurchases.LIFE"),
          entry("carts", "cart.Carts.CART_LIMIT"),
          entry("cart_lines", "cart.Cart.LINE_LIMIT"),
          entry("cart_quantity", "cart.Cart.QUANTITY_LIMIT"),
          entry("cart_value_minor", "cart.Cart.VALUE_LIMIT_MINOR"),
          entry("cart_line_life", "cart.Cart.LINE_LIFE"),
          entry("cart_removal_life", "cart.Cart.REMOVAL_LIFE"),
          entry("episodes", "episode.EpisodeBook.LIVE_LIMIT"),
          entry("fires", "episode.EpisodeBook.FIRE_LIMIT"),
          entry("cancellable", "episode.TriggerHistory.CANCELLABLE_FOR"),
          entry("products_viewed", "kind.Views.PRODUCT_LIMIT"),
          entry("views_of_a_product", "kind.Views.VIEW_LIMIT"),
          entry("recent_views", "view.RecentViews.LIMIT"),
          entry("recent_view_life", "view.RecentViews.LIFE"),
          entry("interests", "interest.Interests.LIMIT"),
          entry("copies_of_an_id", "ingest.StandingCopies.MAX"),
          entry("retry_memory", "ingest.Deduplicator.RETRY_MEMORY"),
          entry("erasure_life", "customer.Erasure.LIFE"),
          entry("cuts_days", "rfm.CutSchedule.KEPT_DAYS"),
          entry("takings_pending", "rfm.PopulationState.PENDING_LIMIT"),
          entry("moves_held", "rfm.LocalPreAggregator.LIMIT"),
          entry("file_bytes", "config.DocumentReader.MAX_BYTES"),
          entry("duration", "config.Durations.MAX"),
          entry("tenants", "settings.SettingsReader.MAX_TENANTS"),
          entry("rules", "rule.RuleSet.MAX_RULES"),
          entry("rule_versions", "rule.PublishedRule.KEPT_VERSIONS"),
          entry("steps", "rule.Rule.MAX_STEPS"),
          entry("step_offset", "rule.Rule.MAX_OFFSET"),
          entry("variants", "rule.RuleKeys.MAX_VARIANTS"),
          entry("cap_count", "settings.Cap.MAX_COUNT"),
          entry("cap_window", "settings.Cap.MAX_PER"),
          entry("views", "kind.BrowseAbandonment.MAX_VIEWS"),
          entry("views_within", "kind.BrowseAbandonment.MAX_WITHIN"),
          entry("bought_within", "kind.BrowseAbandonment.MAX_BOUGHT_WITHIN"),
          entry("filter_characters", "rule.CelFilter.MAX_CHARS"),
          entry("filter_brackets", "rule.FilterBounds.MAX_NESTING"),
          entry("filter_depth", "rule.CelFilter.MAX_DEPTH"),
          entry("filter_loops", "rule.CelFilter.MAX_ITERATIONS"),
          entry("pattern_characters", "rule.FilterBounds.MAX_PATTERN_CHARS"),
          entry("pattern_instructions", "rule.CelFilter.MAX_PATTERN_SIZE"));

  /** How a constant is called that bounds something. */
  private static final Pattern BOUND =
      Pattern.compile("MAX|MAX_.*|LIMIT|.*_LIMIT|.*_LIMIT_.*|KEPT_.*|LIFE|.*_LIFE");

  /** The same as another, or of no concern to those who send, set or read anything. */
  private static final Set<String> NOT_TOLD =
      Set.of(
          "ingest.TrackingEventReader.MAX_RECORD_BYTES",
          "ingest.FieldRefusals.MAX_SHOWN",
          "ingest.IsoTime.MAX_FRACTION_DIGITS",
          "ingest.IsoTime.MAX_OFFSET_SECONDS",
          "ingest.Form.MAX_DIGITS",
          "rule.Conditions.MAX_NODES",
          "config.ValueType.MAX_DIGITS",
          "interest.Interests.HALF_LIFE");

  @Test
  void everyRowHasTheNumberOfItsConstant() throws Exception {
    Map<String, String> expected = new LinkedHashMap<>();
    for (Map.Entry<String, String> row : CONSTANTS.entrySet()) {
      expected.put(row.getKey(), written(row.getValue()));
    }

    assertThat(documented()).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @Test
  void everyBoundHasARow() {
    Set<String> bounds =
        new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.customerpulse.domain")
                .stream()
                .flatMap(type -> type.getFields().stream())
                .filter(BoundsDocumentedTest::isBound)
                .map(field -> field.getFullName().substring(DOMAIN.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    bounds.removeAll(NOT_TOLD);

    assertThat(CONSTANTS.values()).containsAll(bounds).doesNotHaveDuplicates();
  }

  private static boolean isBound(JavaField field) {
    return field.getModifiers().contains(JavaModifier.STATIC)
        && BOUND.matcher(field.getName()).matches()
        && Set.of("int", "long", Duration.class.getName()).contains(field.getRawType().getName());
  }

  private static Map<String, String> documented() throws IOException {
    Map<String, String> rows = new LinkedHashMap<>();
    for (Path document : DOCUMENTS) {
      for (String line : boundsOf(Files.readString(document)).lines().toList()) {
        Matcher row = ROW.matcher(line);
        if (row.matches()) {
          assertThat(rows.put(row.group(1), row.group(2))).as(row.group(1)).isNull();
        }
      }
    }
    return rows;
  }

  /** From the head of the table on, to the line after it. */
  private static String boundsOf(String document) {
    String table = document.substring(document.indexOf("| bound | at most |"));
    int end = table.indexOf("\n\n");
    return end < 0 ? table : table.substring(0, end);
  }

  private static String written(String constant) throws ReflectiveOperationException {
    int dot = constant.lastIndexOf('.');
    Field field =
        Class.forName(DOMAIN + constant.substring(0, dot))
            .getDeclaredField(constant.substring(dot + 1));
    field.setAccessible(true);
    return field.get(null) instanceof Duration duration
        ? written(duration)
        : String.format(Locale.ROOT, "%,d", ((Number) field.get(null)).longValue());
  }

  private static String written(Duration duration) {
    if (duration.equals(Duration.ofDays(duration.toDays())) && duration.toDays() > 1) {
      return String.format(Locale.ROOT, "%,d d", duration.toDays());
    }
    return duration.equals(Duration.ofHours(duration.toHours()))
        ? duration.toHours() + " h"
        : duration.toMinutes() + " min";
  }
}
