package torchparity.harness.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import torchparity.harness.run.Interruption;

/**
 * Ctrl-C and SIGTERM during a run: ports are ended, and what is finished is reported. A second
 * signal, or a report that takes too long, ends this process at once.
 *
 * <p>{@code sun.misc.Signal} is the only way to hear which signal came; javac warns of its name, so
 * it is looked up. Without it a signal ends the process as it ends any Java program.
 */
final class Signals {
  private static final int LONGEST_SECONDS = 20;

  private Signals() {}

  /** From now on signals are asked for and not obeyed. */
  static void listen() {
    listen("INT", ExitCode.INTERRUPTED);
    listen("TERM", ExitCode.TERMINATED);
  }

  private static void listen(String name, int exitCode) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, handler);
      Object which = signal.getConstructor(String.class).newInstance(name);
      InvocationHandler received =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              received("SIG" + name, exitCode);
            }
            return null;
          };
      Object ours =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(), new Class<?>[] {handler}, received);
      Object before = handle.invoke(null, which, ours);
      if (handler.getField("SIG_IGN").get(null).equals(before)) {
        handle.invoke(null, which, before); // nohup, or a job in the background of a script
      }
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // This Java has no such class, or keeps the signal for itself.
    }
  }

  private static void received(String name, int exitCode) {
    if (!Interruption.request(name)) {
      Runtime.getRuntime().halt(exitCode);
    }
    System.err.printf("parity: %s: ends the ports and reports what is finished%n", name);
    Thread last =
        new Thread(
            () -> {
              try {
                TimeUnit.SECONDS.sleep(LONGEST_SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(exitCode);
            });
    last.setDaemon(true);
    last.start();
  }
}
