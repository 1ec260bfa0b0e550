package torchparity.engine.plugin.protocol;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePacker;

/** Writes signatures. Nushell drops the whole plugin if it cannot read one of them. */
final class SignatureWriter {
  private final MessagePacker packer;
  private final MessageWriter values;

  SignatureWriter(MessagePacker packer, MessageWriter values) {
    this.packer = packer;
    this.values = values;
  }

  void write(Signature s) throws IOException {
    packer.packMapHeader(2).packString("sig").packMapHeader(15);
    packer.packString("name").packString(s.name());
    packer.packString("description").packString(s.summary());
    packer.packString("extra_description").packString("");
    packer.packString("search_terms").packArrayHeader(s.terms().size());
    for (String term : s.terms()) {
      packer.packString(term);
    }
    positionals("required_positional", s.required());
    positionals("optional_positional", s.optional());
    packer.packString("rest_positional");
    positional(s.rest());
    packer.packString("named").packArrayHeader(s.flags().size());
    for (Signature.Argument flag : s.flags()) {
      flag(flag);
    }
    packer.packString("input_output_types").packArrayHeader(s.inputOutput().size());
    for (Signature.InputOutput way : s.inputOutput()) {
      packer.packArrayHeader(2);
      type(way.input());
      type(way.output());
    }
    packer.packString("allow_variants_without_examples").packBoolean(true);
    packer.packString("is_filter").packBoolean(false);
    packer.packString("creates_scope").packBoolean(false);
    packer.packString("allows_unknown_args").packBoolean(false);
    packer.packString("complete").packNil();
    packer.packString("category").packMapHeader(1).packString("Custom").packString("torch");
    packer.packString("examples").packArrayHeader(s.examples().size());
    for (Signature.Example example : s.examples()) {
      packer.packMapHeader(3).packString("example").packString(example.code());
      packer.packString("description").packString("");
      packer.packString("result");
      values.value(Nuon.parse(example.result()));
    }
  }

  private void positionals(String field, List<Signature.Argument> arguments) throws IOException {
    packer.packString(field).packArrayHeader(arguments.size());
    for (Signature.Argument argument : arguments) {
      positional(argument);
    }
  }

  private void positional(Signature.@Nullable Argument argument) throws IOException {
    if (argument == null) {
      packer.packNil();
      return;
    }
    packer.packMapHeader(6);
    packer.packString("name").packString(argument.name());
    packer.packString("desc").packString(argument.help());
    packer.packString("shape");
    shape(argument.shape());
    completion(argument);
    packer.packString("var_id").packNil();
    packer.packString("default_value").packNil();
  }

  private void flag(Signature.Argument flag) throws IOException {
    packer.packMapHeader(8);
    packer.packString("long").packString(flag.name());
    packer.packString("short").packNil();
    packer.packString("arg");
    shape(flag.shape());
    packer.packString("required").packBoolean(false);
    packer.packString("desc").packString(flag.help());
    completion(flag);
    packer.packString("var_id").packNil();
    packer.packString("default_value").packNil();
  }

  /** Words to choose from; Nushell reads them since 0.108, older ones skip them. */
  private void completion(Signature.Argument argument) throws IOException {
    packer.packString("completion");
    if (argument.words().isEmpty()) {
      packer.packNil();
      return;
    }
    packer.packMapHeader(1).packString("List").packArrayHeader(argument.words().size());
    for (String word : argument.words()) {
      packer.packString(word);
    }
  }

  private void shape(Shape shape) throws IOException {
    if (shape instanceof Shape.Plain plain) {
      packer.packString(plain.name());
    } else if (shape instanceof Shape.ListOf list) {
      packer.packMapHeader(1).packString("List");
      shape(list.item());
    } else if (shape instanceof Shape.OneOf oneOf) {
      packer.packMapHeader(1).packString("OneOf").packArrayHeader(oneOf.shapes().size());
      for (Shape alternative : oneOf.shapes()) {
        shape(alternative);
      }
    } else {
      packer.packMapHeader(1).packString("Closure").packNil();
    }
  }

  private void type(NuType type) throws IOException {
    switch (type) {
      case ANY -> packer.packString("Any");
      case NOTHING -> packer.packString("Nothing");
      case STRING -> packer.packString("String");
      case BOOL -> packer.packString("Bool");
      case STRINGS -> packer.packMapHeader(1).packString("List").packString("String");
      case INTS -> packer.packMapHeader(1).packString("List").packString("Int");
      case RECORD -> packer.packMapHeader(1).packString("Record").packArrayHeader(0);
    }
  }
}
