package io.customerpulse.history.convert;

import io.customerpulse.client.cli.Progress;
import io.customerpulse.domain.config.ConfigurationException;
import io.customerpulse.domain.config.Problem;
import io.customerpulse.domain.config.Problems;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Somebody's CSV log in, tracking events out. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description = {
      "Turns a CSV log into tracking events, one JSON object per line on standard output.",
      "What became of the rows, and which were refused and why, is said on standard error; refused"
          + " rows are no failure, unless no row becomes an event.",
      "The mapping is described in config/README.md; ready ones stand in config/mappings."
    })
public final class ConvertCommand implements Callable<Integer> {
  @Option(
      names = "--mapping",
      required = true,
      paramLabel = "FILE",
      description = "How rows become events (YAML).")
  private Path mappingFile;

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT.csv",
      description = "Files, plain or gzipped, in the order of their events.")
  private List<Path> inputs;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    // Not System.out, which keeps quiet when the reader has gone. It isn't ours to close.
    ConvertReport report = convert(mappingFile, inputs, new FileOutputStream(FileDescriptor.out));
    report.print(spec.commandLine().getErr());
    return report.events().isEmpty() ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  /**
   * Converts files.
   *
   * @throws ConfigurationException if the mapping or an input is wrong as a whole; nothing has been
   *     written then
   */
  static ConvertReport convert(Path mappingFile, List<Path> inputs, OutputStream out)
      throws IOException {
    MappingReader reader = new MappingReader();
    Mapping mapping = reader.read(mappingFile);
    requireInputs(inputs, mapping, reader.columns());
    ConvertReport report = new ConvertReport();
    Converter converter = new Converter(mapping, new WholeLines(out), report);
    try (Progress progress = Progress.onStandardError()) {
      for (Path input : inputs) {
        try (CsvRows rows = new CsvRows(input, mapping.csv())) {
          for (Row row = rows.next(report.rows() + 1);
              row != null;
              row = rows.next(report.rows() + 1)) {
            converter.accept(row);
            progress.show(() -> String.format(Locale.ROOT, "%,d rows", report.rows()));
          }
        }
      }
    }
    converter.finish();
    return report;
  }

  private static void requireInputs(List<Path> inputs, Mapping mapping, Set<String> needed)
      throws IOException {
    Problems problems = new Problems();
    for (Path input : inputs) {
      if (!Files.isRegularFile(input) || !Files.isReadable(input)) {
        String message = Files.exists(input) ? "is no readable file" : "does not exist";
        problems.add(new Problem(input.toString(), 0, "", null, message));
        continue;
      }
      try (CsvRows rows = new CsvRows(input, mapping.csv())) {
        requireColumns(input, rows.header(), needed, problems);
      } catch (ConfigurationException e) {
        e.problems().forEach(problems::add);
      }
    }
    problems.throwIfAny();
  }

  private static void requireColumns(
      Path input, Header header, Set<String> needed, Problems problems) {
    Set<String> missing = new TreeSet<>(needed);
    missing.removeAll(header.names());
    if (!missing.isEmpty()) {
      problems.add(
          new Problem(
              input.toString(),
              1,
              "",
              null,
              "has no column "
                  + String.join(", ", missing)
                  + "; its columns: "
                  + String.join(", ", header.distinct())));
    }
    for (String name : needed) {
      List<Integer> positions = header.positions(name);
      if (positions.size() > 1) {
        String said = positions.stream().map(String::valueOf).collect(Collectors.joining(", "));
        problems.add(
            new Problem(
                input.toString(),
                1,
                "",
                null,
                "has several columns "
                    + name
                    + ", at positions "
                    + said
                    + ", and the mapping uses it; allowed: one of that name"));
      }
    }
  }
}
