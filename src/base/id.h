// Public ids: 128 bits, unguessable, written as a lower-case UUID. Every kind of thing has its own id type, so that a
// promise can never be looked up by a topic's id. Clients make the ids of what they write (version 7 keeps the
// database's index compact, version 4 works as well); a repeated id is the same thing again, never a second one.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kith {

using IdBytes = std::array<std::uint8_t, 16>;

// "0198c0de-...": 36 characters.
std::string format_uuid(const IdBytes& bytes);
// Appends the 36 characters to `out`; the fast path of the wire encoders.
void append_uuid(std::string& out, const IdBytes& bytes);
// Accepts exactly the 36-character form, either case; nullopt for anything else and for the nil UUID.
std::optional<IdBytes> parse_uuid(std::string_view text);

template <class Tag>
struct Id {
  IdBytes bytes{};

  [[nodiscard]] bool is_nil() const { return bytes == IdBytes{}; }
  [[nodiscard]] std::string text() const { return format_uuid(bytes); }
  static std::optional<Id> parse(std::string_view text) {
    auto parsed = parse_uuid(text);
    if (!parsed) return std::nullopt;
    return Id{*parsed};
  }
  friend auto operator<=>(const Id&, const Id&) = default;
};

}  // namespace kith

template <class Tag>
struct std::hash<kith::Id<Tag>> {
  std::size_t operator()(const kith::Id<Tag>& id) const noexcept {
    // The last eight bytes are random in version 4 and in version 7, so no mixing is needed.
    std::uint64_t tail = 0;
    std::memcpy(&tail, id.bytes.data() + 8, sizeof tail);
    return static_cast<std::size_t>(tail);
  }
};
