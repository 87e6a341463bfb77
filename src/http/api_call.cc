#include "http/api_call.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "base/text.h"
#include "people/if_found.h"

namespace kith::http {
namespace {

constexpr std::size_t kLongestWords = 200;

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

Answer refuse_query(Request request) {
  KITH_CO_CHECK(check_query(request, {}));
  co_return fail(Errc::invalid);
}

}  // namespace

void add(Router& router, ApiServices& api, Method method, std::string_view pattern, Policy policy,
         Answer (*handle)(ApiServices&, Request)) {
  router.add(method, pattern, policy, [&api, handle](Request request) {
    return request.query.empty() ? handle(api, std::move(request)) : refuse_query(std::move(request));
  });
}

void add_asking(Router& router, ApiServices& api, Method method, std::string_view pattern, Policy policy,
                Answer (*handle)(ApiServices&, Request)) {
  router.add(method, pattern, policy, [&api, handle](Request request) { return handle(api, std::move(request)); });
}

Result<void> check_query(const Request& request, std::initializer_list<std::string_view> names) {
  for (auto one = request.query.begin(); one != request.query.end(); ++one) {
    const std::string field(cut(one->first, 64));
    if (std::ranges::find(names, one->first) == names.end()) return invalid(field, "is not something we know");
    auto same_name = [&](const TextPair& other) { return other.first == one->first; };
    if (std::find_if(request.query.begin(), one, same_name) != one) return invalid(field, "is written twice");
  }
  return {};
}

Result<std::optional<Seq>> before_of(const Request& request) {
  auto text = request.query_value("before");
  if (!text) return std::optional<Seq>();
  auto number = whole_number(*text);
  if (!number) return invalid("before", "must be what `older` said");
  return number;
}

Result<std::size_t> limit_of(const Request& request, std::size_t usual) {
  auto text = request.query_value("limit");
  if (!text) return usual;
  auto number = whole_number(*text);
  if (!number || *number < 1 || static_cast<std::size_t>(*number) > kMostPerPage)
    return invalid("limit", "must be from 1 to " + std::to_string(kMostPerPage));
  return static_cast<std::size_t>(*number);
}

Result<std::optional<Time>> time_of(const Request& request, std::string_view name) {
  auto text = request.query_value(name);
  if (!text) return std::optional<Time>();
  auto time = parse_time(*text);
  if (!time) return invalid(std::string(name), "must be a time such as 2026-11-22T08:15:30Z");
  return time;
}

Result<std::string> words_of(const Request& request) {
  auto text = request.query_value("q");
  if (!text || trim(*text).empty()) return invalid("q", "is missing");
  if (!is_utf8(*text) || has_control_characters(*text)) return invalid("q", "is not text");
  if (length_in_characters(*text) > kLongestWords) return invalid("q", "is longer than 200 characters");
  return std::string(*text);
}

Result<std::vector<wire::PersonName>> names_of(const Snapshot& snapshot, std::vector<PersonId> people) {
  std::ranges::sort(people);
  auto repeated = std::ranges::unique(people);
  people.erase(repeated.begin(), repeated.end());
  std::vector<wire::PersonName> names;
  names.reserve(people.size());
  for (PersonId id : people) {
    KITH_TRY(auto person, if_found(snapshot.people().find(id)));
    if (person) names.push_back({id, std::move(person->called), std::move(person->face)});
  }
  return names;
}

std::string etag_of(std::string_view content) {
  Digest digest = sha256(content);
  return "\"" + hex(std::span(digest).first(16)) + "\"";
}

std::string etag_of_page(std::string_view body) {
  return etag_of(body.substr(0, body.rfind("\"newest_seq\"")));
}

std::string make_secret(Random& random) {
  std::array<std::uint8_t, 32> bytes{};
  random.fill(bytes);
  return base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void add_api_routes(Router& router, ApiServices& api) {
  add_site_routes(router, api);
  add_visitor_routes(router, api);
  add_sign_in_routes(router, api);
  add_second_factor_routes(router, api);
  add_team_door_routes(router, api);
  add_desk_people_routes(router, api);
  add_desk_conversation_routes(router, api);
  add_desk_care_routes(router, api);
  add_desk_mind_routes(router, api);
  add_house_routes(router, api);
  add_attachment_routes(router, api);
  add_desk_me_routes(router, api);
  add_setup_routes(router, api);
  add_backup_routes(router, api);
  add_export_routes(router, api);
}

}  // namespace kith::http
