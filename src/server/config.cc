#include "server/config.h"

#include <arpa/inet.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <span>
#include <sstream>
#include <variant>

#include <fmt/core.h>
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "base/text.h"

namespace kith {
namespace {

using Strings = std::vector<std::string>;
using Place = std::variant<std::string Config::*, bool Config::*, std::int64_t Config::*, Strings Config::*>;

struct Setting {
  const char* key;  // "tls.certificate"
  const char* variable;
  Place place;
  std::int64_t least = 0;
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
};

const Setting kSettings[] = {
    {"data", "KITH_DATA", &Config::data},
    {"listen", "KITH_LISTEN", &Config::listen},
    {"public_url", "KITH_PUBLIC_URL", &Config::public_url},
    {"behind_proxy", "KITH_BEHIND_PROXY", &Config::behind_proxy},
    {"trusted_proxies", "KITH_TRUSTED_PROXIES", &Config::trusted_proxies},
    {"metrics_for", "KITH_METRICS_FOR", &Config::metrics_for},
    {"tls.certificate", "KITH_TLS_CERTIFICATE", &Config::tls_certificate},
    {"tls.key", "KITH_TLS_KEY", &Config::tls_key},
    {"web", "KITH_WEB", &Config::web},
    {"backup.follow", "KITH_BACKUP_FOLLOW", &Config::backup_follow},
    {"log.level", "KITH_LOG_LEVEL", &Config::log_level},
    {"limits.io_threads", "KITH_IO_THREADS", &Config::io_threads, 0, 64},
    {"limits.connections", "KITH_CONNECTIONS", &Config::max_connections, 16, 1'000'000},
    {"limits.connections_per_address", "KITH_CONNECTIONS_PER_ADDRESS", &Config::max_connections_per_address, 1,
     1'000'000},
    {"limits.visitor_requests_per_minute", "KITH_VISITOR_REQUESTS_PER_MINUTE", &Config::visitor_requests_per_minute, 10,
     100'000'000},
    {"limits.address_requests_per_minute", "KITH_ADDRESS_REQUESTS_PER_MINUTE", &Config::address_requests_per_minute, 10,
     100'000'000},
};

const Setting* find_setting(std::string_view key) {
  for (const Setting& setting : kSettings)
    if (key == setting.key) return &setting;
  return nullptr;
}

Result<void> keep_number(Config& config, const Setting& setting, std::int64_t number, const std::string& where) {
  if (number < setting.least || number > setting.most)
    return invalid(setting.key,
                   fmt::format("{}: {} must be between {} and {}.", where, setting.key, setting.least, setting.most));
  config.*std::get<std::int64_t Config::*>(setting.place) = number;
  return {};
}

// ---- the file ----------------------------------------------------------------------------------------------------

const char* expected_kind(const Setting& setting) {
  constexpr const char* kKinds[] = {"text in quotes", "true or false", "a whole number", "a list of texts"};
  return kKinds[setting.place.index()];
}

std::optional<Strings> texts_of(const toml::node& node) {
  const toml::array* list = node.as_array();
  if (!list) return std::nullopt;
  Strings texts;
  for (const toml::node& item : *list) {
    auto text = item.value_exact<std::string>();
    if (!text) return std::nullopt;
    texts.push_back(*text);
  }
  return texts;
}

// False when the value is of another kind than the setting.
bool keep_simple_value(Config& config, const Setting& setting, const toml::node& node) {
  if (const auto* text = std::get_if<std::string Config::*>(&setting.place)) {
    auto value = node.value_exact<std::string>();
    if (value) config.** text = *value;
    return value.has_value();
  }
  if (const auto* flag = std::get_if<bool Config::*>(&setting.place)) {
    auto value = node.value_exact<bool>();
    if (value) config.** flag = *value;
    return value.has_value();
  }
  auto value = texts_of(node);
  if (value) config.*std::get<Strings Config::*>(setting.place) = *value;
  return value.has_value();
}

Result<void> keep_node(Config& config, const std::string& key, const toml::node& node, const std::string& where) {
  const Setting* setting = find_setting(key);
  if (!setting)
    return invalid(
        key, fmt::format("{}: there is no setting called \"{}\". Correct its name or take the line out.", where, key));
  const std::string wrong_kind = fmt::format("{}: {} must be {}.", where, key, expected_kind(*setting));
  if (std::holds_alternative<std::int64_t Config::*>(setting->place)) {
    auto number = node.value_exact<std::int64_t>();
    if (!number) return invalid(key, wrong_kind);
    return keep_number(config, *setting, *number, where);
  }
  if (!keep_simple_value(config, *setting, node)) return invalid(key, wrong_kind);
  return {};
}

Result<void> keep_table(Config& config, const toml::table& table, const std::string& prefix, const std::string& name) {
  for (const auto& [key, node] : table) {
    const std::string full = prefix + std::string(key.str());
    const auto line = key.source().begin.line;
    if (const toml::table* inner = node.as_table(); inner && prefix.empty()) {
      KITH_CHECK(keep_table(config, *inner, full + ".", name));
      continue;
    }
    KITH_CHECK(keep_node(config, full, node, fmt::format("{} line {}", name, line)));
  }
  return {};
}

Result<void> read_file(const std::string& path, Config& config) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return fail(Errc::not_found,
                fmt::format("Cannot read the configuration {}: {}. Check --config and the file's permissions.", path,
                            std::strerror(errno)));
  std::stringstream text;
  text << in.rdbuf();
  return read_config_text(text.str(), path, config);
}

// ---- the environment ---------------------------------------------------------------------------------------------

Strings split_at_commas(std::string_view text) {
  Strings parts;
  while (!text.empty()) {
    auto comma = text.find(',');
    auto part = trim(text.substr(0, comma));
    if (!part.empty()) parts.emplace_back(part);
    text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
  }
  return parts;
}

std::optional<bool> parse_flag(std::string_view text) {
  if (text == "true" || text == "1" || text == "yes") return true;
  if (text == "false" || text == "0" || text == "no") return false;
  return std::nullopt;
}

Result<void> keep_variable(Config& config, const Setting& setting, const std::string& value) {
  if (const auto* text = std::get_if<std::string Config::*>(&setting.place)) {
    config.** text = value;
    return {};
  }
  if (const auto* list = std::get_if<Strings Config::*>(&setting.place)) {
    config.** list = split_at_commas(value);
    return {};
  }
  const std::string wrong_kind = fmt::format("{} must be {}.", setting.variable, expected_kind(setting));
  if (const auto* flag = std::get_if<bool Config::*>(&setting.place)) {
    auto on = parse_flag(value);
    if (!on) return invalid(setting.key, wrong_kind);
    config.** flag = *on;
    return {};
  }
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size()) return invalid(setting.key, wrong_kind);
  return keep_number(config, setting, number, setting.variable);
}

