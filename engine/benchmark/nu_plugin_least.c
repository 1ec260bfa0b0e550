/* The smallest possible Nushell plugin: one command, "least", with a fixed reply. It scans its input for
 * messages without decoding values. Build: cc -O2 -o nu_plugin_least nu_plugin_least.c
 *
 * `least` answers a number; `least list` takes any input and answers a list of 100,000 floats. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned char in[1 << 16];
static size_t have, at;

static int byte(void) {
  if (at == have) {
    ssize_t n = read(0, in, sizeof in);
    if (n <= 0) exit(0);
    have = (size_t)n;
    at = 0;
  }
  return in[at++];
}

static uint64_t number(int bytes) {
  uint64_t value = 0;
  while (bytes--) value = value << 8 | (uint64_t)byte();
  return value;
}

static char text[64]; /* the last string that was read, cut */

static void string(uint64_t length) {
  for (uint64_t i = 0; i < length; i++) {
    int c = byte();
    if (i < sizeof text - 1) text[i] = (char)c, text[i + 1] = 0;
  }
  if (length == 0) text[0] = 0;
}

static uint64_t integer;
static char version[64];
static int in_list;

/* Skips one value; remembers its last string and integer, and the first call's name. */
static char name[64];
static int run, metadata, signature, hello, goodbye;

static void value(int depth) {
  int b = byte();
  uint64_t n = 0;
  if (b < 0x80) { integer = (uint64_t)b; return; }
  if (b < 0x90) n = 2u * (b & 15);
  else if (b < 0xa0) n = b & 15;
  else if (b < 0xc0) { string(b & 31); goto named; }
  else switch (b) {
    case 0xca: number(4); return;
    case 0xcb: number(8); return;
    case 0xcc: integer = number(1); return;
    case 0xcd: integer = number(2); return;
    case 0xce: integer = number(4); return;
    case 0xcf: integer = number(8); return;
    case 0xd0: number(1); return;
    case 0xd1: number(2); return;
    case 0xd2: number(4); return;
    case 0xd3: number(8); return;
    case 0xd9: string(number(1)); goto named;
    case 0xda: string(number(2)); goto named;
    case 0xdb: string(number(4)); goto named;
    case 0xdc: n = number(2); break;
    case 0xdd: n = number(4); break;
    case 0xde: n = 2 * number(2); break;
    case 0xdf: n = 2 * number(4); break;
    default: return;
  }
  while (n--) value(depth + 1);
  return;
named:
  if (depth > 5 && name[0]) return;
  if (!strcmp(text, "Hello")) hello = 1;
  else if (!strcmp(text, "Goodbye")) goodbye = 1;
  else if (!strcmp(text, "Run")) run = 1;
  else if (!strcmp(text, "Metadata")) metadata = 1;
  else if (!strcmp(text, "Signature")) signature = 1;
  else if (!strncmp(text, "least", 5)) strcpy(name, text);
  else if (strchr(text, '.') && !version[0]) strcpy(version, text);
}

static unsigned char *out;
static size_t used;
static void put(int b) { out[used++] = (unsigned char)b; }
static void str(const char *s) {
  size_t n = strlen(s);
  if (n < 32) put((int)(0xa0 | n)); else { put(0xd9); put((int)n); }
  memcpy(out + used, s, n);
  used += n;
}
static void big(uint64_t v) { put(0xcf); for (int i = 56; i >= 0; i -= 8) put((int)(v >> i & 255)); }
static void span(void) { str("span"); put(0x82); str("start"); put(0); str("end"); put(0); }
static void flush(void) {
  size_t sent = 0;
  while (sent < used) {
    ssize_t n = write(1, out + sent, used - sent);
    if (n <= 0) exit(0);
    sent += (size_t)n;
  }
  used = 0;
}
static void response(uint64_t call) { put(0x81); str("CallResponse"); put(0x92); big(call); put(0x81); }
static void sig(const char *command) {
  put(0x82); str("sig"); put(0x8f);
  str("name"); str(command);
  str("description"); str("");
  str("extra_description"); str("");
  str("search_terms"); put(0x90);
  str("required_positional"); put(0x90);
  str("optional_positional"); put(0x90);
  str("rest_positional"); put(0xc0);
  str("named"); put(0x90);
  str("input_output_types"); put(0x91); put(0x92); str("Any"); str("Any");
  str("allow_variants_without_examples"); put(0xc3);
  str("is_filter"); put(0xc2);
  str("creates_scope"); put(0xc2);
  str("allows_unknown_args"); put(0xc2);
  str("complete"); put(0xc0);
  str("category"); str("Experimental");
  str("examples"); put(0x90);
}
static void one(double v) {
  uint64_t bits;
  memcpy(&bits, &v, 8);
  put(0x81); str("Float"); put(0x82); str("val"); put(0xcb);
  for (int i = 56; i >= 0; i -= 8) put((int)(bits >> i & 255));
  span();
}

int main(void) {
  out = malloc(16u << 20);
  if (write(1, "\007msgpack", 8) != 8) return 1;
  (void)in_list;
  for (;;) {
    uint64_t call;
    run = metadata = signature = hello = goodbye = 0;
    name[0] = 0;
    /* {"Call": [id, ...]}: the id is the first integer. */
    int b = byte();
    if ((b & 0xe0) == 0xa0) { string(b & 31); if (!strcmp(text, "Goodbye")) return 0; continue; }
    int length = byte();
    string(length & 31);
    if (!strcmp(text, "Hello")) {
      value(0);
      put(0x81); str("Hello"); put(0x83); str("protocol"); str("nu-plugin"); str("version"); str(version);
      str("features"); put(0x90);
      flush();
      continue;
    }
    if (strcmp(text, "Call")) { value(0); continue; }
    byte();
    value(9);
    call = integer;
    value(0);
    response(call);
    if (metadata) { str("Metadata"); put(0x81); str("version"); str("1"); }
    else if (signature) { str("Signature"); put(0x92); sig("least"); sig("least list"); }
    else {
      str("PipelineData"); put(0x81); str("Value"); put(0x92);
      if (!strcmp(name, "least list")) {
        put(0x81); str("List"); put(0x82); str("vals"); put(0xdd); put(0); put(1); put(0x86); put(0xa0);
        for (int i = 0; i < 100000; i++) one(i + 0.5);
        span();
      } else one(1.0);
      put(0xc0);
    }
    flush();
  }
}
