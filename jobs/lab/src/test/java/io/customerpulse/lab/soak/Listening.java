package io.customerpulse.lab.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a process listens on, as Linux tells in /proc. */
public final class Listening {
  private static final String LISTEN = "0A";
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");

  /** 127.0.0.1, the same as an IPv6 address, and ::1. */
  private static final Set<String> LOOPBACK =
      Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000");

  private Listening() {}

  public static boolean canBeTold() {
    return Files.isReadable(Path.of("/proc/net/tcp"));
  }

  /** Addresses and ports, in the hexadecimal of /proc; first those on the loopback interface. */
  public record Addresses(List<String> loopback, List<String> others) {}

  public static Addresses of(long pid) throws IOException {
    Set<String> sockets = new HashSet<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path descriptor : descriptors.toList()) {
        try {
          Matcher socket = SOCKET.matcher(Files.readSymbolicLink(descriptor).toString());
          if (socket.matches()) {
            sockets.add(socket.group(1));
          }
        } catch (IOException e) {
          // Closed meanwhile.
        }
      }
    }
    List<String> loopback = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        List<String> columns = BLANKS.splitAsStream(line.strip()).toList();
        if (columns.size() > 9
            && columns.get(3).equals(LISTEN)
            && sockets.contains(columns.get(9))) {
          String address = columns.get(1).substring(0, columns.get(1).indexOf(':'));
          (LOOPBACK.contains(address) ? loopback : others).add(columns.get(1));
        }
      }
    }
    return new Addresses(loopback, others);
  }
}
