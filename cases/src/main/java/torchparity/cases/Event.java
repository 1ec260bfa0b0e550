package torchparity.cases;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One line of a port's event file.
 *
 * @param event {@code started}, {@code step}, {@code finished}, {@code failed} or {@code not_run}
 * @param instance id of the case instance
 * @param epoch number of epochs done, with {@code step}
 * @param epochs number of epochs in all, with {@code step}
 * @param loss the loss at that epoch, for people, with {@code step}; null if it is not finite
 * @param message the cause, with {@code failed} and {@code not_run}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Event(
    String event,
    String instance,
    @Nullable Integer epoch,
    @Nullable Integer epochs,
    @Nullable Double loss,
    @Nullable String message) {
  private static final Set<String> EVENTS =
      new TreeSet<>(List.of("started", "step", "finished", "failed", "not_run"));

  /**
   * Checks the two fields that every event has.
   *
   * @throws IllegalArgumentException if one is missing, or the event is of another kind
   */
  public Event {
    if (event == null || !EVENTS.contains(event)) {
      throw new IllegalArgumentException("'event' must be one of " + EVENTS + ", got " + event);
    }
    if (instance == null) {
      throw new IllegalArgumentException("'instance' is missing");
    }
  }

  public static Event started(String instance) {
    return new Event("started", instance, null, null, null, null);
  }

  public static Event finished(String instance) {
    return new Event("finished", instance, null, null, null, null);
  }

  public static Event failed(String instance, String message) {
    return new Event("failed", instance, null, null, null, message);
  }

  public static Event notRun(String instance, String message) {
    return new Event("not_run", instance, null, null, null, message);
  }

  public static Event step(String instance, int epoch, int epochs, double loss) {
    return new Event("step", instance, epoch, epochs, Double.isFinite(loss) ? loss : null, null);
  }
}
