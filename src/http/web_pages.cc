#include "http/web_pages.h"

#include <optional>
#include <utility>

#include "http/api_call.h"
#include "http/page_policy.h"
#include "http/site_in_page.h"
#include "people/house.h"

namespace kith::http {
namespace {

// Bytes that are in memory anyway.
constexpr Policy kFiles{.who = kAnyone, .rate = RateClass::unlimited, .body_cap_bytes = 0, .takes_json = false};
// Looks into the store, so nobody may ask for it without end.
constexpr Policy kPages{.who = kAnyone, .rate = RateClass::reading, .body_cap_bytes = 0, .takes_json = false};

constexpr std::string_view kWithoutPages =
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Kith</title></head><body><main>\n"
    "<h1>Kith is at home, but its pages are not.</h1>\n"
    "<p>This program was built without the front end. Everything that was ever written is safe, and the API "
    "answers.</p>\n<p>To bring the pages in, run <code>make build</code> in the checkout, or start Kith with "
    "<code>--web web</code> once <code>make web</code> has built them.</p>\n</main></body></html>\n";

Response say_that_there_are_no_pages() {
  Response response = Response::text(std::string(kWithoutPages), "text/html; charset=utf-8", 404);
  guard_plain_page(response);
  return response;
}

bool is_missing(const Result<FoundAsset>& found) {
  return !found && found.error().code == Errc::not_found;
}

// A name with a dot is meant as a file; everything else is a place inside the app, for its own router.
bool names_a_file(std::string_view path) {
  return path.substr(path.rfind('/') + 1).find('.') != std::string_view::npos;
}

Answer send_file(const WebServices& web, Request request, std::string name) {
  KITH_CO_TRY(FoundAsset found, co_await web.assets.find(std::move(name)));
  co_return send_asset(request, found);
}

Answer get_hashed_file(const WebServices& web, Request request) {
  std::string name = "assets/" + std::string(request.param("name"));
  KITH_CO_TRY(Response response, co_await send_file(web, std::move(request), std::move(name)));
  // Fonts and pictures of ours may be needed by the loader, which lives in other people's pages.
  open_to_other_sites(response);
  co_return response;
}

Answer get_loader_file(const WebServices& web, Request request) {
  std::string name = "loader/" + std::string(request.param("name"));
  KITH_CO_TRY(Response response, co_await send_file(web, std::move(request), std::move(name)));
  open_to_other_sites(response);
  co_return response;
}

// Who waits is what a colleague sees first: asked for while the script is still on its way. The very question that the
// desk asks (store/desk/desk_lists), or it would be asked twice.
constexpr std::string_view kLineAhead = "</api/desk/line?limit=100>; rel=preload; as=fetch; crossorigin=anonymous";

Answer get_desk(const WebServices& web, Request request) {
  const std::string path(request.param("path"));
  const bool is_file = names_a_file(path);
  auto found = co_await web.assets.find("desk/" + (is_file ? path : "index.html"));
  if (is_file && !found) co_return std::unexpected(found.error());
  if (is_missing(found)) co_return say_that_there_are_no_pages();
  if (!found) co_return std::unexpected(found.error());
  Response response = send_asset(request, *found);
  guard_desk(response);
  if (!is_file && session_secret(request)) response.with("Link", std::string(kLineAhead));
  co_return response;
}

// Whom this inbox belongs to. Nothing for one that is not there: then the panel says so itself.
boost::asio::awaitable<Result<std::optional<SeenSite>>> site_of(ApiServices& api, std::string inbox, Time now) {
  auto look = [inbox, now](const Snapshot& snapshot) { return look_at_site(snapshot, inbox, now); };
  auto site = co_await api.store.read(look);
  if (!site && site.error().code == Errc::not_found) co_return std::nullopt;
  if (!site) co_return std::unexpected(std::move(site).error());
  co_return std::move(*site);
}

Answer get_panel(const WebServices& web, Request request) {
  auto found = co_await web.assets.find("panel/index.html");
  if (is_missing(found)) co_return say_that_there_are_no_pages();
  if (!found) co_return std::unexpected(found.error());
  std::string inbox(request.query_value("inbox").value_or(""));
  const Time now = web.api.clock.now();
  KITH_CO_TRY(const auto site, co_await site_of(web.api, std::move(inbox), now));
  std::string document(found->asset.plain);
  if (site) bring_site(document, *site, now, web.api.presence.public_view());
  Response response = Response::text(std::move(document), "text/html; charset=utf-8");
  // Who may frame it; without a site nobody but us.
  guard_panel(response, site ? site->door.inbox.allowed_origins : std::vector<std::string>());
  // Who is there changes by the minute.
  response.with("Cache-Control", "no-store");
  co_return response;
}

// The shop goes with the sample: as soon as that is removed, there is none.
Answer get_sample_shop(const WebServices& web, Request request) {
  KITH_CO_TRY(const bool is_there, co_await web.api.store.read(has_sample));
  if (!is_there) co_return fail(Errc::not_found, "there is no sample here any more");
  const std::string path(request.param("path"));
  auto found = co_await web.assets.find("sample_shop/" + (path.empty() ? "index.html" : path));
  if (is_missing(found) && path.empty()) co_return say_that_there_are_no_pages();
  if (!found) co_return std::unexpected(found.error());
  Response response = send_asset(request, *found);
  // It stands for a website of somebody else: the same strict rules that such a site may have.
  guard_sample_shop(response);
  co_return response;
}

}  // namespace

void add_web_routes(Router& router, const WebServices& web) {
  using WebHandler = Answer (*)(const WebServices&, Request);
  const auto add_page = [&router, &web](std::string_view pattern, Policy policy, WebHandler handle) {
    router.add(Method::get, pattern, policy,
               [&web, handle](Request request) { return handle(web, std::move(request)); });
  };
  add_page("/assets/{name*}", kFiles, get_hashed_file);
  add_page("/w/{name*}", kFiles, get_loader_file);
  add_page("/desk", kFiles, get_desk);
  add_page("/desk/{path*}", kFiles, get_desk);
  add_page("/panel/", kPages, get_panel);
  add_hello_routes(router, web);
  if (!web.with_sample) return;
  add_page("/sample-shop", kPages, get_sample_shop);
  add_page("/sample-shop/{path*}", kPages, get_sample_shop);
}

}  // namespace kith::http
