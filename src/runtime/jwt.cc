#include "runtime/jwt.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cmath>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "base/digest.h"
#include "base/text.h"

namespace kith::runtime {

namespace {

namespace json = boost::json;

constexpr std::size_t kMaxTokenBytes = 8 * 1024;
constexpr std::size_t kMaxDepth = 8;
constexpr std::size_t kMinKeyBytes = 32;
constexpr std::size_t kMaxAudiences = 16;
constexpr double kSkewSeconds = 60;
constexpr double kLatestSeconds = 253'402'300'799;  // the end of year 9999

std::unexpected<Error> refuse(const char* why) {
  return fail(Errc::not_signed_in, why);
}

// Watches a JSON text go by for an object that names a field twice. Two readers may then see two different tokens.
class RepeatedFieldWatch {
 public:
  static constexpr std::size_t max_array_size = -1;
  static constexpr std::size_t max_object_size = -1;
  static constexpr std::size_t max_string_size = -1;
  static constexpr std::size_t max_key_size = -1;

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) {
    open_.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t, json::error_code&) {
    open_.pop_back();
    return true;
  }
  bool on_array_begin(json::error_code&) { return true; }
  bool on_array_end(std::size_t, json::error_code&) { return true; }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
    key_.append(part.data(), part.size());
    return true;
  }
  bool on_key(json::string_view part, std::size_t, json::error_code& error) {
    key_.append(part.data(), part.size());
    for (const std::string& earlier : open_.back()) {
      if (earlier == key_) error = json::error::syntax;
    }
    open_.back().push_back(std::move(key_));
    key_.clear();
    return !error;
  }
  bool on_string_part(json::string_view, std::size_t, json::error_code&) { return true; }
  bool on_string(json::string_view, std::size_t, json::error_code&) { return true; }
  bool on_number_part(json::string_view, json::error_code&) { return true; }
  bool on_int64(std::int64_t, json::string_view, json::error_code&) { return true; }
  bool on_uint64(std::uint64_t, json::string_view, json::error_code&) { return true; }
  bool on_double(double, json::string_view, json::error_code&) { return true; }
  bool on_bool(bool, json::error_code&) { return true; }
  bool on_null(json::error_code&) { return true; }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  std::vector<std::vector<std::string>> open_;
  std::string key_;
};

bool repeats_a_field(std::string_view text, const json::parse_options& options) {
  json::basic_parser<RepeatedFieldWatch> parser(options);
  json::error_code error;
  parser.write_some(false, text.data(), text.size(), error);
  return error.failed();
}

Result<json::object> read_part(std::string_view encoded) {
  std::string text;
  if (!read_base64url(encoded, text)) return refuse("a part is not base64url");
  json::parse_options options;
  options.max_depth = kMaxDepth;
  if (!is_utf8(text) || repeats_a_field(text, options)) return refuse("a part is not clean JSON");
  json::error_code error;
  json::value value = json::parse(text, error, {}, options);
  if (error || !value.is_object()) return refuse("a part is not a JSON object");
  return std::move(value.as_object());
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned int length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(bytes.data()),
       bytes.size(), mac.data(), &length);
  return {reinterpret_cast<const char*>(mac.data()), length};
}

struct TokenParts {
  std::string_view header;
  std::string_view payload;
  std::string_view signature;
  std::string_view is_signed;  // header.payload
};

Result<TokenParts> take_apart(std::string_view token) {
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
    return refuse("not three parts");
  }
  return TokenParts{token.substr(0, first), token.substr(first + 1, second - first - 1), token.substr(second + 1),
                    token.substr(0, second)};
}

Result<void> check_header(std::string_view encoded) {
  KITH_TRY(const json::object header, read_part(encoded));
  const json::value* algorithm = header.if_contains("alg");
  if (algorithm == nullptr || *algorithm != "HS256") return refuse("the algorithm is not HS256");
  const json::value* type = header.if_contains("typ");
  if (type != nullptr && (!type->is_string() || lower_ascii(std::string_view(type->as_string())) != "jwt")) {
    return refuse("the type is not JWT");
  }
  if (header.contains("crit")) return refuse("it needs an extension");
  return {};
}

Result<void> check_signature(const TokenParts& parts, std::string_view key) {
  std::string signature;
  if (!read_base64url(parts.signature, signature) ||
      !equal_in_constant_time(signature, hmac_sha256(key, parts.is_signed))) {
    return refuse("the signature does not fit");
  }
  return {};
}

