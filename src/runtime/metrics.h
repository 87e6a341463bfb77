// Numbers about the machine for Prometheus: how many, how large, how long the machine took. Never about a person, so
// there are no free labels: every series is named where it is made.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace kith::runtime {

class Counter {
 public:
  void add(std::uint64_t by = 1) { value_.fetch_add(by, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

class Gauge {
 public:
  void add(std::int64_t by) { value_.fetch_add(by, std::memory_order_relaxed); }
  void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
  [[nodiscard]] std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> value_{0};
};

// Counts of observations up to fixed bounds.
class Histogram {
 public:
  explicit Histogram(std::vector<double> bounds);
  void observe(double value);

 private:
  friend class Metrics;
  std::vector<double> bounds_;
  std::deque<std::atomic<std::uint64_t>> counts_;  // one more than bounds
  std::atomic<double> sum_{0};
};

// Owns every series. Making one takes a lock; using it does not. Names are Prometheus names, `labels` a fixed part such
// as `status="2xx"`; the same name may be made again with other labels.
class Metrics {
 public:
  Counter& counter(std::string_view name, std::string_view help, std::string_view labels = {});
  Gauge& gauge(std::string_view name, std::string_view help, std::string_view labels = {});
  Histogram& histogram(std::string_view name, std::string_view help, std::vector<double> bounds);
  // A gauge that is asked when somebody looks.
  void gauge_of(std::string_view name, std::string_view help, std::function<std::int64_t()> value);

  // The text format of Prometheus, version 0.0.4.
  [[nodiscard]] std::string text() const;

 private:
  enum class Kind : std::uint8_t { counter, gauge, histogram, asked };
  struct Series {
    Kind kind;
    std::string name;
    std::string help;
    std::string labels;
    std::size_t index;
  };
  void append_series(std::string& out, const Series& series) const;
  void append_histogram(std::string& out, const Series& series) const;
  void remember(Kind kind, std::string_view name, std::string_view help, std::string_view labels, std::size_t index);

  mutable std::mutex mutex_;  // guards the lists; the numbers themselves are atomic
  std::vector<Series> series_;
  std::deque<Counter> counters_;
  std::deque<Gauge> gauges_;
  std::deque<Histogram> histograms_;
  std::deque<std::function<std::int64_t()>> asked_;
};

}  // namespace kith::runtime
