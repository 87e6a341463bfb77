#include "http/page_policy.h"

#include <string_view>

namespace kith::http {
namespace {

constexpr std::string_view kOwnThings =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors ";

void guard(Response& response, std::string policy) {
  response.with("Content-Security-Policy", policy)
      .with("Permissions-Policy", "camera=(), geolocation=(), payment=(), usb=(), microphone=(self)");
}

}  // namespace

void guard_desk(Response& response) {
  guard(response, std::string(kOwnThings) + "'none'; manifest-src 'self'; worker-src 'self'");
}

void guard_panel(Response& response, std::span<const std::string> framing_origins) {
  std::string policy = std::string(kOwnThings) + "'self'";
  for (const std::string& origin : framing_origins) policy += " " + origin;
  guard(response, std::move(policy));
  // A page that isolates itself may still frame the panel where the policy above allows it.
  response.with("Cross-Origin-Resource-Policy", "cross-origin").with("Cross-Origin-Opener-Policy", "unsafe-none");
}

void guard_full_page(Response& response) {
  guard(response, std::string(kOwnThings) + "'none'");
}

void guard_plain_page(Response& response) {
  guard(response,
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'");
}

void guard_sample_shop(Response& response) {
  guard(response, std::string(kOwnThings) + "'none'; frame-src 'self'");
}

void open_to_other_sites(Response& response) {
  response.with("Cross-Origin-Resource-Policy", "cross-origin").with("Access-Control-Allow-Origin", "*");
}

}  // namespace kith::http