bool is_for(const json::value* audience, std::string_view us) {
  if (audience == nullptr) return false;
  if (audience->is_string()) return std::string_view(audience->as_string()) == us;
  if (!audience->is_array() || audience->as_array().size() > kMaxAudiences) return false;
  for (const json::value& one : audience->as_array()) {
    if (one.is_string() && std::string_view(one.as_string()) == us) return true;
  }
  return false;
}

// Seconds since 1970, whole or not.
Result<std::optional<double>> read_seconds(const json::object& claims, std::string_view name) {
  const json::value* value = claims.if_contains(name);
  if (value == nullptr) return std::optional<double>();
  if (!value->is_number()) return refuse("a time is not a number");
  const auto seconds = value->to_number<double>();
  if (!std::isfinite(seconds) || seconds < 0 || seconds > kLatestSeconds) return refuse("a time makes no sense");
  return std::optional(seconds);
}

Result<Time> check_times(const json::object& claims, Time now) {
  const double now_seconds = static_cast<double>(now.us) / 1e6;
  KITH_TRY(const auto expires, read_seconds(claims, "exp"));
  KITH_TRY(const auto not_before, read_seconds(claims, "nbf"));
  KITH_TRY(const auto issued, read_seconds(claims, "iat"));
  if (!expires) return refuse("it never expires");
  if (*expires + kSkewSeconds <= now_seconds) return refuse("it has expired");
  if (not_before && *not_before > now_seconds + kSkewSeconds) return refuse("it is not valid yet");
  if (issued && *issued > now_seconds + kSkewSeconds) return refuse("it was issued in the future");
  return Time{static_cast<std::int64_t>(*expires * 1e6)};
}

Result<std::optional<std::string>> read_line(const json::object& claims, std::string_view name, std::size_t max_bytes) {
  const json::value* value = claims.if_contains(name);
  if (value == nullptr || value->is_null()) return std::optional<std::string>();
  if (!value->is_string()) return refuse("a claim is not text");
  const std::string_view text = value->as_string();
  if (text.size() > max_bytes || has_control_characters(text) || text.find_first_of("\t\r\n") != text.npos) {
    return refuse("a claim is too long or not one line");
  }
  return std::optional(std::string(text));
}

Result<JwtClaims> read_claims(const json::object& claims, const JwtRules& rules, Time now) {
  JwtClaims read;
  const json::value* issuer = claims.if_contains("iss");
  if (issuer == nullptr || !issuer->is_string() || std::string_view(issuer->as_string()) != rules.issuer) {
    return refuse("another issuer");
  }
  if (!is_for(claims.if_contains("aud"), rules.audience)) return refuse("meant for somebody else");
  KITH_TRY(read.expires_at, check_times(claims, now));
  KITH_TRY(auto subject, read_line(claims, "sub", 255));
  if (!subject || subject->empty()) return refuse("it does not say who she is");
  read.subject = std::move(*subject);
  KITH_TRY(read.name, read_line(claims, "name", 200));
  KITH_TRY(read.email, read_line(claims, "email", 254));
  if (const json::value* verified = claims.if_contains("email_verified")) {
    if (!verified->is_bool()) return refuse("email_verified is not true or false");
    read.email_verified = verified->as_bool();
  }
  return read;
}

}  // namespace

Result<JwtClaims> verify_jwt(std::string_view token, const JwtRules& rules, Time now) {
  if (token.size() > kMaxTokenBytes) return refuse("too long");
  if (rules.key.size() < kMinKeyBytes || rules.issuer.empty() || rules.audience.empty()) {
    return refuse("the inbox is not set up for signed tokens");
  }
  KITH_TRY(const TokenParts parts, take_apart(token));
  // The signature first: nothing of an unsigned token is worth parsing.
  KITH_CHECK(check_signature(parts, rules.key));
  KITH_CHECK(check_header(parts.header));
  KITH_TRY(const json::object claims, read_part(parts.payload));
  return read_claims(claims, rules, now);
}

std::string sign_jwt(std::string_view json_payload, std::string_view key) {
  const std::string is_signed = base64url(R"({"alg":"HS256","typ":"JWT"})") + "." + base64url(json_payload);
  return is_signed + "." + base64url(hmac_sha256(key, is_signed));
}

}  // namespace kith::runtime
