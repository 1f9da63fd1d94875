package io.customerpulse.domain.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a YAML or JSON document into {@link Node}s that know their lines. Refused are documents
 * that mean different things to different readers: a key given twice, anchors and aliases, a second
 * document in one file.
 */
public final class DocumentReader {
  /** No file that a person writes is larger. */
  private static final long MAX_BYTES = 1 << 20;

  private static final JsonFactory JSON = new JsonFactory();
  private static final YAMLFactory YAML = new YAMLFactory();

  private final String file;
  private final Problems problems;

  /**
   * Prepares to read one document.
   *
   * @param file how problems name it; JSON if it ends in .json, else YAML
   */
  public DocumentReader(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The document in a file; empty if it has none or could not be read, which is then a problem. */
  public static Optional<Node> read(Path path, Problems problems) {
    DocumentReader reader = new DocumentReader(path.toString(), problems);
    try {
      if (Files.isDirectory(path)) {
        reader.problem(0, "is a directory; allowed: a file");
      } else if (Files.size(path) > MAX_BYTES) {
        reader.problem(0, "is larger than 1 MiB");
      } else {
        return reader.read(Files.readString(path));
      }
    } catch (NoSuchFileException e) {
      reader.problem(0, "does not exist");
    } catch (CharacterCodingException e) {
      reader.problem(0, "is not UTF-8 text");
    } catch (IOException e) {
      reader.problem(0, "cannot be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  /** The document in a text; empty if it has none or is malformed, which is then a problem. */
  public Optional<Node> read(String text) {
    int before = problems.count();
    try (JsonParser parser = (file.endsWith(".json") ? JSON : YAML).createParser(text)) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      Node root = node(parser, "");
      if (parser.nextToken() != null) {
        problem(line(parser), "a second document begins here; allowed: one document per file");
      }
      return problems.count() == before ? Optional.of(root) : Optional.empty();
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      problem(line, "is malformed: " + firstLine(e.getOriginalMessage()));
    } catch (IOException e) {
      problem(0, "cannot be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  private Node node(JsonParser parser, String path) throws IOException {
    int line = line(parser);
    if (parser instanceof YAMLParser yaml
        && (yaml.isCurrentAlias() || yaml.getObjectId() != null)) {
      problems.add(
          new Problem(file, line, path, null, "anchors (&) and aliases (*) are not allowed"));
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser, path, line);
      case START_ARRAY -> sequence(parser, path, line);
      case VALUE_NULL -> new Node.Scalar(line, null);
      default -> new Node.Scalar(line, parser.getText());
    };
  }

  private Node mapping(JsonParser parser, String path, int line) throws IOException {
    Map<String, Node> entries = new LinkedHashMap<>();
    Map<String, Integer> keyLines = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      String keyPath = path.isEmpty() ? key : path + "." + key;
      int keyLine = line(parser);
      parser.nextToken();
      Node value = node(parser, keyPath);
      if (entries.putIfAbsent(key, value) != null) {
        String message = "is given twice, first in line " + keyLines.get(key);
        problems.add(new Problem(file, keyLine, keyPath, null, message));
      } else {
        keyLines.put(key, keyLine);
      }
    }
    return new Node.Mapping(line, entries, keyLines);
  }

  private Node sequence(JsonParser parser, String path, int line) throws IOException {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(parser, path + "[" + items.size() + "]"));
    }
    return new Node.Sequence(line, items);
  }

  private void problem(int line, String message) {
    problems.add(new Problem(file, line, "", null, message));
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
