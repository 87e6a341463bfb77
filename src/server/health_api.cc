#include "server/health_api.h"

#include <algorithm>
#include <chrono>

#include "http/problem.h"
#include "people/colleagues.h"
#include "people/house.h"
#include "people/recognise.h"
#include "people/set_up.h"
#include "server/start_page.h"

namespace kith {
namespace {

using boost::asio::awaitable;
using http::Request;
using http::Response;

constexpr http::Policy kForAnyone{
    .who = http::kAnyone, .scopes = 0, .rate = http::RateClass::unlimited, .body_cap_bytes = 0, .takes_json = false};

// It reads from the store, so nobody may ask for it without end.
constexpr http::Policy kStartPage{.who = http::kAnyone, .body_cap_bytes = 0, .takes_json = false};

bool is_this_machine(const std::string& address) {
  return address.starts_with("127.") || address == "::1";
}

// Named as only somebody at this machine names it: no proxy in front, and no name of a stranger that leads here.
bool is_named_from_here(std::string_view host) {
  const std::string_view name = host.substr(0, host.find(':', host.starts_with('[') ? host.find(']') : 0));
  return name == "127.0.0.1" || name == "localhost" || name == "[::1]";
}

awaitable<Result<Response>> is_alive(Request) {
  co_return Response::text("alive\n", "text/plain; charset=utf-8").with("Cache-Control", "no-store");
}

constexpr std::chrono::milliseconds kReadyFor{100};

// Ready means: a write gets through the whole path now, or did a moment ago.
awaitable<Result<Response>> is_ready(Request, const HealthServices* services) {
  Result<void> ready = services->readiness.look();
  const bool may_try = ready.has_value();
  if (may_try && services->clock.steady().count() >= services->ready_until_us) {
    ready = co_await services->store.write([](Tx&) -> Result<void> { return {}; });
    services->ready_until_us = ready ? (services->clock.steady() + kReadyFor).count() : 0;
  }
  // What the store says of its files is for the log, not for whoever asks.
  if (!ready) co_return http::problem(503, "Not ready", may_try ? "The store refused a write." : ready.error().detail);
  co_return Response::text("ready\n", "text/plain; charset=utf-8").with("Cache-Control", "no-store");
}

awaitable<Result<Response>> show_metrics(Request request, const HealthServices* services) {
  const auto& allowed = services->metrics_for;
  if (std::find(allowed.begin(), allowed.end(), request.remote_address) == allowed.end())
    co_return fail(Errc::not_found, "metrics are not for this address");
  co_return Response::text(services->metrics.text(), "text/plain; version=0.0.4; charset=utf-8")
      .with("Cache-Control", "no-store");
}

Result<StartPage> look_around(const Snapshot& snapshot, Time now) {
  StartPage page;
  KITH_TRY(auto house, view_house(snapshot, system_actor()));
  KITH_TRY(auto team, snapshot.people().team_members(now));
  page.organisation = house.settings.organisation;
  for (const Person& colleague : team) page.has_sample = page.has_sample || colleague.is_sample;
  page.has_door = default_inbox(snapshot).has_value();
  KITH_TRY(page.needs_set_up, needs_set_up(snapshot.people(), now));
  return page;
}

std::string font_of(const http::Assets* assets) {
  const std::string_view name = assets == nullptr ? "" : assets->find_hashed("figtree-latin-wght-normal-");
  return name.empty() ? std::string() : "/" + std::string(name);
}

awaitable<Result<Response>> show_start_page(Request request, const HealthServices* services) {
  const Time now = services->clock.now();
  auto page = co_await services->store.read([now](const Snapshot& snapshot) { return look_around(snapshot, now); });
  if (!page) co_return std::unexpected(page.error());
  page->language = http::page_language(request.headers.get("accept-language"));
  page->asked_from_here = is_this_machine(request.remote_address);
  // What a real person writes is nobody's to read who only came to look around.
  if (page->asked_from_here && page->needs_set_up && is_named_from_here(request.headers.get("host")))
    page->sample_way_in = services->sample_way_in;
  page->font = font_of(services->assets);
  co_return Response::text(write_start_page(*page), "text/html; charset=utf-8")
      .with("Content-Security-Policy", start_page_policy(*page))
      .with("Cache-Control", "no-store");
}

}  // namespace

void add_health_routes(http::Router& router, const HealthServices& services) {
  using http::Method;
  router.add(Method::get, "/healthz", kForAnyone, is_alive);
  router.add(Method::get, "/readyz", kForAnyone,
             [services = &services](Request request) { return is_ready(std::move(request), services); });
  router.add(Method::get, "/metrics", kForAnyone,
             [services = &services](Request request) { return show_metrics(std::move(request), services); });
  router.add(Method::get, "/", kStartPage,
             [services = &services](Request request) { return show_start_page(std::move(request), services); });
}

}  // namespace kith
