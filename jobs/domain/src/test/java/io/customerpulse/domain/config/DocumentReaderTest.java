package io.customerpulse.domain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentReaderTest {
  private final Problems problems = new Problems();

  @Test
  void knowsTheLineOfEachKey() {
    Node root = read("a: 1\nb:\n  c: [x,\n    y]\n");

    assertThat(root).isInstanceOf(Node.Mapping.class);
    Node.Mapping mapping = (Node.Mapping) root;
    assertThat(mapping.keyLines()).isEqualTo(Map.of("a", 1, "b", 2));
    Node.Mapping b = (Node.Mapping) mapping.entries().get("b");
    assertThat(b.keyLines()).isEqualTo(Map.of("c", 3));
    assertThat(((Node.Sequence) b.entries().get("c")).items())
        .containsExactly(new Node.Scalar(3, "x"), new Node.Scalar(4, "y"));
  }

  @Test
  void keepsTextAsWritten() {
    Node.Mapping root = (Node.Mapping) read("a: 22:00\nb: 010\nc: .nan\nd: yes\ne: ~\n");

    assertThat(root.entries().values())
        .extracting(node -> ((Node.Scalar) node).text())
        .containsExactly("22:00", "010", ".nan", "yes", null);
  }

  @Test
  void refusesAKeyGivenTwiceWithBothLines() {
    assertThat(wrong("a:\n  b: 1\n  c: 2\n  b: 3\n"))
        .isEqualTo("x.yaml:4: a.b: is given twice, first in line 2");
  }

  @Test
  void refusesMalformedDocumentsAliasesAndSecondDocuments() {
    assertThat(wrong("a: [1\nb: 2\n")).startsWith("x.yaml:2: is malformed: ");
    assertThat(wrong("a: &x 1\nb: *x\n")).contains("x.yaml:2: b: anchors (&) and aliases (*)");
    assertThat(wrong("a: 1\n---\nb: 1\n")).contains("one document per file");
  }

  @Test
  void namesTheFileThatCannotBeRead(@TempDir Path folder) throws IOException {
    Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    DocumentReader.read(folder.resolve("absent.yaml"), problems);
    DocumentReader.read(folder, problems);
    DocumentReader.read(binary, problems);

    assertThatThrownBy(problems::throwIfAny)
        .hasMessage(
            folder.resolve("absent.yaml")
                + ": does not exist\n"
                + folder
                + ": is a directory; allowed: a file\n"
                + binary
                + ": is not UTF-8 text");
  }

  private Node read(String yaml) {
    return new DocumentReader("x.yaml", problems).read(yaml).orElseThrow();
  }

  private static String wrong(String yaml) {
    Problems found = new Problems();
    assertThat(new DocumentReader("x.yaml", found).read(yaml)).isEmpty();
    try {
      found.throwIfAny();
    } catch (ConfigurationException e) {
      return e.getMessage();
    }
    return "";
  }
}
