// Visitors with live connections, each with her own session.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "load/swarm.h"

namespace kith::load {

// Ready once they have caught up. A token may be there several times: devices of one visitor.
class LiveVisitors : public WebSocketSwarm {
 public:
  LiveVisitors(std::uint16_t port, std::vector<std::string> tokens)
      : WebSocketSwarm(port, tokens.size()), tokens_(std::move(tokens)) {}

 protected:
  // `text` as the one that `client` says; the id that is kept is new, or `id`.
  void write(std::size_t client, std::string_view text);
  void write_as(std::size_t client, std::string_view id, std::string_view text);
  [[nodiscard]] std::string new_id() { return format_uuid(make_uuid7(clock_.now(), random_)); }
  virtual void told(std::size_t client, std::string_view type, std::string_view json) = 0;
  // The newest seq she knows; nothing: she begins now.
  [[nodiscard]] virtual std::optional<std::uint64_t> newest_known(std::size_t) const { return std::nullopt; }

  [[nodiscard]] std::string target(std::size_t) const override { return "/api/live"; }
  void upgraded(std::size_t client) override;
  void heard(std::size_t client, std::string_view text) override;

 private:
  std::vector<std::string> tokens_;
  SystemClock clock_;
  SeededRandom random_{std::random_device{}()};
};

// 98 bytes, as messages are on average.
extern const std::string_view kAverageMessage;

}  // namespace kith::load
