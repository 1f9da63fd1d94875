package io.customerpulse.lab.simulator;

import io.customerpulse.domain.event.Origin;
import io.customerpulse.domain.ingest.ParseResult;
import io.customerpulse.domain.ingest.TrackingEventReader;
import io.customerpulse.domain.settings.SettingsReader;
import java.util.Optional;

/** The processor's own reading, with its default settings: the judge of what the simulator says. */
final class Intake {
  private final TrackingEventReader reader =
      new TrackingEventReader(SettingsReader.defaults(), Optional.empty());

  ParseResult read(long number, SimulatedRecord simulated) {
    return reader.read(new Origin("simulator", number), simulated.value(), null);
  }
}
