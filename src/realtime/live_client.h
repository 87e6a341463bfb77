// Somebody who is connected: a socket with what the hub knows of the person behind it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "domain/access.h"
#include "domain/ids.h"
#include "realtime/live_socket.h"
#include "realtime/origin.h"
#include "realtime/pace.h"
#include "runtime/connection_slots.h"

namespace kith {

class HubShard;
class PublishedEvent;

class LiveClient : public LiveSocket {
 public:
  enum class Stage : std::uint8_t { expects_hello, joins, catches_up, is_live };

  // What is only needed until somebody is known.
  struct Door {
    LiveOrigin origin;
    Actor by_handshake;                   // as far as cookie or bearer said
    std::optional<Digest> program_token;  // of a program that showed it with the handshake
    SteadyTime hello_until;
  };

  LiveClient(HubShard& hub, runtime::Transport transport, runtime::ConnectionSlot slot, std::string network, Door door);

  [[nodiscard]] std::shared_ptr<LiveClient> self() { return std::static_pointer_cast<LiveClient>(shared_from_this()); }
  [[nodiscard]] bool is_visitor() const { return actor.kind == ActorKind::visitor; }
  // Brings what telling her something looks at into the processor's cache.
  void fetch_for_telling() const;
  [[nodiscard]] bool is_known() const { return stage != Stage::expects_hello && stage != Stage::joins; }

  // What every delivery looks at comes first and lies together.
  Seq reached = 0;  // newest seq that was sent or was none of hers
  Stage stage = Stage::expects_hello;
  bool is_suspended = false;            // until her rights are known anew
  Actor actor;                          // with the rights of the last look
  std::vector<ConversationId> strands;  // visitors: of their thread today, its own first
  std::function<void()> when_drained;   // while catching up
  std::unique_ptr<Door> door;
  const std::string network;                                  // what counts as the one address she comes from
  std::unique_ptr<Digest> program_token;                      // programs have no session to look at again
  std::vector<std::shared_ptr<const PublishedEvent>> missed;  // while catching up
  SteadyTime look_again_at;                                   // at her rights
  std::uint32_t rights_changes = 0;  // how often they may have changed; a look that began before the last is stale
  bool must_look_again = false;      // her thread or her rights changed while she was catching up
  std::uint8_t acts_under_way = 0;
  Pace frames, typing, reading, problems;
  std::uint32_t desk_index = 0;  // colleagues and programs: where the shard lists them

  [[nodiscard]] std::optional<ConversationId> own() const {
    return strands.empty() ? std::nullopt : std::optional(strands.front());
  }

 protected:
  void heard(std::string_view text) override;
  void drained() override;
  void ended() override;

 private:
  HubShard& hub_;
  runtime::ConnectionSlot slot_;
};

}  // namespace kith
