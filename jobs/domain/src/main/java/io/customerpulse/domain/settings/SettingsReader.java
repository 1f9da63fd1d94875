package io.customerpulse.domain.settings;

import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.config.DocumentReader;
import io.customerpulse.domain.config.Node;
import io.customerpulse.domain.config.Problems;
import io.customerpulse.domain.config.Section;
import io.customerpulse.domain.config.ValueType;
import io.customerpulse.domain.forecast.MbgNbd;
import io.customerpulse.domain.order.OrderScope;
import io.customerpulse.domain.rfm.SegmentNames;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lays the keys of a YAML file over the defaults. A list replaces the default list as a whole, but
 * for {@code identity.junk}, which adds to it unless {@code identity.junk_replace} is true; tenants
 * inherit zone and currency. Values of Kafka properties may name environment variables, so that
 * secrets stand in no file.
 */
public final class SettingsReader {
  private static final Duration MILLISECOND = Duration.ofMillis(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MAX_TENANTS = 10_000;

  private static final ValueType<Duration> ANY_DURATION = ValueType.duration(Duration.ZERO);
  private static final ValueType<Duration> POSITIVE_DURATION = ValueType.duration(MILLISECOND);
  private static final ValueType<Duration> UP_TO_A_DAY = ValueType.duration(Duration.ZERO, DAY);
  private static final ValueType<Double> PROBABILITY =
      ValueType.decimal("0.000001", "0.999999").as(BigDecimal::doubleValue);
  private static final ValueType<Double> PARAMETER =
      ValueType.decimal("0.000001", "1000000").as(BigDecimal::doubleValue);
  private static final ValueType<String> ANY_TEXT =
      ValueType.text("a text", Pattern.compile(".{0,256}"));
  private static final ValueType<String> BIRTHDAY =
      ValueType.text("YYYY-MM-DD or MM-DD", Pattern.compile("(\\d{4}-)?\\d{2}-\\d{2}"));
  private static final ValueType<String> SEGMENT =
      ValueType.text("a name of 1 to 64 characters", Pattern.compile("[^\\p{Cntrl}]{1,64}"));
  private static final ValueType<String> VARIABLE =
      ValueType.text(
          "the name of an environment variable", Pattern.compile("[A-Za-z_][A-Za-z0-9_]*"));
  private static final ValueType<String> SERVERS =
      ValueType.text(
          "host:port, or several with commas between them",
          Pattern.compile("[^\\s,:]+:\\d{1,5}(\\s*,\\s*[^\\s,:]+:\\d{1,5})*"));
  private static final ValueType<String> TOPIC =
      ValueType.text(
          "a Kafka topic: letters, digits, dot, hyphen and underscore, at most 249 of them",
          Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}"));
  private static final ValueType<Settings.OnLostPosition> ON_LOST_POSITION =
      ValueType.choice(
          Map.of(
              "stop", Settings.OnLostPosition.STOP,
              "earliest", Settings.OnLostPosition.EARLIEST,
              "accept_copy", Settings.OnLostPosition.ACCEPT_COPY));
  private static final ValueType<URI> DIRECTORY =
      new ValueType<>("a URI such as file:///var/lib/… or s3://bucket/…", SettingsReader::uri);

  private static final ValueType<String> WAREHOUSE =
      ValueType.text(
          "a folder, or the URI of one such as s3://bucket/warehouse",
          Pattern.compile("[^\\p{Cntrl}]{1,1024}"));

  /** Of the warehouse: it has a setting of its own. */
  private static final Set<String> OWN_TABLE_PROPERTIES = Set.of("warehouse", "metastore");

  private static final Pattern VARIABLE_REFERENCE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  /** What the jobs set themselves: another value would break their guarantees. */
  private static final Set<String> OWN_KAFKA_PROPERTIES =
      Set.of(
          "bootstrap.servers",
          "isolation.level",
          "transactional.id",
          "enable.idempotence",
          "enable.auto.commit",
          "key.serializer",
          "value.serializer",
          "key.deserializer",
          "value.deserializer");

  private final UnaryOperator<String> environment;

  /**
   * Prepares to read settings.
   *
   * @param environment the value of an environment variable; null where there is none
   */
  public SettingsReader(UnaryOperator<String> environment) {
    this.environment = environment;
  }

  /** What holds where nobody sets anything. */
  public static Settings defaults() {
    return DefaultSettings.create();
  }

  /**
   * The defaults with a file laid over them.
   *
   * @throws ConfigurationException with everything that is wrong in it
   */
  public Settings read(Path file) {
    Problems problems = new Problems();
    return read(file.toString(), DocumentReader.read(file, problems), problems);
  }

  /**
   * The defaults with a text laid over them.
   *
   * @param name how problems call the text
   * @throws ConfigurationException with everything that is wrong in it
   */
  public Settings read(String name, String yaml) {
    Problems problems = new Problems();
    return read(name, new DocumentReader(name, problems).read(yaml), problems);
  }

  private Settings read(String name, Optional<Node> document, Problems problems) {
    problems.throwIfAny();
    Section root = Section.root(name, document, problems);
    Settings base = defaults();
    Settings.Time time = time(root.section("time"), base.time());
    Settings.Money money = money(root.section("money"), base.money());
    Settings settings =
        new Settings(
            time,
            money,
            dedup(root.section("dedup"), base.dedup()),
            orders(root.section("orders"), base.orders()),
            rfm(root.section("rfm"), base.rfm()),
            lifecycle(root.section("lifecycle"), base.lifecycle()),
            triggers(root.section("triggers"), base.triggers()),
            identity(root.section("identity"), base.identity()),
            tenants(root, new Settings.Tenant(time.zone(), money.currency())),
            kafka(root.section("kafka"), base.kafka()),
            state(root.section("state"), base.state()),
            tables(root.section("tables"), base.tables()));
    root.refuseUnknownKeys();
    problems.throwIfAny();
    return settings;
  }

  private static Settings.Time time(Section section, Settings.Time base) {
    Settings.Time time =
        new Settings.Time(
            section.value("zone", base.zone(), ValueType.zone()),
            section.value("out_of_orderness", base.outOfOrderness(), UP_TO_A_DAY),
            section.value("max_future", base.maxFuture(), UP_TO_A_DAY),
            section.value(
                "clock",
                base.clock(),
                ValueType.choice(
                    Map.of("wall", Settings.Clock.WALL, "event", Settings.Clock.EVENT))));
    section.refuseUnknownKeys();
    return time;
  }

  private static Settings.Money money(Section section, Settings.Money base) {
    Settings.Money money =
        new Settings.Money(section.value("currency", base.currency(), ValueType.currency()));
    section.refuseUnknownKeys();
    return money;
  }

  private static Settings.Dedup dedup(Section section, Settings.Dedup base) {
    Settings.Dedup dedup =
        new Settings.Dedup(
            section.value(
                "window", base.window(), ValueType.duration(MILLISECOND, Duration.ofDays(7))));
    section.refuseUnknownKeys();
    return dedup;
  }

  private static Settings.Orders orders(Section section, Settings.Orders base) {
    Settings.Orders orders =
        new Settings.Orders(
            section.value(
                "scope",
                base.scope(),
                ValueType.choice(Map.of("tenant", OrderScope.TENANT, "app", OrderScope.APP))));
    section.refuseUnknownKeys();
    return orders;
  }

  private static Settings.Rfm rfm(Section section, Settings.Rfm base) {
    Duration window = section.value("window", base.window(), ValueType.duration(DAY));
    if (!window.equals(Duration.ofDays(window.toDays()))) {
      section.refuse("window", "; allowed: whole days such as 365d");
    }
    Settings.Rfm rfm =
        new Settings.Rfm(
            window,
            section.value(
                "scoring",
                base.scoring(),
                ValueType.choice(
                    Map.of(
                        "quintiles", Settings.Scoring.QUINTILES,
                        "thresholds", Settings.Scoring.THRESHOLDS))),
            section.value("high", base.high(), ValueType.integer(2, 5)),
            thresholds(section.section("thresholds"), base.thresholds()),
            segmentNames(
                section.section("segments"), section.section("segments_zh"), base.segmentNames()));
    section.refuseUnknownKeys();
    return rfm;
  }

  private static Settings.Thresholds thresholds(Section section, Settings.Thresholds base) {
    ValueType<Integer> positive = ValueType.integer(1, Integer.MAX_VALUE);
    Settings.Thresholds thresholds =
        new Settings.Thresholds(
            section.ascending("recency_days", base.recencyDays(), 4, 4, positive),
            section.ascending("frequency", base.frequency(), 4, 4, positive),
            section.ascending(
                "monetary_minor", base.monetaryMinor(), 4, 4, ValueType.positiveLong()));
    section.refuseUnknownKeys();
    return thresholds;
  }

  private static SegmentNames segmentNames(Section section, Section sectionZh, SegmentNames base) {
    List<List<String>> byRAndF = new ArrayList<>();
    for (int r = 1; r <= base.byRAndF().size(); r++) {
      List<String> row = base.byRAndF().get(r - 1);
      byRAndF.add(section.exactly("r" + r, row, row.size(), SEGMENT));
    }
    String[] byHigh = base.byHigh().toArray(String[]::new);
    for (int cell = 0; cell < byHigh.length; cell++) {
      byHigh[cell] = sectionZh.value(highs(cell), byHigh[cell], SEGMENT);
    }
    SegmentNames names =
        new SegmentNames(
            List.copyOf(byRAndF),
            List.of(byHigh),
            section.value("prospect", base.prospect(), SEGMENT),
            sectionZh.value("prospect", base.prospectZh(), SEGMENT),
            section.value("unscored", base.unscored(), SEGMENT),
            sectionZh.value("unscored", base.unscoredZh(), SEGMENT));
    section.refuseUnknownKeys();
    sectionZh.refuseUnknownKeys();
    return names;
  }

  /** A cell of the eight as marketing writes it: 1 for high and 0 for low R, F and M. */
  private static String highs(int cell) {
    return "" + (cell >> 1 & 1) + (cell & 1) + (cell >> 2);
  }

  private static Settings.Lifecycle lifecycle(Section section, Settings.Lifecycle base) {
    Duration horizon =
        section.value("horizon", base.horizon(), ValueType.duration(DAY, Duration.ofDays(3650)));
    Settings.Lifecycle lifecycle =
        new Settings.Lifecycle(
            section.value(
                "policy",
                base.policy(),
                ValueType.choice(
                    Map.of(
                        "fixed", Settings.Policy.FIXED,
                        "cadence", Settings.Policy.CADENCE,
                        "probability", Settings.Policy.PROBABILITY))),
            section.ascending("silence", base.silence(), 3, 3, POSITIVE_DURATION),
            section.value("loyal_orders", base.loyalOrders(), ValueType.integer(1, 500)),
            cadence(section.section("cadence"), base.cadence()),
            section.descending("probability", base.probability(), 3, 3, PROBABILITY),
            section.ascending(
                "probability_latest", base.probabilityLatest(), 3, 3, ValueType.duration(DAY)),
            model(section.section("model"), base.model(), horizon),
            horizon);
    section.refuseUnknownKeys();
    return lifecycle;
  }

  private static Settings.Cadence cadence(Section section, Settings.Cadence base) {
    List<Duration> bounds =
        section.ascending("bounds", List.of(base.least(), base.most()), 2, 2, POSITIVE_DURATION);
    Settings.Cadence cadence =
        new Settings.Cadence(
            section.value("gaps", base.gaps(), ValueType.integer(2, 100)),
            bounds.get(0),
            bounds.get(1),
            section.ascending("factors", base.factors(), 3, 3, ValueType.decimal("0.01", "100")));
    section.refuseUnknownKeys();
    return cadence;
  }

  private static MbgNbd model(Section section, MbgNbd base, Duration horizon) {
    MbgNbd model =
        new MbgNbd(
            section.value("r", base.r(), PARAMETER),
            section.value("alpha", base.alpha(), PARAMETER),
            section.value("a", base.a(), PARAMETER),
            section.value("b", base.b(), PARAMETER),
            section.value(
                "unit",
                base.unit(),
                ValueType.choice(Map.of("days", DAY, "weeks", Duration.ofDays(7)))));
    section.refuseUnknownKeys();
    double leastAlpha = MbgNbd.leastAlpha(model.r(), model.units(horizon));
    if (model.alpha() < leastAlpha) {
      section.refuse(
          "alpha", "; allowed: at least " + (float) leastAlpha + " beside r and lifecycle.horizon");
    }
    return model;
  }

  private static Settings.Triggers triggers(Section section, Settings.Triggers base) {
    Settings.Triggers triggers =
        new Settings.Triggers(
            CapReader.read(section, "cap", base.cap()),
            section.value("precedence", base.precedence(), ANY_DURATION),
            section.value("conversion", base.conversion(), POSITIVE_DURATION),
            section.value(
                "consent_default",
                base.consentDefault(),
                ValueType.choice(Map.of("allow", true, "deny", false))));
    section.refuseUnknownKeys();
    return triggers;
  }

  private static Settings.Identity identity(Section section, Settings.Identity base) {
    boolean replace = section.value("junk_replace", false, ValueType.bool());
    Set<String> junk = new TreeSet<>(replace ? Set.of() : base.junk());
    for (String value : section.list("junk", List.of(), ANY_TEXT)) {
      junk.add(value.toLowerCase(Locale.ROOT));
    }
    Settings.Identity identity =
        new Settings.Identity(
            section.value("pii_key_env", base.piiKeyEnv(), VARIABLE),
            Collections.unmodifiableSet(junk),
            Collections.unmodifiableSet(
                new TreeSet<>(
                    section.list("junk_birthdays", List.copyOf(base.junkBirthdays()), BIRTHDAY))));
    section.refuseUnknownKeys();
    return identity;
  }

  private static Map<String, Settings.Tenant> tenants(Section root, Settings.Tenant base) {
    Section section = root.section("tenants");
    if (section.keys().size() > MAX_TENANTS) {
      root.refuse("tenants", "has " + section.keys().size() + "; allowed: up to " + MAX_TENANTS);
    }
    Map<String, Settings.Tenant> tenants = new TreeMap<>();
    for (String id : section.keys()) {
      Section tenant = section.section(id);
      tenants.put(
          id,
          new Settings.Tenant(
              tenant.value("zone", base.zone(), ValueType.zone()),
              tenant.value("currency", base.currency(), ValueType.currency())));
      tenant.refuseUnknownKeys();
    }
    return Collections.unmodifiableMap(tenants);
  }

  private Settings.Kafka kafka(Section section, Settings.Kafka base) {
    Settings.Kafka kafka =
        new Settings.Kafka(
            section.value("bootstrap_servers", base.bootstrapServers(), SERVERS),
            properties(section, OWN_KAFKA_PROPERTIES),
            section.value("on_lost_position", base.onLostPosition(), ON_LOST_POSITION),
            topics(section.section("topics"), base.topics()));
    section.refuseUnknownKeys();
    return kafka;
  }

  private Map<String, String> properties(Section section, Set<String> own) {
    Section names = section.section("properties");
    Map<String, String> properties = new TreeMap<>();
    section
        .texts("properties")
        .forEach(
            (name, value) -> {
              if (own.contains(name)) {
                names.refuseSecret(name, "is set by the jobs themselves");
              }
              properties.put(name, withVariables(names, name, value));
            });
    return Collections.unmodifiableMap(properties);
  }

  private String withVariables(Section section, String key, String text) {
    return VARIABLE_REFERENCE
        .matcher(text)
        .replaceAll(
            reference -> {
              String value = environment.apply(reference.group(1));
              if (value == null) {
                section.refuseSecret(
                    key,
                    "names the environment variable " + reference.group(1) + ", which is unset");
                return "";
              }
              return Matcher.quoteReplacement(value);
            });
  }

  private static Map<String, String> topics(Section section, Map<String, String> base) {
    Map<String, String> topics = new LinkedHashMap<>();
    Map<String, String> users = new LinkedHashMap<>();
    base.forEach(
        (contractName, name) -> {
          String own = section.value(contractName, name, TOPIC);
          topics.put(contractName, own);
          String other = users.putIfAbsent(own, contractName);
          if (other != null) {
            section.refuse(
                contractName, "is the topic of " + other + " already; allowed: a topic of its own");
          }
        });
    section.refuseUnknownKeys();
    return Collections.unmodifiableMap(topics);
  }

  private static Settings.State state(Section section, Settings.State base) {
    URI checkpointDir = section.value("checkpoint_dir", null, DIRECTORY.orNone(null));
    Settings.State state =
        new Settings.State(
            section.value(
                "backend",
                base.backend(),
                ValueType.choice(Map.of("rocksdb", "rocksdb", "hashmap", "hashmap"))),
            section.value(
                "checkpoint_interval",
                base.checkpointInterval(),
                ValueType.duration(Duration.ofMillis(100), DAY)),
            checkpointDir == null ? null : checkpointDir.toString());
    section.refuseUnknownKeys();
    return state;
  }

  private Settings.Tables tables(Section section, Settings.Tables base) {
    Settings.Tables tables =
        new Settings.Tables(
            section.value("warehouse", base.warehouse(), WAREHOUSE),
            section.value("buckets", base.buckets(), ValueType.integer(1, 1_024)),
            section.value(
                "time_travel",
                base.timeTravel(),
                ValueType.duration(Duration.ofMinutes(1), Duration.ofDays(90))),
            section.value("iceberg", base.iceberg(), ValueType.bool()),
            properties(section, OWN_TABLE_PROPERTIES));
    section.refuseUnknownKeys();
    return tables;
  }

  private static URI uri(String text) {
    URI uri = URI.create(text);
    if (!uri.isAbsolute()) {
      throw new IllegalArgumentException("has no scheme");
    }
    return uri;
  }
}
