package torchparity.harness.run;

import torchparity.cases.Event;
import torchparity.harness.port.Port;

/** Hears of a run's progress; it may be called from several threads. */
public interface ProgressListener {
  /** A port is asked for so many more instances. */
  default void asked(Port port, int instances) {}

  /** A port reported an event. */
  void on(Port port, Event event);
}
