// How an installation is set up: where it keeps its things, where it listens, what it allows. Every value has a safe
// default; nothing that sends or exposes is on unless somebody wrote it down.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/log.h"
#include "base/result.h"

namespace kith {

struct Config {
  std::string data;  // the data directory; no default, because two houses must not share one by accident
  std::string listen = "127.0.0.1:8080";  // IP:PORT, [IPv6]:PORT or localhost:PORT
  std::string public_url;                 // what people type: "https://help.shop.example"; empty: made from `listen`
  bool behind_proxy = false;              // allows plain HTTP on an address others can reach
  std::vector<std::string> trusted_proxies = {"127.0.0.1", "::1"};  // whose X-Forwarded-* lines are believed
  std::string tls_certificate;                                      // PEM files; both or none
  std::string tls_key;
  std::string log_level = "info";
  std::string web;            // a web/ folder to take the pages from instead of the program; for those who work on them
  std::string backup_follow;  // a folder that a copy of the house follows into; empty: none does
  std::vector<std::string> metrics_for = {"127.0.0.1", "::1"};  // addresses that may read /metrics
  std::int64_t io_threads = 0;                                  // 0: half of the processors
  std::int64_t max_connections = 16'000;
  std::int64_t max_connections_per_address = 256;
  std::int64_t visitor_requests_per_minute = 1200;  // reading; writing and knocking have their share of it
  std::int64_t address_requests_per_minute = 6000;
  friend bool operator==(const Config&, const Config&) = default;

  [[nodiscard]] bool uses_tls() const { return !tls_certificate.empty(); }
  [[nodiscard]] Level lowest_level() const;
};

// Reads one environment variable; nothing when it is not set.
using Environment = std::function<std::optional<std::string>(const char* name)>;
Environment process_environment();

// What stood on the command line; wins over everything else.
struct ConfigFlags {
  std::string file;  // --config; empty: no file
  std::optional<std::string> data;
  std::optional<std::string> listen;
  std::optional<std::string> web;
  std::optional<std::string> backup_follow;
};

// Defaults, then the file, then KITH_... variables, then flags. An error is one sentence that names file and line, or
// the variable, and says what to do. Does not check that the values fit together: check_for_serving() does.
Result<Config> load_config(const ConfigFlags& flags, const Environment& environment);

// The same for text that is already there; `name` stands in messages.
Result<void> read_config_text(std::string_view text, const std::string& name, Config& config);

struct Endpoint {
  std::string address;  // numeric
  std::uint16_t port = 0;
  [[nodiscard]] bool is_loopback() const;
  [[nodiscard]] std::string text() const;  // "127.0.0.1:8080", "[::1]:8080"
  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};
// Port 0 means "any free port" and is for tests.
Result<Endpoint> parse_endpoint(std::string_view text);

// Whether these values may serve: a data directory, an address, both TLS files or none, and no plain HTTP in the open.
Result<Endpoint> check_for_serving(const Config& config);

// The address to tell people: public_url, or what `bound` amounts to.
std::string address_to_open(const Config& config, const Endpoint& bound);

// Every setting with its environment variable, for docs and tests.
std::vector<std::pair<std::string, std::string>> known_settings();

}  // namespace kith