// ---- addresses ---------------------------------------------------------------------------------------------------

bool is_ip(const std::string& text, int family) {
  unsigned char bytes[16];
  return inet_pton(family, text.c_str(), bytes) == 1;
}

bool is_any_ip(const std::string& text) {
  return is_ip(text, AF_INET) || is_ip(text, AF_INET6);
}

Result<void> check_addresses(const char* key, const Strings& addresses) {
  for (const std::string& address : addresses)
    if (!is_any_ip(address)) return invalid(key, fmt::format("{}: \"{}\" is not an IP address.", key, address));
  return {};
}

Result<void> check_public_url(const std::string& url) {
  if (url.empty()) return {};
  std::string_view rest = url;
  const bool known = rest.starts_with("https://") || rest.starts_with("http://");
  rest.remove_prefix(known ? rest.find("//") + 2 : 0);
  if (known && !rest.empty() && rest.find_first_of("/?# @") == std::string_view::npos) return {};
  return invalid("public_url",
                 "public_url must be scheme and host only, such as \"https://help.shop.example\", without a "
                 "path or a slash at the end.");
}

}  // namespace

Level Config::lowest_level() const {
  if (log_level == "debug") return Level::debug;
  if (log_level == "warning") return Level::warning;
  return log_level == "error" ? Level::error : Level::info;
}

