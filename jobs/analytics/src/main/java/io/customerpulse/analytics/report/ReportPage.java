package io.customerpulse.analytics.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;

/** The page: one file with everything in it, the charts' library too. It loads nothing. */
final class ReportPage {
  private static final String ECHARTS_VERSION =
      "/META-INF/maven/org.webjars/echarts/pom.properties";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportPage() {}

  /** What the page says, by key, in one language. */
  static JsonNode texts(Language language) {
    try {
      return JSON.readTree(resource("texts.json")).get(language.code());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The page as HTML.
   *
   * @param data the rows that the charts show, and the texts
   */
  static String of(ObjectNode data) {
    // The data last: whatever stands in them is not looked at again.
    return resource("report.html")
        .replace("/*{{css}}*/", resource("report.css"))
        .replace("/*{{js}}*/", resource("report.js"))
        .replace("/*{{echarts}}*/", resource(echarts()))
        .replace("{{data}}", script(data));
  }

  /** JSON that ends no script element, whatever the shop calls its things. */
  private static String script(ObjectNode data) {
    return data.toString().replace("<", "\\u003c");
  }

  private static String echarts() {
    Properties properties = new Properties();
    try (InputStream in = ReportPage.class.getResourceAsStream(ECHARTS_VERSION)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return String.format(
        Locale.ROOT,
        "/META-INF/resources/webjars/echarts/%s/echarts.min.js",
        properties.getProperty("version"));
  }

  static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing in this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
