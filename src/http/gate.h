// The one door of the API: finds out who asks, and lets them through only as the route's Policy says. Handlers behind
// it never look at cookies or tokens.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "base/result.h"
#include "http/actor_cache.h"
#include "http/message.h"
#include "http/router.h"
#include "runtime/rate_limiter.h"

namespace kith::http {

struct GateOptions {
  // Where people reach us, "https://help.shop.example" (a path behind it is ignored); empty:
  // whatever Host says.
  std::string public_origin;
  // By RateClass. The first is per person (visitor, colleague or program), the second per address; a rate of 0 is
  // no limit.
  std::array<runtime::Rate, 5> per_actor{{{20, 100}, {5, 30}, {0.2, 10}, {5, 60}, {5, 60}}};
  std::array<runtime::Rate, 5> per_address{{{100, 400}, {50, 200}, {0.5, 20}, {20, 120}, {50, 200}}};
};

class Gate {
 public:
  Gate(ActorCache& actors, runtime::RateLimiter& limiter, GateOptions options);

  struct Verdict {
    Actor actor;
    std::optional<Response> refusal;  // nobody passes with one
  };
  // `request` must stay where it is until the coroutine ends; the session's frame holds it.
  boost::asio::awaitable<Verdict> admit(const Request& request, const Route& route);
  // The same once more without counting: rights may have ended while the body was on its way.
  boost::asio::awaitable<Verdict> admit_again(const Request& request, const Route& route);
  // Counts an act over a live connection as writing, together with what the same person and everybody at her address
  // (`network`, as network_of() says) write by HTTP. False: too often.
  bool may_write(const Actor& actor, std::string_view network);

 private:
  enum class Proof : std::uint8_t { none, cookie, bearer };
  struct Recognised {
    Actor actor;
    Proof proof = Proof::none;
  };

  boost::asio::awaitable<Result<Recognised>> find_who(const Request& request, const Route& route);
  boost::asio::awaitable<Result<Recognised>> recognise(const Request& request);
  std::chrono::milliseconds wait_of(std::string_view who, RateClass rate_class, const runtime::Rate& rate);
  std::optional<Response> count(std::string_view who, RateClass rate_class, const runtime::Rate& rate);
  Result<void> check_origin(const Request& request, Proof proof) const;
  [[nodiscard]] bool is_own_origin(const Request& request, std::string_view origin) const;

  ActorCache& actors_;
  runtime::RateLimiter& limiter_;
  GateOptions options_;
};

}  // namespace kith::http
