// The page at /hello, also for who has no scripts: GET shows it, POST writes and shows it again. A cookie that no
// script can read stands for the visitor; it comes with her first word, not before.
#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <memory>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/text.h"
#include "conversations/attachments.h"
#include "conversations/thread_access.h"
#include "conversations/write_message.h"
#include "http/api_call.h"
#include "http/form_body.h"
#include "http/hello_page.h"
#include "http/page_policy.h"
#include "http/site_in_page.h"
#include "http/web_pages.h"
#include "people/colleagues.h"
#include "people/recognise.h"
#include "people/start_visit.h"

namespace kith::http {
namespace {

using boost::asio::awaitable;

constexpr std::size_t kFormBytes = 8 * 1024 * 1024;
constexpr std::size_t kEntriesShown = 50;
constexpr std::size_t kTokenCharacters = 43;  // 32 random bytes as base64url

std::string_view cookie_name(bool is_secure) {
  return is_secure ? "__Host-kith-visit" : "kith-visit";
}

// Lax: she may come here by a link from her mail and still be known. What is written is checked by its Origin.
std::string visit_cookie(std::string_view token, bool is_secure, std::chrono::seconds lasts) {
  return std::string(cookie_name(is_secure)) + "=" + std::string(token) +
         "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(lasts.count()) + (is_secure ? "; Secure" : "");
}

bool is_token(std::string_view text) {
  std::string bytes;
  return text.size() == kTokenCharacters && read_base64url(text, bytes) && bytes.size() == 32;
}

std::string_view cookie_token(const Request& request) {
  const std::string_view token = request.cookie(cookie_name(request.is_secure)).value_or("");
  return is_token(token) ? token : std::string_view();
}

// An id that follows from something: the same words lead to the same id, so that a repeat is the same again.
template <class TypedId>
TypedId id_from(std::string_view words) {
  const Digest digest = sha256(words);
  TypedId id;
  std::copy_n(digest.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

// Who holds this token: a visitor, or nobody (yet).
Result<Actor> visitor_with(const Snapshot& snapshot, std::string_view token, Time now) {
  if (token.empty()) return Actor{};
  auto actor = recognise_session(snapshot, sha256(token), now);
  const bool is_visitor = actor && actor->kind == ActorKind::visitor;
  if (!actor && actor.error().code != Errc::not_signed_in && actor.error().code != Errc::not_found)
    return std::unexpected(std::move(actor).error());
  return is_visitor ? std::move(*actor) : Actor{};
}

Result<EntryPage> her_entries(const Snapshot& snapshot, const Actor& actor, std::optional<Seq> before) {
  if (actor.kind == ActorKind::nobody) return EntryPage{};
  return list_entries(snapshot, actor, {.before = before, .limit = kEntriesShown});
}

// Those who wrote here, also those who have left the team since.
Result<std::vector<PublicFace>> authors_of(const Snapshot& snapshot, const EntryPage& page) {
  std::vector<PersonId> people;
  for (const Entry& entry : page.entries)
    if (entry.author.kind == AuthorKind::colleague && entry.author.person) people.push_back(*entry.author.person);
  KITH_TRY(auto names, names_of(snapshot, std::move(people)));
  std::vector<PublicFace> faces;
  for (wire::PersonName& name : names) faces.push_back({name.id, std::move(name.called), {}, std::move(name.face)});
  return faces;
}

struct Look {
  std::string inbox;
  std::string token;
  std::optional<Seq> before;
  Time now;
};

struct Seen {
  HelloPage page;
  bool is_known = false;
};

Result<Seen> look_around(const Snapshot& snapshot, const Look& look) {
  Seen seen;
  KITH_TRY(seen.page.door, front_door_called(snapshot, look.inbox));
  KITH_TRY(const Actor actor, visitor_with(snapshot, look.token, look.now));
  KITH_TRY(seen.page.entries, her_entries(snapshot, actor, look.before));
  KITH_TRY(seen.page.authors, authors_of(snapshot, seen.page.entries));
  KITH_TRY(const auto faces, list_faces(snapshot, look.now));
  for (const PublicFace& face : faces) seen.page.team.push_back({face});
  seen.page.now = look.now;
  seen.page.open = look_at_opening(seen.page.door.settings.opening, look.now);
  seen.is_known = actor.kind == ActorKind::visitor;
  return seen;
}

void see_who_is_there(HelloPage& page, std::span<const PublicPresence> there) {
  for (ShownFace& shown : page.team)
    for (const PublicPresence& presence : there)
      if (presence.person == shown.face.person) shown.level = presence.level;
}

std::vector<std::string> style_sheets(const Assets& assets,
                                      std::initializer_list<std::string_view> names = {"tokens-", "base-", "hello-"}) {
  std::vector<std::string> sheets;
  for (std::string_view beginning : names)
    if (const std::string_view name = assets.find_hashed(beginning); !name.empty())
      sheets.push_back("/" + std::string(name));
  return sheets;
}

// What the page looks like after something happened (or nothing).
struct Outcome {
  HelloTrouble trouble = HelloTrouble::none;
  std::string draft;
  std::string entry_id;  // of the words that are still to be kept; empty: a new one
  std::string visit;
};

// Nobody answers at this address: said to a human, not to a program, and with the way to where somebody does.
Answer show_no_door(const WebServices& web, const Request& request) {
  auto look = [](const Snapshot& snapshot) -> Result<bool> {
    auto door = default_inbox(snapshot);
    if (!door && door.error().code != Errc::not_found) return std::unexpected(std::move(door).error());
    return door.has_value();
  };
  const PageLanguage language = page_language(request.headers.get("accept-language"));
  KITH_CO_TRY(const bool has_other_door, co_await web.api.store.read(look));
  Response response = Response::text(write_no_door(language, has_other_door, style_sheets(web.assets)),
                                     "text/html; charset=utf-8", 404);
  guard_plain_page(response);
  response.with("Cache-Control", "no-store");
  co_return response;
}

bool has_no_door(const Error& error) {
  return error.code == Errc::not_found;
}

Answer show(const WebServices& web, Request request, Outcome outcome) {
  Look look{.inbox = std::string(request.param("inbox")), .token = std::string(cookie_token(request))};
  look.now = web.api.clock.now();
  KITH_CO_TRY(look.before, before_of(request));
  auto around = [look](const Snapshot& snapshot) { return look_around(snapshot, look); };
  auto found = co_await web.api.store.read(around);
  if (!found && has_no_door(found.error())) co_return co_await show_no_door(web, request);
  if (!found) co_return std::unexpected(std::move(found).error());
  Seen& seen = *found;
  HelloPage& page = seen.page;
  page.language = page_language(request.headers.get("accept-language"));
  const auto there = web.api.presence.public_view();
  see_who_is_there(page, there);
  page.trouble = outcome.trouble;
  page.draft = std::move(outcome.draft);
  page.entry_id = outcome.entry_id.empty() ? make_id<EntryId>(look.now, web.api.random).text() : outcome.entry_id;
  if (!seen.is_known) page.visit = outcome.visit.empty() ? make_secret(web.api.random) : outcome.visit;
  auto panel = co_await web.assets.find("panel/index.html");
  const std::string_view document = panel ? panel->asset.plain : std::string_view();
  // The panel's own sheet begins with the tokens and the base.
  page.style_sheets = panel ? style_sheets(web.assets, {"hello-"}) : style_sheets(web.assets);
  std::string whole = write_hello_document(page, document);
  SeenSite site{.door = page.door};
  for (const ShownFace& shown : page.team) site.faces.push_back(shown.face);
  bring_site(whole, site, look.now, there);
  Response response =
      Response::text(std::move(whole), "text/html; charset=utf-8", page.trouble == HelloTrouble::none ? 200 : 422);
  guard_full_page(response);
  // Without a referrer a browser would send the form as from nowhere ("Origin: null").
  response.with("Referrer-Policy", "same-origin").with("Cache-Control", "no-store");
  co_return response;
}

Answer get_hello(const WebServices& web, Request request) {
  co_return co_await show(web, std::move(request), {});
}

// ---- writing
// ---------------------------------------------------------------------------------------------------------

// A cookie travels by itself, so the page it comes from must be ours; every browser says where a form was sent from.
Result<void> check_sender(const Request& request) {
  const bool says_where = request.headers.find("origin") || request.headers.find("sec-fetch-site");
  if (!cookie_token(request).empty() && !says_where) return fail(Errc::not_allowed, "no Origin beside a cookie");
  return {};
}

struct ComeIn {
  std::string inbox;
  std::string token;
  Time expires_at;
};

Result<Visit> begin(Tx& tx, const ComeIn& command) {
  const auto inbox = InboxId::parse(command.inbox);
  if (!inbox) return fail(Errc::not_found, "no such door");
  StartVisit start{.id = id_from<SessionId>("visit " + command.token),
                   .token_digest = sha256(command.token),
                   .inbox = *inbox,
                   .expires_at = command.expires_at};
  return start_visit(tx, Actor{}, start);
}

awaitable<Result<Actor>> find_visitor(ApiServices& api, std::string token) {
  const Time now = api.clock.now();
  auto look = [token, now](const Snapshot& snapshot) { return visitor_with(snapshot, token, now); };
  co_return co_await api.store.read(look);
}

awaitable<Result<Actor>> let_in(ApiServices& api, InboxId inbox, std::string token) {
  KITH_CO_TRY(Actor known, co_await find_visitor(api, token));
  if (known.kind == ActorKind::visitor) co_return known;
  ComeIn command{inbox.text(), token, api.clock.now() + api.config.visit_lasts};
  KITH_CO_CHECK(co_await api.store.write(std::move(command), begin));
  co_return co_await find_visitor(api, token);
}

Result<KeptFile> keep_bytes_once(FileStore& files, AttachmentId id, std::string_view bytes) {
  KITH_TRY(const std::int64_t received, files.received(id));
  if (received < static_cast<std::int64_t>(bytes.size()))
    KITH_CHECK(files.append(id, received, bytes.substr(static_cast<std::size_t>(received))));
  return files.finish(id);
}

// The same form may come twice at once, by an impatient click: while one of the two has the file in hand, the other
// waits for a moment.
awaitable<Result<KeptFile>> keep_bytes(ApiServices& api, AttachmentId id, std::string bytes) {
  constexpr int kTries = 40;
  constexpr std::chrono::milliseconds kMoment{50};
  const auto shared = std::make_shared<const std::string>(std::move(bytes));
  Result<KeptFile> kept = fail(Errc::conflict, "in hand elsewhere");
  for (int left = kTries; left > 0 && !kept && kept.error().code == Errc::conflict; --left) {
    auto work = [&files = api.files, id, shared] { return keep_bytes_once(files, id, *shared); };
    kept = co_await api.workers.run(std::move(work));
    if (kept) break;
    boost::asio::steady_timer moment(co_await boost::asio::this_coro::executor, kMoment);
    co_await moment.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  }
  co_return kept;
}

awaitable<Result<AttachmentId>> keep_file(ApiServices& api, Actor actor, AttachmentId id, FormField file) {
  BeginAttachment begin_it{.id = id, .name = file.file_name};
  begin_it.size_bytes = static_cast<std::int64_t>(file.value.size());
  KITH_CO_TRY(Attachment begun, co_await write_as(api, actor, std::move(begin_it), begin_attachment));
  if (begun.state == AttachmentState::kept) co_return id;
  KITH_CO_TRY(KeptFile kept, co_await keep_bytes(api, id, std::move(file.value)));
  FinishAttachment finish{id, kept.content, kept.size_bytes, std::move(kept.head)};
  KITH_CO_CHECK(co_await write_as(api, std::move(actor), std::move(finish), finish_attachment));
  co_return id;
}

// A browser sends an empty file for a field that was left alone.
awaitable<Result<std::vector<AttachmentId>>> keep_files(ApiServices& api, Actor actor, EntryId entry,
                                                        std::vector<FormField> fields) {
  std::vector<AttachmentId> ids;
  for (FormField& field : fields) {
    if (!field.is_file || field.value.empty()) continue;
    if (field.file_name.empty()) field.file_name = "file";
    const auto id = id_from<AttachmentId>(entry.text() + " " + std::to_string(ids.size()));
    KITH_CO_TRY(AttachmentId kept, co_await keep_file(api, actor, id, std::move(field)));
    ids.push_back(kept);
  }
  co_return ids;
}

HelloTrouble trouble_with(const Error& error) {
  if (error.code == Errc::invalid && error.field == "text") return HelloTrouble::too_long;
  return HelloTrouble::try_again;
}

// Line breaks as people write them: a form sends CR LF.
std::string without_returns(std::string_view text) {
  std::string plain;
  for (char c : text)
    if (c != '\r') plain += c;
  return plain;
}

struct Wanted {
  EntryId entry;
  std::string text;
  std::string token;
  std::vector<FormField> fields;
};

awaitable<Result<HelloTrouble>> write_it(const WebServices& web, InboxId inbox, Wanted wanted) {
  const bool has_file =
      std::ranges::any_of(wanted.fields, [](const FormField& field) { return field.is_file && !field.value.empty(); });
  if (trim(wanted.text).empty() && !has_file) co_return HelloTrouble::nothing_written;
  KITH_CO_TRY(Actor actor, co_await let_in(web.api, inbox, wanted.token));
  auto files = co_await keep_files(web.api, actor, wanted.entry, std::move(wanted.fields));
  if (!files) co_return HelloTrouble::file_refused;
  WriteMessage message{.id = wanted.entry, .text = std::move(wanted.text), .attachments = std::move(*files)};
  auto written = co_await write_as(web.api, std::move(actor), std::move(message), write_message);
  co_return written ? HelloTrouble::none : trouble_with(written.error());
}

Response see_other(const std::string& where) {
  return Response::empty(303).with("Location", where).with("Cache-Control", "no-store");
}

Answer post_hello(const WebServices& web, Request request) {
  KITH_CO_CHECK(check_sender(request));
  KITH_CO_TRY(std::vector<FormField> fields, read_form(request.headers.get("content-type"), request.body));
  request.body.clear();
  std::string called(request.param("inbox"));
  auto look = [called](const Snapshot& snapshot) { return front_door_called(snapshot, called); };
  auto found = co_await web.api.store.read(look);
  if (!found && has_no_door(found.error())) co_return co_await show_no_door(web, request);
  if (!found) co_return std::unexpected(std::move(found).error());
  const FrontDoor& door = *found;
  const auto entry = EntryId::parse(text_in(fields, "id"));
  if (!entry) co_return invalid("id", "must be a UUID");
  Wanted wanted{.entry = *entry, .text = without_returns(text_in(fields, "text"))};
  wanted.token = cookie_token(request);
  if (wanted.token.empty()) wanted.token = text_in(fields, "visit");
  if (!is_token(wanted.token)) co_return invalid("visit", "is missing: open the page again");
  Outcome outcome{.draft = wanted.text, .entry_id = entry->text(), .visit = wanted.token};
  const std::string token = wanted.token;
  wanted.fields = std::move(fields);
  KITH_CO_TRY(outcome.trouble, co_await write_it(web, door.inbox.id, std::move(wanted)));
  if (outcome.trouble != HelloTrouble::none) co_return co_await show(web, std::move(request), std::move(outcome));
  Response response = see_other("/hello/" + door.inbox.id.text() + "#newest");
  response.with("Set-Cookie", visit_cookie(token, request.is_secure, web.api.config.visit_lasts));
  co_return response;
}

}  // namespace

void add_hello_routes(Router& router, const WebServices& web) {
  constexpr Policy kReading{.who = kAnyone, .rate = RateClass::reading, .body_cap_bytes = 0, .takes_json = false};
  constexpr Policy kWriting{
      .who = kAnyone, .rate = RateClass::opening_doors, .body_cap_bytes = kFormBytes, .takes_json = false};
  for (const char* pattern : {"/hello", "/hello/{inbox}"}) {
    router.add(Method::get, pattern, kReading, [&web](Request request) { return get_hello(web, std::move(request)); });
    router.add(Method::post, pattern, kWriting,
               [&web](Request request) { return post_hello(web, std::move(request)); });
  }
}

}  // namespace kith::http
