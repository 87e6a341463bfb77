// What handlers have in common: running a use case as the one who asks, and reading what stands in the address.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/digest.h"
#include "http/api.h"
#include "http/message.h"
#include "http/router.h"
#include "runtime/store_thread.h"
#include "wire/nouns.h"
#include "wire/pages.h"
#include "wire/place.h"

namespace kith::http {

using Answer = boost::asio::awaitable<Result<Response>>;

// Room for the longest message, every character of it escaped.
inline constexpr std::size_t kEntryBodyBytes = 640 * 1024;

// Who may come to the doors of the API; what they may do there is asked of may().
inline Policy visitors(RateClass rate = RateClass::reading) {
  return {.who = kVisitor, .rate = rate};
}
inline Policy colleagues(RateClass rate = RateClass::reading) {
  return {.who = kColleague, .rate = rate};
}
inline Policy desk(std::uint32_t scopes, RateClass rate = RateClass::reading) {
  return {.who = kColleague | kProgram, .scopes = scopes, .rate = rate};
}
inline Policy with_room(Policy policy, std::size_t body_bytes) {
  policy.body_cap_bytes = body_bytes;
  return policy;
}

// Adds `handle(api, request)`, which takes nothing behind the question mark: whoever writes something there meant
// something that would not be done.
void add(Router& router, ApiServices& api, Method method, std::string_view pattern, Policy policy,
         Answer (*handle)(ApiServices&, Request));
// The same for one that looks at what stands there, with check_query().
void add_asking(Router& router, ApiServices& api, Method method, std::string_view pattern, Policy policy,
                Answer (*handle)(ApiServices&, Request));

// Runs use_case(tx, actor, command) and answers when it is durable.
template <class Command, class UseCase>
auto write_as(ApiServices& api, Actor actor, Command command, UseCase use_case) {
  return api.store.write([actor = std::move(actor), command = std::move(command), use_case](Tx& tx) {
    return use_case(tx, actor, command);
  });
}

// What a request with a client-made id brought about: a new thing, or the same one again.
template <class Thing>
struct Made {
  Thing thing;
  bool is_new = true;
};

// The same as write_as; `was_there(tx, command)` says whether this id has been heard before.
template <class Command, class UseCase, class WasThere>
auto make_as(ApiServices& api, Actor actor, Command command, UseCase use_case, WasThere was_there) {
  return api.store.write([actor = std::move(actor), command = std::move(command), use_case, was_there](Tx& tx) {
    using Thing = typename decltype(use_case(tx, actor, command))::value_type;
    bool is_new = !was_there(tx, command);
    auto made = use_case(tx, actor, command);
    if (!made) return Result<Made<Thing>>(std::unexpected(std::move(made).error()));
    return Result<Made<Thing>>(Made<Thing>{std::move(*made), is_new});
  });
}

// Runs look(snapshot, actor, query).
template <class Query, class Look>
auto look_as(ApiServices& api, Actor actor, Query query, Look look) {
  return api.store.read([actor = std::move(actor), query = std::move(query), look](const Snapshot& snapshot) {
    return look(snapshot, actor, query);
  });
}

template <class Noun>
Response answer_with(const Noun& noun) {
  return Response::json(wire::encode(noun));
}
template <class Noun>
Response answer_with(const Made<Noun>& made) {
  return Response::json(wire::encode(made.thing), made.is_new ? 201 : 200);
}

// The longest page anybody gets.
inline constexpr std::size_t kMostPerPage = 100;

// What stands behind the question mark. A value that cannot be read is `invalid` with its name.
// Refuses what is written twice or is none of `names`.
Result<void> check_query(const Request& request, std::initializer_list<std::string_view> names);
Result<std::optional<Seq>> before_of(const Request& request);
Result<std::size_t> limit_of(const Request& request, std::size_t usual);
Result<std::optional<Time>> time_of(const Request& request, std::string_view name);
Result<std::string> words_of(const Request& request);
template <class TypedId>
Result<std::optional<TypedId>> id_of(const Request& request, std::string_view name) {
  auto text = request.query_value(name);
  if (!text) return std::optional<TypedId>();
  auto id = TypedId::parse(*text);
  if (!id) return invalid(std::string(name), "must be a UUID");
  return id;
}
template <class TypedId>
Result<TypedId> needed_id_of(const Request& request, std::string_view name) {
  KITH_TRY(auto id, id_of<TypedId>(request, name));
  if (!id) return invalid(std::string(name), "is missing");
  return *id;
}

// The cursor of a list that is sorted by a time; see wire/place.h.
template <class TypedId>
Result<std::optional<Place<TypedId>>> after_of(const Request& request) {
  auto text = request.query_value("after");
  if (!text) return std::optional<Place<TypedId>>();
  auto place = wire::decode_place<TypedId>(*text);
  if (!place) return invalid("after", "must be what `further` said");
  return place;
}

// How these people are called, each once; those nobody knows are left out.
Result<std::vector<wire::PersonName>> names_of(const Snapshot& snapshot, std::vector<PersonId> people);

// An ETag for what is written here.
std::string etag_of(std::string_view content);
// The same for a page that ends with "newest_seq", which changes with everything that happens anywhere.
std::string etag_of_page(std::string_view body);

// 32 random bytes as base64url.
std::string make_secret(Random& random);

}  // namespace kith::http