Environment process_environment() {
  return [](const char* name) -> std::optional<std::string> {
    const char* value = std::getenv(name);
    if (!value) return std::nullopt;
    return std::string(value);
  };
}

Result<void> read_config_text(std::string_view text, const std::string& name, Config& config) {
  toml::parse_result parsed = toml::parse(text, std::string_view(name));
  if (!parsed)
    return invalid(
        "", fmt::format("{} line {}: {}.", name, parsed.error().source().begin.line, parsed.error().description()));
  return keep_table(config, parsed.table(), "", name);
}

Result<Config> load_config(const ConfigFlags& flags, const Environment& environment) {
  Config config;
  if (!flags.file.empty()) KITH_CHECK(read_file(flags.file, config));
  for (const Setting& setting : kSettings)
    if (auto value = environment(setting.variable)) KITH_CHECK(keep_variable(config, setting, *value));
  if (flags.data) config.data = *flags.data;
  if (flags.listen) config.listen = *flags.listen;
  if (flags.web) config.web = *flags.web;
  if (flags.backup_follow) config.backup_follow = *flags.backup_follow;
  return config;
}

Result<Endpoint> parse_endpoint(std::string_view text) {
  const auto wrong = [&] {
    return invalid("listen",
                   fmt::format("\"{}\" is not an address to listen on. Write it as 127.0.0.1:8080, [::1]:8080 or "
                               "0.0.0.0:443.",
                               text));
  };
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return wrong();
  std::string host(text.substr(0, colon));
  const std::string_view digits = text.substr(colon + 1);
  unsigned port = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size() || port > 65535) return wrong();
  if (host == "localhost") host = "127.0.0.1";
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (!is_ip(host, bracketed ? AF_INET6 : AF_INET)) return wrong();
  return Endpoint{host, static_cast<std::uint16_t>(port)};
}

bool Endpoint::is_loopback() const {
  return address.starts_with("127.") || address == "::1";
}

std::string Endpoint::text() const {
  return address.find(':') == std::string::npos ? fmt::format("{}:{}", address, port)
                                                : fmt::format("[{}]:{}", address, port);
}

Result<Endpoint> check_for_serving(const Config& config) {
  if (config.data.empty())
    return invalid("data", "No data directory was given. Say where Kith keeps its things: --data DIR.");
  KITH_TRY(auto endpoint, parse_endpoint(config.listen));
  KITH_CHECK(check_public_url(config.public_url));
  if (config.tls_certificate.empty() != config.tls_key.empty())
    return invalid("tls", "tls.certificate and tls.key belong together: give both files, or neither.");
  if (!config.uses_tls() && !endpoint.is_loopback() && !config.behind_proxy)
    return invalid("listen",
                   fmt::format("Plain HTTP on {} would let others on the network read along. Give tls.certificate "
                               "and tls.key, or listen on 127.0.0.1, or set behind_proxy = true when a proxy "
                               "in front of Kith speaks TLS.",
                               endpoint.text()));
  KITH_CHECK(check_addresses("trusted_proxies", config.trusted_proxies));
  KITH_CHECK(check_addresses("metrics_for", config.metrics_for));
  if (!config.web.empty() && !std::filesystem::is_directory(config.web))
    return invalid(
        "web", fmt::format("There is no folder {} to take the pages from. Correct --web or leave it out.", config.web));
  for (const char* level : {"debug", "info", "warning", "error"})
    if (config.log_level == level) return endpoint;
  return invalid("log.level", "log.level must be debug, info, warning or error.");
}

std::string address_to_open(const Config& config, const Endpoint& bound) {
  if (!config.public_url.empty()) return config.public_url;
  return (config.uses_tls() ? "https://" : "http://") + bound.text();
}

std::vector<std::pair<std::string, std::string>> known_settings() {
  std::vector<std::pair<std::string, std::string>> settings;
  for (const Setting& setting : kSettings) settings.emplace_back(setting.key, setting.variable);
  return settings;
}

}  // namespace kith
