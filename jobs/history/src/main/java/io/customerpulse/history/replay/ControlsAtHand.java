package io.customerpulse.history.replay;

import io.customerpulse.runtime.keyedlogic.Control;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.api.connector.source.ReaderOutput;

/** Controls that are known before a run begins, and word that these are all. */
final class ControlsAtHand implements HandingOverSource.Cursor<Control> {
  private final Iterator<Control> controls;
  private boolean told;

  ControlsAtHand(List<Control> controls) {
    this.controls = controls.iterator();
  }

  @Override
  public boolean emitNext(ReaderOutput<Control> output) {
    if (controls.hasNext()) {
      output.collect(controls.next());
      return true;
    }
    if (told) {
      return false;
    }
    told = true;
    output.collect(Control.endOfLog());
    return true;
  }

  @Override
  public void close() {}
}
