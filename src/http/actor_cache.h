// Who stands behind a secret, remembered for half a minute so that not every request has to ask the store. What a
// session may no longer do is forgotten the moment it is durable.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/clock.h"
#include "base/digest.h"
#include "base/result.h"
#include "domain/access.h"
#include "domain/event.h"
#include "runtime/store_thread.h"

namespace kith::http {

class ActorCache {
 public:
  ActorCache(runtime::StoreThread& store, const Clock& clock) : store_(store), clock_(clock) {}

  // Whose session or API token this is. not_signed_in when nobody's.
  boost::asio::awaitable<Result<Actor>> session(std::string secret);
  boost::asio::awaitable<Result<Actor>> program(std::string secret);

  // Call with everything StoreThread::on_events brings. Safe from any thread.
  void notice(const std::vector<Event>& events);

 private:
  struct Known {
    Actor actor;
    std::chrono::microseconds until{0};
  };
  struct HashDigest {
    std::size_t operator()(const Digest& digest) const;
  };
  std::optional<Actor> remembered(const Digest& digest);
  void remember(const Digest& digest, const Actor& actor, std::uint64_t generation);
  std::uint64_t generation();

  static constexpr std::size_t kMostRemembered = 50'000;

  runtime::StoreThread& store_;
  const Clock& clock_;
  std::mutex mutex_;  // guards the rest: I/O threads ask, the store thread forgets
  std::unordered_map<Digest, Known, HashDigest> known_;
  std::uint64_t generation_ = 0;  // grows when something is forgotten, so that a slow answer does not bring it back
};

}  // namespace kith::http
