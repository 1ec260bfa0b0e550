// Job, trace and events for a port in C++17, from cases/FORMATS.md alone, without a library.
#include <bits/stdc++.h>

using Vec = std::vector<double>;
using Shape = std::vector<size_t>;
using Flat = std::map<std::string, std::string>;
struct Tensor { Shape shape; Vec data; };
using Tensors = std::map<std::string, Tensor>;

template <class T> T get(std::istream &in) { T t; in.read((char *)&t, sizeof t); return t; }
template <class T> void put(std::ostream &out, double x) { T t = (T)x; out.write((const char *)&t, sizeof t); }

// Every text and number of a JSON value, by the way to it, such as .instances.0.id
inline void flatten(std::istream &in, const std::string &path, Flat &to) {
  const auto next = [&] { while (std::strchr(" \t\r\n,:", in.peek())) in.get(); return in.peek(); };
  const int open = next();
  if (open == '"') in >> std::quoted(to[path]);
  else if (open != '{' && open != '[') while (in && !std::strchr(" \t\r\n,]}", in.peek())) to[path] += (char)in.get();
  else for (int n = in.get() * 0; (next() != '}' && in.peek() != ']') || !in.get(); n++) {
    std::string name = std::to_string(n);
    if (open == '{') in >> std::quoted(name);
    flatten(in, path + "." + name, to);
  }
}

// Every tensor of a safetensors file; whatever its dtype, its elements are kept as doubles.
inline Tensors load(const std::string &file) {
  Tensors tensors;
  Flat header;
  std::ifstream in(file, std::ios::binary);
  const size_t begin = 8 + get<uint64_t>(in);
  flatten(in, "", header);
  for (auto &[key, dtype] : header) {
    const std::string path = key.substr(0, key.rfind('.')), shape = path + ".shape.";
    if (key != path + ".dtype") continue;
    auto &[sizes, data] = tensors[path.substr(1)];
    size_t left = 1;
    for (int d = 0; header.count(shape + std::to_string(d)); left *= sizes[d++]) sizes.push_back(std::stoul(header[shape + std::to_string(d)]));
    in.seekg((long)(begin + std::stoul(header[path + ".data_offsets.0"])));
    while (left-- > 0) data.push_back(dtype == "F32" ? get<float>(in) : dtype == "F64" ? get<double>(in) : (double)get<int64_t>(in));
  }
  return tensors;
}

struct Recorder {
  std::string trace, real, parameters;
  Flat job;
  double number(const std::string &name) const { return std::stod(job.at(parameters + name)); }
  void probe(const std::string &name, const Vec &data, const Shape &shape, const std::string &type) const {
    std::ostringstream header;
    header << "{\"" << name << R"(": {"dtype": ")" << type << R"(", "data_offsets": [0, )" << data.size() * (type == "F32" ? 4 : 8) << R"(], "shape": [)";
    for (size_t d = 0; d < shape.size(); d++) header << (d ? "," : "") << shape[d];
    std::ofstream out(trace + "/" + name + ".safetensors", std::ios::binary);
    put<uint64_t>(out, (double)header.str().size() + 3), out << header.str() << "]}}";
    for (double x : data) type == "F32" ? put<float>(out, x) : type == "F64" ? put<double>(out, x) : put<int64_t>(out, x);
    std::ofstream(trace + "/probes.jsonl", std::ios::app) << R"({"probe": ")" << name << "\"}\n";
  }
};

// Runs each instance of the job; the descriptor says what this port is asked for at all.
inline void run_job(std::ifstream in, const std::map<std::string, void (*)(Tensors, const Recorder &)> &scenarios) {
  Flat job;
  flatten(in, "", job);
  std::ofstream events(job.at(".events"), std::ios::app);
  for (int n = 0; job.count(".instances." + std::to_string(n) + ".id"); n++) {
    const std::string at = ".instances." + std::to_string(n) + ".", id = job[at + "id"], trace = job[at + "trace"];
    const auto say = [&](const std::string &event) { events << R"({"instance": ")" << id << R"(", "event": ")" << event << "\"}" << std::endl; };
    say("started");
    try {
      std::filesystem::create_directories(trace);
      scenarios.at(job[at + "scenario"])(load(job.at(at + "inputs")), {trace, job[at + "dtype"] == "float32" ? "F32" : "F64", at + "parameters.", job});
      std::ofstream(trace + "/partial") << R"({"format": "torch-parity-trace/1", "instance": ")" << id << R"(", "provenance": {"runtime": "C++"}})";
      std::filesystem::rename(trace + "/partial", trace + "/trace.json"), say("finished");
    } catch (const std::exception &e) {
      say(std::string(R"(failed", "message": ")") + e.what());
    }
  }
}
