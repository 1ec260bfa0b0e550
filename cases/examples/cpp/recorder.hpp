// Job, trace and events for a port in C++17, from cases/FORMATS.md alone, without a library.
#include <bits/stdc++.h>

using Vec = std::vector<double>;
using Shape = std::vector<size_t>;
using Flat = std::map<std::string, std::string>;
struct Tensor { Shape shape; Vec data; };
using Tensors = std::map<std::string, Tensor>;

template <class T> T get(std::istream &in) { T t; in.read((char *)&t, sizeof t); return t; }
template <class T> void put(std::ostream &out, double x) { T t = (T)x; out.write((const char *)&t, sizeof t); }

inline std::string text(std::istream &in) { std::string quoted; in >> std::quoted(quoted); return quoted; }

// Every text and number of a JSON value, by the way to it, such as .instances.0.id
inline void flatten(std::istream &in, const std::string &path, Flat &to) {
  const auto next = [&] { while (std::strchr(" \t\r\n,:", in.peek())) in.get(); return in.peek(); };
  if (next() == '"') to[path] = text(in);
  else if (!std::strchr("{[", in.peek())) while (in && !std::strchr(" \t\r\n,]}", in.peek())) to[path] += (char)in.get();
  else for (int open = in.get(), n = 0; !std::strchr("}]", next()) || !in.get(); n++)
    flatten(in, path + "." + (open == '{' ? text(in) : std::to_string(n)), to);
}

inline Flat json(std::istream &in) { Flat flat; flatten(in, "", flat); return flat; }

// Every tensor of a safetensors file; whatever its dtype, its elements are kept as doubles.
inline Tensors load(const std::string &file) {
  Tensors tensors;
  std::ifstream in(file, std::ios::binary);
  const size_t begin = 8 + get<uint64_t>(in);
  const Flat header = json(in);
  for (auto &[key, dtype] : header) if (const size_t dot = key.rfind(".dtype"); dot != std::string::npos) {
    const std::string path = key.substr(0, dot), shape = path + ".shape.";
    auto &[sizes, data] = tensors[path.substr(1)];
    size_t left = 1;
    for (int d = 0; header.count(shape + std::to_string(d)); left *= sizes[d++]) sizes.push_back(std::stoul(header.at(shape + std::to_string(d))));
    in.seekg((long)(begin + std::stoul(header.at(path + ".data_offsets.0"))));
    while (left-- > 0) data.push_back(dtype == "F32" ? get<float>(in) : dtype == "F64" ? get<double>(in) : (double)get<int64_t>(in));
  }
  return tensors;
}

struct Recorder {
  const Flat &job;
  const std::string at, trace = job.at(at + "trace"), real = job.at(at + "dtype") == "float32" ? "F32" : "F64";
  double number(const std::string &name) const { return std::stod(job.at(at + "parameters." + name)); }
  void append(const std::string &file, const std::string &line) const { std::ofstream(file, std::ios::app) << "{" << line << "\"}\n"; }
  void say(const std::string &event) const { append(job.at(".events"), R"("instance": ")" + job.at(at + "id") + R"(", "event": ")" + event); }
  void probe(const std::string &name, const Vec &data, const Shape &shape, const std::string &type) const {
    std::string sizes, end = std::to_string(data.size() * (type == "F32" ? 4 : 8));
    for (size_t size : shape) sizes += (sizes.empty() ? "" : ",") + std::to_string(size);
    const auto header = "{\"" + name + R"(": {"dtype": ")" + type + R"(", "shape": [)" + sizes + R"(], "data_offsets": [0, )" + end + "]}}";
    std::ofstream out(trace + "/" + name + ".safetensors", std::ios::binary);
    put<uint64_t>(out, (double)header.size()), out << header;
    for (double x : data) type == "F32" ? put<float>(out, x) : type == "F64" ? put<double>(out, x) : put<int64_t>(out, x);
    append(trace + "/probes.jsonl", R"("probe": ")" + name);
  }
};

// Runs each instance of the job; the descriptor says what this port is asked for at all.
inline void run_job(std::ifstream in, const std::map<std::string, void (*)(Tensors, const Recorder &)> &scenarios) {
  const Flat job = json(in);
  for (int n = 0; job.count(".instances." + std::to_string(n) + ".id"); n++) {
    const Recorder r{job, ".instances." + std::to_string(n) + "."};
    try {
      r.say("started"), std::filesystem::create_directories(r.trace);
      scenarios.at(job.at(r.at + "scenario"))(load(job.at(r.at + "inputs")), r);
      std::ofstream(r.trace + "/partial") << R"({"format": "torch-parity-trace/1", "instance": ")" << job.at(r.at + "id") << R"(", "provenance": {"runtime": "C++"}})";
      std::filesystem::rename(r.trace + "/partial", r.trace + "/trace.json"), r.say("finished");
    } catch (const std::exception &e) { r.say(std::string(R"(failed", "message": ")") + e.what()); }
  }
}
