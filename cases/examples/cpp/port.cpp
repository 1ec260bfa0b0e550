// The network in plain C++: no torch, loops over vectors, rounded to the dtype when stored.
#include "recorder.hpp"

using Net = std::map<std::string, Vec>;

// A sum whose rounding grows with the logarithm of the length, as torch's does.
template <class F> double sum(size_t from, size_t to, F term) {
  return to - from == 1 ? term(from) : sum(from, (from + to) / 2, term) + sum((from + to) / 2, to, term);
}

struct Network {
  const Recorder &r;
  size_t n, inp, hid, out;
  std::map<std::string, Shape> shapes;
  Vec X, y;
  Net net, grads;

  Network(Tensors given, const Recorder &recorder) : r(recorder) {
    X = stored(given["data.X"].data), y = given["data.y"].data;
    for (std::string name : {"w1", "b1", "w2", "b2"}) net[name] = stored(given["init." + name].data), shapes[name] = given["init." + name].shape;
    n = given["data.X"].shape.at(0), inp = given["data.X"].shape.at(1), hid = shapes["b1"].at(0), out = shapes["b2"].at(0);
    probe("data.X", X, {n, inp}), r.probe("data.y", y, {n}, "I64"), all("init", net);
  }

  Vec stored(Vec v) const { for (double &x : v) x = r.real == "F32" ? (float)x : x; return v; }
  void probe(const std::string &name, const Vec &data, const Shape &shape) const { r.probe(name, data, shape, r.real); }
  // Records tensors of the parameters' shapes, or stacks of `count` of them.
  void all(const std::string &prefix, const Net &tensors, size_t count = 0) const {
    for (auto name : {"w1", "b1", "w2", "b2"}) {
      Shape shape = shapes.at(name);
      if (count > 0) shape.insert(shape.begin(), count);
      probe(prefix + "." + name, tensors.at(name), shape);
    }
  }

  // (N, K) times the transpose of (M, K), plus a row of M: (N, M), no less than `least`.
  Vec linear(const Vec &x, const Vec &w, const Vec &b, size_t k, size_t m, double least) const {
    Vec result(n * m);
    for (size_t i = 0; i < n * m; i++)
      result[i] = std::max(least, b[i % m] + sum(0, k, [&](size_t l) { return x[i / m * k + l] * w[i % m * k + l]; }));
    return stored(result);
  }
  Vec hidden() const { return linear(X, net.at("w1"), net.at("b1"), inp, hid, 0); }
  Vec logits() const { return linear(hidden(), net.at("w2"), net.at("b2"), hid, out, -INFINITY); }

  // The transpose of (N, M) times (N, K): (M, K); and the sum of (N, M) over its rows.
  void gradients(const Vec &up, const Vec &x, size_t m, size_t k, Vec &w, Vec &b) const {
    w.resize(m * k), b.resize(m);
    for (size_t j = 0; j < m * k; j++) w[j] = sum(0, n, [&](size_t i) { return up[i * m + j / k] * x[i * k + j % k]; });
    for (size_t j = 0; j < m; j++) b[j] = sum(0, n, [&](size_t i) { return up[i * m + j]; });
    w = stored(w), b = stored(b);
  }

  Vec log_softmax(const Vec &z) const {
    Vec result(n * out);
    for (size_t i = 0; i < n * out; i++) {
      const double *row = &z[i / out * out], most = *std::max_element(row, row + out);
      result[i] = z[i] - most - std::log(sum(0, out, [&](size_t j) { return std::exp(row[j] - most); }));
    }
    return stored(result);
  }

  // One step of gradient descent in place; answers with the loss before it, and leaves the gradients.
  double train_step() {
    const Vec h = hidden(), log_probs = log_softmax(logits());
    Vec up(n * out), below(n * hid);
    for (size_t i = 0; i < n * out; i++) up[i] = (std::exp(log_probs[i]) - (y[i / out] == (double)(i % out))) / (double)n;
    up = stored(up);
    for (size_t i = 0; i < n * hid; i++)
      for (size_t j = 0; j < out && h[i] > 0; j++) below[i] += up[i / hid * out + j] * net["w2"][j * hid + i % hid];
    gradients(up, h, out, hid, grads["w2"], grads["b2"]), gradients(stored(below), X, hid, inp, grads["w1"], grads["b1"]);
    for (auto &[name, w] : net) {
      for (size_t i = 0; i < w.size(); i++) w[i] -= r.number("lr") * grads[name][i];
      w = stored(w);
    }
    return -sum(0, n, [&](size_t i) { return log_probs[i * out + (size_t)y[i]]; }) / (double)n;
  }
};

// Blobs from given draws; each operation's result is rounded, as a tensor library rounds it.
void data_blobs(Tensors given, const Recorder &r) {
  const auto &[shape, draws] = given.at("data.draws");
  const auto round = [&](double v) { return r.real == "F32" ? (double)(float)v : v; };
  const double centers[][2] = {{0, 0}, {3, 0}, {1.5, 2.5}}, each = std::floor(r.number("n_samples") / r.number("centers"));
  Vec X, y;
  for (size_t i = 0; i < shape.at(0); i++) {
    y.push_back(std::floor((double)i / each));
    const double *c = centers[(size_t)y[i]], s = y[i] > 0 ? round(r.number("skew_factor") * (y[i] - 1)) : 0;
    const auto off = [&](int d) { return round(round(round(draws[2 * i + d] * round(r.number("cluster_std"))) + c[d]) - c[d]); };
    for (int d : {0, 1}) X.push_back(round(round(off(d) + s * off(1 - d)) + c[d])); // about the blob's own centre
  }
  r.probe("data.draws", draws, shape, r.real), r.probe("data.X", X, shape, r.real), r.probe("data.y", y, {y.size()}, "I64");
}

void forward_pass(Tensors given, const Recorder &r) {
  const Network m(given, r);
  m.probe("forward.hidden", m.hidden(), {m.n, m.hid}), m.probe("forward.logits", m.logits(), {m.n, m.out});
}

void sgd_training(Tensors given, const Recorder &r) {
  Network m(given, r);
  Vec losses, classes;
  Net states;
  const size_t epochs = (size_t)r.number("epochs"), every = (size_t)r.number("state_every");
  for (size_t epoch = 1; epoch <= epochs; epoch++) {
    losses.push_back(m.train_step());
    if (epoch == 1) m.all("grad", m.grads), m.all("step", m.net);
    if (epoch % every == 0) for (auto &[name, w] : m.net) states[name].insert(states[name].end(), w.begin(), w.end());
  }
  m.all("train", states, epochs / every), m.probe("train.loss", losses, {epochs}), m.all("final", m.net);
  const Vec z = m.logits();
  for (const double *row = z.data(); row < z.data() + z.size(); row += m.out) classes.push_back((double)(std::max_element(row, row + m.out) - row));
  m.probe("final.logits", z, {m.n, m.out}), r.probe("final.classes", classes, {m.n}, "I64");
}

int main(int argc, char **argv) {
  run_job(std::ifstream(argv[argc - 1]), {{"data-blobs", data_blobs}, {"forward-pass", forward_pass}, {"sgd-training", sgd_training}});
}
