#include "server/app.h"

#include <cmath>
#include <filesystem>
#include <thread>
#include <utility>

#include <fmt/core.h>

#include "base/text.h"
#include "care/line_board.h"
#include "care/presence_board.h"
#include "http/api.h"
#include "http/embedded_assets.h"
#include "http/engine.h"
#include "http/gate.h"
#include "http/listener.h"
#include "http/router.h"
#include "http/web_pages.h"
#include "people/set_up.h"
#include "realtime/hub.h"
#include "runtime/connection_slots.h"
#include "runtime/io.h"
#include "runtime/metrics.h"
#include "runtime/rate_limiter.h"
#include "runtime/tls.h"
#include "runtime/worker_pool.h"
#include "server/admin_acts.h"
#include "server/admin_socket.h"
#include "server/backups_folder.h"
#include "server/certificate.h"
#include "server/data_home.h"
#include "server/file_sweep.h"
#include "server/health_api.h"
#include "server/house_copy.h"
#include "server/line_feed.h"
#include "server/live_door.h"
#include "server/newest_backup.h"
#include "server/readiness.h"
#include "server/sample_team.h"
#include "server/store_metrics.h"
#include "server/watch.h"

namespace kith {
namespace {

// The usual rates, moved by what the configuration says; a class that is slow on purpose stays slower than the others.
http::GateOptions gate_options(const Config& config) {
  http::GateOptions options;
  options.public_origin = config.public_url;
  const Config usual;
  const auto move = [](auto& rates, std::int64_t wanted, std::int64_t normal) {
    const double factor = static_cast<double>(wanted) / static_cast<double>(normal);
    for (runtime::Rate& rate : rates) rate = {rate.per_second * factor, std::max(1.0, std::ceil(rate.burst * factor))};
  };
  move(options.per_actor, config.visitor_requests_per_minute, usual.visitor_requests_per_minute);
  move(options.per_address, config.address_requests_per_minute, usual.address_requests_per_minute);
  return options;
}

HubOptions live_options(const Config& config) {
  HubOptions options;
  const auto wanted = static_cast<float>(config.visitor_requests_per_minute);
  const float factor = wanted / static_cast<float>(Config{}.visitor_requests_per_minute);
  PaceRule& frames = options.paces.frames;
  frames = {frames.per_second * factor, std::max(1.0F, frames.burst * factor)};
  return options;
}

Result<std::unique_ptr<runtime::TlsContext>> open_tls(const Config& config, Log& log) {
  if (!config.uses_tls()) return std::unique_ptr<runtime::TlsContext>();
  // Looked at first for the clearer sentence.
  KITH_CHECK(look_at_certificate(config.tls_certificate, config.tls_key));
  return runtime::TlsContext::open(config.tls_certificate, config.tls_key, log);
}

// The key of the house while nobody real looks after it: a new one at each start, printed where Kith was started and
// kept nowhere else.
Result<std::string> setup_key_for(DataHome& home) {
  const Time now = home.clock().now();
  KITH_TRY(auto reader, home.store().open_reader());
  Result<bool> is_needed = false;
  KITH_CHECK(reader->read([&](const Snapshot& snapshot) { is_needed = needs_set_up(snapshot.people(), now); }));
  if (!is_needed) return std::unexpected(is_needed.error());
  if (!*is_needed) return std::string();
  std::string secret(24, '\0');
  home.random().fill({reinterpret_cast<std::uint8_t*>(secret.data()), secret.size()});
  return base64url(secret);
}

http::Assets assets_of(const Config& config, runtime::WorkerPool& workers) {
  if (config.web.empty()) return http::Assets(http::embedded_assets());
  return {http::embedded_assets(), config.web, workers};
}

}  // namespace

// Made from top to bottom, destroyed from bottom to top.
struct App::Parts {
  std::unique_ptr<DataHome> home;
  std::unique_ptr<runtime::TlsContext> tls;
  runtime::Metrics metrics;
  Readiness readiness;
  PresenceBoard presence;
  LineBoard line;
  LineFeed line_feed;
  http::SeenPages seen_pages;
  runtime::ConnectionSlots slots;
  runtime::RateLimiter limiter;
  runtime::IoThreads io;
  runtime::WorkerPool workers;
  http::ActorCache actors;
  http::Gate gate;
  Hub hub;
  BackupsFolder backups;
  http::ApiServices api;
  http::Assets assets;
  http::WebServices web;
  HealthServices health;
  http::Router router;
  http::HttpMetrics http_metrics;
  StoreMetrics store_metrics;
  http::Engine engine;
  http::Listener listener;
  Watch watch;
  std::unique_ptr<HouseCopy> copy;
  FileSweep file_sweep;
  std::unique_ptr<AdminSocket> admin;
  bool has_said_way_back = false;  // of the store thread
  bool is_open = false;            // clients are answered

