package io.customerpulse.analytics.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.customerpulse.analytics.query.KnownShop;
import io.customerpulse.domain.ingest.Repair;
import io.customerpulse.domain.lifecycle.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import picocli.CommandLine;

/** The report over the tables of a shop that can be followed by hand, in a real browser. */
class ReportTest {
  private static final List<String> DRAWN =
      List.of("rfm", "flow", "segments", "segments_zh", "funnel", "outcomes", "lift", "revenue");
  private static final Pattern DATA = Pattern.compile("id=\"data\">(.*?)</script>", Pattern.DOTALL);

  @TempDir private static Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void fillTheTables() throws IOException {
    KnownShop.replay(folder);
  }

  @ParameterizedTest
  @CsvSource({"en, 1280", "zh, 390"})
  void eachChartDrawsAndNothingIsLoaded(String language, int width, @TempDir Path profile)
      throws IOException {
    assumeTrue(Browser.isHere(), "no chromium and chromedriver on the PATH");
    Path page = report("--lang", language);

    ChromeDriver browser = Browser.start(profile);
    try {
      Browser.resize(browser, width, 900);
      // What the browser asked for itself at its start.
      requests(browser);
      browser.get(page.toUri().toString());

      for (String chart : DRAWN) {
        List<WebElement> shapes = browser.findElements(By.cssSelector("#" + chart + " svg path"));
        assertThat(shapes).as("what %s drew", chart).hasSizeGreaterThan(5);
      }
      assertThat(browser.findElement(By.cssSelector("#quality .empty")).getText()).isNotBlank();
      assertThat(browser.executeScript("return document.documentElement.scrollWidth"))
          .as("a page that is no wider than the screen")
          .isEqualTo(browser.executeScript("return document.documentElement.clientWidth"));
      assertThat(errors(browser)).isEmpty();
      assertThat(requests(browser)).isNotEmpty().allMatch(url -> url.startsWith("file:"));
    } finally {
      browser.quit();
    }
  }

  @Test
  void theFiguresAreThoseOfTheShop() throws IOException {
    JsonNode data = data(report());

    assertThat(data.get("day").asText()).isEqualTo("2024-04-10");
    long customers = 0;
    for (JsonNode row : data.get("customers")) {
      customers += row.get("customers").asLong();
    }
    assertThat(customers).isEqualTo(3 + KnownShop.ABANDONERS);
    List<String> rules = new ArrayList<>();
    data.get("rules").forEach(row -> rules.add(row.get("rule_id").asText()));
    assertThat(rules).containsExactlyInAnyOrder("cart-reminder", "win-back");
  }

  /** The table of profiles has no past, and a reader must know. */
  @Test
  void aDayThatHasPassedIsToldFromThePresentOne() throws IOException {
    assertThat(data(report("--day", "2024-04-10")).get("past").asBoolean()).isFalse();
    assertThat(data(report("--day", "2024-04-09")).get("past").asBoolean()).isTrue();
  }

  @Test
  void bothLanguagesSayTheSameThings() {
    JsonNode english = ReportPage.texts(Language.EN);
    JsonNode chinese = ReportPage.texts(Language.ZH);
    List<String> keys = new ArrayList<>();
    english.fieldNames().forEachRemaining(keys::add);

    assertThat(chinese.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(keys);
    for (Stage stage : Stage.values()) {
      assertThat(keys).contains("stage." + stage);
    }
    for (Repair repair : Repair.values()) {
      assertThat(keys).contains("quality." + repair.wireName());
    }
  }

  @Test
  void whatAShopCallsItsThingsEndsNoScript() {
    String page =
        ReportPage.of(
            JsonNodeFactory.instance.objectNode().put("tenant", "</script><script>alert(1)"));

    assertThat(page).doesNotContain("<script>alert").contains("\\u003c/script>");
  }

  @ParameterizedTest
  @CsvSource({
    "--lang, fr, 'expected one of [EN, ZH]'",
    "--day, yesterday, '--day: yesterday is no day; allowed: such as 2024-03-01'",
    "--days, 0, '--days: 0 is not allowed; allowed: 1 to 366'",
    "--tenant, nobody, '--tenant: nobody has no customers; allowed: default'",
    "--warehouse, nowhere, 'nowhere holds no tables'"
  })
  void wrongUseIsToldInOneLine(String option, String value, String message) {
    int exitCode = run(option, value, "--out", folder.resolve("none.html").toString());

    assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString().lines().findFirst().orElse("")).contains(message);
    assertThat(folder.resolve("none.html")).doesNotExist();
  }

  private Path report(String... options) throws IOException {
    Path page = Files.createTempFile(folder, "report", ".html");
    List<String> args = new ArrayList<>(List.of(options));
    args.addAll(List.of("--out", page.toString()));
    int exitCode = run(args.toArray(new String[0]));
    assertThat(exitCode).as(err.toString()).isZero();
    return page;
  }

  private int run(String... options) {
    List<String> args = new ArrayList<>();
    if (!List.of(options).contains("--warehouse")) {
      args.addAll(List.of("--warehouse", folder.resolve("warehouse").toString()));
    }
    args.addAll(List.of(options));
    System.setProperty("customerpulse.home", "../..");
    return new CommandLine(new ReportCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args.toArray(new String[0]));
  }

  private static JsonNode data(Path page) throws IOException {
    Matcher matcher = DATA.matcher(Files.readString(page));
    assertThat(matcher.find()).isTrue();
    return new ObjectMapper().readTree(matcher.group(1));
  }

  private static List<LogEntry> errors(ChromeDriver browser) {
    return browser.manage().logs().get(LogType.BROWSER).getAll();
  }

  private static List<String> requests(ChromeDriver browser) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<String> urls = new ArrayList<>();
    for (LogEntry entry : browser.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = json.readTree(entry.getMessage()).get("message");
      if (message.get("method").asText().equals("Network.requestWillBeSent")) {
        urls.add(message.at("/params/request/url").asText());
      }
    }
    return urls;
  }
}
