package torchparity.engine.plugin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/**
 * A short session without Nushell, for the class-data archive that the plugin starts from: it loads
 * the classes that registration and a script with a few tensors need.
 */
final class Rehearsal {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final MessagePacker packer = MessagePack.newDefaultPacker(bytes);
  private long calls;

  private Rehearsal() {}

  public static void main(String[] args) throws IOException {
    Main.serve(
        new ByteArrayInputStream(new Rehearsal().session()), OutputStream.nullOutputStream());
  }

  /** What Nushell would send. */
  private byte[] session() throws IOException {
    packer.packMapHeader(1).packString("Hello").packMapHeader(3);
    packer.packString("protocol").packString("nu-plugin");
    packer.packString("version").packString("0.115.1");
    packer.packString("features").packArrayHeader(0);
    for (String question : new String[] {"Metadata", "Signature"}) {
      call();
      packer.packString(question);
    }
    run("torch tensor", 2);
    run("torch ones", 2);
    run("torch neg", 2); // an error: no id
    packer.packString("Goodbye").flush();
    return bytes.toByteArray();
  }

  private void call() throws IOException {
    packer.packMapHeader(1).packString("Call").packArrayHeader(2).packLong(++calls);
  }

  private void run(String command, int argument) throws IOException {
    call();
    packer.packMapHeader(1).packString("Run").packMapHeader(3);
    packer.packString("name").packString(command);
    packer.packString("call").packMapHeader(3).packString("head");
    span();
    packer.packString("positional").packArrayHeader(1);
    packer.packMapHeader(1).packString("Int").packMapHeader(2);
    packer.packString("val").packInt(argument).packString("span");
    span();
    packer.packString("named").packArrayHeader(0);
    packer.packString("input").packString("Empty");
  }

  private void span() throws IOException {
    packer.packMapHeader(2).packString("start").packLong(0).packString("end").packLong(1);
  }
}
