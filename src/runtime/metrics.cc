#include "runtime/metrics.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace kith::runtime {

Histogram::Histogram(std::vector<double> bounds) : bounds_(std::move(bounds)), counts_(bounds_.size() + 1) {}

void Histogram::observe(double value) {
  const auto bound = std::lower_bound(bounds_.begin(), bounds_.end(), value);
  counts_[static_cast<std::size_t>(bound - bounds_.begin())].fetch_add(1, std::memory_order_relaxed);
  sum_.fetch_add(value, std::memory_order_relaxed);
}

void Metrics::remember(Kind kind, std::string_view name, std::string_view help, std::string_view labels,
                       std::size_t index) {
  // Series of one name stand together, as the format asks.
  auto after = std::find_if(series_.rbegin(), series_.rend(), [&](const Series& each) { return each.name == name; });
  series_.insert(after == series_.rend() ? series_.end() : after.base(),
                 Series{kind, std::string(name), std::string(help), std::string(labels), index});
}

Counter& Metrics::counter(std::string_view name, std::string_view help, std::string_view labels) {
  std::lock_guard lock(mutex_);
  remember(Kind::counter, name, help, labels, counters_.size());
  return counters_.emplace_back();
}

Gauge& Metrics::gauge(std::string_view name, std::string_view help, std::string_view labels) {
  std::lock_guard lock(mutex_);
  remember(Kind::gauge, name, help, labels, gauges_.size());
  return gauges_.emplace_back();
}

Histogram& Metrics::histogram(std::string_view name, std::string_view help, std::vector<double> bounds) {
  std::lock_guard lock(mutex_);
  remember(Kind::histogram, name, help, {}, histograms_.size());
  return histograms_.emplace_back(std::move(bounds));
}

void Metrics::gauge_of(std::string_view name, std::string_view help, std::function<std::int64_t()> value) {
  std::lock_guard lock(mutex_);
  remember(Kind::asked, name, help, {}, asked_.size());
  asked_.push_back(std::move(value));
}

std::string Metrics::text() const {
  static constexpr const char* kKinds[] = {"counter", "gauge", "histogram", "gauge"};
  std::lock_guard lock(mutex_);
  std::string out;
  std::string_view last_name;
  for (const Series& series : series_) {
    if (series.name != last_name) {
      fmt::format_to(std::back_inserter(out), "# HELP {0} {1}\n# TYPE {0} {2}\n", series.name, series.help,
                     kKinds[static_cast<std::size_t>(series.kind)]);
    }
    last_name = series.name;
    append_series(out, series);
  }
  return out;
}

void Metrics::append_series(std::string& out, const Series& series) const {
  const std::string name = series.labels.empty() ? series.name : series.name + "{" + series.labels + "}";
  const auto line = [&](auto value) { fmt::format_to(std::back_inserter(out), "{} {}\n", name, value); };
  switch (series.kind) {
    case Kind::counter:
      return line(counters_[series.index].value());
    case Kind::gauge:
      return line(gauges_[series.index].value());
    case Kind::asked:
      return line(asked_[series.index]());
    case Kind::histogram:
      return append_histogram(out, series);
  }
}

void Metrics::append_histogram(std::string& out, const Series& series) const {
  const Histogram& histogram = histograms_[series.index];
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < histogram.counts_.size(); ++i) {
    total += histogram.counts_[i].load(std::memory_order_relaxed);
    const std::string bound = i < histogram.bounds_.size() ? fmt::format("{}", histogram.bounds_[i]) : "+Inf";
    fmt::format_to(std::back_inserter(out), "{}_bucket{{le=\"{}\"}} {}\n", series.name, bound, total);
  }
  fmt::format_to(std::back_inserter(out), "{0}_sum {1}\n{0}_count {2}\n", series.name,
                 histogram.sum_.load(std::memory_order_relaxed), total);
}

}  // namespace kith::runtime