  Parts(std::unique_ptr<DataHome> opened, std::unique_ptr<runtime::TlsContext> certificate, const Config& config,
        const Endpoint& endpoint, bool with_sample);
  HubParts hub_parts();
  void listen_to_what_happens();
  Result<void> begin();
  void close();
  void say_goodbye();
};

App::Parts::Parts(std::unique_ptr<DataHome> opened, std::unique_ptr<runtime::TlsContext> certificate,
                  const Config& config, const Endpoint& endpoint, bool with_sample)
    : home(std::move(opened)),
      tls(std::move(certificate)),
      readiness(home->clock(), home->paths().root),
      line_feed(home->store(), line, home->log()),
      slots(static_cast<std::size_t>(config.max_connections),
            static_cast<std::size_t>(config.max_connections_per_address)),
      limiter(home->clock()),
      io(home->log(), static_cast<std::size_t>(config.io_threads)),
      workers(home->log(), 2),
      actors(home->store_thread(), home->clock()),
      gate(actors, limiter, gate_options(config)),
      hub(io, hub_parts(), live_options(config)),
      backups(*home),
      api{.store = home->store_thread(),
          .clock = home->clock(),
          .random = home->random(),
          .log = home->log(),
          .presence = presence,
          .line = line,
          .workers = workers,
          .sealed_box = home->secrets(),
          .files = home->files(),
          .limiter = limiter,
          .backups = &backups,
          .seen_pages = &seen_pages},
      assets(assets_of(config, workers)),
      web{api, assets, with_sample},
      health{home->store_thread(), metrics, readiness, home->clock(), config.metrics_for, {}, &assets},
      http_metrics(metrics),
      store_metrics(metrics, home->store_thread()),
      engine{router, gate, home->clock(), home->random(), home->log(), http_metrics, {}, config.trusted_proxies},
      listener(io, slots, engine, {endpoint.address, endpoint.port, tls.get()}),
      watch(*home, io.at(0), tls.get()),
      file_sweep(*home) {
  http::add_api_routes(router, api);
  http::add_web_routes(router, web);
  add_health_routes(router, health);
  add_live_route(router, hub, config.public_url);
  metrics.gauge_of("kith_live_connections", "Live connections that are open",
                   [this] { return static_cast<std::int64_t>(hub.connections()); });
  metrics.gauge_of("kith_live_cut_for_slowness", "Live connections that were cut because they did not keep up",
                   [this] { return static_cast<std::int64_t>(hub.cut_for_slowness()); });
  StoreMetrics::add_damage(metrics, home->store());
  listen_to_what_happens();
}

HubParts App::Parts::hub_parts() {
  return {.store = home->store_thread(),
          .presence = presence,
          .clock = home->clock(),
          .log = home->log(),
          .line = &line,
          .may_act = [this](const Actor& actor, const std::string& network) { return gate.may_write(actor, network); }};
}

void App::Parts::listen_to_what_happens() {
  line.on_change([this](const std::vector<WithWhom>& changed) { hub.publish(changed); });
  presence.on_change([this](const Presence& change) {
    hub.publish(change);
    line.notice(change);
  });
  home->store_thread().on_events([this](std::vector<Event>&& events) {
    actors.notice(events);
    watch.notice(events);
    file_sweep.notice(events);
    line_feed.notice(events);
    store_metrics.count_events(events.size());
    hub.publish(std::move(events));
  });
  home->store_thread().on_group([this](const runtime::GroupStory& group) {
    readiness.notice(group);
    store_metrics.count_group(group);
    const bool is_damaged = !group.kept && home->store().damaged_pages() > 0;
    if (is_damaged && !std::exchange(has_said_way_back, true))
      home->log().error("house_takes_no_more_words", {{"what_helps", way_back(home->paths())}});
  });
}

Result<void> App::Parts::begin() {
  KITH_CHECK(line_feed.start());
  KITH_CHECK(home->store_thread().start());
  KITH_TRY(admin,
           AdminSocket::open(
               home->paths().admin_socket(),
               [this](const AdminCommand& command) { return do_admin_act(command, *home, copy.get()); }, home->log()));
  hub.start();
  io.start();
  watch.start();
  file_sweep.start(copy.get());
  listener.start();
  is_open = true;
  return {};
}

void App::Parts::close() {
  readiness.close();
  home->ask_to_stop();
  if (is_open) say_goodbye();
  file_sweep.stop();
  admin.reset();
  home->store_thread().stop();
  workers.stop();
  io.stop();
  copy.reset();
}

// Both at once: no new connections and requests finish, while live clients are told that the house goes away.
void App::Parts::say_goodbye() {
  using namespace std::chrono_literals;
  watch.stop();
  std::thread requests([this] {
    // Work that still waits for its turn is given back while there is time to tell whoever asked for it.
    if (!listener.finish(1'500ms)) workers.refuse_waiting();
    listener.stop(500ms);
  });
  hub.stop(2s);
  requests.join();
}

Result<std::unique_ptr<App>> App::open(const Config& config, const Endpoint& endpoint, bool with_sample, Log& log) {
  KITH_TRY(auto tls, open_tls(config, log));
  KITH_TRY(auto home, DataHome::open(config.data, log));
  std::unique_ptr<App> app(
      new App(std::make_unique<Parts>(std::move(home), std::move(tls), config, endpoint, with_sample)));
  Parts& parts = *app->parts_;
  // The port comes first: when it is taken, nothing else has happened yet.
  if (auto listening = parts.listener.open(); !listening)
    return fail(Errc::unavailable,
                listening.error().detail + ". Choose another address with --listen, or stop what uses this one.");
  app->address_ = address_to_open(config, {endpoint.address, parts.listener.port()});
  if (!config.backup_follow.empty()) {
    KITH_TRY(parts.copy, HouseCopy::begin(*parts.home, config.backup_follow));
    StoreMetrics::add_copy(parts.metrics, *parts.copy);
  }
  if (with_sample) {
    KITH_TRY(auto sample, bring_in_sample(parts.home->store(), parts.home->clock(), parts.home->random()));
    app->doors_.push_back({"Be a visitor", app->address_ + "/sample-shop"});
    parts.health.sample_way_in = fmt::format("#sample={}:{}", sample.email, sample.password);
    app->doors_.push_back({"Be the team", app->address_ + "/desk/" + parts.health.sample_way_in});
  }
  KITH_TRY(const std::string key, setup_key_for(*parts.home));
  if (!key.empty()) app->doors_.push_back({"Make it yours (works once)", app->address_ + "/desk/first-run#" + key});
  parts.api.setup_key = key;
  KITH_CHECK(parts.begin());
  return app;
}

App::App(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

App::~App() {
  close();
}

void App::close() {
  if (!parts_) return;
  parts_->close();
  parts_.reset();
}

}  // namespace kith
