// What all HTTP connections share: the routes, the door, the limits. Made once in server/app.cc.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "http/gate.h"
#include "http/limits.h"
#include "http/refused_connections.h"
#include "http/router.h"
#include "runtime/metrics.h"

namespace kith::http {

// Counts without names.
struct HttpMetrics {
  explicit HttpMetrics(runtime::Metrics& metrics);
  runtime::Gauge& connections;
  runtime::Counter& requests;
  runtime::Counter& client_errors;  // 4xx
  runtime::Counter& server_errors;  // 5xx
  runtime::Counter& bytes_in;       // inside TLS, heads and bodies
  runtime::Counter& bytes_out;
  RefusedConnections refused;

  // `route` is nullptr when none was found.
  void count(const Route* route, int status);

 private:
  // By rate class, the last one for requests without a route, and by the first digit of the status.
  std::array<std::array<runtime::Counter*, 5>, 7> answers_{};
};

struct Engine {
  const Router& router;
  Gate& gate;
  const Clock& clock;
  Random& random;
  Log& log;
  HttpMetrics& metrics;
  Limits limits = {};
  // Numeric addresses whose X-Forwarded-For and X-Forwarded-Proto are believed.
  std::vector<std::string> trusted_proxies = {};
};

}  // namespace kith::http
