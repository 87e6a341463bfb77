#include "http/upgrade.h"

#include <openssl/evp.h>

#include <array>

#include "base/text.h"

namespace kith::http {

namespace {

// What RFC 6455, 1.3 appends to every key.
constexpr std::string_view kMagic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

bool lists_word(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    if (lower_ascii(trim(list.substr(0, end))) == word) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

// 16 bytes in base64: 22 characters that matter and "==".
bool is_key(std::string_view key) {
  if (key.size() != 24 || !key.ends_with("==")) return false;
  std::array<unsigned char, 18> bytes{};
  return EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(key.data()), 24) == 18;
}

}  // namespace

Result<void> check_handshake(const Request& request) {
  const Headers& headers = request.headers;
  if (request.method != Method::get || !lists_word(headers.get("upgrade"), "websocket") ||
      !lists_word(headers.get("connection"), "upgrade")) {
    return invalid({}, "this address is for WebSocket connections");
  }
  if (headers.get("sec-websocket-version") != "13") return invalid({}, "the WebSocket version must be 13");
  if (!is_key(headers.get("sec-websocket-key"))) return invalid({}, "the WebSocket key cannot be read");
  return {};
}

std::string websocket_accept(std::string_view key) {
  std::string text(key);
  text += kMagic;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha1(), nullptr);
  std::array<unsigned char, 32> accept{};
  const int size = EVP_EncodeBlock(accept.data(), digest.data(), static_cast<int>(length));
  return {reinterpret_cast<const char*>(accept.data()), static_cast<std::size_t>(size)};
}

std::string switching_protocols(std::string_view key, std::string_view subprotocol) {
  std::string head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
  head += "Sec-WebSocket-Accept: " + websocket_accept(key) + "\r\n";
  if (!subprotocol.empty()) {
    head += "Sec-WebSocket-Protocol: ";
    head += subprotocol;
    head += "\r\n";
  }
  head += "\r\n";
  return head;
}

}  // namespace kith::http
