#include "http/gate.h"

#include <utility>

#include "base/text.h"
#include "http/problem.h"
#include "http/proxy.h"

namespace kith::http {

namespace {

constexpr std::size_t kMostSecretBytes = 128;
constexpr std::string_view kProgramPrefix = "kith_pat_";

bool changes_something(const Request& request) {
  return request.method != Method::get && request.method != Method::head && request.method != Method::options;
}

bool is_json(const Request& request) {
  const std::string_view type = request.headers.get("content-type");
  return lower_ascii(trim(type.substr(0, type.find(';')))) == "application/json";
}

bool has_body(const Request& request) {
  return request.headers.find("transfer-encoding") || request.headers.find("content-length").value_or("0") != "0";
}

// Whether this kind of actor may come to a door with this policy.
Result<void> check_who(const Actor& actor, const Policy& policy) {
  if ((policy.who & kAnyone) != 0) return {};
  const bool code_is_due = actor.kind == ActorKind::nobody && actor.session;
  if (code_is_due && (policy.who & kSecondFactorDue) != 0) return {};
  switch (actor.kind) {
    case ActorKind::nobody:
      return fail(Errc::not_signed_in, "nobody is known behind this request");
    case ActorKind::visitor:
      if ((policy.who & kVisitor) != 0) return {};
      break;
    case ActorKind::colleague:
      if ((policy.who & kColleague) != 0) return {};
      break;
    case ActorKind::program:
      if ((policy.who & kProgram) != 0 && (actor.scopes & policy.scopes) == policy.scopes) return {};
      break;
    case ActorKind::system:
      break;
  }
  return fail(Errc::not_allowed, "this door is for somebody else");
}

std::string key_of(const Actor& actor) {
  if (actor.kind == ActorKind::program) return "program " + actor.program_name;
  return actor.person.text();
}

// "https://help.shop.example/desk/" -> "https://help.shop.example".
std::string origin_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return std::string(url);
  return std::string(url.substr(0, url.find('/', scheme + 3)));
}

Actor nobody() {
  return Actor{};
}

}  // namespace

Gate::Gate(ActorCache& actors, runtime::RateLimiter& limiter, GateOptions options)
    : actors_(actors), limiter_(limiter), options_(std::move(options)) {
  options_.public_origin = origin_of(options_.public_origin);
}

boost::asio::awaitable<Gate::Verdict> Gate::admit(const Request& request, const Route& route) {
  const Policy& policy = route.policy;
  const auto rate_class = static_cast<std::size_t>(policy.rate);
  const bool is_counted = policy.rate != RateClass::unlimited;
  if (is_counted) {
    auto refusal = count(network_of(request.remote_address), policy.rate, options_.per_address[rate_class]);
    if (refusal) co_return Verdict{nobody(), std::move(refusal)};
  }
  auto known = co_await find_who(request, route);
  if (!known) co_return Verdict{nobody(), problem(known.error())};
  if (is_counted && known->actor.kind != ActorKind::nobody) {
    auto refusal = count(key_of(known->actor), policy.rate, options_.per_actor[rate_class]);
    if (refusal) co_return Verdict{nobody(), std::move(refusal)};
  }
  if (policy.takes_json && has_body(request) && !is_json(request)) {
    co_return Verdict{nobody(), problem(415, "Please send application/json")};
  }
  co_return Verdict{std::move(known->actor), std::nullopt};
}

boost::asio::awaitable<Gate::Verdict> Gate::admit_again(const Request& request, const Route& route) {
  auto known = co_await find_who(request, route);
  if (!known) co_return Verdict{nobody(), problem(known.error())};
  co_return Verdict{std::move(known->actor), std::nullopt};
}

// Whoever may come to this door from where the request was sent.
boost::asio::awaitable<Result<Gate::Recognised>> Gate::find_who(const Request& request, const Route& route) {
  auto known = co_await recognise(request);
  if (!known) co_return known;
  // A foreign page may open a live connection, but the cookie that its browser adds says nothing there.
  const bool is_foreign = !is_own_origin(request, request.headers.get("origin"));
  if (route.is_upgrade() && known->proof == Proof::cookie && is_foreign) known = Recognised{};
  KITH_CO_CHECK(check_who(known->actor, route.policy));
  KITH_CO_CHECK(check_origin(request, known->proof));
  co_return known;
}

boost::asio::awaitable<Result<Gate::Recognised>> Gate::recognise(const Request& request) {
  if (const auto bearer = bearer_secret(request)) {
    if (bearer->size() > kMostSecretBytes) co_return fail(Errc::not_signed_in, "the token is too long");
    const bool is_program = bearer->starts_with(kProgramPrefix);
    auto actor =
        is_program ? co_await actors_.program(std::string(*bearer)) : co_await actors_.session(std::string(*bearer));
    if (!actor) co_return std::unexpected(actor.error());
    // A colleague's secret belongs into her cookie, where no script can read it.
    const bool fits = actor->kind == (is_program ? ActorKind::program : ActorKind::visitor);
    if (!fits) co_return fail(Errc::not_signed_in, "this is not a bearer token");
    co_return Recognised{std::move(*actor), Proof::bearer};
  }
  const auto cookie = session_secret(request);
  if (!cookie || cookie->empty() || cookie->size() > kMostSecretBytes) co_return Recognised{};
  auto actor = co_await actors_.session(std::string(*cookie));
  if (!actor && actor.error().code != Errc::not_signed_in) co_return std::unexpected(actor.error());
  // A cookie that has run out is no obstacle: she may be about to sign in again.
  if (!actor || actor->kind == ActorKind::visitor) co_return Recognised{};
  co_return Recognised{std::move(*actor), Proof::cookie};
}

bool Gate::may_write(const Actor& actor, std::string_view network) {
  constexpr auto kPlace = static_cast<std::size_t>(RateClass::writing);
  return wait_of(network, RateClass::writing, options_.per_address[kPlace]).count() == 0 &&
         wait_of(key_of(actor), RateClass::writing, options_.per_actor[kPlace]).count() == 0;
}

std::chrono::milliseconds Gate::wait_of(std::string_view who, RateClass rate_class, const runtime::Rate& rate) {
  std::string key(who);
  key += static_cast<char>('0' + static_cast<int>(rate_class));
  return limiter_.take(key, rate);
}

std::optional<Response> Gate::count(std::string_view who, RateClass rate_class, const runtime::Rate& rate) {
  const auto wait = wait_of(who, rate_class, rate);
  if (wait.count() == 0) return std::nullopt;
  return too_many(wait);
}

// Requests that a foreign page made a browser send. A bearer token is proof enough that it was no such page.
Result<void> Gate::check_origin(const Request& request, Proof proof) const {
  if (proof == Proof::bearer || !changes_something(request)) return {};
  const auto origin = request.headers.find("origin");
  const auto site = request.headers.find("sec-fetch-site");
  if (origin && !is_own_origin(request, *origin)) return fail(Errc::not_allowed, "a foreign Origin");
  if (site && *site != "same-origin" && *site != "none") return fail(Errc::not_allowed, "a foreign Sec-Fetch-Site");
  if (proof == Proof::none || origin || site) return {};
  // A cookie, and no word of where it comes from: only what no simple form can send.
  if (is_json(request) || request.method != Method::post) return {};
  return fail(Errc::not_allowed, "no Origin beside a cookie");
}

bool Gate::is_own_origin(const Request& request, std::string_view origin) const {
  if (!options_.public_origin.empty()) return origin == options_.public_origin;
  const std::string here = (request.is_secure ? "https://" : "http://") + std::string(request.headers.get("host"));
  return origin == here;
}

}  // namespace kith::http
