// Which handler answers which path, and who may come to its door. Every route says so in its Policy; there is no way
// around it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/result.h"
#include "http/message.h"
#include "http/upgrade.h"

namespace kith::http {

// How often: each class has a rate of its own, per person and per address (see Gate).
enum class RateClass : std::uint8_t {
  reading,
  writing,
  opening_doors,  // signing in, new visits, invitations: slow on purpose
  uploading,
  keeping,    // small things kept while somebody types or scrolls: drafts, read marks
  unlimited,  // health checks
};

// Who may come to the door. Bits, because a door can be open to several.
enum Who : std::uint8_t {
  kVisitor = 1U << 0,
  kColleague = 1U << 1,
  kProgram = 1U << 2,
  kAnyone = 1U << 3,           // also without being known; who is known is still recognised
  kSecondFactorDue = 1U << 4,  // a colleague whose code is still due
};

struct Policy {
  std::uint8_t who = kColleague;  // bits of Who
  std::uint32_t scopes = 0;       // bits of Scope a program needs, all of them
  RateClass rate = RateClass::reading;
  std::size_t body_cap_bytes = 64 * 1024;
  bool takes_json = true;  // a body must be application/json; false: any media type
};

using Handler = std::function<boost::asio::awaitable<Result<Response>>(Request)>;
// The reader is valid until the coroutine ends.
using UploadHandler = std::function<boost::asio::awaitable<Result<Response>>(Request, BodyReader&)>;

struct Route {
  Method method = Method::get;
  std::string pattern;
  Policy policy;
  std::variant<Handler, UploadHandler, UpgradeHandler> handler;
  std::vector<std::string> segments;

  [[nodiscard]] bool is_upgrade() const { return std::holds_alternative<UpgradeHandler>(handler); }
  [[nodiscard]] bool is_upload() const { return std::holds_alternative<UploadHandler>(handler); }
};

class Router {
 public:
  // `pattern`: "/api/visitor/entries/{id}"; {name} is one whole segment and ends up in Request::params. A last segment
  // "{name*}" takes the rest of the path. A literal segment wins over a name. GET answers HEAD as well.
  void add(Method method, std::string_view pattern, Policy policy, Handler handler);
  // The same, but the body is not collected.
  void add_upload(Method method, std::string_view pattern, Policy policy, UploadHandler handler);
  // A WebSocket at this path.
  void add_upgrade(std::string_view pattern, Policy policy, UpgradeHandler handler);

  struct Match {
    const Route* route = nullptr;
    std::vector<TextPair> params;
    bool path_exists = false;
    std::string allow;  // "GET, HEAD, POST" when the path exists but not with this method
  };
  [[nodiscard]] Match find(Method method, std::string_view path) const;
  // For docs and tests: every route in the order it was added.
  [[nodiscard]] const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }

 private:
  struct Node;
  struct FreeNode {
    void operator()(Node* node) const;
  };
  void add_route(Method method, std::string_view pattern, Policy policy,
                 std::variant<Handler, UploadHandler, UpgradeHandler> handler);

  std::vector<std::unique_ptr<Route>> routes_;
  std::unique_ptr<Node, FreeNode> root_;

 public:
  Router();
  ~Router();
};

}  // namespace kith::http
