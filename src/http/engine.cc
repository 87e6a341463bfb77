#include "http/engine.h"

#include <string>

namespace kith::http {

namespace {

// In the order of RateClass.
constexpr std::array kClassNames{"reading", "writing", "opening_doors", "uploading", "keeping", "health", "nowhere"};

}  // namespace

HttpMetrics::HttpMetrics(runtime::Metrics& metrics)
    : connections(metrics.gauge("kith_http_connections", "HTTP connections that are open")),
      requests(metrics.counter("kith_http_requests_total", "Requests answered")),
      client_errors(metrics.counter("kith_http_client_errors_total", "Requests answered with 4xx")),
      server_errors(metrics.counter("kith_http_server_errors_total", "Requests answered with 5xx")),
      bytes_in(metrics.counter("kith_bytes_in_total", "Bytes that came in, without TLS around them", "by=\"http\"")),
      bytes_out(metrics.counter("kith_bytes_out_total", "Bytes that went out, without TLS around them", "by=\"http\"")),
      refused(metrics) {
  static_assert(kClassNames.size() == std::tuple_size_v<decltype(answers_)>);
  for (std::size_t place = 0; place < answers_.size(); ++place) {
    for (std::size_t first = 0; first < answers_[place].size(); ++first) {
      const std::string labels =
          std::string("class=\"") + kClassNames[place] + "\",status=\"" + std::to_string(first + 1) + "xx\"";
      answers_[place][first] =
          &metrics.counter("kith_http_answers_total", "Answers by kind of door and of answer", labels);
    }
  }
}

void HttpMetrics::count(const Route* route, int status) {
  requests.add();
  if (status >= 500) server_errors.add();
  if (status >= 400 && status < 500) client_errors.add();
  const std::size_t place = route ? static_cast<std::size_t>(route->policy.rate) : answers_.size() - 1;
  if (status >= 100 && status < 600) answers_[place][static_cast<std::size_t>(status) / 100 - 1]->add();
}

}  // namespace kith::http
