// How a connection leaves HTTP for the live connection: checked, answered with 101 and handed over whole.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "http/message.h"
#include "runtime/connection_slots.h"
#include "runtime/io.h"
#include "runtime/transport.h"

namespace kith::http {

struct Upgraded {
  runtime::Transport transport;  // lives on io's thread; the 101 is already sent
  runtime::IoThread* io = nullptr;
  Request request;               // with the actor, as far as cookie or bearer said
  std::string early_bytes;       // what came behind the handshake
  runtime::ConnectionSlot slot;  // keep it as long as the connection
};

// Called on io's thread. The http side is gone when it returns.
using UpgradeHandler = std::function<void(Upgraded)>;

// Whether this is a WebSocket handshake we can answer (RFC 6455, 4.2.1): version 13, a key of 16 bytes.
Result<void> check_handshake(const Request& request);
// The value of Sec-WebSocket-Accept.
std::string websocket_accept(std::string_view key);
// The whole 101 response. `subprotocol` may be empty.
std::string switching_protocols(std::string_view key, std::string_view subprotocol);

}  // namespace kith::http
